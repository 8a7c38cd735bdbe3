"""Tệp PDF: the scanned picture is taken out where a page is just that picture, and drawn where it is not.

Contract: a page that shows one JPEG and nothing else visible (a hidden text layer is not visible) gives exactly the pixels of that JPEG, turned and
mirrored as the page says. Every other page is drawn in its pictures' own resolution, at least 200 and at most 300 dpi. A file without its last
line was cut short and is refused: PDFium would mend it and leave pages out. Source: ISO 32000-1 § 7.5.5 (end of file), 8.3 and 8.9 (pictures).
"""

from __future__ import annotations

import ctypes
import math
import time
from typing import Any

import msgspec
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tinnhiem.paper.scan.image_errors import (
    ImageDamaged,
    ImageTooLarge,
    PageNotInFile,
    PdfLocked,
    ScanFileMissing,
    TooManyPages,
)
from tinnhiem.paper.scan.page_image import (
    MOST_HEAVY_PIXELS,
    MOST_PIXELS,
    PageImage,
    as_pixels,
    believed_dpi,
    check_size,
    damaged_unless_it_works,
    grey_and_red,
    set_upright,
)
from tinnhiem.paper.scan.photo import checked_jpeg, jpeg_pixels
from tinnhiem.paper.scan.scan_file import ScanFile

MOST_PAGES = 10_000
LEAST_DPI, MOST_DPI = 200, 300
POINTS_PER_INCH = 72
LAST_LINE = b"%%EOF"
LAST_LINE_WITHIN = 2048

LONGEST_DRAWING = 8.0
"""Số giây nhiều nhất để vẽ một trang."""

MOST_OBJECTS = 20_000
"""Above this a page is no scan; a hidden text layer has some thousands."""

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
    """Một ảnh trên trang: its pixels, and where it stands in points."""

    width: int
    height: int
    filters: list[str]
    across: float
    down: float

    @property
    def dpi(self) -> tuple[float, float]:
        """Pixels an inch across and down the picture itself."""
        return self.width * POINTS_PER_INCH / self.across, self.height * POINTS_PER_INCH / self.down


class PdfFile:
    """Một tệp PDF đang mở. Closing it gives the file back."""

    def __init__(self, file: ScanFile) -> None:
        """Raises `PdfLocked`, `ImageDamaged`, `TooManyPages`, `ScanFileMissing`."""
        self.file = file
        if LAST_LINE not in file.tail(LAST_LINE_WITHIN):
            raise ImageDamaged(file.name)
        try:
            self.document = pdfium.PdfDocument(file.data)
        except FileNotFoundError as missing:
            raise ScanFileMissing(file.name) from missing
        except pdfium.PdfiumError as broken:
            if broken.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
                raise PdfLocked(file.name) from broken
            raise ImageDamaged(file.name) from broken
        self.pages = len(self.document)
        if self.pages > MOST_PAGES:
            self.close()
            raise TooManyPages(file.name, limit=MOST_PAGES)

    def close(self) -> None:
        """Đóng tệp."""
        self.document.close()

    def load(self, index: int) -> PageImage:
        """Một trang. Raises `PageNotInFile`, `ImageDamaged`, `ImageTooLarge`."""
        where = self.file.page(index)
        if not 0 <= index < self.pages:
            raise PageNotInFile(where, pages=self.pages)
        with damaged_unless_it_works(where):
            page = self.document.get_page(index)
            try:
                return _page_image(page, where)
            finally:
                page.close()


def _page_image(page: Any, where: str) -> PageImage:
    left, bottom, right, top = page.get_bbox()
    check_size(
        math.ceil((right - left) / POINTS_PER_INCH * LEAST_DPI),
        math.ceil((top - bottom) / POINTS_PER_INCH * LEAST_DPI),
        where,
    )
    visible, pictures = _objects(page, where)
    if len(visible) == 1 and isinstance(visible[0], pdfium.PdfImage) and not pdfium_c.FPDFPage_GetAnnotCount(page):
        taken_out = _taken_out(page, visible[0], pictures[0], where)
        if taken_out is not None:
            return taken_out
    return _drawn(page, [seen for seen in visible if isinstance(seen, pdfium.PdfImage)], pictures, where)


def _objects(page: Any, where: str) -> tuple[list[Any], list[Picture]]:
    """What can be seen on the page, forms opened, and the measures of the pictures among it. Raises `ImageTooLarge`."""
    visible, pictures = [], []
    work = 0
    for count, each in enumerate(page.get_objects(max_depth=8)):
        if count > MOST_OBJECTS:
            raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
        if isinstance(each, pdfium.PdfTextObj) and _is_hidden(each):
            continue
        visible.append(each)
        if not isinstance(each, pdfium.PdfImage):
            continue
        width, height = each.get_px_size()
        filters = each.get_filters()
        check_size(width, height, where, MOST_PIXELS if BLACK_AND_WHITE_FILTERS & set(filters) else MOST_HEAVY_PIXELS)
        work += width * height
        if work > 2 * MOST_PIXELS:
            raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
        a, b, c, d, *_ = each.get_matrix().get()
        across, down = math.hypot(a, b), math.hypot(c, d)
        if across > 0 and down > 0:
            pictures.append(Picture(width=width, height=height, filters=filters, across=across, down=down))
        else:
            visible.pop()
    return visible, pictures


def _is_hidden(text: Any) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(text) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _taken_out(page: Any, image: Any, picture: Picture, where: str) -> PageImage | None:
    """The page's one JPEG as it is, or None when the page shows it in any other way than whole and plain."""
    orientation = _orientation(image)
    if (
        orientation is None
        or picture.filters not in JPEG_FILTERS
        or image.container is not None
        or not _fills(page, image)
        or pdfium_c.FPDFPageObj_HasTransparency(image)
        or _is_clipped(image)
        or image.get_metadata().colorspace not in PLAIN_COLOURS
    ):
        return None
    data = bytes(image.get_data())
    header = checked_jpeg(data, where)
    if header.channels > 3 or (header.width, header.height) != (picture.width, picture.height):
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
    return inside and wide and (top - bottom) >= COVERS * (page_top - page_bottom)


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


def _drawn(page: Any, images: list[Any], pictures: list[Picture], where: str) -> PageImage:
    """The page drawn at its pictures' own resolution. Raises `ImageTooLarge`."""
    finest = max((max(each.dpi) for each in pictures), default=LEAST_DPI)
    dpi = min(max(finest, LEAST_DPI), MOST_DPI)
    width_points, height_points = page.get_size()
    # The same rounding as a scanner's: 1653.7 pixels are 1654.
    width, height = (max(1, round(side * dpi / POINTS_PER_INCH)) for side in (width_points, height_points))
    check_size(width, height, where)
    only_grey = bool(images) and len(images) == len(pictures) and all(map(_has_no_colour, images, pictures))
    bitmap = pdfium.PdfBitmap.new_native(
        width, height, pdfium_c.FPDFBitmap_Gray if only_grey else pdfium_c.FPDFBitmap_BGR
    )
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        _draw(page, bitmap, width, height, where)
        drawing = as_pixels(bitmap.to_numpy()).copy()
    finally:
        bitmap.close()
    grey, red = (drawing.reshape(height, width), None) if only_grey else grey_and_red(drawing)
    return PageImage(grey=grey, red=red, dpi=believed_dpi(dpi, dpi, width, height), turned=page.get_rotation() != 0)


def _draw(page: Any, bitmap: Any, width: int, height: int, where: str) -> None:
    """Draws the page, no longer than `LONGEST_DRAWING`."""
    ends = time.monotonic() + LONGEST_DRAWING

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(pdfium_c.IFSDK_PAUSE))
    def is_late(_pause: object) -> int:
        return time.monotonic() > ends

    pause = pdfium_c.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(is_late)
    status = pdfium_c.FPDF_RenderPageBitmap_Start(
        bitmap, page, 0, 0, width, height, 0, pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_RENDER_LIMITEDIMAGECACHE, pause
    )
    pdfium_c.FPDF_RenderPage_Close(page)
    if status == pdfium_c.FPDF_RENDER_TOBECONTINUED:
        raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
    if status != pdfium_c.FPDF_RENDER_DONE:
        raise ImageDamaged(where)


def _has_no_colour(image: Any, picture: Picture) -> bool:
    if BLACK_AND_WHITE_FILTERS & set(picture.filters):
        return True
    if "JPXDecode" in picture.filters:
        return False
    known = image.get_metadata()
    return bool(
        known.bits_per_pixel == 1
        or (known.bits_per_pixel <= 8 and known.colorspace != pdfium_c.FPDF_COLORSPACE_INDEXED)
    )
