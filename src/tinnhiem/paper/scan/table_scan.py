"""Bảng tên và ô: the two parts of a page that are measured, upright and with white paper, and where each row lies in them.

Contract: `boxes` and `boxes_lifted` (the same for the second scorer) show `blank.boxes_area` at `FINENESS`, `names` shows `blank.names_area` at `NAMES_FINENESS`. Paper that is folded or curved lies off the page's transform: each row's
own offset is taken from its frames. `mend_row` repairs one row for a second look, in place: streaks are taken out and creases evened, nothing is added.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.boxes import lifted
from tinnhiem.paper.scan.frames import Frames, expected_centres, find_frames
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.straighten import FINENESS, Paper, is_two_levels, straightened, whitened
from tinnhiem.paper.scan.template import HARDLY_PRINTED, MARGIN, NAMES_FINENESS, BlankSide
from tinnhiem.paper.sheet_layout import Side

CREASE_LEAST = 170
"""Of 255: a line across a whole cell that is darker than this is a pen's and stays; folds take up to a third of the light."""
MOST_APART = 8
"""Pixels (1 mm) by which one frame may lie off its neighbours: paper bends slowly."""
PAPER_LEAST = 250
PAPER_SHARE = 0.75
"""Along a line of a row, and down a column of a few rows, at least a quarter is bare paper."""
WIDEST_PEN = 2.2
"""mm: what is wider and still pale is a stain; letters of a name, struck out or not, leave no such square."""
STAIN_LEAST = 150
"""Of 255: a felt pen and a box filled in are darker."""
CREASED = 244
"""Of 255: paper noise stays above in the middle of three columns."""
RULE_BLUR = 0.4
"""mm around a printed rule in which no crease is looked for."""
CREASE_BENT = 0.9
"""mm by which a crease may climb between the boxes and the far end of the names, and its half width."""
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


def _all_or_nothing(allowed: Pixels) -> Pixels:
    """What print may look like in black and white: black wherever it is grey at all."""
    return as_pixels(cv2.threshold(allowed, HARDLY_PRINTED, 255, cv2.THRESH_BINARY)[1])


def _usual_offsets(off: NDArray[np.int64], rows: int) -> NDArray[np.float64]:
    """What the boxes of each row and of the rows beside it lie off by in the middle, one line a box."""
    by_row = off.reshape(rows, -1, 2)
    wide = np.concatenate([by_row[:1], by_row, by_row[-1:]])
    usual = np.median(np.concatenate([wide[:-2], wide[1:-1], wide[2:]], axis=1), axis=1)
    return np.repeat(usual, by_row.shape[1], axis=0)


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
    if is_two_levels(grey):
        names_allowed, boxes_allowed = _all_or_nothing(names_allowed), _all_or_nothing(boxes_allowed)
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

    A crease runs on from the names through the boxes, a stroke through a name does not: only where the boxes' part shows one is it evened in either. In the boxes' part nothing else
    is evened, so that no scribble is thinned into a mark.
    """
    area = scan.side.rows[row].area
    top, bottom = area.y - MARGIN / 2, area.bottom + MARGIN / 2
    parts = (
        (scan.boxes, scan.blank.boxes_area, FINENESS, box_streaks),
        (scan.boxes_lifted, scan.blank.boxes_area, FINENESS, box_streaks),
        (scan.names, scan.blank.names_area, NAMES_FINENESS, name_streaks),
    )
    crease: NDArray[np.float64] = np.empty(0)
    for part, whole, fineness, streaks in parts:
        first = max(0, round((top - whole.y) * fineness))
        band = part[first : round((bottom - whole.y) * fineness)]
        if streaks is not None:
            band[streaks[first : first + len(band)] > 0] = 255
        if part is scan.boxes:
            crease = _crease_along(band, scan.blank.boxes_print[first : first + len(band)], fineness)
        if len(crease):
            _even_along(band, crease, fineness)
        if part is scan.names:
            _even(band, _stains(band, fineness), least=STAIN_LEAST)
            reach = round(CHUNK / 2 * fineness)
            around = part[max(0, first - reach) : first + len(band) + reach : 5]
            _even(band, _paper_level(around.T)[None, :])


def without_stains(scan: TableScan, rows: Sequence[int]) -> Pixels:
    """The boxes' part with stains lifted from some rows: to look between the boxes, never into them, where a scribble would be lifted as well."""
    part = scan.boxes.copy()
    for row in rows:
        area = scan.side.rows[row].area
        band = part[
            max(0, round((area.y - scan.blank.boxes_area.y) * FINENESS)) : round(
                (area.bottom - scan.blank.boxes_area.y) * FINENESS
            )
        ]
        _even(band, _stains(band, FINENESS), least=STAIN_LEAST)
    return part


def _crease_along(band: Pixels, blank: Pixels, fineness: float) -> NDArray[np.float64]:
    """How far down the band, mm, dark lines cross all columns of boxes where the blank has none."""
    dark = np.median(np.stack([_paper_level(chunk[:, ::4]) for chunk in _chunks(band, fineness)]), axis=0) < CREASED
    ruled = (_paper_level(blank[:, ::4]) < CREASED).astype(np.uint8)
    near = cv2.dilate(ruled[:, None], np.ones((2 * round(RULE_BLUR * fineness) + 1, 1), np.uint8))[:, 0]
    lines: NDArray[np.float64] = np.flatnonzero(dark & (near == 0)) / fineness
    return lines


def _even_along(band: Pixels, crease: NDArray[np.float64], fineness: float) -> None:
    """Divide a crease out of the lines of a band that lie near it."""
    places = np.arange(len(band)) / fineness
    lines = np.flatnonzero(np.abs(places[:, None] - crease[None, :]).min(axis=1) <= CREASE_BENT)
    if not len(lines):
        return
    first, last = int(lines[0]), int(lines[-1])
    for chunk in _chunks(band[first : last + 1], fineness):
        _even(chunk, _paper_level(chunk[:, ::4])[:, None])


def _paper_level(lines: Pixels) -> NDArray[np.float32]:
    """How bright the paper is along each line: at least a quarter of it is bare."""
    place = int(lines.shape[1] * PAPER_SHARE)
    return np.partition(lines, place, axis=1)[:, place].astype(np.float32)


def _chunks(band: Pixels, fineness: float) -> list[Pixels]:
    """The band in stretches over which a crease is level; a narrow rest goes with the last."""
    count = max(1, round(band.shape[1] / (CHUNK * fineness)))
    return np.array_split(band, count, axis=1)


def _stains(band: Pixels, fineness: float) -> NDArray[np.float32]:
    """What is dark over more than any pen's width: coffee, a thumb."""
    reach = round(WIDEST_PEN * fineness) | 1
    wide = cv2.morphologyEx(band, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8), borderType=cv2.BORDER_REPLICATE)
    return cv2.blur(wide, (5, 5)).astype(np.float32)


def _even(part: Pixels, level: NDArray[np.floating], least: int = CREASE_LEAST) -> None:
    creased = (level < PAPER_LEAST) & (level >= least)
    if creased.any():
        gain = np.where(creased, 255.0 / np.maximum(level, 1), 1.0).astype(np.float32)
        part[:] = np.minimum(part * gain, 255).astype(np.uint8)
