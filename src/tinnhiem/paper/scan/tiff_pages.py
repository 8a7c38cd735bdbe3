"""Tệp TIFF nhiều trang: fax-coded black and white (G4), grey and colour.

Contract: pages are counted and measured from the directories alone; a chain that breaks off, or strips that lie outside the file, refuse the file
or the page, for a decoder would leave pages out or fill them with white and say nothing. Reduced copies and masks are no pages.
Source: TIFF 6.0; TIFF technical note 1 for the kind of page.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from tinnhiem.paper.scan import tiff_fields as tiff
from tinnhiem.paper.scan.image_errors import ImageDamaged, PageNotInFile, ScanFileMissing, TooManyPages
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
    shrink_factor,
)
from tinnhiem.paper.scan.scan_file import ScanFile

MOST_PAGES = 10_000
REDUCED_OR_MASK = 0b101
"""Bits of the tag NewSubfileType: a smaller copy of another page, a mask."""


class TiffFile:
    """Một tệp TIFF đang mở. Closing it gives the file back."""

    def __init__(self, file: ScanFile) -> None:
        """Raises `ImageDamaged`, `TooManyPages`, `ScanFileMissing`."""
        self.file = file
        try:
            self.stream = file.data.open("rb") if isinstance(file.data, Path) else BytesIO(file.data)
        except OSError as missing:
            raise ScanFileMissing(file.name) from missing
        self.picture: Image.Image | None = None
        try:
            self.pages = self._measured()
        except BaseException:
            self.close()
            raise

    def _measured(self) -> list[tiff.Directory]:
        """The pages, in the order of the file."""
        name = self.file.name
        with damaged_unless_it_works(name):
            chain = list(tiff.directories(self.stream, self.file.size, MOST_PAGES))
        if len(chain) > MOST_PAGES:
            raise TooManyPages(name, limit=MOST_PAGES)
        pages = [each for each in chain if not int(each.first(tiff.KIND_OF_PAGE)) & REDUCED_OR_MASK]
        if not pages:
            raise ImageDamaged(name)
        return pages

    def close(self) -> None:
        """Đóng tệp."""
        if self.picture is not None:
            self.picture.close()
        self.stream.close()

    def load(self, index: int) -> PageImage:
        """Một trang. Raises `PageNotInFile`, `ImageDamaged`, `ImageTooLarge`."""
        if not 0 <= index < len(self.pages):
            raise PageNotInFile(self.file.page(index), pages=len(self.pages))
        where, page = self.file.page(index), self.pages[index]
        self._check(page, where)
        with damaged_unless_it_works(where):
            if self.picture is None:
                self.picture = Image.open(self.stream, formats=("TIFF",))
            self.picture.seek(page.place)
            if self.picture.width * self.picture.height != page.first(tiff.WIDTH) * page.first(tiff.HEIGHT):
                raise ImageDamaged(where)
            # Pillow puts a TIFF page upright by itself.
            self.picture.load()
            factor = shrink_factor(*self.picture.size)
            grey, red = _grey_and_red(self.picture, factor)
        dpi = believed_dpi(*page.dpi(), *self.picture.size)
        if factor > 1:
            # An open picture keeps its last page unpacked; 140 MB of it are too many.
            self.picture = None
        return PageImage(
            grey=grey,
            red=red,
            dpi=None if dpi is None else dpi / factor,
            turned=2 <= page.first(tiff.ORIENTATION, 1) <= 8,
        )

    def _check(self, page: tiff.Directory, where: str) -> None:
        """Size and whereabouts of the pixels, before any is unpacked."""
        samples = max(page.first(tiff.SAMPLES, 1), len(page.values.get(tiff.BITS, ())))
        heavy = samples > 1 or page.first(tiff.BITS, 1) > 8 or page.first(tiff.INK) > 1
        limit = MOST_HEAVY_PIXELS if heavy else MOST_PIXELS
        check_size(int(page.first(tiff.WIDTH)), int(page.first(tiff.HEIGHT)), where, limit)
        for starts, lengths in ((tiff.STRIP_OFFSETS, tiff.STRIP_LENGTHS), (tiff.TILE_OFFSETS, tiff.TILE_LENGTHS)):
            pairs = zip(page.values.get(starts, ()), page.values.get(lengths, ()), strict=False)
            if any(start + length > self.file.size for start, length in pairs):
                raise ImageDamaged(where)


def _grey_and_red(picture: Image.Image, factor: int) -> tuple[Pixels, Pixels | None]:
    """Grey, and redness where the page has colour; made smaller before it becomes an array."""
    mode = picture.mode
    if mode.startswith("I;16"):
        grey = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
        return as_pixels(_smaller(grey, factor)), None
    if mode in ("1", "L"):
        return as_pixels(_smaller(picture.convert("L"), factor)), None
    if mode in ("RGB", "RGBA", "P", "PA", "CMYK", "YCbCr", "LAB", "LA"):
        with_alpha = mode in ("RGBA", "PA", "LA")
        wanted = "RGBA" if with_alpha else "RGB"
        # Not converted to what it is already: that would be a copy of 140 MB at 600 dpi.
        colour = _smaller(picture if mode == wanted else picture.convert(wanted), factor)
        if with_alpha:
            paper = Image.new("RGBA", colour.size, "white")
            paper.alpha_composite(colour)
            colour = paper
        return grey_and_red(as_pixels(np.asarray(colour)[:, :, 2::-1]))
    raise ValueError(mode)


def _smaller(picture: Image.Image, factor: int) -> Image.Image:
    return picture.reduce(factor) if factor > 1 else picture
