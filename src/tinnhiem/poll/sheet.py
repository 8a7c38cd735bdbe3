"""Phiếu và tổng hợp phiếu: marks, what makes a line or a sheet invalid, and how sheets add up.

Contract: a `Sheet` holds one mark per line of its ballot type, or the reason for which the whole sheet is invalid. A mark is a
choice code of the rulebook or the code of one of its line faults (`blank`, `over`, `struck`). `tally` adds sheets without looking at
their order; a `Tally` may as well be typed from tally sheets (`totals`) and carries no trace of the channel it came by.
No person and no time is known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.slate import Slate


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Một lá phiếu: marks in line order, or `invalid` with the book's reason and no marks."""

    lines: tuple[str, ...] = ()
    invalid: str | None = None


class LineTally(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả một dòng: how many sheets gave each choice; a choice nobody took counts 0."""

    line: int
    counts: dict[str, int]


class TypeTally(msgspec.Struct, frozen=True, kw_only=True):
    """Tổng hợp một loại phiếu.

    `sheets` is the number of sheets added up, invalid ones included; None where totals were typed. `invalid_by_reason` counts wholly invalid
    sheets by the book's reasons; None where unknown.
    """

    ballot: str | None
    sheets: int | None
    invalid_by_reason: dict[str, int] | None
    lines: tuple[LineTally, ...]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Tổng hợp phiếu: one `TypeTally` for each ballot type of the slate, in its order."""

    types: tuple[TypeTally, ...]


class SheetMarkUnknown(TinnhiemError):
    """A mark that the rulebook does not know."""

    code = "sheet_mark_unknown"
    vi = "Dấu “{mark}” không có trong quy định này. Dùng một trong: {allowed}."
    en = "The mark “{mark}” is not one of this rulebook. Use one of: {allowed}."


class SheetLengthWrong(TinnhiemError):
    """A sheet with more or fewer marks than its type has lines."""

    code = "sheet_length_wrong"
    vi = "Phiếu có {found} dòng, loại phiếu này có {expected} người. Nhập lại phiếu này từ bản giấy."
    en = "The sheet has {found} lines, its ballot type has {expected}. Key this sheet again from the paper."


class SheetReasonUnknown(TinnhiemError):
    """A reason for an invalid sheet that the rulebook does not know."""

    code = "sheet_reason_unknown"
    vi = "Lý do “{reason}” không có trong quy định này. Dùng một trong: {allowed}."
    en = "The reason “{reason}” is not one of this rulebook. Use one of: {allowed}."


def line_marks(book: Rulebook) -> tuple[str, ...]:
    """Các dấu có thể có trên một dòng: the choices, then the line faults, in the book's order."""
    return (*book.choice_codes(), *(fault.code for fault in book.line_invalid))


def check_sheet(sheet: Sheet, lines: int, book: Rulebook, where: str = "") -> None:
    """Kiểm tra một phiếu: raises `SheetLengthWrong`, `SheetMarkUnknown` or `SheetReasonUnknown`."""
    if sheet.invalid is not None:
        reasons = tuple(reason.code for reason in book.sheet_invalid)
        if sheet.invalid not in reasons:
            raise SheetReasonUnknown(where, reason=sheet.invalid, allowed=", ".join(reasons))
        return
    if len(sheet.lines) != lines:
        raise SheetLengthWrong(where, found=len(sheet.lines), expected=lines)
    allowed = line_marks(book)
    for mark in sheet.lines:
        if mark not in allowed:
            raise SheetMarkUnknown(where, mark=mark, allowed=", ".join(allowed))


def tally(sheets: Mapping[str | None, Iterable[Sheet]], slate: Slate, book: Rulebook) -> Tally:
    """Tổng hợp các phiếu: adds the agreed sheets of each ballot type.

    `sheets` maps a type's id to its sheets, in any order. A type without sheets counts zero everywhere. Raises as `check_sheet` does.
    """
    codes = book.choice_codes()
    types: list[TypeTally] = []
    for kind in slate.types:
        subjects = slate.lines(kind.id)
        pile = tuple(sheets.get(kind.id, ()))
        for position, sheet in enumerate(pile, start=1):
            check_sheet(sheet, len(subjects), book, f"{kind.title or 'phiếu'} #{position}")
        reasons = Counter(sheet.invalid for sheet in pile if sheet.invalid is not None)
        columns = zip(*(sheet.lines for sheet in pile if sheet.invalid is None), strict=True)
        counted = [Counter(column) for column in columns] or [Counter[str]() for _ in subjects]
        types.append(
            TypeTally(
                ballot=kind.id,
                sheets=len(pile),
                invalid_by_reason={reason: reasons[reason] for reason in sorted(reasons)},
                lines=tuple(
                    LineTally(line=subject.line, counts={code: marks[code] for code in codes})
                    for subject, marks in zip(subjects, counted, strict=True)
                ),
            )
        )
    return Tally(types=tuple(types))
