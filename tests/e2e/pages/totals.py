"""Nhập tổng: totals typed from tally sheets, and the hand tally of a batch."""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e.pages.screen import Screen


class Totals(Screen):
    """A row a person; the figures in the order of the columns, the invalid last."""

    def type(self, rows: Sequence[Sequence[int]], typist: str = "") -> None:
        """Fills in the table and sends it."""
        if typist:
            self.fill(typist=typist)
        for row, figures in zip(self.page.locator("tr:has(input.figure)").all(), rows, strict=True):
            for box, figure in zip(row.locator("input.figure").all(), figures, strict=True):
                box.fill(str(figure))
        self.press("Ghi số tổng")

    @property
    def typed(self) -> list[str]:
        """What stands in the boxes."""
        return [box.input_value() for box in self.page.locator("input.figure").all()]

    @property
    def differences(self) -> list[tuple[str, ...]]:
        """Where hand and machine differ: line, name, level, by hand, by machine."""
        rows = self.page.locator("table:not(:has(input)) tbody tr").all()
        return [tuple(cell.inner_text() for cell in row.locator("td").all()) for row in rows]

    def rule(self, words: str) -> None:
        """Kết luận của Ban kiểm phiếu."""
        self.fill(ruling=words).press("Ghi kết luận")
