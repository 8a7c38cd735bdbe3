"""Hai bàn nhập: what a table ever receives, and what is left when the plug is pulled in the middle of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.e2e import day
from tests.e2e.conftest import open_house
from tests.e2e.house import House
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.station import Grid, Station
from tests.e2e.stage import play

ONE, TWO = day.TABLES
PILE = ("111", "123", "222", "331", "1*1", "-11")


class Table(NamedTuple):
    """The machine and the round on it, with all that each table received."""

    house: House
    url: str
    received: dict[str, list[str]]

    def page(self, name: str) -> Page:
        """The browser of a table; whatever reaches it is written down."""
        return self.house.person(name, lambda page: page.route("**/dot/**", lambda route: self._note(name, route)))

    def _note(self, name: str, route: Route) -> None:
        try:
            answer = route.fetch(max_redirects=0)
        except Exception:  # noqa: BLE001 - nobody answers: the browser is told so, as it would be
            route.abort()
            return
        if answer.status < 300:
            self.received.setdefault(name, []).append(answer.text())
        route.fulfill(response=answer)


@pytest.fixture(scope="module")
def table(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """Two batches of six, nobody has keyed; the sheets' data are open."""
    folder = tmp_path_factory.mktemp("nha") / "data"
    address = play(folder, "open")
    with open_house(folder, browser) as house:
        url = house.url + address
        CountingRoom(house.person(day.HEAD), url).open().open_vault(day.PASSPHRASE)
        yield Table(house, url, {})


@pytest.fixture(scope="module")
def half_way(table: Table) -> Table:
    """Table 1 is through the first batch, table 2 has keyed three sheets of it."""
    day.key_batch(table.page(ONE), table.url, 1, PILE)
    page = table.page(TWO)
    Station(page, table.url).open().sit_down(*day.CREWS[2])
    Grid(page).key_all(PILE[:3])
    return table


def answers_of(table: Table, name: str) -> list[str]:
    """The answers to saved sheets."""
    return [body for body in table.received[name] if body.startswith("{")]


def test_a_saved_sheet_is_answered_with_its_number_and_nothing_else(half_way: Table) -> None:
    expected = [
        f'{{"saved": {n}, "next": {n + 1}, "message": "Phi\\u1ebfu th\\u1ee9 {n} \\u0111\\u00e3 l\\u01b0u."}}'
        for n in range(1, 7)
    ]
    assert (answers_of(half_way, ONE), answers_of(half_way, TWO)) == (expected, expected[:3])


def test_a_table_sees_how_far_it_is_itself_and_not_the_other(half_way: Table) -> None:
    rows = [Station(half_way.page(name), half_way.url).open().rows for name in (ONE, TWO)]
    assert rows == [
        [("Tập 1", "6/6", "Xong tập"), ("Tập 2", "0/6", "Chưa nhập")],
        [("Tập 1", "3/6", "Đang nhập"), ("Tập 2", "0/6", "Chưa nhập")],
    ]


def test_no_keyed_mark_comes_back_to_a_table(half_way: Table) -> None:
    Station(half_way.page(TWO), half_way.url).open().sit_down(*day.CREWS[2])
    shown = half_way.page(TWO).eval_on_selector_all(".entry-row[data-mark]", "rows => rows.length")
    kept = [word for body in half_way.received[TWO] for word in ('"lines"', '"mark"', '"marks"') if word in body]
    assert (shown, kept) == (0, [])


def test_a_table_opens_no_sheet_of_the_other(half_way: Table) -> None:
    other = next(
        response.url for name, response in half_way.house.responses if name == ONE and response.url.endswith("/luu/")
    )
    context = half_way.house.contexts[TWO].request
    entry = context.get(other.removesuffix("luu/"), max_redirects=0).status
    assert entry == 409


def cut(table: Table) -> dict[str, Any]:
    """The plug pulled under table 2's fourth sheet, and what its people saw until the sheet was saved."""
    seen: dict[str, Any] = {}
    page = table.page(TWO)
    grid = Grid(page)
    Station(page, table.url).open().sit_down(*day.CREWS[2])
    for code in ("Numpad3", "Numpad3", "Numpad1"):
        page.keyboard.press(code)
    table.house.kill()
    seen["nobody answers"] = send(grid)
    table.house.start()
    seen["data locked"] = send(grid)
    room = CountingRoom(table.house.person(day.HEAD), table.url).open()
    seen["asked"] = room.next_step
    room.open_vault(day.PASSPHRASE)
    seen["still there"] = grid.number
    seen["saved"] = send(grid)
    seen["rows"] = Station(page, table.url).open().rows
    Station(page, table.url).sit_down(*day.CREWS[2])
    seen["goes on at"] = Grid(page).number
    return seen


def send(grid: Grid) -> str:
    """Enter, and what the page says once it knows."""
    grid.page.keyboard.press("NumpadEnter")
    grid.page.wait_for_function(
        "() => { const said = document.querySelector('.entry-message').textContent; return said && !said.startsWith('Đang lưu'); }"
    )
    grid.page.wait_for_function("() => document.querySelector('[aria-busy=true]') === null")
    return grid.message


@pytest.fixture(scope="module")
def interrupted(half_way: Table) -> dict[str, Any]:
    """What was seen when the plug was pulled."""
    return cut(half_way)


def test_a_sheet_that_no_machine_takes_is_told_as_not_saved(interrupted: dict[str, Any]) -> None:
    assert interrupted["nobody answers"].endswith(
        "Phiếu thứ 4 CHƯA lưu: máy chủ không trả lời. Giữ nguyên màn hình, bấm Enter để lưu lại; "
        "lưu hai lần không bị tính hai phiếu."
    )


def test_after_the_restart_nothing_is_saved_before_the_passphrase(interrupted: dict[str, Any]) -> None:
    assert ("Phiếu thứ 4 CHƯA lưu." in interrupted["data locked"], interrupted["asked"]) == (
        True,
        "Nhập cụm mật khẩu để mở dữ liệu phiếu.",
    )


def test_the_sheet_on_the_screen_is_still_there_and_is_saved(interrupted: dict[str, Any]) -> None:
    assert (interrupted["still there"], interrupted["saved"].endswith("Phiếu thứ 4 đã lưu.")) == (
        "Phiếu thứ 4 / 6",
        True,
    )


def test_the_table_goes_on_at_the_next_sheet(interrupted: dict[str, Any]) -> None:
    assert (interrupted["rows"][0], interrupted["goes on at"]) == (("Tập 1", "4/6", "Đang nhập"), "Phiếu thứ 5 / 6")


def test_the_grid_leaves_nothing_in_the_browser(interrupted: dict[str, Any], table: Table) -> None:
    page = table.page(TWO)
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.keyboard.press("Numpad1")
    kept = page.evaluate("localStorage.length + sessionStorage.length")
    page.keyboard.press("Backspace")
    assert (interrupted["goes on at"], kept) == ("Phiếu thứ 5 / 6", 0)
