"""Trình duyệt thật trước máy chủ thật."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.house import House
from tests.web.conftest import ARGUMENTS, CHROMIUM


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, once a file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A machine on an empty folder; what its browsers were caught at fails the file."""
    yield from open_house(tmp_path_factory.mktemp("nha") / "data", browser)


def open_house(folder: Path, browser: Browser) -> Iterator[House]:
    """A machine on a folder, until the tests of a file are done."""
    house = House(folder, browser)
    yield house
    house.close()
    assert house.faults == []
