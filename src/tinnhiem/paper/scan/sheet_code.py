"""Mã vuông: the square code of a placed sheet.

Contract: looks where the layout has the code first, upright and enlarged; then over the whole page. Gives what the code says, or None; judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.layouts import SheetCode, parse_code
from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.straighten import straightened

QUIET = 2.5
"""mm of white around the code; the printed quiet zone."""
FINE = 10.0
"""Pixels a millimetre of the crop: five a cell, about what scans of 200 dpi hold."""
FINER = 20.0
LINE = 0.25
"""mm: thinner than a cell of the code, as wide as a streak."""
LONGEST = 2400
"""Longer side of the page when it is searched whole."""


def read_code(grey: Pixels, transform: Matrix, area: Area) -> SheetCode | None:
    """Đọc mã ở chỗ đã biết: as scanned, then enlarged and mended in the ways a scanner spoils a code."""
    for fineness in (FINE, FINER):
        crop = straightened(grey, transform, area.grown(QUIET), fineness)
        for mended in _mended(crop, fineness):
            found = _decoded(mended)
            if found is not None:
                return found
    return None


def _mended(crop: Pixels, fineness: float) -> Iterator[Pixels]:
    """The crop itself, then smoothed, then without thin lines across it one way or the other (streaks, folds), then in black and white."""
    yield crop
    smooth = as_pixels(cv2.GaussianBlur(crop, (0, 0), fineness / 8))
    yield smooth
    thin = max(2, round(LINE * fineness))
    for shape in ((1, thin), (thin, 1)):
        yield as_pixels(cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)))
    yield as_pixels(cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1])


def read_code_anywhere(grey: Pixels) -> SheetCode | None:
    """Tìm mã trên cả trang: 3–14 ms, for sheets whose signs or place were not found."""
    height, width = grey.shape
    if max(height, width) > LONGEST:
        share = LONGEST / max(height, width)
        grey = np.asarray(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return _decoded(grey)


_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def _decoded(crop: Pixels) -> SheetCode | None:
    for found in zxingcpp.read_barcodes(crop, formats=_ONLY):
        code = parse_code(found.text)
        if code is not None:
            return code
    return None
