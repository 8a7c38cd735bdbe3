"""Tệp nhập phiếu của một bàn (A.csv): every sheet that one station keyed, mark by mark.

Contract: columns `ballot,batch,sheet,line,mark`; a mark is a choice code, `blank`, `over`, `struck`, or `sheet:REASON` once for a wholly invalid
sheet. Each sheet has each of its lines exactly once, or it is refused: a line that is not in the file was not keyed, and a blank one
says `blank`. Sheets stand in the order of their numbers, which are the station's own; gaps in them mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll import file_faults as fault
from tinnhiem.poll.reconcile import Place
from tinnhiem.poll.round_file import RoundFile, ballot_fault
from tinnhiem.poll.rows_file import stated_slate
from tinnhiem.poll.sheet import Sheet, SheetMarkUnknown, SheetReasonUnknown, line_marks
from tinnhiem.poll.slate import Slate, Subject
from tinnhiem.poll.text_file import LARGEST, MOST_LINES, READING_LIMIT, Row, decode, read_cells, whole_number

WHOLE_SHEET = "sheet:"


class Keyed(msgspec.Struct, frozen=True, kw_only=True):
    """Các lần nhập đã đọc, with the slate they were keyed on.

    Where ROUND.toml names no subjects, the slate is made of the lines that were keyed, each called by its number.
    """

    slate: Slate
    readings: tuple[dict[Place, tuple[Sheet, ...]], ...]


class _Marks(msgspec.Struct):
    """One sheet while its rows are gathered."""

    where: str
    lines: dict[int, str]
    reason: str | None = None


def read_readings(files: Sequence[tuple[bytes, str]], round_file: RoundFile, book: Rulebook) -> Keyed:
    """Đọc các tệp nhập phiếu, (bytes, name) each, in the order of stations. Raises `Faults` with the faults of all of them."""
    faults: list[TinnhiemError] = []
    gathered: list[dict[tuple[str | None, int, int], _Marks]] = []
    for data, where in files:
        try:
            gathered.append(_gather(data, where, round_file, book))
        except TinnhiemError as found:
            faults.extend(found.each())
    if faults:
        raise Faults(faults)
    slate = stated_slate(round_file)
    if not slate.subjects:
        slate = _slate_of_lines(round_file, gathered)
    lengths = {kind.id: len(slate.lines(kind.id)) for kind in slate.types}
    readings = []
    for sheets in gathered:
        reading: dict[Place, list[Sheet]] = {}
        for (ballot, batch, number), marks in sorted(sheets.items(), key=lambda item: (item[0][1], item[0][2])):
            faults.extend(_faults_of_lines(marks, batch, number, lengths[ballot]))
            lines = () if marks.reason is not None else tuple(mark for _, mark in sorted(marks.lines.items()))
            reading.setdefault((ballot, batch), []).append(Sheet(lines=lines, invalid=marks.reason))
        readings.append({place: tuple(pile) for place, pile in reading.items()})
    if faults:
        raise Faults(faults)
    return Keyed(slate=slate, readings=tuple(readings))


def _gather(
    data: bytes, where: str, round_file: RoundFile, book: Rulebook
) -> dict[tuple[str | None, int, int], _Marks]:
    known = [kind.id for kind in round_file.types]
    only = known[0] if len(known) == 1 else None
    required = ("batch", "sheet", "line", "mark") if len(known) == 1 else ("ballot", "batch", "sheet", "line", "mark")
    rows = read_cells(decode(data, where, READING_LIMIT), where, required, ("ballot",))
    allowed = frozenset(line_marks(book))
    reasons = frozenset(reason.code for reason in book.sheet_invalid)
    sheets: dict[tuple[str | None, int, int], _Marks] = {}
    faults: list[TinnhiemError] = []
    for row in rows:
        ballot = row.cells.get("ballot") or only
        if ballot not in known:
            faults.append(ballot_fault(f"{where} dòng {row.number}, cột ballot", ballot, round_file.types))
            continue
        try:
            _add(row, where, ballot, sheets, allowed, reasons)
        except TinnhiemError as found:
            faults.append(found)
    if faults:
        raise Faults(faults)
    return sheets


def _add(
    row: Row,
    where: str,
    ballot: str | None,
    sheets: dict[tuple[str | None, int, int], _Marks],
    allowed: frozenset[str],
    reasons: frozenset[str],
) -> None:
    batch, number = (_number(row, column, where) for column in ("batch", "sheet"))
    mark = row.cells["mark"]
    sheet = sheets.setdefault((ballot, batch, number), _Marks(f"{where} dòng {row.number}", {}))
    if mark.startswith(WHOLE_SHEET):
        reason = mark.removeprefix(WHOLE_SHEET)
        if reason not in reasons:
            allowed_reasons = ", ".join(sorted(reasons))
            raise SheetReasonUnknown(f"{where} dòng {row.number}, cột mark", reason=reason, allowed=allowed_reasons)
        if sheet.reason is not None:
            raise _incomplete(sheet.where, batch, number, "ghi lý do hai lần", "the reason stands twice")
        sheet.reason = reason
        return
    line = _number(row, "line", where)
    if mark not in allowed:
        raise SheetMarkUnknown(f"{where} dòng {row.number}, cột mark", mark=mark, allowed=", ".join(sorted(allowed)))
    if line in sheet.lines:
        raise fault.LineTwice(f"{where} dòng {row.number}, cột line", line=line)
    sheet.lines[line] = mark


def _number(row: Row, column: str, where: str) -> int:
    place = f"{where} dòng {row.number}, cột {column}"
    if not row.cells[column]:
        raise fault.CellEmpty(place)
    return whole_number(row.cells[column], place, least=1, most=MOST_LINES if column == "line" else LARGEST)


def _faults_of_lines(marks: _Marks, batch: int, number: int, expected: int) -> list[TinnhiemError]:
    if marks.reason is not None:
        if not marks.lines:
            return []
        both = "vừa ghi cả phiếu không hợp lệ vừa có dấu từng dòng", "it is wholly invalid and has marks besides"
        return [_incomplete(marks.where, batch, number, *both)]
    missing = [str(line) for line in range(1, expected + 1) if line not in marks.lines]
    beyond = [str(line) for line in sorted(marks.lines) if line > expected]
    if missing:
        lines = ", ".join(missing)
        return [_incomplete(marks.where, batch, number, f"chưa nhập dòng {lines}", f"line {lines} is not keyed")]
    if beyond:
        lines = ", ".join(beyond)
        told = f"dòng {lines} không có trên phiếu", f"line {lines} is not on the ballot"
        return [_incomplete(marks.where, batch, number, *told)]
    return []


def _incomplete(where: str, batch: int, sheet: int, what: str, what_en: str) -> fault.SheetIncomplete:
    return fault.SheetIncomplete(where, batch=batch, sheet=sheet, what=what, what_en=what_en)


def _slate_of_lines(round_file: RoundFile, gathered: Sequence[dict[tuple[str | None, int, int], _Marks]]) -> Slate:
    last = {kind.id: 0 for kind in round_file.types}
    for sheets in gathered:
        for (ballot, _, _), marks in sheets.items():
            last[ballot] = max(last[ballot], *marks.lines, 0)
    return Slate(
        types=round_file.types,
        subjects=tuple(
            Subject(line=line, post=f"Dòng {line}", ballot=kind.id)
            for kind in round_file.types
            for line in range(1, last[kind.id] + 1)
        ),
    )
