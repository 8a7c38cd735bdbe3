"""Nhật ký nhập phiếu: per batch who keyed or scanned, when it was opened and closed, how many sheets, corrections and disagreements — never a mark, never a time of a sheet.

Contract: a ruling at the adjudication desk and a ruling at the reconciling are two things and are counted apart, each as often as the ledger tells it.
"""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.models import Batch, EventRow, Keying, Round


class JournalLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một lần nhập một tập, as the journal prints it; `scanned`: by the machine, `keyer` worked the scanner."""

    batch: int
    ballot: str
    station: int
    scanned: bool
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
    """Một tập sau đối chiếu: how many sheets were settled by the paper and by ruling, None where there is nothing to reconcile; and the rulings at the desk, None where nothing is scanned."""

    batch: int
    ballot: str
    size: int
    misread: int | None
    rulings: int | None
    desk_rulings: int | None
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
            scanned=round_.scanned and row.station == 1,
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


def of_this_count(round_: Round, *codes: str) -> tuple[EventRow, ...]:
    """Các việc của lần kiểm này, oldest first: those written since the last recount was decided."""
    rows = EventRow.objects.filter(round=round_)
    recount = rows.filter(code="recount_decided").order_by("seq").last()
    return tuple(rows.filter(code__in=codes, seq__gt=recount.seq if recount else 0).order_by("seq"))


def batch_journal(round_: Round) -> tuple[BatchLine, ...]:
    """Kết quả đối chiếu từng tập, counts of places only."""
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    reconciled = round_.readings > 1
    at_desk = [row.data.get("batch") for row in of_this_count(round_, "desk_ruling_made")]
    lines = []
    for batch in batches:
        settlement = getattr(batch, "settlement", None)
        lines.append(
            BatchLine(
                batch=batch.number,
                ballot=batch.ballot_type.title,
                size=batch.size,
                misread=(settlement.misread if settlement else 0) if reconciled else None,
                rulings=(settlement.rulings if settlement else 0) if reconciled else None,
                desk_rulings=at_desk.count(batch_label(batch)) if round_.scanned else None,
                complete=bool(settlement and settlement.complete),
            )
        )
    return tuple(lines)
