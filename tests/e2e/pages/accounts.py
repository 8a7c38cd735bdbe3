"""Tài khoản và bàn làm việc."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class NewAccount(Screen):
    """Lập tài khoản."""

    path = "/tai-khoan/moi/"

    def make(self, name: str, username: str, password: str) -> None:
        """Makes one account."""
        self.fill(shown_name=name, username=username, password=password, again=password).press("Lập tài khoản")


class Desks(Screen):
    """Giao bàn làm việc của đợt."""

    path = "ban-lam-viec/"

    def seat(self, name: str, role: str, station: int | None = None) -> None:
        """Seats somebody, by the name shown."""
        self.page.locator('[name="account"]').select_option(label=name)
        self.fill(role=role, station=station or "").press("Giao bàn làm việc")

    @property
    def seated(self) -> list[str]:
        """Who sits where."""
        return [one.inner_text().replace("\n", " – ") for one in self.page.locator(".documents__name").all()]
