"""Mẫu phiếu trắng: the blank side as pixels, to hold a scan against.

Contract: drawn from the layout by the printer itself, rendered once a process and side, cut to the parts that the reader uses. Upright, at the reader's fineness; 255 white.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict

import cv2
import msgspec
import numpy as np
import pypdfium2

from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.foreign_ink import allowance
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.straighten import FINENESS, straightened
from tinnhiem.paper.sheet_layout import SheetLayout, Side

NAMES_FINENESS = 6.0
"""Pixels a millimetre at which names are held against the blank: the finest pen is one pixel wide."""
RENDERED = 16.0
MOST_KEPT = 24
"""Sides kept in memory, 2 MB each."""
HARDLY_PRINTED = 225
"""Of 255: what is paler is the shading of rows, which a page made white no longer has."""
MARGIN = 2.0
"""mm of paper above and below the rows in each part."""

_kept: OrderedDict[tuple[str, int], BlankSide] = OrderedDict()
_one_at_a_time = threading.Lock()


class BlankSide(msgspec.Struct, frozen=True, kw_only=True):
    """Một mặt phiếu trắng. `boxes_area` holds all boxes and what is right of them, `names_area` numbers, names and posts. `boxes` and `names` are the blank itself, `boxes_print` the same without the shading of rows;
    `boxes_allowed`, `names_allowed` are how dark print may be at each place. `stamp` shows the stamp area at `STAMP_FINENESS`, None where there is none.
    """

    boxes_area: Area
    boxes: Pixels
    boxes_print: Pixels
    boxes_allowed: Pixels
    names_area: Area
    names: Pixels
    names_allowed: Pixels
    stamp: Pixels | None


STAMP_FINENESS = 2.0


def blank_side(layout: SheetLayout, side: Side) -> BlankSide:
    """Mặt phiếu trắng of a layout, drawn when it is first asked for."""
    key = (layout.hash, layout.pages.index(side))
    with _one_at_a_time:
        known = _kept.get(key)
        if known is None:
            known = _kept[key] = _made(layout, side)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return known


def boxes_area(side: Side) -> Area:
    """What is right of the names, from the first row to the last, on half millimetres: whole pixels at any fineness in use."""
    return _rows_between(side, side.rows[0].name.right, side.rows[0].area.right)


def names_area(side: Side) -> Area:
    """Numbers, names and posts, from the first row to the last, on half millimetres."""
    return _rows_between(side, side.rows[0].area.x, side.rows[0].name.right)


def _rows_between(side: Side, left: float, right: float) -> Area:
    x, y = math.floor(left * 2) / 2, math.floor((side.rows[0].area.y - MARGIN) * 2) / 2
    return Area(x, y, math.ceil(right * 2) / 2 - x, math.ceil((side.rows[-1].area.bottom + MARGIN) * 2) / 2 - y)


def _made(layout: SheetLayout, side: Side) -> BlankSide:
    document = pypdfium2.PdfDocument(ballot_print.draw(layout, sides=[side]))
    try:
        page = document[0].render(scale=RENDERED * 25.4 / 72, grayscale=True).to_numpy()
        grey = np.ascontiguousarray(page[:, :, 0] if page.ndim == 3 else page, dtype=np.uint8)
    finally:
        document.close()
    # A millimetre's corner lies half a pixel before the middle of the first one.
    transform = np.array([[RENDERED, 0, -0.5], [0, RENDERED, -0.5], [0, 0, 1]])

    def part(area: Area, fineness: float) -> Pixels:
        twice = straightened(grey, transform, area, fineness * 2)
        size = (round(area.w * fineness), round(area.h * fineness))
        return np.asarray(cv2.resize(twice, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    boxes, names = boxes_area(side), names_area(side)
    boxes_seen, names_seen = part(boxes, FINENESS), part(names, NAMES_FINENESS)
    return BlankSide(
        boxes_area=boxes,
        boxes=boxes_seen,
        boxes_print=np.where(boxes_seen > HARDLY_PRINTED, np.uint8(255), boxes_seen),
        boxes_allowed=allowance(boxes_seen),
        names_area=names,
        names=names_seen,
        names_allowed=allowance(names_seen),
        stamp=None if side.stamp is None else part(side.stamp, STAMP_FINENESS),
    )
