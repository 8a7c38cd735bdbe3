"""Mực lạ: ink on a part of the sheet that the blank does not have.

Contract: works on a whitened part and the same part of the blank, row by row, each moved to where its row lies. Gives masks and areas in mm²; what they mean is `row_rules`' affair.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.sheet_layout import Row

DARKER = 69
"""Grey levels (27 %) by which ink is darker than anything the blank has around the place."""
LEAST_DARKER = 40
"""The same for a fine pen on a poor scan; noise and bleed-through stay below."""
OF_USUAL = 0.35
"""Share of the page's usual mark at which its pen is recognised elsewhere."""
SOFTENED = 0.5
"""Pixels of blur given to the blank, as a scanner would."""
FULL_TONER = 1.7
"""By how much print may come out darker than drawn: hairlines that are grey on the blank are black on paper."""
SLACK = 3
"""Pixels: side of the neighbourhood in which print may lie."""


def allowance(blank: Pixels) -> Pixels:
    """How dark the print may be at each place, with its neighbourhood."""
    soft = cv2.GaussianBlur(blank, (0, 0), SOFTENED)
    full = cv2.convertScaleAbs(cv2.bitwise_not(soft), alpha=FULL_TONER)
    return as_pixels(cv2.erode(cv2.bitwise_not(full), np.ones((SLACK, SLACK), np.uint8)))


def moved(allowed: Pixels, part: Area, rows: tuple[Row, ...], offsets: NDArray[np.int64], fineness: float) -> Pixels:
    """The blank with each row's stretch moved by its offset (n, 2) in pixels, x and y."""
    if not np.any(offsets):
        return allowed
    reach = int(np.abs(offsets).max())
    wide = cv2.copyMakeBorder(allowed, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    height, width = allowed.shape
    out = allowed.copy()
    for place, (row, (dx, dy)) in enumerate(zip(rows, offsets.tolist(), strict=True)):
        top = 0 if place == 0 else max(0, round((row.area.y - part.y) * fineness) + min(dy, 0))
        bottom = (
            height if place == len(rows) - 1 else min(height, round((row.area.bottom - part.y) * fineness) + max(dy, 0))
        )
        out[top:bottom] = wide[top - dy + reach : bottom - dy + reach, reach - dx : reach - dx + width]
    return out


def darker_for(usual_depth: float | None) -> int:
    """How much darker than the blank ink has to be on a page whose marks are `usual_depth` deep (0..1, None: not known)."""
    if usual_depth is None:
        return (DARKER + LEAST_DARKER) // 2
    return int(min(max(OF_USUAL * usual_depth * 255, LEAST_DARKER), DARKER))


def foreign(white: Pixels, allowed: Pixels, darker: int) -> Pixels:
    """1 where the scan is darker than the blank may be by more than `darker`."""
    return as_pixels(cv2.threshold(cv2.subtract(allowed, white), darker, 1, cv2.THRESH_BINARY)[1])


def slice_of(row: Row, part: Area, fineness: float, dy: int, height: int) -> slice:
    """The lines of the part that show a row, where it lies."""
    top = round((row.area.y - part.y) * fineness) + dy
    bottom = round((row.area.bottom - part.y) * fineness) + dy
    return slice(min(max(top, 0), height), min(max(bottom, 0), height))
