"""Quy định của đợt: an unsure value set by the office for its own round."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class Correction(Screen):
    """Điều chỉnh giá trị chưa chắc."""

    def correct(self, path: str, value: str, reason: str) -> None:
        """The value at `path` of the book, and why."""
        self.page.goto(f"{self.round_url}quy-dinh/dieu-chinh/?gia-tri={path}")
        self.fill(value=value, reason=reason).press("Dùng giá trị này cho đợt")
