"""Cả công việc: from an empty folder to signed minutes, announced and reported, all of it through the pages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.running import call
from tests.documents.printed import locked_fields, pdf_rows, workbook_rows
from tests.e2e import day, office
from tests.e2e.house import ADDRESS_ONLY, House
from tests.e2e.pages.lists import Subjects
from tests.e2e.pages.reconcile import Reconcile
from tests.e2e.pages.result import Journal, Papers, Result
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.rounds import RoundPage
from tests.e2e.pages.station import Station

PILES = (
    ("1111111", "1211112", "1131112", "2111113", "11*1111", "0111111", "1-11111"),
    ("1211112", "1131112", "2111113", "1111111", "/1", "1111333", "1112233"),
)
SHEETS = [sheet for pile in PILES for sheet in pile]
"""What lies on the table: two piles of seven, keyed as the number pad has it."""
SLIPS = ({1: {3: "1111112"}, 2: {5: "1111111"}}, {1: {}, 2: {}})
"""By pile and table: table 1 misreads a sheet of the first pile, table 2 overlooks a second cross."""
LEVELS = ("high", "medium", "low")
LINES = range(1, len(office.SUBJECTS) + 1)
FIGURES = [day.expected(SHEETS, line) for line in LINES]


class Seen(NamedTuple):
    """What people saw on the way."""

    facts: dict[str, Any]
    folder: Path
    house: House
    url: str


@pytest.fixture(scope="module")
def planned(house: House, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """A round with its lists, still open."""
    folder = tmp_path_factory.mktemp("giay-to")
    page = day.move_in(house)
    url = day.plan_round(page)
    said = day.bring_lists(page, url, office.write_roster(folder / "roster.xlsx"))
    return Seen({"faults": said, "names": Subjects(page, url).open().names}, folder, house, url)


@pytest.fixture(scope="module")
def closed(planned: Seen) -> Seen:
    """Lists frozen, voted, the box closed; too many ballots announced at first."""
    page = planned.house.person(day.OFFICER)
    day.freeze(page, planned.url)
    day.hold_meeting(page, planned.url, [15])
    room = CountingRoom(planned.house.person(day.HEAD), planned.url).open()
    room.record("box_opened", "09:18", day.NAMES)
    room.record("returned_announced", "09:24", day.NAMES, [16])
    planned.facts["more"] = room.notices
    planned.facts["state after more"] = RoundPage(page, planned.url).open().state
    room.record("box_mixed", "09:20", day.NAMES)
    room.record("returned_announced", "09:26", day.NAMES, [14])
    room.begin()
    planned.facts["state after fewer"] = RoundPage(page, planned.url).open().state
    room.set_passphrase(day.PASSPHRASE)
    return planned


@pytest.fixture(scope="module")
def keyed(closed: Seen) -> Seen:
    """Both tables through both piles."""
    room = CountingRoom(closed.house.person(day.HEAD), closed.url)
    room.divide(*map(len, PILES))
    for pile, slips in zip(PILES, SLIPS, strict=True):
        for station, table in enumerate(day.TABLES, 1):
            day.key_batch(closed.house.person(table), closed.url, station, day.misread(pile, slips[station]))
    closed.facts["batches"] = room.open().batches
    return closed


@pytest.fixture(scope="module")
def settled(keyed: Seen) -> Seen:
    """What differed, settled by the paper and by the board."""
    page = keyed.house.person(day.HEAD)
    room = CountingRoom(page, keyed.url).open()
    room.open_batch(0)
    table = Reconcile(page)
    keyed.facts["differing"] = (table.differing, table.readings)
    table.settle(3, marks={3: "Tín nhiệm thấp"}, looked=day.CREWS[1][1])
    keyed.facts["own eyes"] = table.notices
    table.settle(3, marks={3: "Tín nhiệm thấp"}, looked="Lý Thị Lan")
    table.settle(5, marks={3: "Đánh dấu từ hai ô trở lên"}, looked="Lý Thị Lan")
    keyed.facts["no reason"] = table.notices
    table.settle(
        5, marks={3: "Đánh dấu từ hai ô trở lên"}, looked="Lý Thị Lan", reason="Hai ô cùng có dấu X, cả Ban đã xem"
    )
    room.open()
    room.open_batch(1)
    keyed.facts["alike"] = table.next_step
    table.accept()
    keyed.facts["after"] = (room.open().batches, room.next_step, room.primary)
    return keyed


@pytest.fixture(scope="module")
def counted(settled: Seen) -> Seen:
    """Counted, before anybody signed: what the board sees, and what others do."""
    result = Result(settled.house.person(day.HEAD), settled.url).open()
    result.count()
    settled.facts["figures"] = result.cells
    chair = settled.house.person(day.CHAIR)
    settled.facts["chair before"] = Result(chair, settled.url).open().cells
    settled.facts["officer before"] = Result(settled.house.person(day.OFFICER), settled.url).open().cells
    settled.facts["paper before"] = chair.request.get(f"{settled.url}van-ban/minutes.pdf").status
    settled.facts["data before"] = chair.request.get(f"{settled.url}du-lieu/record.json").status
    settled.facts["table before"] = [
        settled.house.person(day.TABLES[0]).request.get(f"{settled.url}{path}").status
        for path in ("ket-qua/", "van-ban/", "van-ban/minutes.pdf", "du-lieu/rows.csv", "nhat-ky/", "kiem-phieu/")
    ]
    papers = Papers(settled.house.person(day.HEAD), settled.url).open()
    for kind, file_format in (("minutes", "docx"), ("minutes", "pdf"), ("table", "xlsx"), ("report", "docx")):
        settled.facts[f"{kind}.{file_format}"] = papers.download(kind, file_format, settled.folder)
    return settled


@pytest.fixture(scope="module")
def signed(counted: Seen) -> Seen:
    """Signed by the board, told to the chair, announced, sealed, reported."""
    result = Result(counted.house.person(day.HEAD), counted.url).open()
    result.sign()
    counted.facts["code"] = result.short_code
    chair = counted.house.person(day.CHAIR)
    counted.facts["chair after"] = Result(chair, counted.url).open().cells
    head_page = RoundPage(counted.house.person(day.HEAD), counted.url)
    head_page.record("10:02", day.NAMES)
    RoundPage(chair, counted.url).advance()
    head_page.record("10:20", day.NAMES)
    officer_page = RoundPage(counted.house.person(day.OFFICER), counted.url)
    officer_page.advance()
    counted.facts["state at last"] = officer_page.state
    papers = Papers(counted.house.person(day.HEAD), counted.url).open()
    for name in ("round.toml", "rows.csv", "record.json"):
        counted.facts[name] = papers.data_file(name, counted.folder)
    return counted


@pytest.fixture(scope="module")
def journal(signed: Seen) -> Iterator[str]:
    """Nhật ký as the organiser reads it."""
    return Journal(signed.house.person(day.OFFICER), signed.url).open().text


def test_a_faulty_cell_is_named_at_the_cell(planned: Seen) -> None:
    assert planned.facts["faults"] == ["“31/02/1970” không phải là ngày tháng. Ghi ngày/tháng/năm, tháng/năm hoặc năm."]


def test_the_list_mended_in_the_preview_stands_in_the_order_of_the_file(planned: Seen) -> None:
    assert planned.facts["names"] == [f"{family} {given}" for family, given, *_rest in office.SUBJECTS]


def test_more_ballots_back_than_issued_stop_the_round_with_the_numbers(closed: Seen) -> None:
    assert (closed.facts["more"], closed.facts["state after more"]) == (
        [
            (
                "Chưa thực hiện được\n\nThu về 16 phiếu, nhiều hơn số phát ra (15) là 1 phiếu. Chưa kiểm phiếu được. "
                "Đề nghị Ban kiểm phiếu đếm lại; nếu vẫn chênh, lập biên bản và báo cáo người chủ trì."
            )
        ],
        "Đã kết thúc bỏ phiếu",
    )


def test_fewer_ballots_back_than_issued_go_on(closed: Seen) -> None:
    assert closed.facts["state after fewer"] == "Đang kiểm phiếu"


def test_batches_keyed_twice_wait_to_be_reconciled(keyed: Seen) -> None:
    assert keyed.facts["batches"] == [("Tập 1", "chờ đối chiếu"), ("Tập 2", "chờ đối chiếu")]


def test_only_the_sheets_that_differ_are_shown_with_both_readings(settled: Seen) -> None:
    assert settled.facts["differing"] == (
        ["Phiếu thứ 3", "Phiếu thứ 5"],
        ["Tín nhiệm cao", "Tín nhiệm thấp", "Đánh dấu từ hai ô trở lên", "Tín nhiệm cao"],
    )


def test_who_keyed_a_batch_is_not_the_third_pair_of_eyes(settled: Seen) -> None:
    assert settled.facts["own eyes"] == [
        "Chưa thực hiện được\n\nTrịnh Ngọc Khánh đã nhập tập này. Người xem lại phiếu giấy phải là người thứ ba."
    ]


def test_validity_is_ruled_on_only_with_a_reason(settled: Seen) -> None:
    assert settled.facts["no reason"] == [
        (
            "Chưa thực hiện được\n\nPhiếu thứ 5 của tập 1: hợp lệ hay không là kết luận của Ban kiểm phiếu. "
            "Ghi kết luận kèm lý do."
        )
    ]


def test_a_batch_in_which_nothing_differs_is_accepted_as_it_is(settled: Seen) -> None:
    assert settled.facts["alike"] == "Các lần nhập khớp hoàn toàn (7 phiếu)."


def test_settled_batches_leave_one_thing_to_do(settled: Seen) -> None:
    assert settled.facts["after"] == (
        [("Tập 1", "đã thống nhất"), ("Tập 2", "đã thống nhất")],
        "Các tập đã thống nhất. Tổng hợp kết quả.",
        ["Tổng hợp kết quả"],
    )


def test_the_counted_figures_are_those_that_lay_on_the_table(counted: Seen) -> None:
    cells = counted.facts["figures"]
    keys = (*(f"count:{level}" for level in LEVELS), "invalid")
    assert [tuple(int(cells[f"type1/{line}/{key}"]) for key in keys) for line in LINES] == FIGURES


def test_before_the_signing_nobody_but_the_board_sees_a_figure(counted: Seen) -> None:
    facts = counted.facts
    assert (facts["chair before"], facts["officer before"], facts["paper before"], facts["data before"]) == (
        {},
        {},
        404,
        404,
    )


def test_a_table_opens_neither_result_nor_papers_nor_journal_nor_counting_room(counted: Seen) -> None:
    assert counted.facts["table before"] == [403] * 6


def test_the_minutes_in_word_hold_every_figure_of_the_screen(counted: Seen) -> None:
    fields = locked_fields(counted.facts["minutes.docx"].read_bytes())
    shown = {
        key: text
        for key, text in counted.facts["figures"].items()
        if re.search("count:|share:|valid|issued|returned", key)
    }
    assert (len(shown), {key: fields[key] for key in shown}) == (10 * len(LINES), shown)


def test_the_minutes_in_pdf_hold_every_row_of_the_screen(counted: Seen) -> None:
    rows = [row for row in pdf_rows(counted.facts["minutes.pdf"].read_bytes()) if len(row) > 10]
    assert [[row[0], *row[3:13]] for row in rows] == [_printed(counted, line) for line in LINES]


def _printed(counted: Seen, line: int) -> list[str]:
    """The row of a line as the screen has it: number, the four numbers of ballots, then count and share of each level."""
    keys = ["order", "issued", "returned", "valid", "invalid"]
    keys += [f"{figure}:{level}" for level in LEVELS for figure in ("count", "share")]
    return [counted.facts["figures"][f"type1/{line}/{key}"] for key in keys]


def test_the_workbook_holds_every_count_of_the_screen(counted: Seen) -> None:
    rows = workbook_rows(counted.facts["table.xlsx"].read_bytes())
    assert [tuple(int(row[place]) for place in (7, 9, 11, 6)) for row in rows] == FIGURES


def test_the_chair_sees_the_same_figures_once_the_board_has_signed(signed: Seen) -> None:
    assert signed.facts["chair after"] == signed.facts["figures"]


def test_the_round_goes_on_to_its_report(signed: Seen) -> None:
    assert signed.facts["state at last"] == "Đã báo cáo"


def test_the_command_line_gives_the_same_fingerprint_as_the_web(signed: Seen) -> None:
    done = call("tabulate", signed.facts["round.toml"], signed.facts["rows.csv"], "--json")
    code = done.document["fingerprint"][:8].upper()
    assert (done.code, f"{code[:4]}-{code[4:]}") == (0, signed.facts["code"])


def test_the_exported_round_bears_the_numbers_announced(signed: Seen) -> None:
    numbers = tomllib.loads(signed.facts["round.toml"].read_text(encoding="utf-8"))["numbers"]
    assert [numbers[key] for key in ("summoned", "present")] == [16, 15]


def test_the_journal_tells_batches_tables_and_corrections(journal: str) -> None:
    rows = [line.split("\t") for line in journal.splitlines() if line.count("\t") == 8][1:]
    assert [(row[0], row[1], row[3], row[7]) for row in rows] == [
        (batch, station, day.CREWS[int(station)][1], "7/7") for batch in "12" for station in "12"
    ]


def test_the_journal_never_names_a_mark(journal: str) -> None:
    assert [word for word in ("tín nhiệm cao", "tín nhiệm thấp", "hai ô trở lên", "Phiếu thứ") if word in journal] == []


def test_nothing_but_an_address_is_kept_in_a_browser_and_nothing_is_asked_of_another_host(signed: Seen) -> None:
    Station(signed.house.person(day.TABLES[0]), signed.url).open()
    assert (signed.house.kept_in_browsers(), signed.house.faults) == (ADDRESS_ONLY, [])


def test_no_page_may_be_kept_by_the_browser(signed: Seen) -> None:
    kept = [
        response.url
        for _name, response in signed.house.responses
        if "/static/" not in response.url and "no-store" not in response.headers.get("cache-control", "")
    ]
    assert kept == []
