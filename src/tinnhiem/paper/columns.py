"""Cột và dòng của bảng trên phiếu: how wide each column is, and what of an entry stands on which line of type.

Contract: columns fill the width between the markers and the right edge; type never shrinks: a long entry takes more lines and a higher row.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tinnhiem.paper.drawing import hundredth
from tinnhiem.paper.sheet_sizes import SheetSizes
from tinnhiem.poll.slate import Subject
from tinnhiem.typeset import measure

PADDING = 1.5
"""White at both sides of a text in its cell, mm."""

LEAST_TEXT = 44.0
"""A column of text narrower than this breaks every name in two; boxes then move closer, down to `LEAST_PITCH`."""

LEAST_PITCH = 14.0

SHARES = (47, 50, 44, 53, 41, 56, 38)
"""Per cent of the room that the name may take beside the post, the usual first."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Các cột của bảng, left edges and widths in mm: number, name, post (None where stacked under the name), boxes, number again."""

    left: float
    right: float
    number: float
    name: float
    name_width: float
    post: float | None
    post_width: float
    boxes: float
    pitch: float
    number_again: float | None


def columns_of(sizes: SheetSizes, choices: int, people: Sequence[Subject]) -> Columns:
    """Các cột cho danh sách này: no number where the ballot has one name, as State forms have it.

    Name and post share their room so that the whole list is lowest.
    """
    if sizes.stacked:
        return _columns(sizes, choices, len(people), 100)
    tried = [_columns(sizes, choices, len(people), share) for share in SHARES]
    return min(tried, key=lambda columns: sum(entry_of(person, columns, sizes).height(sizes) for person in people))


def _columns(sizes: SheetSizes, choices: int, people: int, share: int) -> Columns:
    left = sizes.margin + sizes.marker + sizes.quiet
    right = sizes.width - sizes.margin
    number = sizes.number if people > 1 else 0.0
    again = sizes.number_again if people > 1 else 0.0
    room = right - left - number - again - choices * sizes.pitch
    pitch = sizes.pitch
    if room < LEAST_TEXT:
        pitch = max(LEAST_PITCH, pitch - (LEAST_TEXT - room) / choices)
        room = right - left - number - again - choices * pitch
    name_width = room * share / 100
    boxes = left + number + room
    return Columns(
        left=left,
        right=right,
        number=number,
        name=left + number,
        name_width=hundredth(name_width),
        post=None if sizes.stacked else hundredth(left + number + name_width),
        post_width=hundredth(room if sizes.stacked else room - name_width),
        boxes=hundredth(boxes),
        pitch=hundredth(pitch),
        number_again=hundredth(boxes + choices * pitch) if again else None,
    )


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Một người, broken into lines of type."""

    line: int
    name: tuple[str, ...]
    post: tuple[str, ...]

    def height(self, sizes: SheetSizes) -> float:
        """Chiều cao của dòng."""
        lines = len(self.name) + len(self.post) if sizes.stacked else max(len(self.name), len(self.post))
        return sizes.row_height(lines)


def entry_of(person: Subject, columns: Columns, sizes: SheetSizes) -> Entry:
    """Một người ngắt thành các dòng chữ cho những cột này."""
    return Entry(
        line=person.line,
        name=measure.broken(person.name, columns.name_width - 2 * PADDING, sizes.name_size, bold=True),
        post=measure.broken(person.post, columns.post_width - 2 * PADDING, sizes.post_size),
    )
