"""Biểu đồ: one stacked bar as SVG, the same on a screen and on paper.

Contract: whole numbers only, no clock, no chance: the same counts give the same text. A segment has a colour, a pattern and a label, so that it
can be told on a black-and-white print and by people who do not see colours; red and green never stand for anything. Colours go by position, not by what
a choice means. The last segment is what is left up to the base. Text for screen readers says every figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from tinnhiem.typeset.fonts import FAMILY, OFFICE_FAMILY

WIDTH, HEIGHT = 1000, 46
LEGEND_BOX, LEGEND_TYPE = 48, 26
"""Room of a legend's square with its gap, and the height of its type."""
NARROWEST_FOR_LABEL = 34
SIZE = 28

INKS = ("#1b4f8a", "#8fb8de", "#e0a030", "#6b4c9a", "#b8a07a")
"""Màu các mức theo thứ tự in trên phiếu: told apart by people with any kind of colour vision, and by their greys."""

REST_INK = "#9a9a9a"
LIGHT_TEXT = ("#1b4f8a", "#6b4c9a")

# What is drawn over the colour, by position: nothing, dots, slanted lines, upright lines, lying lines; a grid for the rest.
PATTERNS = (
    "",
    '<circle cx="4" cy="4" r="1.6" fill="#20456b"/>',
    '<path d="M-2 10 L10 -2 M6 18 L18 6" stroke="#5c3d00" stroke-width="1.6"/>',
    '<path d="M4 0 V12" stroke="#ffffff" stroke-width="1.6"/>',
    '<path d="M0 4 H12" stroke="#4a3b20" stroke-width="1.6"/>',
)
REST_PATTERN = '<path d="M0 0 L12 12 M12 0 L0 12" stroke="#4d4d4d" stroke-width="1"/>'


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Một đoạn của thanh: its label, the number it stands for, and the words said of it ("38 phiếu, 80,85%")."""

    label: str
    count: int
    told: str = ""


def stacked_bar(key: str, title: str, segments: Sequence[Segment], base: int | None, rest: str) -> str:
    """Thanh xếp chồng của một người.

    `key` makes the names inside unique on a page; `segments` stand in printed order; `rest` labels what is left up to `base`. Without a base
    (None or 0) an empty frame is drawn. Returns one `<svg>` element.
    """
    counted = sum(segment.count for segment in segments)
    parts = list(segments)
    if base:
        left = max(0, base - counted)
        parts.append(Segment(label=rest, count=left))
    whole = max(base or 0, counted) if base else 0
    inks = [_ink(number, last=bool(base) and number == len(parts) - 1) for number in range(len(parts))]
    definitions = "".join(_pattern(key, number, drawn) for number, (_, drawn) in enumerate(inks))
    drawn = _rectangles(key, parts, whole, inks) if whole else ""
    said = "; ".join(f"{part.label}: {part.told or part.count}" for part in parts) if whole else "Chưa có kết quả"
    name = escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f"<defs>{definitions}</defs>{drawn}"
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="none" stroke="#333333" stroke-width="2"/></svg>'
    )


def legend(key: str, labels: Sequence[str], rest: str) -> str:
    """Chú giải: each colour and pattern with its label, the rest last."""
    every = (*labels, rest)
    # A letter is about half as wide as the type is high; what is left over stands between the entries.
    widths = [LEGEND_BOX + LEGEND_TYPE * len(label) // 2 for label in every]
    gap = max(LEGEND_TYPE, (WIDTH - sum(widths)) // len(every))
    starts = [sum(widths[:number]) + gap * number for number in range(len(every))]
    whole = max(WIDTH, starts[-1] + widths[-1])
    inks = [_ink(number, last=number == len(labels)) for number in range(len(every))]
    definitions = "".join(_pattern(key, number, drawn) for number, (_, drawn) in enumerate(inks))
    drawn = "".join(
        _filled(key, number, inks[number], f'x="{starts[number]}" y="4" width="38" height="38"')
        + f'<text x="{starts[number] + LEGEND_BOX}" y="33" font-family="{_family()}" font-size="{LEGEND_TYPE}">'
        + f"{escape(label)}</text>"
        for number, label in enumerate(every)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HEIGHT}" role="img" '
        f'aria-label="{escape("Chú giải: " + ", ".join(every))}"><defs>{definitions}</defs>{drawn}</svg>'
    )


def _ink(number: int, *, last: bool) -> tuple[str, str]:
    return (REST_INK, REST_PATTERN) if last else (INKS[number % len(INKS)], PATTERNS[number % len(PATTERNS)])


def _pattern(key: str, number: int, drawn: str) -> str:
    """A pattern without a ground: the ground is drawn whole, because tiles of it would show their seams."""
    if not drawn:
        return ""
    return (
        f'<pattern id="{escape(key)}-{number}" width="12" height="12" patternUnits="userSpaceOnUse">{drawn}</pattern>'
    )


def _filled(key: str, number: int, ink: tuple[str, str], place: str) -> str:
    """One rectangle in its colour, and once more in its pattern."""
    colour, drawn = ink
    ground = f'<rect {place} fill="{colour}"/>'
    return ground + (f'<rect {place} fill="url(#{escape(key)}-{number})"/>' if drawn else "")


def _rectangles(key: str, parts: Sequence[Segment], whole: int, inks: Sequence[tuple[str, str]]) -> str:
    made = []
    passed = 0
    for number, part in enumerate(parts):
        start, end = passed * WIDTH // whole, (passed + part.count) * WIDTH // whole
        passed += part.count
        if not part.count:
            continue
        place = f'x="{start}" y="0" width="{end - start}" height="{HEIGHT}"'
        made.append(_filled(key, number, inks[number], place))
        made.append(f'<path d="M{end} 0 V{HEIGHT}" stroke="#ffffff" stroke-width="3"/>')
        if end - start >= NARROWEST_FOR_LABEL:
            made.append(_label(str(part.count), (start + end) // 2, inks[number][0]))
    return "".join(made)


def _label(text: str, middle: int, ink: str) -> str:
    """The number on a plain ground, so that the pattern does not run through it."""
    width = 15 * len(text) + 10
    letters = "#ffffff" if ink in LIGHT_TEXT else "#000000"
    return (
        f'<rect x="{middle - width // 2}" y="8" width="{width}" height="30" fill="{ink}"/>'
        f'<text x="{middle}" y="33" text-anchor="middle" font-family="{_family()}" font-size="{SIZE}" fill="{letters}">{text}</text>'
    )


def _family() -> str:
    return f"{FAMILY}, {OFFICE_FAMILY}, serif"
