"""Hai ô chuẩn: the printed empty and the printed crossed box at the foot, read like any box.

Contract: says whether print and scan are fit for reading at all. A page is unfit only where the printed cross is hardly there or the whole surroundings of
the empty box are dark; a voter's mark or a stain on them proves nothing and passes.
"""

from __future__ import annotations

import numpy as np

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan import boxes
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.row_rules import CLEAN_INK, FAINT_DEPTH
from tinnhiem.paper.scan.straighten import FINENESS, straightened

AROUND = 3.0
"""mm of paper around the two boxes."""
INSIDE = 0.9
"""mm left out at each edge: the frame, and what bent paper moves it by."""
MOST_EMPTY = 0.5
"""Ink in the empty box from which the scan is black rather than marked."""


def is_fit(grey: Pixels, transform: Matrix, calibration: tuple[Area, Area]) -> bool:
    """Bản in và ảnh quét đủ rõ hay không."""
    first, second = calibration
    area = Area(first.x, first.y, second.right - first.x, first.h).grown(AROUND)
    white = boxes.lifted(straightened(grey, transform, area, FINENESS))
    ink, depth = [], []
    for box in calibration:
        inner = box.grown(-INSIDE)
        top, left = round((inner.y - area.y) * FINENESS), round((inner.x - area.x) * FINENESS)
        inside = white[top : top + round(inner.h * FINENESS), left : left + round(inner.w * FINENESS)]
        ink.append(float((inside < boxes.HARD).mean()))
        depth.append(1 - float(np.percentile(inside, 3)) / 255)
    return ink[0] < MOST_EMPTY and ink[1] > CLEAN_INK and depth[1] > FAINT_DEPTH
