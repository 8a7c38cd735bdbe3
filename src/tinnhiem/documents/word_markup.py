"""Thẻ của tệp Word: runs, paragraphs, cells and tables as WordprocessingML.

Contract: pure text in, markup out; element order follows the schema (ISO/IEC 29500), which Word enforces by refusing the file. Measures
are millimetres outside and twips inside. A figure of the record is a content control that can neither be edited nor deleted, tagged
with its key.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from tinnhiem.documents.form import Run

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TWIPS_PER_MM = 56.6929
FIGURE_ALIAS = "Số liệu kiểm phiếu"
GRID_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CUT_LINES = GRID_LINES.replace("single", "dashed")


def twips(millimetres: float) -> int:
    """Milimét sang đơn vị của Word."""
    return round(millimetres * TWIPS_PER_MM)


def run(text: str, *, bold: bool = False, italic: bool = False, extra: str = "") -> str:
    """Một đoạn chữ; `extra` is further run properties that come after bold and italic in the schema."""
    properties = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + extra
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def drawn(part: Run, *, bold: bool = False, italic: bool = False) -> str:
    """Một `Run` của văn bản: locked when it is a figure."""
    made = run(part.text, bold=bold or part.bold, italic=italic or part.italic)
    return locked(part.key, made) if part.figure else made


def locked(key: str, content: str) -> str:
    """Ô số liệu khóa: a content control around `content`, its tag the figure's key."""
    # Word wants a number of its own for every control; taken of the key it is the same each time the paper is made.
    number = zlib.crc32(key.encode("utf-8")) & 0x7FFFFFFF
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(FIGURE_ALIAS)}/><w:tag w:val={quoteattr(key)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="sdtContentLocked"/><w:text/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def paragraph(content: str, style: str, extra: str = "") -> str:
    """Một đoạn văn in a named style; `extra` is further paragraph properties, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def cell(
    content: str, width: float, *, span: int = 1, merge: str = "", borders: str = "", align: str = "center"
) -> str:
    """Một ô: paragraphs inside; `merge` is "restart" or "continue" for a cell that runs down several rows."""
    properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    properties += f'<w:vAlign w:val="{align}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, head: bool = False, height: float = 0, exact: bool = False) -> str:
    """Một hàng, never broken over two pages; `head` repeats it on every page."""
    rule = "exact" if exact else "atLeast"
    properties = "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule}"/>' if height else ""
    properties += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[float], lines: str = GRID_LINES, side: float = 1) -> str:
    """Một bảng with fixed columns; `lines` are its border elements, "" for none; `side` is the gap beside the text of a cell."""
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if lines else ""
    gap = twips(side)
    margins = f'<w:left w:w="{gap}" w:type="dxa"/><w:right w:w="{gap}" w:type="dxa"/>'
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(width) for width in widths)}" w:type="dxa"/><w:jc w:val="center"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
