"""Nhật ký nhập phiếu: per batch who keyed, when it was opened and closed, how many sheets, corrections and disagreements — never a mark, never a time of a sheet."""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.app.models import Batch, Keying, Round


class JournalLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một lần nhập một tập, as the journal prints it."""

    batch: int
    ballot: str
    station: int
    attempt: int
    kept_only: bool
    reader: str
    keyer: str
    checker: str
    opened: datetime.datetime
    closed: datetime.datetime | None
    sheets: int
    size: int
    corrections: int


class BatchLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một tập sau đối chiếu: how many places were settled by the paper and by ruling."""

    batch: int
    ballot: str
    size: int
    misread: int
    rulings: int
    complete: bool


def entry_journal(round_: Round) -> tuple[JournalLine, ...]:
    """Nhật ký nhập phiếu của đợt."""
    keyings = Keying.objects.filter(batch__round=round_).select_related("batch__ballot_type")
    ordered = keyings.order_by(
        "batch__ballot_type__position", "batch__count_number", "batch__number", "station", "attempt"
    )
    return tuple(
        JournalLine(
            batch=row.batch.number,
            ballot=row.batch.ballot_type.title,
            station=row.station,
            attempt=row.attempt,
            kept_only=not row.current,
            reader=row.reader,
            keyer=row.keyer,
            checker=row.checker,
            opened=row.opened_at,
            closed=row.closed_at,
            sheets=row.sheets,
            size=row.batch.size,
            corrections=row.corrections,
        )
        for row in ordered
    )


def batch_journal(round_: Round) -> tuple[BatchLine, ...]:
    """Kết quả đối chiếu từng tập, counts of places only."""
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    lines = []
    for batch in batches:
        settlement = getattr(batch, "settlement", None)
        lines.append(
            BatchLine(
                batch=batch.number,
                ballot=batch.ballot_type.title,
                size=batch.size,
                misread=settlement.misread if settlement else 0,
                rulings=settlement.rulings if settlement else 0,
                complete=bool(settlement and settlement.complete),
            )
        )
    return tuple(lines)
