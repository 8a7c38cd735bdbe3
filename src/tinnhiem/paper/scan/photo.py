"""Ảnh đơn JPEG hoặc PNG: a picture from a scanner or a phone, and the JPEG inside a PDF.

Contract: the grey of a JPEG is exactly what its decoder gives (luma, never a colour picture turned grey); the redness of a JPEG comes from a picture
four times smaller, which costs less than half of the full one. A picture whose longer side is above 5000 pixels is made smaller by a whole factor.
"""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from tinnhiem.paper.scan.image_errors import ImageDamaged, ImageTooLarge, MovingImage
from tinnhiem.paper.scan.page_image import (
    MOST_HEAVY_PIXELS,
    MOST_PIXELS,
    PageImage,
    Pixels,
    as_pixels,
    believed_dpi,
    check_size,
    damaged_unless_it_works,
    grey_and_red,
    redness,
    set_upright,
    shrink,
    shrink_factor,
)
from tinnhiem.paper.scan.picture_headers import PictureHeader, jpeg_header, png_header

MOST_PROGRESSIVE_WORK = 400_000_000
"""Điểm ảnh × lượt: a progressive JPEG may go over the picture hundreds of times, a small file that takes minutes."""

AS_STORED = cv2.IMREAD_IGNORE_ORIENTATION
GREY = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
COLOUR = {4: cv2.IMREAD_REDUCED_COLOR_4, 8: cv2.IMREAD_REDUCED_COLOR_8}


def checked_jpeg(data: bytes, where: str) -> PictureHeader:
    """Phần đầu của JPEG, đã xét cỡ. Raises `ImageDamaged`, `ImageTooLarge`."""
    with damaged_unless_it_works(where):
        header = jpeg_header(data)
    heavy = header.scans > 1 or header.channels > 3
    check_size(header.width, header.height, where, MOST_HEAVY_PIXELS if heavy else MOST_PIXELS)
    if header.scans > 1 and header.width * header.height * header.scans > MOST_PROGRESSIVE_WORK:
        raise ImageTooLarge(where, limit=MOST_HEAVY_PIXELS // 1_000_000)
    return header


def checked_png(data: bytes, where: str) -> PictureHeader:
    """Phần đầu của PNG, đã xét cỡ. Raises `ImageDamaged`, `ImageTooLarge`, `MovingImage`."""
    with damaged_unless_it_works(where):
        header = png_header(data)
    heavy = header.see_through or header.channels > 1
    check_size(header.width, header.height, where, MOST_HEAVY_PIXELS if heavy else MOST_PIXELS)
    if header.moving:
        raise MovingImage(where)
    return header


def load_jpeg(data: bytes, where: str) -> PageImage:
    """Một ảnh JPEG, đã đặt đúng chiều. Raises `ImageDamaged`, `ImageTooLarge`."""
    header = checked_jpeg(data, where)
    grey, red, factor = jpeg_pixels(data, header, where)
    return _page(grey, red, header, factor)


def load_png(data: bytes, where: str) -> PageImage:
    """Một ảnh PNG, đã đặt đúng chiều; what is see-through shows white paper. Raises `ImageDamaged`, `ImageTooLarge`, `MovingImage`."""
    header = checked_png(data, where)
    factor = shrink_factor(header.width, header.height)
    red: Pixels | None = None
    if header.see_through:
        with damaged_unless_it_works(where):
            colour = shrink(_on_white(data), factor)
        grey, red = grey_and_red(colour)
    elif header.channels > 1:
        grey, red = grey_and_red(shrink(_decoded(data, cv2.IMREAD_COLOR, where), factor))
    else:
        grey = shrink(_decoded(data, cv2.IMREAD_GRAYSCALE, where), factor)
    return _page(grey, red if header.channels > 1 else None, header, factor)


def jpeg_pixels(data: bytes, header: PictureHeader, where: str) -> tuple[Pixels, Pixels | None, int]:
    """Grey, redness and the factor by which it was made smaller, as stored: not turned. Raises `ImageDamaged`."""
    wanted = shrink_factor(header.width, header.height)
    if header.channels == 4:
        with damaged_unless_it_works(where), Image.open(BytesIO(data), formats=("JPEG",)) as inks:
            colour = as_pixels(np.asarray(inks.convert("RGB"))[:, :, ::-1])
        return *grey_and_red(shrink(colour, wanted)), wanted
    # The decoder itself makes it smaller by 2, 4 or 8 on the way, for less than the full picture costs.
    factor = next(each for each in GREY if each >= min(wanted, 8))
    grey = _decoded(data, GREY[factor], where)
    if header.channels == 1:
        return grey, None, factor
    small = redness(_decoded(data, COLOUR[max(4, factor)], where))
    height, width = grey.shape
    return grey, as_pixels(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)), factor


def _decoded(data: bytes, how: int, where: str) -> Pixels:
    with damaged_unless_it_works(where):
        # OpenCV answers None where it understands nothing; its type stub does not say so.
        pixels: Pixels | None = cv2.imdecode(np.frombuffer(data, np.uint8), how | AS_STORED)  # type: ignore[assignment]
    if pixels is None:
        raise ImageDamaged(where)
    return pixels


def _on_white(data: bytes) -> Pixels:
    """Blue, green, red of a picture with transparent parts, laid on white."""
    with Image.open(BytesIO(data), formats=("PNG",)) as picture:
        layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return as_pixels(np.asarray(paper)[:, :, 2::-1])


def _page(grey: Pixels, red: Pixels | None, header: PictureHeader, factor: int) -> PageImage:
    dpi = believed_dpi(*header.dpi, header.width, header.height)
    return PageImage(
        grey=set_upright(grey, header.orientation),
        red=None if red is None else set_upright(red, header.orientation),
        dpi=None if dpi is None else dpi / factor,
        turned=2 <= header.orientation <= 8,
    )
