"""Phương án in một loại phiếu: what all sides of one ballot type share.

Contract: a value that `laying_out` fills once for each type and `side_drawing` draws from; no place of a row stands here.
"""

from __future__ import annotations

import msgspec

from tinnhiem.law.rulebook import Choice
from tinnhiem.paper.columns import Columns
from tinnhiem.paper.sheet_sizes import SheetSizes
from tinnhiem.paper.sheet_words import SheetWords


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Phương án in. `band` is the place of the type among the types where a band is printed, None on coloured paper; `signed` a line to sign on the last side."""

    ballot: str | None
    people: int
    choices: tuple[Choice, ...]
    sizes: SheetSizes
    columns: Columns
    words: SheetWords
    signed: bool
    band: int | None
    rehearsal: bool
