"""Fields of a form that is closed: nobody takes them for fields to write in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.adjudication import Desk
from tests.web.harness import Harness

LOOKS = """tag => {
    const looks = [false, true].map(closed => {
        const field = document.createElement(tag);
        field.disabled = closed;
        document.body.append(field);
        const style = getComputedStyle(field);
        return [style.backgroundColor, style.borderTopStyle, style.cursor];
    });
    return looks[0].map((open, place) => open !== looks[1][place]);
}"""
"""Whether ground, border and pointer of a closed field are others than those of an open one."""


@pytest.mark.parametrize("tag", ["input", "select", "textarea"])
def test_a_closed_field_does_not_look_like_one_to_write_in(page: Page, harness: Harness, tag: str) -> None:
    Desk(page, harness, rows=((3, 12, "blank", "blank"),))
    assert page.evaluate(LOOKS, tag) == [True, True, True]
