"""Bộ gõ tiếng Việt và trang nhập phiếu: the events that UniKey sends in Telex and VNI mode, and what must not come of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.grid import Grid
from tests.web.harness import Harness

# UniKey, the usual input method, swallows a key that changes the word before it and sends Backspaces and the new letters as text
# packets instead. Its buffer may hold letters typed into another window, so a digit of the pad may be met by it.


@pytest.mark.parametrize("backspace", ["Backspace", "", "Escape"])
def test_a_vni_digit_that_unikey_turned_into_a_letter_takes_nothing_and_is_asked_for_again(
    page: Page, harness: Harness, backspace: str
) -> None:
    grid = Grid(page, harness)
    grid.keys("12")
    grid.burst((backspace, "Backspace", 8), ("", "á", 231))
    assert grid.marks() == ["high", "medium", *[None] * 7]
    assert "bộ gõ tiếng Việt" in grid.message
    grid.keys("1")
    assert grid.marks() == ["high", "medium", "high", *[None] * 6]


def test_a_longer_vni_change_with_three_backspaces_takes_nothing(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("123")
    grid.burst(*[("Backspace", "Backspace", 8)] * 3, *[("", letter, 231) for letter in "iết"])
    assert grid.marks() == ["high", "medium", "low", *[None] * 6]


def test_telex_letters_and_what_unikey_makes_of_them_write_nothing(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("1")
    grid.send("KeyA", "a", 65)
    grid.burst(("Backspace", "Backspace", 8), ("", "â", 231))
    grid.keys("2")
    assert grid.marks() == ["high", "medium", *[None] * 7]


def test_a_digit_that_an_input_method_reports_as_process_is_read_by_its_place(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.send("Digit1", "Process", 229)
    grid.send("Numpad3", "Process", 229)
    assert grid.marks() == ["high", "low", *[None] * 7]


def test_a_composing_event_dispatched_by_a_script_is_read_by_its_place_too(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    page.evaluate(
        """() => document.querySelector('.entry-surface').dispatchEvent(
            new KeyboardEvent('keydown', {code: 'Digit2', key: 'Process', isComposing: true, bubbles: true}))"""
    )
    assert grid.marks() == ["medium", *[None] * 8]


def test_text_packets_alone_write_nothing(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    for letter in "123":
        grid.send("", letter, 231)
    assert grid.marks() == [None] * 9


def test_a_persons_backspace_is_not_taken_for_an_input_methods(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("12")
    grid.undo()
    page.wait_for_timeout(150)
    grid.send("", "á", 231)
    assert grid.marks() == ["high", *[None] * 8]
