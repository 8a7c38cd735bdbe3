"""What is drawn on a side, as areas: for holding one thing on the sheet against another."""

from __future__ import annotations

from tinnhiem.paper.drawing import Area, Rule, Shape, Stroke, Text
from tinnhiem.typeset import measure

ASCENT, DESCENT = 0.9, 0.22
"""Above and below the baseline, in sizes: Vietnamese capitals with two marks reach highest."""


def area_of(stroke: Stroke) -> Area:
    """The paper that a stroke covers."""
    match stroke:
        case Text():
            wide = measure.width(stroke.text, stroke.size, bold=stroke.bold, italic=stroke.italic)
            em = stroke.size * measure.POINT
            if stroke.turned:
                return Area(stroke.x - ASCENT * em, stroke.y - wide, (ASCENT + DESCENT) * em, wide)
            return Area(stroke.x, stroke.y - ASCENT * em, wide, (ASCENT + DESCENT) * em)
        case Rule():
            left, right = sorted((stroke.x1, stroke.x2))
            top, bottom = sorted((stroke.y1, stroke.y2))
            return Area(left, top, right - left, bottom - top).grown(stroke.width / 2)
        case Shape():
            return stroke.area


def texts(strokes: tuple[Stroke, ...]) -> list[Text]:
    return [stroke for stroke in strokes if isinstance(stroke, Text)]


def gap(one: Area, other: Area) -> float:
    """The white between two areas, mm; 0 where they meet."""
    across = max(other.x - one.right, one.x - other.right, 0.0)
    down = max(other.y - one.bottom, one.y - other.bottom, 0.0)
    return (across**2 + down**2) ** 0.5
