"""Khung trang: what the header and the footer show, and how a page and its refusals are drawn.

Contract: every page of the desk is drawn by `page`, so that the round, its state, the person, the role and the server's clock stand in the same place
everywhere. A refusal is always a sentence: in a form above its fields (`refuse`), or in a notice (`notices`). Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tinnhiem import __version__
from tinnhiem.app.access import NotAllowed, roles
from tinnhiem.app.actions.acting import RoundUnknown
from tinnhiem.app.models import Account, Role, Round
from tinnhiem.app.views.doors import OfficeRequest, language, refusal_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.poll.round import STATE_NAMES, State

REFUSED = 422
"""Status of a page that shows what was typed again, with the reason why it was not taken."""

CONFLICT = 409
"""Status where not the typing but the state of the round stands against it."""

TONES: dict[str, str] = {"archived": "done", "paused": "warn", "cancelled": "fault"}
Arguments = ParamSpec("Arguments")


def office_page(
    view: Callable[Concatenate[OfficeRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Trang chung của cơ quan: behind the log-in, of no round; refusals become a page of their own."""

    @login_required
    @wraps(view)
    def guarded(request: OfficeRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            return refusal_page(request, error, 403)
        except RoundUnknown as error:
            return refusal_page(request, error, 404)
        except TinnhiemError as error:
            return refusal_page(request, error, CONFLICT)

    return guarded  # type: ignore[return-value]


def state_name(state: str) -> str:
    """Tên trạng thái in the reader's language."""
    vi, en = STATE_NAMES[_state(state)]
    return en if language() == "en" else vi


def _state(state: str) -> State:
    return next(known for known in STATE_NAMES if known == state)


def role_names(account: Account, round_: Round) -> str:
    """Các vai trò của người đang xem, in the order of the list of roles."""
    held = roles(account, round_)
    return ", ".join(str(role.label) for role in Role if role in held)


def frame(request: HttpRequest, round_: Round | None = None) -> dict[str, object]:
    """`desk` of parts/header.html and parts/footer.html."""
    desk: dict[str, object] = {
        "home_url": "/",
        "version": __version__,
        "clock": timezone.localtime().strftime("%H:%M"),
        "clock_url": reverse("clock"),
        "language_url": reverse("language"),
        "languages": list(settings.LANGUAGES),
    }
    account = request.user
    if isinstance(account, Account):
        desk |= {"person": str(account), "logout_url": reverse("logout")}
        if round_ is not None:
            desk["role"] = role_names(account, round_)
    if round_ is not None:
        desk |= {
            "round_name": round_.title,
            "round_url": reverse("round", args=[round_.pk]),
            "state_label": state_name(round_.state),
            "state_tone": TONES.get(round_.state, "now"),
            "rehearsal": round_.rehearsal,
            "book_label": shelf.book(round_.book_id).symbol.value,
        }
    return desk


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    round_: Round | None = None,
    status: int = 200,
) -> HttpResponse:
    """Vẽ một trang: `template` with its frame."""
    whole = {"desk": frame(request, round_), "round": round_, **(context or {})}
    return render(request, template, whole, status=status)


def sentences(error: TinnhiemError) -> list[str]:
    """Mỗi lời từ chối một câu, in the reader's language."""
    return [fault.sentence(language()) for fault in error.each()]


def refuse(form: forms.BaseForm, error: TinnhiemError) -> int:
    """Đưa lời từ chối vào biểu mẫu; returns the status of the page."""
    for sentence in sentences(error):
        form.add_error(None, sentence)
    return CONFLICT if error.code in ("lists_are_frozen", "step_out_of_order", "not_now") else REFUSED


def status_of(form: forms.BaseForm) -> int:
    """422 for a form that was sent and not taken, else 200."""
    return REFUSED if form.is_bound and form.errors else 200


def crumbs(round_: Round | None, *steps: tuple[object, str]) -> list[tuple[str, str]]:
    """Đường dẫn: the desk, the round, and the steps to this page (the last without an address)."""
    way = [(_("Bàn làm việc"), reverse("desk"))]
    if round_ is not None:
        way.append((_("Đợt lấy phiếu"), reverse("round", args=[round_.pk])))
    return [*way, *((str(label), url) for label, url in steps)]
