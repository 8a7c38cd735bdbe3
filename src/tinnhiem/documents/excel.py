"""Bảng Excel: the table of results as .xlsx.

Contract: opens clean in Excel 2010 and later; the same table gives the same bytes. Counts are numbers. A share is the printed text, "88,46",
because a number would be shown by the computer's own rounding and with its own decimal sign, and the paper has one. No formula, no
macro, no link.
"""

from __future__ import annotations

import datetime
import io
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tinnhiem.documents.figures import Cell, Column, ColumnKind, Table
from tinnhiem.typeset.fonts import OFFICE_FAMILY

SHEET = "Kết quả"
WIDTHS: dict[ColumnKind, float] = {"order": 5, "name": 27, "post": 34, "number": 8, "share": 8.5, "note": 9}
LINE_HEIGHT = 14.5
"""Chiều cao một dòng chữ (pt)."""

SOME_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def draw(table: Table, *, title: str, above: tuple[str, ...] = (), code: str = "", mark: str = "") -> bytes:
    """Lập tệp .xlsx: `above` are lines over the table (body, meeting and day), `code` and `mark` as on paper."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": SOME_DAY.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    looks = _Looks(book)
    _page(sheet, table, code)
    line = 0
    for text in (*([mark] if mark else []), *above, title.upper()):
        sheet.merge_range(
            line, 0, line, len(table.columns) - 1, text, looks.title if text == title.upper() else looks.above
        )
        line += 1
    first = line + 1
    _head(sheet, table.columns, first, looks)
    line = first + 2
    sheet.freeze_panes(line, 2)
    sheet.repeat_rows(first, first + 1)
    for block in table.blocks:
        if block.title:
            sheet.merge_range(line, 0, line, len(table.columns) - 1, block.title, looks.block)
            line += 1
        for cells in block.rows:
            for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                look = looks.text if column.kind in ("name", "post", "note") else looks.figure
                if cell.number is None:
                    sheet.write_string(line, place, cell.text, look)
                else:
                    sheet.write_number(line, place, cell.number, look)
            sheet.set_row(line, _height(cells, table.columns))
            line += 1
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{line + 1}"})
    for place, note in enumerate(table.notes):
        sheet.write_string(line + place, 0, note, looks.note)
    book.close()
    return written.getvalue()


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        common = {"font_name": OFFICE_FAMILY, "font_size": 11, "valign": "vcenter"}
        boxed = {**common, "border": 1, "text_wrap": True}
        self.title: Format = book.add_format({**common, "bold": True, "font_size": 14, "align": "center"})
        self.above: Format = book.add_format({**common, "align": "center"})
        self.head: Format = book.add_format({**boxed, "bold": True, "align": "center"})
        self.block: Format = book.add_format({**boxed, "bold": True})
        self.text: Format = book.add_format(boxed)
        self.figure: Format = book.add_format({**boxed, "align": "center", "num_format": "0"})
        self.note: Format = book.add_format({**common, "italic": True})


def _height(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> float:
    """Room for the longest text of a row, because not every program makes it by itself when the file is opened."""
    lines = max(-(-len(cell.text) // int(WIDTHS[column.kind])) for cell, column in zip(cells, columns, strict=True))
    return LINE_HEIGHT * max(1, lines) + 3


def _page(sheet: Worksheet, table: Table, code: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    # "&" begins a command in a footer; our code has none.
    sheet.set_footer(f"&L{code}&RTrang &P/&N")
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS[column.kind])


def _head(sheet: Worksheet, columns: tuple[Column, ...], first: int, looks: _Looks) -> None:
    place = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        for position, column in enumerate(members):
            if not group:
                sheet.merge_range(first, place, first + 1, place, column.title, looks.head)
            else:
                if position == 0:
                    span = sum(1 for other in columns if other.group == group)
                    sheet.merge_range(first, place, first, place + span - 1, group, looks.head)
                sheet.write_string(first + 1, place, column.title, looks.head)
            place += 1
