"""Bàn xem phiếu nghi vấn: who sits, the rows answered with the keys, the board's rulings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.e2e.pages.screen import Screen
from tests.e2e.pages.station import PAD

ENOUGH = 60
"""No pile of these tests has more doubtful rows."""


class Asked(NamedTuple):
    """What stands before a member: sheet and line, what the machine saw, what it proposes."""

    place: str
    machine: str
    proposal: str


class Adjudication(Screen):
    """Xem phiếu nghi vấn: the members take turns."""

    path = "nghi-van/"

    def sit(self, name: str) -> None:
        """A member sits down at this machine."""
        change = self.page.locator("details.act").filter(has_text="Đổi người xem")
        if change.count():
            change.locator("summary").click()
        self.page.get_by_label(name).check()
        self.press("Ngồi vào bàn")

    def go_to_desk(self) -> AdjudicationDesk:
        """The batch that waits for the member, by the primary button."""
        self.go(self.page.locator(".next-step .button--primary"))
        return AdjudicationDesk(self.page)

    def rule(self, mark: str, reason: str) -> None:
        """Kết luận của Ban kiểm phiếu on the first place that waits for it."""
        form = self.page.locator("form.disagreement__settle").first
        form.get_by_text(mark, exact=True).click()
        form.locator('[name="reason"]').fill(reason)
        self.go(form.get_by_role("button", name="Ghi kết luận"))

    @property
    def left(self) -> list[tuple[str, str]]:
        """Every batch and how many places it has left."""
        rows = self.page.locator("section:has(h2:has-text('Các tập')) tbody tr").all()
        return [(row.locator("td").nth(0).inner_text(), row.locator("td").nth(1).inner_text()) for row in rows]


class AdjudicationDesk(Screen):
    """Bàn của một thành viên."""

    def ready(self) -> None:
        """Until the page takes keys."""
        self.page.wait_for_selector('main#adjudication[aria-busy="false"]')

    @property
    def is_done(self) -> bool:
        """Whether nothing is left for this member."""
        return self.page.locator(".adj-end").is_visible()

    @property
    def asked(self) -> Asked:
        """The row on the screen."""
        parts = (".adj-title", ".adj-reason", ".adj-proposal")
        return Asked(*(self.page.locator(part).inner_text() for part in parts))

    def press_key(self, sign: str) -> None:
        """One key of the number pad."""
        self.page.keyboard.press(PAD.get(sign, "NumpadEnter" if sign == "Enter" else f"Numpad{sign}"))

    def answer(self, *signs: str) -> None:
        """Keys for one row, until it is saved and the next one stands there."""
        before = self.page.locator(".adj-title").inner_text()
        for sign in signs:
            self.press_key(sign)
        self.page.wait_for_function("before => document.querySelector('.adj-title').innerText !== before", arg=before)
        self.ready()

    def answer_all(self, otherwise: Mapping[str, str] | None = None, default: str = "Enter") -> list[Asked]:
        """Every row with the default key, but for those whose place is given one of its own; all that was asked."""
        told = []
        for _row in range(ENOUGH):
            self.ready()
            if self.is_done:
                return told
            told.append(self.asked)
            self.answer((otherwise or {}).get(told[-1].place, default))
        message = f"still asked after {ENOUGH} rows"
        raise AssertionError(message)

    def leave(self) -> None:
        """Về danh sách, by the Enter key."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
