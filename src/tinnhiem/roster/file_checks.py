"""Kiểm tra tệp trước khi mở: what a file is, by its bytes and not its name, and whether it is safe to read.

Contract: `inspect` returns the kind of spreadsheet or raises one `FileRefused` with one sentence. Nothing is unpacked beyond
the list of parts. Limits: 10 MB on disk, 100 MB unpacked, no part swelling more than two hundred times (a real sheet swells ten
to thirty times).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final, Literal

from tinnhiem.roster.errors import (
    CsvRefused,
    FileTooLarge,
    MacroFile,
    NotASpreadsheet,
    PasswordProtected,
    SwollenArchive,
    UnreadableFile,
)

FileKind = Literal["xlsx", "xls", "ods"]

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_SWELLING: Final = 200
SMALL_PART: Final = 1024 * 1024
"""Parts below this size may swell as they like: an empty sheet of a thousand equal rows does."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"{\\rtf", "Word (.rtf)"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)


def inspect(content: bytes, name: str = "") -> FileKind:
    """Nhận dạng tệp: which spreadsheet format `content` is in. `name` only helps to word a refusal."""
    if len(content) > MAX_BYTES:
        raise FileTooLarge(name, size=len(content) // 1024**2 + 1, limit=MAX_BYTES // 1024**2)
    if content.startswith(b"PK"):
        return _inspect_zip(content, name)
    if content.startswith(_OLE):
        return _inspect_ole(content, name)
    for start, found in _FOREIGN:
        if content.startswith(start):
            raise NotASpreadsheet(name, found=found)
    head = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise NotASpreadsheet(name, found="HTML")
    if content and b"\x00" not in content[:4096]:
        raise CsvRefused(name)
    raise UnreadableFile(name)


def _inspect_zip(content: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            manifest = _small_part(archive, "META-INF/manifest.xml")
            mimetype = _small_part(archive, "mimetype")
            types = _small_part(archive, "[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        raise UnreadableFile(name) from None
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_swells, parts)) or len(names) < len(parts):
        raise SwollenArchive(name)
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in manifest:
        raise PasswordProtected(name)
    if any(part.lower().endswith("vbaproject.bin") or part.startswith(("Basic/", "Scripts/")) for part in names):
        raise MacroFile(name)
    if b"macroEnabled" in types:
        raise MacroFile(name)
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main+xml" in types:
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "word/document.xml" in names or b"opendocument.text" in mimetype:
        raise NotASpreadsheet(name, found="Word")
    if "ppt/presentation.xml" in names:
        raise NotASpreadsheet(name, found="PowerPoint")
    if "xl/workbook.bin" in names:
        raise NotASpreadsheet(name, found=".xlsb")
    raise NotASpreadsheet(name, found="ZIP")


def _small_part(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        info = archive.getinfo(part)
    except KeyError:
        return b""
    if info.file_size > SMALL_PART or info.flag_bits & 1:
        return b""
    with archive.open(info) as stream:
        return stream.read(SMALL_PART)


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART and part.file_size > MAX_SWELLING * max(1, part.compress_size)


def _inspect_ole(content: bytes, name: str) -> FileKind:
    # The directory of an OLE file holds the names of its streams in UTF-16.
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise PasswordProtected(name)
    if holds("WordDocument"):
        raise NotASpreadsheet(name, found="Word")
    if not (holds("Workbook") or holds("Book")):
        raise UnreadableFile(name)
    if holds("_VBA_PROJECT"):
        raise MacroFile(name)
    return "xls"
