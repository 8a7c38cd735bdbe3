"""Đọc lại văn bản: what an edited .docx, .xlsx or PDF says, as tables and running text, each piece with its place.

Contract: reads what a person would see: text that was struck by tracked changes is gone, merged cells are repeated into every place they cover,
text comes composed (NFC) with single spaces. It trusts nothing about the file: content controls, styles and positions may all have been
changed. What is not such a file, is locked, is an image only, or unpacks beyond measure is refused.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile

import msgspec

from tinnhiem.errors import TinnhiemError

LARGEST_FILE = 50_000_000
LARGEST_UNPACKED = 200_000_000
"""Cỡ tệp lớn nhất nhận đọc (byte): far beyond any paper of a round, and before a zip bomb."""


class Piece(msgspec.Struct, frozen=True):
    """Một mẩu chữ và chỗ của nó."""

    text: str
    place: str


Grid = tuple[tuple[Piece, ...], ...]
"""Bảng đọc được: rows of as many pieces as the table has columns."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Nội dung đọc được: tables, and the text outside them in reading order; `margins` is what stands in headers and footers."""

    tables: tuple[Grid, ...]
    lines: tuple[Piece, ...]
    margins: tuple[Piece, ...] = ()


class PaperUnreadable(TinnhiemError):
    """A file that is broken or protected."""

    code = "paper_unreadable"
    vi = "Không mở được tệp: tệp hỏng hoặc có mật khẩu. Mở bằng Word, Excel rồi lưu lại thành tệp mới."
    en = "The file cannot be opened: it is broken or protected. Open it in Word or Excel and save it as a new file."


class PaperOfAnotherKind(TinnhiemError):
    """A file that is none of the kinds that are read back."""

    code = "paper_of_another_kind"
    vi = "Tệp này không phải .docx, .xlsx hay PDF. Lưu lại thành một trong ba dạng đó rồi kiểm tra."
    en = "This file is not .docx, .xlsx or PDF. Save it as one of the three, then check it."


class PaperTooLarge(TinnhiemError):
    """A file that is, or unpacks to, far more than a paper."""

    code = "paper_too_large"
    vi = "Tệp lớn bất thường, không đọc. Bỏ ảnh trong tệp hoặc lưu lại thành tệp mới."
    en = "The file is unusually large and is not read. Take pictures out of it or save it as a new file."


class PaperIsImage(TinnhiemError):
    """A PDF without text: a scan."""

    code = "paper_is_image"
    vi = "PDF này là ảnh quét, không có chữ để đối chiếu. Dùng tệp Word hoặc PDF xuất từ Word."
    en = "This PDF is a scan without text to compare. Use the Word file, or a PDF exported from Word."


def read(data: bytes, name: str = "") -> Reading:
    """Đọc một tệp, by its content and not its name; `name` only says in a refusal which file it was.

    Raises `PaperTooLarge`, `PaperOfAnotherKind`, `PaperUnreadable`, `PaperIsImage`.
    """
    if len(data) > LARGEST_FILE:
        raise PaperTooLarge(name)
    if data.startswith(b"%PDF"):
        from tinnhiem.documents import reading_pdf

        return reading_pdf.read(data, name)
    if not data.startswith(b"PK"):
        raise PaperOfAnotherKind(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {part.filename: part.file_size for part in packed.infolist()}
    except zipfile.BadZipFile as broken:
        raise PaperUnreadable(name) from broken
    if sum(parts.values()) > LARGEST_UNPACKED:
        raise PaperTooLarge(name)
    if "word/document.xml" in parts:
        from tinnhiem.documents import reading_word

        return reading_word.read(data, name)
    if "xl/workbook.xml" in parts:
        from tinnhiem.documents import reading_excel

        return reading_excel.read(data, name)
    raise PaperOfAnotherKind(name)


def tidy(text: str) -> str:
    """Chữ đã chuẩn hóa: NFC, every run of blanks one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())
