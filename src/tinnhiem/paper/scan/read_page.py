"""Đọc một trang phiếu.

Contract: a pure function of (image, layouts): no clock, no file, no chance; the same image gives the same reading. It decides only what anybody would read the same way; the rest goes to
people with a reason, and a page it cannot place is refused with a reason. The signature area is never looked at.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tinnhiem.paper.scan import row_rules, sheet_code
from tinnhiem.paper.scan.calibration import is_fit
from tinnhiem.paper.scan.layouts import Geometry, Layouts, SheetCode
from tinnhiem.paper.scan.look import look_at_rows
from tinnhiem.paper.scan.page_image import PageImage, Pixels
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.placement import Placement, place
from tinnhiem.paper.scan.stamp import is_stamped
from tinnhiem.paper.scan.streaks import Streak, find_streaks
from tinnhiem.paper.scan.table_scan import scan_table
from tinnhiem.paper.scan.template import blank_side
from tinnhiem.paper.sheet_layout import SheetLayout, Side

LEAST_PIXELS_PER_MM = 4.3
"""110 dpi: below it a fine ballpoint is no longer certain."""
SCALE = (0.97, 1.03)
"""Print scale that is accepted; "fit to page" prints at 94–96 %."""
MOST_FRAMES_LOST = 0.2
"""Share of frames not found above which the page as a whole is not trusted."""
MOST_STREAKED = 0.5
"""Share of rows with a streak through a box above which the page is scanned again rather than shown row by row."""
BLANK_INK = 0.0015
"""Share of dark pixels below which a page bears nothing."""


def read_page(image: PageImage, layouts: Layouts) -> PageReading:
    """Đọc một trang: rows in the order of the side, or a refusal."""
    grey = image.grey
    if min(grey.shape) < LEAST_PIXELS_PER_MM * 90:
        return _refused("too_small")
    placed = _placed(grey, layouts)
    if placed is None:
        return _refused(_why_unplaced(grey))
    geometry, placement = placed
    code = sheet_code.read_code(grey, placement.transform, geometry.code) or sheet_code.read_code_anywhere(grey)
    known = None if code is None else layouts.of(code)
    if code is None or known is None:
        return _refused(_why_unknown(code, layouts), placement)
    layout, side = known
    if (layout.page_mm, side.markers) != (geometry.page_mm, geometry.markers):
        again = place(grey, Geometry(page_mm=layout.page_mm, markers=side.markers, code=side.code))
        if again is None:
            return _refused("markers_missing", placement)
        placement = again
    scale = _scale(image, layout, placement)
    if scale is not None and not SCALE[0] <= scale <= SCALE[1]:
        return _refused("wrong_scale", placement, side=side, code=code, scale=scale)
    if placement.pixels_per_mm(layout.page_mm) < LEAST_PIXELS_PER_MM:
        return _refused("too_small", placement, side=side, code=code, scale=scale)
    if not is_fit(grey, placement.transform, side.calibration):
        return _refused("print_unclear", placement, side=side, code=code, scale=scale)
    blank = blank_side(layout, side)
    scan = scan_table(grey, placement.transform, side, blank)
    if float((scan.frames.whole < row_rules.FRAME_WHOLE).mean()) > MOST_FRAMES_LOST:
        return _refused("frames_mismatch", placement, side=side, code=code, scale=scale)

    def streaks() -> tuple[Streak, ...]:
        if placement.perspective:
            return ()
        return find_streaks(grey, placement.transform, side, placement.pixels_per_mm(layout.page_mm))

    looked = look_at_rows(scan, placement.transform, streaks)
    if sum(row.reason == "streak" for row in looked.rows) > MOST_STREAKED * len(side.rows):
        return _refused("page_streaked", placement, side=side, code=code, scale=scale)
    stamped = None
    if side.stamp is not None and blank.stamp is not None:
        stamped = is_stamped(image, placement.transform, side.stamp, blank.stamp)
    return PageReading(
        status="read",
        ballot=side.ballot,
        page=side.page,
        rows=looked.rows,
        stamped=stamped,
        trace=looked.trace,
        token=code.token,
        scale=scale,
        transform=_nine(placement),
    )


def _placed(grey: Pixels, layouts: Layouts) -> tuple[Geometry, Placement] | None:
    """The geometry whose signs fit best."""
    best: tuple[Geometry, Placement] | None = None
    for geometry in layouts.geometries():
        placement = place(grey, geometry)
        if placement is not None and (best is None or placement.stray < best[1].stray):
            best = geometry, placement
    return best


def _why_unplaced(grey: Pixels) -> str:
    if float((grey < 128).mean()) < BLANK_INK:
        return "blank_page"
    return "not_a_ballot" if sheet_code.read_code_anywhere(grey) is None else "markers_missing"


def _why_unknown(code: SheetCode | None, layouts: Layouts) -> str:
    if code is None:
        return "code_unreadable"
    return "other_round" if code.rehearsal == layouts.rehearsal else "rehearsal_mixed"


def _scale(image: PageImage, layout: SheetLayout, placement: Placement) -> float | None:
    if image.dpi is None or placement.perspective:
        return None
    width, height = layout.page_mm
    corners = placement.points(np.array([(0.0, 0.0), (width, 0.0), (0.0, height)]))
    across = float(np.hypot(*(corners[1] - corners[0]))) / width
    down = float(np.hypot(*(corners[2] - corners[0]))) / height
    return round(float(np.sqrt(across * down)) * 25.4 / image.dpi, 4)


def _refused(
    reason: str,
    placement: Placement | None = None,
    *,
    side: Side | None = None,
    code: SheetCode | None = None,
    scale: float | None = None,
) -> PageReading:
    bare = PageReading(status="refused", reason=reason, scale=scale)
    if placement is not None:
        bare = msgspec.structs.replace(bare, transform=_nine(placement))
    if side is not None and code is not None:
        bare = msgspec.structs.replace(bare, ballot=side.ballot, page=side.page, token=code.token)
    return bare


def _nine(placement: Placement) -> tuple[float, ...]:
    return tuple(float(value) for value in placement.transform.ravel())
