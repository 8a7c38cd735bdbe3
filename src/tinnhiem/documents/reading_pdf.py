"""Đọc lại PDF: words by their position, tables by their ruled lines.

Contract: see `reading`. Knows nothing of how the file was made: ours, or one exported from Word or LibreOffice. A table is what is ruled with
lines on one page; a cell ends where a line ends it. Measures are points from the top left of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tinnhiem.documents.reading import Grid, PaperIsImage, PaperUnreadable, Piece, Reading, tidy

THIN = 2.5
"""Nét kẻ dày nhất còn coi là đường kẻ (pt)."""

SHORTEST = 8.0
NEAR = 2.5
"""Hai đường cách nhau dưới mức này là một (pt)."""


class Word(msgspec.Struct, frozen=True):
    """Một tiếng trên trang: its text and box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Tâm của ô chữ."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Stroke(msgspec.Struct, frozen=True):
    """Một đường kẻ: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float

    def covers(self, at: float, along: float) -> bool:
        """Whether this line runs through that point."""
        return abs(self.at - at) <= NEAR and self.start - NEAR <= along <= self.end + NEAR


def read(data: bytes, name: str) -> Reading:
    """Đọc một tệp PDF. Raises `PaperUnreadable`, `PaperIsImage`."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as broken:
        raise PaperUnreadable(name) from broken
    tables: list[Grid] = []
    lines: list[Piece] = []
    try:
        for number, page in enumerate(document, start=1):
            words = _words(page)
            across, down = _strokes(page)
            grid, outside = _table(words, across, down, number)
            if grid:
                tables.append(grid)
                lines += [piece for row in grid for piece in _once(row)]
            lines += [Piece(text, f"trang {number}") for text in _lines(outside)]
    finally:
        document.close()
    if not lines:
        raise PaperIsImage(name)
    return Reading(tables=tuple(tables), lines=tuple(lines))


def _words(page: pdfium.PdfPage) -> list[Word]:
    height = page.get_height()
    text = page.get_textpage()
    words: list[Word] = []
    letters: list[str] = []
    box: tuple[float, float, float, float] | None = None

    def close() -> None:
        nonlocal box
        if letters and box is not None:
            left, bottom, right, top = box
            words.append(Word(tidy("".join(letters)), left, height - top, right, height - bottom))
        letters.clear()
        box = None

    for index in range(text.count_chars()):
        letter = chr(pdfium_c.FPDFText_GetUnicode(text, index))
        if letter.isspace() or not letter.isprintable():
            close()
            continue
        found = text.get_charbox(index, loose=True)
        if box is not None and (found[0] - box[2] > 3 or abs(found[1] - box[1]) > 4 or found[0] < box[0]):
            close()
        letters.append(letter)
        box = found if box is None else (box[0], min(box[1], found[1]), max(box[2], found[2]), max(box[3], found[3]))
    close()
    return words


def _strokes(page: pdfium.PdfPage) -> tuple[list[Stroke], list[Stroke]]:
    """Lines across and lines down the page, thin boxes among them (Word draws its lines so)."""
    height = page.get_height()
    across, down = [], []
    for part in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=8):
        left, bottom, right, top = part.get_bounds()
        if top - bottom <= THIN and right - left >= SHORTEST:
            across.append(Stroke(height - (top + bottom) / 2, left, right))
        elif right - left <= THIN and top - bottom >= SHORTEST:
            down.append(Stroke((left + right) / 2, height - top, height - bottom))
    return across, down


def _table(
    words: Sequence[Word], across: Sequence[Stroke], down: Sequence[Stroke], page: int
) -> tuple[Grid, list[Word]]:
    """The ruled table of a page, and the words outside it. No table where fewer than three lines go down."""
    columns = _places([stroke.at for stroke in down])
    if len(columns) < 3:
        return (), list(words)
    highest, lowest = min(stroke.start for stroke in down), max(stroke.end for stroke in down)
    rows = _places([stroke.at for stroke in across if highest - NEAR <= stroke.at <= lowest + NEAR])
    if len(rows) < 3:
        return (), list(words)
    inside: dict[tuple[int, int], list[Word]] = {}
    outside = []
    for word in words:
        x, y = word.middle
        column, row = _between(columns, x), _between(rows, y)
        if column is None or row is None:
            outside.append(word)
        else:
            home = _first_of_cell(row, column, rows, columns, across, down)
            inside.setdefault(home, []).append(word)
    texts = {home: " ".join(_lines(found)) for home, found in inside.items()}
    grid = tuple(
        tuple(
            Piece(
                texts.get(_first_of_cell(row, column, rows, columns, across, down), ""),
                f"trang {page}, hàng {row + 1}, cột {column + 1}",
            )
            for column in range(len(columns) - 1)
        )
        for row in range(len(rows) - 1)
    )
    return grid, outside


def _first_of_cell(
    row: int,
    column: int,
    rows: Sequence[float],
    columns: Sequence[float],
    across: Sequence[Stroke],
    down: Sequence[Stroke],
) -> tuple[int, int]:
    """The upper left place of the cell that this place belongs to: over every border that is not drawn."""
    while column > 0:
        along = (rows[row] + rows[row + 1]) / 2
        if any(stroke.covers(columns[column], along) for stroke in down):
            break
        column -= 1
    while row > 0:
        along = (columns[column] + columns[column + 1]) / 2
        if any(stroke.covers(rows[row], along) for stroke in across):
            break
        row -= 1
    return row, column


def _places(found: Sequence[float]) -> list[float]:
    """Different places in order, those nearer than `NEAR` taken as one."""
    places: list[float] = []
    for at in sorted(found):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    return places


def _between(places: Sequence[float], at: float) -> int | None:
    return next((number for number, (one, two) in enumerate(pairwise(places)) if one <= at < two), None)


def _lines(words: Sequence[Word]) -> list[str]:
    """Words as lines of text, from the top; words whose middles lie on one height are one line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.middle[1]):
        if lines and abs(lines[-1][0].middle[1] - word.middle[1]) <= 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tidy(" ".join(word.text for word in sorted(line, key=lambda one: one.left))) for line in lines]


def _once(row: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in row:
        if piece.text and (not kept or kept[-1].text != piece.text):
            kept.append(piece)
    return kept
