"""Ảnh trong trang PDF: what can be seen on a page, and the one JPEG that is the whole of it.

Contract: a JPEG is taken out only from a page that shows it whole and plain: no other visible object (a hidden text layer is not visible), no
annotation, no clip, no transparency, upright or turned by quarters. What PDFium does not tell (a mask on the picture) is not seen; a picture that
/Decode turns black for white is known by its darkness. Source: ISO 32000-1 § 8.3, 8.9 and 9.3.6.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

import msgspec
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tinnhiem.paper.scan.image_errors import ImageTooLarge
from tinnhiem.paper.scan.page_image import (
    MOST_HEAVY_PIXELS,
    MOST_PIXELS,
    PageImage,
    believed_dpi,
    check_size,
    set_upright,
)
from tinnhiem.paper.scan.photo import checked_jpeg, jpeg_pixels

POINTS_PER_INCH = 72

MOST_OBJECTS = 20_000
"""Above this a page is no scan; a hidden text layer has some thousands."""

MOST_PIXELS_TOGETHER = 2 * MOST_PIXELS
"""Of all pictures on one page: layers of one scan (text, background, mask) pass, a thousand pictures do not."""

COVERS = 0.9
"""The JPEG fills at least this much of the page's width and height: a picture somewhere on a page is drawn where it stands."""

SLACK = 2.0
"""Points by which the JPEG may stick out of the page: scanners round."""

DARK = 96
"""A mean grey below this is no sheet of paper: the PDF turns black and white about (/Decode), so the page is drawn."""

PLAIN_COLOURS = {
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium_c.FPDF_COLORSPACE_CALGRAY,
    pdfium_c.FPDF_COLORSPACE_DEVICERGB,
    pdfium_c.FPDF_COLORSPACE_CALRGB,
    pdfium_c.FPDF_COLORSPACE_ICCBASED,
}
BLACK_AND_WHITE_FILTERS = {"CCITTFaxDecode", "CCF", "JBIG2Decode"}
JPEG_FILTERS = (["DCTDecode"], ["DCT"])

ORIENTATIONS = {
    # Signs of the picture's right and up directions on the page (y upwards) → EXIF number of the same turn.
    ((1, 0), (0, 1)): 1,
    ((-1, 0), (0, 1)): 2,
    ((-1, 0), (0, -1)): 3,
    ((1, 0), (0, -1)): 4,
    ((0, -1), (-1, 0)): 5,
    ((0, -1), (1, 0)): 6,
    ((0, 1), (1, 0)): 7,
    ((0, 1), (-1, 0)): 8,
}
TURNS = {0: 1, 90: 6, 180: 3, 270: 8}
"""The page's own /Rotate, clockwise, as EXIF numbers."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Một ảnh trên trang: PDFium's handle of it, its pixels, and its sides in points."""

    image: Any
    width: int
    height: int
    filters: list[str]
    across: float
    down: float

    @property
    def dpi(self) -> tuple[float, float]:
        """Pixels an inch across and down the picture itself; noughts for a picture without extent."""
        if not (self.across and self.down):
            return 0.0, 0.0
        return self.width * POINTS_PER_INCH / self.across, self.height * POINTS_PER_INCH / self.down


def seen_on(page: Any, where: str) -> tuple[int, list[Picture]]:
    """How many objects can be seen on the page, forms opened, and the pictures among them. Raises `ImageTooLarge`."""
    count, pixels, pictures = 0, 0, []
    for number, each in enumerate(page.get_objects(max_depth=8)):
        if number > MOST_OBJECTS:
            raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
        if each.type == pdfium_c.FPDF_PAGEOBJ_FORM or (isinstance(each, pdfium.PdfTextObj) and _is_hidden(each)):
            continue
        count += 1
        if isinstance(each, pdfium.PdfImage):
            picture = _measured(each)
            light = BLACK_AND_WHITE_FILTERS & set(picture.filters)
            check_size(picture.width, picture.height, where, MOST_PIXELS if light else MOST_HEAVY_PIXELS)
            pixels += picture.width * picture.height
            pictures.append(picture)
        if pixels > MOST_PIXELS_TOGETHER:
            raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
    return count, pictures


def _measured(image: Any) -> Picture:
    width, height = image.get_px_size()
    a, b, c, d, *_ = image.get_matrix().get()
    return Picture(
        image=image,
        width=width,
        height=height,
        filters=image.get_filters(),
        across=math.hypot(a, b),
        down=math.hypot(c, d),
    )


def _is_hidden(text: Any) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(text) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def taken_out(page: Any, picture: Picture, where: str) -> PageImage | None:
    """The page's one JPEG as it is, or None when the page shows it in any other way than whole and plain.

    Raises `ImageDamaged`, `ImageTooLarge`.
    """
    if picture.filters not in JPEG_FILTERS:
        return None
    data = bytes(picture.image.get_data())
    header = checked_jpeg(data, where)
    if (
        header.channels > 3
        or (header.width, header.height) != (picture.width, picture.height)
        or pdfium_c.FPDFPage_GetAnnotCount(page)
        or not _lies_plain(page, picture.image)
    ):
        return None
    orientation = _orientation(picture.image)
    if orientation is None:
        return None
    grey, red, factor = jpeg_pixels(data, header, where)
    if np.mean(grey[::16, ::16]) < DARK:
        return None
    turn = TURNS[page.get_rotation()]
    dpi = believed_dpi(*picture.dpi, picture.width, picture.height)
    return PageImage(
        grey=set_upright(set_upright(grey, orientation), turn),
        red=None if red is None else set_upright(set_upright(red, orientation), turn),
        dpi=None if dpi is None else dpi / factor,
        turned=(orientation, turn) != (1, 1),
    )


def check_jpegs(pictures: list[Picture], where: str) -> None:
    """Raises `ImageDamaged` when a JPEG on the page is not whole, for PDFium would leave it out and say nothing; `ImageTooLarge`."""
    for picture in pictures:
        if picture.filters in JPEG_FILTERS:
            checked_jpeg(bytes(picture.image.get_data()), where)


def _lies_plain(page: Any, image: Any) -> bool:
    """Whether the picture is shown as a whole, opaque, in colours that its own JPEG tells."""
    return (
        image.container is None
        and _fills(page, image)
        and not pdfium_c.FPDFPageObj_HasTransparency(image)
        and int(image.get_metadata().colorspace) in PLAIN_COLOURS
        and not _is_clipped(image)
    )


def _orientation(image: Any) -> int | None:
    """The EXIF number of how the picture lies, None when it lies askew."""
    a, b, c, d, *_ = image.get_matrix().get()
    least = 1e-3 * max(map(abs, (a, b, c, d)))
    sign = [0 if abs(part) <= least else int(math.copysign(1, part)) for part in (a, b, c, d)]
    return ORIENTATIONS.get(((sign[0], sign[1]), (sign[2], sign[3])))


def _fills(page: Any, image: Any) -> bool:
    """Whether the picture lies on the page as a whole and leaves hardly any of it free."""
    left, bottom, right, top = image.get_bounds()
    page_left, page_bottom, page_right, page_top = page.get_bbox()
    inside = (
        left >= page_left - SLACK
        and bottom >= page_bottom - SLACK
        and right <= page_right + SLACK
        and top <= page_top + SLACK
    )
    wide = (right - left) >= COVERS * (page_right - page_left)
    high = (top - bottom) >= COVERS * (page_top - page_bottom)
    return bool(inside and wide and high)


def _is_clipped(image: Any) -> bool:
    """Whether a clipping path may hide part of the picture: any path but a rectangle around it."""
    left, bottom, right, top = image.get_bounds()
    clip = pdfium_c.FPDFPageObj_GetClipPath(image)
    for path in range(max(0, pdfium_c.FPDFClipPath_CountPaths(clip))):
        corners = []
        for segment in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, path)):
            point = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, segment)
            x, y = ctypes.c_float(), ctypes.c_float()
            if pdfium_c.FPDFPathSegment_GetType(point) == pdfium_c.FPDF_SEGMENT_BEZIERTO:
                return True
            pdfium_c.FPDFPathSegment_GetPoint(point, x, y)
            corners.append((x.value, y.value))
        across, down = {x for x, _ in corners}, {y for _, y in corners}
        if len(across) != 2 or len(down) != 2 or len(corners) not in (4, 5):
            return True
        if (
            min(across) > left + SLACK
            or max(across) < right - SLACK
            or min(down) > bottom + SLACK
            or max(down) < top - SLACK
        ):
            return True
    return False


def has_no_colour(picture: Picture) -> bool:
    """Whether the picture is black and white or grey; one that PDFium tells nothing about cheaply counts as coloured."""
    if BLACK_AND_WHITE_FILTERS & set(picture.filters):
        return True
    if "JPXDecode" in picture.filters:
        return False
    known = picture.image.get_metadata()
    bits, colours = int(known.bits_per_pixel), int(known.colorspace)
    return bits == 1 or (bits <= 8 and colours != pdfium_c.FPDF_COLORSPACE_INDEXED)
