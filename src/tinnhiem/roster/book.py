"""Từ tệp đến danh sách: one call from a file, an upload or a pasted table to understood lists.

Contract: sheets without a header of names are left out with a note as long as one sheet has one; otherwise the file is refused.
A book holds at most one list of a kind for `RosterBook.roster`; the first sheet wins there, all are in `rosters`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tinnhiem.people import fold
from tinnhiem.roster.compare import subjects_on_board
from tinnhiem.roster.errors import HeaderNotFound, NobodyListed
from tinnhiem.roster.grid import Grid
from tinnhiem.roster.headers import SEARCHED_ROWS
from tinnhiem.roster.model import Choices, Note, Roster, RosterBook, SheetKind
from tinnhiem.roster.notes import note
from tinnhiem.roster.paste import grid_of_pasted
from tinnhiem.roster.read import grids_of_bytes, grids_of_file
from tinnhiem.roster.understand import understand

_GUIDE_SHEETS = ("huong dan", "danh muc")


def read_file(path: Path, kind: SheetKind | None = None) -> RosterBook:
    """Đọc tệp danh sách: the lists in an .xlsx, .xls or .ods file. Raises `FileRefused`.

    `kind` says what the list is when the file has one sheet and does not say it itself.
    """
    return understand_all(grids_of_file(path), _for_all(kind))


def read_bytes(content: bytes, name: str = "", kind: SheetKind | None = None) -> RosterBook:
    """Đọc tệp tải lên: as `read_file`, from bytes."""
    return understand_all(grids_of_bytes(content, name), _for_all(kind))


def read_pasted(text: str, kind: SheetKind | None = None) -> RosterBook:
    """Đọc bảng dán vào: as `read_file`, from a table pasted as HTML or as tab-separated text."""
    return understand_all((grid_of_pasted(text),), _for_all(kind))


def understand_all(grids: Sequence[Grid], choices: Mapping[str, Choices] | None = None) -> RosterBook:
    """Hiểu cả tệp: every sheet that holds a list; `choices` by sheet name, "" for all sheets not named."""
    decided = choices or {}
    read: list[tuple[Grid, Roster]] = []
    notes: list[Note] = []
    refused = HeaderNotFound(rows=SEARCHED_ROWS)
    for grid in grids:
        if not grid.rows or fold(grid.name).startswith(_GUIDE_SHEETS):
            continue
        try:
            read.append((grid, understand(grid, _decided(decided, grid))))
        except HeaderNotFound as fault:
            refused = fault
            notes.append(note("sheet_left_out", sheet=grid.name))
    if not read:
        raise refused
    # A sheet of the template left blank is no list; a file of blank sheets is told as one empty list.
    filled = [entry for entry in read if not all(isinstance(fault, NobodyListed) for fault in entry[1].faults)]
    filled = [entry for entry in read if entry[1].people or entry in filled] or read[:1]
    if len(filled) > 1:
        rosters = tuple(understand(grid, _decided(decided, grid), sheet_in_where=True) for grid, _ in filled)
    else:
        rosters = tuple(roster for _, roster in filled)
    book = RosterBook(rosters=rosters, notes=tuple(notes))
    meeting = subjects_on_board(book.roster("subjects"), book.roster("board"))
    return msgspec.structs.replace(book, notes=(*book.notes, *meeting))


def as_json(book: RosterBook) -> dict[str, object]:
    """Danh sách cho máy đọc: `people` (with `sheet` and `kind`) and `faults` as the command line prints them."""
    people = [
        {"sheet": roster.sheet, "kind": roster.kind, **msgspec.to_builtins(person)}
        for roster in book.rosters
        for person in roster.people
    ]
    return {"people": people, "faults": [fault.as_dict() for fault in book.faults]}


def _decided(choices: Mapping[str, Choices], grid: Grid) -> Choices:
    return choices.get(grid.name, choices.get("", Choices()))


def _for_all(kind: SheetKind | None) -> dict[str, Choices]:
    return {"": Choices(kind=kind)} if kind else {}
