"""Kiểm song song: what a hand tally of a batch and the machine's agree and differ on.

Contract: both are of a whole batch, never of fewer than k sheets (batches are not made smaller), and only the board sees them, while it counts.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.models import Batch, HandTally, Round, Settlement
from tinnhiem.app.queries.sealed import hand_tally_of, settled_sheets
from tinnhiem.app.queries.values import book_of, slate_of
from tinnhiem.poll.sheet import TypeTally, tally


class HandDifference(msgspec.Struct, frozen=True, kw_only=True):
    """Một ô kiểm tay và kiểm máy khác nhau."""

    line: int
    name: str
    choice: str
    label: str
    by_hand: int
    by_machine: int


def machine_tally(settlement: Settlement) -> TypeTally:
    """Kết quả máy của một tập đã thống nhất."""
    batch = settlement.batch
    round_ = batch.round
    book, slate = book_of(round_), slate_of(round_)
    ballot = batch.ballot_type.code or None
    sheets = settled_sheets(settlement, book, len(slate.lines(ballot)))
    return next(part for part in tally({ballot: sheets}, slate, book).types if part.ballot == ballot)


def hand_differences(hand: HandTally) -> tuple[HandDifference, ...] | None:
    """Các chỗ kiểm tay và kiểm máy khác nhau; None while the batch is not settled."""
    settlement = Settlement.objects.filter(batch=hand.batch, complete=True).first()
    if settlement is None:
        return None
    machine = {line.line: line.counts for line in machine_tally(settlement).lines}
    slate, book = slate_of(hand.batch.round), book_of(hand.batch.round)
    labels = {one.code: one.label for one in book.choices}
    names = {one.line: one.name for one in slate.lines(hand.batch.ballot_type.code or None)}
    return tuple(
        HandDifference(
            line=line.line,
            name=names[line.line],
            choice=code,
            label=labels[code],
            by_hand=count,
            by_machine=machine[line.line][code],
        )
        for line in hand_tally_of(hand).lines
        for code, count in line.counts.items()
        if machine[line.line][code] != count
    )


def unruled_batches(round_: Round) -> tuple[Batch, ...]:
    """Các tập kiểm tay còn khác mà Ban kiểm phiếu chưa kết luận."""
    hands = HandTally.objects.filter(batch__round=round_, batch__count_number=round_.count_number, ruling="")
    return tuple(hand.batch for hand in hands.select_related("batch__ballot_type") if hand_differences(hand))
