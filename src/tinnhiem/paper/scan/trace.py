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
"""Share of a column's length from which it is a dirty scanner's and no pen's."""
NEAR = 2
"""Pixels to either side of a line that are seen with it."""
STROKE = 17
"""Pixels: no stroke that is not upright reaches so far along one column."""


class Ink(msgspec.Struct, frozen=True, kw_only=True):
    """Nét chữ đã giữ của một trang: `marks` box → darkness (side, side), cells of `cell` pixels."""

    cell: int
    marks: dict[int, Pixels]


def trace_of(patches: Patches) -> bytes:
    """Nét chữ của một trang: cell, side and number of marks, then place and darkness of each mark; b"" where nothing is written."""
    flat = cv2.bitwise_not(patches.white.reshape(-1, patches.white.shape[2]))
    ink = as_pixels(cv2.threshold(flat, FAINT, 0, cv2.THRESH_TOZERO)[1].reshape(patches.white.shape))
    out = patches.margin - round(AROUND * FINENESS)
    edge = patches.margin + patches.box // 8
    share = _share(ink, edge)
    some = np.flatnonzero(share >= SOME_INK)
    if len(some):
        for place in some[_streaked(ink[some], out)]:
            ink[place] = _without_streaks(ink[place], out)
            share[place] = _share(ink[place : place + 1], edge)[0]
    if not len(share) or share.max() < LEAST_INK:
        return b""
    side = (ink.shape[1] - 2 * out) // CELLS[-1] * CELLS[-1]
    bare = beside_frame(side, FRAME)
    fullest = np.argsort(-share, kind="stable")[: ROOM * CELLS[-1] ** 2 // side**2].tolist()
    written = {p: as_pixels(ink[p, out : out + side, out : out + side] * bare) for p in fullest if share[p] >= SOME_INK}
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
    inside = ink[:, edge:-edge, edge:-edge].reshape(len(ink), -1)
    return np.asarray(np.count_nonzero(inside, axis=1) / inside.shape[1], dtype=np.float64)


def _streaked(ink: Pixels, out: int) -> NDArray[np.bool_]:
    """Whether a line runs through box and surroundings, down or across, for each of (n, side, side)."""
    found = np.zeros(len(ink), dtype=np.bool_)
    for turned in (ink, np.ascontiguousarray(ink.transpose(0, 2, 1))):
        found |= _through(turned, out).any(axis=1)
    return found


def _through(ink: Pixels, out: int) -> NDArray[np.bool_]:
    """Which columns of each of (n, side, side) have ink, there or `NEAR` it, nearly all the way; none where a printed rule is near, outside the part that is kept."""
    count, side, _ = ink.shape
    wide = cv2.dilate((ink > 0).astype(np.uint8).reshape(-1, side), np.ones((1, 2 * NEAR + 1), np.uint8))
    share = np.count_nonzero(wide.reshape(count, side, side), axis=1) / side
    edge = out + NEAR + 1
    share[:, :edge] = share[:, side - edge :] = 0
    return np.asarray(share >= STREAKED)


def _without_streaks(ink: Pixels, out: int) -> Pixels:
    """The ink without lines, down or across, that run through box and surroundings: what a pen adds on top of them stays."""
    for _ in range(2):
        ink = np.ascontiguousarray(ink.T)
        through = _through(ink[None], out)[0]
        if through.any():
            line = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((STROKE, 1), np.uint8))
            left = np.where(through, ink - line, ink)
            ink = np.where(left < FAINT, 0, left).astype(np.uint8)
    return ink
