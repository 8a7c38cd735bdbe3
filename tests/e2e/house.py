"""Máy chủ thật và những người ngồi trước nó: `tinnhiem serve` as a program of its own, and a browser for each person.

Contract: a free port each time, ended by its own process id. Every browser is watched: a request to another host, a fault of a script or anything kept in
browser storage is remembered, and `faults` tells it all.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.cli.running import COMMAND
from tests.cli.test_serve import answers, free_port, gone
from tests.e2e.pages.entrance import LogIn

PASSWORD = "mat-khau-cua-ban-nay"
"""Of everybody, as in `tests.app.scene`."""
ADDRESS_ONLY = {"htmx-current-path-for-history"}
"""The address of the page last opened, which htmx keeps on ordinary pages; the grid goes without htmx."""
DESKTOP = (1366, 768)
PHONE = (360, 740)


class House:
    """Một máy: its data folder, the program serving it, and who sits before it."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.folder, self.browser = folder, browser
        self.port = free_port()
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}
        self.responses: list[tuple[str, Response]] = []
        self.faults: list[str] = []
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The address of this machine."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts the program and waits for its first answer."""
        self.program = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(self.folder), "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={key: value for key, value in os.environ.items() if not key.startswith(("TINNHIEM_", "DJANGO_"))},
        )
        until = time.monotonic() + 90
        while not answers(self.port):
            assert self.program.poll() is None, self.program.communicate()[0]
            assert time.monotonic() < until
            time.sleep(0.1)

    def kill(self) -> None:
        """The plug, pulled: SIGKILL, and nothing answers any more."""
        self.program.kill()
        self.program.communicate()
        assert gone(self.port)

    def stranger(self, name: str = "") -> Page:
        """A browser in which nobody is logged in."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, accept_downloads=True
        )
        context.set_default_timeout(20_000)
        context.on("request", lambda request: self._watch(request.url))
        context.on("response", lambda response: self.responses.append((name, response)))
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda said: self.faults.append(said.text) if "Security Policy" in said.text else None)
        self.contexts[name] = context
        self.pages[name] = page
        return page

    def person(self, name: str, watch: Callable[[Page], None] | None = None) -> Page:
        """The browser of an account, logged in the first time it is asked for."""
        if name not in self.pages:
            page = self.stranger(name)
            if watch is not None:
                watch(page)
            LogIn(page).open().enter(name, PASSWORD)
        return self.pages[name]

    def kept_in_browsers(self) -> set[str]:
        """Names of what the pages left in browser storage."""
        names = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
        return {name for page in self.pages.values() for name in page.evaluate(names)}

    def close(self) -> None:
        """Ends everything that was started here."""
        try:
            for context in self.contexts.values():
                context.close()
        finally:
            self._end_program()

    def _end_program(self) -> None:
        if self.program.poll() is None:
            self.program.terminate()
            try:
                self.program.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()
        if self.program.stdout is not None:
            self.program.stdout.close()

    def _watch(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "about:", "blob:")):
            self.faults.append(f"a request to {url}")


@contextmanager
def open_house(folder: Path, browser: Browser) -> Iterator[House]:
    """A machine on a folder, ended whatever happens in between; what its browsers were caught at is a fault."""
    house = House(folder, browser)
    try:
        yield house
    finally:
        house.close()
    assert house.faults == []
