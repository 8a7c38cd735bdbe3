"""The states of a round: every passage that exists, and why each of the others is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.round import (
    ACT_NAMES,
    ACT_STATES,
    GUARDS,
    PASSABLE,
    PAUSABLE,
    RECOUNTABLE,
    STATE_NAMES,
    STATES,
    ActCode,
    ActMissing,
    ActOutOfPlace,
    ActWithoutNames,
    NotNow,
    Process,
    ReasonMissing,
    State,
    StepMustBeDone,
    StepOutOfOrder,
    advance,
    cancel,
    missing_acts,
    next_state,
    pass_over,
    passages,
    pause,
    record_act,
    recount,
    resume,
)

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "states" / "round.md"
NAMES = ("Lê Thị Bưởi", "Trần Văn Ổi")
DECISION = "Quyết định số 12-QĐ/TU ngày 05/12/2028"


def at(state: State, *acts: ActCode) -> Process:
    """A process standing at a state with acts recorded on the way."""
    process = Process(state=state)
    for act in acts:
        placed = record_act(msgspec.structs.replace(process, state=ACT_STATES[act][0]), act, "08:45", NAMES)
        process = msgspec.structs.replace(placed, state=state)
    return process


def ready_for(state: State) -> Process:
    """At `state`, with every act recorded that any passage may ask for."""
    return at(state, *ACT_STATES)


def refusal(act: Callable[[], object]) -> TinnhiemError:
    with pytest.raises(TinnhiemError) as caught:
        act()
    return caught.value


def test_the_states_are_those_of_the_life_of_a_round() -> None:
    assert STATES == (
        "draft", "submitted", "plan_approved", "dossiers_in", "dossiers_out", "lists_frozen", "ready", "voting",
        "closed", "counting", "signed", "announced", "reported", "follow_up", "archived",
    )  # fmt: skip
    assert set(STATE_NAMES) == {*STATES, "paused", "cancelled"}


def test_a_round_walks_from_draft_to_archive_with_its_acts() -> None:
    process = Process()
    for wanted in STATES[1:]:
        for act in GUARDS.get(wanted, ()):
            process = record_act(process, act, "08:45", NAMES)
        process = advance(process, wanted)
    assert process.state == "archived"
    assert [done.act for done in process.acts] == [
        "box_checked_and_sealed", "box_opened", "returned_announced", "reported_to_chair", "ballots_sealed",
    ]  # fmt: skip


@pytest.mark.parametrize(("wanted", "acts"), GUARDS.items())
def test_a_guarded_state_is_not_reached_before_its_acts(wanted: State, acts: tuple[ActCode, ...]) -> None:
    before = at(STATES[STATES.index(wanted) - 1])
    assert missing_acts(before, wanted) == acts
    found = refusal(lambda: advance(before, wanted))
    assert found == ActMissing(act=ACT_NAMES[acts[0]][0], wanted=STATE_NAMES[wanted][0])


def test_every_guard_asks_for_each_of_its_acts() -> None:
    opened = at("closed", "box_opened")
    found = refusal(lambda: advance(opened, "counting"))
    assert found == ActMissing(act="Đã công bố số phiếu thu về", wanted="Đang kiểm phiếu")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("wanted", [*STATES, "paused", "cancelled"])
def test_only_the_next_state_follows(state: State, wanted: State) -> None:
    process = ready_for(state)
    if next_state(process) == wanted:
        assert advance(process, wanted).state == wanted
    else:
        assert type(refusal(lambda: advance(process, wanted))) is StepOutOfOrder


@pytest.mark.parametrize("state", ["paused", "cancelled", "archived"])
def test_nothing_follows_a_state_beside_the_line_or_at_its_end(state: State) -> None:
    assert next_state(Process(state=state)) is None


@pytest.mark.parametrize("wanted", STATES[1:])
def test_a_step_is_passed_over_only_where_the_law_leaves_room(wanted: State) -> None:
    before = ready_for(STATES[STATES.index(wanted) - 1])
    if wanted in PASSABLE:
        assert pass_over(before, wanted, "Đã làm trên giấy").state == wanted
    else:
        found = refusal(lambda: pass_over(before, wanted, "Đã làm trên giấy"))
        assert found == StepMustBeDone(wanted=STATE_NAMES[wanted][0])


def test_nothing_from_the_frozen_lists_to_the_signed_minutes_is_passed_over() -> None:
    held = STATES[STATES.index("lists_frozen") : STATES.index("signed") + 1]
    assert [state for state in held if state in PASSABLE] == []


def test_a_step_is_not_passed_over_without_a_reason() -> None:
    assert type(refusal(lambda: pass_over(Process(), "submitted", " "))) is ReasonMissing


def test_passing_a_step_over_still_asks_for_its_acts() -> None:
    process = at("announced")
    assert type(refusal(lambda: pass_over(process, "reported", "Không phải báo cáo"))) is ActMissing


@pytest.mark.parametrize("act", ACT_STATES)
@pytest.mark.parametrize("state", [*STATES, "paused", "cancelled"])
def test_an_act_is_recorded_only_where_it_happens(act: ActCode, state: State) -> None:
    process = Process(state=state)
    if state in ACT_STATES[act]:
        done = record_act(process, act, " 08:45 ", ("Lê Thị Bưởi ", " ")).done(act)
        assert done is not None
        assert (done.act, done.hour, done.names, done.count) == (act, "08:45", ("Lê Thị Bưởi",), 1)
    else:
        assert type(refusal(lambda: record_act(process, act, "08:45", NAMES))) is ActOutOfPlace


@pytest.mark.parametrize(("hour", "names"), [("", NAMES), (" ", NAMES), ("08:45", ()), ("08:45", ("  ",))])
def test_an_act_without_hour_or_names_is_refused(hour: str, names: tuple[str, ...]) -> None:
    assert type(refusal(lambda: record_act(at("ready"), "box_checked_and_sealed", hour, names))) is ActWithoutNames


@pytest.mark.parametrize("state", [*STATES, "cancelled"])
def test_a_pause_goes_back_to_where_it_was(state: State) -> None:
    process = ready_for(state)
    if state in PAUSABLE:
        assert resume(pause(process, "Mất điện")) == process
    else:
        assert refusal(lambda: pause(process, "Mất điện")) == NotNow(state=STATE_NAMES[state][0])


def test_a_pause_has_a_reason_and_only_a_pause_is_resumed() -> None:
    assert type(refusal(lambda: pause(at("voting"), ""))) is ReasonMissing
    assert type(refusal(lambda: resume(at("voting")))) is NotNow
    assert type(refusal(lambda: pause(pause(at("voting"), "Mất điện"), "Mất điện"))) is NotNow


@pytest.mark.parametrize("state", STATES[:-1])
def test_a_round_is_cancelled_by_decision_and_finally(state: State) -> None:
    process = cancel(ready_for(state), DECISION)
    assert process.state == "cancelled"
    for act in (lambda: cancel(process, DECISION), lambda: resume(process), lambda: recount(process, DECISION)):
        assert type(refusal(act)) is NotNow


def test_a_paused_round_can_be_cancelled_and_an_archived_one_cannot() -> None:
    assert cancel(pause(at("voting"), "Mất điện"), DECISION).state == "cancelled"
    assert type(refusal(lambda: cancel(at("archived"), DECISION))) is NotNow
    assert type(refusal(lambda: cancel(at("voting"), ""))) is ReasonMissing


@pytest.mark.parametrize("state", STATES)
def test_a_recount_is_a_new_count_by_decision(state: State) -> None:
    process = ready_for(state)
    if state in RECOUNTABLE:
        again = recount(process, DECISION)
        assert (again.state, again.count, again.acts) == ("counting", 2, process.acts)
        assert type(refusal(lambda: recount(process, " "))) is ReasonMissing
    else:
        assert type(refusal(lambda: recount(process, DECISION))) is NotNow


def test_a_recount_is_reported_to_the_chair_again_but_the_box_is_not_opened_again() -> None:
    again = advance(recount(ready_for("announced"), DECISION), "signed")
    assert missing_acts(again, "counting") == ()
    assert missing_acts(again, "announced") == ("reported_to_chair",)
    told = record_act(again, "reported_to_chair", "10:00", NAMES)
    assert advance(told, "announced").state == "announced"


def drawn() -> list[tuple[str, str, str]]:
    return re.findall(r"^    (\w+) --> (\w+): (\w+)$", DRAWING.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_drawing_shows_exactly_the_passages_of_the_code() -> None:
    assert drawn() == list(passages())


def test_every_passage_of_the_drawing_can_be_walked_and_no_other() -> None:
    walked = [
        (start, target, how)
        for start in (*STATES, "paused")
        for target in (*STATES, "paused", "cancelled")
        for how in ("advance", "pass_over", "pause", "resume", "cancel", "recount")
        if leads(start, target, how)
    ]
    assert sorted(walked) == sorted(passages())


def leads(start: State, target: State, how: str) -> bool:
    process = ready_for(start)
    acts: dict[str, Callable[[], Process]] = {
        "advance": lambda: advance(process, target),
        "pass_over": lambda: pass_over(process, target, DECISION),
        "pause": lambda: pause(process, DECISION),
        "resume": lambda: resume(msgspec.structs.replace(process, paused_from=target)),
        "cancel": lambda: cancel(process, DECISION),
        "recount": lambda: recount(process, DECISION),
    }
    if how == "resume" and target not in PAUSABLE:
        return False
    try:
        return acts[how]().state == target
    except TinnhiemError:
        return False


def test_the_table_beside_the_drawing_names_states_and_guards_as_the_screens_do() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]*)\|$", DRAWING.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = [(state, name, tuple(re.findall(r"`(\w+)`", guards))) for state, name, guards in rows]
    assert told == [(state, vi, GUARDS.get(state, ())) for state, (vi, _) in STATE_NAMES.items()]


def test_a_step_out_of_order_is_told_with_where_the_round_is_and_what_comes_next() -> None:
    assert refusal(lambda: advance(at("voting"), "signed")).message == (
        "Đang ở bước “Đang bỏ phiếu”; bước kế tiếp là “Đã kết thúc bỏ phiếu”, không phải “Đã ký biên bản kiểm phiếu”."
    )


def test_nothing_follows_the_last_step() -> None:
    assert refusal(lambda: advance(at("archived"), "draft")).values["next"] == "–"


@pytest.mark.parametrize("act", ["box_checked_and_sealed", "ballots_sealed"])
def test_an_act_out_of_place_is_told_with_its_steps_and_the_present_one(act: ActCode) -> None:
    steps = ", ".join(STATE_NAMES[state][0] for state in ACT_STATES[act])
    assert refusal(lambda: record_act(at("draft"), act, "08:45", NAMES)) == ActOutOfPlace(
        act=ACT_NAMES[act][0], where=steps, state=STATE_NAMES["draft"][0]
    )


def test_an_act_without_names_is_told_with_the_act() -> None:
    found = refusal(lambda: record_act(at("ready"), "box_checked_and_sealed", "", NAMES))
    assert found == ActWithoutNames(act=ACT_NAMES["box_checked_and_sealed"][0])


def test_what_cannot_be_done_now_is_told_with_the_present_step() -> None:
    here = NotNow(state=STATE_NAMES["archived"][0])
    assert refusal(lambda: resume(at("archived"))) == here
    assert refusal(lambda: cancel(at("archived"), DECISION)) == here
    assert refusal(lambda: recount(at("draft"), DECISION)) == NotNow(state=STATE_NAMES["draft"][0])


def test_an_act_before_the_count_holds_through_a_recount() -> None:
    again = recount(ready_for("signed"), DECISION)
    held = {act for act in ACT_STATES if again.done(act) is not None}
    assert held == {act for act, states in ACT_STATES.items() if states[0] in ("ready", "closed")}


def test_a_refused_step_is_told_in_english_with_the_english_names() -> None:
    found = refusal(lambda: record_act(at("draft"), "box_mixed", "08:45", NAMES))
    assert found.message_en == "“Ballots mixed” belongs to the step “Voting closed, Counting”; the round is at “Draft”."
