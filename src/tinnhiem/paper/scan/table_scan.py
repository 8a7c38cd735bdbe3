"""Bảng tên và ô: the two parts of a page that are measured, upright and with white paper, and where each row lies in them.

Contract: `boxes` and `boxes_lifted` (the same for the second scorer) show `blank.boxes_area` at `FINENESS`, `names` shows `blank.names_area` at `NAMES_FINENESS`. Paper that is folded or curved lies off the page's transform: each row's
own offset is taken from its frames. `mend` repairs one row for a second look, in place: streaks are taken out and creases evened, nothing is added.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.boxes import lifted
from tinnhiem.paper.scan.frames import Frames, expected_centres, find_frames
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.straighten import FINENESS, straightened, whitened
from tinnhiem.paper.scan.template import MARGIN, NAMES_FINENESS, BlankSide
from tinnhiem.paper.sheet_layout import Side

CREASE_LEAST = 160
"""Of 255: a line across a whole cell that is darker than this is a pen's and stays; folds take up to a third of the light."""
CHUNK = 20.0
"""mm over which a crease is taken to be level."""


class TableScan(msgspec.Struct, frozen=True, kw_only=True):
    """Phần bảng đã nắn. `row_offsets` (rows, 2): whole pixels at `FINENESS` by which each row lies off its place, x and y."""

    side: Side
    blank: BlankSide
    boxes: Pixels
    boxes_lifted: Pixels
    names: Pixels
    frames: Frames
    row_offsets: NDArray[np.int64]


def scan_table(grey: Pixels, transform: Matrix, side: Side, blank: BlankSide) -> TableScan:
    """Nắn hai phần bảng và tìm khung."""
    raw = straightened(grey, transform, blank.boxes_area, FINENESS)
    boxes = whitened(raw, FINENESS)
    places = [box.area for row in side.rows for box in row.boxes]
    frames = find_frames(boxes, expected_centres(places, blank.boxes_area), places[0].w)
    offsets = np.rint(np.median(frames.off.reshape(len(side.rows), -1, 2), axis=1)).astype(np.int64)
    names = whitened(straightened(grey, transform, blank.names_area, NAMES_FINENESS), NAMES_FINENESS)
    return TableScan(
        side=side, blank=blank, boxes=boxes, boxes_lifted=lifted(raw), names=names, frames=frames, row_offsets=offsets
    )


def mend(part: Pixels, area: Area, fineness: float, top_mm: float, bottom_mm: float, streaks: Pixels | None) -> None:
    """Sửa một dòng của phần đã nắn: streaks become paper, a crease along the row is divided out."""
    height, width = part.shape
    top = max(0, round((top_mm - area.y - MARGIN / 2) * fineness))
    bottom = min(height, round((bottom_mm - area.y + MARGIN / 2) * fineness))
    if streaks is not None:
        band = part[top:bottom]
        band[streaks[top:bottom] > 0] = 255
    step = round(CHUNK * fineness)
    for left in range(0, width, step):
        chunk = part[top:bottom, left : left + step]
        if chunk.shape[1] < step // 4:
            continue
        level = np.percentile(chunk[:, ::2], 75, axis=1)
        creased = (level < 250) & (level >= CREASE_LEAST)
        if creased.any():
            gain = np.where(creased, 255.0 / np.maximum(level, 1), 1.0).astype(np.float32)
            chunk[:] = np.minimum(chunk * gain[:, None], 255).astype(np.uint8)

