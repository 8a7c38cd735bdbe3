"""Cửa vào: the first-run page and log-in."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class FirstRun(Screen):
    """Mở phần mềm lần đầu."""

    path = "/"

    def make_officer(self, name: str, username: str, password: str) -> None:
        """Makes the first account, which is then at its desk."""
        self.fill(shown_name=name, username=username, password=password, again=password)
        self.press("Lập tài khoản và bắt đầu")


class LogIn(Screen):
    """Đăng nhập."""

    path = "/dang-nhap/"

    def enter(self, username: str, password: str) -> None:
        """Logs in."""
        self.fill(username=username, password=password).press("Đăng nhập")
        self.page.wait_for_selector(".site-header__facts form")
