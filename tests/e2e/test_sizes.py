"""Bốn mươi bốn người tên dài: every page at the two sizes it is made for, in both languages, and the check of a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page

from tests.e2e import day
from tests.e2e.conftest import open_house
from tests.e2e.house import DESKTOP, PHONE, House
from tests.e2e.pages.reconcile import Reconcile
from tests.e2e.pages.result import Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.screen import Screen
from tests.e2e.pages.station import Grid, Station
from tests.e2e.stage import LONG_NAMES, play
from tinnhiem.app import settings

ORGANISER = (
    "", "thiet-lap/", "nguoi-duoc-lay-phieu/", "nguoi-ghi-phieu/", "ban-kiem-phieu/", "loai-phieu/", "quy-dinh/",
    "thoi-han/", "hoi-nghi/", "ban-lam-viec/", "ket-qua/", "van-ban/", "nhat-ky/",
)  # fmt: skip
"""Pages of the round, below its address."""
HOUSE = (
    "/",
    "/dot/moi/",
    "/dot/sao-chep/",
    "/quy-dinh/",
    "/quy-dinh/qd-96-2023/",
    "/nguoi/",
    "/tai-khoan/",
    "/tai-khoan/moi/",
    "/kiem-tra-bang/",
)
"""Pages of no round."""


DATA = {"Chủ trì", "Ủy viên"}
"""A name and a post of the people on the stage, which are nobody's to translate."""


class Seen(NamedTuple):
    """How wide and how well spoken each page was."""

    house: House
    url: str
    too_wide: list[tuple[str, int, int]]
    english: dict[str, str]
    grid: tuple[int, int]


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Every page looked at: while it is counted, and when it is signed."""
    folder = tmp_path_factory.mktemp("nha") / "data"
    address = play(folder, "long")
    with open_house(folder, browser) as house:
        seen = Seen(house, house.url + address, [], {}, look_at_grid(house, house.url + address))
        look_while_counting(seen)
        look_when_signed(seen)
        yield seen


def look(seen: Seen, page: Page, name: str) -> None:
    """The page that is open, at both sizes."""
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        over = Screen(page).wide()
        if over > 0:
            seen.too_wide.append((name, width, over))


def look_at_grid(house: House, url: str) -> tuple[int, int]:
    """How many lines the grid has and how many of them stand on the screen whole, on the laptop of a counting table."""
    head = house.person(day.HEAD)
    room = CountingRoom(head, url).open()
    room.open_vault(day.PASSPHRASE)
    room.open_batch(0)
    Reconcile(head).confirm("Cho nhập lại lần 2", "Mở lại tập", "Bàn 2 nhập nhầm tập")
    table = house.person(day.TABLES[1])
    Station(table, url).open().sit_down(*day.CREWS[2])
    rows = ".entry-row:not(.entry-row--head)"
    on_screen = table.eval_on_selector_all(
        rows, "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    return table.locator(rows).count(), int(on_screen)


def look_while_counting(seen: Seen) -> None:
    """Grid, reconciling, hand tally, counting room."""
    table, head = seen.house.person(day.TABLES[1]), seen.house.person(day.HEAD)
    look(seen, table, "bảng nhập phiếu")
    Grid(table).key_all(["2" * 44, *["1" * 44] * 6, *["2" * 44] * 3, *["3" * 44] * 2])
    Grid(table).finish()
    look(seen, table, "bàn nhập phiếu")
    room = CountingRoom(head, seen.url).open()
    look(seen, head, "phòng kiểm phiếu")
    room.open_batch(0)
    look(seen, head, "đối chiếu")
    reconcile = Reconcile(head)
    marks = dict.fromkeys(range(1, 45), "Tín nhiệm")
    reconcile.press("Nhập kết quả kiểm tay")
    look(seen, head, "kiểm song song")
    head.go_back()
    reconcile.settle(1, marks=marks, looked="Lý Thị Lan")
    Result(head, seen.url).open().count()
    look(seen, head, "kết quả chưa ký")
    Result(head, seen.url).sign()


def look_when_signed(seen: Seen) -> None:
    """The organiser's pages, in Vietnamese and in English."""
    page = seen.house.person(day.OFFICER)
    addresses = [*((path, seen.url + path) for path in ORGANISER), *((path, path) for path in HOUSE)]
    for name, address in addresses:
        page.goto(address)
        look(seen, page, name)
    page.locator('button[name="language"][value="en"]').click()
    for name, address in addresses:
        page.goto(address)
        # What is printed stays Vietnamese; the page says so to a browser.
        page.evaluate("document.querySelectorAll('body [lang=vi]').forEach(one => one.remove())")
        seen.english[name] = page.inner_text("body")


def test_no_page_is_wider_than_its_window(seen: Seen) -> None:
    assert seen.too_wide == []


def test_forty_four_lines_stand_on_one_screen(seen: Seen) -> None:
    assert seen.grid == (len(LONG_NAMES), len(LONG_NAMES))


def test_a_page_in_english_shows_no_sentence_left_in_vietnamese(seen: Seen) -> None:
    with (Path(settings.HERE) / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    vietnamese = {str(message.id) for message in catalogue if message.id and message.string != message.id} - DATA
    left = [(name, line) for name, text in seen.english.items() for line in text.splitlines() if line in vietnamese]
    assert left == []


TABLE = "STT\tHọ và tên\tChức vụ\tSố phiếu tín nhiệm cao\tTỷ lệ %\n1\tTrần Văn Bình\tỦy viên\t40\t85,11\n2\tLê Thị Cúc\tỦy viên\t41\t88,23"


def test_a_table_with_a_wrong_share_is_called_impossible_before_it_is_published(seen: Seen) -> None:
    page = seen.house.person(day.CHAIR)
    page.goto("/kiem-tra-bang/")
    Screen(page).fill(book="qd-96-2023", returned=47, table=TABLE).press("Kiểm tra")
    verdicts = [
        tuple(cell.inner_text() for cell in row.locator("td").all()[1:3])
        for row in page.locator("table").first.locator("tbody tr").all()
    ]
    assert verdicts == [("Trần Văn Bình", "thiếu số liệu"), ("Lê Thị Cúc", "không thể có")]
