"""Chuyển bước: the page that asks before a round moves, passing a step over, recording an act, pausing, resuming, cancelling.

Contract: nothing moves on a GET; the page says what will be true afterwards and has one button that does it. A refusal keeps the page and what was
typed. What may follow what is `poll.round`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import NotAllowed, Permission, require
from tinnhiem.app.actions import lists, process
from tinnhiem.app.forms.counting import ActForm
from tinnhiem.app.models import Round
from tinnhiem.app.queries.overview import act_name
from tinnhiem.app.queries.papers import HOURS_IN_MINUTES
from tinnhiem.app.queries.standing import Standing, is_small, standing_of
from tinnhiem.app.queries.step_words import STEP_WORDS, words_of
from tinnhiem.app.queries.values import book_of, types_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import REFUSED, crumbs, page, refuse, sentences, state_name, status_of
from tinnhiem.app.views.meeting import quorum_sentence
from tinnhiem.app.views.rounds import EVERY_ROLE, overview_context
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.decide import quorum
from tinnhiem.poll import round as steps

HALL_PAGES = ("voting", "closed")
"""Passages announced aloud: their page shows the numbers of the meeting once more."""


@round_page(*EVERY_ROLE)
def step(request: OfficeRequest, round_: Round, wanted: str) -> HttpResponse:
    """Hỏi lại trước khi chuyển bước, rồi chuyển."""
    state = next((known for known in STEP_WORDS if known == wanted), None)
    if state is None:
        raise Http404
    require(request.user, process.step_needs(state), round_)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            if "pass_over" in request.POST:
                process.pass_over(request.user, round_.pk, state, request.POST.get("reason", ""))
            else:
                process.advance(request.user, round_.pk, state)
        except NotAllowed:
            raise
        except TinnhiemError as error:
            refusals = sentences(error)
        else:
            messages.success(request, _("Đợt đã chuyển sang: {state}.").format(state=state_name(state)))
            return redirect("round", round_.pk)
    elif round_.state == state:  # the button was pressed twice, or on two screens
        return redirect("round", round_.pk)
    standing = standing_of(round_)
    context = {
        "number_missing": _number_missing(standing, state),
        "words": words_of(state),
        "state": state,
        "refusals": refusals or _refusals_ahead(round_, state),
        "warnings": _warnings_ahead(round_, state),
        "missing": [
            {"code": act, "name": act_name(act, language())}
            for act in steps.missing_acts(process.process_of(round_), state)
        ],
        "passable": state in steps.PASSABLE,
        "reason": request.POST.get("reason", ""),
        "hall": state in HALL_PAGES,
        "types": types_of(round_),
        "standing": standing,
        "crumbs": crumbs(round_, (words_of(state).label, "")),
    }
    return page(request, "rounds/step.html", context, round_, REFUSED if request.method == "POST" else 200)


def _refusals_ahead(round_: Round, wanted: steps.State) -> list[str]:
    """What the step would refuse, told before the button is pressed."""
    try:
        if wanted == "lists_frozen":
            lists.refuse_unready_lists(round_)
    except TinnhiemError as error:
        return sentences(error)
    return []


def _number_missing(standing: Standing, wanted: steps.State) -> str:
    """A number of the meeting without which the step is refused."""
    if wanted == "voting" and not standing.present_known:
        return _("Chưa ghi số người có mặt lúc bỏ phiếu.")
    if wanted == "closed" and not standing.issued_known:
        return _("Chưa ghi số phiếu phát ra.")
    return ""


def _warnings_ahead(round_: Round, wanted: steps.State) -> list[str]:
    standing = standing_of(round_)
    found = []
    if wanted == "lists_frozen":
        if not standing.voters:
            found.append(_("Chưa nhập danh sách người ghi phiếu. Chốt rồi thì không nhập được nữa."))
        if not standing.board:
            found.append(_("Chưa nhập danh sách Ban kiểm phiếu. Chốt rồi thì không nhập được nữa."))
        if is_small(round_):
            found.append(_("Cơ quan nhỏ: nếu mọi phiếu giống nhau thì ai cũng biết người khác ghi gì."))
    if wanted == "voting" and standing.ballots_wait:
        found.append(_("Máy quét sẽ không đọc được phiếu đã in: chưa tải phiếu, hoặc mẫu phiếu đã đổi sau khi tải."))
    if wanted == "voting" and standing.present_known:
        present = quorum(book_of(round_), round_.present, round_.members, round_.summoned)
        if present.state in ("unmet", "unknown"):
            found.append(quorum_sentence(present, round_.person_word))
    if wanted == "ready" and standing.ballots_wait:
        found.append(_("Chưa tải phiếu cho máy đọc, hoặc mẫu phiếu đã đổi sau khi tải. Xem trang Phiếu."))
    if wanted == "ready" and not standing.has_board_head:
        found.append(_("Chưa giao tài khoản cho Trưởng Ban kiểm phiếu."))
    if wanted == "ready" and not standing.tables_seated:
        found.append(_("Chưa đủ tài khoản cho các bàn nhập phiếu."))
    return found


@round_page(*EVERY_ROLE)
def act(request: OfficeRequest, round_: Round, code: str) -> HttpResponse:
    """Ghi nhận một việc: its hour and the names."""
    known = next((one for one in steps.ACT_NAMES if one == code), None)
    if known is None:
        raise Http404
    require(request.user, process.act_needs(known), round_)
    form = ActForm(request.POST or None, initial={"hour": timezone.localtime().strftime("%H:%M")})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            hour = form.cleaned_data["hour"].strftime("%H:%M")
            try:
                process.record_act(request.user, round_.pk, known, hour, form.told_names())
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã ghi nhận: {act}.").format(act=act_name(known, language())))
                return redirect("round", round_.pk)
        status = max(status, status_of(form))
    name = act_name(known, language())
    board = ", ".join(round_.board.exclude(duty="helper").values_list("name", flat=True)[:12])
    context = {
        "form": form,
        "name": name,
        "board": board,
        "in_minutes": known in HOURS_IN_MINUTES,
        "crumbs": crumbs(round_, (name, "")),
    }
    return page(request, "rounds/act.html", context, round_, status)


def _on_overview(request: OfficeRequest, round_: Round, work: Callable[[], object], done: str) -> HttpResponse:
    try:
        work()
    except NotAllowed:
        raise
    except TinnhiemError as error:
        context = overview_context(request, round_) | {
            "refusals": sentences(error),
            "reason": request.POST.get("reason", ""),
        }
        return page(request, "rounds/overview.html", context, round_, REFUSED)
    messages.success(request, done)
    return redirect("round", round_.pk)


@require_POST
@round_page(Permission.MEETING)
def pause(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Tạm dừng."""
    reason = request.POST.get("reason", "")
    return _on_overview(
        request, round_, lambda: process.pause(request.user, round_.pk, reason), _("Đã ghi nhận tạm dừng.")
    )


@require_POST
@round_page(Permission.MEETING)
def resume(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Tiếp tục."""
    return _on_overview(request, round_, lambda: process.resume(request.user, round_.pk), _("Cuộc họp tiếp tục."))


@require_POST
@round_page(Permission.PREPARE)
def cancel(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Hủy cuộc bỏ phiếu theo quyết định."""
    decision = request.POST.get("reason", "")
    return _on_overview(
        request,
        round_,
        lambda: process.cancel(request.user, round_.pk, decision),
        _("Đã hủy cuộc bỏ phiếu. Mọi việc đã ghi vẫn được giữ."),
    )
