"""Chuyển bảng mã của trang tính: old encodings found column by column, and decomposed Unicode, before the sheet is read.

Contract: gives a sheet in composed Unicode and a note for every column that was converted, with one example. Names are mended
for what TCVN3 cannot hold only in the columns the header calls names.
"""

from __future__ import annotations

import unicodedata

import msgspec

from tinnhiem.people import Encoding, detect, to_unicode
from tinnhiem.people.legacy import needs_conversion
from tinnhiem.roster.grid import EMPTY, Cell, Grid, column_letter
from tinnhiem.roster.headers import Header
from tinnhiem.roster.model import Note
from tinnhiem.roster.notes import note

_SPOKEN: dict[Encoding, str] = {"TCVN3": "TCVN3 (.VnTime)", "VNI": "VNI"}


def in_unicode(grid: Grid, header: Header) -> tuple[Grid, tuple[Note, ...]]:
    """Chuyển cả trang sang Unicode: the sheet with every cell in composed Unicode, and what was done."""
    notes: list[Note] = []
    found: dict[int, Encoding] = {}
    for column in range(1, grid.width + 1):
        cells = [row[column - 1] for row in grid.rows]
        texts = [
            cell.text for cell in (*cells[header.last :], *cells[: header.last]) if cell.text and cell.kind == "text"
        ]
        if encoding := detect(texts):
            found[column] = encoding
            before = next(text for text in texts if needs_conversion(text, encoding))
            after = to_unicode(before, encoding, names=column in header.name_columns)
            letter, spoken = column_letter(column), _SPOKEN[encoding]
            where = f"Cột {letter}"
            notes.append(note("legacy_encoding", where, column=letter, encoding=spoken, before=before, after=after))
    name_columns = header.name_columns
    rows = tuple(
        tuple(
            _cell(cell, found.get(column), names=column in name_columns and row > header.last)
            for column, cell in enumerate(cells, 1)
        )
        for row, cells in enumerate(grid.rows, 1)
    )
    if any(
        cell.kind == "text" and not unicodedata.is_normalized("NFC", cell.text) for row in grid.rows for cell in row
    ):
        notes.append(note("decomposed_unicode"))
    return msgspec.structs.replace(grid, rows=rows), tuple(notes)


def _cell(cell: Cell, encoding: Encoding | None, *, names: bool) -> Cell:
    if cell is EMPTY or cell.kind != "text" or cell.text.isascii():
        return cell
    if encoding and needs_conversion(cell.text, encoding):
        lines = (to_unicode(line, encoding, names=names) for line in cell.text.split("\n"))
        return Cell("\n".join(lines))
    return Cell(unicodedata.normalize("NFC", cell.text))
