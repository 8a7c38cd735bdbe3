"""Các bước của một đợt: states, the passages between them, and the recorded acts that guard those passages.

Contract: a `Process` is a value; every function takes one and returns the next or refuses with the rule that refuses. The order is the order of
`STATES`, one step at a time. Some steps may be passed over as "không áp dụng" with a reason; nothing between the frozen lists and the
signed minutes may. There is no way back but two: `resume` after `pause`, and a `recount` by decision, which opens a new count and leaves the
old one standing. There is no reset. Hours and names are the caller's; nothing here knows a clock. `docs/states/round.md` draws it, and a test
holds the drawing against `passages`.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from tinnhiem.errors import TinnhiemError

State = Literal[
    "draft", "submitted", "plan_approved", "dossiers_in", "dossiers_out", "lists_frozen", "ready", "voting", "closed",
    "counting", "signed", "announced", "reported", "follow_up", "archived", "paused", "cancelled",
]  # fmt: skip
ActCode = Literal[
    "box_checked_and_sealed", "box_opened", "box_mixed", "returned_announced", "reported_to_chair", "ballots_sealed",
]  # fmt: skip

STATES: tuple[State, ...] = get_args(State)[:15]
"""The life of a round in order; `paused` and `cancelled` stand beside it."""

STATE_NAMES: dict[State, tuple[str, str]] = {
    "draft": ("Dự thảo", "Draft"),
    "submitted": ("Trình duyệt", "Submitted"),
    "plan_approved": ("Đã ban hành kế hoạch", "Plan issued"),
    "dossiers_in": ("Nhận hồ sơ", "Dossiers in"),
    "dossiers_out": ("Gửi hồ sơ", "Dossiers out"),
    "lists_frozen": ("Đã chốt danh sách", "Lists frozen"),
    "ready": ("Sẵn sàng", "Ready"),
    "voting": ("Đang bỏ phiếu", "Voting"),
    "closed": ("Đã kết thúc bỏ phiếu", "Voting closed"),
    "counting": ("Đang kiểm phiếu", "Counting"),
    "signed": ("Đã ký biên bản kiểm phiếu", "Minutes signed"),
    "announced": ("Đã công bố kết quả", "Announced"),
    "reported": ("Đã báo cáo", "Reported"),
    "follow_up": ("Theo dõi", "Follow-up"),
    "archived": ("Lưu trữ", "Archived"),
    "paused": ("Tạm dừng", "Paused"),
    "cancelled": ("Đã hủy cuộc bỏ phiếu", "Vote cancelled"),
}
"""state → (Vietnamese, English)."""

ACT_NAMES: dict[ActCode, tuple[str, str]] = {
    "box_checked_and_sealed": ("Đã kiểm tra và niêm phong thùng phiếu rỗng", "Empty box checked and sealed"),
    "box_opened": ("Đã mở thùng phiếu", "Box opened"),
    "box_mixed": ("Đã trộn phiếu", "Ballots mixed"),
    "returned_announced": ("Đã công bố số phiếu thu về", "Number of ballots returned announced"),
    "reported_to_chair": ("Đã báo cáo người chủ trì", "Reported to the chair"),
    "ballots_sealed": ("Đã niêm phong, bàn giao phiếu", "Ballots sealed and handed over"),
}
"""act → (Vietnamese, English)."""

GUARDS: dict[State, tuple[ActCode, ...]] = {
    "voting": ("box_checked_and_sealed",),
    "counting": ("box_opened", "returned_announced"),
    "announced": ("reported_to_chair",),
    "reported": ("ballots_sealed",),
}
"""The acts that must be recorded before a state is reached."""

ACT_STATES: dict[ActCode, tuple[State, ...]] = {
    "box_checked_and_sealed": ("ready",),
    "box_opened": ("closed",),
    "box_mixed": ("closed", "counting"),
    "returned_announced": ("closed",),
    "reported_to_chair": ("signed",),
    "ballots_sealed": ("signed", "announced"),
}
"""The states in which an act happens."""

PASSABLE: tuple[State, ...] = (
    "submitted", "plan_approved", "dossiers_in", "dossiers_out", "announced", "reported", "follow_up",
)  # fmt: skip
"""Steps that an office may pass over with a reason. Nothing from the frozen lists to the signed minutes."""

PAUSABLE: tuple[State, ...] = ("ready", "voting", "closed", "counting")
RECOUNTABLE: tuple[State, ...] = ("signed", "announced", "reported", "follow_up")


class DoneAct(msgspec.Struct, frozen=True, kw_only=True):
    """Việc đã làm: an act with its hour ("08:45") and the names of those who did or witnessed it; `count` is the count it belongs to."""

    act: ActCode
    hour: str
    names: tuple[str, ...]
    count: int = 1


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """Tiến trình của đợt: where it stands, what was recorded, how many counts there were."""

    state: State = "draft"
    acts: tuple[DoneAct, ...] = ()
    paused_from: State | None = None
    count: int = 1

    def done(self, act: ActCode) -> DoneAct | None:
        """The act as last recorded for the current count (acts before the count stay valid through a recount)."""
        before_count = ACT_STATES[act][0] in ("ready", "closed")
        for done in reversed(self.acts):
            if done.act == act and (before_count or done.count == self.count):
                return done
        return None


class StepRefused(TinnhiemError):
    """Lời từ chối về một bước: names steps and acts in Vietnamese; its English sentence gives their English names."""

    code = "step_refused"
    vi = "Không chuyển được bước."
    en = "This step cannot be taken."

    @property
    def message_en(self) -> str:
        """The sentence in English, with the steps and acts named in English too."""
        return self.en.format(**{key: _in_english(str(value)) for key, value in self.values.items()})


def _in_english(names: str) -> str:
    """One name, or several with commas between, from the product's language."""
    return (
        ", ".join(_ENGLISH.get(name, name) for name in names.split(", ")) if names not in _ENGLISH else _ENGLISH[names]
    )


_ENGLISH = dict((*STATE_NAMES.values(), *ACT_NAMES.values()))


class StepOutOfOrder(StepRefused):
    """A state that does not follow the present one."""

    code = "step_out_of_order"
    vi = "Đang ở bước “{state}”; bước kế tiếp là “{next}”, không phải “{wanted}”."
    en = "The round is at “{state}”; the next step is “{next}”, not “{wanted}”."


class ActMissing(StepRefused):
    """An act that must be recorded first."""

    code = "act_missing"
    vi = "Chưa ghi nhận: {act}. Ghi giờ và người thực hiện trước khi chuyển sang “{wanted}”."
    en = "Not recorded yet: {act}. Record the hour and the names before “{wanted}”."


class ActOutOfPlace(StepRefused):
    """An act at a step where it cannot happen."""

    code = "act_out_of_place"
    vi = "“{act}” được ghi ở bước “{where}”; đợt đang ở bước “{state}”."
    en = "“{act}” belongs to the step “{where}”; the round is at “{state}”."


class ActWithoutNames(StepRefused):
    """An act without an hour or without names."""

    code = "act_without_names"
    vi = "Ghi giờ (ví dụ 08:45) và họ tên người thực hiện cho việc “{act}”."
    en = "Give the hour (such as 08:45) and the names for “{act}”."


class StepMustBeDone(StepRefused):
    """A step that cannot be passed over."""

    code = "step_must_be_done"
    vi = "Không bỏ qua được bước “{wanted}”: từ chốt danh sách đến ký biên bản, bước nào cũng phải làm."
    en = "“{wanted}” cannot be passed over: every step from the frozen lists to the signed minutes is done."


class ReasonMissing(TinnhiemError):
    """An act that needs a reason or a decision's number."""

    code = "reason_missing"
    vi = "Ghi rõ lý do hoặc số, ngày của quyết định."
    en = "Give the reason, or the number and date of the decision."


class NotNow(StepRefused):
    """Pausing, resuming, cancelling or recounting where it does not apply."""

    code = "not_now"
    vi = "Không thực hiện được ở bước “{state}”."
    en = "This cannot be done at the step “{state}”."


def next_state(process: Process) -> State | None:
    """Bước kế tiếp, None at the end or beside the line."""
    if process.state not in STATES or process.state == STATES[-1]:
        return None
    return STATES[STATES.index(process.state) + 1]


def missing_acts(process: Process, wanted: State) -> tuple[ActCode, ...]:
    """Các việc chưa ghi nhận trước một bước."""
    return tuple(act for act in GUARDS.get(wanted, ()) if process.done(act) is None)


def advance(process: Process, wanted: State) -> Process:
    """Chuyển bước: one step on; raises `StepOutOfOrder`, `ActMissing`."""
    following = next_state(process)
    if following is None or wanted != following:
        shown = STATE_NAMES[following][0] if following else "–"
        raise StepOutOfOrder(state=STATE_NAMES[process.state][0], next=shown, wanted=STATE_NAMES[wanted][0])
    for act in missing_acts(process, wanted):
        raise ActMissing(act=ACT_NAMES[act][0], wanted=STATE_NAMES[wanted][0])
    return msgspec.structs.replace(process, state=wanted)


def pass_over(process: Process, wanted: State, reason: str) -> Process:
    """Không áp dụng một bước: reaches `wanted` without doing it, with a reason.

    The acts that guard the step are still asked for: ballots are sealed whether or not anybody is reported to.
    """
    if not reason.strip():
        raise ReasonMissing
    if wanted in STATES and wanted not in PASSABLE:
        raise StepMustBeDone(wanted=STATE_NAMES[wanted][0])
    return advance(process, wanted)


def record_act(process: Process, act: ActCode, hour: str, names: tuple[str, ...]) -> Process:
    """Ghi nhận một việc: with its hour and names; raises `ActOutOfPlace`, `ActWithoutNames`."""
    if process.state not in ACT_STATES[act]:
        where = ", ".join(STATE_NAMES[state][0] for state in ACT_STATES[act])
        raise ActOutOfPlace(act=ACT_NAMES[act][0], where=where, state=STATE_NAMES[process.state][0])
    told = tuple(name.strip() for name in names if name.strip())
    if not hour.strip() or not told:
        raise ActWithoutNames(act=ACT_NAMES[act][0])
    done = DoneAct(act=act, hour=hour.strip(), names=told, count=process.count)
    return msgspec.structs.replace(process, acts=(*process.acts, done))


def pause(process: Process, reason: str) -> Process:
    """Tạm dừng: from the meeting's states; `resume` goes back to where it was."""
    if not reason.strip():
        raise ReasonMissing
    if process.state not in PAUSABLE:
        raise NotNow(state=STATE_NAMES[process.state][0])
    return msgspec.structs.replace(process, state="paused", paused_from=process.state)


def resume(process: Process) -> Process:
    """Tiếp tục sau khi tạm dừng."""
    if process.state != "paused" or process.paused_from is None:
        raise NotNow(state=STATE_NAMES[process.state][0])
    return msgspec.structs.replace(process, state=process.paused_from, paused_from=None)


def cancel(process: Process, decision: str) -> Process:
    """Hủy cuộc bỏ phiếu theo quyết định: final; what was recorded stays, a new vote is a new round."""
    if not decision.strip():
        raise ReasonMissing
    if process.state in ("cancelled", "archived"):
        raise NotNow(state=STATE_NAMES[process.state][0])
    return msgspec.structs.replace(process, state="cancelled")


def recount(process: Process, decision: str) -> Process:
    """Phúc tra: a new count of the same sheets by recorded decision; the count before it stays and is named by the new one."""
    if not decision.strip():
        raise ReasonMissing
    if process.state not in RECOUNTABLE:
        raise NotNow(state=STATE_NAMES[process.state][0])
    return msgspec.structs.replace(process, state="counting", count=process.count + 1)


def passages() -> tuple[tuple[State, State, str], ...]:
    """Mọi lối đi, as (from, to, how): what the drawing shows and what the functions above allow."""
    found: list[tuple[State, State, str]] = []
    for place, state in enumerate(STATES[:-1]):
        following = STATES[place + 1]
        found.append((state, following, "advance"))
        if following in PASSABLE:
            found.append((state, following, "pass_over"))
    for state in PAUSABLE:
        found.extend(((state, "paused", "pause"), ("paused", state, "resume")))
    found.extend((state, "cancelled", "cancel") for state in (*STATES[:-1], "paused"))
    found.extend((state, "counting", "recount") for state in RECOUNTABLE)
    return tuple(found)
