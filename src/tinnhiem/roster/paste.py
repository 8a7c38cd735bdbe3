"""Bảng dán vào: a table copied from Word, Excel or a web page, as HTML or as tab-separated text.

Contract: the largest table of the HTML becomes a grid; merged cells stay merged, line breaks and paragraphs inside a cell stay
line breaks. Text is split at tabs; a cell in quotes may hold line breaks, as Excel copies them. Raises `NobodyListed` for text
that holds no table.
"""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import Final

from tinnhiem.roster.errors import FileTooLarge, HeaderNotFound
from tinnhiem.roster.grid import EMPTY, Cell, Grid, Merge

PASTED: Final = "Bảng dán vào"
MAX_LETTERS: Final = 2_000_000
MAX_SPAN: Final = 100


def grid_of_pasted(text: str) -> Grid:
    """Đọc bảng dán vào: `text` from the clipboard, HTML or plain."""
    if len(text) > MAX_LETTERS:
        raise FileTooLarge(PASTED, size=len(text) // 1024**2 + 1, limit=MAX_LETTERS // 1024**2)
    if re.search(r"<table\b", text, re.IGNORECASE):
        reader = _TableReader()
        reader.feed(text)
        reader.close()
        return max(reader.grids(), key=lambda grid: len(grid.rows), default=Grid(name=PASTED, rows=()))
    if "\t" not in text:
        raise HeaderNotFound(PASTED, rows=20)
    rows = [
        [Cell(value.strip()) for value in row] for row in csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    ]
    return _rectangle(rows, [])


def _rectangle(rows: list[list[Cell]], merges: list[Merge]) -> Grid:
    width = max((len(row) for row in rows), default=0)
    full = tuple(tuple(row + [EMPTY] * (width - len(row))) for row in rows)
    return Grid(name=PASTED, rows=full, merges=tuple(merges))


class _TableReader(HTMLParser):
    """Reads tables row by row; a table inside a cell is read as text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[tuple[list[dict[int, Cell]], list[Merge]]] = []
        self._depth = 0
        self._hidden = 0
        self._text: list[str] | None = None
        self._column = 1
        self._span = (1, 1)

    def grids(self) -> list[Grid]:
        grids = []
        for rows, merges in self._tables:
            width = max((max(row, default=0) for row in rows), default=0)
            cells = [[row.get(column, EMPTY) for column in range(1, width + 1)] for row in rows]
            grids.append(_rectangle(cells, merges))
        return grids

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "head"):
            self._hidden += tag != "head"
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._tables.append(([], []))
        elif self._depth == 1 and tag == "tr":
            self._finish_cell()
            self._tables[-1][0].append({})
        elif self._depth == 1 and tag in ("td", "th") and self._tables[-1][0]:
            self._finish_cell()
            self._open_cell(dict(attrs))
        elif tag in ("br", "p", "div", "li") and self._text is not None and "".join(self._text).strip():
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table":
            if self._depth == 1:
                self._finish_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._finish_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            # Line ends of the HTML source are spaces; only <br> and paragraphs break a line.
            self._text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        rows, merges = self._tables[-1]
        at, self._column = len(rows), 1
        covered = {
            column
            for merge in merges
            if merge.top <= at <= merge.bottom
            for column in range(merge.left, merge.right + 1)
        }
        while self._column in rows[-1] or self._column in covered:
            self._column += 1
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        self._text = []

    def _finish_cell(self) -> None:
        if self._text is None:
            return
        rows, merges = self._tables[-1]
        lines = (line.strip() for line in "".join(self._text).replace("\xa0", " ").split("\n"))
        rows[-1][self._column] = Cell("\n".join(line for line in lines if line))
        down, across = self._span
        for column in range(self._column + 1, self._column + across):
            rows[-1][column] = EMPTY
        if down > 1 or across > 1:
            merges.append(Merge(len(rows), self._column, len(rows) + down - 1, self._column + across - 1))
        self._text = None


def _span(value: str | None) -> int:
    return min(int(value), MAX_SPAN) if value and value.isdigit() and int(value) > 0 else 1
