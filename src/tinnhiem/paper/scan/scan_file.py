"""Tệp ảnh quét: a file in memory or on disk, told apart by its first bytes and never by its name.

Contract: a file given by its path is not read whole unless it is a single picture, so that a scan of a thousand pages costs no memory.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from tinnhiem.paper.scan.image_errors import (
    NotAnImage,
    PhotoIsHeic,
    ScanFileEmpty,
    ScanFileMissing,
    ScanFileTooLarge,
)

HEAD = 1024
"""A PDF may open with other bytes; readers look this far for its first word (ISO 32000-1, annex H.3.4.1)."""

MOST_PICTURE_BYTES = 100_000_000
"""Cỡ tệp lớn nhất của một ảnh đơn: A4 at 600 dpi in colour, unpacked."""

MEGABYTE = 1_000_000

HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif")
TIFF_OPENINGS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class Kind(Enum):
    """Loại tệp."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"


class ScanFile:
    """Một tệp ảnh quét: where its bytes are, how many, and what a refusal calls it."""

    def __init__(self, data: bytes | Path, name: str) -> None:
        """Raises `ScanFileMissing` when there is no such file, `ScanFileEmpty` when nothing is in it."""
        self.data = data
        self.name = name
        self.changed = 0
        if isinstance(data, Path):
            try:
                found = data.stat()
                with data.open("rb") as stream:
                    self.head = stream.read(HEAD)
            except OSError as missing:
                raise ScanFileMissing(name) from missing
            self.size, self.changed = found.st_size, found.st_mtime_ns
        else:
            self.size, self.head = len(data), data[:HEAD]
        if not self.size:
            raise ScanFileEmpty(name)

    def kind(self) -> Kind:
        """Loại tệp theo những byte đầu. Raises `NotAnImage`, `PhotoIsHeic`."""
        head = self.head
        if head.startswith(b"\xff\xd8\xff"):
            return Kind.JPEG
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return Kind.PNG
        if head.startswith(TIFF_OPENINGS):
            return Kind.TIFF
        if b"%PDF-" in head:
            return Kind.PDF
        if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
            raise PhotoIsHeic(self.name)
        raise NotAnImage(self.name)

    def tail(self, length: int) -> bytes:
        """Những byte cuối."""
        if not isinstance(self.data, Path):
            return self.data[-length:]
        with self.data.open("rb") as stream:
            stream.seek(max(0, self.size - length))
            return stream.read(length)

    def whole(self) -> bytes:
        """Toàn bộ một ảnh đơn. Raises `ScanFileTooLarge`, `ScanFileMissing`."""
        if self.size > MOST_PICTURE_BYTES:
            raise ScanFileTooLarge(self.name, size=self.size // MEGABYTE, limit=MOST_PICTURE_BYTES // MEGABYTE)
        if not isinstance(self.data, Path):
            return self.data
        try:
            return self.data.read_bytes()
        except OSError as missing:
            raise ScanFileMissing(self.name) from missing

    def page(self, index: int) -> str:
        """Nơi có lỗi, như trong câu báo: file and page, pages counted from one."""
        return f"{self.name}, trang {index + 1}"

    def same_as(self, other: ScanFile) -> bool:
        """Whether both hold the same bytes, as far as can be told without reading a file on disk again."""
        if isinstance(self.data, Path) or isinstance(other.data, Path):
            return (self.data, self.size, self.changed) == (other.data, other.size, other.changed)
        return self.data is other.data or self.data == other.data
