"""Tiến trình: moving a round from step to step, and recording the acts that guard the way.

Contract: the rules stand in `poll.round`; here they are asked, saved and written into the ledger. Lists are checked when they are frozen, numbers when
the ballots returned are announced.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.lists import refuse_unready_lists
from tinnhiem.app.models import Account, BallotType, Round
from tinnhiem.app.queries.labels import label_of
from tinnhiem.app.queries.values import types_of
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.poll import round as steps
from tinnhiem.poll.count import ReturnedBeyondIssued

PERSON_NUMBERS = ("members", "summoned", "present", "absent_with_leave", "absent_without_leave", "excluded")
BALLOT_NUMBERS = ("received", "issued", "spoilt", "unused", "returned")


class NumberMissing(TinnhiemError):
    """A number that must be known before the step."""

    code = "number_missing"
    vi = "Chưa ghi {what}. Ghi số này trước khi chuyển bước."
    en = "{what} is not given yet. Give it before the next step."


class PresentBeyondSummoned(TinnhiemError):
    """More present than summoned."""

    code = "present_beyond_summoned"
    vi = "Có mặt {present}, nhiều hơn số triệu tập ({summoned}). Kiểm tra lại danh sách ký tên."
    en = "{present} present, more than the {summoned} summoned. Check the sign-in sheet."


class AbsentDiffer(TinnhiemError):
    """Present and absent do not add up to the summoned."""

    code = "absent_differ"
    vi = "Có mặt {present} + vắng {absent} không bằng số triệu tập ({summoned}). Sửa lại con số sai."
    en = "{present} present + {absent} absent is not the {summoned} summoned. Correct the wrong number."


def process_of(round_: Round) -> steps.Process:
    """Tiến trình của đợt as `poll.round` takes it."""
    return msgspec.convert(round_.process, steps.Process) if round_.process else steps.Process()


def _save(act: Act, process: steps.Process) -> None:
    act.round.process = msgspec.to_builtins(process)
    act.round.state = process.state
    act.round.count_number = process.count
    act.round.save()


def step_needs(wanted: steps.State) -> Permission:
    """Ai được chuyển sang một bước: the board begins the count, the meeting's desks run the vote, the organiser the rest."""
    if wanted == "counting":
        return Permission.COUNT
    if wanted in ("voting", "closed"):
        return Permission.MEETING
    if wanted in ("announced", "reported", "follow_up", "archived"):
        return Permission.FOLLOW
    return Permission.PREPARE


def act_needs(act_code: steps.ActCode) -> Permission:
    """Ai được ghi nhận một việc: the empty box is shown by whoever runs the meeting, all else is the board's."""
    return Permission.MEETING if act_code == "box_checked_and_sealed" else Permission.COUNT


class StepOfItsOwn(TinnhiemError):
    """The signing has an act of its own."""

    code = "step_of_its_own"
    vi = "Bước “Đã ký biên bản” do Ban kiểm phiếu ghi nhận ở trang Kết quả, sau khi tổng hợp."
    en = "Signing is recorded by the board on the page of the result, after the count."


def advance(account: Account, round_id: UUID, wanted: steps.State) -> Round:
    """Chuyển sang bước kế tiếp: raises what `poll.round.advance` raises, and what the step itself needs."""
    if wanted == "signed":
        raise StepOfItsOwn
    with acting(account, step_needs(wanted), round_id) as act:
        process = steps.advance(process_of(act.round), wanted)
        if wanted == "lists_frozen":
            refuse_unready_lists(act.round)
        if wanted == "voting":
            _refuse_unknown(act.round, "present")
        if wanted == "closed":
            for kind in types_of(act.round):
                if kind.issued is None:
                    raise NumberMissing(kind.title, what="số phiếu phát ra")
        if wanted == "counting":
            for kind in types_of(act.round):
                refuse_more_returned(kind)
        _save(act, process)
        act.record("state_reached", state=steps.STATE_NAMES[wanted][0])
        return act.round


def pass_over(account: Account, round_id: UUID, wanted: steps.State, reason: str) -> Round:
    """Ghi “không áp dụng” cho bước kế tiếp, with the reason."""
    with acting(account, step_needs(wanted), round_id) as act:
        _save(act, steps.pass_over(process_of(act.round), wanted, reason))
        act.record("step_not_applied", state=steps.STATE_NAMES[wanted][0], reason=reason.strip())
        return act.round


def record_act(account: Account, round_id: UUID, act_code: steps.ActCode, hour: str, names: tuple[str, ...]) -> Round:
    """Ghi nhận một việc, with its hour and names."""
    with acting(account, act_needs(act_code), round_id) as act:
        if act_code == "returned_announced":
            for kind in types_of(act.round):
                refuse_more_returned(kind)
        process = steps.record_act(process_of(act.round), act_code, hour, names)
        _save(act, process)
        done = process.acts[-1]
        act.record("act_done", act=steps.ACT_NAMES[act_code][0], names=", ".join(done.names), hour=done.hour)
        return act.round


def pause(account: Account, round_id: UUID, reason: str) -> Round:
    """Tạm dừng cuộc họp."""
    with acting(account, Permission.MEETING, round_id) as act:
        _save(act, steps.pause(process_of(act.round), reason))
        act.record("round_paused", reason=reason.strip())
        return act.round


def resume(account: Account, round_id: UUID) -> Round:
    """Tiếp tục sau tạm dừng."""
    with acting(account, Permission.MEETING, round_id) as act:
        _save(act, steps.resume(process_of(act.round)))
        act.record("round_resumed")
        return act.round


def cancel(account: Account, round_id: UUID, decision: str) -> Round:
    """Hủy cuộc bỏ phiếu theo quyết định: final; a new vote is a new round."""
    with acting(account, Permission.PREPARE, round_id) as act:
        _save(act, steps.cancel(process_of(act.round), decision))
        act.record("round_cancelled", decision=decision.strip())
        return act.round


def give_numbers(account: Account, round_id: UUID, **numbers: int | None) -> Round:
    """Ghi số liệu cuộc họp: names of `PERSON_NUMBERS`; raises `PresentBeyondSummoned`, `AbsentDiffer`."""
    with acting(account, Permission.MEETING, round_id) as act:
        _refuse_after(act.round, "closed")
        for name, value in numbers.items():
            if name not in PERSON_NUMBERS:
                message = f"not a number of the meeting: {name}"
                raise ValueError(message)
            setattr(act.round, name, value)
        refuse_odd_attendance(act.round)
        act.round.save()
        act.record("numbers_given", what=_told(act.round, PERSON_NUMBERS))
        return act.round


def give_ballots(account: Account, round_id: UUID, ballot_type_id: int, **numbers: int | None) -> BallotType:
    """Ghi số phiếu của một loại: names of `BALLOT_NUMBERS`. `returned` is the board's, once the box is open."""
    needs = Permission.COUNT if "returned" in numbers else Permission.MEETING
    with acting(account, needs, round_id) as act:
        _refuse_after(act.round, "closed")
        kind = act.round.ballot_types.get(pk=ballot_type_id)
        for name, value in numbers.items():
            if name not in BALLOT_NUMBERS:
                message = f"not a number of ballots: {name}"
                raise ValueError(message)
            setattr(kind, name, value)
        if "returned" in numbers and process_of(act.round).done("box_opened") is None:
            raise steps.ActMissing(
                act=steps.ACT_NAMES["box_opened"][0], wanted=steps.ACT_NAMES["returned_announced"][0]
            )
        kind.save()
        act.record("ballots_given", of_type=kind.title, what=_told(kind, BALLOT_NUMBERS))
        return kind


def correct_returned(account: Account, round_id: UUID, ballot_type_id: int, returned: int, reason: str) -> BallotType:
    """Sửa số phiếu thu về đã công bố, while counting and with the reason, which the minutes print; never beyond what was issued."""
    if not reason.strip():
        raise steps.ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        if act.round.state != "counting":
            raise NumbersSettled(state=steps.STATE_NAMES[process_of(act.round).state][0])
        kind = act.round.ballot_types.get(pk=ballot_type_id)
        before, kind.returned = kind.returned, (returned if returned >= 0 else None)
        refuse_more_returned(kind)
        kind.save()
        act.record("returned_corrected", of_type=kind.title, before=before, returned=returned, reason=reason.strip())
        return kind


class NumbersSettled(TinnhiemError):
    """Numbers announced to the meeting no longer change."""

    code = "numbers_settled"
    vi = "Số liệu đã công bố với cuộc họp nên không sửa được ở bước “{state}”."
    en = "These numbers were announced to the meeting and cannot change at “{state}”."


def _refuse_after(round_: Round, last: steps.State) -> None:
    state = process_of(round_).state
    if state not in steps.STATES or steps.STATES.index(state) > steps.STATES.index(last):
        raise NumbersSettled(state=steps.STATE_NAMES[state][0])


def refuse_odd_attendance(round_: Round) -> None:
    """Raises `PresentBeyondSummoned` or `AbsentDiffer` where the numbers are known and contradict each other."""
    if round_.summoned is None or round_.present is None:
        return
    if round_.present > round_.summoned:
        raise PresentBeyondSummoned(present=round_.present, summoned=round_.summoned)
    if round_.absent_with_leave is not None and round_.absent_without_leave is not None:
        absent = round_.absent_with_leave + round_.absent_without_leave
        if round_.present + absent != round_.summoned:
            raise AbsentDiffer(present=round_.present, absent=absent, summoned=round_.summoned)


def refuse_more_returned(kind: BallotType) -> None:
    """Raises `NumberMissing` or `ReturnedBeyondIssued`: more back than issued stops everything."""
    faults: list[TinnhiemError] = []
    if kind.returned is None:
        faults.append(NumberMissing(kind.title, what="số phiếu thu về"))
    if kind.issued is None:
        faults.append(NumberMissing(kind.title, what="số phiếu phát ra"))
    if kind.returned is not None and kind.issued is not None and kind.returned > kind.issued:
        difference = kind.returned - kind.issued
        faults.append(
            ReturnedBeyondIssued(kind.title, returned=kind.returned, issued=kind.issued, difference=difference)
        )
    if faults:
        raise Faults(faults)


def _refuse_unknown(round_: Round, *names: str) -> None:
    for name in names:
        if getattr(round_, name) is None:
            raise NumberMissing(what=label_of(Round, name).lower())


def _told(row: Round | BallotType, names: tuple[str, ...]) -> str:
    pairs = ((label_of(row, name), getattr(row, name)) for name in names)
    return "; ".join(f"{label.lower()} {value}" for label, value in pairs if value is not None)
