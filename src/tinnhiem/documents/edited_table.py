"""So bảng kết quả: the table of an edited paper held against the table as printed, cell by cell.

Contract: finds the table by the titles of its columns and each person by name and post, so that columns may have moved, rows may have been
deleted or added, and controls may be gone. A figure is compared as a value ("80,9" is 80,90 and 80.9); a name or post letter by letter, in
composed Unicode. Numbers in the order column and the notes are the office's own and are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

import msgspec

from tinnhiem.documents.figures import UNKNOWN, Cell, Column, Table
from tinnhiem.documents.reading import Grid, Piece, Reading, tidy

_Sameness = Callable[[dict[str, Cell], "FoundRow"], bool]

COMPARED = ("name", "post", "number", "share")
ALIKE = 0.55
"""Hai tên giống nhau từ mức này coi là một người bị gõ lại, where the order number agrees."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Một chỗ khác: what it is about, where it stands, what the record says and what was found ("" for what is not there)."""

    key: str
    what: str
    place: str
    expected: str
    found: str

    @property
    def sentence(self) -> str:
        """Câu báo cho người dùng."""
        if not self.found:
            return f"{self.place}: {self.what} – thiếu “{self.expected}”."
        if not self.expected:
            return f"{self.place}: {self.what} – thừa “{self.found}”."
        return f"{self.place}: {self.what} – bản ghi là “{self.expected}”, trong tệp là “{self.found}”."


class FoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một hàng đọc được, its pieces by the field of their column."""

    pieces: dict[str, Piece]
    whole: str

    def text(self, field: str) -> str:
        """What stands in that column, "" where the paper has no such column."""
        piece = self.pieces.get(field)
        return piece.text if piece is not None else ""

    @property
    def place(self) -> str:
        """Chỗ của hàng: its first piece's."""
        return next(iter(self.pieces.values())).place


def compare(table: Table, reading: Reading) -> list[Difference]:
    """So từng ô: every figure, name and post that differs or is not there, and every row that the record does not have."""
    found = list(_found_rows(table.columns, reading))
    people = [dict(zip((column.field for column in table.columns), cells, strict=True)) for cells in table.rows()]
    pairs, missing, extra = _paired(people, found)
    differences: list[Difference] = []
    for person, row in pairs:
        differences += _compare_row(table.columns, person, row)
    for person in missing:
        who = _named(person)
        differences.append(
            Difference(
                key=person["name" if "name" in person else "post"].key,
                what="người trong bảng kết quả",
                place="Bảng kết quả",
                expected=who,
                found="",
            )
        )
        differences += [
            Difference(
                key=person[column.field].key,
                what=f"{who}, {column.full_title}",
                place="Bảng kết quả",
                expected=person[column.field].text,
                found="",
            )
            for column in table.columns
            if column.kind in ("number", "share")
        ]
    differences += [
        Difference(key="", what="hàng không có trong bản ghi", place=row.place, expected="", found=row.whole)
        for row in extra
    ]
    return differences


def same_figure(expected: str, found: str) -> bool:
    """Hai cách viết của một con số."""
    one, other = _value(expected), _value(found)
    return tidy(expected) == tidy(found) if one is None or other is None else one == other


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(tidy(text).replace(" ", "").removesuffix("%").replace(",", "."))
    except InvalidOperation:
        return None


def _compare_row(columns: Sequence[Column], person: dict[str, Cell], row: FoundRow) -> Iterator[Difference]:
    who = _named(person)
    for column in columns:
        if column.kind not in COMPARED:
            continue
        cell = person[column.field]
        expected, found = tidy(cell.text), row.text(column.field)
        same = same_figure(expected, found) if column.kind in ("number", "share") else expected == found
        if not same:
            piece = row.pieces.get(column.field)
            yield Difference(
                key=cell.key,
                what=f"{who}, {column.full_title}",
                place=piece.place if piece is not None else row.place,
                expected=expected,
                found=found,
            )


def _named(person: dict[str, Cell]) -> str:
    name = person["name"].text if "name" in person else ""
    return name or person["post"].text


def _found_rows(columns: Sequence[Column], reading: Reading) -> Iterator[FoundRow]:
    """Rows of persons out of every table whose head is the results' (a PDF has one table a page)."""
    places: dict[str, int] = {}
    width = 0
    for grid in reading.tables:
        first = _first_row(grid)
        mapped = _columns_of(columns, _titles(grid[:first]))
        if len(mapped) >= len(columns) / 2:
            places, width = mapped, len(grid[0])
        elif not places or not grid or len(grid[0]) != width:
            continue
        for cells in grid[first:]:
            if _is_title(cells) or not any(piece.text for piece in cells):
                continue
            pieces = {field: cells[place] for field, place in places.items() if place < len(cells)}
            figures = [
                pieces[column.field].text for column in columns if column.kind == "number" and column.field in pieces
            ]
            if any(_is_figure(text) for text in figures) or _first_words(pieces):
                yield FoundRow(pieces=pieces, whole=tidy(" ".join(piece.text for piece in cells)))


def _first_words(pieces: dict[str, Piece]) -> bool:
    return bool(pieces.get("name", Piece("", "")).text and pieces.get("post", Piece("", "")).text)


def _first_row(grid: Grid) -> int:
    """Where the head of a table ends: the first row with three figures."""
    for number, cells in enumerate(grid):
        if not _is_title(cells) and sum(_is_figure(piece.text) for piece in cells) >= 3:
            return number
    return len(grid)


def _is_figure(text: str) -> bool:
    return text == UNKNOWN or _value(text) is not None


def _is_title(cells: Sequence[Piece]) -> bool:
    """A title over the whole width: one text in every place, or nothing but the first cell."""
    texts = [piece.text for piece in cells]
    return len(texts) > 1 and (len(set(texts)) == 1 or not any(texts[1:]))


def _titles(head: Grid) -> list[str]:
    """The title of each column: what stands above it, from the top, each text once."""
    rows = [cells for cells in head if not _is_title(cells)]
    width = max((len(cells) for cells in rows), default=0)
    titles = []
    for place in range(width):
        above = [cells[place].text for cells in rows if place < len(cells) and cells[place].text]
        titles.append(" ".join(dict.fromkeys(above)).casefold())
    return titles


def _columns_of(columns: Sequence[Column], titles: Sequence[str]) -> dict[str, int]:
    """Field → place: by equal titles first; a column that was renamed by its place, where nothing else claims it."""
    wanted = {column.field: tidy(f"{column.group} {column.title}").casefold() for column in columns}
    places: dict[str, int] = {}
    for field, title in wanted.items():
        free = [place for place, found in enumerate(titles) if found == title and place not in places.values()]
        if free:
            places[field] = free[0]
    for place, column in enumerate(columns):
        if column.field not in places and place < len(titles) and place not in places.values() and places:
            places[column.field] = place
    return places if len(titles) >= 3 else {}


def _paired(
    people: list[dict[str, Cell]], found: list[FoundRow]
) -> tuple[list[tuple[dict[str, Cell], FoundRow]], list[dict[str, Cell]], list[FoundRow]]:
    """Each person with the row that is about them: by name and post, by name alone, then by the order number and likeness."""
    pairs: list[tuple[dict[str, Cell], FoundRow]] = []
    left, rows = list(people), list(found)

    def take(same: _Sameness) -> None:
        for person in list(left):
            row = next((row for row in rows if same(person, row)), None)
            if row is not None:
                pairs.append((person, row))
                left.remove(person)
                rows.remove(row)

    take(_same_whole)
    take(_same_name_and_post)
    # Two persons of one name and different posts: a name alone tells nothing then.
    names = Counter(tidy(person["name"].text) for person in people if "name" in person)
    take(lambda person, row: names[_text(person, "name")] == 1 and row.text("name") == _text(person, "name") != "")
    take(lambda person, row: row.text("order") == _text(person, "order") and _alike(person, row))
    take(lambda person, row: _same_figures(person, row) and _alike(person, row))
    take(lambda person, row: row.text("order") == _text(person, "order") and _same_figures(person, row))
    # Told in printed order, whichever way each row was recognised.
    pairs.sort(key=lambda pair: people.index(pair[0]))
    return pairs, left, rows


def _text(person: dict[str, Cell], field: str) -> str:
    return tidy(person[field].text) if field in person else ""


def _same_name_and_post(person: dict[str, Cell], row: FoundRow) -> bool:
    return row.text("name") == _text(person, "name") and row.text("post") == _text(person, "post")


def _same_whole(person: dict[str, Cell], row: FoundRow) -> bool:
    return _same_name_and_post(person, row) and _same_figures(person, row)


def _same_figures(person: dict[str, Cell], row: FoundRow) -> bool:
    figures = [(cell.text, row.text(field)) for field, cell in person.items() if field.startswith(("count:", "share:"))]
    return all(same_figure(expected, found) for expected, found in figures)


def _alike(person: dict[str, Cell], row: FoundRow) -> bool:
    one = f"{_text(person, 'name')} {_text(person, 'post')}"
    other = f"{row.text('name')} {row.text('post')}"
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
