"""Bàn xem phiếu nghi vấn và dải ô trước máy chủ thật: how soon the next row stands before the member, and that everything fits the screen."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import day
from tests.e2e.house import DESKTOP, PHONE, open_house
from tests.e2e.pages.adjudication import Adjudication
from tests.e2e.pages.gallery import Gallery
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.screen import Screen
from tests.e2e.stage import SCANNED_NAMES, play
from tests.web.test_adjudication import TIMES

WIDE = (1920, 1080)
A_ROW_MAY_TAKE = 4000
"""Milliseconds, with the member's own looking and thinking."""


class Seen(NamedTuple):
    """The pace of the desk, what the two members were asked, and how wide each page was."""

    times: list[float]
    asked: tuple[int, int]
    wide: list[tuple[str, int, int]]
    strip: tuple[int, int]


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Two members at the desk; and where all is counted already, the first screen of a strip."""
    folder, wide = tmp_path_factory.mktemp("nha"), list[tuple[str, int, int]]()
    stages = {stage: play(folder / stage, stage) for stage in ("scanned", "strips")}
    with open_house(folder / "scanned", browser) as house:
        pace = at_desk(house.person(day.HEAD), house.url + stages["scanned"], wide)
    with open_house(folder / "strips", browser) as house:
        strip = at_gallery(house.person(day.HEAD), house.url + stages["strips"], wide)
    return Seen(*pace, wide, strip)


def look(page: Page, name: str, wide: list[tuple[str, int, int]]) -> None:
    """The page that is open, at every size."""
    for width, height in (PHONE, DESKTOP, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        over = Screen(page).wide()
        if over > 0:
            wide.append((name, width, over))
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def at_desk(head: Page, url: str, wide: list[tuple[str, int, int]]) -> tuple[list[float], tuple[int, int]]:
    """Every doubtful row answered as the machine proposes, or as the third box where it has no proposal, and then by a second member."""
    CountingRoom(head, url).open().open_vault(day.PASSPHRASE)
    times: list[float] = []
    asked = []
    for member, default in (("Lý Thị Lan", "Enter"), ("Đinh Văn Mạnh", "3")):
        Adjudication(head, url).open().sit(member)
        look(head, "phiếu nghi vấn", wide)
        desk = Adjudication(head, url).go_to_desk()
        desk.ready()
        look(head, "bàn xem phiếu", wide)
        head.evaluate(TIMES)
        answered = 0
        while not desk.is_done:
            desk.answer("3" if not desk.asked.proposal.startswith("Đề xuất") else default)
            answered += 1
        asked.append(answered)
        times += head.evaluate("window.times")
        desk.leave()
    return times, (asked[0], asked[1])


def at_gallery(head: Page, url: str, wide: list[tuple[str, int, int]]) -> tuple[int, int]:
    """The first screen of the first person: how many crops, and how many of them stand on the screen whole."""
    CountingRoom(head, url).open().open_vault(day.PASSPHRASE)
    gallery = Gallery(head, url).open()
    head.get_by_label("Lý Thị Lan").check()
    gallery.press("Ngồi vào bàn")
    look(head, "dải ô theo người", wide)
    assert [name for name, _state in gallery.people] == SCANNED_NAMES
    gallery.go(head.locator("main tbody .button--primary"))
    shown = gallery.pictures()
    whole = head.eval_on_selector_all(
        ".strip-row", "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    look(head, "một dải ô", wide)
    return shown, int(whole)


def test_the_next_row_stands_before_the_member_long_before_the_time_a_row_may_take_is_up(seen: Seen) -> None:
    print(
        f"\nkey → next row painted, real server: median {median(seen.times):.0f} ms, slowest {max(seen.times):.0f} ms"
    )
    assert len(seen.times) >= sum(seen.asked) - 2
    assert median(seen.times) < A_ROW_MAY_TAKE / 4
    assert max(seen.times) < A_ROW_MAY_TAKE


def test_the_second_member_is_asked_only_where_the_first_said_otherwise(seen: Seen) -> None:
    assert seen.asked == (24, 8)


def test_forty_crops_stand_on_one_screen(seen: Seen) -> None:
    assert seen.strip == (40, 40)


def test_no_page_is_wider_than_its_window(seen: Seen) -> None:
    assert seen.wide == []
