"""Đợt lấy phiếu: making one, its page, moving it from step to step."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class Desk(Screen):
    """Bàn làm việc."""

    path = "/"


class NewRound(Screen):
    """Lập đợt lấy phiếu mới."""

    path = "/dot/moi/"

    def make(self, **plan: str) -> str:
        """Makes a round; the address of its page."""
        self.fill(**plan).press("Lập đợt")
        return self.page.url


class RoundPage(Screen):
    """Trang của đợt."""

    def go_on(self) -> None:
        """Presses the one primary button."""
        self.go(self.page.locator("main .next-step .button--primary"))

    def advance(self) -> None:
        """The step that is offered, asked and confirmed."""
        self.open()
        self.go_on()
        self.go(self.page.locator("form.card .button--primary"))

    def pass_over(self, reason: str) -> None:
        """The step that is offered does not apply."""
        self.open()
        self.go_on()
        self.confirm("Bước này không áp dụng", "Ghi không áp dụng", reason)

    def record(self, hour: str, names: str) -> None:
        """The act that is offered, with its hour and names."""
        self.open()
        self.go_on()
        self.fill(hour=hour, names=names).press("Ghi nhận")

    @property
    def state(self) -> str:
        """Trạng thái của đợt."""
        return self.page.inner_text("h1 .chip")
