"""Tệp PDF: the scanned picture is taken out where a page is just that picture, and drawn where it is not.

Contract: a page that is one JPEG (see `pdf_pictures`) gives exactly the pixels of that JPEG, turned and mirrored as the page says. Every other page is drawn in its pictures' own resolution, at least 200 and at most 300 dpi. A file without its last
line was cut short and is refused: PDFium would mend it and leave pages out. Source: ISO 32000-1 § 7.5.5.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tinnhiem.paper.scan.image_errors import (
    ImageDamaged,
    ImageTooLarge,
    PageNotInFile,
    PdfLocked,
    TooManyPages,
)
from tinnhiem.paper.scan.page_image import (
    MOST_PIXELS,
    PageImage,
    as_pixels,
    believed_dpi,
    check_size,
    damaged_unless_it_works,
    grey_and_red,
    shrink,
    shrink_factor,
)
from tinnhiem.paper.scan.pdf_pictures import POINTS_PER_INCH, Picture, check_jpegs, has_no_colour, seen_on, taken_out
from tinnhiem.paper.scan.scan_file import ScanFile

MOST_PAGES = 10_000
LEAST_DPI, MOST_DPI = 200, 300

LARGEST_SHEET = 1300
"""Points on the long side, a little over A3: some phones write one point for each pixel, and then the page says nothing of the sheet."""

LAST_LINE = b"%%EOF"
LAST_LINE_WITHIN = 2048

LONGEST_DRAWING = 8.0
"""Số giây nhiều nhất để vẽ một trang."""


class PdfFile:
    """Một tệp PDF đang mở. Closing it gives the file back."""

    def __init__(self, file: ScanFile) -> None:
        """Raises `PdfLocked`, `ImageDamaged`, `TooManyPages`."""
        self.file = file
        if LAST_LINE not in file.tail(LAST_LINE_WITHIN):
            raise ImageDamaged(file.name)
        raw = _opened(file)
        if not raw:
            if pdfium_c.FPDF_GetLastError() in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
                raise PdfLocked(file.name)
            raise ImageDamaged(file.name)
        self.document = pdfium.PdfDocument(raw)
        self.pages = len(self.document)
        if not self.pages:
            self.close()
            raise ImageDamaged(file.name)
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


def _opened(file: ScanFile) -> Any:
    """PDFium's handle, false when it opens nothing. The bytes stay ours and must outlive it.

    Not by `PdfDocument(data)`: that reports a file without pages with the last file's reason.
    """
    if not isinstance(file.data, Path):
        return pdfium_c.FPDF_LoadMemDocument64(file.data, len(file.data), None)
    return pdfium_c.FPDF_LoadDocument(os.fsencode(file.data.resolve()) + b"\0", None)


def _page_image(page: Any, where: str) -> PageImage:
    seen, pictures = seen_on(page, where)
    if seen == len(pictures) == 1 and (whole := taken_out(page, pictures[0], where)):
        return whole
    return _drawn(page, pictures, where, only_pictures=seen == len(pictures))


def _drawn(page: Any, pictures: list[Picture], where: str, *, only_pictures: bool) -> PageImage:
    """The page drawn at its pictures' own resolution. Raises `ImageTooLarge`, `ImageDamaged`."""
    check_jpegs(pictures, where)
    width_points, height_points = page.get_size()
    finest = max((max(each.dpi) for each in pictures), default=0.0)
    a_sheet = max(width_points, height_points) <= LARGEST_SHEET
    dpi = min(max(finest, LEAST_DPI), MOST_DPI) if a_sheet or not finest else min(finest, MOST_DPI)
    # The same rounding as a scanner's: 1653.7 pixels are 1654.
    width, height = (max(1, round(side * dpi / POINTS_PER_INCH)) for side in (width_points, height_points))
    check_size(width, height, where)
    only_grey = bool(pictures) and only_pictures and all(map(has_no_colour, pictures))
    bitmap = pdfium.PdfBitmap.new_native(
        width, height, pdfium_c.FPDFBitmap_Gray if only_grey else pdfium_c.FPDFBitmap_BGR
    )
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        _draw(page, bitmap, width, height, where)
        factor = shrink_factor(width, height)
        drawing = shrink(as_pixels(bitmap.to_numpy()), factor).copy()
    finally:
        bitmap.close()
    grey, red = (drawing.reshape(drawing.shape[:2]), None) if only_grey else grey_and_red(drawing)
    told = believed_dpi(dpi, dpi, width, height)
    return PageImage(grey=grey, red=red, dpi=None if told is None else told / factor, turned=page.get_rotation() != 0)


def _draw(page: Any, bitmap: Any, width: int, height: int, where: str) -> None:
    """Draws the page, no longer than `LONGEST_DRAWING`."""
    ends = time.monotonic() + LONGEST_DRAWING

    pause = pdfium_c.IFSDK_PAUSE(version=1)
    is_late = type(pause.NeedToPauseNow)(lambda _pause: time.monotonic() > ends)
    pause.NeedToPauseNow = is_late
    status = pdfium_c.FPDF_RenderPageBitmap_Start(
        bitmap, page, 0, 0, width, height, 0, pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_RENDER_LIMITEDIMAGECACHE, pause
    )
    pdfium_c.FPDF_RenderPage_Close(page)
    if status == pdfium_c.FPDF_RENDER_TOBECONTINUED:
        raise ImageTooLarge(where, limit=MOST_PIXELS // 1_000_000)
    if status != pdfium_c.FPDF_RENDER_DONE:
        raise ImageDamaged(where)
