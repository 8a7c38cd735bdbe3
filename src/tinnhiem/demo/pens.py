"""Bút của người ghi phiếu: fifty marked sheets, and what two tables read of them.

Contract: marks are thrown with dice, sheet by sheet, in no order of persons: nothing here knows which voter a sheet belongs to. The true sheets
are what lies on the table; a reading copies them with a few planted slips, so that reconciling has something to find.
"""

from __future__ import annotations

import random

import msgspec

from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.sheet import Sheet


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """Một lỗi gài: at which table, which sheet (1-based in the pile), which line, and what is keyed there instead."""

    station: int
    sheet: int
    line: int
    mark: str


def mark_sheets(dice: random.Random, book: Rulebook, lines: int, sheets: int) -> tuple[Sheet, ...]:
    """Ghi phiếu: each subject has a standing of their own; a few lines are left blank or marked twice, one sheet is wholly invalid."""
    codes = book.choice_codes()
    faults = tuple(fault.code for fault in book.line_invalid)
    standings = [_standing(dice, len(codes)) for _ in range(lines)]
    # One subject in trouble, so that bands and what follows from them can be seen.
    standings[dice.randrange(lines)] = tuple([15, 25, 60][: len(codes)])
    pile = [Sheet(lines=tuple(dice.choices(codes, weights)[0] for weights in standings)) for _ in range(sheets)]
    for _ in range(4):
        place, line = dice.randrange(sheets), dice.randrange(lines)
        pile[place] = _marked(pile[place], line, dice.choice(faults))
    pile[dice.randrange(sheets)] = Sheet(invalid=dice.choice(book.sheet_invalid).code)
    return tuple(pile)


def _standing(dice: random.Random, choices: int) -> tuple[int, ...]:
    best = dice.randint(55, 92)
    rest = 100 - best
    low = dice.randint(0, rest // 3)
    weights = (best, rest - low, low)
    return weights[:choices]


def _marked(sheet: Sheet, line: int, mark: str) -> Sheet:
    if sheet.invalid is not None:
        return sheet
    return Sheet(lines=(*sheet.lines[:line], mark, *sheet.lines[line + 1 :]))


def misread(
    dice: random.Random, book: Rulebook, pile: tuple[Sheet, ...], station: int, slips: int
) -> tuple[Sheet, ...]:
    """Một bàn đọc một tập, with `slips` slips of the hand on different sheets."""
    read = list(pile)
    places = [place for place, sheet in enumerate(pile) if sheet.invalid is None]
    # Tables slip on different sheets: each takes its own half of the pile.
    for place in dice.sample(places[station - 1 :: 2], slips):
        line = dice.randrange(len(pile[place].lines))
        others = [code for code in book.choice_codes() if code != pile[place].lines[line]]
        read[place] = _marked(pile[place], line, dice.choice(others))
    return tuple(read)
