"""Bảng tên và ô: the two parts of a page that are measured, upright and with white paper, and where each row lies in them.

Contract: `boxes` and `boxes_lifted` (the same for the second scorer) show `blank.boxes_area` at `FINENESS`, `names` shows `blank.names_area` at `NAMES_FINENESS`. Paper that is folded or curved lies off the page's transform: each row's
own offset is taken from its frames. `mend_row` repairs one row for a second look, in place: streaks are taken out and creases evened, nothing is added.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.boxes import lifted
from tinnhiem.paper.scan.foreign_ink import allowance
from tinnhiem.paper.scan.frames import Frames, expected_centres, find_frames
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.straighten import FINENESS, Paper, straightened, whitened
from tinnhiem.paper.scan.template import MARGIN, NAMES_FINENESS, BlankSide
from tinnhiem.paper.sheet_layout import Side

CREASE_LEAST = 170
"""Of 255: a line across a whole cell that is darker than this is a pen's and stays; folds take up to a third of the light."""
MOST_APART = 8
"""Pixels (1 mm) by which one frame may lie off its neighbours: paper bends slowly."""
TWO_LEVELS = 0.002
"""Share of grey pixels below which an image is black and white: G4 prints letters fatter, by a pixel on every side."""
PAPER_LEAST = 250
PAPER_SHARE = 75
"""Per cent: along a line of a row, and down a column of a few rows, at least a quarter is bare paper."""
CREASE_BENT = 1.5
"""mm by which a crease may climb between the boxes and the far end of the names."""
CHUNK = 20.0
"""mm over which a crease is taken to be level."""


class TableScan(msgspec.Struct, frozen=True, kw_only=True):
    """Phần bảng đã nắn. `row_offsets` (rows, 2): whole pixels at `FINENESS` by which each row lies off its place, x and y.
    `names_allowed`, `boxes_allowed`: how dark print may be at each place in such an image.
    """

    side: Side
    blank: BlankSide
    boxes: Pixels
    boxes_lifted: Pixels
    names: Pixels
    names_allowed: Pixels
    boxes_allowed: Pixels
    frames: Frames
    row_offsets: NDArray[np.int64]


def _usual_offsets(off: NDArray[np.int64], rows: int) -> NDArray[np.float64]:
    """What the boxes of each row and of the rows beside it lie off by in the middle, one line a box."""
    by_row = off.reshape(rows, -1, 2)
    wide = np.concatenate([by_row[:1], by_row, by_row[-1:]])
    usual = np.median(np.concatenate([wide[:-2], wide[1:-1], wide[2:]], axis=1), axis=1)
    return np.repeat(usual, by_row.shape[1], axis=0)


def _two_levels(grey: Pixels) -> bool:
    """Whether the image knows only black and white."""
    some = grey[::7, ::7]
    return float(((some > 20) & (some < 235)).mean()) < TWO_LEVELS


def scan_table(grey: Pixels, transform: Matrix, side: Side, blank: BlankSide) -> TableScan:
    """Nắn hai phần bảng và tìm khung."""
    names_part, boxes_part = blank.names_area, blank.boxes_area
    whole = Area(names_part.x, names_part.y, boxes_part.right - names_part.x, names_part.h)
    paper = Paper(grey, transform, whole)
    raw = straightened(grey, transform, boxes_part, FINENESS)
    boxes = whitened(raw, boxes_part, paper)
    places = [box.area for row in side.rows for box in row.boxes]
    frames = find_frames(boxes, expected_centres(places, boxes_part), places[0].w)
    apart = np.abs(frames.off - _usual_offsets(frames.off, len(side.rows))).max(axis=1) > MOST_APART
    frames = msgspec.structs.replace(frames, whole=np.where(apart, 0.0, frames.whole))
    offsets = np.rint(np.median(frames.off.reshape(len(side.rows), -1, 2), axis=1)).astype(np.int64)
    names = whitened(straightened(grey, transform, names_part, NAMES_FINENESS), names_part, paper)
    names_allowed, boxes_allowed = blank.names_allowed, blank.boxes_allowed
    if _two_levels(grey):
        names_allowed, boxes_allowed = allowance(names_allowed), allowance(boxes_allowed)
    return TableScan(
        side=side,
        blank=blank,
        boxes=boxes,
        boxes_lifted=lifted(raw),
        names=names,
        names_allowed=names_allowed,
        boxes_allowed=boxes_allowed,
        frames=frames,
        row_offsets=offsets,
    )


def mend_row(scan: TableScan, row: int, box_streaks: Pixels | None, name_streaks: Pixels | None) -> None:
    """Sửa một dòng for a second look, in place.

    A crease runs on from the names through the boxes, a stroke through a name does not: only where the boxes' part shows one is it evened in either.
    """
    area = scan.side.rows[row].area
    top, bottom = area.y - MARGIN / 2, area.bottom + MARGIN / 2
    parts = (
        (scan.boxes, scan.blank.boxes_area, FINENESS, box_streaks),
        (scan.boxes_lifted, scan.blank.boxes_area, FINENESS, box_streaks),
        (scan.names, scan.blank.names_area, NAMES_FINENESS, name_streaks),
    )
    crease: tuple[float, float] | None = None
    for part, whole, fineness, streaks in parts:
        first = max(0, round((top - whole.y) * fineness))
        band = part[first : round((bottom - whole.y) * fineness)]
        if streaks is not None:
            band[streaks[first : first + len(band)] > 0] = 255
        if part is scan.boxes:
            crease = _crease_along(band, fineness)
        if crease is not None:
            _even_along(band, crease, fineness)
        reach = round(CHUNK / 2 * fineness)
        around = part[max(0, first - reach) : first + len(band) + reach : 5]
        _even(band, np.percentile(around, PAPER_SHARE, axis=0)[None, :])


def _crease_along(band: Pixels, fineness: float) -> tuple[float, float] | None:
    """From where to where down the band, mm, a dark line crosses all columns of boxes; None where none does."""
    levels = [np.percentile(chunk[:, ::4], PAPER_SHARE, axis=1) for chunk in _chunks(band, fineness)]
    dark = np.flatnonzero(np.median(np.stack(levels), axis=0) < PAPER_LEAST)
    if not len(dark):
        return None
    return float(dark[0]) / fineness - CREASE_BENT, float(dark[-1]) / fineness + CREASE_BENT


def _even_along(band: Pixels, crease: tuple[float, float], fineness: float) -> None:
    first, last = max(0, round(crease[0] * fineness)), max(0, round(crease[1] * fineness))
    for chunk in _chunks(band[first : last + 1], fineness):
        _even(chunk, np.percentile(chunk[:, ::4], PAPER_SHARE, axis=1)[:, None])


def _chunks(band: Pixels, fineness: float) -> list[Pixels]:
    """The band in stretches over which a crease is level; a narrow rest goes with the last."""
    count = max(1, round(band.shape[1] / (CHUNK * fineness)))
    return np.array_split(band, count, axis=1)


def _even(part: Pixels, level: NDArray[np.floating]) -> None:
    creased = (level < PAPER_LEAST) & (level >= CREASE_LEAST)
    if creased.any():
        gain = np.where(creased, 255.0 / np.maximum(level, 1), 1.0).astype(np.float32)
        part[:] = np.minimum(part * gain, 255).astype(np.uint8)
