"""Xem trước: a file between upload and saving, in which cells are mended and choices made until no fault is left.

Contract: a value. Editing gives another preview and never touches the file; the same edits in any order of different cells give the
same lists. `accepted` is the only way to the people of a list, and it is all or nothing. msgspec writes and reads a preview, so
the web can keep it between two requests.
"""

from __future__ import annotations

import msgspec

from tinnhiem.errors import Faults
from tinnhiem.roster.book import understand_all
from tinnhiem.roster.grid import Grid, address, position
from tinnhiem.roster.model import Choices, RosterBook

MAX_TYPED: int = 300


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """Bản xem trước: the `grids` as read, `edits` by sheet and cell address, `choices` by sheet name ("" for all)."""

    grids: tuple[Grid, ...]
    edits: dict[str, dict[str, str]] = {}
    choices: dict[str, Choices] = {}

    @property
    def sheets(self) -> tuple[Grid, ...]:
        """The sheets with the edits in place."""
        return tuple(grid.with_edits(self.edits.get(grid.name, {})) for grid in self.grids)

    def edit(self, sheet: str, cell: str, text: str) -> Preview:
        """Sửa một ô. Raises ValueError when the file has no such sheet or the address lies outside of it."""
        grid = next((grid for grid in self.grids if grid.name == sheet), None)
        row, column = position(cell)
        if grid is None or row > len(grid.rows) or column > grid.width:
            raise ValueError(f"{sheet}!{cell}")
        changed = self.edits.get(sheet, {}) | {address(row, column): text[:MAX_TYPED]}
        return msgspec.structs.replace(self, edits=self.edits | {sheet: changed})

    def choose(self, sheet: str, choices: Choices) -> Preview:
        """Chọn cách đọc một trang tính."""
        return msgspec.structs.replace(self, choices=self.choices | {sheet: choices})

    def answer(self, sheet: str, key: str) -> Preview:
        """Trả lời một câu hỏi "giữ nguyên": `key` is `errors.Question.answer`."""
        before = self.choices.get(sheet, Choices())
        return self.choose(sheet, msgspec.structs.replace(before, answered=(*before.answered, key)))

    def book(self) -> RosterBook:
        """The lists as they now read, with every fault still open. Raises `FileRefused` when no sheet holds a list."""
        return understand_all(self.sheets, self.choices)

    def accepted(self) -> RosterBook:
        """Nhận cả danh sách: the lists when nothing is wrong; raises `Faults` with everything that is."""
        book = self.book()
        if book.faults:
            raise Faults(book.faults)
        return book
