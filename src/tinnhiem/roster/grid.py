"""Bảng ô: one sheet as read from a file or pasted, before anyone has said what its columns mean.

Contract: a grid starts at cell A1 of its sheet, so rows and columns are those the office sees. Cells are text with a kind; a
real date keeps its ISO form and is shown as day/month/year. Values only: msgspec writes and reads a grid, so a preview can be
kept between two requests. Leaves out formats, formulas, pictures.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

CellKind = Literal["text", "number", "date", "error"]


class Cell(msgspec.Struct, frozen=True):
    """Ô: `text` as shown (ISO for a date, "#REF!" for an error) and its `kind`."""

    text: str = ""
    kind: CellKind = "text"

    @property
    def shown(self) -> str:
        """The cell as the office reads it; dates as 05/01/1970."""
        if self.kind == "date":
            return datetime.date.fromisoformat(self.text).strftime("%d/%m/%Y")
        return self.text


EMPTY: Final = Cell()


class Merge(msgspec.Struct, frozen=True):
    """Vùng ô gộp: first and last row and column, counted from 1, both included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """Trang tính: `rows` from row 1 and column A, all equally long; hidden rows and merged ranges beside them."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The cell at `row`, `column`, both from 1; outside the sheet it is empty."""
        if 1 <= row <= len(self.rows) and 1 <= column <= self.width:
            return self.rows[row - 1][column - 1]
        return EMPTY

    def is_filled(self, row: int) -> bool:
        """Whether any cell of a row holds anything."""
        return any(cell.text for cell in self.rows[row - 1])

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a cell."""
        for merge in self.merges:
            if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
                return merge
        return None

    def with_edits(self, edits: Mapping[str, str]) -> Grid:
        """Sửa ô: the same sheet with some cells typed anew, by address ("D14")."""
        if not edits:
            return self
        wanted = {position(address): text for address, text in edits.items()}
        height = max(len(self.rows), *(row for row, _ in wanted))
        width = max(self.width, *(column for _, column in wanted))
        rows = tuple(
            tuple(
                Cell(wanted[row, column]) if (row, column) in wanted else self.cell(row, column)
                for column in range(1, width + 1)
            )
            for row in range(1, height + 1)
        )
        return msgspec.structs.replace(self, rows=rows)


def make_cell(value: object) -> Cell:
    """Đọc một ô: a Python value from a reader as a cell. Whole numbers lose their ".0"; a time of day falls away."""
    if isinstance(value, bool):
        return Cell("x" if value else "")
    if isinstance(value, int | float):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value), "number")
    if isinstance(value, datetime.datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, datetime.date):
        return Cell(value.isoformat(), "date")
    return Cell(str(value)) if value not in (None, "") else EMPTY


def column_letter(column: int) -> str:
    """Tên cột: 1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Địa chỉ ô: row 14, column 4 → "D14"."""
    return f"{column_letter(column)}{row}"


def column_number(letters: str) -> int:
    """Số thứ tự cột: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def position(cell_address: str) -> tuple[int, int]:
    """Dòng, cột của một địa chỉ: "D14" → (14, 4). Raises ValueError for anything else."""
    found = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", cell_address.upper())
    if not found:
        raise ValueError(cell_address)
    return int(found[2]), column_number(found[1])
