"""Hai ô chuẩn: the printed empty and the printed crossed box at the foot, read like any box.

Contract: says whether print and scan are fit for reading at all. A page is unfit only where the printed cross is hardly there or the whole surroundings of
the empty box are dark; a voter's mark or a stain on them proves nothing and passes.
"""

from __future__ import annotations

import numpy as np

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan import boxes
from tinnhiem.paper.scan.frames import expected_centres, find_frames
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.row_rules import CLEAN_INK, FAINT_DEPTH, FRAME_WHOLE
from tinnhiem.paper.scan.straighten import FINENESS, straightened

AROUND = 3.0
"""mm of paper around the two boxes."""
MOST_EMPTY = 0.5
"""Ink in the empty box from which the scan is black rather than marked."""


def is_fit(grey: Pixels, transform: Matrix, calibration: tuple[Area, Area]) -> bool:
    """Bản in và ảnh quét đủ rõ hay không."""
    first, second = calibration
    area = Area(first.x, first.y, second.right - first.x, first.h).grown(AROUND)
    white = boxes.lifted(straightened(grey, transform, area, FINENESS))
    frames = find_frames(white, expected_centres([first, second], area), first.w)
    patches = boxes.cut(white, white, frames.centres, first.w)
    side = patches.white.shape[1]
    found = boxes.measure(patches, np.full((side, side), 255, dtype=np.uint8))
    if float(frames.whole.max()) < FRAME_WHOLE:
        # Covered or bent out of reach: the rows' own frames decide.
        return True
    empty, crossed = found.ink
    return bool(empty < MOST_EMPTY and crossed > CLEAN_INK and found.depth[1] > FAINT_DEPTH)
