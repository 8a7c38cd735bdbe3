"""Dấu treo: whether the stamp area of a first side bears a stamp.

Contract: red ink where the image has colour, else dark ink that the blank does not have. Says nothing of whose stamp it is.
"""

from __future__ import annotations

import cv2
import numpy as np

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_image import PageImage, Pixels
from tinnhiem.paper.scan.placement import Matrix
from tinnhiem.paper.scan.straighten import COARSE, Paper, is_two_levels, straightened
from tinnhiem.paper.scan.template import STAMP_FINENESS

RED = 28
"""Levels of redness above the area's own: tinted paper and warm light are as red everywhere, a worn seal is 40 and more above."""
LEAST_RED = 30.0
"""mm²: a seal of 36 mm covers 150 and more even when badly inked."""
DARK = 200
"""Of 255 over the paper: grey scans show a red seal half dark, a worn one a fifth."""
LEAST_DARK = 30.0


def is_stamped(image: PageImage, transform: Matrix, area: Area, blank: Pixels) -> bool | None:
    """Có dấu treo trong ô dành cho dấu hay không; None where the image is black and white and shows none: red may have been lost."""
    if image.red is not None:
        red = straightened(image.red, transform, area, STAMP_FINENESS)
        above = cv2.subtract(red, np.full_like(red, int(np.median(red))))
        if float((above > RED).sum()) / STAMP_FINENESS**2 >= LEAST_RED:
            return True
    on_half_mm = Area(*(round(value * COARSE) / COARSE for value in (area.x, area.y, area.w, area.h)))
    grey = straightened(image.grey, transform, area, STAMP_FINENESS)
    paper = Paper(image.grey, transform, on_half_mm).of(on_half_mm, (grey.shape[1], grey.shape[0]))
    white = cv2.divide(grey, paper, scale=255)
    # A seal's lines are wider than half a millimetre of slack around the print.
    bare = cv2.erode(blank, np.ones((3, 3), np.uint8)) > DARK
    found = float(((white < DARK) & bare).sum()) / STAMP_FINENESS**2 >= LEAST_DARK
    return None if not found and is_two_levels(image.grey) else found
