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
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout, Side

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


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang đã biết là mặt nào của phiếu nào và nằm ở đâu trong ảnh."""

    layout: SheetLayout
    side: Side
    code: SheetCode
    placement: Placement
    scale: float | None


def read_page(image: PageImage, layouts: Layouts) -> PageReading:
    """Đọc một trang: rows in the order of the side, or a refusal."""
    known = _known(image, layouts)
    if isinstance(known, PageReading):
        return known
    unfit = _unfit(image, known)
    if unfit:
        return _refused(unfit, known.placement, known)
    side, transform = known.side, known.placement.transform
    blank = blank_side(known.layout, side)
    scan = scan_table(image.grey, transform, side, blank)
    if float((scan.frames.whole < row_rules.FRAME_WHOLE).mean()) > MOST_FRAMES_LOST:
        return _refused("frames_mismatch", known.placement, known)
    looked = look_at_rows(scan, transform, lambda: _streaks(image.grey, known))
    if sum(row.reason == "streak" for row in looked.rows) > MOST_STREAKED * len(side.rows):
        return _refused("page_streaked", known.placement, known)
    stamped = None
    if side.stamp is not None and blank.stamp is not None:
        stamped = is_stamped(image, transform, side.stamp, blank.stamp)
    return PageReading(
        status="read",
        ballot=side.ballot,
        page=side.page,
        rows=looked.rows,
        stamped=stamped,
        layout=known.layout.hash[:HASH_SHOWN],
        token=known.code.token,
        scale=known.scale,
        transform=_nine(known.placement),
        trace=looked.trace,
    )


def _known(image: PageImage, layouts: Layouts) -> Known | PageReading:
    """Which side this is and where it lies, or the refusal."""
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
    return Known(layout=layout, side=side, code=code, placement=placement, scale=_scale(image, layout, placement))


def _unfit(image: PageImage, known: Known) -> str:
    """Why a page that is known cannot be read all the same, "" where it can."""
    if known.scale is not None and not SCALE[0] <= known.scale <= SCALE[1]:
        return "wrong_scale"
    if known.placement.pixels_per_mm(known.layout.page_mm) < LEAST_PIXELS_PER_MM:
        return "too_small"
    return "" if is_fit(image.grey, known.placement.transform, known.side.calibration) else "print_unclear"


def _streaks(grey: Pixels, known: Known) -> tuple[Streak, ...]:
    """Photographs have none."""
    if known.placement.perspective:
        return ()
    fineness = known.placement.pixels_per_mm(known.layout.page_mm)
    return find_streaks(grey, known.placement.transform, known.side, fineness)


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


def _refused(reason: str, placement: Placement | None = None, known: Known | None = None) -> PageReading:
    transform = () if placement is None else _nine(placement)
    if known is None:
        return PageReading(status="refused", reason=reason, transform=transform)
    return PageReading(
        status="refused",
        reason=reason,
        ballot=known.side.ballot,
        page=known.side.page,
        layout=known.layout.hash[:HASH_SHOWN],
        token=known.code.token,
        scale=known.scale,
        transform=transform,
    )


def _nine(placement: Placement) -> tuple[float, ...]:
    return tuple(float(value) for value in placement.transform.ravel())
