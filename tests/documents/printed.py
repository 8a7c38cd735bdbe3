"""Đọc lại bản in bằng tay người khác: small independent readers of .docx, .xlsx, HTML, and hands that spoil a paper."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn

from tinnhiem.documents.reading import read


def locked_fields(data: bytes) -> dict[str, str]:
    """Ô khóa trong .docx: tag → text; a tag met twice must say the same."""
    fields: dict[str, str] = {}
    for control in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        assert properties.find(qn("w:lock")).get(qn("w:val")) == "sdtContentLocked"
        key = properties.find(qn("w:tag")).get(qn("w:val"))
        text = "".join(piece.text for piece in control.iter(qn("w:t")))
        assert fields.setdefault(key, text) == text
    return fields


def workbook_rows(data: bytes) -> list[list[str]]:
    """Các hàng người trong .xlsx, as openpyxl reads them: those that begin with a number."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]


def pdf_rows(data: bytes) -> list[list[str]]:
    """Các hàng người trong PDF: rows of its ruled tables that begin with a number."""
    return [[piece.text for piece in row] for grid in read(data).tables for row in grid if row[0].text.isdigit()]


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, str] = {}
        self.key = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.key = dict(attrs).get("data-key") or "" if tag in ("td", "th") else self.key
        if self.key:
            self.cells.setdefault(self.key, "")

    def handle_data(self, data: str) -> None:
        if self.key:
            self.cells[self.key] += data

    def handle_endtag(self, tag: str) -> None:
        self.key = "" if tag in ("td", "th") else self.key


def html_cells(text: str) -> dict[str, str]:
    """Ô trong HTML: key → text."""
    parser = _Cells()
    parser.feed(text)
    return parser.cells


def spoiled(data: bytes, edit: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Tệp .docx hoặc .xlsx bị sửa: one part of the package rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, edit(content.decode("utf-8")).encode("utf-8") if name == part else content)
    return made.getvalue()


def converted(folder: Path, files: dict[str, bytes], to: str) -> dict[str, bytes]:
    """Qua LibreOffice: each file opened and saved as another kind, by a profile of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    out = folder / "out"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(out), *files],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: (out / f"{Path(name).stem}.{to}").read_bytes() for name in files}
