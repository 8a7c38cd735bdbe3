"""Bàn làm việc: the rounds of the person who logged in, each with its next step; the server's clock.

Contract: an account sees the rounds in which it has a desk, and nothing of any other. A station or a board member finds here the way to what that
desk does; the organiser finds every round and the deadlines of the coming week.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from tinnhiem.app.access import roles
from tinnhiem.app.models import Account, Role, Round
from tinnhiem.app.queries.due_dates import near_dates
from tinnhiem.app.queries.next_step import NextStep, next_step
from tinnhiem.app.queries.person_file import may_read_files
from tinnhiem.app.queries.standing import Standing, standing_of
from tinnhiem.app.views.doors import OfficeRequest, language
from tinnhiem.app.views.frame import TONES, office_page, page, role_names, state_name
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.round import STATES

FINISHED = ("archived", "cancelled")


def clock(_request: HttpRequest) -> HttpResponse:
    """Giờ máy chủ."""
    return HttpResponse(timezone.localtime().strftime("%H:%M"), content_type="text/plain; charset=utf-8")


def step_for(account: Account, round_: Round, standing: Standing | None = None) -> NextStep:
    """Việc tiếp theo của một tài khoản: of the first of its roles that has something to do, else what it waits for."""
    standing = standing or standing_of(round_)
    held = roles(account, round_)
    steps = [next_step(standing, role) for role in Role if role in held]
    return next((step for step in steps if step.place), steps[0])


def link(round_: Round, step: NextStep) -> str:
    """Địa chỉ của trang làm việc đó; "" where there is nothing to do."""
    return reverse(step.place, args=[round_.pk, *step.arguments]) if step.place else ""


@office_page
def desk(request: OfficeRequest) -> HttpResponse:
    """Bàn làm việc."""
    rounds = list(Round.objects.filter(desks__account=request.user).distinct().select_related("body"))
    order: dict[str, int] = {state: place for place, state in enumerate(STATES)}
    rounds.sort(key=lambda one: (order.get(one.state, -1), one.vote_date), reverse=True)
    cards = [_card(request.user, round_) for round_ in rounds]
    context = {
        "active": [card for card in cards if not card["finished"]],
        "finished": [card for card in cards if card["finished"]],
        "officer": request.user.is_officer,
        "reads": may_read_files(request.user),
        "copyable": request.user.is_officer and bool(rounds),
    }
    return page(request, "desk/desk.html", context)


def _card(account: Account, round_: Round) -> dict[str, object]:
    step = step_for(account, round_)
    english = language() == "en"
    try:
        near = near_dates(round_, timezone.localdate()) if Role.ORGANISER in roles(account, round_) else ()
        trouble = ""
    except TinnhiemError as error:  # a book that has changed must not hide the other rounds
        near, trouble = (), error.sentence(language())
    return {
        "round": round_,
        "state": state_name(round_.state),
        "tone": TONES.get(round_.state, "now"),
        "role": role_names(account, round_),
        "step": step,
        "url": link(round_, step),
        "finished": round_.state in FINISHED,
        "trouble": trouble,
        "near": [{"what": due.what_en if english else due.what, "due": due.due, "days": due.days} for due in near],
    }
