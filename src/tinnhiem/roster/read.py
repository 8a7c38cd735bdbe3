"""Đọc tệp: a spreadsheet file as grids of cells, whatever its format.

Contract: every visible sheet of an .xlsx, .xls or .ods file comes back whole, from cell A1; formulas as their last value, a
failed formula as a cell of kind "error". Nothing is understood here. Any file that cannot be read raises one `FileRefused`,
never anything else.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import python_calamine as calamine

from tinnhiem.roster.errors import FileNotThere, FileTooLarge, PasswordProtected, TooManyCells, UnreadableFile
from tinnhiem.roster.file_checks import MAX_BYTES, inspect
from tinnhiem.roster.grid import EMPTY, Cell, Grid, Merge, make_cell
from tinnhiem.roster.sheet_marks import MAX_CELLS, SheetMarks, marks_of_ods, marks_of_xlsx
from tinnhiem.roster.xls_marks import marks_of_xls

MAX_SHEETS: Final = 30
MAX_COLUMNS: Final = 100
"""Columns read; a list has at most thirty, what stands farther out belongs to something else."""


def grids_of_file(path: Path) -> tuple[Grid, ...]:
    """Đọc tệp trên đĩa: the visible sheets of the file at `path`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileTooLarge(path.name, size=path.stat().st_size // 1024**2 + 1, limit=MAX_BYTES // 1024**2)
        content = path.read_bytes()
    except OSError:
        raise FileNotThere(path.name, name=path.name) from None
    return grids_of_bytes(content, path.name)


def grids_of_bytes(content: bytes, name: str = "") -> tuple[Grid, ...]:
    """Đọc tệp tải lên: the visible sheets of a file given as bytes; `name` goes into refusals as their place."""
    kind = inspect(content, name)
    try:
        marks = _marks(content, kind)
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            wanted = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
            ]
            return tuple(
                _grid(workbook.get_sheet_by_name(sheet), marks.get(sheet, SheetMarks()))
                for sheet in wanted[:MAX_SHEETS]
            )
    except calamine.PasswordError:
        raise PasswordProtected(name) from None
    except (UnreadableFile, TooManyCells) as fault:
        raise type(fault)(name, **fault.values) from None
    except (
        *(calamine.CalamineError, ElementTree.ParseError, zipfile.BadZipFile, zlib.error),
        *(LookupError, ValueError, OverflowError, EOFError, OSError, RuntimeError, NotImplementedError),
    ):
        # A damaged file fails in whichever part is damaged; to the office these are one thing.
        raise UnreadableFile(name) from None
    except BaseException as failure:
        # The reader is written in Rust; where a damaged .xls takes it by surprise it raises this, which is no Exception.
        if type(failure).__name__ != "PanicException":
            raise
        raise UnreadableFile(name) from None


def _marks(content: bytes, kind: str) -> dict[str, SheetMarks]:
    if kind == "xls":
        return marks_of_xls(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return marks_of_xlsx(archive) if kind == "xlsx" else marks_of_ods(archive)


def _grid(sheet: calamine.CalamineSheet, marks: SheetMarks) -> Grid:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TooManyCells(sheet=sheet.name, limit=MAX_CELLS)
    values = sheet.to_python(skip_empty_area=False)
    # A stray value far below a list leaves thousands of blank rows between: those cost next to nothing.
    cells = [[make_cell(value) for value in row[:MAX_COLUMNS]] if any(row) else [] for row in values]
    for (row, column), error in marks.errors.items():
        if column > MAX_COLUMNS:
            continue
        while len(cells) < row:
            cells.append([])
        cells[row - 1] += [EMPTY] * (column - len(cells[row - 1]))
        cells[row - 1][column - 1] = Cell(error, "error")
    width = max((len(row) for row in cells), default=0)
    merges = marks.merges or [
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return Grid(
        name=sheet.name,
        rows=tuple(tuple(row + [EMPTY] * (width - len(row))) for row in cells),
        hidden_rows=tuple(sorted(row for row in marks.hidden if row <= len(cells))),
        merges=tuple(merges),
    )
