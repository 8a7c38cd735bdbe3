"""Hiểu danh sách: a grid of cells and a person's choices become a `Roster`.

Contract: pure — the same grid and the same choices give the same roster. Every fault and every question comes in one pass, in the
order of the sheet. Columns, rows and dates are taken for what they are by their content; whatever was decided on the way stands
in the notes. A sheet without a header raises `HeaderNotFound`; a header with nobody under it is a fault of the roster.
Source of the habits met here: rosters as offices make them (titles above, group rows, the count and signatures below).
"""

from __future__ import annotations

import re
import sys

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.people import fold, tidy
from tinnhiem.roster import errors
from tinnhiem.roster.compare import same_names
from tinnhiem.roster.dates import DateOrder, order_of, reads_both_ways
from tinnhiem.roster.encodings import in_unicode
from tinnhiem.roster.grid import Grid, column_letter, column_number, position
from tinnhiem.roster.headers import SEARCHED_ROWS, Header, column_words, find_header, header_at
from tinnhiem.roster.model import Choices, Field, Note, Roster, SheetKind
from tinnhiem.roster.notes import note, row_list
from tinnhiem.roster.person_row import ReadRow, RowReader
from tinnhiem.roster.row_kinds import SortedRow, sort_rows

MAX_ROWS = 5000
_DATE_FIELDS: tuple[Field, ...] = ("birth", "birth_male", "birth_female", "since")
_KINDS: tuple[tuple[SheetKind, str], ...] = (
    ("board", r"(ban|to) kiem phieu"),
    ("subjects", r"(duoc|doi tuong|nguoi duoc) lay phieu"),
    ("voters", r"ghi phieu|bo phieu|cu tri|thanh phan|trieu tap|du hop|du hoi nghi"),
    ("subjects", r"lay phieu"),
)


def understand(grid: Grid, choices: Choices | None = None, *, sheet_in_where: bool = False) -> Roster:
    """Hiểu một trang tính: people, notes and faults of `grid` read by `choices`.

    `sheet_in_where` puts the sheet's name into the place of every fault, for files with several lists.
    """
    choices = choices or Choices()
    filled = sum(grid.is_filled(row) for row in range(1, len(grid.rows) + 1))
    if filled > MAX_ROWS:
        raise errors.TooManyRows(grid.name, sheet=grid.name, rows=filled, limit=MAX_ROWS)
    header = _header(grid, choices)
    converted, notes = in_unicode(grid, header)
    header = header_at(converted, header.first, header.last)
    header = _with_chosen_columns(header, choices)
    if not header.name_columns:
        raise errors.HeaderNotFound(grid.name, rows=SEARCHED_ROWS)
    kind = choices.kind or _kind(converted, header)
    faults: list[TinnhiemError] = []
    told = [*_header_note(header), *notes]
    rows = list(sort_rows(converted, header))
    told += _row_notes(converted, rows, choices)
    if not choices.take_hidden_rows:
        rows = [entry for entry in rows if entry.row not in converted.hidden_rows]
    people_rows = [entry.row for entry in rows if entry.kind == "person"]
    orders, date_faults, date_notes = _date_orders(converted, header, people_rows, choices)
    told += date_notes
    reader = RowReader(
        grid=converted,
        header=header,
        kind=kind,
        orders=orders,
        addressed=_addressed(converted, header, people_rows),
        proper_case=choices.proper_case,
        sheet_in_where=sheet_in_where,
    )
    read: list[ReadRow] = []
    heading = ""
    for entry in rows:
        if entry.kind == "group":
            heading = entry.text
        elif entry.kind == "person":
            read.append(reader.read(entry.row, len(read) + 1, heading))
    people = tuple(result.person for result in read if result.person)
    told += [told_of_row for result in read for told_of_row in result.notes]
    told += _name_notes(read)
    faults += date_faults
    faults += [fault for result in read for fault in result.faults]
    same_faults, same_notes = same_names(people, reader.where, header.name_columns[0])
    faults += same_faults + _count_faults(rows, len(people_rows), reader)
    told += same_notes
    if not people_rows:
        faults.append(errors.NobodyListed(grid.name))
    unanswered = [
        fault for fault in faults if not (isinstance(fault, errors.Question) and fault.answer in choices.answered)
    ]
    return Roster(
        sheet=grid.name,
        kind=kind,
        people=people,
        notes=tuple(told),
        faults=tuple(sorted(unanswered, key=_place)),
        header_rows=(header.first, header.last),
        columns={column_letter(column): field for column, field in header.fields.items()},
    )


def _header(grid: Grid, choices: Choices) -> Header:
    if choices.header_rows:
        return header_at(grid, *choices.header_rows)
    header = find_header(grid)
    if header is None:
        raise errors.HeaderNotFound(grid.name, rows=SEARCHED_ROWS)
    return header


def _with_chosen_columns(header: Header, choices: Choices) -> Header:
    fields = dict(header.fields)
    for letter, field in choices.columns.items():
        fields.pop(column_number(letter), None)
        if field:
            fields = {column: taken for column, taken in fields.items() if taken != field}
            fields[column_number(letter)] = field
    return msgspec.structs.replace(header, fields=dict(sorted(fields.items())))


def _kind(grid: Grid, header: Header) -> SheetKind:
    title = " ".join(cell.text for row in grid.rows[: header.first - 1] for cell in row)
    for words in (fold(grid.name), fold(title)):
        for kind, pattern in _KINDS:
            if re.search(pattern, words):
                return kind
    found = set(header.fields.values())
    if "duty" in found:
        return "board"
    if not header.has_post or (found & {"seat", "group", "site"} and not found & {"birth", "birth_male", "since"}):
        return "voters"
    return "subjects"


def _header_note(header: Header) -> list[Note]:
    if (header.first, header.last) == (1, 1):
        return []
    rows = f"{header.first}–{header.last}" if header.last > header.first else str(header.first)
    return [note("header_taken", rows=rows)]


def _row_notes(grid: Grid, rows: list[SortedRow], choices: Choices) -> list[Note]:
    notes = []
    groups = [entry.row for entry in rows if entry.kind == "group"]
    totals = [entry.row for entry in rows if entry.kind == "total"]
    hidden = [entry.row for entry in rows if entry.kind == "person" and entry.row in grid.hidden_rows]
    if groups:
        notes.append(note("group_rows_skipped", count=len(groups), rows=row_list(groups)))
    if totals:
        notes.append(note("total_rows_skipped", rows=row_list(totals)))
    if hidden:
        code = "hidden_rows" if choices.take_hidden_rows else "hidden_rows_left_out"
        notes.append(note(code, count=len(hidden), rows=row_list(hidden)))
    return notes


def _date_orders(
    grid: Grid, header: Header, rows: list[int], choices: Choices
) -> tuple[dict[int, DateOrder], list[TinnhiemError], list[Note]]:
    orders: dict[int, DateOrder] = {}
    faults: list[TinnhiemError] = []
    notes: list[Note] = []
    for column in (column for column, field in header.fields.items() if field in _DATE_FIELDS):
        letter, words = column_letter(column), header.words.get(column, "")
        where = f"Cột {column_words(header, column)}"
        cells = [grid.cell(row, column) for row in rows]
        order = choices.date_order.get(letter) or order_of(cells, words)
        if order == "unclear":
            row = next(row for row in rows if reads_both_ways(grid.cell(row, column)))
            values = {
                "cell": f"{letter}{row}",
                "column": letter,
                "value": tidy(grid.cell(row, column).text),
                "key": letter,
            }
            faults.append(errors.DayOrMonthUnclear(where, **values))
            order = "day-first"
        elif order == "month-first":
            notes.append(note("month_first", where, column=letter))
        orders[column] = order
        # A computer set to month/day turns 3/4 into 4 March and leaves 25/12 as text: the two together give it away.
        real = [row for row in rows if grid.cell(row, column).kind == "date"]
        late = any(re.match(r"(1[3-9]|2\d|3[01])[/.-]", grid.cell(row, column).text) for row in rows if row not in real)
        if late and len(real) > 1 and all(int(grid.cell(row, column).text[8:]) <= 12 for row in real):
            notes.append(note("dates_maybe_turned", where, column=letter, rows=row_list(real)))
    return orders, faults, notes


def _place(fault: TinnhiemError) -> tuple[int, int]:
    """Where a fault stands in the sheet; what concerns the whole list comes last."""
    cell = fault.cell if isinstance(fault, errors.CellFault) else ""
    return position(cell) if cell else (sys.maxsize, 0)


def _addressed(grid: Grid, header: Header, rows: list[int]) -> bool:
    # Ông is a family name too; only a column in which most names begin so is written with forms of address.
    column = header.column("full_name", "family_name")
    names = [fold(grid.cell(row, column).text) for row in rows] if column else []
    addressed = sum(name.startswith(("ong ", "ba ", "ong: ", "ba: ", "ong/ba ")) for name in names)
    return addressed > 1 and addressed * 2 > len(names)


def _name_notes(read: list[ReadRow]) -> list[Note]:
    notes = []
    titled = [result.person.row for result in read if result.person and result.person.titles]
    capitals = [result.person.row for result in read if result.person and result.capitals]
    if titled:
        notes.append(note("titles_moved", count=len(titled), rows=row_list(titled)))
    if capitals:
        notes.append(note("all_capitals", count=len(capitals)))
    return notes


def _count_faults(rows: list[SortedRow], found: int, reader: RowReader) -> list[TinnhiemError]:
    declared = [entry for entry in rows if entry.declared is not None]
    if not declared or declared[-1].declared == found:
        return []
    entry = declared[-1]
    kind = errors.FewerThanDeclared if found < (entry.declared or 0) else errors.MoreThanDeclared
    values = {"declared": entry.declared, "found": found, "key": f"{entry.declared},{found}"}
    return [kind(reader.where(entry.row), cell="", **values)]
