"""Ảnh kiểm tra: one page as a small picture with what was read drawn over it.

Contract: for the eye of whoever tries the reader on scans of his own; nothing is read back from it. The signature zone is blanked before anything
else is done, and a page that could not be placed is not shown at all where its round leaves room for a signature, because nobody can tell where it lies. No file name, no time
and no camera stand in the picture.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.intake import side_read, white_places
from tinnhiem.paper.scan.page_image import PageImage
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.reasons import PAGE_REASONS, ROW_REASONS
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.typeset import fonts

LONG_SIDE = 1100
"""Pixels; an A4 page at 94 dpi."""

GREYS = 16
"""Steps of grey that are kept: enough to see a pencil, few enough for a small file."""

WHITE, MARKED, ASKED, REFUSED = GREYS - 1, GREYS, GREYS + 1, GREYS + 2
"""Places in the palette: greys from black, then our three colours."""

PALETTE = (
    *(grey for step in range(GREYS) for grey in (round(step * 255 / (GREYS - 1)),) * 3),
    *(0, 130, 60),
    *(215, 70, 0),
    *(200, 0, 40),
)


def proof_png(image: PageImage, reading: PageReading, layouts: Iterable[SheetLayout]) -> bytes:
    """Ảnh kiểm tra dạng PNG: boxes taken as marked in green, rows for people framed in orange with the reason."""
    known = tuple(layouts)
    height, width = image.grey.shape
    scale = min(1.0, LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    white = white_places(reading, known)
    grey = (
        np.full(size[::-1], 255, np.uint8)
        if white is None
        else cv2.resize(image.grey, size, None, 0, 0, cv2.INTER_AREA)
    )
    picture = Image.fromarray(np.rint(grey / (255 / (GREYS - 1))).astype(np.uint8), "P")
    picture.putpalette(PALETTE)
    pen = ImageDraw.Draw(picture)
    if reading.transform:
        to_pixels = np.diag([scale, scale, 1.0]) @ np.array(reading.transform).reshape(3, 3)
        for area in white or ():
            pen.polygon(_corners(area, to_pixels), fill=WHITE)
        _draw_rows(pen, reading, known, to_pixels)
    if reading.status == "refused":
        _say(pen, (10, 16), PAGE_REASONS[reading.reason][0], REFUSED)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw_rows(
    pen: ImageDraw.ImageDraw, reading: PageReading, layouts: Sequence[SheetLayout], to_pixels: Matrix
) -> None:
    side = side_read(reading, layouts)
    # A page that was refused has no rows.
    for row, read in zip(side.rows if side and reading.rows else (), reading.rows, strict=True):
        if read.state == "marked":
            chosen = next(box.area for box in row.boxes if box.choice == read.choice)
            pen.polygon(_corners(chosen.grown(1), to_pixels), outline=MARKED, width=2)
        else:
            frame = _corners(row.area, to_pixels)
            pen.polygon(frame, outline=ASKED, width=2)
            # In the margin, which is white at this height, so that nothing of the row is hidden.
            _say(pen, (3, (frame[0][1] + frame[3][1]) / 2), ROW_REASONS[read.reason][0], ASKED)


def _corners(area: Area, to_pixels: Matrix) -> list[tuple[float, float]]:
    points = [(area.x, area.y), (area.right, area.y), (area.right, area.bottom), (area.x, area.bottom)]
    placed = [to_pixels @ np.array([x, y, 1.0]) for x, y in points]
    return [(float(x / w), float(y / w)) for x, y, w in placed]


def _say(pen: ImageDraw.ImageDraw, at: tuple[float, float], words: str, colour: int) -> None:
    """Words on white, their left end and middle at `at`."""
    pen.rectangle(pen.textbbox(at, words, font=_font(), anchor="lm"), fill=WHITE)
    pen.text(at, words, font=_font(), fill=colour, anchor="lm")


@functools.cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.FOLDER / fonts.FACES[2]), 13)
