"""Bảng cần kiểm tra: a result table as an office has it, turned into the rows that `poll.published_table` holds against arithmetic.

Contract: columns are guessed by the words over them and the labels of the book's choices, and may be chosen by hand; a cell that should be a number and is not is a
fault with its place. Rows without any figure are left out. One table is one ballot type.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.people import fold, tidy
from tinnhiem.poll.rows_file import PERCENT, PrintedRow, PrintedShare
from tinnhiem.poll.text_file import percentage, whole_number
from tinnhiem.roster.grid import Grid, column_letter

SEARCHED_ROWS = 15
_RUNNING = re.compile(r"\d{1,3}\.?")


class TableColumn(msgspec.Struct, frozen=True, kw_only=True):
    """Một cột: its letter, the words over it, and what it holds (line, name, a choice code, CODE_pct, or "")."""

    letter: str
    words: str
    holds: str


class NoFigures(TinnhiemError):
    """A table in which no column holds figures."""

    code = "table_without_figures"
    vi = "Không nhận ra cột số phiếu hoặc tỷ lệ nào. Chép bảng cùng dòng tiêu đề, hoặc chọn lại nội dung của từng cột."
    en = "No column of counts or percentages was recognised. Copy the table with its header, or choose what each column holds."


def as_text(grid: Grid) -> str:
    """Bảng thành chữ phân cách bằng tab: what the page keeps between two checks."""
    target = io.StringIO()
    writer = csv.writer(target, dialect="excel-tab", lineterminator="\n")
    for number, row in enumerate(grid.rows, start=1):
        writer.writerow([_spread(grid, number, column) for column in range(1, len(row) + 1)])
    return target.getvalue()


def _spread(grid: Grid, row: int, column: int) -> str:
    """A merged heading stands over each of its columns."""
    merge = grid.merge_at(row, column)
    cell = grid.cell(merge.top, merge.left) if merge is not None else grid.cell(row, column)
    return tidy(cell.shown.replace("\n", " "))


def columns_of(rows: list[list[str]], book: Rulebook, chosen: Mapping[str, str]) -> tuple[TableColumn, ...]:
    """Các cột và nội dung của từng cột: as chosen, else as guessed; each content in one column."""
    header = rows[: _first_body_row(rows)]
    taken: set[str] = set()
    columns: list[TableColumn] = []
    for place in range(max((len(row) for row in rows), default=0)):
        letter = column_letter(place + 1)
        words = " ".join(dict.fromkeys(row[place] for row in header if place < len(row) and row[place]))
        holds = chosen[letter] if letter in chosen else _guess(words, book) or _share_beside(words, columns, book)
        if holds in taken:
            holds = ""
        taken.add(holds)
        columns.append(TableColumn(letter=letter, words=words, holds=holds))
    return tuple(columns)


def _first_body_row(rows: list[list[str]]) -> int:
    for number, row in enumerate(rows[:SEARCHED_ROWS]):
        filled = [cell for cell in row if cell]
        numbered = len(filled) > 2 and all(_RUNNING.fullmatch(cell.strip("()")) for cell in filled)
        words = any(not re.fullmatch(r"[\d.,%/\s-]+", cell) for cell in filled)
        if filled and _RUNNING.fullmatch(filled[0]) and words and not numbered:
            return number
    return 1 if rows else 0


def _guess(words: str, book: Rulebook) -> str:
    said = fold(words)
    if re.match(r"^(stt|tt|so tt|so thu tu)\b", said):
        return "line"
    if re.search(r"\bho (va )?ten\b|^ten\b", said):
        return "name"
    labels = sorted(
        ((fold(label), choice.code) for choice in book.choices for label in (choice.label, choice.short)),
        key=lambda pair: -len(pair[0]),
    )
    code = next((code for label, code in labels if re.search(rf"\b{re.escape(label)}\b", said)), "")
    return code + PERCENT if code and ("%" in said or "ty le" in said or "ti le" in said) else code


def _share_beside(words: str, before: list[TableColumn], book: Rulebook) -> str:
    """A column headed only “%” or “Tỷ lệ” belongs to the count on its left."""
    bare = re.fullmatch(r"(ty le|ti le)?[\s(]*%?[\s)]*", fold(words)) and words
    left = before[-1].holds if before else ""
    return left + PERCENT if bare and left in book.choice_codes() else ""


def printed_rows(
    text: str, book: Rulebook, chosen: Mapping[str, str]
) -> tuple[tuple[TableColumn, ...], tuple[PrintedRow, ...], dict[int, str]]:
    """Các dòng của bảng: the columns as taken, the rows, and the name on each line. Raises `NoFigures`, `Faults`."""
    rows = [[tidy(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")]
    columns = columns_of(rows, book, chosen)
    held = {column.holds: place for place, column in enumerate(columns) if column.holds}
    codes = book.choice_codes()
    if not any(code in held or code + PERCENT in held for code in codes):
        raise NoFigures
    faults: list[TinnhiemError] = []
    found: list[PrintedRow] = []
    names: dict[int, str] = {}
    for number, row in enumerate(rows, start=1):
        if number <= _first_body_row(rows):
            continue
        cells = {what: row[place] if place < len(row) else "" for what, place in held.items()}
        if not any(cells.get(code) or cells.get(code + PERCENT) for code in codes) or _is_total(row):
            continue
        line = len(found) + 1
        names[line] = cells.get("name", "") or cells.get("line", "")
        counts: dict[str, int | None] = {}
        shares: dict[str, PrintedShare | None] = {}
        for code in codes:
            counts[code] = _read_count(cells.get(code, ""), number, columns, held.get(code), faults)
            shares[code] = _read_share(cells.get(code + PERCENT, ""), number, columns, held.get(code + PERCENT), faults)
        found.append(PrintedRow(line=line, ballot=None, counts=counts, shares=shares))
    if faults:
        raise Faults(faults)
    if not found:
        raise NoFigures
    return columns, tuple(found), names


def _is_total(row: list[str]) -> bool:
    return any(fold(cell).startswith(("tong cong", "tong so", "cong")) for cell in row[:3])


def _read_count(
    text: str, row: int, columns: tuple[TableColumn, ...], place: int | None, faults: list[TinnhiemError]
) -> int | None:
    if place is None or text in ("", "-", "–"):
        return None
    try:
        return whole_number(text.removesuffix(" phiếu"), _where(row, columns[place]))
    except TinnhiemError as fault:
        faults.append(fault)
        return None


def _read_share(
    text: str, row: int, columns: tuple[TableColumn, ...], place: int | None, faults: list[TinnhiemError]
) -> PrintedShare | None:
    if place is None or text in ("", "-", "–"):
        return None
    try:
        return PrintedShare(text=text, value=percentage(text, _where(row, columns[place])))
    except TinnhiemError as fault:
        faults.append(fault)
        return None


def _where(row: int, column: TableColumn) -> str:
    return f"Dòng {row}, cột {column.letter}" + (f" ({column.words})" if column.words else "")
