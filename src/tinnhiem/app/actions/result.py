"""Kết quả: counting what is settled, signing, recounting, deleting the sheets, and the files another machine can check.

Contract: a count is made only when every batch is settled, every hand tally agrees or is ruled on, and typed totals agree. The record stays sealed until the
board has signed the paper; from then on it stands in clear and never changes. A recount is a new count beside the old one.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import connection

from tinnhiem.app import scan_store, vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import acting
from tinnhiem.app.actions.batching import batch_label, refuse_unless_counting
from tinnhiem.app.actions.gallery import refuse_unseen
from tinnhiem.app.actions.images import delete_with_signing, images_left, record_deletion
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import (
    Account,
    Batch,
    CountRecordRow,
    HandTally,
    Keying,
    Round,
    Scan,
    Seal,
    Settlement,
    TypedTotals,
)
from tinnhiem.app.queries.hand_tally import unruled_batches
from tinnhiem.app.queries.sealed import record_of, record_place, settled_sheets, typed_totals_of
from tinnhiem.app.queries.values import book_of, corrections_of, numbers_of, rounding_of, slate_of, types_of
from tinnhiem.app.random_check_state import into_clear
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll import round as steps
from tinnhiem.poll.count import count
from tinnhiem.poll.record import CountRecord, fingerprint, short_code
from tinnhiem.poll.sheet import Sheet, Tally, tally
from tinnhiem.poll.slate import Slate


class BatchOpen(TinnhiemError):
    """A batch that is not settled."""

    code = "batch_open"
    vi = "Tập {batch} chưa thống nhất. Nhập đủ số lần và đối chiếu xong rồi mới tổng hợp."
    en = "Batch {batch} is not settled. Finish its readings and settle them before the count."


class NoBatches(TinnhiemError):
    """A ballot type whose sheets were not divided and keyed."""

    code = "no_batches"
    vi = "Chưa chia tập phiếu cho loại phiếu “{title}”."
    en = "The sheets of “{title}” were not divided into batches."


class HandTallyDiffers(TinnhiemError):
    """A hand tally differs and the board has not ruled."""

    code = "hand_tally_differs"
    vi = "Kết quả kiểm tay và kiểm máy của tập {batch} khác nhau. Kiểm lại tập, hoặc ghi kết luận của Ban kiểm phiếu."
    en = "Hand tally and machine differ on batch {batch}. Count it again, or write the board's ruling."


class TotalsDiffer(TinnhiemError):
    """The two typings of totals are not alike."""

    code = "totals_differ"
    vi = "Dòng {line}: hai lần nhập tổng khác nhau. Hai người xem lại bảng kiểm phiếu và nhập lại dòng này."
    en = "Line {line}: the two typings differ. Both look at the tally sheet again and type this line anew."


class TotalsMissing(TinnhiemError):
    """Totals were not typed twice."""

    code = "totals_missing"
    vi = "Chưa nhập tổng đủ hai lần{of_type}."
    en = "Totals are not typed twice yet{of_type}."


class NotCounted(TinnhiemError):
    """There is no count to sign or to show."""

    code = "not_counted"
    vi = "Chưa tổng hợp kết quả."
    en = "There is no count yet."


class CountOutdated(TinnhiemError):
    """Something was settled otherwise after the count that the minutes print."""

    code = "count_outdated"
    vi = "Sau khi tổng hợp đã có thay đổi. Tổng hợp lại, in lại biên bản rồi ký."
    en = "Something changed after the count. Count again, print the minutes again, then sign."


class SheetsStillNeeded(TinnhiemError):
    """Keyed sheets are deleted only after the signing."""

    code = "sheets_still_needed"
    vi = "Chỉ xóa dữ liệu phiếu sau khi đã ký biên bản kiểm phiếu."
    en = "Keyed sheets are deleted only after the minutes are signed."


def make_count(account: Account, round_id: UUID) -> CountRecord:
    """Tổng hợp kết quả: makes the record of the current count; raises `Faults` with everything that still stands open."""
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        round_ = act.round
        record = _counted(round_)
        row, _ = CountRecordRow.objects.get_or_create(round=round_, number=round_.count_number)
        row.sealed = vault.seal_text(round_.pk, record_place(row), msgspec.json.encode(record))
        row.save()
        act.record("counted", number=round_.count_number)
        return record


def _counted(round_: Round) -> CountRecord:
    """The record of what is settled now."""
    book, slate = book_of(round_), slate_of(round_)
    whole = _typed_tally(round_) if round_.way == Round.Way.TOTALS else _settled_tally(round_, slate, book)
    before = CountRecordRow.objects.filter(round=round_, number=round_.count_number - 1).first()
    return count(
        whole,
        numbers_of(round_),
        book,
        body=round_.body.name,
        date=round_.vote_date,
        slate=slate,
        rounding=rounding_of(round_),
        corrections=corrections_of(round_),
        supersedes=before.fingerprint if before else None,
    )


def _settled_tally(round_: Round, slate: Slate, book: Rulebook) -> Tally:
    faults: list[TinnhiemError] = []
    sheets: dict[str | None, list[Sheet]] = {}
    for kind in types_of(round_):
        ballot = kind.code or None
        batches = Batch.objects.filter(ballot_type=kind, count_number=round_.count_number)
        pile: list[Sheet] = []
        if not batches and kind.returned:
            faults.append(NoBatches(title=kind.title))
        for batch in batches:
            settlement = Settlement.objects.filter(batch=batch, complete=True).first()
            if settlement is None:
                faults.append(BatchOpen(batch=batch_label(batch)))
            else:
                pile.extend(settled_sheets(settlement, book, len(slate.lines(ballot))))
        sheets[ballot] = pile
    if not faults:
        faults.extend(HandTallyDiffers(batch=batch_label(batch)) for batch in unruled_batches(round_))
    if faults:
        raise Faults(faults)
    return tally(sheets, slate, book)


def _typed_tally(round_: Round) -> Tally:
    faults: list[TinnhiemError] = []
    types = []
    for kind in types_of(round_):
        typed = TypedTotals.objects.filter(ballot_type=kind, count_number=round_.count_number).order_by("typing")
        if typed.count() < 2:
            faults.append(TotalsMissing(of_type=f" (loại phiếu “{kind.title}”)" if kind.title else ""))
            continue
        first, second = (typed_totals_of(one) for one in typed[:2])
        faults.extend(
            TotalsDiffer(kind.title, line=one.line)
            for one, other in zip(first.lines, second.lines, strict=True)
            if one != other
        )
        types.append(first)
    if faults:
        raise Faults(faults)
    return Tally(types=tuple(types))


def current_row(round_: Round) -> CountRecordRow | None:
    """Bản ghi của lần kiểm hiện tại, sealed or signed."""
    return CountRecordRow.objects.filter(round=round_, number=round_.count_number).first()


def sign(account: Account, round_id: UUID) -> CountRecordRow:
    """Ghi nhận đã ký bản giấy: the record comes out of the seal and never changes again."""
    with acting(account, Permission.COUNT, round_id) as act:
        row = current_row(act.round)
        if row is None or not row.sealed:
            raise NotCounted
        process = steps.advance(process_of(act.round), "signed")
        record = record_of(row)
        if _counted(act.round) != record:
            raise CountOutdated
        refuse_unseen(act.round)
        row.content = msgspec.json.encode(record).decode("utf-8")
        row.fingerprint = fingerprint(record)
        row.supersedes = record.supersedes or ""
        row.signed_at = act.at
        row.sealed = b""
        row.save()
        into_clear(act.round)
        act.round.process = msgspec.to_builtins(process)
        act.round.state = process.state
        act.round.save()
        act.record("signed", short=short_code(row.fingerprint), fingerprint=row.fingerprint)
        images_go = delete_with_signing(act)
    if images_go:
        scan_store.clear(round_id)
    return row


def decide_recount(account: Account, round_id: UUID, decision: str) -> Round:
    """Phúc tra theo quyết định: opens a new count of the same sheets; the signed record stays."""
    with acting(account, Permission.FOLLOW, round_id) as act:
        number = act.round.count_number
        process = steps.recount(process_of(act.round), decision)
        act.round.process = msgspec.to_builtins(process)
        act.round.state = process.state
        act.round.count_number = process.count
        act.round.save()
        act.record("recount_decided", decision=decision.strip(), number=number)
        return act.round


def delete_sheets(account: Account, round_id: UUID, decision: str) -> None:
    """Xóa dữ liệu phiếu đã nhập theo quyết định: blobs, images and key go; minutes, record and journal stay."""
    with acting(account, Permission.COUNT, round_id) as act:
        if act.round.state not in steps.STATES or steps.STATES.index(act.round.state) < steps.STATES.index("signed"):
            raise SheetsStillNeeded
        if not decision.strip():
            raise steps.ReasonMissing
        Keying.objects.filter(batch__round=act.round).update(sealed=b"")
        Settlement.objects.filter(batch__round=act.round).update(sealed=b"", decisions=b"")
        HandTally.objects.filter(batch__round=act.round).update(sealed=b"")
        TypedTotals.objects.filter(ballot_type__round=act.round).update(sealed=b"")
        Scan.objects.filter(batch__round=act.round).update(manifest=b"", looks=b"")
        Seal.objects.filter(round=act.round).delete()
        vault.lock(act.round.pk)
        if images_left(act.round):
            record_deletion(act, decision.strip())
        act.record("sheets_deleted", decision=decision.strip())
    scan_store.clear(round_id)
    forget_old_pages()


def forget_old_pages() -> None:
    """Empties SQLite's write-ahead log into the database, where what is deleted is overwritten; nothing to do elsewhere."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
