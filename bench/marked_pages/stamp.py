"""Dấu treo: the red seal that the body puts on the upper left of every first side.

Contract: an invented body's seal, 36 mm across, inked unevenly; it lies inside the stamp area of the ballot unless it slips.
"""

from __future__ import annotations

import functools
import math
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.marked_pages.blank import MM, Pixels
from bench.marked_pages.pen import Ink, tint

AREA = (26.0, 8.0, 45.0, 45.0)
"""Millimetres: x, y, width, height."""
ACROSS = 36.0
WORDS = "HỘI ĐỒNG NHÂN DÂN XÃ SUỐI MƠ"
FONT = Path(__file__).resolve().parents[2] / "src" / "tinnhiem" / "typeset" / "fonts" / "Tinos_700Bold.ttf"


def press(canvas: Pixels, rng: Generator, *, slips: bool) -> None:
    """Đóng dấu, in place. A slip carries the seal five millimetres out of its area, whichever way."""
    x, y = AREA[0] + AREA[2] / 2 + rng.uniform(-3.5, 3.5), AREA[1] + AREA[3] / 2 + rng.uniform(-3.5, 3.5)
    if slips:
        x += float(rng.choice([-5, 5]))
        y += float(rng.choice([-5, 5]))
    seal = _seal()
    size = seal.shape[0]
    turn = cv2.getRotationMatrix2D((size / 2, size / 2), rng.normal(0, 12), 1.0)
    cover = cv2.warpAffine(seal, turn, (size, size))
    uneven = cv2.resize(rng.random((6, 6), dtype=np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    cover *= np.clip(rng.uniform(0.65, 1.0) + 0.5 * (uneven - 0.5), 0.25, 1.0)
    height, width = canvas.shape[:2]
    left, top = int(x * MM - size / 2), int(y * MM - size / 2)
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + size, width), min(top + size, height)
    ink = Ink(rng.uniform(0.2, 0.4), rng.uniform(0.12, 0.3), rng.uniform(0.82, 0.95))
    tint(canvas[y0:y1, x0:x1], cover[y0 - top : y1 - top, x0 - left : x1 - left], ink)


@functools.cache
def _seal() -> NDArray[np.float32]:
    size = int(ACROSS * MM) + 8
    picture = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(picture)
    middle, outer = size / 2, ACROSS * MM / 2
    for radius, wide in ((outer, 0.9), (outer - 1.4 * MM, 0.3), (outer * 0.62, 0.35)):
        pen.ellipse(
            [middle - radius, middle - radius, middle + radius, middle + radius], outline=255, width=int(wide * MM)
        )
    star = [
        (middle + r * math.sin(i * math.pi / 5), middle - r * math.cos(i * math.pi / 5))
        for i, r in enumerate([outer * 0.36, outer * 0.15] * 5)
    ]
    pen.polygon(star, fill=255)
    font = ImageFont.truetype(str(FONT), int(3.0 * MM)) if FONT.exists() else ImageFont.load_default(int(3.0 * MM))
    for i, letter in enumerate(WORDS):
        angle = -145 + 290 * i / (len(WORDS) - 1)
        tile = Image.new("L", (int(6 * MM), int(6 * MM)), 0)
        ImageDraw.Draw(tile).text((3 * MM, 3 * MM), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-angle, resample=Image.Resampling.BILINEAR)
        reach = outer * 0.77
        spot = (
            middle + reach * math.sin(math.radians(angle)) - 3 * MM,
            middle - reach * math.cos(math.radians(angle)) - 3 * MM,
        )
        picture.paste(255, (int(spot[0]), int(spot[1])), tile)
    return cv2.GaussianBlur(np.asarray(picture, dtype=np.float32) / 255, (0, 0), 1.2)
