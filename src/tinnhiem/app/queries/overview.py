"""Tổng quan một đợt: its steps as they were done, its numbers, its recorded acts.

Contract: reads the process and the ledger; what a step says beside its name (the day it was reached, the reason why it was passed over) is taken from
the event that recorded it. No figure of a count is here.
"""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import EventRow, Round
from tinnhiem.poll.round import ACT_NAMES, STATE_NAMES, STATES, ActCode, State


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một bước trên trang: `state` is done | now | todo | skipped (the words of parts/steps.html), `reason` why it was passed over."""

    label: str
    state: str
    when: str = ""
    reason: str = ""


class ActLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một việc đã ghi nhận."""

    label: str
    hour: str
    names: str


def steps_of(round_: Round, language: str) -> tuple[StepLine, ...]:
    """Các bước của đợt, in order."""
    process = process_of(round_)
    here = process.paused_from if process.state == "paused" else process.state
    place = STATES.index(here) if here in STATES else _last_reached(round_)
    said = _told(round_)
    lines = []
    for number, state in enumerate(STATES):
        code, when = said.get(STATE_NAMES[state][0], ("", ""))
        shown = "todo" if number > place else ("skipped" if code == "step_not_applied" else "done")
        if number == place and process.state != "cancelled":
            shown = "now"
        reached = number <= place
        lines.append(
            StepLine(
                label=_name(state, language),
                state=shown,
                when=when if reached and code == "state_reached" else "",
                reason=when if reached and code == "step_not_applied" else "",
            )
        )
    return tuple(lines)


def acts_of(round_: Round, language: str) -> tuple[ActLine, ...]:
    """Các việc đã ghi nhận, in the order they were recorded."""
    return tuple(
        ActLine(label=ACT_NAMES[done.act][language == "en"], hour=done.hour, names=", ".join(done.names))
        for done in process_of(round_).acts
    )


def act_name(act: ActCode, language: str) -> str:
    """Tên một việc trong ngôn ngữ của người đọc."""
    return ACT_NAMES[act][language == "en"]


def _name(state: State, language: str) -> str:
    return STATE_NAMES[state][language == "en"]


def _told(round_: Round) -> dict[str, tuple[str, str]]:
    """Vietnamese name of a state → (code of the event that reached it last, day or reason)."""
    found: dict[str, tuple[str, str]] = {}
    for event in EventRow.objects.filter(round=round_, code__in=("state_reached", "step_not_applied")).order_by("seq"):
        when = datetime.datetime.fromisoformat(event.at).strftime("%d/%m")
        note = str(event.data.get("reason", "")) if event.code == "step_not_applied" else when
        found[str(event.data.get("state", ""))] = (event.code, note)
    return found


def _last_reached(round_: Round) -> int:
    """The place where a cancelled round stood."""
    reached = _told(round_)
    return max((place for place, state in enumerate(STATES) if STATE_NAMES[state][0] in reached), default=0)
