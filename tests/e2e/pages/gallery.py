"""Dải ô theo người, and the page of the pictures."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class Gallery(Screen):
    """Whom the board must look through before it signs."""

    path = "dai-o/"

    @property
    def people(self) -> list[tuple[str, str]]:
        """Name and how far."""
        return [
            (row.locator("td").nth(1).inner_text(), row.locator("td").nth(2).inner_text().strip())
            for row in self.page.locator("main tbody tr").all()
        ]

    def sit(self, name: str) -> None:
        """A member sits down, where nobody does yet."""
        if self.page.locator('[name="member"]').count():
            self.page.get_by_label(name).check()
            self.press("Ngồi vào bàn")

    def look_through(self) -> list[list[str]]:
        """Everybody, by the keyboard alone; what the first screen of each person had as headings."""
        headings = []
        while self.page.locator("main tbody .button--primary").count():
            self.go(self.page.locator("main tbody .button--primary"))
            headings.append([one.inner_text() for one in self.page.locator(".gallery-group h2").all()])
            while self.page.locator("#strip").count():
                self.pictures()
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
        return headings

    def pictures(self) -> int:
        """How many crops the screen shows, all of them loaded."""
        self.page.wait_for_function("() => [...document.querySelectorAll('.strip img')].every(one => one.complete)")
        return int(
            self.page.evaluate(
                "[...document.querySelectorAll('.strip img')].filter(one => one.naturalWidth > 0).length"
            )
        )

    def send_back(self, place: int) -> None:
        """The crop standing at `place` looks wrong: chosen with the space bar, sent with Enter."""
        self.page.locator("#strip input[type=checkbox]").nth(place).focus()
        self.page.keyboard.press("Space")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


class Images(Screen):
    """Ảnh quét."""

    path = "anh-quet/"

    @property
    def left(self) -> str:
        """Ảnh còn trong máy."""
        return self.page.locator("dt:has-text('Ảnh còn trong máy') + dd").inner_text()
