"""Each state of a round and each role: one sentence, and a button only where that role may act."""

from __future__ import annotations

import itertools

import pytest

from tinnhiem.app.access import ALLOWED, Permission
from tinnhiem.app.actions.process import act_needs, step_needs
from tinnhiem.app.models import Role
from tinnhiem.app.queries.next_step import NextStep, next_step
from tinnhiem.app.queries.standing import Standing
from tinnhiem.poll.round import GUARDS, STATE_NAMES, DoneAct, Process, State

COMPLETE = {
    "subjects": 9,
    "voters": 47,
    "board": 3,
    "has_board_head": True,
    "stations": 2,
    "present_known": True,
    "issued_known": True,
}
EMPTY = {"subjects": 0, "present_known": False, "stations": 0}
SCANNED = {"scanned": True, "ballots_wait": True, "check_waits": True, "tables": 0}
PAGE_NEEDS = {
    "list-import": Permission.PREPARE,
    "desks": Permission.PREPARE,
    "meeting": Permission.MEETING,
    "resume": Permission.MEETING,
    "counting": Permission.COUNT,
    "entry-start": Permission.KEY,
    "ballots": Permission.PREPARE,
    "random-check": Permission.COUNT,
}


def at(state: State, *acts: str, **facts: object) -> Standing:
    done = tuple(DoneAct(act=act, hour="08:00", names=("Lý Thị Lan",)) for act in acts)  # type: ignore[arg-type]
    return Standing(process=Process(state=state, acts=done, paused_from="voting"), **(COMPLETE | facts))  # type: ignore[arg-type]


def place(step: NextStep) -> tuple[str, ...]:
    return (step.place, *step.arguments)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(STATE_NAMES))
def test_every_state_and_role_has_a_sentence_and_a_button_only_with_a_label(state: State, role: Role) -> None:
    step = next_step(at(state), role)
    assert (bool(step.sentence), bool(step.label)) == (True, bool(step.place))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(STATE_NAMES))
def test_no_role_is_offered_what_it_may_not_do(state: State, role: Role) -> None:
    guards = list(GUARDS.values())
    every_act = tuple(dict.fromkeys(itertools.chain.from_iterable(guards)))
    for acts, facts in itertools.product(((), every_act), ({}, EMPTY, SCANNED)):
        step = next_step(at(state, *acts, **facts), role)
        if not step.place:
            continue
        needs = PAGE_NEEDS.get(step.place)
        if step.place == "step":
            needs = step_needs(step.arguments[0])  # type: ignore[arg-type]
        if step.place == "act":
            needs = act_needs(step.arguments[0])  # type: ignore[arg-type]
        assert needs in ALLOWED[role]


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (at("draft", subjects=0), ("list-import", "subjects")),
        (at("draft"), ("step", "submitted")),
        (at("submitted"), ("step", "plan_approved")),
        (at("plan_approved"), ("step", "dossiers_in")),
        (at("dossiers_in"), ("step", "dossiers_out")),
        (at("dossiers_out", voters=0), ("list-import", "voters")),
        (at("dossiers_out", board=0), ("list-import", "board")),
        (at("dossiers_out"), ("step", "lists_frozen")),
        (at("lists_frozen", stations=1), ("desks",)),
        (at("lists_frozen", stations=1, same_table=True), ("step", "ready")),
        (at("lists_frozen"), ("step", "ready")),
        (at("lists_frozen", scanned=True, ballots_wait=True), ("ballots",)),
        (at("lists_frozen", scanned=True), ("step", "ready")),
        (at("ready", present_known=False), ("meeting",)),
        (at("ready"), ("act", "box_checked_and_sealed")),
        (at("ready", "box_checked_and_sealed"), ("step", "voting")),
        (at("voting", issued_known=False), ("meeting",)),
        (at("voting"), ("step", "closed")),
        (at("closed"), ("",)),
        (at("counting"), ("",)),
        (at("signed"), ("",)),
        (at("signed", "reported_to_chair"), ("step", "announced")),
        (at("announced"), ("",)),
        (at("announced", "ballots_sealed"), ("step", "reported")),
        (at("reported"), ("step", "follow_up")),
        (at("follow_up"), ("step", "archived")),
        (at("archived"), ("",)),
        (at("paused"), ("resume",)),
        (at("cancelled"), ("",)),
    ],
)
def test_the_organiser_is_led_from_the_draft_to_the_archive(standing: Standing, expected: tuple[str, ...]) -> None:
    assert place(next_step(standing, Role.ORGANISER)) == expected


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (at("closed"), ("counting",)),
        (at("counting"), ("counting",)),
        (at("signed", scanned=True, check_waits=True), ("random-check",)),
        (at("signed"), ("act", "reported_to_chair")),
        (at("signed", "reported_to_chair"), ("act", "ballots_sealed")),
        (at("announced", "reported_to_chair"), ("act", "ballots_sealed")),
        (at("announced", "ballots_sealed"), ("",)),
    ],
)
def test_the_board_opens_counts_reports_and_seals(standing: Standing, expected: tuple[str, ...]) -> None:
    assert place(next_step(standing, Role.BOARD)) == expected


def test_a_table_keys_only_while_the_round_is_counted() -> None:
    found = {state: place(next_step(at(state), Role.STATION)) for state in STATE_NAMES}
    assert found == {state: ("entry-start",) if state == "counting" else ("",) for state in STATE_NAMES}


def test_a_table_waits_where_the_scanner_alone_reads() -> None:
    assert place(next_step(at("counting", tables=0), Role.STATION)) == ("",)


def test_the_chair_announces_once_the_board_has_reported() -> None:
    assert place(next_step(at("signed", "reported_to_chair"), Role.CHAIR)) == ("step", "announced")


def test_who_waits_is_told_for_whom() -> None:
    assert next_step(at("signed"), Role.CHAIR).sentence == "Chờ Ban kiểm phiếu báo cáo người chủ trì trước khi công bố."


def test_a_page_that_is_no_passage_says_what_blocks_it() -> None:
    assert next_step(at("voting", issued_known=False), Role.ORGANISER).blocked == "Chưa ghi số phiếu phát ra."
