"""Tệp chữ: bytes that came from outside, to text, to cells, to whole numbers.

Contract: nothing is guessed. Bytes are UTF-8 (a byte order mark is allowed) or refused; a workbook or archive is named as what it
is; control and invisible characters are refused with their place; CSV is comma-separated and strict. Cells are trimmed and NFC. Numbers
are whole, in the digits 0–9, at most `LARGEST`; a percentage becomes an exact `Fraction`. No float is made anywhere.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.poll import file_faults as fault

LARGEST = 999_999
"""Số lớn nhất nhận được: beyond any body that votes; a larger number is a slip of the keyboard."""

MOST_LINES = 1_000
"""Dòng phiếu nhiều nhất của một đợt, over all its ballot types: twenty times the longest list that was ever voted on."""

ROUND_LIMIT = 500_000
"""Bytes taken of a ROUND.toml; tables may be larger, and files of keyed sheets larger still."""

ROWS_LIMIT = 5_000_000
READING_LIMIT = 50_000_000

MOST_COLUMNS = 200
"""Columns of a heading that are told one by one: with more, the file is no table of ours."""

LONGEST_LINE = 2_000
"""Characters taken on one line of a ROUND.toml: a parser of TOML takes the square of a long dotted key."""

_MAGIC = (
    (b"PK\x03\x04", "Excel/ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel/Word 97–2003"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_WHOLE = re.compile(r"[0-9]+")
_NEGATIVE = re.compile(r"[-\u2212][0-9]+(?:[.,][0-9]+)?")
_PERCENTAGE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,9}))?[ \u00a0]?%?")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng của tệp CSV: `number` is the line in the file, `cells` by column, trimmed."""

    number: int
    cells: dict[str, str]


def decode(data: bytes, where: str, limit: int = ROWS_LIMIT) -> str:
    """Bytes to text. Raises one of `FileEmpty`, `FileTooLarge`, `FileNotText`, `FileNotUtf8`, `HiddenCharacter`."""
    if len(data) > limit:
        raise fault.FileTooLarge(where, size=len(data), limit=limit)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise fault.FileNotText(where, kind=kind)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault.FileNotUtf8(where, at=error.start + 1) from None
    if not text.strip():
        raise fault.FileEmpty(where)
    for number, line in enumerate(text.split("\n"), start=1):
        found = hidden_character(line.removesuffix("\r"))
        if found:
            raise fault.HiddenCharacter(f"{where} dòng {number}", mark=found)
    return text


def hidden_character(text: str) -> str | None:
    """The first control, format, replacement or unassigned character of a line, as "U+200B"; None where there is none."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or character == "\ufffd":
            return f"U+{ord(character):04X}"
    return None


def read_cells(text: str, where: str, required: Sequence[str], optional: Sequence[str]) -> tuple[Row, ...]:
    """CSV text to rows by column, in file order; lines of nothing but empty cells are passed over.

    Raises `Faults` with every fault of the heading, or every row that has too many or too few cells.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Row] = []
    faults: list[TinnhiemError] = []
    heading: list[str] | None = None
    while True:
        start = rows.line_num + 1
        try:
            cells = [unicodedata.normalize("NFC", cell.strip(" \u00a0")) for cell in next(rows)]
        except StopIteration:
            break
        except csv.Error:
            # After a broken quote nothing that follows can be told apart.
            faults.append(fault.CsvMalformed(f"{where} dòng {start}"))
            break
        if not any(cells):
            continue
        broken = next((cell for cell in cells if "\n" in cell or "\r" in cell), None)
        if broken is not None:
            mark = f"U+{0x0A if chr(10) in broken else 0x0D:04X}"
            faults.append(fault.HiddenCharacter(f"{where} dòng {start}", mark=mark))
        elif heading is None:
            heading = cells
            _check_heading(heading, f"{where} dòng {start}", required, optional)
        elif len(cells) > len(heading):
            faults.append(fault.CellsExtra(f"{where} dòng {start}", found=len(cells), expected=len(heading)))
        elif len(cells) < len(heading):
            faults.append(fault.CellsMissing(f"{where} dòng {start}", found=len(cells), expected=len(heading)))
        else:
            found.append(Row(number=start, cells=dict(zip(heading, cells, strict=True))))
    if faults:
        raise Faults(faults)
    if not found:
        raise fault.FileEmpty(where)
    return tuple(found)


def whole_number(text: str, where: str, least: int = 0, most: int = LARGEST) -> int:
    """Số nguyên từ `least` đến `most`. Raises a number fault that names the text."""
    if _NEGATIVE.fullmatch(text):
        raise fault.NumberNegative(where, found=_shown(text))
    if not _WHOLE.fullmatch(text):
        raise fault.NumberMalformed(where, found=_shown(text))
    digits = text.lstrip("0") or "0"
    if len(digits) > len(str(most)) or int(digits) > most:
        raise fault.NumberTooLarge(where, found=_shown(text), limit=most)
    number = int(digits)
    if number < least:
        raise fault.NumberTooSmall(where)
    return number


def percentage(text: str, where: str) -> Fraction:
    """Tỷ lệ phần trăm như in: "66,67", "66.67 %" → exactly 6667/100. Raises `PercentageMalformed`, `NumberNegative`."""
    if _NEGATIVE.fullmatch(text.removesuffix("%").rstrip(" \u00a0")):
        raise fault.NumberNegative(where, found=_shown(text))
    match = _PERCENTAGE.fullmatch(text)
    if match is None:
        raise fault.PercentageMalformed(where, found=_shown(text))
    whole, decimals = match[1], match[2] or ""
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _check_heading(heading: Sequence[str], where: str, required: Sequence[str], optional: Sequence[str]) -> None:
    allowed = (*required, *optional)
    if len(heading) == 1 and ";" in heading[0]:
        raise fault.SemicolonsFound(where)
    if len(heading) > MOST_COLUMNS:
        raise fault.CellsExtra(where, found=len(heading), expected=len(allowed))
    faults: list[TinnhiemError] = []
    for position, column in enumerate(heading):
        if column in heading[:position]:
            faults.append(fault.ColumnTwice(where, column=_shown(column)))
        elif column not in allowed:
            faults.append(fault.ColumnUnknown(where, column=_shown(column), allowed=", ".join(allowed)))
    faults.extend(fault.ColumnMissing(where, column=column) for column in required if column not in heading)
    if faults:
        raise Faults(faults)


def _shown(text: str) -> str:
    """What was found, cut to a length that fits into a sentence."""
    return text if len(text) <= 40 else text[:40] + "…"
