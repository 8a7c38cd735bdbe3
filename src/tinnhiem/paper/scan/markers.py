"""Mốc định vị: the five ArUco signs of a sheet, found in an image at any rotation.

Contract: gives the four corners of every sign found, in pixels of the image as loaded (a pixel's middle is a whole number), in the sign's own order, so
that they tell how the sheet lies. A mirrored sheet shows no sign. Nothing here knows where signs ought to be.
"""

from __future__ import annotations

import functools
import math

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan.page_image import Pixels, as_pixels

Corners = NDArray[np.float64]
"""(4, 2): x and y of a sign's corners, clockwise from its own top-left."""

CODES = 5
CORNER_SHARE = 0.23
"""Side of the four corner crops as a share of the page's shorter side: A4 reaches its signs at 11 % and loses 8 % to a skew of 3°."""
CROP_PIXELS = 550
"""Pixels that the shorter side of the page keeps where signs are looked for in crops."""
SEARCH_PIXELS = 1200
"""Longer side of the picture that is searched whole: a sign of 10 mm then has 40 pixels, 30 in a photo with some table around the sheet."""
LEAST_SIDE = 14.0
"""Pixels: a sign smaller than this is noise."""


def in_corners(grey: Pixels) -> dict[int, Corners]:
    """The signs in the four corners of the image: what an office scanner gives, ten times faster than the whole page."""
    height, width = grey.shape
    side = int(min(height, width) * CORNER_SHARE)
    step = _step(min(height, width))
    found: dict[int, Corners] = {}
    for y in (0, height - side):
        for x in (0, width - side):
            found.update(_within(grey, (x, y, side, side), step))
    return found


def near(grey: Pixels, middle: tuple[float, float], reach: float) -> dict[int, Corners]:
    """The signs within `reach` pixels of a place."""
    height, width = grey.shape
    x0, y0 = max(0, int(middle[0] - reach)), max(0, int(middle[1] - reach))
    x1, y1 = min(width, int(middle[0] + reach)), min(height, int(middle[1] + reach))
    if x1 - x0 < LEAST_SIDE or y1 - y0 < LEAST_SIDE:
        return {}
    step = _step(min(height, width))
    return _within(grey, (x0, y0, x1 - x0, y1 - y0), step)


def on_whole_page(grey: Pixels) -> dict[int, Corners]:
    """The signs anywhere: photographs, a small sheet on a large glass. Searched small first, then at full size."""
    height, width = grey.shape
    step = max(1, round(max(height, width) / SEARCH_PIXELS))
    found = _within(grey, (0, 0, width, height), step, patient=True)
    if len(found) < 3 and step > 1:
        found = _within(grey, (0, 0, width, height), max(1, step // 2), patient=True) | found
    return found


def _within(grey: Pixels, crop: tuple[int, int, int, int], step: int, *, patient: bool = False) -> dict[int, Corners]:
    x, y, wide, high = crop
    part = as_pixels(grey[y : y + high, x : x + wide])
    if step > 1:
        part = as_pixels(cv2.resize(part, (wide // step, high // step), interpolation=cv2.INTER_AREA))
    shapes, found_codes, _ = _detector(patient=patient).detectMarkers(part)
    found: dict[int, Corners] = {}
    if not len(shapes):
        return found
    for shape, code in zip(shapes, np.asarray(found_codes).ravel().tolist(), strict=True):
        corners = (shape.reshape(4, 2).astype(np.float64) + 0.5) * step - 0.5 + (x, y)
        if code < CODES and _shortest(corners) >= LEAST_SIDE:
            found[int(code)] = _refined(grey, corners)
    return found


def _step(shorter: int) -> int:
    """By how much a crop may be shrunk, a power of two (others take four times as long): a sign keeps 26 pixels and more."""
    return 1 << max(0, int(math.log2(shorter / CROP_PIXELS)))


def _refined(grey: Pixels, corners: Corners) -> Corners:
    """Corners to a tenth of a pixel, in the image at full size; the window stays within half a cell of the sign."""
    reach = max(2, int(_shortest(corners) / 6 * 0.45))
    at = corners.astype(np.float32).reshape(-1, 1, 2)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.03)
    height, width = grey.shape
    low, high = corners.min(axis=0) - reach - 3, corners.max(axis=0) + reach + 3
    if low.min() < 0 or high[0] >= width or high[1] >= height:
        return corners
    better = cv2.cornerSubPix(grey, at, (reach, reach), (-1, -1), stop).reshape(4, 2).astype(np.float64)
    moved = np.abs(better - corners).max()
    return better if moved <= reach else corners


def _shortest(corners: Corners) -> float:
    return float(np.hypot(*(corners - np.roll(corners, 1, axis=0)).T).min())


@functools.cache
def _detector(*, patient: bool) -> cv2.aruco.ArucoDetector:
    how = cv2.aruco.DetectorParameters()
    if not patient:
        # One window for the threshold: in a corner crop of a scan the sign is large and stands on white.
        how.adaptiveThreshWinSizeMin = how.adaptiveThreshWinSizeMax = 23
    how.minMarkerPerimeterRate = 0.02 if patient else 0.1
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), how)
