"""Dòng tiêu đề: where the header of a list is and what each column means.

Contract: the header is looked for in the first twenty rows and may take up to three, merged or not; a row of column numbers
under it belongs to it. Columns are recognised by their words, without marks or case, in Unicode, TCVN3 or VNI. A column that is
not recognised is left alone (dân tộc, quê quán, trình độ…): that is no fault.
"""

from __future__ import annotations

import functools
import re
from typing import Final

import msgspec

from tinnhiem.people import fold, tidy, to_unicode
from tinnhiem.roster.grid import Grid, column_letter
from tinnhiem.roster.model import Field

SEARCHED_ROWS: Final = 20
MAX_HEADER_ROWS: Final = 3
LONGEST_HEADING: Final = 60

# First match wins, so the narrow patterns stand before the wide ones.
_MEANINGS: Final[tuple[tuple[Field, str], ...]] = (
    ("sort_name", r"ten de xep|ten xep thu tu|ten xep"),
    ("excluded_reason", r"khong lay phieu|khong thuoc dien|ly do khong|mien lay"),
    ("second_place", r"noi lay phieu thu (hai|2)|lay phieu lan 2|noi thu hai"),
    ("since", r"(ngay|thoi diem|thoi gian|thang|nam).*(giu chuc|bo nhiem|duoc bau|giu vi tri|dam nhiem)"),
    ("decision", r"quyet dinh|so qd|nghi quyet (bau|so)"),
    ("family_name", r"ho (va )?(ten|chu|tieng)?\s?(dem|lot)|ho,? (ten )?dem|^ho$"),
    ("full_name", r"ho (va |, ?)?ten|ho, ten|hoten|^ten (dai bieu|dong chi|can bo|nguoi)|^dai bieu$|^ho va ten"),
    ("given_name", r"^ten( goi)?$"),
    ("birth", r"(ngay|nam|thang).*sinh$|(ngay|nam|thang)[ ,/\w]* sinh\b|^sinh (ngay|nam)|^ns$"),
    ("sex", r"gioi tinh|^phai$|nam ?/ ?nu"),
    ("duty", r"nhiem vu|vai tro|chuc danh trong ban|phan cong"),
    ("post", r"chuc vu|chuc danh|vi tri cong tac|cuong vi"),
    ("ballot", r"loai phieu|^khoi|/ ?khoi|mau phieu"),
    ("site", r"diem cau"),
    ("seat", r"so ghe|^ghe|vi tri ngoi|cho ngoi"),
    ("group", r"^(to|doan)$|^to ?/|^(to|doan) (dai bieu|thao luan|so)|to ?/ ?doan|to, doan|thuoc to|don vi bau cu"),
    ("phone", r"dien thoai|^so dt\b|^sdt\b|^dtdd\b|di dong"),
    ("unit", r"don vi|co quan|noi cong tac|noi lam viec|phong, ban|phong ban"),
    ("note", r"ghi chu"),
    ("number", r"^(stt|tt|s\.? ?t\.? ?t|t\.? ?t|so tt|so thu tu|thu tu|#)\.?$"),
)
# "Ngày vào Đảng", "Nơi sinh", "Ngày giữ ngạch" hold the same words and mean something else.
_OTHER: Final = re.compile(
    r"^danh sach|^trich ngang|^bieu |^phu luc|vao dang|dang vien|noi sinh|que quan|dan toc|ton giao|trinh do|ngach|luong|hoc vi|hoc ham|tuoi|noi o|dia chi|chuc vu cu"
)
_SEX_COLUMNS: Final[dict[str, tuple[Field, Field]]] = {"nam": ("birth_male", "male"), "nu": ("birth_female", "female")}
_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-h])\)?\.?")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Tiêu đề đã nhận: its first and last row, the field of each column (from 1) and the words that stood over it."""

    first: int
    last: int
    fields: dict[int, Field]
    words: dict[int, str]

    def column(self, *fields: Field) -> int | None:
        """The first column of any of these fields."""
        return next((column for column, field in self.fields.items() if field in fields), None)

    @property
    def has_post(self) -> bool:
        """Whether the list gives posts, in a column of their own or under the names ("Họ và tên, chức vụ")."""
        return self.column("post") is not None or any(
            re.search(r"chuc (vu|danh)", fold(self.words.get(column, ""))) for column in self.name_columns
        )

    @property
    def name_columns(self) -> tuple[int, ...]:
        """The columns a name is read from."""
        return tuple(
            column for column, field in self.fields.items() if field in ("full_name", "family_name", "given_name")
        )


def find_header(grid: Grid) -> Header | None:
    """Tìm tiêu đề: the row in the first twenty that names a column "Họ và tên" and knows the most columns; None if none does."""
    best: Header | None = None
    for row in range(1, min(SEARCHED_ROWS, len(grid.rows)) + 1):
        if not any(_meaning(cell.text) in ("full_name", "family_name", "given_name") for cell in grid.rows[row - 1]):
            continue
        header = header_at(grid, row, _last_row(grid, row))
        if header.name_columns and (best is None or len(header.fields) > len(best.fields)):
            best = header
    return best


def header_at(grid: Grid, first: int, last: int) -> Header:
    """Đọc tiêu đề ở các dòng đã biết: what the columns under rows `first` to `last` mean."""
    fields: dict[int, Field] = {}
    words: dict[int, str] = {}
    taken: set[Field] = set()
    for column in range(1, grid.width + 1):
        labels = _labels(grid, first, last, column)
        if not labels:
            continue
        field = _field_under(labels)
        words[column] = " – ".join(labels)
        if field and field not in taken:
            fields[column] = field
            taken.add(field)
    _spread_name(grid, first, last, fields, words)
    return Header(first=first, last=last, fields=fields, words=words)


def _last_row(grid: Grid, first: int) -> int:
    last = first
    for row in range(first + 1, min(first + MAX_HEADER_ROWS + 1, len(grid.rows)) + 1):
        texts = [(column, tidy(cell.shown)) for column, cell in enumerate(grid.rows[row - 1], 1) if tidy(cell.shown)]
        numbering = len(texts) > 2 and all(_NUMBERING.fullmatch(fold(text)) for _, text in texts)
        meant = all(_meaning(text) or fold(text) in _SEX_COLUMNS for _, text in texts)
        below = any(fold(text) in _SEX_COLUMNS or _is_below_heading(grid, first, row, column) for column, text in texts)
        remarks = bool(texts) and all(text.startswith("(") and text.endswith(")") for _, text in texts)
        sub_header = remarks or (
            below and (meant or all(_is_below_heading(grid, first, row, column) for column, _ in texts))
        )
        if numbering and not _looks_like_person(grid, row):
            return row
        if not sub_header or row - first >= MAX_HEADER_ROWS:
            return last
        last = row
    return last


def _looks_like_person(grid: Grid, row: int) -> bool:
    return any(" " in tidy(cell.text) for cell in grid.rows[row - 1])


def _is_below_heading(grid: Grid, first: int, row: int, column: int) -> bool:
    """Whether the cell divides a heading that spans several columns."""
    above = grid.merge_at(row - 1, column)
    if above is not None:
        return above.top >= first and above.right > above.left and above.bottom < row
    return not grid.cell(row - 1, column).text.strip() and column > 1


def _labels(grid: Grid, first: int, last: int, column: int) -> list[str]:
    labels: list[str] = []
    for row in range(first, last + 1):
        merge = grid.merge_at(row, column)
        text = tidy(grid.cell(merge.top, merge.left).text if merge else grid.cell(row, column).text)
        if not text and row == first and last > first and not merge:
            # Some writers centre a heading over two columns without merging them.
            below = fold(grid.cell(row + 1, column).text)
            text = tidy(grid.cell(row, column - 1).text) if below in _SEX_COLUMNS else ""
        if text and text not in labels and not _NUMBERING.fullmatch(fold(text)):
            labels.append(text)
    return labels


def _field_under(labels: list[str]) -> Field | None:
    lowest = fold(labels[-1])
    if lowest in _SEX_COLUMNS:
        dated = any(re.search(r"sinh|tuoi", fold(label)) for label in labels[:-1])
        return _SEX_COLUMNS[lowest][0 if dated else 1]
    return _meaning(labels[-1]) or next((meaning for label in labels[:-1] if (meaning := _meaning(label))), None)


@functools.lru_cache(maxsize=4096)
def _meaning(text: str) -> Field | None:
    for candidate in _in_every_encoding(text):
        # Brackets explain ("(ghi rõ …)") or star ("*"); the meaning stands before them.
        words = re.sub(r"\s*\(.*?\)|[*:]", "", fold(candidate)).strip() or fold(candidate)
        if len(words) > LONGEST_HEADING:
            continue
        if _OTHER.search(words):
            return None
        for field, pattern in _MEANINGS:
            if re.search(pattern, words):
                return field
    return None


def _in_every_encoding(text: str) -> tuple[str, ...]:
    if text.isascii() or any(sign > "\u00ff" for sign in text):
        return (text,)
    return text, to_unicode(text, "TCVN3"), to_unicode(text, "VNI")


def _spread_name(grid: Grid, first: int, last: int, fields: dict[int, Field], words: dict[int, str]) -> None:
    # "Họ và tên" over two columns: họ và tên đệm in the first, tên in the second.
    for column in [column for column, field in fields.items() if field == "full_name"]:
        merge = grid.merge_at(first, column)
        wide = merge is not None and merge.right == column + 1
        bare = column + 1 not in words and any(grid.cell(row, column + 1).text for row in range(last + 1, last + 4))
        if wide or bare:
            fields[column], fields[column + 1] = "family_name", "given_name"
            words[column + 1] = words[column]


def column_words(header: Header, column: int) -> str:
    """Tên cột để báo lỗi: "D (Ngày sinh)"."""
    # Neither the star nor what stands in brackets is part of the column's name.
    words = re.sub(r"\s*\(.*?\)|\s*\*", "", header.words.get(column, "")).strip()
    letter = column_letter(column)
    return f"{letter} ({words})" if words else letter
