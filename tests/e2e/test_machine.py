"""The machine that the browser tests drive: nothing of it is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House, open_house


def break_off(folder: Path, browser: Browser, started: list[House]) -> None:
    with open_house(folder, browser) as house:
        started.append(house)
        house.stranger()
        raise KeyError


def test_a_machine_is_ended_when_what_is_done_with_it_breaks(browser: Browser, tmp_path: Path) -> None:
    started: list[House] = []
    with pytest.raises(KeyError):
        break_off(tmp_path / "data", browser, started)
    assert started[0].program.poll() is not None
    assert browser.contexts == []


def test_a_machine_that_cannot_close_its_browsers_is_ended_all_the_same(browser: Browser, tmp_path: Path) -> None:
    house = House(tmp_path / "data", browser)
    house.contexts["gone"] = None  # type: ignore[assignment]
    with pytest.raises(AttributeError):
        house.close()
    assert house.program.poll() is not None
