"""Tệp ảnh: pages as the bytes a scanner or a phone would hand over.

Contract: JPEG grey or colour, PNG, one-bit TIFF (G4); several pages gathered into a PDF that carries the very JPEG bytes, or a TIFF of many pages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
from PIL import Image

from bench.marked_pages.scanner import Scan

ORIENTATION = 0x0112
UNDONE = {1: 8, 2: 3, 3: 6}
"""Exif's number that undoes so many quarter turns clockwise."""
SUFFIX = {"jpeg": ".jpg", "photo": ".jpg", "png": ".png", "g4": ".tif"}


def encoded(scan: Scan) -> bytes:
    """Bytes của một trang."""
    pixels = scan.pixels
    picture = Image.fromarray(pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    dpi = (scan.condition.dpi, scan.condition.dpi)
    file = io.BytesIO()
    if scan.condition.kind == "g4":
        picture.convert("1", dither=Image.Dither.NONE).save(file, "TIFF", compression="group4", dpi=dpi)
    elif scan.condition.kind == "png":
        picture.save(file, "PNG", compress_level=1, dpi=dpi)
    elif scan.condition.kind == "photo":
        exif = Image.Exif()
        exif[ORIENTATION] = UNDONE[scan.turns] if scan.noted else 1
        picture.save(file, "JPEG", quality=scan.quality, exif=exif)
    else:
        picture.save(file, "JPEG", quality=scan.quality, dpi=dpi)
    return file.getvalue()


def gathered_tiff(pages: Sequence[bytes]) -> bytes:
    """Một tệp TIFF nhiều trang từ các trang một bit."""
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    file = io.BytesIO()
    pictures[0].save(file, "TIFF", compression="group4", save_all=True, append_images=pictures[1:])
    return file.getvalue()


def gathered_pdf(pages: Sequence[bytes], page_mm: tuple[float, float]) -> bytes:
    """Một tệp PDF mang nguyên các tệp JPEG, each filling a page of the paper's size, as feeders write it."""
    width, height = (round(mm * 72 / 25.4, 2) for mm in page_mm)
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for i, page in enumerate(pages):
        picture = Image.open(io.BytesIO(page))
        space = "/DeviceGray" if picture.mode == "L" else "/DeviceRGB"
        first = 3 + 3 * i
        drawing = f"{width} 0 0 {height} 0 0 cm /P Do".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing),
            f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} /ColorSpace {space} "
            f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(page)} >>\nstream\n".encode()
            + page
            + b"\nendstream",
        ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
