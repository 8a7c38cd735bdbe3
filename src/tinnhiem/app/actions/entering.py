"""Nhập phiếu: tables keying sheet by sheet.

Contract: a station sends one finished sheet at a time and gets back only that it is saved — never a mark, never a total, never the other station's
work. A saved sheet survives the plug; the sheet on the screen is all that can be lost. Corrections overwrite and are counted. A batch
keyed again keeps its first keying. No event is written per sheet.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from tinnhiem.app import sheet_code, vault
from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions.acting import acting
from tinnhiem.app.actions.batching import batch_label, current_batch, refuse_settled, refuse_unless_counting
from tinnhiem.app.models import Account, Batch, Desk, Keying, Role, Round
from tinnhiem.app.queries.sealed import keying_place, sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.batches import SINGLE_PILE
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import Sheet, check_sheet


class KeyingClosed(TinnhiemError):
    """The keying was finished."""

    code = "keying_closed"
    vi = "Lần nhập này đã bấm Xong tập. Nếu phải nhập lại, Trưởng Ban kiểm phiếu mở lại tập và ghi lý do."
    en = "This keying was finished. To key the batch again the head of the board opens it with a reason."


class KeyingNotYours(TinnhiemError):
    """One table must not key both readings of a batch unless the round says so."""

    code = "keying_not_yours"
    vi = "Bàn này không giữ lần nhập {station}. Hai lần nhập phải do hai bàn khác nhau thực hiện."
    en = "This table does not hold reading {station}. Two readings need two tables."


class SheetOutOfTurn(TinnhiemError):
    """A sheet number that is neither the next one nor one already keyed."""

    code = "sheet_out_of_turn"
    vi = "Phiếu thứ {given} chưa đến lượt; phiếu tiếp theo là phiếu thứ {next}."
    en = "Sheet {given} is out of turn; the next one is sheet {next}."


class BatchFull(TinnhiemError):
    """More sheets keyed than the batch was counted to hold."""

    code = "batch_full"
    vi = "Tập {number} ghi {size} phiếu và đã nhập đủ. Nếu trên tay còn phiếu, đếm lại tập phiếu."
    en = "Batch {number} holds {size} sheets and all are keyed. If there is one left in hand, count the batch again."


class SameSeats(TinnhiemError):
    """One table enters twice, but with the same person at the keys."""

    code = "same_seats"
    vi = "{keyer} đã nhập lần kia của tập này. Khi một bàn nhập hai lần, phải đổi chỗ: người khác đọc và người khác nhập."
    en = "{keyer} keyed the other reading of this batch. A table that enters twice changes seats."


class TableTooSmall(TinnhiemError):
    """One table may enter twice only for a small pile."""

    code = "table_too_small"
    vi = "Một bàn chỉ được nhập hai lần khi có không quá {most} phiếu; loại phiếu này có {returned} phiếu. Lập hai bàn nhập."
    en = "One table may enter twice only up to {most} sheets; there are {returned}. Set up two tables."


class BatchShort(TinnhiemError):
    """Fewer sheets keyed than counted by hand."""

    code = "batch_short"
    vi = "Tập {number} ghi {size} phiếu nhưng mới nhập {keyed}. Đếm lại tập phiếu trước khi bấm Xong tập."
    en = "Batch {number} holds {size} sheets but {keyed} are keyed. Count the batch again before finishing it."


class StationScanned(TinnhiemError):
    """A reading that is the scanner's."""

    code = "station_scanned"
    vi = "Lần {station} của đợt này là máy quét, không nhập tay. Quét hoặc quét lại tập ở trang Quét phiếu."
    en = "Reading {station} of this round is the scanner's. Scan the batch, or scan it again, on the scanning page."


def open_keying(
    account: Account, round_id: UUID, batch_id: UUID, station: int, *, reader: str, keyer: str, checker: str = ""
) -> Keying:
    """Bắt đầu nhập một tập ở một bàn: `reader` đọc, `keyer` nhập, `checker` kiểm tra; goes on where it was left."""
    with acting(account, Permission.KEY, round_id) as act:
        batch = current_batch(act, batch_id)
        refuse_scanned(act.round, station)
        refuse_other_station(account, act.round, station)
        keying = Keying.objects.filter(batch=batch, station=station, current=True).first()
        if keying is not None:
            act.silent = True
            return keying
        refuse_settled(batch)
        if act.round.same_table:
            _refuse_same_seats(batch, station, keyer)
        vault.seal(act.round.pk, "probe", b"")  # shut vault: say so before the first sheet, not after it
        before = Keying.objects.filter(batch=batch, station=station).aggregate(last=Max("attempt"))["last"] or 0
        keying = Keying.objects.create(
            batch=batch,
            station=station,
            attempt=before + 1,
            reader=reader,
            keyer=keyer,
            checker=checker,
            opened_at=act.at,
        )
        act.record(
            "keying_opened",
            batch=batch_label(batch),
            station=station,
            reader=reader,
            keyer=keyer,
            checker=checker or "–",
        )
        return keying


def save_sheet(account: Account, round_id: UUID, keying_id: UUID, number: int, sheet: Sheet) -> int:
    """Lưu một phiếu: sheet `number` (1-based) of the batch, new or keyed over; returns the number of sheets saved.

    Raises `SheetOutOfTurn`, `BatchFull`, `KeyingClosed`, `VaultShut`, or what `check_sheet` raises. No event is written.
    """
    with acting(account, Permission.KEY, round_id) as act:
        act.silent = True
        refuse_unless_counting(act)
        keying = (
            Keying.objects.select_for_update()
            .select_related("batch__ballot_type")
            .get(pk=keying_id, batch__round=act.round, current=True)
        )
        refuse_other_station(account, act.round, keying.station)
        batch = keying.batch
        if keying.closed_at is not None:
            raise KeyingClosed
        if number > batch.size:
            raise BatchFull(number=batch.number, size=batch.size)
        if not 1 <= number <= keying.sheets + 1:
            raise SheetOutOfTurn(given=number, next=keying.sheets + 1)
        book = book_of(act.round)
        lines = batch.ballot_type.subjects.filter(line__isnull=False).count()
        check_sheet(sheet, lines, book)
        sheets = list(sheets_of(keying, book, lines))
        if number == keying.sheets + 1:
            sheets.append(sheet)
            keying.sheets = number
        elif sheets[number - 1] != sheet:
            # A re-sent sheet (the answer was lost on the way) is the same sheet and no correction.
            sheets[number - 1] = sheet
            keying.corrections += 1
        keying.sealed = vault.seal(act.round.pk, keying_place(keying), sheet_code.encode(sheets, lines, book))
        keying.save(update_fields=["sheets", "corrections", "sealed"])
        return keying.sheets


def finish_keying(account: Account, round_id: UUID, keying_id: UUID) -> Keying:
    """Xong tập: the number keyed must be the number counted by hand; raises `BatchShort`."""
    with acting(account, Permission.KEY, round_id) as act:
        refuse_unless_counting(act)
        keying = (
            Keying.objects.select_for_update()
            .select_related("batch")
            .get(pk=keying_id, batch__round=act.round, current=True)
        )
        refuse_other_station(account, act.round, keying.station)
        if keying.closed_at is not None:
            act.silent = True
            return keying
        if keying.sheets != keying.batch.size:
            raise BatchShort(number=keying.batch.number, size=keying.batch.size, keyed=keying.sheets)
        keying.closed_at = act.at
        keying.save(update_fields=["closed_at"])
        act.record(
            "keying_closed",
            batch=batch_label(keying.batch),
            station=keying.station,
            sheets=keying.sheets,
            corrections=keying.corrections,
        )
        return keying


def key_again(account: Account, round_id: UUID, batch_id: UUID, station: int, reason: str) -> None:
    """Mở lại tập để nhập lại: by the board, with a reason; the keying so far is kept, out of the reconciliation."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        refuse_scanned(act.round, station)
        refuse_settled(batch)
        keying = Keying.objects.get(batch=batch, station=station, current=True)
        keying.current = False
        keying.save(update_fields=["current"])
        fresh = Keying.objects.create(
            batch=batch,
            station=station,
            attempt=keying.attempt + 1,
            reader=keying.reader,
            keyer=keying.keyer,
            checker=keying.checker,
            opened_at=act.at,
        )
        act.record("keying_again", batch=batch_label(batch), station=station, attempt=fresh.attempt, reason=reason)


def _refuse_same_seats(batch: Batch, station: int, keyer: str) -> None:
    returned = batch.ballot_type.returned or 0
    if returned > SINGLE_PILE:
        raise TableTooSmall(most=SINGLE_PILE, returned=returned)
    for other in Keying.objects.filter(batch=batch, current=True).exclude(station=station):
        if other.keyer.casefold() == keyer.casefold():
            raise SameSeats(keyer=keyer)


def refuse_scanned(round_: Round, station: int) -> None:
    """Raises `StationScanned` for the reading that is the scanner's."""
    if round_.scanned and station not in round_.keyed_stations:
        raise StationScanned(station=station)


def refuse_other_station(account: Account, round_: Round, station: int) -> None:
    """Two readings come from two tables, unless the round lets one table enter twice with seats changed (up to 60 sheets)."""
    desks = Desk.objects.filter(round=round_, account=account, role=Role.STATION)
    if not desks.exists():
        raise NotAllowed(who=str(Role.STATION.label))
    if not round_.same_table and not desks.filter(station=station).exists():
        raise KeyingNotYours(station=station)
