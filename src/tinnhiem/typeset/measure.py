"""Đo chữ: how wide a text is in our fonts, and where its lines break.

Contract: widths are the sums of the font's own advances, without kerning, in millimetres; whoever draws a text broken here must draw it without
kerning and ligatures too. A line breaks at a blank; a word wider than the line is broken at a letter rather than lost or let out.
"""

from __future__ import annotations

import functools
import unicodedata

from tinnhiem.typeset import fonts

POINT = 25.4 / 72
"""Millimetres in a point."""

_FACE = {
    (False, False): "Tinos_400Regular.ttf",
    (False, True): "Tinos_400Regular_Italic.ttf",
    (True, False): "Tinos_700Bold.ttf",
    (True, True): "Tinos_700Bold_Italic.ttf",
}


@functools.cache
def _advances(face: str) -> tuple[dict[str, int], int]:
    """Letter → advance in font units, and the units of an em. Raises `FontsAbsent`."""
    fonts.letters()  # says by name which file is absent
    from fontTools.ttLib import TTFont

    with TTFont(fonts.FOLDER / face, lazy=True) as font:
        widths = font["hmtx"].metrics
        advances = {chr(code): widths[name][0] for code, name in font.getBestCmap().items()}
        return advances, font["head"].unitsPerEm


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Bề rộng của một dòng chữ, in mm; `size` in points. A letter that the font lacks counts as an em."""
    advances, em = _advances(_FACE[bold, italic])
    units = sum(advances.get(letter, em) for letter in unicodedata.normalize("NFC", text))
    return units / em * size * POINT


def broken(text: str, room: float, size: float, *, bold: bool = False, italic: bool = False) -> tuple[str, ...]:
    """Ngắt dòng: the lines of a text within `room` mm; a line end in the text stays one. An empty text has no line."""
    lines: list[str] = []
    for part in unicodedata.normalize("NFC", text).split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold=bold, italic=italic) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, room, size, bold=bold, italic=italic)
            lines.extend(full)
        if line:
            lines.append(line)
    return tuple(lines)


def balanced(text: str, room: float, size: float, *, bold: bool = False, italic: bool = False) -> tuple[str, ...]:
    """Ngắt dòng cân đối: as few lines as `broken` makes, as even as they can be; for lines set in the middle."""
    fewest = broken(text, room, size, bold=bold, italic=italic)
    if len(fewest) < 2 or "\n" in text:
        return fewest
    tight = fewest
    narrow, wide = room / len(fewest), room
    for _ in range(12):
        middle = (narrow + wide) / 2
        lines = broken(text, middle, size, bold=bold, italic=italic)
        fits = len(lines) == len(fewest) and all(
            width(line, size, bold=bold, italic=italic) <= middle for line in lines
        )
        if fits and not _cut(lines, text):
            tight, wide = lines, middle
        else:
            narrow = middle
    return tight


def _cut(lines: tuple[str, ...], text: str) -> bool:
    """Whether a word was cut in two."""
    return " ".join(lines) != unicodedata.normalize("NFC", text)


def _pieces(word: str, room: float, size: float, *, bold: bool, italic: bool) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size, bold=bold, italic=italic) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
