"""Ballots printed, crossed and scanned inside a test: straight, clean pages, as a good scanner gives them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pypdfium2
from PIL import Image, ImageDraw

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.print import draw
from tinnhiem.paper.sheet_layout import SheetLayout, Side

DPI = 200
PEN = 5
"""Pixels: 0.6 mm."""

Marks = Mapping[int, Sequence[str]]
"""Line → the choices that are crossed."""


def page(layout: SheetLayout, side: Side, marks: Marks, token: str = "") -> Image.Image:
    """One side as it comes from the scanner."""
    pdf = draw(layout, sides=[side], tokens=(token,) if token else ())
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for row in side.rows:
        for box in row.boxes:
            if box.choice in marks.get(row.line, ()):
                cross(pen, box.area)
    return picture


def cross(pen: ImageDraw.ImageDraw, area: Area) -> None:
    left, top, right, bottom = (
        mm / 25.4 * DPI for mm in (area.x + 0.6, area.y + 0.6, area.right - 0.6, area.bottom - 0.6)
    )
    pen.line([(left, top), (right, bottom)], fill=(20, 30, 120), width=PEN)
    pen.line([(left, bottom), (right, top)], fill=(20, 30, 120), width=PEN)


def sheet(layout: SheetLayout, ballot: str | None, marks: Marks, token: str = "") -> list[Image.Image]:
    """All sides of one sheet."""
    return [page(layout, side, marks, token) for side in layout.sides_of(ballot)]


def stamped(picture: Image.Image, side: Side) -> Image.Image:
    """The page with a red seal pressed where it belongs."""
    copy = picture.copy()
    assert side.stamp is not None
    x, y = ((side.stamp.x + side.stamp.w / 2) / 25.4 * DPI, (side.stamp.y + side.stamp.h / 2) / 25.4 * DPI)
    pen = ImageDraw.Draw(copy)
    for radius in (140, 110, 60):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(200, 30, 40), width=7)
    return copy


def scribbled(picture: Image.Image, seed: int) -> Image.Image:
    """The same page with a stroke of its own in the lower margin, so that two sheets with the same marks differ as hands do."""
    copy = picture.copy()
    pen = ImageDraw.Draw(copy)
    start = 500 + 60 * (seed % 10)
    pen.line([(start, 1500), (start + 40, 1540 + 7 * seed)], fill=(20, 30, 120), width=3)
    return copy


def as_file(pages: Sequence[Image.Image], kind: str) -> bytes:
    """The pages as one file: "PDF", "TIFF", or a single "JPEG" or "PNG"."""
    out = io.BytesIO()
    first, *others = pages
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, kind, dpi=(DPI, DPI), **({"resolution": DPI} if kind == "PDF" else {}), **more)
    return out.getvalue()
