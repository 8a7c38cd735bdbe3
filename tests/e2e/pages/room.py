"""Phòng kiểm phiếu."""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e.pages.screen import Screen


class CountingRoom(Screen):
    """The board's page."""

    path = "kiem-phieu/"

    def record(self, code: str, hour: str, names: str, returned: Sequence[int] = ()) -> None:
        """Ghi nhận một việc của Ban kiểm phiếu, with the ballots returned of each type where it announces them."""
        form = self.page.locator(f'form[action$="/viec/{code}/"]')
        if not form.is_visible():
            self.page.locator("details.act").filter(has=form).locator("summary").click()
        for box, number in zip(form.locator('input[type="number"]').all(), returned, strict=True):
            box.fill(str(number))
        form.locator(f'[name="{code}-hour"]').fill(hour)
        form.locator(f'[name="{code}-names"]').fill(names)
        self.go(form.locator('button[type="submit"]'))

    def begin(self) -> None:
        """Bắt đầu kiểm phiếu."""
        self.press("Bắt đầu kiểm phiếu")

    def set_passphrase(self, words: str) -> None:
        """Đặt cụm mật khẩu."""
        self.fill(passphrase=words, again=words).press("Đặt cụm mật khẩu")

    def open_vault(self, words: str) -> None:
        """Mở dữ liệu phiếu."""
        self.fill(passphrase=words).press("Mở dữ liệu phiếu")

    def divide(self, *sizes: int, place: int = 0) -> None:
        """Chia tập phiếu of the type standing at `place`."""
        form = self.page.locator('form[action*="/chia-tap/"]').nth(place)
        form.locator('[name="sizes"]').fill(", ".join(map(str, sizes)))
        self.go(form.locator('button[type="submit"]'))

    @property
    def batches(self) -> list[tuple[str, str]]:
        """Title and state of every batch."""
        return [
            (card.locator("h3").inner_text(), card.locator(".chip").inner_text())
            for card in self.page.locator(".batch-card").all()
        ]

    def open_batch(self, place: int) -> None:
        """Goes to the batch standing at `place`."""
        self.go(self.page.locator(".batch-card .actions a").nth(place))
