"""Xem dải ô theo người: going through every mark of one person, sending rows back, and the guard before the signing.

Contract: a screen is passed once and in turn; rows sent back open their batch again, whose earlier reading is kept, and wait at the adjudication desk like any other doubt.
Whoever must be looked through is looked through before the board signs (`refuse_unseen`). The ledger hears that all of it was done and by whom, never of
which person: that somebody stands near a threshold is nobody's to know before the result.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.adjudicating import NoSuchMember, PointUnknown
from tinnhiem.app.actions.batching import batch_label, refuse_unless_counting
from tinnhiem.app.models import Account, BoardMember, ColumnLook, Keying, Round, Scan, Settlement, Subject
from tinnhiem.app.queries.column_gallery import (
    RaisedRow,
    look_of,
    people_to_look_through,
    raised_left,
    raised_of,
    raised_place,
    scan_ids,
    screen,
    still_raised,
    unseen,
)
from tinnhiem.app.queries.scan_points import finder, keep_looks
from tinnhiem.errors import Faults, TinnhiemError

SCAN_STATION = 1


class StripsNotSeen(TinnhiemError):
    """Persons whose every mark must be looked at before the signing."""

    code = "strips_not_seen"
    vi = "Còn {count} người phải xem lại từng ô trước khi ký. Mở trang Dải ô theo người và xem hết."
    en = "The marks of {count} persons must still be looked through before the signing. Open the column gallery."


class RaisedRowsOpen(TinnhiemError):
    """Rows sent back that nobody has answered."""

    code = "raised_rows_open"
    vi = "Còn {count} dòng Ban kiểm phiếu gửi lại chưa xem. Mở bàn xem phiếu nghi vấn, xem hết rồi tổng hợp lại."
    en = (
        "{count} rows that the board sent back are not looked at yet. Do so at the adjudication desk, then count again."
    )


class StripNotAsked(TinnhiemError):
    """A person who need not be looked through."""

    code = "strip_not_asked"
    vi = "Không phải xem dải ô của người này, hoặc chưa tổng hợp kết quả. Mở lại trang Dải ô theo người."
    en = "This person's marks need not be looked through, or there is no count yet. Open the column gallery again."


def begin(account: Account, round_id: UUID, subject_id: int, *, member_id: int) -> ColumnLook:
    """Bắt đầu xem dải ô của một người, or go on where it was left; from the beginning where what lies in it has changed, or it was done."""
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        refuse_unless_counting(act)
        subject, member = _subject(act.round, subject_id), _member(act.round, member_id)
        known = look_of(subject)
        look, _ = ColumnLook.objects.get_or_create(subject=subject, count_number=act.round.count_number)
        if known is None or known.done:
            left = still_raised(look)
            look.raised = vault.seal_text(round_id, raised_place(look), msgspec.json.encode(left)) if left else b""
            look.screens, look.scans = 0, scan_ids(subject)
        look.member = member
        look.save()
        return look


def pass_screen(
    account: Account, round_id: UUID, subject_id: int, number: int, *, raised: Collection[RaisedRow] = ()
) -> ColumnLook:
    """Xem xong một màn hình: rows of it that look wrong go back to the desk. A screen sent twice counts once.

    Raises `StripNotAsked`, `PointUnknown` for a row that is not on the screen.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        refuse_unless_counting(act)
        subject = _subject(act.round, subject_id)
        look = look_of(subject)
        if look is None:
            raise StripNotAsked
        if number != look.screens:
            return look
        shown = screen(subject, number)
        here = {row.place: row.mark for _, rows in shown.groups for row in rows}
        if not here.keys() >= set(raised):
            raise PointUnknown(sheet="…")
        if raised:
            marked = [msgspec.structs.replace(row, mark=here[row]) for row in raised]
            kept = tuple(dict.fromkeys((*raised_of(look), *marked)))
            look.raised = vault.seal_text(round_id, raised_place(look), msgspec.json.encode(kept))
            _open_again(act, raised)
        look.screens += 1
        look.done = look.done or shown.last
        look.save()
        if look.done and not unseen(act.round):
            act.record("columns_looked", names=_names(act.round))
        return look


def refuse_unseen(round_: Round) -> None:
    """Trước khi ký: raises `StripsNotSeen`, `RaisedRowsOpen`; nothing to do where no scan stands alone or nobody is near a threshold."""
    faults: list[TinnhiemError] = []
    waiting = len(unseen(round_))
    if waiting:
        faults.append(StripsNotSeen(count=waiting))
    left = raised_left(round_)
    if left:
        faults.append(RaisedRowsOpen(count=left))
    if faults:
        raise Faults(faults)


def _open_again(act: Act, raised: Collection[RaisedRow]) -> None:
    """Opens the scans again that the rows stand on: what was read is kept, what was decided on these rows is decided anew."""
    for scan_id in sorted({row.scan for row in raised}):
        scan = Scan.objects.select_related("batch__round", "batch__ballot_type").get(
            pk=scan_id, batch__round=act.round, current=True
        )
        rows = {(row.page, row.line) for row in raised if row.scan == scan_id}
        looks = finder(act.round, scan).looks
        keep_looks(scan, [one for one in looks if (one.page, one.line) not in rows])
        if scan.closed_at is not None:
            Settlement.objects.filter(batch=scan.batch).update(complete=False, sealed=b"")
            Keying.objects.filter(batch=scan.batch, station=SCAN_STATION, current=True).update(current=False)
            scan.closed_at = None
            act.record("scan_reopened", batch=batch_label(scan.batch))
        scan.save(update_fields=["looks", "closed_at"])


def _subject(round_: Round, subject_id: int) -> Subject:
    found = next((one for one in people_to_look_through(round_) if one.pk == subject_id), None)
    if found is None:
        raise StripNotAsked
    return found


def _member(round_: Round, member_id: int) -> str:
    found = round_.board.exclude(duty=BoardMember.Duty.HELPER).filter(pk=member_id).first()
    if found is None:
        raise NoSuchMember
    return found.name


def _names(round_: Round) -> str:
    """Những người đã xem, each once, by name."""
    looks = ColumnLook.objects.filter(subject__round=round_, count_number=round_.count_number, done=True)
    return ", ".join(sorted(set(looks.values_list("member", flat=True))))
