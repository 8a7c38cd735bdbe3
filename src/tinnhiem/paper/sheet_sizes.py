"""Kích thước phiếu: the measures of each kind of paper, in millimetres and points.

Contract: numbers only. Sizes of type are floors: names 12 pt, posts and words 10.5 pt, never smaller; what does not fit makes a row higher or takes
another side. Where the numbers come from: paper targets of the field (boxes of 5 mm, markers 10 mm and 10–12 mm from the edges, stamp 45 × 45 mm).
"""

from __future__ import annotations

import msgspec

from tinnhiem.poll.ballot_form import BallotForm

STAMP = 45.0
"""Dấu treo: the side of the square that is kept free of machine marks."""

MOST_ROWS = 30
"""Rows on a side at most: more can no longer be followed by eye."""


class SheetSizes(msgspec.Struct, frozen=True, kw_only=True):
    """Kích thước của một khổ giấy. `stacked` sets the post under the name in one column."""

    width: float
    height: float
    margin: float
    marker: float = 10.0
    quiet: float = 3.0
    fifth: float
    """Top of the marker at mid-left: away from the middle and the thirds, where sheets are folded."""
    box: float = 5.0
    pitch: float
    """From one column of boxes to the next."""
    number: float
    """Column with the running number, at the left."""
    number_again: float
    """The same at the right, 0 for none."""
    stacked: bool
    """Whether the post stands under the name, in one column."""
    name_size: float = 12.0
    post_size: float = 10.5
    word_size: float = 10.5
    title_size: float = 15.0
    one_line: float = 7.2
    two_lines: float = 9.5
    more_line: float = 4.6
    code: float = 14.0
    signature: float = 26.0
    """Height of the foot with the signature line."""
    foot: float = 18.0
    """Height of the foot with the code and the calibration boxes."""

    def row_height(self, lines: int) -> float:
        """Chiều cao của một dòng whose longest entry takes `lines` lines of type."""
        if lines <= 1:
            return self.one_line
        return round(self.two_lines + (lines - 2) * self.more_line, 2)


A4 = SheetSizes(width=210, height=297, margin=12, fifth=118, pitch=22, number=9, number_again=8, stacked=False)
A5 = SheetSizes(
    width=148, height=210, margin=10, fifth=84, pitch=18, number=8, number_again=0, stacked=True,
    title_size=14, signature=24, foot=18,
)  # fmt: skip
LARGE = SheetSizes(
    width=210, height=297, margin=12, fifth=118, pitch=25, number=11, number_again=0, stacked=True, box=7,
    name_size=16, post_size=13.5, word_size=13.5, title_size=19, one_line=10.5, two_lines=13.5, more_line=6,
)  # fmt: skip


def sizes_of(form: BallotForm) -> SheetSizes:
    """Kích thước theo mẫu phiếu; large print is A4 whatever the form says."""
    if form.large_print:
        return LARGE
    return A5 if form.paper == "A5" else A4
