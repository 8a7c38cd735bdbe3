"""Mực lạ trên từng dòng: foreign ink in the names, and between the boxes.

Contract: works on a `TableScan`. Ink that belongs to a mark (the tails of a large cross, of this row or the next) is told from ink that belongs to none. Print on bent paper is moved to where it fits
before it is called foreign. Areas in mm²; what they mean is `row_rules`' affair.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan import foreign_ink, row_rules
from tinnhiem.paper.scan.boxes import Measures
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.scan.table_scan import TableScan
from tinnhiem.paper.scan.template import NAMES_FINENESS

BOX_MARGIN = 0.5
"""mm around a box that still belongs to it."""
TAIL_REACH = 5.0
"""mm above and below a row from which strokes of other rows may come."""
BRIDGE = 11
"""Pixels: strokes are joined over the frame and rules that were taken out of them."""
ALIGN = 5
"""Pixels at `NAMES_FINENESS` (0.8 mm) by which bent paper may have moved words beside their row's boxes."""
STRAIGHT = 0.5
"""mm off its level, in the mean: a stroke through words stays nearer, letters and specks do not."""
LONG = 2.0
"""mm from its middle, in the mean: strokes through the shortest names are 8 mm long."""
DUST_AREA, DUST_LENGTH = 0.4, 0.7
"""mm² in all, and mm of the longest piece, up to which ink in a name is dust: specks are 0.2–0.67 long; of 1700 names struck out or added to, all showed a piece of 0.83 and more, or more ink."""
ALIGN_CHUNK = 13.0
"""mm of a row that are moved as one."""


def _name_offsets(scan: TableScan) -> NDArray[np.int64]:
    offsets: NDArray[np.int64] = np.rint(scan.row_offsets * (NAMES_FINENESS / FINENESS)).astype(np.int64)
    return offsets


def foreign_in_names(scan: TableScan, darker: int) -> Pixels:
    """Foreign ink in the part with numbers, names and posts."""
    allowed = foreign_ink.moved(
        scan.names_allowed, scan.blank.names_area, scan.side.rows, _name_offsets(scan), NAMES_FINENESS
    )
    return foreign_ink.foreign(scan.names, allowed, darker)


def foreign_in_boxes(scan: TableScan, boxes: Pixels) -> Pixels:
    """Foreign ink between and in the boxes, frames left out."""
    # A pixel is within the slack that print is given anyway.
    offsets = np.where(np.abs(scan.row_offsets) > 1, scan.row_offsets, 0)
    allowed = foreign_ink.moved(scan.boxes_allowed, scan.blank.boxes_area, scan.side.rows, offsets, FINENESS)
    return foreign_ink.foreign(boxes, allowed, foreign_ink.DARKER)


def name_ink(scan: TableScan, row: int, foreign: Pixels) -> tuple[float, bool]:
    """mm² of it in one row, and whether it strikes words out."""
    offset = round(int(scan.row_offsets[row, 1]) * (NAMES_FINENESS / FINENESS))
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.names_area, NAMES_FINENESS, offset, len(foreign))
    there = foreign[lines]
    return _area_and_kind(there)


class _Print(NamedTuple):
    """What the blank shows in a part, how dark it may come out, and where the part's row lies off its place, pixels."""

    blank: Pixels
    allowed: Pixels
    offset: tuple[int, int]
    fineness: float


def _aligned(part: Pixels, printed: _Print, lines: slice, darker: int) -> Pixels:
    """Foreign ink in some lines of a part, each stretch of the blank moved to where its print fits best."""
    dx, dy = printed.offset
    pad = ALIGN + max(abs(dx), abs(dy))
    high, width = lines.stop - lines.start, part.shape[1]
    top = lines.start - dy + pad - ALIGN
    blank, allowed = (
        as_pixels(
            cv2.copyMakeBorder(one, pad, pad + high, pad, pad, cv2.BORDER_REPLICATE)[top : top + high + 2 * ALIGN]
        )
        for one in (printed.blank, printed.allowed)
    )
    cuts = np.linspace(0, width, max(1, round(width / (ALIGN_CHUNK * printed.fineness))) + 1).astype(int).tolist()
    left_over = np.zeros((high, width), dtype=np.uint8)
    for left, right in itertools.pairwise(cuts):
        seen = as_pixels(part[lines, left:right])
        x = left - dx + pad - ALIGN
        around = as_pixels(blank[:, x : x + right - left + 2 * ALIGN])
        _, _, (off_x, off_y), _ = cv2.minMaxLoc(cv2.matchTemplate(around, seen, cv2.TM_SQDIFF))
        fitted = as_pixels(allowed[off_y : off_y + high, x + off_x : x + off_x + right - left])
        left_over[:, left:right] = foreign_ink.foreign(seen, fitted, darker)
    return left_over


def aligned_name_ink(scan: TableScan, row: int, darker: int) -> tuple[float, bool]:
    """Foreign ink in the names of a row whose paper may be bent."""
    dx, dy = _name_offsets(scan)[row].tolist()
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.names_area, NAMES_FINENESS, dy, len(scan.names))
    printed = _Print(scan.blank.names, scan.names_allowed, (dx, dy), NAMES_FINENESS)
    # What is left of print that fits nearly are slivers one pixel wide along upright strokes; a stroke through words lies.
    left_over = _aligned(scan.names, printed, lines, darker)
    there = as_pixels(cv2.morphologyEx(left_over, cv2.MORPH_OPEN, np.ones((1, 2), np.uint8)))
    return _area_and_kind(there)


def align_boxes(scan: TableScan, row: int, cleaned: Pixels, foreign: Pixels) -> None:
    """The same for the boxes' part, in place."""
    dx, dy = scan.row_offsets[row].tolist()
    lines = foreign_ink.slice_of(scan.side.rows[row], scan.blank.boxes_area, FINENESS, dy, len(foreign))
    printed = _Print(scan.blank.boxes, scan.boxes_allowed, (dx, dy), FINENESS)
    foreign[lines] = _aligned(cleaned, printed, lines, foreign_ink.DARKER)


def _area_and_kind(there: Pixels) -> tuple[float, bool]:
    """mm² of foreign ink that is more than dust, and whether it strikes words out; both asked only where there is ink enough."""
    area = cv2.countNonZero(there) / NAMES_FINENESS**2
    if row_rules.FOREIGN_NAME < area <= DUST_AREA and _longest_piece(there) <= DUST_LENGTH:
        return 0.0, False
    return area, area > row_rules.FOREIGN_NAME and _looks_struck(there)


def _longest_piece(there: Pixels) -> float:
    """mm, across or down. Pieces two pixels apart are one: a thin stroke comes out broken."""
    stats = cv2.connectedComponentsWithStats(cv2.dilate(there, np.ones((3, 3), np.uint8)))[2][1:]
    # Joining made every piece a pixel larger all round.
    longest = int(stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max()) - 2
    return longest / NAMES_FINENESS


def _looks_struck(there: Pixels) -> bool:
    """Foreign ink that lies along one level, over a good part of a name, is a stroke through words; else it is writing, or specks."""
    ys, xs = np.nonzero(there)
    x, y = xs - xs.mean(), ys - ys.mean()
    slope = float((x * y).sum()) / max(1.0, float((x * x).sum()))
    off, spread = float(np.abs(y - slope * x).mean()), float(np.abs(x).mean())
    return off < STRAIGHT * NAMES_FINENESS and spread > LONG * NAMES_FINENESS


def beside_boxes(scan: TableScan, foreign: Pixels) -> Pixels:
    """Foreign ink between the boxes."""
    half = round((scan.side.rows[0].boxes[0].area.w / 2 + BOX_MARGIN) * FINENESS)
    beside = foreign.copy()
    for x, y in scan.frames.centres.tolist():
        beside[max(0, y - half) : y + half + 1, max(0, x - half) : x + half + 1] = 0
    return beside


def outside_boxes(scan: TableScan, row: int, foreign: Pixels, beside: Pixels, found: Measures) -> float:
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
