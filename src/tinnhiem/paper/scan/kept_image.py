"""Ảnh được lưu: the pixels of a page as they may be kept.

Contract: grey JPEG without any metadata of its source; the given places are white before anything is encoded.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_image import PageImage
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.placement import applied

WHITE = 255

QUALITY = 82
"""JPEG quality: a pencil's faint stroke is still to be seen, a page of 200 dpi takes half a megabyte."""


def kept_jpeg(image: PageImage, reading: PageReading, places: Sequence[Area]) -> bytes:
    """Ảnh để lưu: `places` (mm of the sheet) are made white by the reading's transform; without places the page as it is."""
    grey = image.grey
    if places:
        grey = grey.copy()
        transform = np.array(reading.transform, dtype=np.float64).reshape(3, 3)
        for place in places:
            corners = np.array(
                [(place.x, place.y), (place.right, place.y), (place.right, place.bottom), (place.x, place.bottom)]
            )
            cv2.fillConvexPoly(grey, np.rint(applied(transform, corners)).astype(np.int32), WHITE)
    done, jpeg = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise ValueError(grey.shape)
    return jpeg.tobytes()
