"""Việc trên giấy: ballots printed by the organiser, marked by hands, scanned and looked at by the board, to the minutes signed, all of it through the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.documents.printed import locked_fields, pdf_rows
from tests.e2e import day, hands, paper, paper_stage
from tests.e2e.house import House, open_house
from tests.e2e.pages.adjudication import Adjudication, Asked
from tests.e2e.pages.gallery import Gallery, Images
from tests.e2e.pages.result import Papers, Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.rounds import RoundPage
from tests.e2e.pages.scanning import Scanning
from tests.e2e.pages.settings import Ballots, Settings

SHEETS = (
    "1111111",
    "1211112",
    "1131112",
    "2111113",
    "11*1111",
    "0111111",
    "1-11111",
    "1111x11",
    "3112222",
    "1232111",
)
"""What lies in the box, signs as `hands.mark` has them."""
COUNTED = [sheet.replace("x", "3") for sheet in SHEETS]
"""The same as the board counts it: of the corrected row the last cross, by two members."""
CORRECTED = "Phiếu thứ 8, dòng 5"
DOUBTS = {
    "Phiếu thứ 6, dòng 1": "để trống",
    "Phiếu thứ 5, dòng 3": "đánh từ hai ô",
    "Phiếu thứ 7, dòng 2": "gạch tên",
    CORRECTED: "đánh từ hai ô",
}
"""Where people must look, and what the machine says it sees there."""
LINES = range(1, paper_stage.PLANNED + 1)
FIGURES = [day.expected(COUNTED, line) for line in LINES]
LEVELS = ("high", "medium", "low")
FIRST, SECOND = "Lý Thị Lan", "Đinh Văn Mạnh"


class Seen(NamedTuple):
    """What people saw on the way."""

    facts: dict[str, Any]
    folder: Path
    house: House
    url: str


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """A round that will be scanned, its ballots in the organiser's folder."""
    folder = tmp_path_factory.mktemp("nha")
    address = paper_stage.play(folder / "data", "planned")
    with open_house(folder / "data", browser) as house:
        yield print_ballots(house, house.url + address, folder)


def print_ballots(house: House, url: str, folder: Path) -> Seen:
    """The organiser chooses the scanner and the form of the ballot, freezes the lists and takes the ballots."""
    page = house.person(day.OFFICER)
    Settings(page, url).open().choose(pairing="scan")
    ballots = Ballots(page, url).open()
    ballots.shape(sheet_paper="A4", sheet_signature="yes")
    (file,) = paper.freeze_and_print(page, url, folder)
    return Seen({"ballots": file, "taken": ballots.open().taken}, folder, house, url)


@pytest.fixture(scope="module")
def scanned(printed: Seen) -> Seen:
    """Voted, the box open, one pile of ten dropped onto the page and read."""
    facts, folder, house, url = printed
    day.hold_meeting(house.person(day.OFFICER), url, [10])
    page = house.person(day.HEAD)
    room = day.open_box(page, url, [10])
    room.divide(10)
    facts["to scan"] = room.next_step
    room.open_batch(0)
    blank = hands.sides(facts["ballots"])
    pile = hands.pile(folder / "tap-1.pdf", blank, SHEETS)
    scanning = Scanning(page, url)
    scanning.begin(paper.OPERATOR)
    scanning.drop(pile)
    facts["watched"] = scanning.watch()
    facts["read"] = (scanning.facts, scanning.next_step, scanning.primary)
    facts["scan"] = page.url
    return printed


@pytest.fixture(scope="module")
def looked(scanned: Seen) -> Seen:
    """Two members through the doubtful rows with the keys alone, and the scan finished."""
    facts, _folder, house, url = scanned
    page = house.person(day.HEAD)
    Scanning(page, url).press("Xem chỗ nghi vấn")
    room = Adjudication(page, url)
    room.sit(FIRST)
    desk = room.go_to_desk()
    facts["asked first"] = desk.answer_all({CORRECTED: "3"})
    desk.leave()
    facts["between"] = (room.next_step, room.left)
    room.sit(SECOND)
    desk = room.go_to_desk()
    facts["asked second"] = desk.answer_all({CORRECTED: "3"})
    desk.leave()
    facts["after"] = (room.next_step, room.left)
    page.goto(facts["scan"])
    scanning = Scanning(page, url)
    facts["to finish"] = (scanning.next_step, scanning.primary)
    Adjudication(page, url).open().press("Xong lần quét tập 1")
    counting = CountingRoom(page, url).open()
    facts["finished"] = (counting.batches, counting.next_step)
    return scanned


@pytest.fixture(scope="module")
def counted(looked: Seen) -> Seen:
    """Counted, every strip looked through, the minutes downloaded."""
    facts, folder, house, url = looked
    page = house.person(day.HEAD)
    result = Result(page, url).open()
    result.count()
    facts["too soon"] = (result.cells, result.next_step, page.request.get(f"{url}van-ban/minutes.pdf").status)
    gallery = Gallery(page, url).open()
    facts["people before"] = gallery.people
    facts["strips"] = gallery.look_through()
    facts["people after"] = gallery.people
    facts["figures"] = result.open().cells
    facts["pictures"] = paper.sealed(house)
    facts["pictures told"] = Images(page, url).open().left
    papers = Papers(page, url).open()
    for file_format in ("docx", "pdf"):
        facts[f"minutes.{file_format}"] = papers.download("minutes", file_format, folder)
    return looked


@pytest.fixture(scope="module")
def signed(counted: Seen) -> Seen:
    """The minutes signed."""
    facts, _folder, house, url = counted
    Result(house.person(day.HEAD), url).open().sign()
    facts["state"] = RoundPage(house.person(day.OFFICER), url).open().state
    facts["pictures after"] = (paper.sealed(house), Images(house.person(day.HEAD), url).open().left)
    return counted


def test_the_download_of_the_ballots_is_noted_with_their_number(printed: Seen) -> None:
    assert [row[2] for row in printed.facts["taken"]] == ["12"]


def test_every_ballot_has_a_row_of_boxes_for_everybody(printed: Seen) -> None:
    (side,) = hands.sides(printed.facts["ballots"])
    assert len(side.rows) == paper_stage.PLANNED


def test_the_board_is_sent_to_the_scanner(scanned: Seen) -> None:
    assert scanned.facts["to scan"] == "Quét tập 1: cho cả tập vào máy quét, giữ nguyên thứ tự phiếu."


def test_reading_is_watched_with_its_pages(scanned: Seen) -> None:
    told = scanned.facts["watched"]
    assert [line.split(" ")[0].partition("/")[2] for line in told] == ["10"] * len(told)


def test_all_sheets_are_read_and_only_the_doubtful_rows_wait(scanned: Seen) -> None:
    assert scanned.facts["read"] == (
        {"Phiếu đếm tay": 10, "Phiếu đã quét": 10, "Trang máy không nhận": 0, "Chỗ nghi vấn chưa xem": len(DOUBTS)},
        f"Xem {len(DOUBTS)} chỗ nghi vấn.",
        ["Xem chỗ nghi vấn"],
    )


def test_the_first_member_is_asked_about_every_doubtful_row_and_no_other(looked: Seen) -> None:
    asked: list[Asked] = looked.facts["asked first"]
    assert {one.place: one.machine.removeprefix("Máy thấy: ").lower() for one in asked} == DOUBTS


def test_a_second_member_is_asked_only_about_the_change(looked: Seen) -> None:
    assert [one.place for one in looked.facts["asked second"]] == [CORRECTED]


def test_what_was_the_machines_proposal_is_settled_by_one_member(looked: Seen) -> None:
    assert (looked.facts["between"][1], looked.facts["after"]) == (
        [("Tập 1", "1")],
        (
            "Không còn chỗ nào phải xem, tập 1 đủ số phiếu như đếm tay. Bấm Xong lần quét.",
            [("Tập 1", "0")],
        ),
    )


def test_a_batch_without_doubts_can_be_finished_and_then_stands_settled(looked: Seen) -> None:
    assert (looked.facts["to finish"], looked.facts["finished"]) == (
        ("Đủ 10 phiếu như đếm tay. Bấm Xong lần quét.", ["Xong lần quét"]),
        ([("Tập 1", "đã thống nhất")], "Các tập đã thống nhất. Tổng hợp kết quả."),
    )


def test_the_counted_figures_are_those_that_were_marked(counted: Seen) -> None:
    cells = counted.facts["figures"]
    keys = (*(f"count:{level}" for level in LEVELS), "invalid")
    assert [tuple(int(cells[f"type1/{line}/{key}"]) for key in keys) for line in LINES] == FIGURES


def test_no_figure_is_shown_before_the_strips_are_looked_through(counted: Seen) -> None:
    assert counted.facts["too soon"] == ({}, "Trước khi ký, xem lại từng ô của những người phải xem.", 404)


def test_everybody_is_looked_through_by_the_member_who_sat_there(counted: Seen) -> None:
    names = paper_stage.NAMES[: paper_stage.PLANNED]
    assert (counted.facts["people before"], counted.facts["people after"]) == (
        [(name, "chưa xem") for name in names],
        [(name, f"đã xem hết ({SECOND})") for name in names],
    )


def test_the_minutes_in_word_hold_the_figures_that_were_marked(counted: Seen) -> None:
    fields = locked_fields(counted.facts["minutes.docx"].read_bytes())
    keys = (*(f"count:{level}" for level in LEVELS), "invalid")
    assert [tuple(int(fields[f"type1/{line}/{key}"]) for key in keys) for line in LINES] == FIGURES


def test_the_minutes_in_pdf_hold_a_row_for_everybody(counted: Seen) -> None:
    rows = [row for row in pdf_rows(counted.facts["minutes.pdf"].read_bytes()) if len(row) > 10]
    assert [tuple(int(row[place]) for place in (7, 9, 11, 6)) for row in rows] == FIGURES


def test_pictures_are_kept_sealed_until_the_signing_and_are_gone_after_it(signed: Seen) -> None:
    facts = signed.facts
    assert (facts["pictures"], facts["pictures told"], facts["pictures after"]) == (10, "10", (0, "0"))


def test_the_round_is_signed(signed: Seen) -> None:
    assert signed.facts["state"] == "Đã ký biên bản kiểm phiếu"


def test_no_picture_and_no_page_may_be_kept_by_a_browser(signed: Seen) -> None:
    kept = [
        response.url
        for _name, response in signed.house.responses
        if "/static/" not in response.url and "no-store" not in response.headers.get("cache-control", "")
    ]
    assert (kept, signed.house.faults) == ([], [])
