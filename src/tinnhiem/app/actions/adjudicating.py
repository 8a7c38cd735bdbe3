"""Xem xét chỗ nghi vấn: what the machine could not decide, answered by members of the board from the paper.

Contract: an answer equal to what the machine proposes settles with one member; any other needs a second member who does not see the first; where the two
differ a third decides by being equal to one of them, else the board rules with a written reason. A member never meets a point twice and never
another member's answer. A sheet without any mark is one place, answered by two members or looked at line by line as soon as one of them wants to. Nothing here tells how often a mark occurs. The ledger gets reasons and counts, never a mark or the place of a sheet.
The rules of settling are `settled_points`'s; what is found on a sheet is `queries.scan_points`'s.
"""

from __future__ import annotations

from uuid import UUID

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.actions.scan_frame import current_scan
from tinnhiem.app.models import Account, BoardMember, Round, Scan
from tinnhiem.app.queries.scan_points import (
    BOARD,
    BY_LINE,
    DUPLICATE,
    EMPTY,
    EMPTY_SHEET,
    KEEP,
    LEAVES_VALID,
    RAISED,
    REMOVE,
    TWIN,
    UNSTAMPED,
    VALID,
    WHOLE_SHEET,
    Decided,
    Found,
    Look,
    Point,
    Stage,
    decided,
    finder,
    keep_looks,
    points,
    sheets_as_decided,
    waiting_for,
)
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import SheetMarkUnknown, SheetReasonUnknown, line_marks

__all__ = [
    "BY_LINE",
    "DUPLICATE",
    "EMPTY",
    "EMPTY_SHEET",
    "KEEP",
    "RAISED",
    "REMOVE",
    "TWIN",
    "UNSTAMPED",
    "VALID",
    "WHOLE_SHEET",
    "Decided",
    "Point",
    "PointsOpen",
    "Stage",
    "decided",
    "look",
    "look_at_sheet",
    "points",
    "rule",
    "sheets_as_decided",
    "take_back",
    "waiting_for",
]


class PointUnknown(TinnhiemError):
    """No such row or sheet in this scan."""

    code = "point_unknown"
    vi = "Không có chỗ này trong lần quét (tờ thứ {sheet}). Mở lại danh sách chỗ nghi vấn rồi chọn."
    en = "There is no such place in this scan (sheet {sheet}). Open the list of doubtful places again and choose."


class PointSettled(TinnhiemError):
    """The point needs no further look."""

    code = "point_settled"
    vi = "Chỗ này đã đủ người xem và đã thống nhất. Chuyển sang chỗ tiếp theo."
    en = "Enough members looked at this place and it is settled. Go on to the next."


class LookedAlready(TinnhiemError):
    """A member answers a point once."""

    code = "looked_already"
    vi = "{name} đã xem chỗ này. Người tiếp theo phải là thành viên khác của Ban kiểm phiếu."
    en = "{name} has looked at this place. The next one must be another member of the board."


class NoSuchMember(TinnhiemError):
    """Not a member of this round's counting board."""

    code = "no_such_member"
    vi = "Người xem phải là thành viên Ban kiểm phiếu của đợt. Chọn tên trong danh sách Ban kiểm phiếu."
    en = "Whoever looks must be a member of this round's counting board. Choose a name from its list."


class RulingNotDue(TinnhiemError):
    """The board rules only where three members saw three things."""

    code = "ruling_not_due"
    vi = "Chỗ này chưa cần Ban kiểm phiếu kết luận: còn thành viên chưa xem. Mời thành viên tiếp theo."
    en = "This place needs no ruling yet: a member has still to look at it. Ask the next one."


class PointsOpen(TinnhiemError):
    """Doubtful places are left."""

    code = "points_open"
    vi = "Còn {count} chỗ nghi vấn chưa thống nhất. Ban kiểm phiếu xem hết các chỗ rồi bấm Xong lần quét."
    en = "{count} doubtful places are open. The board looks at all of them before the scan is finished."


def look(
    account: Account,
    round_id: UUID,
    scan_id: UUID,
    sheet: int,
    line: int,
    *,
    member_id: int,
    mark: str,
    reason: str = "",
) -> Point:
    """Ghi điều một thành viên thấy trên giấy; any row may be looked at, also a clear one. Returns the point as it now stands.

    A whole sheet held invalid, or left out as scanned twice, needs `reason`. Raises `NoSuchMember`, `LookedAlready`, `PointSettled`, `PointUnknown`.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        _member(act.round, member_id)
        return _look(act, current_scan(act, scan_id), sheet, {line: mark}, member_id, reason.strip())[0]


def look_at_sheet(
    account: Account, round_id: UUID, scan_id: UUID, sheet: int, *, member_id: int, marks: dict[int, str]
) -> None:
    """Ghi nhiều dòng của một phiếu một lần: line → mark, for a sheet keyed by hand; all of them or none."""
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        _member(act.round, member_id)
        _look(act, current_scan(act, scan_id), sheet, marks, member_id, "")


def take_back(account: Account, round_id: UUID, scan_id: UUID, sheet: int, line: int, *, member_id: int) -> Point:
    """Rút lại điều vừa ghi: a slip of the key, as long as nobody looked after this member."""
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        scan = current_scan(act, scan_id)
        found = finder(act.round, scan)
        own = found.said_at(sheet, line)
        if not own or own[-1].member != member_id:
            raise PointUnknown(sheet=sheet)
        left = tuple(one for one in found.looks if one is not own[-1])
        keep_looks(scan, left)
        scan.save(update_fields=["looks"])
        return finder(act.round, scan).point(sheet, line)


def rule(account: Account, round_id: UUID, scan_id: UUID, sheet: int, line: int, *, mark: str, reason: str) -> Point:
    """Kết luận của Ban kiểm phiếu where three members saw three things; the reason stands in the ledger."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        if finder(act.round, scan).point(sheet, line).stage != "ruling":
            raise RulingNotDue
        (point,) = _look(act, scan, sheet, {line: mark}, BOARD, reason.strip())
        if not act.recorded:
            act.record("desk_ruling_made", batch=batch_label(scan.batch), reason=reason.strip())
        return point


def _look(act: Act, scan: Scan, sheet: int, marks: dict[int, str], member_id: int, reason: str) -> tuple[Point, ...]:
    found = finder(act.round, scan)
    for line, mark in marks.items():
        place = _place(found, sheet, line)
        _refuse_mark(act.round, line, mark, _allowed_of_whole(found, sheet))
        if mark not in (*LEAVES_VALID, KEEP) and line in (WHOLE_SHEET, TWIN) and not reason:
            raise ReasonMissing
        before = found.looks_at(sheet, line)
        if member_id != BOARD:
            if any(one.member == member_id for one in before):
                raise LookedAlready(name=act.round.board.get(pk=member_id).name)
            if before and found.point(sheet, line).stage in ("settled", "ruling"):
                raise PointSettled
        new = Look(page=place, line=line, member=member_id, mark=mark, words=reason)
        found = found.with_look(new)
    keep_looks(scan, found.looks)
    scan.save(update_fields=["looks"])
    after = tuple(found.point(sheet, line) for line in marks)
    for point in after:
        _record_if_grave(act, scan, found, point)
    return after


def _record_if_grave(act: Act, scan: Scan, found: Found, point: Point) -> None:
    """What takes a whole sheet out, or out of validity, stands in the ledger by its reason, without its place."""
    if point.stage != "settled" or point.line not in (WHOLE_SHEET, TWIN):
        return
    last = found.settled_look(point.sheet, point.line)
    if last is None or last.mark in (*LEAVES_VALID, KEEP):
        return
    code = "duplicate_left_out" if point.line == TWIN else "desk_ruling_made"
    act.record(code, batch=batch_label(scan.batch), reason=last.words)


def _member(round_: Round, member_id: int) -> None:
    members = round_.board.exclude(duty=BoardMember.Duty.HELPER)
    if not members.filter(pk=member_id).exists():
        raise NoSuchMember


def _place(found: Found, sheet: int, line: int) -> str:
    place = found.page_of(sheet, line)
    if place is None:
        raise PointUnknown(sheet=sheet)
    return place


def _allowed_of_whole(found: Found, sheet: int) -> tuple[str, ...]:
    """What may be said of a whole sheet beside the reasons of the rulebook."""
    empty = (EMPTY,) if found.is_empty(sheet) else ()
    return (VALID, *empty, *((BY_LINE,) if found.asked_as_empty(sheet) else ()))


def _refuse_mark(round_: Round, line: int, mark: str, of_whole: tuple[str, ...]) -> None:
    book = book_of(round_)
    if line == TWIN:
        if mark not in (KEEP, REMOVE):
            raise SheetMarkUnknown(mark=mark, allowed=f"{KEEP}, {REMOVE}")
    elif line == WHOLE_SHEET:
        allowed = (*of_whole, *(one.code for one in book.sheet_invalid))
        if mark not in allowed:
            raise SheetReasonUnknown(reason=mark, allowed=", ".join(allowed))
    elif mark not in line_marks(book):
        raise SheetMarkUnknown(mark=mark, allowed=", ".join(line_marks(book)))
