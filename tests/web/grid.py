"""Bàn tay của người nhập: what a test does at the key-entry grid, and what it reads off the screen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.web.harness import Harness, entry_config

NUMPAD = {"*": "NumpadMultiply", "-": "NumpadSubtract", "/": "NumpadDivide", "+": "NumpadAdd", "E": "NumpadEnter"}


class Grid:
    """One entry page; keys are real events of the browser (CDP), with the place and the letter that a keyboard would send."""

    def __init__(
        self, page: Page, harness: Harness, lines: int = 9, desk: dict[str, object] | None = None, **changes: object
    ) -> None:
        self.page = page
        self.harness = harness
        page.goto(harness.entry_page(entry_config(lines, **changes), desk))
        page.wait_for_selector(".entry-title")
        self.cdp: CDPSession = page.context.new_cdp_session(page)

    def send(self, code: str, key: str, virtual: int = 0, *, repeat: bool = False, modifiers: int = 0) -> None:
        """One keydown and keyup. `virtual` is Windows' key code: 229 while an input method composes, 231 for a text packet."""
        event: dict[str, Any] = {"code": code, "key": key, "windowsVirtualKeyCode": virtual, "modifiers": modifiers}
        self.cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "autoRepeat": repeat, **event})
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def keys(self, text: str) -> None:
        """Keys of the number pad: digits, * - / +, and E for Enter."""
        for letter in text:
            self.send(NUMPAD.get(letter, f"Numpad{letter}"), "Enter" if letter == "E" else letter)

    def burst(self, *keys: tuple[str, str, int]) -> None:
        """Keydowns (code, key, virtual key) in one moment, as a program types them."""
        self.page.evaluate(
            """keys => { for (const [code, key, keyCode] of keys) document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', {code, key, keyCode, bubbles: true, cancelable: true})); }""",
            list(keys),
        )

    def undo(self) -> None:
        """A person's Backspace."""
        self.send("Backspace", "Backspace", 8)

    def marks(self) -> list[str | None]:
        """Codes on the screen, by line."""
        marks: list[str | None] = self.page.eval_on_selector_all(
            ".entry-row:not(.entry-row--head)", "rows => rows.map(row => row.dataset.mark ?? null)"
        )
        return marks

    def text(self, selector: str) -> str:
        """Text of one element."""
        return self.page.inner_text(selector)

    @property
    def message(self) -> str:
        """The line that speaks to the operator."""
        return self.text(".entry-message")

    @property
    def title(self) -> str:
        """The big number."""
        return self.text(".entry-title")

    def wait_for(self, word: str) -> None:
        """Until the message holds a word."""
        self.page.wait_for_function(
            "word => document.querySelector('.entry-message').textContent.includes(word)", arg=word
        )
