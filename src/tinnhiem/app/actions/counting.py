"""Phòng kiểm phiếu: the board's passphrase, batches, stations keying sheet by sheet.

Contract: a station sends one finished sheet at a time and gets back only that it is saved — never a mark, never a total, never the other station's
work. A saved sheet survives the plug; the sheet on the screen is all that can be lost. Corrections overwrite and are counted. A batch
keyed again keeps its first keying. No event is written per sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from tinnhiem.app import sheet_code, vault
from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.models import (
    Account,
    BallotType,
    Batch,
    CountRecordRow,
    Desk,
    HandTally,
    Keying,
    Role,
    Round,
    Seal,
    Settlement,
    TypedTotals,
)
from tinnhiem.app.queries.sealed import keying_place, sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.batches import LEAST_BATCH, SINGLE_PILE
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import Sheet, check_sheet


class CountingNotOpen(TinnhiemError):
    """Keying is possible only between the announcement of the returned ballots and the signing."""

    code = "counting_not_open"
    vi = "Chưa đến lúc nhập phiếu, hoặc đã ký biên bản. Việc này làm khi đợt ở bước “Đang kiểm phiếu”."
    en = "Sheets are keyed only while the round is being counted."


class BatchesDiffer(TinnhiemError):
    """The batches do not add up to the ballots returned."""

    code = "batches_differ"
    vi = "Các tập cộng lại là {total} phiếu, thu về {returned} phiếu. Đếm lại từng tập rồi sửa số phiếu của tập."
    en = "The batches hold {total} sheets, {returned} came back. Count each batch again and correct its number."


class BatchTooSmall(TinnhiemError):
    """A batch below k could tell how a few people voted."""

    code = "batch_too_small"
    vi = "Tập {number} chỉ có {size} phiếu; tập nhỏ hơn {least} phiếu dễ lộ ý kiến. Gộp vào tập trước."
    en = "Batch {number} has {size} sheets; fewer than {least} could give people away. Put it together with the one before."


class BatchInHand(TinnhiemError):
    """Batches cannot be divided anew once somebody keyed one."""

    code = "batch_in_hand"
    vi = "Đã có tập được nhập nên không chia lại được. Nhập lại tập cần sửa ở mục Tập phiếu."
    en = "A batch is being keyed, so they cannot be divided anew. Key the batch again instead."


class BatchSettled(TinnhiemError):
    """A settled batch is not keyed again."""

    code = "batch_settled_already"
    vi = "Tập {number} đã đối chiếu xong, không nhập lại được."
    en = "Batch {number} is settled and is not keyed again."


class BatchOfAnotherCount(TinnhiemError):
    """A batch of a count that a recount has superseded."""

    code = "batch_of_another_count"
    vi = "Tập {number} thuộc lần kiểm trước, chỉ để lưu. Mở tập của lần kiểm này."
    en = "Batch {number} belongs to an earlier count and is only kept. Open the batch of this count."


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


def make_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Đặt cụm mật khẩu của Ban kiểm phiếu: once a round, before the first sheet; raises `PassphraseTooShort`."""
    with acting(account, Permission.COUNT, round_id) as act:
        if Seal.objects.filter(round=act.round).exists():
            _open(act, passphrase)
            return
        salt, wrapped = vault.make(act.round.pk, passphrase)
        Seal.objects.create(round=act.round, salt=salt, wrapped=wrapped)
        act.record("vault_made")


def open_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Mở khóa dữ liệu phiếu: after the machine was switched off; raises `PassphraseWrong`."""
    with acting(account, Permission.COUNT, round_id) as act:
        _open(act, passphrase)


def _open(act: Act, passphrase: str) -> None:
    seal = Seal.objects.get(round=act.round)
    vault.unlock(act.round.pk, passphrase, bytes(seal.salt), bytes(seal.wrapped))
    act.record("vault_opened")


def renew_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Đặt cụm mật khẩu mới khi mất cụm cũ: what was keyed in this count can no longer be read, stays as it is, and is keyed again from the paper."""
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        Seal.objects.filter(round=act.round).delete()
        salt, wrapped = vault.make(act.round.pk, passphrase)
        Seal.objects.create(round=act.round, salt=salt, wrapped=wrapped)
        of_this_count = Batch.objects.filter(round=act.round, count_number=act.round.count_number)
        Keying.objects.filter(batch__in=of_this_count, current=True).update(current=False)
        Settlement.objects.filter(batch__in=of_this_count).delete()
        HandTally.objects.filter(batch__in=of_this_count).delete()
        TypedTotals.objects.filter(ballot_type__round=act.round, count_number=act.round.count_number).delete()
        CountRecordRow.objects.filter(round=act.round, number=act.round.count_number, content="").delete()
        act.record("vault_renewed")


def lock_vault(account: Account, round_id: UUID) -> None:
    """Khóa dữ liệu phiếu: when the board leaves the room."""
    with acting(account, Permission.COUNT, round_id) as act:
        vault.lock(act.round.pk)
        act.record("vault_locked")


def make_batches(account: Account, round_id: UUID, ballot_type: BallotType, sizes: Sequence[int]) -> None:
    """Chia tập phiếu: the numbers counted by hand, which must add up to the ballots returned."""
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        made = Batch.objects.filter(ballot_type=ballot_type, count_number=act.round.count_number)
        if Keying.objects.filter(batch__in=made).exists():
            raise BatchInHand
        returned = ballot_type.returned or 0
        if sum(sizes) != returned:
            raise BatchesDiffer(total=sum(sizes), returned=returned)
        for number, size in enumerate(sizes, start=1):
            if size < LEAST_BATCH and len(sizes) > 1:
                raise BatchTooSmall(number=number, size=size, least=LEAST_BATCH)
        made.delete()
        for number, size in enumerate(sizes, start=1):
            Batch.objects.create(
                round=act.round,
                ballot_type=ballot_type,
                count_number=act.round.count_number,
                number=number,
                size=size,
            )
        act.record(
            "batches_made", count=len(sizes), of_type=ballot_type.title, sizes=", ".join(str(size) for size in sizes)
        )


def resize_batch(account: Account, round_id: UUID, batch_id: UUID, size: int, reason: str) -> Batch:
    """Sửa số phiếu đếm tay của một tập, with the reason: two sheets stuck together are found while the pile is keyed."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        _refuse_settled(batch)
        others = Batch.objects.filter(ballot_type=batch.ballot_type, count_number=batch.count_number).exclude(
            pk=batch.pk
        )
        if size < 1 or (size < LEAST_BATCH and others.exists()):
            raise BatchTooSmall(number=batch.number, size=size, least=LEAST_BATCH)
        before, batch.size = batch.size, size
        batch.save(update_fields=["size"])
        act.record("batch_resized", batch=batch_label(batch), before=before, size=size, reason=reason.strip())
        return batch


def current_batch(act: Act, batch_id: UUID) -> Batch:
    """Tập của lần kiểm đang làm, locked; raises `CountingNotOpen`, `BatchOfAnotherCount`."""
    refuse_unless_counting(act)
    found = Batch.objects.select_for_update(of=("self",)).select_related("ballot_type", "round")
    batch = found.get(pk=batch_id, round=act.round)
    if batch.count_number != act.round.count_number:
        raise BatchOfAnotherCount(number=batch.number)
    return batch


def open_keying(
    account: Account, round_id: UUID, batch_id: UUID, station: int, *, reader: str, keyer: str, checker: str = ""
) -> Keying:
    """Bắt đầu nhập một tập ở một bàn: `reader` đọc, `keyer` nhập, `checker` kiểm tra; goes on where it was left."""
    with acting(account, Permission.KEY, round_id) as act:
        batch = current_batch(act, batch_id)
        refuse_other_station(account, act.round, station)
        keying = Keying.objects.filter(batch=batch, station=station, current=True).first()
        if keying is not None:
            act.silent = True
            return keying
        _refuse_settled(batch)
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
        _refuse_settled(batch)
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


def batch_label(batch: Batch) -> str:
    """Tên tập phiếu as people say it: its number, and its type where there are several."""
    title = batch.ballot_type.title
    return f"{batch.number} ({title})" if title else str(batch.number)


def _refuse_settled(batch: Batch) -> None:
    if hasattr(batch, "settlement") and batch.settlement.complete:
        raise BatchSettled(number=batch.number)


def _refuse_same_seats(batch: Batch, station: int, keyer: str) -> None:
    returned = batch.ballot_type.returned or 0
    if returned > SINGLE_PILE:
        raise TableTooSmall(most=SINGLE_PILE, returned=returned)
    for other in Keying.objects.filter(batch=batch, current=True).exclude(station=station):
        if other.keyer.casefold() == keyer.casefold():
            raise SameSeats(keyer=keyer)


def refuse_unless_counting(act: Act) -> None:
    """Raises `CountingNotOpen` outside the step of counting."""
    if act.round.state != "counting":
        raise CountingNotOpen


def refuse_other_station(account: Account, round_: Round, station: int) -> None:
    """Two readings come from two tables, unless the round lets one table enter twice with seats changed (up to 60 sheets)."""
    desks = Desk.objects.filter(round=round_, account=account, role=Role.STATION)
    if not desks.exists():
        raise NotAllowed(who=str(Role.STATION.label))
    if not round_.same_table and not desks.filter(station=station).exists():
        raise KeyingNotYours(station=station)
