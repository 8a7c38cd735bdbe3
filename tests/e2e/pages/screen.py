"""Màn hình: what every page has — boxes filled by their names, buttons pressed by their words, one next step, notices."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, Page


class Screen:
    """Một trang trước mắt một người."""

    path = ""
    """Its address below the machine, or below the round where `round_url` is given."""

    def __init__(self, page: Page, round_url: str = "") -> None:
        self.page, self.round_url = page, round_url

    def open(self) -> Self:
        """Goes to the page by its address."""
        self.page.goto(f"{self.round_url}{self.path}")
        return self

    def fill(self, **typed: str | int) -> Self:
        """Types into the boxes of these names; a drop-down takes the value of its entry."""
        for name, value in typed.items():
            box = self.page.locator(f'[name="{name}"]:not([type="hidden"])').first
            if box.evaluate("element => element.tagName") == "SELECT":
                box.select_option(str(value))
            else:
                box.fill(str(value))
        return self

    def go(self, control: Locator) -> Self:
        """Presses what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            control.click()
        return self

    def press(self, words: str, within: Locator | None = None) -> Self:
        """Presses the button or link that begins with these words; what only a screen reader hears may follow."""
        place = within or self.page.locator("main")
        return self.go(place.locator("a.button, button").filter(has_text=words, visible=True).first)

    def confirm(self, words: str, yes: str, reason: str = "") -> Self:
        """The two steps of what cannot be taken back."""
        box = self.page.locator("details.confirm").filter(has_text=words)
        box.locator("summary").click()
        if reason:
            box.locator("textarea").fill(reason)
        return self.go(box.get_by_role("button", name=yes, exact=True))

    @property
    def primary(self) -> list[str]:
        """What stands on the primary buttons of the page that can be seen."""
        return [one.inner_text() for one in self.page.locator("main .button--primary").all() if one.is_visible()]

    @property
    def next_step(self) -> str:
        """Việc tiếp theo, without its label."""
        return self.page.inner_text(".next-step__sentence").removeprefix("Việc tiếp theo").strip()

    @property
    def notices(self) -> list[str]:
        """Every notice of the page."""
        return [one.inner_text().strip() for one in self.page.locator("main .notice").all()]

    @property
    def title(self) -> str:
        """The heading."""
        return self.page.inner_text("h1")

    @property
    def text(self) -> str:
        """Everything that can be read on the page."""
        return self.page.inner_text("body")

    def wide(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth"))
