"""Cửa của mỗi trang: log-in, the round, the permission; and refusals turned into sentences.

Contract: a page behind `round_page` is reached only by an account with one of the permissions in that round; a refusal met while a page works is shown
on a page of its own (403 for a permission, 404 for a round, 409 for the rest). `told` runs one action and turns its refusal into
messages, so that a form page can stay where it is with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from tinnhiem.app.access import ALLOWED, NotAllowed, Permission, roles
from tinnhiem.app.actions.acting import RoundUnknown, get_round
from tinnhiem.app.models import Account, Role, Round
from tinnhiem.errors import TinnhiemError

Arguments = ParamSpec("Arguments")


class OfficeRequest(HttpRequest):
    """Yêu cầu của một người đã đăng nhập."""

    user: Account


def language() -> str:
    """`en` where the reader chose English, else `vi`."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def refusal_page(request: HttpRequest, error: TinnhiemError, status: int) -> HttpResponse:
    """Trang từ chối: one sentence each, under the header of whoever is logged in."""
    desk = {"home_url": reverse("desk"), "clock": timezone.localtime().strftime("%H:%M")}
    if request.user.is_authenticated:
        desk |= {"person": str(request.user), "logout_url": reverse("logout")}
    sentences = [fault.sentence(language()) for fault in error.each()]
    return render(request, "refused.html", {"sentences": sentences, "desk": desk}, status=status)


def round_page(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[OfficeRequest, Round, Arguments], HttpResponse]],
    Callable[Concatenate[HttpRequest, UUID, Arguments], HttpResponse],
]:
    """Trang của một đợt: any one of the permissions opens it."""

    def wrap(
        view: Callable[Concatenate[OfficeRequest, Round, Arguments], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, UUID, Arguments], HttpResponse]:
        @login_required
        @wraps(view)
        def page(
            request: OfficeRequest, round_id: UUID, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponse:
            try:
                round_ = get_round(round_id)
            except RoundUnknown as error:
                return refusal_page(request, error, 404)
            held = roles(request.user, round_)
            if not any(permission in ALLOWED[role] for role in held for permission in permissions):
                allowed = [str(role.label) for role in Role if any(one in ALLOWED[role] for one in permissions)]
                return refusal_page(request, NotAllowed(who=", ".join(allowed)), 403)
            try:
                return view(request, round_, *args, **kwargs)
            except NotAllowed as error:
                return refusal_page(request, error, 403)
            except TinnhiemError as error:
                return refusal_page(request, error, 409)

        return page  # type: ignore[return-value]

    return wrap


def told(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Làm một việc và báo lại: True when it was done; a refusal becomes messages, one sentence each."""
    try:
        act()
    except TinnhiemError as error:
        for fault in error.each():
            messages.error(request, fault.sentence(language()))
        return False
    if done:
        messages.success(request, done)
    return True
