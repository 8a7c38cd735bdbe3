"""Xem từng dòng: every row is measured once; a row that then is in doubt gets a second, closer look before it goes to people.

Contract: gives one `RowReading` a row, and the trace of the page's handwriting as it was before any repair. The second look takes out what the scanner or a fold did (streaks, creases, bent paper) and measures again; it never touches a row that was
clear at first, so that no repair can make a clear row into another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan import boxes as box_scores
from tinnhiem.paper.scan import foreign_ink, row_ink, row_rules
from tinnhiem.paper.scan.boxes import Measures
from tinnhiem.paper.scan.frames import expected_centres
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.page_reading import BoxMeasure, RowReading
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.row_rules import RowMeasure
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.scan.streaks import Streak, streak_mask
from tinnhiem.paper.scan.table_scan import TableScan, mend_row, without_stains
from tinnhiem.paper.scan.template import NAMES_FINENESS
from tinnhiem.paper.scan.trace import trace_of

ENOUGH_MARKS = 4
"""Marks on a page from which its usual pen is known."""


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
    names, boxes = row_ink.foreign_in_names(scan, darker), row_ink.foreign_in_boxes(scan, scan.boxes)
    beside = row_ink.beside_boxes(scan, boxes)
    numbers = _numbers(found, scan)
    readings = [
        row_rules.read_row(
            _row_measure(
                scan,
                i,
                numbers,
                usual,
                row_ink.name_ink(scan, i, names),
                row_ink.outside_boxes(scan, i, boxes, beside, found),
            )
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
        names, boxes = row_ink.foreign_in_names(scan, darker), row_ink.foreign_in_boxes(scan, cleaned)
        # Moving print to where it fits costs most, and only what still looks foreign can be misplaced print.
        inks = {i: row_ink.name_ink(scan, i, names) for i in doubtful}
        for i in doubtful:
            if inks[i][0] > row_rules.FOREIGN_NAME:
                inks[i] = row_ink.aligned_name_ink(scan, i, darker)
        beside = row_ink.beside_boxes(scan, boxes)
        astray = [i for i in doubtful if row_ink.outside_boxes(scan, i, boxes, beside, again) > row_rules.FOREIGN_ROW]
        for i in astray:
            row_ink.align_boxes(scan, i, cleaned, boxes)
        if astray:
            beside = row_ink.beside_boxes(scan, boxes)
        numbers = _numbers(again, scan)
        for i in doubtful:
            readings[i] = row_rules.read_row(
                _row_measure(scan, i, numbers, usual, inks[i], row_ink.outside_boxes(scan, i, boxes, beside, again))
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
    patch: NDArray[np.uint8] = box_scores.cut(scan.blank.boxes, scan.blank.boxes, at, box.w).white[0]
    return patch


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


class _Numbers(NamedTuple):
    """The measures of all boxes as plain numbers, those that are told rounded."""

    ink: list[float]
    soft: list[float]
    template: list[float]
    extent: list[float]
    disc: list[float]
    depth: list[float]
    runs: list[float]
    ring: list[float]
    through: list[float]
    whole: list[float]


def _numbers(found: Measures, scan: TableScan) -> _Numbers:
    fine = (np.round(one, 4).tolist() for one in (found.ink, found.soft, found.template))
    coarse = (np.round(one, 3).tolist() for one in (found.extent, found.disc))
    rest = (one.tolist() for one in (found.depth, found.runs, found.ring, found.through, scan.frames.whole))
    return _Numbers(*fine, *coarse, *rest)


def _row_measure(
    scan: TableScan, row: int, numbers: _Numbers, usual: float | None, name: tuple[float, bool], outside: float
) -> RowMeasure:
    these = boxes_of(scan, row)
    part = slice(these.start, these.stop)
    return RowMeasure(
        line=scan.side.rows[row].line,
        boxes=tuple(
            BoxMeasure(
                choice=box.choice,
                ink=numbers.ink[i],
                soft=numbers.soft[i],
                extent=numbers.extent[i],
                disc=numbers.disc[i],
                template=numbers.template[i],
            )
            for i, box in zip(these, scan.side.rows[row].boxes, strict=True)
        ),
        depths=tuple(numbers.depth[part]),
        runs=tuple(numbers.runs[part]),
        rings=tuple(numbers.ring[part]),
        through=tuple(numbers.through[part]),
        frames=tuple(numbers.whole[part]),
        usual_depth=usual,
        in_name=name[0],
        struck=name[1],
        outside=outside,
    )


def _masks(scan: TableScan, streaks: tuple[Streak, ...], transform: Matrix) -> tuple[Pixels | None, Pixels | None]:
    if not streaks:
        return None, None
    height, width = scan.boxes.shape
    names_height, names_width = scan.names.shape
    return (
        streak_mask(streaks, transform, scan.blank.boxes_area, FINENESS, (height, width)),
        streak_mask(streaks, transform, scan.blank.names_area, NAMES_FINENESS, (names_height, names_width)),
    )
