"""Mảnh ảnh cho Ban kiểm phiếu xem: a row, its boxes, the head of a sheet, and a whole side with all handwriting outside the boxes covered.

Contract: takes a kept picture (JPEG) and the transform of its reading, gives PNG without metadata. What people judge comes as it was scanned, only set upright; of the side
around it nothing is shown but where something is printed, and the boxes. The signature's place is white in kept pictures already and is never part of a crop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from tinnhiem.paper.drawing import Area, Rule, Text
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.straighten import straightened
from tinnhiem.paper.sheet_layout import Row, Side
from tinnhiem.typeset import measure

FINE = 8.0
"""Pixels a millimetre of a row: what offices scan at."""
COARSE = 4.0
"""Pixels a millimetre of a whole side: names can be read."""
ENOUGH = 0.95
"""A picture is unpacked at half its size where that still has this part of the pixels asked for: a third of the work."""
AROUND = 2.5
"""mm of paper above and below a row: a mark that leaves its box is seen whole."""
CLOSE = 2.0
"""mm of paper above and below the boxes in a strip of many."""
BESIDE = 4.0
"""mm of paper left and right of them."""
HEAD = 62.0
"""mm of the head of a sheet: the stamp's area ends at 53."""
WHITE, GAP_GREY = 255, 190
GAP = 24
"""Pixels between two sides that are compared."""
ASCENT, DESCENT = 0.92, 0.28
"""Parts of the type size that a line of text takes above and below its baseline, with room for the Vietnamese accents."""
BOX_ROOM = 1.0
"""mm around a box that stay visible on the side."""

Transform = Sequence[float]


def row_area(row: Row) -> Area:
    """Phần giấy của một dòng as it is shown, mm."""
    return Area(row.area.x, row.area.y - AROUND, row.area.w, row.area.h + 2 * AROUND)


def boxes_area(row: Row) -> Area:
    """Phần giấy của các ô một dòng: from half a column left of the first box to half a column right of the last, so that a mark between boxes is seen."""
    first, last = row.boxes[0].area, row.boxes[-1].area
    pitch = row.boxes[1].area.x - first.x if len(row.boxes) > 1 else 4 * first.w
    left = first.x + (first.w - pitch) / 2
    right = last.x + (last.w + pitch) / 2
    return Area(left, row.area.y - AROUND, right - left, row.area.h + 2 * AROUND)


def strip_area(row: Row) -> Area:
    """Phần giấy sát các ô, for a screen on which many are compared."""
    first, last = row.boxes[0].area, row.boxes[-1].area
    return Area(first.x - BESIDE, first.y - CLOSE, last.right - first.x + 2 * BESIDE, first.h + 2 * CLOSE)


def row_png(picture: bytes, transform: Transform, row: Row) -> bytes:
    """Ảnh một dòng: name, post and boxes."""
    return _png(_upright(picture, transform, row_area(row), FINE))


def strip_png(picture: bytes, transform: Transform, row: Row) -> bytes:
    """Ảnh các ô, cut close."""
    return _png(_upright(picture, transform, strip_area(row), FINE))


def head_png(picture: bytes, transform: Transform, page_mm: tuple[float, float]) -> bytes:
    """Ảnh phần đầu phiếu, where the stamp is."""
    return _png(_upright(picture, transform, Area(0, 0, page_mm[0], HEAD), COARSE))


def side_png(picture: bytes, transform: Transform, side: Side, page_mm: tuple[float, float]) -> bytes:
    """Ảnh cả mặt phiếu, covered but for print and boxes."""
    return _png(masked_side(picture, transform, side, page_mm))


def pair_png(pages: Iterable[tuple[bytes, Transform, Side]], page_mm: tuple[float, float]) -> bytes:
    """Hai mặt phiếu cạnh nhau, covered in the same way."""
    sides = [masked_side(picture, transform, side, page_mm) for picture, transform, side in pages]
    gap = np.full((sides[0].shape[0], GAP), GAP_GREY, np.uint8)
    joined = [part for side in sides for part in (gap, side)][1:]
    return _png(np.hstack(joined))


def masked_side(picture: bytes, transform: Transform, side: Side, page_mm: tuple[float, float]) -> Pixels:
    """Cả mặt phiếu, upright: pixels of the scan where something is printed or a box stands, white elsewhere; the table's rules are drawn anew."""
    whole = _upright(picture, transform, Area(0, 0, *page_mm), COARSE)
    shown = np.full_like(whole, WHITE)
    for area in _printed(side):
        top, left = max(0, round(area.y * COARSE)), max(0, round(area.x * COARSE))
        bottom, right = round(area.bottom * COARSE), round(area.right * COARSE)
        shown[top:bottom, left:right] = whole[top:bottom, left:right]
    for rule in (each for each in side.drawing if isinstance(each, Rule)):
        ends = [(round(x * COARSE), round(y * COARSE)) for x, y in ((rule.x1, rule.y1), (rule.x2, rule.y2))]
        cv2.line(shown, ends[0], ends[1], round(rule.grey * WHITE / 100), 1)
    if side.signature is not None:
        area = side.signature
        shown[
            round(area.y * COARSE) : round(area.bottom * COARSE), round(area.x * COARSE) : round(area.right * COARSE)
        ] = WHITE
    return np.asarray(shown, dtype=np.uint8)


def _printed(side: Side) -> list[Area]:
    texts = [_text_area(each) for each in side.drawing if isinstance(each, Text)]
    boxes = [box.area.grown(BOX_ROOM) for row in side.rows for box in row.boxes]
    signs = [Area(sign.x, sign.y, sign.size, sign.size) for sign in side.markers]
    return [*texts, *boxes, *signs, side.code, *side.calibration]


def _text_area(text: Text) -> Area:
    wide = measure.width(text.text, text.size, bold=text.bold, italic=text.italic)
    high = text.size * measure.POINT
    if text.turned:
        return Area(text.x - ASCENT * high, text.y - wide, (ASCENT + DESCENT) * high, wide)
    return Area(text.x, text.y - ASCENT * high, wide, (ASCENT + DESCENT) * high)


def _upright(picture: bytes, transform: Transform, area: Area, fineness: float) -> Pixels:
    """A part of the picture, upright."""
    matrix = np.array(transform, dtype=np.float64).reshape(3, 3)
    half = float(np.hypot(matrix[0, 0], matrix[1, 0]) / matrix[2, 2]) / 2 >= ENOUGH * fineness
    decoded = cv2.imdecode(
        np.frombuffer(picture, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_2 if half else cv2.IMREAD_GRAYSCALE
    )
    if decoded is None:
        raise ValueError(len(picture))
    if half:
        # A pixel's middle is a whole number: 0 of the half picture lies between 0 and 1 of the whole one.
        matrix = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]]) @ matrix
    return straightened(np.asarray(decoded, dtype=np.uint8), matrix, area, fineness)


def _png(pixels: np.ndarray) -> bytes:
    done, content = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not done:
        raise ValueError(pixels.shape)
    return content.tobytes()
