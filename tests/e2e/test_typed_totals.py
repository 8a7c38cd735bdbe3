"""Nhập tổng thay cho từng phiếu: totals from the tally sheets, typed twice by two people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e import day
from tests.e2e.conftest import open_house
from tests.e2e.house import House
from tests.e2e.pages.result import Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.station import Station
from tests.e2e.pages.totals import Totals
from tests.e2e.stage import play

ROWS = ((7, 3, 2, 0), (12, 0, 0, 0), (5, 4, 2, 1))


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the two typists and the board saw."""
    folder = tmp_path_factory.mktemp("nha") / "data"
    address = play(folder, "totals")
    with open_house(folder, browser) as house:
        yield work(house, house.url + address)


def work(house: House, url: str) -> dict[str, Any]:
    """Both type, the second with a slip and under the first one's name at first."""
    facts: dict[str, Any] = {}
    head, (one, two) = house.person(day.HEAD), (house.person(name) for name in day.TABLES)
    CountingRoom(head, url).open().open_vault(day.PASSPHRASE)
    result = Result(head, url).open()
    result.count()
    facts["too early"] = result.notices[:1]
    Station(one, url).open().press("Nhập tổng – lần 1")
    Totals(one).type(ROWS, typist="Cao Xuân Việt")
    Station(two, url).open().press("Nhập tổng – lần 2")
    facts["other typing"] = one.request.get(two.url).status
    table = Totals(two)
    facts["empty for the second"] = table.typed
    table.type(ROWS, typist="cao xuân việt")
    facts["same person"] = table.notices[:1]
    table.type([(7, 2, 3, 0), *ROWS[1:]], typist="Trịnh Ngọc Khánh")
    result.open().count()
    facts["slip"] = result.notices[:1]
    Station(two, url).open().press("Nhập tổng – lần 2")
    table.type(ROWS, typist="Trịnh Ngọc Khánh")
    result.open().count()
    facts["figures"] = [
        tuple(
            int(result.cells[f"type1/{line}/{key}"]) for key in ("count:high", "count:medium", "count:low", "invalid")
        )
        for line in (1, 2, 3)
    ]
    return facts


def test_there_is_no_count_before_both_have_typed(seen: dict[str, Any]) -> None:
    assert seen["too early"] == ["Chưa thực hiện được\n\nChưa nhập tổng đủ hai lần."]


def test_the_page_of_one_typing_does_not_open_at_the_other_table(seen: dict[str, Any]) -> None:
    assert seen["other typing"] == 409


def test_the_second_typist_sees_nothing_of_the_first(seen: dict[str, Any]) -> None:
    assert seen["empty for the second"] == [""] * 12


def test_one_person_does_not_type_both(seen: dict[str, Any]) -> None:
    assert seen["same person"] == [
        "Chưa thực hiện được\n\nHai lần nhập tổng phải do hai người thực hiện. cao xuân việt đã nhập lần kia."
    ]


def test_typings_that_differ_are_told_by_line(seen: dict[str, Any]) -> None:
    assert seen["slip"] == [
        (
            "Chưa thực hiện được\n\nDòng 1: hai lần nhập tổng khác nhau. Hai người xem lại bảng kiểm phiếu "
            "và nhập lại dòng này."
        )
    ]


def test_totals_typed_alike_become_the_result(seen: dict[str, Any]) -> None:
    assert seen["figures"] == list(ROWS)
