"""Các loại dòng: which rows under the header are people, which are group titles, totals, the count at the end, the signatures.

Contract: every row gets one kind. A row with a running number and a name is always a person. Where a row could be a person with
cells missing or a title, it is taken as a person, so that a fault is told and nobody is lost silently.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

from tinnhiem.people import fold, tidy
from tinnhiem.roster.grid import Grid
from tinnhiem.roster.headers import Header

RowKind = Literal["person", "group", "total", "declared", "end", "empty"]

_RUNNING = re.compile(r"\d{1,4}\s*[.)]?")
_ROMAN: Final = r"(?:[IVXLC]+|[A-H])"
_ROMAN_ALONE = re.compile(rf"{_ROMAN}\s*[.)/-]?")
_ROMAN_BEFORE = re.compile(rf"{_ROMAN}\s*[.)/:–-]\s*(?=\S)")
_DECLARED = re.compile(
    r"(?:danh sach|an dinh)[^\d]{0,40}?\b(?:co|gom|la|:)?\s*:?\s*(\d{1,4})\b"
    r"|tong (?:so|cong)[^\d]{0,20}(\d{1,4})(?:\s*\([^)]*\))?\s*(?:dong chi|nguoi|dai bieu|ong|can bo|d/c|$)"
)
_TOTAL = re.compile(r"tong (?:so|cong)\b|cong\s*:?[\s\d.,]*$|cong (?:nhom|khoi)\b")
_END = re.compile(
    r"noi nhan\b|nguoi lap\b|t/?m\.? (?:ban|thuong|uy|tinh|hdnd|ubnd|hoi)|k/?t\.? |t/?l\.? |xac nhan\b|thu truong\b|ky ten\b"
    r"|(?:[^\d]{0,40}, ?)?ngay\s*[\d.…]* ?thang\s*[\d.…]* ?nam\b"
)
_GROUP_WORDS = re.compile(
    r"(khối|ban|thường trực|thường vụ|tổ|đoàn (đại biểu|khối)|các|sở|văn phòng|[uủ][yỷ] ban|ubnd|hđnd|hội đồng|cơ quan|đơn vị"
    r"|mặt trận|công an|đảng [uủ][yỷ]|đảng bộ|phòng|lãnh đạo|[uủ][yỷ] viên|đại biểu|thành viên|nhóm|tỉnh|thành phố|xã|phường)\b"
)


class SortedRow(msgspec.Struct, frozen=True):
    """Một dòng đã phân loại: its number, kind, its words without the numeral in front, and the count a closing row declares."""

    row: int
    kind: RowKind
    text: str = ""
    declared: int | None = None


def sort_rows(grid: Grid, header: Header) -> tuple[SortedRow, ...]:
    """Phân loại dòng: every row below the header up to the signatures, in order."""
    rows = [_sort_row(grid, header, row) for row in range(header.last + 1, len(grid.rows) + 1)]
    numbered = [entry.row for entry in rows if entry.kind == "person" and _is_numbered(grid, header, entry.row)]
    last_numbered = numbered[-1] if numbered else 0
    kept: list[SortedRow] = []
    closed = False
    for entry in rows:
        # What stands below the count or the signatures is no list, unless numbered people follow.
        closed = closed or (entry.kind in ("declared", "end") and entry.row > last_numbered)
        if not closed or entry.kind == "declared":
            kept.append(entry)
    return tuple(kept)


def _sort_row(grid: Grid, header: Header, row: int) -> SortedRow:
    if not grid.is_filled(row) or _belongs_to_row_above(grid, header, row):
        return SortedRow(row, "empty")
    name = tidy(" ".join(grid.cell(row, column).text for column in header.name_columns))
    if name and _is_numbered(grid, header, row):
        return SortedRow(row, "person")
    texts = _texts(grid, row)
    whole = " ".join(texts)
    if found := _DECLARED.search(fold(whole)):
        return SortedRow(row, "declared", whole, int(found[1] or found[2]))
    if _TOTAL.match(fold(whole)):
        return SortedRow(row, "total", whole)
    if any(_END.match(fold(text)) for text in _texts(grid, row, () if not name else _date_columns(header))):
        return SortedRow(row, "end", whole)
    mapped = [column for column in header.fields if grid.cell(row, column).text.strip()]
    others = [column for column in mapped if column not in header.name_columns and header.fields[column] != "number"]
    if texts and _is_group(grid, header, row, texts, name, others):
        return SortedRow(row, "group", _ROMAN_BEFORE.sub("", _without_roman(texts), count=1))
    # Numbered in advance and left blank, or filled only where no column means anything: nobody.
    return SortedRow(row, "person" if name or others else "empty")


def _is_group(grid: Grid, header: Header, row: int, texts: list[str], name: str, others: list[int]) -> bool:
    if _is_numbered(grid, header, row):
        return False
    first = next(column for column in range(1, grid.width + 1) if grid.cell(row, column).text.strip())
    merge = grid.merge_at(row, first)
    if merge is not None and merge.right - merge.left >= 2:
        return True
    roman = bool(_ROMAN_ALONE.fullmatch(texts[0]) or _ROMAN_BEFORE.match(texts[0]))
    if roman and not _has_date(grid, header, row):
        return True
    title = name or (texts[0] if len(texts) == 1 else "")
    if name and others:
        return False
    titled = bool(_GROUP_WORDS.match(title.lower())) or (not name and title.isupper())
    told = [column for column in others if header.fields[column] != "note"]
    # A post or a date alone is a person whose name is missing, unless it reads like a title.
    return titled if told or name else len(texts) == 1


def _belongs_to_row_above(grid: Grid, header: Header, row: int) -> bool:
    """Whether the name was merged over this row too, for a second post."""
    merge = grid.merge_at(row, header.name_columns[0])
    return merge is not None and header.last < merge.top < row


def _without_roman(texts: list[str]) -> str:
    return " ".join(texts[1:] if len(texts) > 1 and _ROMAN_ALONE.fullmatch(texts[0]) else texts)


def _has_date(grid: Grid, header: Header, row: int) -> bool:
    return any(grid.cell(row, column).text.strip() for column in _date_columns(header))


def _date_columns(header: Header) -> tuple[int, ...]:
    dated = ("birth", "birth_male", "birth_female", "since")
    return tuple(column for column, field in header.fields.items() if field in dated)


def _is_numbered(grid: Grid, header: Header, row: int) -> bool:
    column = header.column("number")
    return column is not None and bool(_RUNNING.fullmatch(grid.cell(row, column).text.strip()))


def _texts(grid: Grid, row: int, without: tuple[int, ...] = ()) -> list[str]:
    cells = enumerate(grid.rows[row - 1], 1)
    return [text for column, cell in cells if column not in without and (text := tidy(cell.shown))]
