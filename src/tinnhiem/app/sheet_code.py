"""Mã hóa phiếu thành chuỗi byte cùng độ dài: sheets as equal-length bytes, before they are sealed.

Contract: every sheet of a type takes the same number of bytes whatever is marked on it, so the length of what is sealed tells only how many
sheets there are. One byte per line, the mark's place in the book's list; a wholly invalid sheet is 0xFF and the reason's place.
"""

from __future__ import annotations

from collections.abc import Iterable

from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.sheet import Sheet, line_marks

WHOLE_SHEET = 0xFF


def encode(sheets: Iterable[Sheet], lines: int, book: Rulebook) -> bytes:
    """Sheets of `lines` lines → bytes, `max(lines, 2)` a sheet."""
    marks = {mark: place for place, mark in enumerate(line_marks(book))}
    reasons = {reason.code: place for place, reason in enumerate(book.sheet_invalid)}
    width = max(lines, 2)
    parts = []
    for sheet in sheets:
        if sheet.invalid is None:
            part = bytes(marks[mark] for mark in sheet.lines)
        else:
            part = bytes((WHOLE_SHEET, reasons[sheet.invalid]))
        parts.append(part.ljust(width, b"\0"))
    return b"".join(parts)


def decode(content: bytes, lines: int, book: Rulebook) -> tuple[Sheet, ...]:
    """The sheets that `encode` was given, in their order."""
    marks = line_marks(book)
    width = max(lines, 2)
    sheets = []
    for start in range(0, len(content), width):
        part = content[start : start + width]
        if part[0] == WHOLE_SHEET:
            sheets.append(Sheet(invalid=book.sheet_invalid[part[1]].code))
        else:
            sheets.append(Sheet(lines=tuple(marks[place] for place in part[:lines])))
    return tuple(sheets)
