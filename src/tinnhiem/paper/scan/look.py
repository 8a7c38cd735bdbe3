"""Xem từng dòng: every row is measured once; a row that then is in doubt gets a second, closer look before it goes to people.

Contract: gives one `RowReading` a row, and the trace of the page's handwriting as it was before any repair. The second look takes out what the scanner or a fold did (streaks, creases, bent paper) and measures again; it never touches a row that was
clear at first, so that no repair can make a clear row into another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan import boxes as box_scores
from tinnhiem.paper.scan import foreign_ink, row_rules
from tinnhiem.paper.scan.boxes import Measures
from tinnhiem.paper.scan.duplicates import trace_of
from tinnhiem.paper.scan.frames import expected_centres
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.page_reading import BoxMeasure, RowReading
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.row_rules import RowMeasure
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.scan.streaks import Streak, streak_mask
from tinnhiem.paper.scan.table_scan import TableScan, mend_row, without_stains
from tinnhiem.paper.scan.template import NAMES_FINENESS

BOX_MARGIN = 0.5
"""mm around a box that still belongs to it."""
TAIL_REACH = 5.0
"""mm above and below a row from which strokes of other rows may come."""
BRIDGE = 9
"""Pixels: strokes are joined over the frame and rules that were taken out of them."""
ENOUGH_MARKS = 4
"""Marks on a page from which its usual pen is known."""
ALIGN = 5
"""Pixels at `NAMES_FINENESS` (0.8 mm) by which bent paper may have moved words beside their row's boxes."""
STRAIGHT = 0.6
"""mm off its level: a stroke through words stays nearer, letters do not."""
ALIGN_CHUNK = 25.0
"""mm of a row that are moved as one."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Các dòng đã đọc và nét chữ của trang."""

    rows: tuple[RowReading, ...]
    trace: bytes


def look_at_rows(scan: TableScan, transform: Matrix, streaks: Callable[[], tuple[Streak, ...]]) -> Looked:
    """Đọc mọi dòng. `streaks` is asked only where a row is in doubt."""
    plain = _plain_patch(scan)
    size = scan.side.rows[0].boxes[0].area.w
    patches = box_scores.cut(scan.boxes, scan.boxes_lifted, scan.frames.centres, size)
    found = box_scores.measure(patches, plain)
    marked = found.depth[found.ink > row_rules.CLEAN_INK]
    usual = float(np.median(marked)) if len(marked) >= ENOUGH_MARKS else None
    darker = foreign_ink.darker_for(usual)
    names, boxes = _foreign_names(scan, darker), _foreign_boxes(scan, scan.boxes)
    beside = _beside(scan, boxes)
    readings = [
        row_rules.read_row(
            _row_measure(scan, i, found, usual, *_name_ink(scan, i, names), _outside(scan, i, boxes, beside, found))
        )
        for i in range(len(scan.side.rows))
    ]
    doubtful = [i for i, reading in enumerate(readings) if reading.state == "doubt" and not _beyond_repair(reading)]
    if doubtful:
        masks = _masks(scan, streaks(), transform)
        for i in doubtful:
            mend_row(scan, i, *masks)
        again = _remeasured(scan, doubtful, found, plain)
        cleaned = without_stains(scan, doubtful)
        names, boxes = _foreign_names(scan, darker), _foreign_boxes(scan, cleaned)
        # Moving print to where it fits costs most, and only what still looks foreign can be misplaced print.
        inks = {i: _name_ink(scan, i, names) for i in doubtful}
        for i in doubtful:
            if inks[i][0] > row_rules.FOREIGN_NAME:
                inks[i] = _aligned_name_ink(scan, i, darker)
        beside = _beside(scan, boxes)
        astray = [i for i in doubtful if _outside(scan, i, boxes, beside, again) > row_rules.FOREIGN_ROW]
        for i in astray:
            _align_boxes(scan, i, cleaned, boxes)
        if astray:
            beside = _beside(scan, boxes)
        for i in doubtful:
            readings[i] = row_rules.read_row(
                _row_measure(scan, i, again, usual, *inks[i], _outside(scan, i, boxes, beside, again))
            )
    return Looked(rows=tuple(readings), trace=trace_of(patches))


def _beyond_repair(reading: RowReading) -> bool:
    """Whether a hand caused the doubt for certain: nothing a scanner or a fold does scribbles a box over, marks two, or shortens a stroke."""
    plain = [box for box in reading.boxes if box.ink > row_rules.CLEAN_INK and box.extent > row_rules.CLEAN_EXTENT]
    return reading.reason in {"scribble", "dot", "faint"} or len(plain) > 1


def boxes_of(scan: TableScan, row: int) -> range:
    """Places of a row's boxes among all boxes of the side."""
    each = len(scan.side.rows[0].boxes)
    return range(row * each, (row + 1) * each)


def _plain_patch(scan: TableScan) -> NDArray[np.uint8]:
    box = scan.side.rows[0].boxes[0].area
    at = np.rint(expected_centres([box], scan.blank.boxes_area)).astype(np.int64)
    return box_scores.cut(scan.blank.boxes, scan.blank.boxes, at, box.w).white[0]


def _remeasured(scan: TableScan, rows: list[int], found: Measures, plain: NDArray[np.uint8]) -> Measures:
    which = np.array([i for row in rows for i in boxes_of(scan, row)])
    size = scan.side.rows[0].boxes[0].area.w
    anew = box_scores.measure(box_scores.cut(scan.boxes, scan.boxes_lifted, scan.frames.centres[which], size), plain)
    changed = {}
    for field in Measures.__struct_fields__:
        values = getattr(found, field).copy()
        values[which] = getattr(anew, field)
        changed[field] = values
    return msgspec.structs.replace(found, **changed)


def _row_measure(
    scan: TableScan, row: int, found: Measures, usual: float | None, in_name: float, struck: bool, outside: float
) -> RowMeasure:
    these = list(boxes_of(scan, row))
    return RowMeasure(
        line=scan.side.rows[row].line,
        boxes=tuple(
            BoxMeasure(
                choice=box.choice,
                ink=round(float(found.ink[i]), 4),
                soft=round(float(found.soft[i]), 4),
                extent=round(float(found.extent[i]), 3),
                disc=round(float(found.disc[i]), 3),
                template=round(float(found.template[i]), 4),
            )
            for i, box in zip(these, scan.side.rows[row].boxes, strict=True)
        ),
        depths=tuple(float(found.depth[i]) for i in these),
        runs=tuple(float(found.runs[i]) for i in these),
        rings=tuple(float(found.ring[i]) for i in these),
        through=tuple(float(found.through[i]) for i in these),
        frames=tuple(float(scan.frames.whole[i]) for i in these),
        usual_depth=usual,
        in_name=in_name,
        struck=struck,
        outside=outside,
    )


def _name_offsets(scan: TableScan) -> NDArray[np.int64]:
    return np.rint(scan.row_offsets * (NAMES_FINENESS / FINENESS)).astype(np.int64)


def _foreign_names(scan: TableScan, darker: int) -> Pixels:
    allowed = foreign_ink.moved(
        scan.names_allowed, scan.blank.names_area, scan.side.rows, _name_offsets(scan), NAMES_FINENESS
    )
    return foreign_ink.foreign(scan.names, allowed, darker)


def _foreign_boxes(scan: TableScan, boxes: Pixels) -> Pixels:
    """Foreign ink between and in the boxes, frames left out."""
    allowed = foreign_ink.moved(scan.boxes_allowed, scan.blank.boxes_area, scan.side.rows, scan.row_offsets, FINENESS)
    return foreign_ink.foreign(boxes, allowed, foreign_ink.DARKER)


def _name_ink(scan: TableScan, row: int, foreign: Pixels) -> tuple[float, bool]:
    offset = int(_name_offsets(scan)[row, 1])
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.names_area, NAMES_FINENESS, offset, len(foreign))
    there = foreign[lines]
    return _area_and_kind(there)


def _aligned(
    part: Pixels, allowed: Pixels, lines: slice, offset: tuple[int, int], fineness: float, darker: int
) -> Pixels:
    """Foreign ink in some lines of a part, each stretch of the blank moved to where its print fits best."""
    pad = ALIGN + max(abs(offset[0]), abs(offset[1]))
    wide = cv2.copyMakeBorder(allowed, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    high, width = lines.stop - lines.start, part.shape[1]
    cuts = np.linspace(0, width, max(1, round(width / (ALIGN_CHUNK * fineness))) + 1).astype(int).tolist()
    left_over = np.zeros((high, width), dtype=np.uint8)
    for left, right in itertools.pairwise(cuts):
        seen = np.ascontiguousarray(part[lines, left:right])
        y, x = lines.start - offset[1] + pad, left - offset[0] + pad
        around = wide[max(0, y - ALIGN) : y + high + ALIGN, x - ALIGN : x + right - left + ALIGN]
        short = high + 2 * ALIGN - around.shape[0]
        if short > 0:
            around = cv2.copyMakeBorder(around, 0, short, 0, 0, cv2.BORDER_REPLICATE)
        _, _, (best_x, best_y), _ = cv2.minMaxLoc(cv2.matchTemplate(around, seen, cv2.TM_SQDIFF))
        fitted = np.ascontiguousarray(around[best_y : best_y + high, best_x : best_x + right - left])
        left_over[:, left:right] = foreign_ink.foreign(seen, fitted, darker)
    return left_over


def _aligned_name_ink(scan: TableScan, row: int, darker: int) -> tuple[float, bool]:
    """Foreign ink in the names of a row whose paper may be bent."""
    dx, dy = _name_offsets(scan)[row].tolist()
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.names_area, NAMES_FINENESS, dy, len(scan.names))
    there = _aligned(scan.names, scan.names_allowed, lines, (dx, dy), NAMES_FINENESS, darker)
    return _area_and_kind(there)


def _align_boxes(scan: TableScan, row: int, cleaned: Pixels, foreign: Pixels) -> None:
    """The same for the boxes' part, in place."""
    dx, dy = scan.row_offsets[row].tolist()
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.boxes_area, FINENESS, dy, len(foreign))
    foreign[lines] = _aligned(cleaned, scan.boxes_allowed, lines, (dx, dy), FINENESS, foreign_ink.DARKER)


def _area_and_kind(there: Pixels) -> tuple[float, bool]:
    """mm² of foreign ink, and whether it strikes words out; asked only where there is enough of it."""
    area = cv2.countNonZero(there) / NAMES_FINENESS**2
    return area, area > row_rules.FOREIGN_NAME and _looks_struck(there)


def _looks_struck(there: Pixels) -> bool:
    """Foreign ink that lies along one level is a stroke through words, else writing."""
    ys, xs = np.nonzero(there)
    if len(ys) < 10:
        return False
    x, y = xs - xs.mean(), ys - ys.mean()
    slope = float((x * y).sum()) / max(1.0, float((x * x).sum()))
    return float(np.abs(y - slope * x).mean()) < STRAIGHT * NAMES_FINENESS


def _beside(scan: TableScan, foreign: Pixels) -> Pixels:
    """Foreign ink between the boxes."""
    half = round((scan.side.rows[0].boxes[0].area.w / 2 + BOX_MARGIN) * FINENESS)
    beside = foreign.copy()
    for x, y in scan.frames.centres.tolist():
        beside[max(0, y - half) : y + half + 1, max(0, x - half) : x + half + 1] = 0
    return beside


def _outside(scan: TableScan, row: int, foreign: Pixels, beside: Pixels, found: Measures) -> float:
    """mm² of ink beside the boxes that is no tail of a mark, of this row or the next."""
    area, rows = scan.blank.boxes_area, scan.side.rows
    lines = foreign_ink.slice_of(rows[row], area, FINENESS, int(scan.row_offsets[row, 1]), len(foreign))
    ink = cv2.countNonZero(beside[lines]) / FINENESS**2
    if ink <= row_rules.FOREIGN_ROW:
        return ink
    reach = round(TAIL_REACH * FINENESS)
    top, bottom = max(0, lines.start - reach), min(len(foreign), lines.stop + reach)
    joined = cv2.dilate(foreign[top:bottom], np.ones((BRIDGE, BRIDGE), np.uint8))
    _, labels = cv2.connectedComponents(joined)
    inner = round(rows[row].boxes[0].area.w * 0.35 * FINENESS)
    own: set[int] = set()
    for i in np.flatnonzero(found.ink > row_rules.CLEAN_INK):
        x, y = scan.frames.centres[i]
        if top <= y < bottom:
            own |= set(
                np.unique(labels[max(0, y - inner - top) : y + inner - top, max(0, x - inner) : x + inner]).tolist()
            )
    own.discard(0)
    stray = beside[lines] * ~np.isin(labels[lines.start - top : lines.stop - top], list(own))
    return float(stray.sum()) / FINENESS**2


def _masks(scan: TableScan, streaks: tuple[Streak, ...], transform: Matrix) -> tuple[Pixels | None, Pixels | None]:
    if not streaks:
        return None, None
    height, width = scan.boxes.shape
    names_height, names_width = scan.names.shape
    return (
        streak_mask(streaks, transform, scan.blank.boxes_area, FINENESS, (height, width)),
        streak_mask(streaks, transform, scan.blank.names_area, NAMES_FINENESS, (names_height, names_width)),
    )
