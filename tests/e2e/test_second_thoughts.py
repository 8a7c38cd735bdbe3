"""Khi có nghi ngờ: a hand tally that differs, a result counted anew after the signing, a paper somebody edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.documents.printed import spoiled
from tests.e2e import day
from tests.e2e.house import House, open_house
from tests.e2e.pages.reconcile import Reconcile
from tests.e2e.pages.result import Papers, Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.rounds import RoundPage
from tests.e2e.pages.totals import Totals
from tests.e2e.stage import play

FIGURES = (7, 3, 2, 0)
"""High, medium, low, invalid of each of the three lines."""
SHEETS = ["111"] * 7 + ["222"] * 3 + ["333"] * 2


class Seen(NamedTuple):
    """The machine, the round on it, what was seen and where downloads went."""

    house: House
    url: str
    facts: dict[str, Any]
    folder: Path


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One batch of twelve, keyed twice alike."""
    folder = tmp_path_factory.mktemp("nha")
    address = play(folder / "data", "keyed")
    with open_house(folder / "data", browser) as house:
        url = house.url + address
        CountingRoom(house.person(day.HEAD), url).open().open_vault(day.PASSPHRASE)
        yield Seen(house, url, {}, folder)


@pytest.fixture(scope="module")
def ruled(room: Seen) -> Seen:
    """The batch accepted, a hand tally that differs, the board's ruling, the count."""
    page = room.house.person(day.HEAD)
    counting_room = CountingRoom(page, room.url).open()
    counting_room.open_batch(0)
    batch = page.url
    Reconcile(page).accept()
    page.goto(batch)
    Reconcile(page).press("Nhập kết quả kiểm tay")
    tally = Totals(page)
    tally.type([(7, 3, 2, 0), (6, 3, 2, 0), (7, 3, 2, 0)])
    room.facts["does not add up"] = (tally.notices[:1], tally.typed[4:8])
    tally.type([(7, 3, 2, 0), (6, 4, 2, 0), (7, 3, 2, 0)])
    room.facts["differences"] = tally.differences
    result = Result(page, room.url).open()
    result.count()
    room.facts["refused"] = result.notices[:1]
    page.goto(batch)
    Reconcile(page).press("Xem kết quả kiểm tay")
    tally.rule("Kiểm tay ghi nhầm một phiếu, lấy theo kiểm máy")
    result.open().count()
    room.facts["figures"] = result.cells
    room.facts["minutes.docx"] = Papers(page, room.url).open().download("minutes", "docx", room.folder)
    return room


@pytest.fixture(scope="module")
def edited(ruled: Seen) -> Seen:
    """The minutes as they were made, and with one figure changed by hand, both held against the record."""
    papers = Papers(ruled.house.person(day.HEAD), ruled.url).open()
    made = ruled.facts["minutes.docx"]
    ruled.facts["as made"] = (papers.check(made), [notice for notice in papers.notices if made.name in notice])
    spoilt = ruled.folder / "da-sua.docx"
    spoilt.write_bytes(spoiled(made.read_bytes(), lambda xml: xml.replace("58,33", "53,38", 1)))
    ruled.facts["edited"] = papers.open().check(spoilt)
    return ruled


@pytest.fixture(scope="module")
def recounted(edited: Seen) -> Seen:
    """Signed, counted anew by decision with one sheet read otherwise, signed again."""
    house, url = edited.house, edited.url
    head = house.person(day.HEAD)
    result = Result(head, url).open()
    result.sign()
    edited.facts["first code"] = result.short_code
    officer = Result(house.person(day.OFFICER), url).open()
    officer.confirm("Phúc tra theo quyết định", "Mở lần kiểm mới", "12-QĐ/HU ngày 21/7/2023")
    edited.facts["while recounting"] = (RoundPage(officer.page, url).open().state, officer.open().cells)
    counting_room = CountingRoom(head, url).open()
    counting_room.divide(len(SHEETS))
    again = ["333", *SHEETS[1:]]
    for station, table in enumerate(day.TABLES, 1):
        day.key_batch(house.person(table), url, station, again)
    counting_room.open().open_batch(0)
    Reconcile(head).accept()
    result.open().count()
    result.sign()
    edited.facts["second code"] = result.short_code
    edited.facts["second figures"] = result.cells
    edited.facts["counts"] = [one.inner_text() for one in head.locator("h3 + ul li").all()]
    return edited


def figures(cells: dict[str, str], line: int) -> tuple[int, ...]:
    """High, medium, low and invalid of a line on the screen."""
    keys = ("count:high", "count:medium", "count:low", "invalid")
    return tuple(int(cells[f"type1/{line}/{key}"]) for key in keys)


def test_a_hand_tally_that_does_not_fill_the_pile_is_refused_and_kept_in_its_boxes(ruled: Seen) -> None:
    assert ruled.facts["does not add up"] == (
        [
            (
                "Chưa thực hiện được\n\nDòng 2: các mức cộng không hợp lệ là 11, phải bằng số phiếu của tập (12). "
                "Đối chiếu lại bảng kiểm phiếu."
            )
        ],
        ["6", "3", "2", "0"],
    )


def test_hand_and_machine_stand_side_by_side_where_they_differ(ruled: Seen) -> None:
    assert ruled.facts["differences"] == [
        ("2", "Lê Thị Cúc", "Tín nhiệm cao", "6", "7"),
        ("2", "Lê Thị Cúc", "Tín nhiệm", "4", "3"),
    ]


def test_a_hand_tally_that_differs_stops_the_count_until_the_board_has_ruled(ruled: Seen) -> None:
    assert ruled.facts["refused"] == [
        (
            "Chưa thực hiện được\n\nKết quả kiểm tay và kiểm máy của tập 1 khác nhau. Kiểm lại tập, "
            "hoặc ghi kết luận của Ban kiểm phiếu."
        )
    ]


def test_after_the_ruling_the_figures_are_those_of_the_sheets(ruled: Seen) -> None:
    assert [figures(ruled.facts["figures"], line) for line in (1, 2, 3)] == [FIGURES] * 3


def test_the_ruling_stands_in_the_minutes(ruled: Seen) -> None:
    assert "Kiểm tay ghi nhầm một phiếu, lấy theo kiểm máy" in words_of(ruled.facts["minutes.docx"])


def words_of(file: Path) -> str:
    """All text of a .docx, its markup left out."""
    import zipfile

    with zipfile.ZipFile(file) as package:
        return re.sub("<[^>]+>", "", package.read("word/document.xml").decode("utf-8"))


def test_minutes_as_they_were_made_agree_with_the_record(edited: Seen) -> None:
    differences, told = edited.facts["as made"]
    assert (differences, len(told)) == ([], 1)


def test_a_figure_changed_by_hand_is_found_with_its_place(edited: Seen) -> None:
    assert [row[1:] for row in edited.facts["edited"]] == [("58,33", "53,38")]


def test_while_a_recount_goes_on_the_signed_result_still_stands(recounted: Seen) -> None:
    state, cells = recounted.facts["while recounting"]
    assert (state, [figures(cells, line) for line in (1, 2, 3)]) == ("Đang kiểm phiếu", [FIGURES] * 3)


def test_a_recount_has_figures_and_a_code_of_its_own(recounted: Seen) -> None:
    facts = recounted.facts
    assert [figures(facts["second figures"], line) for line in (1, 2, 3)] == [(6, 3, 3, 0)] * 3
    assert facts["first code"] != facts["second code"]


def test_both_counts_are_told_and_the_second_names_the_first(recounted: Seen) -> None:
    first, second = (recounted.facts[name].replace("-", "").lower() for name in ("first code", "second code"))
    assert recounted.facts["counts"] == [f"Lần 1: mã {first}", f"Lần 2: mã {second} – thay kết quả {first}"]
