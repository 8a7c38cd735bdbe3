"""Ngày tháng trong danh sách: dates as offices type them, and which of day and month comes first in a column.

Contract: `read_date` gives a `PartDate` or None when the text is no date; it never guesses between day and month, it is told.
`order_of` finds the order from the whole column and its header, or says that it cannot. Two-digit years of birth up to 12 are
of this century; of decisions up to 68.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final, Literal

from tinnhiem.people import fold, tidy
from tinnhiem.roster.grid import Cell
from tinnhiem.roster.model import PartDate

DateOrder = Literal["day-first", "month-first"]

YOUNGEST_BIRTH: Final = 12
LATEST_DECISION: Final = 68
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_EXCEL_EPOCH: Final = datetime.date(1899, 12, 30)
_EXCEL_SERIALS: Final = range(3000, 73000)
_NOT_KNOWN: Final = ("", "-", "--", "...", "…", "x", "khong ro", "chua ro")

_SEPARATOR = r"\s*[/.\-–,]\s*"
_THREE = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})\.?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_TWO = re.compile(rf"(?:tháng\s*)?(\d{{1,2}}){_SEPARATOR}(\d{{4}})", re.IGNORECASE)
_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*năm\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})(?:\.0)?", re.IGNORECASE)


def read_date(cell: Cell, order: DateOrder, latest_short_year: int = YOUNGEST_BIRTH) -> PartDate | None:
    """Đọc ngày: the date in a cell, or None when there is none that exists in the calendar."""
    typed = tidy(cell.shown)
    if cell.kind == "date":
        day = datetime.date.fromisoformat(cell.text)
        return _part_date(typed, day.year, day.month, day.day)
    if cell.kind == "number" and typed.isdigit() and int(typed) in _EXCEL_SERIALS and len(typed) == 5:
        day = _EXCEL_EPOCH + datetime.timedelta(days=int(typed))
        return _part_date(day.strftime("%d/%m/%Y"), day.year, day.month, day.day)
    # 5.197 is 05.1970 turned into a number by Excel, which drops the last zero.
    text = typed + "0" if cell.kind == "number" and re.fullmatch(r"\d{1,2}\.\d{3}", typed) else typed
    if found := _THREE.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), _full_year(found[3], latest_short_year)
        return _part_date(typed, year, two, one) if order == "day-first" else _part_date(typed, year, one, two)
    if found := _WORDS.fullmatch(text):
        return _part_date(typed, int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(text):
        return _part_date(typed, int(found[1]), int(found[2]), int(found[3]))
    if found := _TWO.fullmatch(text):
        return _part_date(typed, int(found[2]), int(found[1]), None)
    if found := _YEAR.fullmatch(text):
        return _part_date(typed, int(found[1]), None, None)
    return None


def is_blank_date(cell: Cell) -> bool:
    """Ô ngày bỏ trống: empty, or a sign for "not known"."""
    return fold(cell.shown) in _NOT_KNOWN


def order_of(cells: Iterable[Cell], header: str) -> DateOrder | Literal["unclear"]:
    """Thứ tự ngày, tháng của một cột: from dates that can be read one way only, else from the header's words.

    A column in which nothing can be misread is day-first. "unclear" when some date reads both ways and nothing decides, or when
    the column itself holds both orders.
    """
    day_first = month_first = open_ = False
    for cell in cells:
        found = _THREE.fullmatch(tidy(cell.text)) if cell.kind == "text" else None
        if not found:
            continue
        one, two = int(found[1]), int(found[2])
        day_first |= one > 12 >= two
        month_first |= two > 12 >= one
        open_ |= one <= 12 and two <= 12 and one != two
    words = fold(header).replace(" ", "")
    if day_first != month_first:
        return "day-first" if day_first else "month-first"
    if not open_:
        return "day-first"
    if not day_first and re.search(r"ngay/thang|dd/mm|ngay,thang|ngaythangnam", words):
        return "day-first"
    if not month_first and re.search(r"thang/ngay|mm/dd", words):
        return "month-first"
    return "unclear"


def reads_both_ways(cell: Cell) -> bool:
    """Đọc được hai cách: whether a typed date such as 3/4/1970 depends on the order."""
    found = _THREE.fullmatch(tidy(cell.text)) if cell.kind == "text" else None
    return bool(found) and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])  # type: ignore[index]


def _full_year(digits: str, latest_short_year: int) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= latest_short_year else 1900)


def _part_date(typed: str, year: int, month: int | None, day: int | None) -> PartDate | None:
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (month == 0 or day == 0):
        return None
    return PartDate(typed=typed, year=year, month=month, day=day)
