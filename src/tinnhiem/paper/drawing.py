"""Nét vẽ: what is printed on a side, as a list that a printer draws and a reader may hold a scan against.

Contract: places in millimetres from the page's top-left corner, y downwards; text sizes in points; greys from 0 (black) to 100 (white). A text stands on
its baseline and is drawn without kerning and ligatures, as it was measured. Nothing here knows a ballot.
"""

from __future__ import annotations

import msgspec

from tinnhiem.typeset import measure


class Area(msgspec.Struct, frozen=True, array_like=True):
    """Một hình chữ nhật: its top-left corner, width and height, mm."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    def grown(self, margin: float) -> Area:
        """The area with `margin` mm more on every side, less where it is negative."""
        return Area(self.x - margin, self.y - margin, self.w + 2 * margin, self.h + 2 * margin)

    def meets(self, other: Area) -> bool:
        """Whether the two have a point in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


class Text(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Một dòng chữ: `x` is its left end, `y` its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    italic: bool = False
    white: bool = False
    turned: bool = False
    """Read from the bottom upwards; `x`, `y` are then the lower end of the baseline."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, tag="rule"):
    """Một nét thẳng: `width` in mm."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    grey: int = 0


class Shape(msgspec.Struct, frozen=True, kw_only=True, tag="shape"):
    """Một khung hoặc một mảng: `line` mm wide (0: none, drawn inside the area's edge line), filled with a grey or a colour ("#rrggbb"), "" for neither."""

    area: Area
    line: float = 0
    grey: int | None = None
    colour: str = ""


Stroke = Text | Rule | Shape


def set_line(
    text: str,
    room: Area,
    baseline: float,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "centre",
) -> Text:
    """Đặt một dòng chữ in `room`, at the left or in the middle, its baseline at `baseline`."""
    wide = measure.width(text, size, bold=bold, italic=italic)
    x = room.x if align == "left" else room.x + (room.w - wide) / 2
    return Text(x=hundredth(x), y=hundredth(baseline), text=text, size=size, bold=bold, italic=italic)


def hundredth(value: float) -> float:
    """Làm tròn đến 0,01 mm: finer is noise, and would make the hash depend on the machine's arithmetic."""
    return round(value, 2) + 0.0
