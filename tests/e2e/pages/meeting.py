"""Hội nghị: numbers of people and of ballots."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class Meeting(Screen):
    """Trang Hội nghị."""

    path = "hoi-nghi/"

    def give_people(self, **numbers: int) -> None:
        """Ghi số người."""
        self.open().fill(**numbers).press("Ghi số người")

    def give_ballots(self, place: int = 0, **numbers: int) -> None:
        """Ghi số phiếu of the type standing at `place`."""
        self.open()
        card = self.page.locator('form:has(input[name="part"][value^="ballots-"])').nth(place)
        for name, value in numbers.items():
            card.locator(f'[name$="-{name}"]').fill(str(value))
        self.go(card.locator('button[type="submit"]'))
