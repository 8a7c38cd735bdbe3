"""Sheets marked and signed by hand, as a scanner gives them: drawn on the printed ballot of a round, with everything a scanner writes about itself.

Nothing here is drawn with the reader's own code.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw

from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.sheet_layout import SheetLayout, Side

DPI = 200
PER_MM = DPI / 25.4
INK = (30, 34, 90)
MAKER, MODEL, OWNER = "Hãng Máy Quét Giả", "QUET-9000-XYZ", "nguoi.quet@binhminh.invalid"
"""What the scanner writes into its files."""


def blank(layout: SheetLayout, side: Side) -> Image.Image:
    """One side as printed, in colour."""
    with pypdfium2.PdfDocument(ballot_print.draw(layout, sides=[side])) as document:
        drawn: Image.Image = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    return drawn


def pages(
    layout: SheetLayout, pile: Sequence[Sequence[str]], seed: int = 1, *, signed: bool = True
) -> list[Image.Image]:
    """Every side of every sheet: a choice code for each line, "" for a line left blank."""
    dice = random.Random(seed)
    sides = layout.pages
    drawn = [blank(layout, side) for side in sides]
    done = []
    for sheet in pile:
        hand = dice.random()
        for side, empty in zip(sides, drawn, strict=True):
            page = empty.copy()
            pen = ImageDraw.Draw(page)
            for row in side.rows:
                for box in row.boxes:
                    if box.choice == sheet[row.line - 1]:
                        _cross(pen, box.area, hand, dice)
            if signed and side.signature is not None:
                _sign(pen, side.signature, dice)
            done.append(page)
    return done


def _cross(pen: ImageDraw.ImageDraw, box: Area, hand: float, dice: random.Random) -> None:
    """Two strokes; `hand` (0…1) leans and stretches them as that person always does."""
    x = box.x + box.w * (0.4 + 0.2 * hand) + dice.uniform(-0.6, 0.6)
    y = box.y + box.h * (0.6 - 0.2 * hand) + dice.uniform(-0.6, 0.6)
    width = 3 + round(hand)
    for lean in (0.5 + 0.7 * hand, -0.4 - 0.9 * (1 - hand)):
        reach = box.w * dice.uniform(0.38, 0.5)
        ends = [(x - reach, y - reach * lean), (x + dice.uniform(-0.3, 0.3), y), (x + reach, y + reach * lean)]
        pen.line([(across * PER_MM, down * PER_MM) for across, down in ends], fill=INK, width=width)


def _sign(pen: ImageDraw.ImageDraw, place: Area, dice: random.Random) -> None:
    """A signature from edge to edge of its place."""
    steps = [place.x + place.w * part / 14 for part in range(15)]
    spots = [(x * PER_MM, (place.y + dice.uniform(0.05, 0.95) * place.h) * PER_MM) for x in steps]
    pen.line(spots, fill=INK, width=4, joint="curve")


def jpeg(page: Image.Image) -> bytes:
    """A photograph or a single scan, with its EXIF."""
    told = Image.Exif()
    told[271], told[272], told[306], told[315] = "May Quet Gia", MODEL, "2023:07:20 09:41:00", OWNER
    content = io.BytesIO()
    page.save(content, "JPEG", quality=88, exif=told, comment=OWNER.encode(), dpi=(DPI, DPI))
    return content.getvalue()


def pdf(done: Sequence[Image.Image]) -> bytes:
    """A scanner's PDF, with its properties."""
    content = io.BytesIO()
    done[0].save(
        content,
        "PDF",
        save_all=True,
        append_images=done[1:],
        resolution=DPI,
        quality=85,
        author=OWNER,
        producer=MODEL,
        creator=MAKER,
    )
    return content.getvalue()
