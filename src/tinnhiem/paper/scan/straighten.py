"""Nắn thẳng: parts of a sheet brought upright at a fixed number of pixels a millimetre, and paper made white.

Contract: `straightened` gives area × fineness pixels, whatever the image's rotation, scale and perspective. `whitened` divides by the local paper, so that shadow, tint and
lamp disappear: 255 is paper, 0 black; strokes narrower than `WIDEST_INK` keep their darkness relative to the paper beside them.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.placement import Matrix, applied

FINENESS = 8.0
"""Pixels a millimetre at which boxes are measured: 203 dpi, what offices scan at."""
WIDEST_INK = 6.5
"""mm: a box filled black (5 mm) must still be ink, not dark paper; large print has 7 mm boxes, whose filling shows at its rim."""


COARSE = 2.0
"""Pixels a millimetre at which the paper's brightness is kept."""
PAPER_MARGIN = 8.0
"""mm of surroundings: more than the widest ink."""

TWO_LEVELS = 0.002
"""Share of grey pixels below which an image is black and white (fax, G4): hairlines that are grey elsewhere are black there."""


def is_two_levels(grey: Pixels) -> bool:
    """Whether the image knows only black and white."""
    some = grey[::31]
    return float(((some > 20) & (some < 235)).mean()) < TWO_LEVELS


def straightened(
    grey: Pixels,
    transform: Matrix,
    area: Area,
    fineness: float,
    shift: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
) -> Pixels:
    """The area, upright. `shift`: millimetres by which the paper lies off the transform there, x and y, one value a pixel."""
    size = (round(area.w * fineness), round(area.h * fineness))
    into = np.array([[1 / fineness, 0, area.x + 0.5 / fineness], [0, 1 / fineness, area.y + 0.5 / fineness], [0, 0, 1]])
    if shift is None:
        part = cv2.warpPerspective(
            grey, transform @ into, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(part, dtype=np.uint8)
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    x += shift[0] * np.float32(fineness)
    y += shift[1] * np.float32(fineness)
    (a, b, c), (d, e, f), (g, h, i) = (transform @ into).astype(np.float32)
    down = g * x + h * y + i
    part = cv2.remap(
        grey, (a * x + b * y + c) / down, (d * x + e * y + f) / down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(part, dtype=np.uint8)


class Paper:
    """Nền giấy của một vùng: how bright the paper itself is in and around `area`, at two pixels a millimetre.

    Seen with its surroundings, so that a shadow that enters at the edge is known for what it is.
    """

    def __init__(self, grey: Pixels, transform: Matrix, area: Area) -> None:
        corner, right = applied(transform, np.array([(area.x, area.y), (area.right, area.y)]))
        fineness = float(np.hypot(*(right - corner))) / area.w
        small, halvings = grey, max(0, round(math.log2(fineness / COARSE)))
        for _ in range(halvings):
            half = (small.shape[1] // 2, small.shape[0] // 2)
            small = as_pixels(cv2.resize(small[: half[1] * 2, : half[0] * 2], half, interpolation=cv2.INTER_AREA))
        share = 0.5**halvings
        smaller = np.array([[share, 0, share / 2 - 0.5], [0, share, share / 2 - 0.5], [0, 0, 1]])
        self.area = area.grown(PAPER_MARGIN)
        seen = straightened(small, smaller @ transform, self.area, COARSE)
        reach = round(WIDEST_INK * COARSE) | 1
        self.levels = as_pixels(
            cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8), borderType=cv2.BORDER_REPLICATE)
        )

    def of(self, part: Area, size: tuple[int, int]) -> Pixels:
        """The paper of a part on half millimetres, as `size` pixels (width, height)."""
        x, y = round((part.x - self.area.x) * COARSE), round((part.y - self.area.y) * COARSE)
        wide, high = round(part.w * COARSE), round(part.h * COARSE)
        return as_pixels(cv2.resize(self.levels[y : y + high, x : x + wide], size, interpolation=cv2.INTER_LINEAR))


def whitened(part: Pixels, area: Area, paper: Paper) -> Pixels:
    """The part over its local paper."""
    height, width = part.shape
    return as_pixels(cv2.divide(part, paper.of(area, (width, height)), scale=255))
