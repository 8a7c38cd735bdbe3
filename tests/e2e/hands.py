"""Những bàn tay và một máy quét: the ballots an organiser downloaded, marked with pen strokes and scanned to files.

Contract: knows a ballot only by its PDF: boxes are the small squares drawn there, one row of them for each name. Shares no geometry with the reader or the printer, so that
a mark put into the second square of a row is the second choice of that row to anybody who looks at the paper.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

DPI = 200
PER_POINT, PER_MM = DPI / 72, DPI / 25.4
INK, STAMP, PAPER = (24, 30, 96), (198, 26, 44), (254, 253, 250)
CHOICES = 3
NAME = (36.0, 62.0)
"""Millimetres from the left edge where a name stands, on A4 as on A5."""

Spot = tuple[float, float]


class Square(msgspec.Struct, frozen=True):
    """Một ô: its corner and side, in pixels of the rendered page."""

    x: float
    y: float
    side: float

    def at(self, right: float, down: float) -> Spot:
        """A place in the box, as shares of its side."""
        return self.x + self.side * right, self.y + self.side * down


class Side(msgspec.Struct, frozen=True):
    """Một mặt phiếu trắng: its picture and its rows of boxes, from the top."""

    picture: Image.Image
    rows: tuple[tuple[Square, ...], ...]


def sides(ballot: Path, count: int = 1) -> tuple[Side, ...]:
    """The sides of the first sheet of a downloaded pile, `count` of them."""
    with pypdfium2.PdfDocument(ballot) as document:
        return tuple(_side(document[number]) for number in range(count))


def _side(page: pypdfium2.PdfPage) -> Side:
    rows: dict[int, list[Square]] = {}
    for drawn in page.get_objects(max_depth=10):
        if drawn.type != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = drawn.get_bounds()
        # A box is 5 mm (7 mm in large print) and its line; a drawn example is a box too, but stands in no row of three.
        if abs((right - left) - (top - bottom)) < 0.2 and 13.5 < right - left < 22:
            square = Square(left * PER_POINT, (page.get_height() - top) * PER_POINT, (right - left) * PER_POINT)
            rows.setdefault(round(square.y), []).append(square)
    found = tuple(tuple(sorted(row, key=lambda box: box.x)) for _, row in sorted(rows.items()) if len(row) == CHOICES)
    return Side(page.render(scale=PER_POINT).to_pil().convert("RGB"), found)


class Hand:
    """Một bàn tay: how wide its pen, how large and how slanted its crosses, how far it strays from the middle of a box."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.width = dice.choice((3, 4, 5))
        self.reach, self.slant = dice.uniform(0.3, 0.5), dice.uniform(-0.12, 0.12)

    def line(self, pen: ImageDraw.ImageDraw, spots: Sequence[Spot]) -> None:
        """A stroke through these places."""
        pen.line(list(spots), fill=INK, width=self.width, joint="curve")

    def cross(self, pen: ImageDraw.ImageDraw, box: Square) -> None:
        """Two strokes that meet somewhere near the middle of a box."""
        middle = [0.5 + self.dice.uniform(-0.1, 0.1) for _ in range(2)]

        def at(right: float, down: float) -> Spot:
            stray = (self.dice.uniform(-0.07, 0.07) for _ in range(2))
            x = middle[0] + right * self.reach + down * self.slant + next(stray)
            return box.at(x, middle[1] + down * self.reach + next(stray))

        self.line(pen, [at(-1, -1), at(0, 0), at(1, 1)])
        self.line(pen, [at(1, -1), at(0, 0), at(-1, 1)])

    def scribble(self, pen: ImageDraw.ImageDraw, box: Square) -> None:
        """A box filled until nothing in it can be told."""
        for _turn in range(7):
            self.line(pen, [box.at(self.dice.uniform(0.05, 0.95), self.dice.uniform(0.05, 0.95)) for _bend in range(4)])

    def strike(self, pen: ImageDraw.ImageDraw, beside: Square) -> None:
        """Through the name, which stands at the left of its row."""
        height = beside.at(0, 0.5)[1]
        steps = [(NAME[0] + (NAME[1] - NAME[0]) * part / 8) * PER_MM for part in range(9)]
        self.line(pen, [(x, height + self.dice.uniform(-3, 3)) for x in steps])

    def row(self, pen: ImageDraw.ImageDraw, row: Sequence[Square], sign: str) -> None:
        """What a sign says of one name."""
        if sign in "123":
            self.cross(pen, row[int(sign) - 1])
        elif sign == "*":
            self.cross(pen, row[0])
            self.cross(pen, row[2])
        elif sign == "-":
            self.cross(pen, row[0])
            self.strike(pen, row[0])
        elif sign == "x":
            self.scribble(pen, row[1])
            self.cross(pen, row[2])
        else:
            assert sign == "0", sign


def mark(blank: Sequence[Side], sheet: str, dice: random.Random, *, stamped: bool = True) -> list[Image.Image]:
    """One sheet filled in by one hand: a sign for each name, over all its sides; flat on the table.

    1, 2, 3 a cross; 0 nothing; * two crosses; - a cross and the name struck out; x a box scribbled out and a cross in another (the last).
    """
    signs, hand = iter(sheet), Hand(dice)
    done = []
    for number, side in enumerate(blank):
        page = side.picture.copy()
        pen = ImageDraw.Draw(page)
        for row in side.rows:
            hand.row(pen, row, next(signs))
        if stamped and number == 0:
            _stamp(pen, dice)
        done.append(page)
    assert next(signs, None) is None, "more signs than names"
    return done


def laid(page: Image.Image, dice: random.Random) -> Image.Image:
    """The page as the scanner pulls it in: a little askew, never twice the same."""
    return page.rotate(dice.uniform(-0.6, 0.6), resample=Image.Resampling.BILINEAR, fillcolor=PAPER)


def scan(target: Path, pages: Sequence[Image.Image]) -> Path:
    """Tệp của máy quét."""
    pages[0].save(target, format="PDF", save_all=True, append_images=list(pages[1:]), resolution=DPI, quality=80)
    return target


def pile(
    target: Path, blank: Sequence[Side], sheets: Sequence[str], seed: int = 1, *, unstamped: Sequence[int] = ()
) -> Path:
    """A whole pile marked and scanned; `unstamped` are sheets (from 1) without the hanging stamp."""
    dice = random.Random(seed)
    pages = [
        laid(page, dice)
        for number, sheet in enumerate(sheets, 1)
        for page in mark(blank, sheet, dice, stamped=number not in unstamped)
    ]
    return scan(target, pages)


def _stamp(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    """A round red stamp over the name of the body, at the top left."""
    x, y = (46 + dice.uniform(-3, 3)) * PER_MM, (28 + dice.uniform(-3, 3)) * PER_MM
    for radius, width in ((16 * PER_MM, 5), (11 * PER_MM, 2)):
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], outline=STAMP, width=width)
