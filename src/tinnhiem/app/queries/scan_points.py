"""Chỗ nghi vấn của một lần quét: what is to be looked at, how far each place is, and the sheets as decided.

Contract: reads the sealed manifest and the sealed looks; changes nothing. A place is known by the page it stands on, so that a page left out or scanned again
never moves an answer to another sheet. `points` and `decided` are for the board's own work and say nothing of other members' answers while a place is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.models import Round, Scan
from tinnhiem.app.queries.ballot_form import stamp_expected
from tinnhiem.app.scan_manifest import Assembled, ScannedSheet, Twin, assembled, manifest_of
from tinnhiem.paper.scan.page_reading import RowReading
from tinnhiem.poll.sheet import Sheet

Stage = Literal["first", "second", "third", "ruling", "settled"]

WHOLE_SHEET = 0
"""Line of a point about the whole sheet: `mark` is `VALID`, a reason of the book's `sheet_invalid`, or, where no line bears a mark, `EMPTY` or `BY_LINE`."""

TWIN = -1
"""Line of a point about a sheet that was scanned twice: `mark` is `KEEP` or `REMOVE`."""

VALID, KEEP, REMOVE = "valid", "keep", "remove"

EMPTY, BY_LINE = "empty", "by_line"
"""Answers about a sheet on which the machine saw no mark at all: every line is left blank; or its lines are looked at one by one."""

BLANK = "blank"
"""The line fault that `EMPTY` stands for on every line."""

LEAVES_VALID = (VALID, EMPTY, BY_LINE)
"""Answers about the whole sheet that do not hold it invalid."""

UNSTAMPED, DUPLICATE, EMPTY_SHEET, RAISED = "unstamped", "duplicate", "empty_sheet", "raised"
"""Reasons of points that no row reading has: no stamp where others have one; scanned twice; no mark on any line; a member looked where the machine had no doubt."""

BOARD = 0
"""`Look.member` of a ruling of the whole board."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Điều một thành viên thấy: `page` is the key of the page the line stands on; `words` the reason, where one is needed."""

    page: str
    line: int
    member: int
    mark: str
    words: str = ""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Một chỗ phải xem.

    `sheet` counts from 1 in scan order; `line` as printed, or `WHOLE_SHEET`, `TWIN`. `reason`: a row reason of the reader, `BY_HAND`, or one of the three above.
    `proposal` is the machine's, None where it has none. `twin` is (scan id, key of a page) of the other sheet of a `DUPLICATE`.
    """

    sheet: int
    line: int
    reason: str
    proposal: str | None
    stage: Stage
    twin: tuple[str, str] | None = None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Một chỗ đã thống nhất: the mark, who looked (ids of board members, `BOARD` for a ruling), the words written, and whether people decided otherwise than the machine."""

    point: Point
    mark: str
    members: tuple[int, ...]
    words: tuple[str, ...]
    changed: bool


def points(round_: Round, scan: Scan) -> tuple[Point, ...]:
    """Mọi chỗ phải xem của một lần quét, settled ones too, in the order of sheets and lines; raises `VaultShut`."""
    return finder(round_, scan).points()


def waiting_for(round_: Round, scan: Scan, member_id: int) -> tuple[Point, ...]:
    """Các chỗ chờ một thành viên, same reasons together; the machine's proposal is shown to the first member alone.

    Whoever comes second or third sees the paper and nothing else; their order among members is the only thing that can be guessed.
    """
    found = finder(round_, scan)
    waiting = [
        point if point.stage == "first" else msgspec.structs.replace(point, proposal=None)
        for point in found.points()
        if point.stage in ("first", "second", "third") and member_id not in found.members_at(point.sheet, point.line)
    ]
    order = {reason: place for place, reason in enumerate(dict.fromkeys(point.reason for point in waiting))}
    return tuple(sorted(waiting, key=lambda point: (order[point.reason], point.sheet, point.line)))


def decided(round_: Round, scan: Scan) -> tuple[Decided, ...]:
    """Các chỗ đã thống nhất, for the annex of decisions; in the order of sheets and lines."""
    return finder(round_, scan).decided()


def sheets_as_decided(round_: Round, scan: Scan) -> tuple[Sheet, ...]:
    """Các phiếu sau khi xem xét, in scan order; raises ValueError where a place is open."""
    return finder(round_, scan).sheets()


def looks_place(scan: Scan) -> str:
    """The name the members' answers are bound to."""
    return f"looks:{scan.batch_id}:{scan.attempt}"


def keep_looks(scan: Scan, looks: Sequence[Look]) -> None:
    """Niêm phong điều các thành viên đã ghi into the row (not saved yet)."""
    scan.looks = vault.seal_text(scan.batch.round_id, looks_place(scan), msgspec.json.encode(looks))


def finder(round_: Round, scan: Scan) -> Found:
    """Đọc bản kê và các điều đã ghi của một lần quét."""
    manifest = manifest_of(scan)
    looks: tuple[Look, ...] = ()
    if scan.looks:
        content = vault.unseal(round_.pk, looks_place(scan), bytes(scan.looks))
        looks = msgspec.json.decode(content, type=tuple[Look, ...])
    return Found(
        together=assembled(scan, manifest),
        looks=looks,
        stamped=stamp_expected(round_) and any(page.reading.stamped for page in manifest.counted),
        twins={page.key: page.twin for page in manifest.counted if page.twin and _still_there(round_, page.twin)},
    )


def _still_there(round_: Round, twin: Twin) -> bool:
    """Whether the other page still counts: left out, or its scan put aside, it is no twin any more."""
    other = Scan.objects.filter(pk=twin.scan, current=True, batch__round=round_).select_related("batch__round").first()
    return other is not None and any(page.key == twin.page for page in manifest_of(other).counted)


def _settled(proposal: str | None, looks: Sequence[Look]) -> Look | None:
    """The look that settled a place, None while it is open."""
    ruling = next((one for one in looks if one.member == BOARD), None)
    if ruling is not None:
        return ruling
    if looks and proposal is not None and looks[0].mark == proposal:
        return looks[0]
    if len(looks) >= 2 and looks[0].mark == looks[1].mark:
        return looks[1]
    if len(looks) >= 3 and looks[2].mark in (looks[0].mark, looks[1].mark):
        return looks[2]
    return None


_STAGES: tuple[Stage, ...] = ("first", "second", "third", "ruling")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Các tờ của một lần quét và điều đã ghi về chúng. `stamped`: a stamp is expected and other sheets bear one."""

    together: Assembled
    looks: tuple[Look, ...]
    stamped: bool
    twins: dict[str, Twin]

    def with_look(self, look: Look) -> Found:
        """The same with one more look."""
        return msgspec.structs.replace(self, looks=(*self.looks, look))

    def page_of(self, number: int, line: int) -> str | None:
        """The key of the page a line stands on; the sheet's first page for the whole sheet; None where there is none."""
        sheet = self._sheet(number)
        if sheet is None:
            return None
        if line == TWIN:
            page = next((page for page in sheet.pages if page.key in self.twins), None)
            return page.key if page else None
        if line == WHOLE_SHEET:
            return sheet.first.key
        return next((page.key for page, row in sheet.rows if row.line == line), None)

    def looks_at(self, number: int, line: int) -> tuple[Look, ...]:
        """What counts of it: who asks for the lines of an empty sheet decides nothing, and nothing said before stands; nor does "empty" once a page bears marks."""
        said = self.said_at(number, line)
        if line != WHOLE_SHEET:
            return said
        after = next((place for place in range(len(said), 0, -1) if said[place - 1].mark == BY_LINE), 0)
        return tuple(one for one in said[after:] if one.mark != EMPTY or self.is_empty(number))

    def said_at(self, number: int, line: int) -> tuple[Look, ...]:
        """Everything that was seen there, in the order of members."""
        page = self.page_of(number, line)
        return tuple(one for one in self.looks if (one.page, one.line) == (page, line))

    def is_empty(self, number: int) -> bool:
        """Whether the machine saw no mark on any of a sheet's lines, of which there are several."""
        sheet = self._sheet(number)
        states = [row.state for _, row in sheet.rows] if sheet and not sheet.missing else []
        return len(states) > 1 and set(states) == {"blank"}

    def members_at(self, number: int, line: int) -> frozenset[int]:
        """Who looked there."""
        return frozenset(one.member for one in self.looks_at(number, line))

    def points(self) -> tuple[Point, ...]:
        """Every place the machine or a member found, in the order of sheets and lines."""
        return tuple(point for sheet in self.together.sheets for point in self._of(sheet))

    def point(self, number: int, line: int) -> Point:
        """One place as it stands; a clear row is `RAISED`, and settled while nobody says otherwise."""
        sheet = self._sheet(number)
        known = next((one for one in self._of(sheet) if one.line == line), None) if sheet else None
        if known is None:
            row = next((row for _, row in sheet.rows if row.line == line), None) if sheet else None
            known = Point(sheet=number, line=line, reason=RAISED, proposal=self._unasked(number, row), stage="settled")
        return known

    def mark(self, number: int, line: int) -> str | None:
        """Dấu của một dòng as it now stands, None while the place is open."""
        settled = self.settled_look(number, line)
        if settled is not None:
            return settled.mark
        sheet = self._sheet(number)
        row = next((row for _, row in sheet.rows if row.line == line), None) if sheet else None
        return None if self.looks_at(number, line) else self._unasked(number, row)

    def _unasked(self, number: int, row: RowReading | None) -> str | None:
        """The mark of a line that nobody is asked about: a clear one, or blank as its whole sheet is."""
        if row is None or row.state == "marked":
            return row.choice if row else None
        whole = self.settled_look(number, WHOLE_SHEET)
        return BLANK if whole is not None and whole.mark == EMPTY else None

    def asked_as_empty(self, number: int) -> bool:
        """Whether an empty sheet is asked about as a whole: until somebody asks for its lines, or looks at one of them."""
        sheet = self._sheet(number)
        if sheet is None or not self.is_empty(number):
            return False
        whole = self.said_at(number, WHOLE_SHEET)
        by_line = any(self.looks_at(number, row.line) for _, row in sheet.rows)
        return not any(one.mark == BY_LINE for one in whole) and (bool(whole) or not by_line)

    def lines_of(self, number: int) -> tuple[Point, ...]:
        """Every line of a sheet that the machine did not read as clear, as it waits once it is looked at line by line."""
        sheet = self._sheet(number)
        rows = [row for _, row in sheet.rows if row.state != "marked"] if sheet else []
        return tuple(self._point(sheet, row.line, row.reason, row.proposal) for row in rows) if sheet else ()

    def held_invalid(self, number: int) -> str | None:
        """Lý do cả phiếu không hợp lệ, once it is settled."""
        whole = self.settled_look(number, WHOLE_SHEET)
        return None if whole is None or whole.mark in LEAVES_VALID else whole.mark

    def settled_look(self, number: int, line: int) -> Look | None:
        """The look that settled a place."""
        return _settled(self._proposal(number, line), self.looks_at(number, line))

    def decided(self) -> tuple[Decided, ...]:
        """Every settled place that somebody looked at."""
        found = []
        for point in self.points():
            looks = self.looks_at(point.sheet, point.line)
            last = self.settled_look(point.sheet, point.line)
            if last is not None:
                found.append(
                    Decided(
                        point=point,
                        mark=last.mark,
                        members=tuple(one.member for one in looks),
                        words=tuple(one.words for one in looks if one.words),
                        changed=point.proposal is not None and last.mark != point.proposal,
                    )
                )
        return tuple(found)

    @property
    def kept(self) -> tuple[ScannedSheet, ...]:
        """The sheets as scanned, without those that people left out as scanned twice."""
        return tuple(
            sheet
            for sheet in self.together.sheets
            if (twin := self.settled_look(sheet.number, TWIN)) is None or twin.mark != REMOVE
        )

    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets as decided; those left out as scanned twice are not among them. Raises ValueError where a place is open."""
        return tuple(self._as_sheet(sheet) for sheet in self.kept)

    def _as_sheet(self, sheet: ScannedSheet) -> Sheet:
        invalid = self.held_invalid(sheet.number)
        if invalid is not None:
            return Sheet(invalid=invalid)
        marks = {row.line: self.mark(sheet.number, row.line) for _, row in sheet.rows}
        lines = tuple(mark for _, mark in sorted(marks.items()) if mark is not None)
        if len(lines) != len(marks) or sheet.missing:
            raise ValueError(sheet.number)
        return Sheet(lines=lines)

    def _sheet(self, number: int) -> ScannedSheet | None:
        sheets = self.together.sheets
        return sheets[number - 1] if 1 <= number <= len(sheets) else None

    def _proposal(self, number: int, line: int) -> str | None:
        sheet = self._sheet(number)
        row = next((row for _, row in sheet.rows if row.line == line), None) if sheet else None
        if row is None:
            return None
        return row.choice if row.state == "marked" else row.proposal

    def _of(self, sheet: ScannedSheet) -> tuple[Point, ...]:
        twin = next((self.twins[page.key] for page in sheet.pages if page.key in self.twins), None)
        found = []
        if twin is not None:
            found.append(self._point(sheet, TWIN, DUPLICATE, twin=(twin.scan, twin.page)))
        if self.stamped and any(page.reading.stamped is False for page in sheet.pages):
            found.append(self._point(sheet, WHOLE_SHEET, UNSTAMPED))
        elif self.asked_as_empty(sheet.number):
            found.append(self._point(sheet, WHOLE_SHEET, EMPTY_SHEET))
        elif self.looks_at(sheet.number, WHOLE_SHEET):
            found.append(self._point(sheet, WHOLE_SHEET, RAISED))
        twice = self.settled_look(sheet.number, TWIN)
        if self.held_invalid(sheet.number) is not None or (twice is not None and twice.mark == REMOVE):
            return tuple(found)  # its lines no longer matter
        whole = self.settled_look(sheet.number, WHOLE_SHEET)
        together = self.asked_as_empty(sheet.number) if whole is None else whole.mark == EMPTY
        for _, row in sheet.rows:
            looked = self.looks_at(sheet.number, row.line)
            if row.state != "marked" and (looked or not together):
                found.append(self._point(sheet, row.line, row.reason, row.proposal))
            elif looked:
                found.append(self._point(sheet, row.line, RAISED, row.choice))
        return tuple(found)

    def _point(
        self,
        sheet: ScannedSheet,
        line: int,
        reason: str,
        proposal: str | None = None,
        twin: tuple[str, str] | None = None,
    ) -> Point:
        looks = self.looks_at(sheet.number, line)
        stage = "settled" if _settled(proposal, looks) else _STAGES[min(len(looks), len(_STAGES) - 1)]
        return Point(sheet=sheet.number, line=line, reason=reason, proposal=proposal, stage=stage, twin=twin)
