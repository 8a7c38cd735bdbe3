"""Ảnh một trang: the grey pixels of one scanned page, and the few dealings with pixels every kind of file needs.

Contract: a `PageImage` holds pixels, a resolution and nothing else: no camera, no place, no hour, no name survives. Sizes are judged from what the
header says, before anything is unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan.image_errors import ImageDamaged, ImageTooLarge, ScanFileRefused

Pixels = NDArray[np.uint8]

MOST_PIXELS = 60_000_000
"""Số điểm ảnh nhiều nhất của một trang: A3 at 600 dpi is 70 million, A4 at 600 dpi 35 million."""

MOST_HEAVY_PIXELS = 40_000_000
"""The same where four bytes a pixel or more are needed to unpack it; A4 at 600 dpi passes."""

LONGEST_SIDE = 5000
"""Above this the picture is made smaller by a whole factor: marks are read at 200–300 dpi, and A4 at 300 dpi is 3508 pixels long."""

MOST_ELONGATED = 30_000
"""No side is longer, however narrow the picture."""

DPI_BELIEVED = (100.0, 1200.0)
"""72 and 96 are what programs write when they know nothing."""

PAGE_MM_BELIEVED = (90.0, 450.0)
"""Long side of a page, A6 to A3 with some edge; a resolution that makes the sheet larger or smaller is not believed."""


class PageImage(msgspec.Struct, frozen=True):
    """Ảnh một trang đã quét.

    `grey`: uint8, rows × columns, 0 black. `red`: how far red stands above the stronger of green and blue, uint8 of the same size, None where the
    file has no colour; it may be coarser inside than `grey` (the stamp is centimetres wide). `dpi`: pixels an inch where the file says so credibly.
    `turned`: the file said that the page lies turned or mirrored, and it was put upright.
    """

    grey: Pixels
    red: Pixels | None = None
    dpi: float | None = None
    turned: bool = False


def check_size(width: int, height: int, where: str, most: int = MOST_PIXELS) -> None:
    """Raises `ImageTooLarge` above `most` pixels, `ImageDamaged` when there are none."""
    if width < 1 or height < 1:
        raise ImageDamaged(where)
    if width * height > most or max(width, height) > MOST_ELONGATED:
        raise ImageTooLarge(where, limit=most // 1_000_000)


@contextmanager
def damaged_unless_it_works(where: str) -> Iterator[None]:
    """Whatever a decoder throws over bytes it cannot make sense of becomes `ImageDamaged`; no memory left becomes `ImageTooLarge`."""
    try:
        yield
    except ScanFileRefused:
        raise
    except MemoryError as full:
        raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000) from full
    except Exception as broken:
        if isinstance(broken, cv2.error) and broken.code == cv2.Error.STS_NO_MEM:
            raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000) from broken
        raise ImageDamaged(where) from broken


def shrink_factor(width: int, height: int) -> int:
    """The whole factor that brings the longer side to `LONGEST_SIDE` or below."""
    return -(-max(width, height) // LONGEST_SIDE)


def shrink(pixels: Pixels, factor: int) -> Pixels:
    """Every `factor` × `factor` pixels averaged into one."""
    if factor == 1:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, width // factor), max(1, height // factor))
    return as_pixels(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def redness(blue_green_red: Pixels) -> Pixels:
    """How far red stands above the stronger of the other two; nought where it does not."""
    blue, green, red = cv2.split(blue_green_red)
    return as_pixels(cv2.subtract(red, cv2.max(blue, green)))


def grey_and_red(blue_green_red: Pixels) -> tuple[Pixels, Pixels]:
    """Both maps of a colour picture."""
    return as_pixels(cv2.cvtColor(blue_green_red, cv2.COLOR_BGR2GRAY)), redness(blue_green_red)


def set_upright(pixels: Pixels, orientation: int) -> Pixels:
    """The picture as it is to be seen. `orientation`: 1–8 as EXIF 2.32 § 4.6.4 numbers them; anything else counts as 1."""
    match orientation:
        case 2:
            return as_pixels(cv2.flip(pixels, 1))
        case 3:
            return as_pixels(cv2.rotate(pixels, cv2.ROTATE_180))
        case 4:
            return as_pixels(cv2.flip(pixels, 0))
        case 5:
            return as_pixels(cv2.transpose(pixels))
        case 6:
            return as_pixels(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE))
        case 7:
            return as_pixels(cv2.rotate(cv2.transpose(pixels), cv2.ROTATE_180))
        case 8:
            return as_pixels(cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE))
        case _:
            return pixels


def believed_dpi(across: float, down: float, width: int, height: int) -> float | None:
    """The resolution if both directions agree and the page comes out between A6 and A3, else None."""
    if not (DPI_BELIEVED[0] <= across <= DPI_BELIEVED[1] and abs(across - down) <= 0.02 * across):
        return None
    long_side_mm = max(width, height) / across * 25.4
    return (across + down) / 2 if PAGE_MM_BELIEVED[0] <= long_side_mm <= PAGE_MM_BELIEVED[1] else None


def as_pixels(array: object) -> Pixels:
    """The array as contiguous bytes, without a copy where it is so already."""
    return np.ascontiguousarray(array, dtype=np.uint8)
