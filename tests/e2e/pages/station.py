"""Bàn nhập phiếu: choosing a batch, and the grid keyed on the number pad."""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e.pages.screen import Screen

PAD = {"*": "NumpadMultiply", "-": "NumpadSubtract", "/": "NumpadDivide", "+": "NumpadAdd"}


class Station(Screen):
    """Chọn tập để nhập."""

    path = "nhap/"

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Every batch: its name, how many sheets are keyed here, how it stands."""
        return [
            tuple(cell.inner_text() for cell in row.locator("td").all()[1:])
            for row in self.page.locator("tbody tr").all()
        ]

    def sit_down(self, reader: str, keyer: str, checker: str = "") -> None:
        """Opens the batch offered, with who reads, keys and checks."""
        self.fill(reader=reader, keyer=keyer, checker=checker).press("Bắt đầu nhập tập này")
        self.page.wait_for_selector(".entry-title")


class Grid(Screen):
    """Bảng nhập phiếu."""

    def key(self, sheet: str) -> None:
        """One sheet on the number pad, ended with Enter; until the page says that it is saved."""
        before = self.number
        for sign in sheet:
            self.page.keyboard.press(PAD.get(sign, f"Numpad{sign}"))
        self.page.keyboard.press("NumpadEnter")
        self.page.wait_for_function(
            "before => document.querySelector('.entry-title').textContent !== before", arg=before
        )

    def key_all(self, sheets: Sequence[str]) -> None:
        """A run of sheets."""
        for sheet in sheets:
            self.key(sheet)

    @property
    def number(self) -> str:
        """The big number."""
        return self.page.locator(".entry-title").inner_text()

    @property
    def message(self) -> str:
        """What the page says to the operator."""
        return self.page.locator(".entry-message").inner_text()

    def finish(self) -> None:
        """Xong tập."""
        self.go(self.page.locator(".entry-finish .button--primary"))
