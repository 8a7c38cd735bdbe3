"""Vệt máy quét: dirt on the glass of a feeder draws a line down the whole image.

Contract: finds narrow dark lines along the image's own upright, whatever way the sheet lies; lines that the sheet has printed are none. A narrow streak is laid bare as a mask, so that the
ink beside it can be read; `row_rules` hears of what is wider. Photographs have no streaks.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area, Rule
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.placement import Matrix, applied
from tinnhiem.paper.sheet_layout import Side

BESIDE = 0.65
"""mm to both sides with which a column of pixels is compared: streaks up to this width are found."""
DARKER = 13
"""Grey levels; a scanner's noise reaches this in one pixel of fifty."""
STEADY = 0.6
"""Share of a band's height over which a streak is dark; letters and frames stay below."""
BANDS = 10
LEAST_BANDS = 4
"""Bands a streak runs through at least: some start in the middle of the page."""
EVERY = 3
"""Only every third line is looked at."""
PRINTED = 0.45
"""mm around a printed upright line in which nothing is called a streak."""
LINE_WIDTH = 0.25
"""mm added to a streak's width in the mask, for its blur."""


class Streak(msgspec.Struct, frozen=True, kw_only=True):
    """Một vệt: middle column, width and stretch in pixels of the image."""

    x: float
    width: int
    top: int
    bottom: int


def find_streaks(grey: Pixels, transform: Matrix, side: Side, pixels_per_mm: float) -> tuple[Streak, ...]:
    """Tìm vệt dọc theo ảnh."""
    lines = as_pixels(grey[::EVERY])
    beside = max(3, round(BESIDE * pixels_per_mm))
    middle = lines[:, beside:-beside]
    around = cv2.min(lines[:, : -2 * beside], lines[:, 2 * beside :])
    dark = cv2.threshold(cv2.subtract(around, middle), DARKER, 1, cv2.THRESH_BINARY)[1]
    step = len(dark) // BANDS
    shares = np.stack(
        [cv2.reduce(dark[i * step : (i + 1) * step], 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0] for i in range(BANDS)]
    )
    steady = shares >= STEADY
    candidates = np.flatnonzero(steady.sum(axis=0) >= LEAST_BANDS)
    if not len(candidates):
        return ()
    steady[:, candidates] &= ~_printed(transform, side, step, candidates + beside, PRINTED)
    candidates = np.flatnonzero(steady.sum(axis=0) >= LEAST_BANDS)
    if not len(candidates):
        return ()
    found = []
    for group in np.split(candidates, np.flatnonzero(np.diff(candidates) > 2) + 1):
        bands = np.flatnonzero(steady[:, group].any(axis=1))
        # Half a band more: a streak may begin within one.
        top = max(0, (int(bands[0]) - 1) * step * EVERY)
        bottom = min(grey.shape[0], (int(bands[-1]) + 2) * step * EVERY)
        found.append(
            Streak(x=float(group.mean()) + beside, width=int(group[-1] - group[0]) + 1, top=top, bottom=bottom)
        )
    return tuple(found)


def streak_mask(
    streaks: tuple[Streak, ...], transform: Matrix, part: Area, fineness: float, shape: tuple[int, int]
) -> Pixels:
    """255 where a streak crosses the part."""
    mask = np.zeros(shape, dtype=np.uint8)
    back = np.asarray(np.linalg.inv(transform), dtype=np.float64)
    corners = applied(transform, np.array([(part.x, part.y), (part.x + 1, part.y)]))
    pixels_per_mm = float(np.hypot(*(corners[1] - corners[0])))
    for streak in streaks:
        ends = applied(back, np.array([(streak.x, streak.top), (streak.x, streak.bottom)], dtype=np.float64))
        (x0, y0), (x1, y1) = (ends - (part.x, part.y)) * fineness - 0.5
        thick = max(2, round((streak.width / pixels_per_mm + LINE_WIDTH) * fineness))
        cv2.line(mask, (round(x0), round(y0)), (round(x1), round(y1)), 255, thick)
    return mask


def _printed(transform: Matrix, side: Side, step: int, columns: NDArray[np.int64], reach: float) -> NDArray[np.bool_]:
    """Which of the columns lie, in which band, within `reach` mm of a printed line that runs along them."""
    uprights = {stroke.x1 for stroke in side.drawing if isinstance(stroke, Rule) and stroke.x1 == stroke.x2}
    levels = {stroke.y1 for stroke in side.drawing if isinstance(stroke, Rule) and stroke.y1 == stroke.y2}
    for row in side.rows:
        for box in row.boxes:
            uprights |= {box.area.x, box.area.right}
            levels |= {box.area.y, box.area.bottom}
    back = np.asarray(np.linalg.inv(transform), dtype=np.float64)
    printed = np.zeros((BANDS, len(columns)), dtype=np.bool_)
    for band in range(BANDS):
        for at in (0.1, 0.5, 0.9):
            y = (band + at) * step * EVERY
            there = np.column_stack([columns.astype(np.float64), np.full(len(columns), y)])
            mm = applied(back, there)
            along = applied(back, there[:1] + np.array([(0.0, 10.0)]))[0] - mm[0]
            # On a sheet that lies on its side the image's upright is the sheet's level.
            places, known = (mm[:, 0], uprights) if abs(along[1]) >= abs(along[0]) else (mm[:, 1], levels)
            printed[band] |= (np.abs(places[:, None] - np.array(sorted(known))[None, :]) <= reach).any(axis=1)
    return printed
