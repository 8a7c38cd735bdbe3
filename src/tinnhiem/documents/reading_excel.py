"""Đọc lại tệp .xlsx: every sheet as one table.

Contract: see `reading`. Numbers come back as they stand in the cell, whole ones without a point and others with the decimal comma of the
paper; nothing is rounded. Formulas give the value that was saved with them.
"""

from __future__ import annotations

import io
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from tinnhiem.documents.reading import Grid, PaperUnreadable, Piece, Reading, tidy

LETTERS = 26


def read(data: bytes, name: str) -> Reading:
    """Đọc một tệp .xlsx. Raises `PaperUnreadable`."""
    tables: list[Grid] = []
    lines: list[Piece] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            values = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
                _repeat(values, top, left, bottom, right)
            grid = tuple(
                tuple(
                    Piece(text, f"trang tính “{title}”, ô {address(row, column)}") for column, text in enumerate(cells)
                )
                for row, cells in enumerate(values)
            )
            tables.append(grid)
            lines += [piece for cells in grid for piece in cells if piece.text]
    except (CalamineError, ValueError, OSError) as broken:
        raise PaperUnreadable(name) from broken
    return Reading(tables=tuple(tables), lines=tuple(lines))


def address(row: int, column: int) -> str:
    """Địa chỉ ô, from places counted from 0: (11, 7) → "H12"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _shown(value: object) -> str:
    if isinstance(value, float):
        # The shortest decimal that is this number: what a person typed, not what the machine holds.
        text = format(Decimal(repr(value)), "f")
        return text.removesuffix(".0").replace(".", ",")
    return tidy(str(value))


def _repeat(values: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    for row in range(top, min(bottom + 1, len(values))):
        for column in range(left, min(right + 1, len(values[row]))):
            values[row][column] = values[top][left]
