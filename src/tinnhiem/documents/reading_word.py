"""Đọc lại tệp .docx: paragraphs and tables as Word shows them, whatever a clerk did to them.

Contract: see `reading`. Text is taken from the markup itself, because python-docx leaves out what stands in content controls and
tracked insertions; deleted and moved-away text is left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tinnhiem.documents.reading import Grid, PaperUnreadable, Piece, Reading, tidy

W_P, W_T, W_TBL, W_TR, W_TC = qn("w:p"), qn("w:t"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
BREAKS = frozenset((qn("w:tab"), qn("w:br"), qn("w:cr")))
HYPHEN = qn("w:noBreakHyphen")
GONE = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")))
WRAPPERS = frozenset(
    (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag"), qn("w:moveTo"))
)


def read(data: bytes, name: str) -> Reading:
    """Đọc một tệp .docx. Raises `PaperUnreadable`."""
    try:
        document = docx.Document(io.BytesIO(data))
    # The parser of python-docx tells broken markup as a SyntaxError.
    except (KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError, SyntaxError) as broken:
        raise PaperUnreadable(name) from broken
    tables: list[Grid] = []
    lines: list[Piece] = []
    for element in _inside(document.element.body):
        if element.tag == W_P:
            text = _text(element)
            if text:
                lines.append(Piece(text, f"đoạn {len(lines) + 1}"))
        elif element.tag == W_TBL:
            tables.append(_grid(element, len(tables) + 1))
            lines += _table_lines(tables[-1])
    margins = []
    for number, section in enumerate(document.sections, start=1):
        for part, called in ((section.header, "đầu trang"), (section.footer, "chân trang")):
            text = " ".join(_text(one._p) for one in part.paragraphs)  # noqa: SLF001 - the markup behind a paragraph
            if text:
                margins.append(Piece(text, f"{called}, phần {number}"))
    return Reading(tables=tuple(tables), lines=tuple(lines), margins=tuple(margins))


def _inside(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The children, with those that stand in content controls or tracked insertions among them."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from _inside(child)
        else:
            yield child


def _text(element: BaseOxmlElement) -> str:
    return tidy("".join(_pieces(element)))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag in GONE:
            continue
        if child.tag == W_T:
            yield child.text or ""
        elif child.tag in BREAKS:
            yield " "
        elif child.tag == HYPHEN:
            yield "-"
        elif child.tag == W_TBL:
            continue
        else:
            yield from _pieces(child)
            if child.tag == W_P:
                yield " "


def _grid(table: BaseOxmlElement, number: int) -> Grid:
    """The table with merged cells repeated: over `gridSpan` columns, and down where `vMerge` goes on."""
    rows: list[tuple[Piece, ...]] = []
    for row in _inside(table):
        if row.tag != W_TR:
            continue
        made: list[Piece] = []
        for cell in _inside(row):
            if cell.tag != W_TC:
                continue
            span, goes_on = _merging(cell)
            place = len(made)
            text = rows[-1][place].text if goes_on and rows and place < len(rows[-1]) else _text(cell)
            where = f"bảng {number}, hàng {len(rows) + 1}, cột"
            made += [Piece(text, f"{where} {place + 1 + step}") for step in range(span)]
        rows.append(tuple(made))
    return tuple(rows)


def _merging(cell: BaseOxmlElement) -> tuple[int, bool]:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    span = properties.find(qn("w:gridSpan"))
    down = properties.find(qn("w:vMerge"))
    width = int(span.get(qn("w:val"), "1")) if span is not None else 1
    return max(1, width), down is not None and down.get(qn("w:val"), "continue") == "continue"


def _table_lines(grid: Grid) -> Iterator[Piece]:
    """The cells of a table read row by row, each text once: signatures and lists stand in tables too."""
    for row in grid:
        before = None
        for piece in row:
            if piece.text and piece.text != before:
                yield piece
            before = piece.text
