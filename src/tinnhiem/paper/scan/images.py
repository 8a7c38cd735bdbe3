"""Từ tệp quét đến trang: scanned files become pages of grey pixels, in the order of the file.

Contract: PDF, JPEG, PNG and TIFF, told apart by their bytes. A page is a `PageImage` or a refusal below `ScanFileRefused`, never a crash, and never
a page left out in silence: a file cut short is refused as a whole. Damage in the midst of a JPEG or a fax strip shows as a spoilt picture, which the
markers and frames of the sheet tell. What is asked once may be asked again; the answer depends on nothing else.
Files of many pages stay open in this process until `let_go`; give a large one by its path, not as bytes. Reading and its figures: issue 3.
"""

from __future__ import annotations

from pathlib import Path

from tinnhiem.paper.scan.image_errors import PageNotInFile
from tinnhiem.paper.scan.open_files import let_go, opened
from tinnhiem.paper.scan.page_image import PageImage
from tinnhiem.paper.scan.pdf_pages import PdfFile
from tinnhiem.paper.scan.photo import checked_jpeg, checked_png, load_jpeg, load_png
from tinnhiem.paper.scan.scan_file import Kind, ScanFile
from tinnhiem.paper.scan.tiff_pages import TiffFile

__all__ = ["PageImage", "count_pages", "let_go", "load_page"]


def count_pages(data: bytes | Path, name: str) -> int:
    """Số trang của tệp, at least one. `name` is what refusals call the file.

    Raises the classes below `ScanFileRefused`: `NotAnImage`, `ImageDamaged`, `ImageTooLarge`, `PdfLocked`, `MovingImage`, …
    """
    file = ScanFile(data, name)
    match file.kind():
        case Kind.PDF:
            with opened(file, PdfFile, PdfFile) as pdf:
                return pdf.pages
        case Kind.TIFF:
            with opened(file, TiffFile, TiffFile) as tiff:
                return len(tiff.pages)
        case Kind.JPEG:
            checked_jpeg(file.whole(), name)
        case Kind.PNG:
            checked_png(file.whole(), name)
    return 1


def load_page(data: bytes | Path, name: str, index: int) -> PageImage:
    """Một trang của tệp, `index` counted from nought.

    Raises `PageNotInFile`, and what `count_pages` raises, with the page in `where`.
    """
    file = ScanFile(data, name)
    kind = file.kind()
    if kind is Kind.PDF:
        with opened(file, PdfFile, PdfFile) as pdf:
            return pdf.load(index)
    if kind is Kind.TIFF:
        with opened(file, TiffFile, TiffFile) as tiff:
            return tiff.load(index)
    if index != 0:
        raise PageNotInFile(file.page(index), pages=1)
    load = load_jpeg if kind is Kind.JPEG else load_png
    return load(file.whole(), file.page(index))
