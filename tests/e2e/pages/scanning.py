"""Quét một tập: bringing files, watching them being read, dealing with refused pages."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.pages.screen import Screen


class Scanning(Screen):
    """The page of one batch's scan."""

    def begin(self, operator: str) -> None:
        """Bắt đầu quét tập này."""
        self.fill(operator=operator).press("Bắt đầu quét tập này")

    def bring(self, *files: Path) -> None:
        """Chooses files and has them read; comes back at once."""
        self.page.locator('section form > .file-drop input[type="file"]').first.set_input_files(files)
        self.press("Đọc các tệp này")

    def drop(self, file: Path) -> None:
        """Drags a file from the desktop onto the words of the dashed place, and has it read."""
        words = self.page.locator(".file-drop__label").first
        words.scroll_into_view_if_needed()
        box = words.bounding_box()
        assert box is not None
        carried = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        spot = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        hand = self.page.context.new_cdp_session(self.page)
        for kind in ("dragEnter", "dragOver", "drop"):
            hand.send("Input.dispatchDragEvent", {"type": kind, "data": carried, **spot})
        self.press("Đọc các tệp này")

    def read(self, *files: Path) -> None:
        """Brings files and waits until they are read."""
        self.bring(*files)
        self.wait()

    def wait(self) -> None:
        """Until nothing is being read any more."""
        self.page.wait_for_function(
            "() => { const now = document.querySelector('#scan-standing'); return now && !now.hasAttribute('hx-get'); }"
        )

    def watch(self) -> list[str]:
        """Every state of the progress line until reading ends."""
        self.page.evaluate(
            """() => {
              window.told = [];
              const look = () => {
                const line = document.querySelector("#scan-standing p[role=status]");
                if (line && window.told.at(-1) !== line.innerText) window.told.push(line.innerText);
              };
              look();
              new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
            }"""
        )
        self.wait()
        return list(self.page.evaluate("window.told"))

    @property
    def facts(self) -> dict[str, int]:
        """Numbers of the page, by their words."""
        rows = self.page.locator("#scan-standing .facts > div").all()
        return {row.locator("dt").inner_text(): int(row.locator("dd").inner_text()) for row in rows}

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Reasons of the pages that were not accepted, with what is to be done."""
        place = self.page.locator("#scan-standing section:has(h2:has-text('Trang máy không nhận'))")
        titles, advice = place.locator("h3").all(), place.locator("h3 + p").all()
        return [(title.inner_text(), told.inner_text()) for title, told in zip(titles, advice, strict=True)]

    @property
    def lacking(self) -> list[str]:
        """Sheets that lack a side."""
        place = self.page.locator("#scan-standing section:has(h2:has-text('Tờ thiếu một mặt'))")
        return [one.inner_text().removesuffix("Nhập tay mặt còn thiếu").strip() for one in place.locator("li").all()]

    def add_by_hand(self) -> None:
        """A sheet that does not go through the scanner."""
        box = self.page.locator("details.act").filter(has_text="Có tờ máy quét không kéo được")
        box.locator("summary").click()
        self.go(box.get_by_role("button", name="Thêm một tờ nhập tay"))

    def stop(self) -> None:
        """Dừng đọc, once some pages are read; until nothing is read any more."""
        self.until_some()
        self.press("Dừng đọc")
        self.wait()

    def until_some(self, more_than: int = 0) -> int:
        """Until more pages than these are read, while others still are; how many."""
        for _look in range(400):
            self.page.reload()
            line = self.page.locator("#scan-standing p[role=status]")
            if not line.count():
                message = "nothing is being read any more"
                raise AssertionError(message)
            read = int(line.inner_text().partition("/")[0])
            if read > more_than:
                return read
        message = "no page was read"
        raise AssertionError(message)

    def leave_out(self, reason: str, words: str = "Bỏ trang") -> None:
        """Bỏ trang, with a reason: the first of the pages offered."""
        box = self.page.locator("details.confirm").filter(has_text=words).first
        box.locator("summary").click()
        box.locator("textarea").fill(reason)
        self.go(box.locator("button[type=submit]"))

    def scan_anew(self, file: Path) -> None:
        """Quét lại the first refused page from another file."""
        box = self.page.locator("details.confirm").filter(has_text="Quét lại").first
        box.locator("summary").click()
        box.locator('input[type="file"]').set_input_files(file)
        self.go(box.get_by_role("button", name="Đọc tệp này"))
        self.wait()

    def finish(self) -> None:
        """Xong lần quét."""
        self.press("Xong lần quét")
