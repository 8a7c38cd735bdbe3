"""Đối chiếu một tập."""

from __future__ import annotations

from tests.e2e.pages.screen import Screen


class Reconcile(Screen):
    """Only what differs, both readings side by side."""

    @property
    def differing(self) -> list[str]:
        """Titles of the sheets on which the readings differ."""
        return [one.inner_text() for one in self.page.locator(".disagreement h3").all()]

    @property
    def readings(self) -> list[str]:
        """Every mark shown, in the order of the page."""
        return [one.inner_text() for one in self.page.locator(".reading__mark").all()]

    def settle(
        self, sheet: int, *, marks: dict[int, str], looked: str, reason: str = "", invalid: str | None = None
    ) -> None:
        """What the paper says of one sheet; marks by line, in the words of the ballot."""
        form = self.page.locator(f"#phieu-{sheet} form")
        if invalid is not None:
            form.locator('[name="invalid"]').select_option(label=invalid)
        for line, mark in marks.items():
            form.locator(".disagreement__line").filter(has=self.page.locator(f'[name="line-{line}"]')).get_by_text(
                mark, exact=True
            ).last.click()
        form.locator('[name="looked"]').fill(looked)
        form.locator('[name="reason"]').fill(reason)
        self.go(form.get_by_role("button", name="Lấy theo phiếu giấy"))

    def accept(self) -> None:
        """Nhận tập này."""
        self.press("Nhận tập này")
