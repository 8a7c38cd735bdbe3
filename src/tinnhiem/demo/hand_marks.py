"""Phiếu đã ghi và đã quét: sheets marked by invented hands, as an office scanner gives them.

Contract: draws on the printed ballot, at the places of the layout, what a `Sheet` says, and nothing that tells whose sheet it is. Hands differ from sheet to sheet: pen, slant,
size, how far a mark leaves its box. The pages lie a little askew, in colour, with the hanging stamp. This is a demonstration; what the reader is judged by is drawn elsewhere, by
a generator that knows nothing of it.
"""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator, Sequence

import msgspec
from PIL import Image, ImageDraw

from tinnhiem.law.rulebook import Rulebook
from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.sheet_layout import Row, SheetLayout, Side
from tinnhiem.poll.sheet import Sheet

DPI = 200
PEN_INKS = ((24, 32, 96), (20, 20, 28), (16, 44, 120))
STAMP_INK = (200, 24, 40)
PAPER = (253, 252, 248)

Spot = tuple[float, float]


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Một bàn tay: ink, width of the pen in mm, size of a mark as a share of the box, how far it strays in mm."""

    ink: tuple[int, int, int]
    pen: float
    size: float
    stray: float


def scanned(
    layout: SheetLayout, book: Rulebook, pile: Sequence[Sheet], dice: random.Random, ballot: str | None = None
) -> bytes:
    """Một tệp PDF của máy quét: every side of every sheet of `pile`, in its order."""
    sides = layout.sides_of(ballot)
    blanks = [_render(layout, side) for side in sides]
    pages = [page for sheet in pile for page in _sheet(sheet, book, sides, blanks, dice)]
    file = io.BytesIO()
    pages[0].save(file, format="PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=80)
    return file.getvalue()


def _render(layout: SheetLayout, side: Side) -> Image.Image:
    import pypdfium2

    with pypdfium2.PdfDocument(ballot_print.draw(layout, sides=[side])) as document:
        drawn: Image.Image = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    return drawn


def _sheet(
    sheet: Sheet, book: Rulebook, sides: Sequence[Side], blanks: Sequence[Image.Image], dice: random.Random
) -> Iterator[Image.Image]:
    hand = Hand(
        ink=dice.choice(PEN_INKS),
        pen=dice.uniform(0.3, 0.6),
        size=dice.uniform(0.7, 1.05),
        stray=dice.uniform(0.1, 0.5),
    )
    # A sheet that the board will rule out as a whole: here it lacks the hanging stamp.
    stamped = sheet.invalid is None
    marks = sheet.lines or tuple(dice.choice(book.choice_codes()) for side in sides for _ in side.rows)
    for side, blank in zip(sides, blanks, strict=True):
        page = blank.copy()
        pen = ImageDraw.Draw(page)
        for row in side.rows:
            _mark_row(pen, row, marks[row.line - 1], hand, dice)
        if side.stamp is not None and stamped:
            _stamp(pen, side.stamp, dice)
        yield page.rotate(dice.uniform(-0.8, 0.8), resample=Image.Resampling.BILINEAR, fillcolor=PAPER)


def _mark_row(pen: ImageDraw.ImageDraw, row: Row, mark: str, hand: Hand, dice: random.Random) -> None:
    marked = [box.area for box in row.boxes if box.choice == mark]
    if marked:
        _cross(pen, marked[0], hand, dice)
        return
    # A line fault: what a hand does there is told from the fault's own nature, two boxes, the name, or nothing.
    first, second, *_ = dice.sample([box.area for box in row.boxes], 2)
    if mark == "over":
        _cross(pen, first, hand, dice)
        _cross(pen, second, hand, dice)
    elif mark == "struck":
        _cross(pen, first, hand, dice)
        middle = row.name.y + row.name.h / 2
        start = (row.name.x + 2, middle + dice.uniform(-1, 1))
        _stroke(pen, start, (start[0] + 36, middle + dice.uniform(-1, 1)), hand, dice)
    elif mark == "corrected":
        _scribble(pen, first, hand, dice)
        _cross(pen, second, hand, dice)
    elif mark == "dot":
        spot = _middle(first)
        _stroke(pen, spot, (spot[0] + 0.5, spot[1] + 0.3), hand, dice)


def _middle(box: Area) -> Spot:
    return box.x + box.w / 2, box.y + box.h / 2


def _cross(pen: ImageDraw.ImageDraw, box: Area, hand: Hand, dice: random.Random) -> None:
    x, y = (part + dice.gauss(0, hand.stray) for part in _middle(box))
    reach = box.w * hand.size / 2
    for slant in (1, -1):
        start = x - reach + dice.gauss(0, 0.2), y - slant * reach + dice.gauss(0, 0.2)
        end = x + reach + dice.gauss(0, 0.2), y + slant * reach + dice.gauss(0, 0.2)
        _stroke(pen, start, end, hand, dice)


def _scribble(pen: ImageDraw.ImageDraw, box: Area, hand: Hand, dice: random.Random) -> None:
    spots = [(box.x + dice.uniform(0.3, box.w - 0.3), box.y + dice.uniform(0.3, box.h - 0.3)) for _ in range(18)]
    for start, end in itertools.pairwise(spots):
        _stroke(pen, start, end, hand, dice)


def _stroke(pen: ImageDraw.ImageDraw, start: Spot, end: Spot, hand: Hand, dice: random.Random) -> None:
    """One line of the pen, bent a little in the middle; places in mm."""
    bend = ((start[0] + end[0]) / 2 + dice.gauss(0, 0.12), (start[1] + end[1]) / 2 + dice.gauss(0, 0.12))
    dots = [(x * DPI / 25.4, y * DPI / 25.4) for x, y in (start, bend, end)]
    pen.line(dots, fill=hand.ink, width=max(2, round(hand.pen * DPI / 25.4)), joint="curve")


def _stamp(pen: ImageDraw.ImageDraw, area: Area, dice: random.Random) -> None:
    """A round stamp pressed by hand over the name of the body."""
    x, y = (part + dice.uniform(-3, 3) for part in _middle(area))
    y -= 5  # over the printed name of the body
    for radius, width in ((17.0, 5), (15.8, 2), (10.5, 2)):
        edges = [part * DPI / 25.4 for part in (x - radius, y - radius, x + radius, y + radius)]
        pen.ellipse(edges, outline=STAMP_INK, width=width)
    star = [
        ((x + reach * turn[0]) * DPI / 25.4, (y + reach * turn[1]) * DPI / 25.4)
        for turn, reach in zip(_POINTS, (6.0, 2.4) * 5, strict=True)
    ]
    pen.polygon(star, fill=STAMP_INK)


_POINTS: tuple[Spot, ...] = (
    (0.0, -1.0), (0.588, -0.809), (0.951, -0.309), (0.951, 0.309), (0.588, 0.809),
    (0.0, 1.0), (-0.588, 0.809), (-0.951, 0.309), (-0.951, -0.309), (-0.588, -0.809),
)  # fmt: skip
"""Ten directions round the circle: the points of the star and the corners between them, in turn."""
