"""Thiết lập của đợt, and the page of its ballots."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.pages.screen import Screen


class Settings(Screen):
    """Thiết lập của đợt."""

    path = "thiet-lap/"

    def choose(self, **settings: str) -> None:
        """Chooses and saves."""
        self.fill(**settings).press("Lưu thiết lập")


class Ballots(Screen):
    """Phiếu: the form of the ballot, and what is taken to the printer."""

    path = "phieu/"

    def shape(self, **form: str | bool) -> None:
        """Chooses the form; a box is ticked or not."""
        for name, wanted in form.items():
            if isinstance(wanted, bool):
                self.page.locator(f'[name="{name}"]').set_checked(wanted)
            else:
                self.fill(**{name: wanted})
        self.press("Lưu mẫu phiếu")

    def take(self, folder: Path, copies: int, place: int = 0) -> Path:
        """Tải phiếu để in of the type standing at `place`."""
        card = self.page.locator(".ballot-kind").nth(place)
        card.locator('[name="copies"]').fill(str(copies))
        with self.page.expect_download() as waiting:
            card.get_by_role("button", name="Tải phiếu để in").click()
        target = folder / f"{place}-{waiting.value.suggested_filename}"
        waiting.value.save_as(target)
        return target

    @property
    def taken(self) -> list[tuple[str, ...]]:
        """Các lần tải phiếu: hour, type, ballots, code of the form."""
        rows = self.page.locator("section:has(h2:has-text('Các lần tải')) tbody tr").all()
        return [tuple(cell.inner_text() for cell in row.locator("td").all()) for row in rows]
