"""Số và ngày bằng chữ: whole numbers read out in Vietnamese, days and hours as official papers write them.

Contract: numbers from 0 to 999.999 as a board reads them (mốt, tư, lăm); the word for an empty tens place is a setting (`linh` in the
North, `lẻ` in the South). Days carry a leading zero below ten, months only in January and February. Blanks inside a date, an hour
or a number with its unit never break across lines.
"""

from __future__ import annotations

import datetime
from typing import Literal

from tinnhiem.errors import TinnhiemError

ZeroTens = Literal["linh", "lẻ"]
Spelling = Literal["ủy", "uỷ"]

NBSP = "\u00a0"
LARGEST = 999_999
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class NumberUnreadable(TinnhiemError):
    """A number that is not read out here."""

    code = "number_unreadable"
    vi = "Không đọc được số {number} thành chữ; chỉ đọc số nguyên từ 0 đến 999.999."
    en = "{number} cannot be put into words; only whole numbers from 0 to 999,999 are."


def in_words(number: int, zero_tens: ZeroTens = "linh") -> str:
    """Số viết bằng chữ: 47 → "bốn mươi bảy", 105 → "một trăm linh năm". Raises `NumberUnreadable`."""
    if not 0 <= number <= LARGEST:
        raise NumberUnreadable(number=number)
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest, zero_tens, leading=False)
    head = f"{_below_thousand(thousands, zero_tens, leading=False)} nghìn"
    return f"{head} {_below_thousand(rest, zero_tens, leading=True)}" if rest else head


def _below_thousand(number: int, zero_tens: ZeroTens, *, leading: bool) -> str:
    """`leading`: something stands before, so an empty hundreds place is read ("không trăm")."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    read = [DIGITS[hundreds], "trăm"] if hundreds or leading else []
    if tens > 1:
        read += [DIGITS[tens], "mươi"]
    elif tens == 1:
        read.append("mười")
    elif units and read:
        read.append(zero_tens)
    if units == 1 and tens > 1:
        read.append("mốt")
    elif units == 4 and (tens > 1 or (tens == 0 and read)):
        read.append("tư")
    elif units == 5 and tens:
        read.append("lăm")
    elif units or not read:
        read.append(DIGITS[units])
    return " ".join(read)


def long_date(day: datetime.date) -> str:
    """Ngày viết đầy đủ: "ngày 05 tháng 7 năm 2023"."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày{NBSP}{day.day:02d} tháng{NBSP}{month} năm{NBSP}{day.year}"


def short_date(day: datetime.date) -> str:
    """Ngày viết gọn: "05/7/2023"."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def hour(moment: datetime.time | None) -> str:
    """Giờ viết đầy đủ: "09 giờ 30 phút"; dots to write on where it is not known."""
    if moment is None:
        return f"……{NBSP}giờ ……{NBSP}phút"
    return f"{moment.hour:02d}{NBSP}giờ{NBSP}{moment.minute:02d}{NBSP}phút"


def spelled(text: str, spelling: Spelling) -> str:
    """Thống nhất cách viết: every "ủy" with the mark where the office puts it."""
    pairs = (("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ỦY", "UỶ"))
    for first, second in pairs:
        text = text.replace(first, second) if spelling == "uỷ" else text.replace(second, first)
    return text


def roman(number: int) -> str:
    """Số La Mã của mục lớn: 1 → "I"; 1 to 39."""
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]
