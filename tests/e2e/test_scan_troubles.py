"""Khi quét không trôi chảy: wrong files, foreign and missing pages, sheets scanned twice, a stop, a pulled plug; a second reading by a table; three types of ballot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.e2e import day, hands, paper, paper_stage
from tests.e2e.house import House, open_house
from tests.e2e.pages.reconcile import Reconcile
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.scanning import Scanning

NAMES = len(paper_stage.NAMES)
FIRST, SECOND = "Lý Thị Lan", "Đinh Văn Mạnh"


class Seen(NamedTuple):
    """The machine, the round on it, what was seen, and where files lie."""

    house: House
    url: str
    facts: dict[str, Any]
    folder: Path


@contextmanager
def opened(browser: Browser, folder: Path, stage: str) -> Iterator[Seen]:
    """A round at its stage, ballots unlocked and lying in one pile for each type."""
    address = paper_stage.play(folder / "data", stage)
    with open_house(folder / "data", browser) as house:
        url = house.url + address
        CountingRoom(house.person(day.HEAD), url).open().open_vault(day.PASSPHRASE)
        yield Seen(house, url, {}, folder)


def figures(cells: dict[str, str], kind: int, line: int) -> tuple[int, ...]:
    """High, medium, low and invalid of a line on the screen."""
    keys = ("count:high", "count:medium", "count:low", "invalid")
    return tuple(int(cells[f"type{kind}/{line}/{key}"]) for key in keys)


# ── wrong files and wrong pages ──────────────────────────────────────────────────────────────────

PILE = (
    "11111111",
    "12111121",
    "11311132",
    "21113113",
    "13111111",
    "22222222",
    "31231231",
    "11223311",
)
"""Eight sheets: the third loses its back in the scanner, the fifth goes through twice, the eighth does not go through at all."""


@pytest.fixture(scope="module")
def troubled(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One pile with everything that goes wrong, brought to the count."""
    with opened(browser, tmp_path_factory.mktemp("nha"), "troubles") as seen:
        work_through(seen)
        yield seen


def work_through(seen: Seen) -> None:
    """The board at its scanner."""
    house, url, facts, folder = seen
    page = house.person(day.HEAD)
    CountingRoom(page, url).open().divide(len(PILE))
    CountingRoom(page, url).open_batch(0)
    batch = page.url
    scanning = Scanning(page, url)
    scanning.begin(paper.OPERATOR)

    letter = folder / "thu.pdf"
    letter.write_text("Kính gửi Ban kiểm phiếu", encoding="utf-8")
    scanning.read(letter)
    facts["letter"] = (scanning.notices, scanning.facts["Phiếu đã quét"])

    scanning.read(messy(folder))
    facts["refused"] = scanning.refused
    facts["lacking"] = scanning.lacking
    facts["first step"] = (scanning.next_step, scanning.primary)
    scanning.leave_out("Tờ của đợt trước lẫn vào")
    scanning.press("Nhập tay mặt còn thiếu")
    scanning.add_by_hand()
    facts["before looking"] = scanning.facts

    keyed = by_hand(3, PILE[2], range(5, 9)) | by_hand(9, PILE[7], range(1, 9))
    facts["asked"] = [paper.look(page, url, name, keyed | {"Phiếu thứ 6, cả phiếu": "2"}) for name in (FIRST, SECOND)]
    page.goto(batch)
    facts["to finish"] = scanning.next_step
    scanning.finish()
    facts["figures"] = paper.count(page, url)


def messy(folder: Path) -> Path:
    """Tệp quét: a back missing, a sheet twice, a page of another vote at the end."""
    blank, dice = hands.sides(folder / "1.pdf", 2), random.Random(3)
    sheets = [hands.mark(blank, sheet, dice, stamped=False) for sheet in PILE[:7]]
    foreign = hands.mark(hands.sides(folder / "khac.pdf"), PILE[0][:4], dice, stamped=False)
    sheets[2] = sheets[2][:1]
    pulled = [*sheets[:5], sheets[4], *sheets[5:], foreign]
    return hands.scan(folder / "tap.pdf", [hands.laid(page, dice) for sheet in pulled for page in sheet])


def by_hand(sheet: int, marks: str, lines: range) -> dict[str, str]:
    """The keys of a sheet that people read from the paper, by their place."""
    return {f"Phiếu thứ {sheet}, dòng {line}": marks[line - 1] for line in lines}


def test_a_file_that_is_no_scan_is_told_by_its_name_and_nothing_is_read(troubled: Seen) -> None:
    notices, sheets = troubled.facts["letter"]
    assert ([("thu.pdf" in notice, "không phải ảnh quét" in notice) for notice in notices], sheets) == (
        [(True, True)],
        0,
    )


def test_a_page_of_another_vote_is_refused_with_its_reason(troubled: Seen) -> None:
    assert [reason for reason, _advice in troubled.facts["refused"]] == [
        "Phiếu của đợt khác hoặc của lần phát phiếu đã hủy"
    ]


def test_a_sheet_that_lacks_a_side_is_told_by_its_place(troubled: Seen) -> None:
    assert troubled.facts["lacking"] == ["Tờ thứ 3"]


def test_pages_that_were_not_accepted_come_first(troubled: Seen) -> None:
    assert troubled.facts["first step"] == ("Giải quyết các trang máy không nhận ghi ở dưới.", [])


def test_lines_that_people_read_are_asked_of_two_members(troubled: Seen) -> None:
    keyed = {*by_hand(3, PILE[2], range(5, 9)), *by_hand(9, PILE[7], range(1, 9))}
    twice = "Phiếu thứ 6, cả phiếu"
    assert [{one.place for one in asked} for asked in troubled.facts["asked"]] == [keyed | {twice}] * 2


def test_the_pile_is_as_large_as_it_was_counted_by_hand(troubled: Seen) -> None:
    assert troubled.facts["to finish"] == "Đủ 8 phiếu như đếm tay. Bấm Xong lần quét."


def test_every_sheet_counts_once(troubled: Seen) -> None:
    cells = troubled.facts["figures"]
    assert [figures(cells, 1, line) for line in range(1, NAMES + 1)] == [
        day.expected(PILE, line) for line in range(1, NAMES + 1)
    ]


# ── a stop, and a pulled plug ────────────────────────────────────────────────────────────────────

MANY = [f"{one}{two}{three}{one}1{two}2{three}" for one in "123" for two in "123" for three in "123"][:24]


@pytest.fixture(scope="module")
def killed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """A file stopped in the middle, gone on with, killed in the middle, and brought again."""
    with opened(browser, tmp_path_factory.mktemp("nha"), "killed") as seen:
        pull_the_plug(seen)
        yield seen


def pull_the_plug(seen: Seen) -> None:
    """The board at its scanner, the cleaner at the socket."""
    house, url, facts, folder = seen
    page = house.person(day.HEAD)
    CountingRoom(page, url).open().divide(len(MANY))
    CountingRoom(page, url).open_batch(0)
    batch = page.url
    file = hands.pile(folder / "tap.pdf", hands.sides(folder / "1.pdf", 2), MANY, unstamped=range(1, len(MANY) + 1))
    scanning = Scanning(page, url)
    scanning.begin(paper.OPERATOR)
    scanning.bring(file)
    scanning.stop()
    facts["stopped"] = (scanning.next_step, scanning.primary)
    read = len(MANY) * 2 - int(scanning.next_step.split()[1])
    scanning.press("Đọc tiếp")
    facts["before the plug"] = scanning.until_some(read)
    house.kill()
    house.start()
    page.goto(batch)
    facts["locked"] = scanning.notices
    scanning.go(page.get_by_role("link", name="Nhập cụm mật khẩu"))
    CountingRoom(page, url).open_vault(day.PASSPHRASE)
    facts["back"] = page.url == batch
    facts["after the plug"] = scanning.facts
    facts["what to do"] = scanning.next_step
    scanning.read(file)
    facts["in the end"] = (scanning.facts, scanning.next_step)
    scanning.finish()
    facts["figures"] = paper.count(page, url)


def test_a_stopped_reading_offers_to_go_on(killed: Seen) -> None:
    sentence, primary = killed.facts["stopped"]
    assert (sentence.endswith("trang chưa đọc. Bấm Đọc tiếp."), primary) == (True, ["Đọc tiếp"])


def test_after_a_pulled_plug_the_ballots_are_locked(killed: Seen) -> None:
    (told,) = killed.facts["locked"]
    assert told == (
        "Cần lưu ý\n\nDữ liệu phiếu đang khóa. Trưởng Ban kiểm phiếu nhập cụm mật khẩu ở Phòng kiểm phiếu, máy trở lại đúng trang này."
        "\n\nNhập cụm mật khẩu"
    )


def test_the_locked_page_leads_to_the_passphrase_and_comes_back_by_itself(killed: Seen) -> None:
    assert killed.facts["back"] is True


def test_what_was_read_before_the_plug_is_still_there(killed: Seen) -> None:
    before, after = killed.facts["before the plug"], killed.facts["after the plug"]
    assert before // 2 <= after["Phiếu đã quét"] < len(MANY)


def test_after_a_pulled_plug_the_page_asks_for_the_same_file(killed: Seen) -> None:
    told = killed.facts["what to do"].partition(". ")[2]
    assert told == "Máy tắt giữa chừng thì đưa lại chính tệp ấy; không thì đếm lại tập và quét tờ còn thiếu."


def test_the_same_file_brought_again_is_read_to_its_end_and_nothing_twice(killed: Seen) -> None:
    facts, sentence = killed.facts["in the end"]
    wanted = {"Phiếu đếm tay": 24, "Phiếu đã quét": 24, "Trang máy không nhận": 0, "Chỗ nghi vấn chưa xem": 0}
    assert (facts, sentence) == (wanted, "Đủ 24 phiếu như đếm tay. Bấm Xong lần quét.")


def test_figures_are_those_of_the_pile_whatever_happened_to_the_machine(killed: Seen) -> None:
    cells = killed.facts["figures"]
    lines = range(1, NAMES + 1)
    assert [figures(cells, 1, line) for line in lines] == [day.expected(MANY, line) for line in lines]


# ── the scan, and a table ────────────────────────────────────────────────────────────────────────

SIX = ("11111111", "12111121", "11311132", "21113113", "11111112", "22222222")


@pytest.fixture(scope="module")
def keyed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """A pile read by the scanner and keyed at one table, with a slip."""
    with opened(browser, tmp_path_factory.mktemp("nha"), "keyed") as seen:
        key_beside(seen)
        yield seen


def key_beside(seen: Seen) -> None:
    """Scan, table, reconciling."""
    house, url, facts, folder = seen
    page = house.person(day.HEAD)
    room = CountingRoom(page, url).open()
    room.divide(len(SIX))
    room.open_batch(0)
    file = hands.pile(folder / "tap.pdf", hands.sides(folder / "1.pdf", 2), SIX, unstamped=range(1, 7))
    scanning = Scanning(page, url)
    scanning.begin(paper.OPERATOR)
    scanning.read(file)
    scanning.finish()
    facts["scanned"] = room.open().batches
    day.key_batch(house.person(day.TABLES[1]), url, 2, day.misread(SIX, {3: "11111132"}))
    room.open()
    facts["keyed"] = room.batches
    room.open_batch(0)
    table = Reconcile(page)
    facts["differing"] = (table.differing, table.readings)
    table.settle(3, marks={3: "Tín nhiệm thấp"}, looked=FIRST)
    facts["settled"] = room.open().batches
    facts["figures"] = paper.count(page, url)


def test_a_scan_alone_does_not_settle_a_batch_that_a_table_has_to_key(keyed: Seen) -> None:
    assert [state for _title, state in keyed.facts["scanned"]] == ["đang đọc"]


def test_scan_and_table_are_reconciled_like_two_tables(keyed: Seen) -> None:
    assert (keyed.facts["keyed"], keyed.facts["differing"], keyed.facts["settled"]) == (
        [("Tập 1", "chờ đối chiếu")],
        (["Phiếu thứ 3"], ["Tín nhiệm thấp", "Tín nhiệm cao"]),
        [("Tập 1", "đã thống nhất")],
    )


def test_the_paper_decides_between_scan_and_table(keyed: Seen) -> None:
    cells = keyed.facts["figures"]
    lines = range(1, NAMES + 1)
    assert [figures(cells, 1, line) for line in lines] == [day.expected(SIX, line) for line in lines]


# ── three types of ballot ────────────────────────────────────────────────────────────────────────

TYPES = ("112113", "211132", "123321")
"""What the six deputies marked, type by type."""


@pytest.fixture(scope="module")
def council(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Three piles of one-name ballots, one sheet of the second lying in the first."""
    with opened(browser, tmp_path_factory.mktemp("nha"), "council") as seen:
        scan_by_type(seen)
        yield seen


def scan_by_type(seen: Seen) -> None:
    """Batch after batch."""
    house, url, facts, folder = seen
    page = house.person(day.HEAD)
    room, scanning = CountingRoom(page, url).open(), Scanning(page, url)
    for place in range(len(TYPES)):
        room.divide(len(TYPES[place]), place=place)
    blanks = [hands.sides(folder / f"{number}.pdf") for number in range(1, len(TYPES) + 1)]
    dice = random.Random(9)
    for place, (blank, marks) in enumerate(zip(blanks, TYPES, strict=True)):
        pages = [page for sign in marks for page in hands.mark(blank, sign, dice, stamped=False)]
        if not place:
            pages.insert(2, hands.mark(blanks[1], "1", dice, stamped=False)[0])
        file = hands.scan(folder / f"tap-{place}.pdf", [hands.laid(page, dice) for page in pages])
        room.open().open_batch(place)
        scanning.begin(paper.OPERATOR)
        scanning.read(file)
        if not place:
            facts["astray"] = [one.inner_text() for one in page.locator("#scan-standing h2").all()]
            scanning.leave_out("Chuyển sang tập của loại phiếu ấy", "Bỏ các trang này")
        scanning.finish()
    facts["settled"] = [state for _title, state in room.open().batches]
    facts["figures"] = paper.count(page, url)


def test_a_ballot_of_another_type_is_found_in_the_pile(council: Seen) -> None:
    assert council.facts["astray"] == ["Trang của loại phiếu khác"]


def test_piles_of_every_type_are_settled_by_their_scan(council: Seen) -> None:
    assert council.facts["settled"] == ["đã thống nhất"] * len(TYPES)


def test_everybody_alone_on_a_ballot_gets_the_marks_of_the_own_pile(council: Seen) -> None:
    cells = council.facts["figures"]
    assert [figures(cells, kind, 1) for kind in range(1, len(TYPES) + 1)] == [day.expected(marks, 1) for marks in TYPES]
