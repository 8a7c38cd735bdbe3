"""Chấm máy đọc: what a reader answered against what was meant.

Contract: knows no reader and no image. A clear row read as another choice, or not at all, is a misread; handed to people, it is a false flag. A
doubtful row that was decided is silent, as meant or against it; decided blank rows are against what was meant. Rows of refused pages are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from bench.marked_pages.sheet import PageTruth
from bench.marked_pages.voter import RowTruth


class RowAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Máy đọc nói gì về một dòng. `choice` None: left to people, for `reason`, with `proposal` where it has one."""

    line: int
    choice: str | None
    reason: str = ""
    proposal: str | None = None


class PageAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Máy đọc nói gì về một trang. `refused`: the reason, "" where it was read."""

    refused: str = ""
    type: str | None = None
    page: int | None = None
    rows: tuple[RowAnswer, ...] = ()
    stamped: bool | None = None
    failed: bool = False
    """The reader raised what is no refusal of its own."""


class Tally(msgspec.Struct, kw_only=True):
    """Kết quả chấm một lô trang."""

    pages: int = 0
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    crashed: int = 0
    wrong_page: int = 0
    clear: int = 0
    misread: Counter[str] = msgspec.field(default_factory=Counter)
    misread_as: Counter[str] = msgspec.field(default_factory=Counter)
    """"blank", "over", "nothing" or "another choice"."""
    flagged: Counter[str] = msgspec.field(default_factory=Counter)
    flagged_kinds: Counter[str] = msgspec.field(default_factory=Counter)
    doubtful: int = 0
    silent_as_meant: Counter[str] = msgspec.field(default_factory=Counter)
    silent_against: Counter[str] = msgspec.field(default_factory=Counter)
    blank: int = 0
    blank_told_blank: int = 0
    proposals: int = 0
    proposals_as_meant: int = 0
    stamp_wrong: int = 0
    stamp_untold: int = 0

    @property
    def silent(self) -> int:
        """Doubtful rows decided without people."""
        return self.silent_as_meant.total() + self.silent_against.total()


def judge(tally: Tally, truth: PageTruth, answer: PageAnswer) -> list[str]:
    """Chấm một trang vào `tally`; what went wrong, a line each."""
    tally.pages += 1
    where = f"side {truth.page}"
    if answer.refused or answer.failed:
        tally.refused[answer.refused] += 1
        tally.crashed += answer.failed
        return [f"{where} refused: {answer.refused}"]
    if (answer.type, answer.page) != (truth.type, truth.page):
        tally.wrong_page += 1
    _judge_stamp(tally, truth, answer)
    told = {row.line: row for row in answer.rows}
    wrong = []
    for row in truth.rows:
        wrong += [
            f"{where} line {row.line} ({row.kind}): {what}" for what in _judge_row(tally, row, told.get(row.line))
        ]
    return wrong


def _judge_stamp(tally: Tally, truth: PageTruth, answer: PageAnswer) -> None:
    if truth.page != 1:
        return
    tally.stamp_untold += answer.stamped is None
    tally.stamp_wrong += answer.stamped is not None and answer.stamped != (truth.stamp is not None)


def _judge_row(tally: Tally, row: RowTruth, answer: RowAnswer | None) -> list[str]:
    decided = answer.choice if answer else None
    if row.clear:
        tally.clear += 1
        if answer is None or decided not in {None, row.intent}:
            seen = decided or "nothing"
            tally.misread[row.kind] += 1
            tally.misread_as[seen if seen in {"blank", "over", "nothing"} else "another choice"] += 1
            return [f"MISREAD {row.intent} as {seen}"]
        if decided is None:
            tally.flagged[answer.reason] += 1
            tally.flagged_kinds[row.kind] += 1
            return [f"false flag: {answer.reason}"]
        return []
    return _judge_doubt(tally, row, answer)


def _judge_doubt(tally: Tally, row: RowTruth, answer: RowAnswer | None) -> list[str]:
    if row.kind == "blank":
        tally.blank += 1
        tally.blank_told_blank += answer is not None and "blank" in {answer.choice, answer.reason}
        if answer and answer.choice == "blank":  # a reader that decides so and asks nobody
            return []
    else:
        tally.doubtful += 1
    if answer is None or answer.choice is None:
        if answer and answer.proposal is not None and row.kind != "blank":
            tally.proposals += 1
            tally.proposals_as_meant += answer.proposal == row.intent
        return []
    if answer.choice == row.intent:
        tally.silent_as_meant[row.kind] += 1
        return ["decided silently, as meant"]
    tally.silent_against[row.kind] += 1
    return [f"DECIDED AGAINST {row.intent}: {answer.choice}"]


def matched(found: Sequence[tuple[int, int]], expected: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Phiếu quét hai lần: how many of the expected pairs were found, and how many pairs were found that are none."""
    pairs, due = ({(min(pair), max(pair)) for pair in some} for some in (found, expected))
    return len(pairs & due), len(pairs - due)
