"""Hội nghị: who is there, whether that is enough, how many ballots were handed out, the acts up to the close.

Contract: numbers only; no name of anybody who did or did not vote. The quorum is `law.decide`'s, told with the number needed. What came back is counted and told
by the board on its own page.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.actions import process
from tinnhiem.app.forms.desk_form import DeskForm
from tinnhiem.app.forms.meeting import AttendanceForm, BallotNumbersForm
from tinnhiem.app.models import BallotType, Round
from tinnhiem.app.queries.overview import acts_of
from tinnhiem.app.queries.values import book_of, types_of
from tinnhiem.app.views.desk import link, step_for
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import REFUSED, crumbs, page, refuse
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.decide import QuorumFinding, quorum
from tinnhiem.poll.round import STATES

LAST_OPEN = STATES.index("closed")


def quorum_sentence(found: QuorumFinding, person_word: str) -> str:
    """Đủ điều kiện hay chưa, in one sentence (forms.md quorum.ok, quorum.no)."""
    values = {
        "present": found.present,
        "of": found.of_count,
        "needed": found.needed,
        "missing": found.missing,
        "people": person_word,
    }
    if found.state == "met":
        return _("Có mặt {present}/{of}, cần ít nhất {needed}. Đủ điều kiện tiến hành.").format(**values)
    if found.state == "unmet":
        return _(
            "Có mặt {present}/{of}, cần ít nhất {needed}. Chưa đủ điều kiện, còn thiếu {missing} {people}."
        ).format(**values)
    if found.state == "unknown":
        return _("Chưa đủ số liệu để biết có đủ điều kiện tiến hành hay không.")
    return _("Quy định của đợt không nêu số người có mặt tối thiểu.")


@round_page(Permission.MEETING)
def meeting(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Trang Hội nghị."""
    part = request.POST.get("part", "")
    kinds = list(types_of(round_))
    attendance = AttendanceForm(
        request.POST if part == "attendance" else None,
        initial={name: getattr(round_, name) for name in AttendanceForm.base_fields},
    )
    ballots = [(kind, _ballot_form(request, kind, part)) for kind in kinds]
    status = 200
    if request.method == "POST":
        done, status = _take(request, round_, attendance, ballots, part)
        if done:
            messages.success(request, _("Đã ghi số liệu."))
            return redirect("meeting", round_.pk)
    book = book_of(round_)
    found = quorum(book, round_.present, round_.members, round_.summoned)
    step = step_for(request.user, round_)
    here = request.path
    where = link(round_, step)
    context = {
        "attendance": attendance,
        "ballots": ballots,
        "quorum": found,
        "quorum_sentence": quorum_sentence(found, round_.person_word),
        "book": book,
        "acts": acts_of(round_, language()),
        "open_numbers": round_.state in STATES and STATES.index(round_.state) <= LAST_OPEN,
        "next_step": {
            "sentence": step.sentence,
            "label": step.label,
            "url": "" if where == here else where,
            "method": "post" if step.place == "resume" else "get",
        },
        "crumbs": crumbs(round_, (_("Hội nghị"), "")),
    }
    return page(request, "meeting/meeting.html", context, round_, status)


def _ballot_form(request: OfficeRequest, kind: BallotType, part: str) -> BallotNumbersForm:
    return BallotNumbersForm(
        request.POST if part == f"ballots-{kind.pk}" else None,
        initial={name: getattr(kind, name) for name in BallotNumbersForm.base_fields},
        prefix=f"kind{kind.pk}",
    )


def _take(
    request: OfficeRequest,
    round_: Round,
    attendance: AttendanceForm,
    ballots: list[tuple[BallotType, BallotNumbersForm]],
    part: str,
) -> tuple[bool, int]:
    """One of the page's forms: whether it was done, and the status if not."""
    kind = next((kind for kind, _form in ballots if part == f"ballots-{kind.pk}"), None)
    sent: DeskForm = next((form for one, form in ballots if one is kind), attendance)
    if not sent.is_valid():
        return False, REFUSED
    try:
        if kind is not None:
            process.give_ballots(request.user, round_.pk, kind.pk, **sent.cleaned_data)
        else:
            process.give_numbers(request.user, round_.pk, **sent.cleaned_data)
    except TinnhiemError as error:
        return False, refuse(sent, error)
    return True, 200
