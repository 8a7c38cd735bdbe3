"""Dải ô theo người: every mark of one person side by side, sorted by level — whose strips must be looked through, and what lies in one.

Contract: a strip is for the eye: pictures in the order of the levels, within a level in an order that has nothing to do with the sheets'. No number is given out but how
far along the whole strip one is. Who must be looked through follows from the sealed record (`poll.near_threshold`); raises `VaultShut`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.models import Batch, ColumnLook, CountRecordRow, Round, Scan, Settlement, Subject
from tinnhiem.app.queries.scan_points import REMOVE, TWIN, Found, Point, finder
from tinnhiem.app.queries.sealed import record_of, settled_sheets
from tinnhiem.app.queries.values import book_of
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.near_threshold import to_look_through

SCREEN = 40
"""Rows on one screen: some five hundred take three minutes."""


IN_THE_NAME = ("struck", "written")
"""Reasons and marks that lie in the name's cell: boxes alone would look misread."""


class RaisedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng gửi lại bàn xem phiếu: scan, page and line; `mark` what it counted as when it was sent back."""

    scan: str
    page: str
    line: int
    mark: str = ""


class StripRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một ô trong dải: where it was scanned, what it counts as, whether there is a picture of it, and whether its name must be seen with it."""

    place: RaisedRow
    mark: str
    picture: bool
    named: bool = False


class StripScreen(msgspec.Struct, frozen=True, kw_only=True):
    """Một màn hình của dải: rows by mark in the book's order; `passed` of `whole` rows lie before the next screen."""

    groups: tuple[tuple[str, tuple[StripRow, ...]], ...]
    passed: int
    whole: int

    @property
    def last(self) -> bool:
        """Whether nothing comes after it."""
        return self.passed >= self.whole


def people_to_look_through(round_: Round) -> tuple[Subject, ...]:
    """Những người phải xem lại từng ô, in ballot order; nobody before the count is made or where nothing is scanned."""
    row = CountRecordRow.objects.filter(round=round_, number=round_.count_number).first()
    if row is None or not round_.scanned:
        return ()
    wanted = set(to_look_through(record_of(row), instead_of_sample=round_.pairing == Round.Pairing.SCAN))
    subjects = round_.subjects.filter(line__isnull=False).select_related("ballot_type")
    return tuple(one for one in subjects if (one.ballot_type.code or None, one.line) in wanted)


def look_of(subject: Subject) -> ColumnLook | None:
    """How far the strip of a person was looked through in the present count; None where it was not, or what lies in it is no longer what was seen.

    It is no longer that where batches were scanned again, or a row sent back has become another mark.
    """
    look = ColumnLook.objects.filter(subject=subject, count_number=subject.round.count_number).first()
    return look if look is not None and look.scans == scan_ids(subject) and not _changed(look) else None


def still_raised(look: ColumnLook) -> tuple[RaisedRow, ...]:
    """Các dòng gửi lại mà tập còn chưa thống nhất lại."""
    return tuple(row for row in raised_of(look) if not _settled_again(row))


def _changed(look: ColumnLook) -> bool:
    rows = [row for row in raised_of(look) if row.mark and _settled_again(row)]
    if not rows:
        return False
    now = {row.place: row.mark for row in strip(look.subject)}
    return any(now.get(msgspec.structs.replace(row, mark="")) != row.mark for row in rows)


def _settled_again(row: RaisedRow) -> bool:
    return Settlement.objects.filter(batch__scans__pk=row.scan, complete=True).exists()


def scan_ids(subject: Subject) -> list[str]:
    """The scans on which a person stands, in a fixed order."""
    return sorted(str(scan.pk) for scan in _scans(subject))


def unseen(round_: Round) -> tuple[Subject, ...]:
    """Những người còn phải xem."""
    return tuple(one for one in people_to_look_through(round_) if (look := look_of(one)) is None or not look.done)


def strip(subject: Subject) -> tuple[StripRow, ...]:
    """Dải ô của một người, sorted; rows that wait at the adjudication desk, and sheets wholly invalid, are left out."""
    book = book_of(subject.round)
    order = {mark: place for place, mark in enumerate((*book.choice_codes(), *(one.code for one in book.line_invalid)))}
    rows = [row for scan in _scans(subject) for row in _rows(scan, subject, book)]
    return tuple(sorted(rows, key=lambda row: (order[row.mark], _shuffled(row.place))))


def screen(subject: Subject, number: int) -> StripScreen:
    """Màn hình thứ `number` (from 0) của dải."""
    rows = strip(subject)
    here = rows[number * SCREEN : (number + 1) * SCREEN]
    marks = tuple(dict.fromkeys(row.mark for row in here))
    groups = tuple((mark, tuple(row for row in here if row.mark == mark)) for mark in marks)
    return StripScreen(groups=groups, passed=min((number + 1) * SCREEN, len(rows)), whole=len(rows))


def raised_of(look: ColumnLook) -> tuple[RaisedRow, ...]:
    """Các dòng một người xem đã gửi lại."""
    if not look.raised:
        return ()
    content = vault.unseal(look.subject.round_id, raised_place(look), bytes(look.raised))
    return msgspec.json.decode(content, type=tuple[RaisedRow, ...])


def raised_place(look: ColumnLook) -> str:
    """The name the rows sent back are bound to."""
    return f"column:{look.subject_id}:{look.count_number}"


def raised_points(round_: Round, scan: Scan, found: Found) -> tuple[Point, ...]:
    """Các dòng gửi lại mà chưa ai xem: clear rows, which are no points until a member answers."""
    waiting = []
    for row in _raised(round_):
        number = next((one.number for one in found.together.sheets for page in one.pages if page.key == row.page), 0)
        if row.scan == str(scan.pk) and number and not found.looks_at(number, row.line):
            point = found.point(number, row.line)
            if point.stage == "settled":
                waiting.append(msgspec.structs.replace(point, stage="first"))
    return tuple(waiting)


def raised_left(round_: Round) -> int:
    """How many rows sent back nobody has answered yet."""
    rows = {row.scan for row in _raised(round_)}
    scans = Scan.objects.filter(batch__round=round_, current=True, pk__in=rows).select_related("batch__round")
    return sum(len(raised_points(round_, scan, finder(round_, scan))) for scan in scans)


def _raised(round_: Round) -> Iterator[RaisedRow]:
    looks = ColumnLook.objects.filter(subject__round=round_, count_number=round_.count_number)
    for look in looks.exclude(raised=b"").select_related("subject"):
        yield from raised_of(look)


def _scans(subject: Subject) -> list[Scan]:
    scans = Scan.objects.filter(
        batch__ballot_type=subject.ballot_type, batch__count_number=subject.round.count_number, current=True
    )
    return list(scans.select_related("batch__round", "batch__ballot_type").order_by("pk"))


def _rows(scan: Scan, subject: Subject, book: Rulebook) -> Iterator[StripRow]:
    found, line = finder(subject.round, scan), subject.line or 0
    counted = [one.number for one in found.together.sheets if not _decided(found, one.number, TWIN, REMOVE)]
    settled = _settled_marks(scan.batch, line, book)
    for place, number in enumerate(counted):
        sheet = found.together.sheets[number - 1]
        page, reason = next(((page, row.reason) for page, row in sheet.rows if row.line == line), (None, ""))
        mark = settled[place] if len(settled) == len(counted) else _mark(found, number, line)
        if page is not None and mark is not None:
            where = RaisedRow(scan=str(scan.pk), page=page.key, line=line)
            named = mark in IN_THE_NAME or reason in IN_THE_NAME
            yield StripRow(place=where, mark=mark, picture=page.image and bool(page.reading.transform), named=named)


def _mark(found: Found, number: int, line: int) -> str | None:
    """The mark of a row while its batch is open; None where the row waits, or its sheet is held invalid."""
    return None if found.held_invalid(number) is not None else found.mark(number, line)


def _decided(found: Found, number: int, line: int, mark: str) -> bool:
    last = found.settled_look(number, line)
    return last is not None and last.mark == mark


def _settled_marks(batch: Batch, line: int, book: Rulebook) -> list[str | None]:
    """The marks of a line as they are counted, sheet by sheet; None on a sheet wholly invalid; nothing while the batch is open."""
    settlement = Settlement.objects.filter(batch=batch, complete=True).first()
    if settlement is None:
        return []
    lines = batch.ballot_type.subjects.filter(line__isnull=False).count()
    return [None if one.invalid else one.lines[line - 1] for one in settled_sheets(settlement, book, lines)]


def _shuffled(place: RaisedRow) -> bytes:
    """Pages have random keys: their digests are in no order of sheets."""
    return hashlib.sha256(f"{place.page}:{place.line}".encode("ascii")).digest()
