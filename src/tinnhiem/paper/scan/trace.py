"""Nét chữ của một trang: the ink in and around its boxes, kept as bytes, so that a sheet scanned twice can be found again.

Contract: `trace_of` gives at most `ROOM` bytes of ink and three a mark, the finer the fewer marks there are; b"" where nothing is written. Printed frames, the rules between rows and
what a dirty scanner drew through a box are left out. `ink_of` reads the bytes again. Nothing here compares two pages.
"""

from __future__ import annotations

from functools import cache

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan.boxes import Patches
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.straighten import FINENESS

ROOM = 8192
"""Bytes of ink a page: the fewer marks, the finer they are kept."""
CELLS = (1, 2, 4)
"""Pixels a side of one cell, the finest first."""
AROUND = 0.75
"""mm kept around a box: strokes leave it, and the rule between two rows lies farther off."""
FRAME = (1, 4)
"""Pixels out and in from the box's edge where its printed frame is."""
FAINT = 30
"""Grey levels over paper below which there is only noise."""
LEAST_INK, SOME_INK = 0.02, 0.004
"""Share of pixels with ink in the fullest box below which a page counts as blank, and of a box that is kept."""
STREAKED = 0.93
"""Share of a column's length, two pixels to either side seen with it, from which it is a dirty scanner's and no pen's."""
STROKE = 17
"""Pixels: no stroke that is not upright reaches so far along one column."""


class Ink(msgspec.Struct, frozen=True, kw_only=True):
    """Nét chữ đã giữ của một trang: `marks` box → darkness (side, side), cells of `cell` pixels."""

    cell: int
    marks: dict[int, Pixels]


def trace_of(patches: Patches) -> bytes:
    """Nét chữ của một trang: cell, side and number of marks, then place and darkness of each mark; b"" where nothing is written."""
    ink = np.where(patches.white < 255 - FAINT, 255 - patches.white, 0).astype(np.uint8)
    edge = patches.margin + patches.box // 8
    for place in np.flatnonzero(_share(ink, edge) >= SOME_INK):
        ink[place] = _without_streaks(ink[place])
    share = _share(ink, edge)
    if not len(share) or share.max() < LEAST_INK:
        return b""
    out = patches.margin - round(AROUND * FINENESS)
    side = (ink.shape[1] - 2 * out) // CELLS[-1] * CELLS[-1]
    bare = beside_frame(side, FRAME)
    fullest = np.argsort(-share, kind="stable")[: ROOM * CELLS[-1] ** 2 // side**2].tolist()
    written = {p: ink[p, out : out + side, out : out + side] * bare for p in fullest if share[p] >= SOME_INK}
    cell = next(cell for cell in CELLS if len(written) * (side // cell) ** 2 <= ROOM)
    head = bytes([cell, side // cell, len(written)])
    return head + b"".join(
        place.to_bytes(2, "little") + pooled(written[place], cell).tobytes() for place in sorted(written)
    )


def ink_of(trace: bytes) -> Ink:
    """Nét chữ của một trang as `trace_of` kept it."""
    cell, side, count = trace[:3]
    each = np.frombuffer(trace, dtype=np.uint8, offset=3).reshape(count, 2 + side * side)
    places = each[:, 0].astype(np.int64) + 256 * each[:, 1].astype(np.int64)
    return Ink(cell=cell, marks=dict(zip(places.tolist(), each[:, 2:].reshape(count, side, side), strict=True)))


def pooled(mark: Pixels, by: int) -> Pixels:
    """The mark in cells so many times larger."""
    side = len(mark) // by
    return mark if by == 1 else as_pixels(cv2.resize(mark, (side, side), interpolation=cv2.INTER_AREA))


@cache
def beside_frame(side: int, frame: tuple[int, int]) -> Pixels:
    """1 for the pixels around and within the box where its frame is not, else 0."""
    out, within = round(AROUND * FINENESS) - frame[0], round(AROUND * FINENESS) + frame[1]
    bare = np.ones((side, side), dtype=np.uint8)
    bare[out : side - out, out : side - out] = 0
    bare[within : side - within, within : side - within] = 1
    return bare


def _share(ink: Pixels, edge: int) -> NDArray[np.float64]:
    """How much of each box has ink, 0..1."""
    return np.asarray((ink[:, edge:-edge, edge:-edge] > 0).mean(axis=(1, 2)), dtype=np.float64)


def _without_streaks(ink: Pixels) -> Pixels:
    """The ink without lines, down or across, that run through box and surroundings: what a pen adds on top of them stays."""
    for _ in range(2):
        ink = np.ascontiguousarray(ink.T)
        wide = cv2.dilate((ink > 0).astype(np.uint8), np.ones((1, 5), np.uint8))
        through = wide.mean(axis=0) >= STREAKED
        if through.any():
            line = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((STROKE, 1), np.uint8))
            left = np.where(through, ink - line, ink)
            ink = np.where(left < FAINT, 0, left).astype(np.uint8)
    return ink
