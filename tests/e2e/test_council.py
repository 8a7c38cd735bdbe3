"""Hội đồng nhân dân: four kinds of ballot with numbers of their own, one of them with a single name; a value of the book set by the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.documents.printed import locked_fields, pdf_rows
from tests.e2e import day, office
from tests.e2e.house import House, open_house
from tests.e2e.pages.lists import ListImport, ListPreview
from tests.e2e.pages.reconcile import Reconcile
from tests.e2e.pages.result import Papers, Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.rounds import RoundPage
from tests.e2e.pages.rulebook import Correction
from tests.e2e.test_second_thoughts import words_of
from tinnhiem.documents.reading import read

TYPES = list(dict.fromkeys(one[-1] for one in office.COUNCIL))
PILES = (
    ["1"] * 4 + ["2"] * 2 + ["3"],
    ["11", "11", "21", "13", "31", "12", "0*"],
    ["1", "1", "1", "3", "3", "3"],
    ["11", "12", "22", "11", "13", "/1", "11"],
)
"""The sheets of each type; one deputy kept a ballot of the third."""
LINES = ((1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2))
"""Type and line of everybody, in the order of the ballots."""
REASON = "Quy chế làm việc của Hội đồng nhân dân tỉnh: làm tròn một chữ số"


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the Council's office and board saw."""
    folder = tmp_path_factory.mktemp("nha")
    with open_house(folder / "data", browser) as house:
        yield {"folder": folder, **work(house, office.write_roster(folder / "roster.xlsx", office.COUNCIL))}


def work(house: House, roster: Any) -> dict[str, Any]:
    """From the plan to the minutes."""
    page = day.move_in(house)
    url = day.plan_round(
        page,
        title="Lấy phiếu tín nhiệm người giữ chức vụ do Hội đồng nhân dân tỉnh bầu",
        body_kind="people_council",
        body_name="Hội đồng nhân dân tỉnh Vĩnh An",
        superior="",
        opening_date="14/12/2026",
        meeting="Kỳ họp thứ 12",
        place="Vĩnh An",
    )
    RoundPage(page, url).open().go_on()
    ListImport(page, url).upload(roster)
    for _list in range(3):
        ListPreview(page).save()
    Correction(page, url).correct("rounding.digits", "1", REASON)
    day.freeze(page, url)
    day.hold_meeting(page, url, [7] * len(TYPES))
    head = house.person(day.HEAD)
    room = day.open_box(head, url, [len(pile) for pile in PILES])
    for place, pile in enumerate(PILES):
        room.divide(len(pile), place=place)
    for pile in PILES:
        for station, table in enumerate(day.TABLES, 1):
            day.key_batch(house.person(table), url, station, pile)
    facts: dict[str, Any] = {"titles": [title for title, _state in room.open().batches]}
    for place in range(len(PILES)):
        CountingRoom(head, url).open().open_batch(place)
        Reconcile(head).accept()
    result = Result(head, url).open()
    result.count()
    facts["figures"] = result.cells
    papers = Papers(head, url).open()
    for file_format in ("docx", "pdf"):
        facts[file_format] = papers.download("minutes", file_format, roster.parent)
    return facts


def test_every_type_has_batches_of_its_own(seen: dict[str, Any]) -> None:
    assert seen["titles"] == [f"Tập 1 ({title})" for title in TYPES]


def test_everybody_is_counted_on_the_ballots_of_the_own_type(seen: dict[str, Any]) -> None:
    keys = ("returned", "count:high", "count:medium", "count:low", "invalid")
    found = [tuple(int(seen["figures"][f"type{kind}/{line}/{key}"]) for key in keys) for kind, line in LINES]
    assert found == [(len(PILES[kind - 1]), *day.expected(PILES[kind - 1], line)) for kind, line in LINES]


def test_the_minutes_hold_the_figures_of_every_type(seen: dict[str, Any]) -> None:
    fields = locked_fields(seen["docx"].read_bytes())
    shown = {key: text for key, text in seen["figures"].items() if "count:" in key or "share:" in key}
    assert (len(shown), {key: fields[key] for key in shown}) == (6 * len(LINES), shown)


def test_the_minutes_on_paper_have_a_row_for_everybody(seen: dict[str, Any]) -> None:
    names = [row[1] for row in pdf_rows(seen["pdf"].read_bytes()) if len(row) > 10]
    assert names == [f"{family} {given}" for family, given, *_rest in office.COUNCIL]


def test_a_value_set_by_the_office_is_used_and_stands_in_the_minutes_with_its_reason(seen: dict[str, Any]) -> None:
    assert (seen["figures"]["type1/1/share:high"], REASON in words_of(seen["docx"])) == ("57,1", True)


def test_minutes_of_a_council_speak_as_the_state_does(seen: dict[str, Any]) -> None:
    text = "\n".join(piece.text for piece in read(seen["pdf"].read_bytes()).lines)
    assert [word in text for word in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN", "đồng chí")] == [
        True,
        False,
        False,
    ]
