"""Kiểm tra ngẫu nhiên của một đợt: what there is to check, the recorded sheet at a place, and where the check stands.

Contract: the record, the batches and the agreed sheets are read, nothing is changed. What this gives away of the result is how many sheets would have to be
misread before anybody passes a threshold; it is for the board alone until the minutes are signed. No figure and no mark leaves it but to `actions.random_check`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.actions.reconciling import looks_of
from tinnhiem.app.models import Batch, CountRecordRow, Round, Settlement
from tinnhiem.app.models.random_check import RandomCheck as Row
from tinnhiem.app.queries.column_gallery import unseen
from tinnhiem.app.queries.scan_points import REMOVE, TWIN, WHOLE_SHEET, decided
from tinnhiem.app.queries.sealed import record_of, settled_sheets
from tinnhiem.app.queries.values import book_of, types_of
from tinnhiem.app.random_check_state import CheckState, current, state_of
from tinnhiem.poll.random_sample import Pile, Place, Sample, sample
from tinnhiem.poll.record import CountRecord, fingerprint
from tinnhiem.poll.sheet import Sheet

Stage = Literal[
    "no_sheets", "not_counted", "shut", "sealed", "reopened", "deleted", "gallery_first", "gallery", "ready", "outdated",
    "going", "closed", "declined",
]  # fmt: skip
"""`no_sheets`: totals were typed, there is no sheet to hold paper against; `sealed`: the ballots are; `reopened`: a batch is read again;
`gallery_first`: somebody's marks are still to be looked through; `gallery`: that replaces the check; `outdated`: counted anew after the lot."""


class ToCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Các loại phiếu: those of which sheets are drawn, and those whose column gallery replaces the check."""

    drawn: tuple[Sample, ...]
    gallery: tuple[Sample, ...]


def is_scanned(round_: Round) -> bool:
    """Whether sheets are read by the scanner, so that there are images to look through."""
    return round_.way == Round.Way.SHEETS and round_.scanned


def replaced_by_gallery(round_: Round) -> bool:
    """Whether everybody on a type with few sheets is looked through mark by mark before the signing (`queries.column_gallery`)."""
    return round_.way == Round.Way.SHEETS and round_.pairing == Round.Pairing.SCAN


def counted_row(round_: Round) -> CountRecordRow | None:
    """Bản ghi của lần kiểm hiện tại, None before it is made."""
    row = CountRecordRow.objects.filter(round=round_, number=round_.count_number).first()
    return row if row is not None and (row.sealed or row.content) else None


def to_check(round_: Round, record: CountRecord) -> ToCheck:
    """Lập mẫu cho từng loại phiếu; raises `PilesNotReturned`."""
    samples = [sample(record, kind.code or None, _piles(round_, kind.pk)) for kind in types_of(round_) if kind.returned]
    looked_through = replaced_by_gallery(round_)
    return ToCheck(
        drawn=tuple(one for one in samples if not (one.gallery and looked_through)),
        gallery=tuple(one for one in samples if one.gallery and looked_through),
    )


def _piles(round_: Round, type_id: int) -> tuple[Pile, ...]:
    batches = Batch.objects.filter(ballot_type=type_id, count_number=round_.count_number).order_by("number")
    return tuple(Pile(batch=batch.number, sheets=batch.size) for batch in batches)


def stage_of(round_: Round) -> Stage:
    """Cuộc kiểm tra đang ở đâu."""
    if round_.way == Round.Way.TOTALS:
        return "no_sheets"
    row = current(round_)
    if row is not None and row.declined:
        return "declined"
    counted = counted_row(round_)
    if counted is None:
        return "not_counted"
    if not counted.content and not vault.is_open(round_.pk):
        return "shut"
    if row is not None:
        begun = state_of(row)
        if (begun.record, begun.fingerprint) != (counted.pk, fingerprint(record_of(counted))):
            now = _before_the_lot(round_, counted)
            return "outdated" if now == "ready" else now
        if row.closed_at is not None:
            return "closed"
    return _before_the_lot(round_, counted) if row is None else _while_it_goes(round_)


def _before_the_lot(round_: Round, counted: CountRecordRow) -> Stage:
    blocked = _while_it_goes(round_)
    if blocked != "going":
        return blocked
    if round_.state == "counting" and unseen(round_):
        return "gallery_first"
    return "ready" if to_check(round_, record_of(counted)).drawn else "gallery"


def _while_it_goes(round_: Round) -> Stage:
    if process_of(round_).done("ballots_sealed") is not None:
        return "sealed"
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number)
    settled = Settlement.objects.filter(batch__in=batches, complete=True)
    if settled.count() < batches.count():
        return "reopened"
    if settled.filter(sealed=b"").exists():
        return "deleted"
    return "going" if vault.is_open(round_.pk) else "shut"


def is_waited_for(round_: Round) -> bool:
    """Whether the board still has to draw, to read or to say that it does without: only where a scanner read the sheets."""
    return is_scanned(round_) and stage_of(round_) in ("ready", "outdated", "going")


def recorded_sheet(round_: Round, place: Place) -> tuple[Sheet, frozenset[int]]:
    """Phiếu đã ghi ở một chỗ, and the lines on which people had decided; for the comparison alone, never for a page."""
    batch = Batch.objects.select_related("round", "ballot_type").get(
        round=round_, count_number=round_.count_number, ballot_type__code=place.ballot or "", number=place.batch
    )
    lines = batch.ballot_type.subjects.filter(line__isnull=False).count()
    sheet = settled_sheets(batch.settlement, book_of(round_), lines)[place.position - 1]
    decisions = (one for look in looks_of(batch) if look.sheet == place.position for one in look.decisions)
    ruled = {decision.line for decision in decisions if decision.line is not None}
    return sheet, frozenset(ruled | _looked_at(round_, batch, place.position))


def _looked_at(round_: Round, batch: Batch, position: int) -> set[int]:
    """The lines of a scanned sheet that people settled; `position` counts what was left once sheets scanned twice were taken out."""
    scan = batch.scans.filter(current=True).first()
    if scan is None or not scan.manifest:
        return set()
    settled = decided(round_, scan)
    removed = {one.point.sheet for one in settled if one.point.line == TWIN and one.mark == REMOVE}
    lines = (one.point for one in settled if one.point.line > WHOLE_SHEET)
    return {point.line for point in lines if point.sheet - sum(gone < point.sheet for gone in removed) == position}


def begun_check(round_: Round) -> tuple[Row, CheckState] | None:
    """Cuộc kiểm tra của lần kiểm hiện tại với trạng thái, None where none was begun; raises `VaultShut`."""
    row = current(round_)
    if row is None or row.declined:
        return None
    return row, state_of(row)
