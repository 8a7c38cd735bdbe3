"""Tệp quét mẫu: small sound files of every kind the reader takes, made here and now.

Contract: the same call gives the same bytes. Tests read them, the fuzzer spoils them. The PDFs are written by hand, so that a page can be turned,
cropped, clipped or locked in ways no library writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

A4_POINTS = (595.44, 842.4)
"""A4 rounded to whole pixels at 200 dpi, which are `SHEET`."""

SHEET = (1654, 2340)
ORIENTATION = 274


def sheet(width: int = 248, height: int = 352, *, shade: int = 245) -> Pixels:
    """Tờ phiếu bịa: grey paper with black bars, different in every corner, so that no turn or mirror looks like another."""
    paper = np.full((height, width), shade, np.uint8)
    for line in range(6):
        top = height * (2 + line) // 12
        paper[top : top + height // 60, width // 8 : width * (3 + line) // 10] = 20
    paper[height // 30 : height // 8, width // 20 : width // 5] = 60
    paper[height * 9 // 10 :, : width // 10] = 110
    return paper


def with_stamp(grey: Pixels) -> Pixels:
    """The sheet in blue, green, red, with a red ring where the stamp lies."""
    colour = np.dstack([grey, grey, grey])
    height, width = grey.shape
    cv2.circle(colour, (width // 5, height // 5), width // 8, (40, 40, 210), max(2, width // 60))
    return colour


def jpeg(pixels: Pixels, *, quality: int = 85, **how: Any) -> bytes:
    """JPEG of grey or blue-green-red pixels; `how` goes to Pillow (`dpi`, `exif`, `progressive`)."""
    return saved(picture(pixels), "JPEG", quality=quality, **how)


def png(pixels: Pixels, **how: Any) -> bytes:
    """PNG of grey or blue-green-red pixels."""
    return saved(picture(pixels), "PNG", **how)


def tiff(pages: Sequence[Image.Image], **how: Any) -> bytes:
    """TIFF of the pages in order."""
    return saved(pages[0], "TIFF", save_all=True, append_images=list(pages[1:]), **how)


def picture(pixels: Pixels) -> Image.Image:
    """The pixels for Pillow, which counts red first."""
    return Image.fromarray(pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[:, :, ::-1]))


def black_and_white(pixels: Pixels) -> Image.Image:
    """One bit a pixel, without dither."""
    return Image.fromarray(pixels > 128)


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """What Pillow would write into a file."""
    stream = BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def turned(orientation: int) -> Image.Exif:
    """EXIF that says how the picture lies."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


@dataclass(frozen=True)
class PdfPage:
    """Một trang PDF: `images` are (entries of the dictionary, bytes), named /I0, /I1… in `content`."""

    images: Sequence[tuple[bytes, bytes]] = ()
    content: bytes = b""
    size: tuple[float, float] = A4_POINTS
    entries: bytes = b""
    objects: Sequence[bytes] = field(default=())


def placed(width: float = A4_POINTS[0], height: float = A4_POINTS[1], name: int = 0) -> bytes:
    """Content that shows picture `name` over the whole page."""
    return matrix(width, 0, 0, height, 0, 0, name)


def matrix(a: float, b: float, c: float, d: float, e: float, f: float, name: int = 0) -> bytes:
    """Content that shows picture `name` through that matrix."""
    return f"q {a:g} {b:g} {c:g} {d:g} {e:g} {f:g} cm /I{name} Do Q\n".encode("ascii")


def jpeg_image(
    data: bytes, width: int, height: int, *, colour: bool = False, entries: bytes = b""
) -> tuple[bytes, bytes]:
    """A JPEG as a PDF holds it."""
    space = b"/DeviceRGB" if colour else b"/DeviceGray"
    head = b"/Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s /Filter /DCTDecode " % (width, height, space)
    return head + entries, data


def raw_image(pixels: Pixels) -> tuple[bytes, bytes]:
    """Grey pixels as they are."""
    height, width = pixels.shape
    return b"/Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (width, height), pixels.tobytes()


def g4_image(pixels: Pixels) -> tuple[bytes, bytes]:
    """Black and white in fax code: the strip of a TIFF, in one piece."""
    page = Image.open(BytesIO(tiff([black_and_white(pixels)], compression="group4", strip_size=1 << 30)))
    start, length = page.tag_v2[273][0], page.tag_v2[279][0]
    data = page.fp.getvalue()[start : start + length] if isinstance(page.fp, BytesIO) else b""
    white_is_nought = b"true" if page.tag_v2[262] == 1 else b"false"
    height, width = pixels.shape
    head = b"/Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode " % (
        width,
        height,
    )
    return head + b"/DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>" % (width, height, white_is_nought), data


def pdf(pages: Sequence[PdfPage], *, trailer: bytes = b"") -> bytes:
    """A PDF of those pages, with a sound table of objects."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for page in pages:
        names = b""
        for number, (entries, data) in enumerate(page.images):
            objects.append(_stream(b"/Type /XObject /Subtype /Image " + entries, data))
            names += b"/I%d %d 0 R " % (number, len(objects))
        objects.append(_stream(b"", page.content))
        width, height = page.size
        box = f"/MediaBox [0 0 {width:g} {height:g}] ".encode("ascii")
        font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> "
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %s/Contents %d 0 R /Resources << /XObject << %s>> %s>> %s >>"
            % (box, len(objects), names, font, page.entries)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects, trailer)


def locked_pdf() -> bytes:
    """A PDF that opens with a password only: its check word answers to none."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return pdf([PdfPage()], trailer=lock)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body, starts = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % start for start in starts)
    last = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    return body + table + last


def _tiff_of(mode: str, **how: Any) -> Callable[[], bytes]:
    return lambda: tiff([picture(sheet()).convert(mode), picture(sheet(shade=200)).convert(mode)], **how)


def _pdf_of(image: Callable[[Pixels], tuple[bytes, bytes]]) -> Callable[[], bytes]:
    return lambda: pdf([PdfPage([image(sheet(shade=shade))], placed()) for shade in (245, 200)])


def _jpeg_in_pdf(grey: Pixels) -> tuple[bytes, bytes]:
    return jpeg_image(jpeg(grey), 248, 352)


def _layered_pdf() -> bytes:
    images = [_jpeg_in_pdf(sheet()), raw_image(sheet(60, 80))]
    text = b"BT /F 20 Tf 100 600 Td (Phieu) Tj ET\n"
    return pdf([PdfPage(images, placed() + matrix(60, 0, 0, 80, 300, 300, 1) + text, entries=b"/Rotate 90")])


SAMPLES: dict[str, Callable[[], bytes]] = {
    "grey.jpg": lambda: jpeg(sheet(), dpi=(200, 200)),
    "colour.jpg": lambda: jpeg(with_stamp(sheet()), exif=turned(6)),
    "progressive.jpg": lambda: jpeg(with_stamp(sheet()), progressive=True),
    "inks.jpg": lambda: saved(picture(with_stamp(sheet())).convert("CMYK"), "JPEG"),
    "grey.png": lambda: png(sheet(), dpi=(200, 200)),
    "colour.png": lambda: png(with_stamp(sheet()), exif=turned(3)),
    "sixteen.png": lambda: saved(Image.fromarray(sheet().astype(np.uint16) * 257), "PNG"),
    "palette.png": lambda: saved(picture(with_stamp(sheet())).quantize(16), "PNG"),
    "glass.png": lambda: saved(picture(with_stamp(sheet())).convert("RGBA"), "PNG"),
    "fax.tif": lambda: tiff([black_and_white(sheet()), black_and_white(sheet(shade=200))], compression="group4"),
    "grey.tif": _tiff_of("L"),
    "colour.tif": _tiff_of("RGB", compression="tiff_lzw"),
    "jpeg.tif": _tiff_of("L", compression="jpeg"),
    "palette.tif": _tiff_of("P", compression="tiff_adobe_deflate"),
    "big.tif": _tiff_of("L", compression="packbits", big_tiff=True),
    "jpeg.pdf": _pdf_of(_jpeg_in_pdf),
    "fax.pdf": _pdf_of(g4_image),
    "raw.pdf": _pdf_of(raw_image),
    "layers.pdf": _layered_pdf,
}
"""Tên → tệp mẫu."""
