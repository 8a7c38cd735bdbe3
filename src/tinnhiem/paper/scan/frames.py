"""Khung ô: where the printed frames lie, to a pixel, and whether they are there.

Contract: works on the whitened part with the boxes. Each frame is looked for around its place by its four printed lines; a mark cannot imitate all four. `whole` is the second worst
line of each frame, 0..1, so that a stroke along one line does not spoil a frame. Pure arithmetic on pixels; decides nothing about rows.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.side_drawing import FRAME

REACH = 14
"""Pixels (1.75 mm) around its place in which a frame is looked for: rows are 7.2 mm apart and a frame 5 mm high, so that no other frame comes within reach."""
SHORT_REACH = 5
"""Pixels (0.6 mm) that are enough for paper that lies flat."""
PLAIN = 0.6
"""A frame found this whole near its place needs no farther search."""
WEIGHTED = 160
"""A line darker than this over its length counts as full: toner and pens beyond it add nothing."""


class Frames(msgspec.Struct, frozen=True, kw_only=True):
    """Các khung tìm thấy, in the order asked: `centres` (n, 2) whole pixels x, y; `off` (n, 2) pixels from the expected place; `whole` (n,)."""

    centres: NDArray[np.int64]
    off: NDArray[np.int64]
    whole: NDArray[np.float64]


def expected_centres(boxes: list[Area], part: Area) -> NDArray[np.float64]:
    """Where the middles of the boxes are in the part, pixels."""
    return np.array(
        [
            ((box.x + box.w / 2 - part.x) * FINENESS - 0.5, (box.y + box.h / 2 - part.y) * FINENESS - 0.5)
            for box in boxes
        ]
    )


def find_frames(white: Pixels, expected: NDArray[np.float64], size_mm: float) -> Frames:
    """Tìm khung near each expected middle, and farther away where the paper turns out to be bent."""
    lines = _Lines(white, size_mm)
    near = lines.frames(expected, SHORT_REACH)
    unsure = np.flatnonzero((np.abs(near.off).max(axis=1) >= SHORT_REACH) | (near.whole < PLAIN))
    if not len(unsure):
        return near
    far = lines.frames(expected[unsure], REACH)
    near.centres[unsure], near.off[unsure], near.whole[unsure] = far.centres, far.off, far.whole
    return near


class _Lines:
    """How dark a lying and a standing line would be at every place near the frames; the paper far from them is not looked at."""

    def __init__(self, white: Pixels, size_mm: float) -> None:
        side = size_mm * FINENESS
        self.half = round(side / 2 - FRAME * FINENESS / 2)
        self.long = round(side - 4)
        self.pad = self.half + REACH + 2
        self.wide = cv2.copyMakeBorder(
            white, self.pad, self.pad, self.pad, self.pad, cv2.BORDER_CONSTANT, value=(255.0,)
        )

    def frames(self, expected: NDArray[np.float64], reach: int) -> Frames:
        """The best frame within `reach` pixels of each expected middle."""
        half = self.half
        at = np.rint(expected).astype(np.int64)
        # A tile holds every line that is asked for with all pixels it is averaged over, so that tiles can lie one below the other.
        middle = half + reach + 2
        tile = 2 * middle + 1
        height, width = self.wide.shape
        xs = np.clip(at[:, 0] + self.pad - middle, 0, width - tile)
        ys = np.clip(at[:, 1] + self.pad - middle, 0, height - tile)
        tiles = cv2.bitwise_not(sliding_window_view(self.wide, (tile, tile))[ys, xs].reshape(-1, tile))
        lying, standing = (
            np.minimum(cv2.boxFilter(tiles, -1, kernel), WEIGHTED).reshape(-1, tile, tile)
            for kernel in ((self.long, 3), (3, self.long))
        )
        window = 2 * reach + 1
        near, low, high = (slice(start, start + window) for start in (half + 2, 2, 2 * half + 2))
        lines = np.stack([lying[:, low, near], lying[:, high, near], standing[:, near, low], standing[:, near, high]])
        lines = lines.astype(np.int16)
        # A far place needs a better match: half a grey level a pixel, so that equals are settled towards the expected place.
        far = np.abs(np.arange(window) - reach)
        score = lines.sum(axis=0, dtype=np.int16) + lines.min(axis=0) - (far[:, None] + far[None, :])
        best = score.reshape(len(at), -1).argmax(axis=1)
        row, column = np.divmod(best, window)
        found = np.sort(lines[:, np.arange(len(at)), row, column], axis=0)
        off = np.column_stack([xs + middle - reach + column, ys + middle - reach + row]) - self.pad - at
        return Frames(centres=at + off, off=off, whole=found[1] / WEIGHTED)
