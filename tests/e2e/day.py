"""Ngày lấy phiếu: what people do at the desk from an empty machine to the counting room, one function a stretch.

Everything goes through the pages; each function tells what its person saw where a test wants to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e import office
from tests.e2e.house import PASSWORD, House
from tests.e2e.pages.accounts import Desks, NewAccount
from tests.e2e.pages.entrance import FirstRun
from tests.e2e.pages.lists import ListImport, ListPreview
from tests.e2e.pages.meeting import Meeting
from tests.e2e.pages.room import CountingRoom
from tests.e2e.pages.rounds import NewRound, RoundPage
from tests.e2e.pages.station import Grid, Station

OFFICER, CHAIR, HEAD, TABLES = "chuyenvien", "chutri", "truongban", ("ban1", "ban2")
SEATS = (
    ("Trần Văn Chủ", CHAIR, "chair", None),
    ("Lý Thị Lan", HEAD, "board_head", None),
    ("Bàn nhập số 1", TABLES[0], "station", 1),
    ("Bàn nhập số 2", TABLES[1], "station", 2),
)
"""Shown name, log-in, role, station."""
PASSPHRASE = "suối trong đá trắng mưa nguồn"
NAMES = "Lý Thị Lan, Bùi Hữu Phúc"
CREWS = {
    1: ("Bùi Hữu Phúc", "Trịnh Ngọc Khánh", "Dương Văn Quý"),
    2: ("Hồ Kim Oanh", "Cao Xuân Việt", "Phan Thị Sen"),
}
"""Who reads, keys and checks at each table."""
PLAN = {
    "title": "Lấy phiếu tín nhiệm giữa nhiệm kỳ 2025–2030",
    "kind": "rating",
    "body_kind": "party_committee",
    "body_name": "Đảng ủy xã Suối Đá",
    "superior": "Đảng bộ tỉnh Bình Minh",
    "vote_date": "15/12/2026",
    "meeting": "Hội nghị lần thứ 12",
    "place": "Suối Đá",
}


def move_in(house: House) -> Page:
    """The first page of an empty machine, the officer, and an account for every desk; the officer's browser."""
    page = house.stranger(OFFICER)
    FirstRun(page).open().make_officer("Nguyễn Thị An", OFFICER, PASSWORD)
    for name, username, _role, _station in SEATS:
        NewAccount(page).open().make(name, username, PASSWORD)
    return page


def plan_round(page: Page, **changes: str) -> str:
    """A round with everybody at their desks; its address."""
    url = NewRound(page).open().make(**(PLAN | changes))
    for name, _username, role, station in SEATS:
        Desks(page, url).open().seat(name, role, station)
    return url


def bring_lists(page: Page, url: str, roster: Path) -> list[str]:
    """The three lists of one workbook, its one faulty cell mended in the preview; what was said at that cell."""
    RoundPage(page, url).open().go_on()
    ListImport(page, url).upload(roster)
    preview = ListPreview(page)
    said = preview.faults
    preview.mend("D7", "28/02/1970")
    for _list in range(3):
        preview.save()
    return said


def freeze(page: Page, url: str) -> None:
    """From the plan to a round ready for its meeting."""
    round_page = RoundPage(page, url)
    round_page.advance()
    round_page.advance()
    for _dossiers in range(2):
        round_page.pass_over("Hồ sơ nhận trực tiếp bằng giấy")
    round_page.advance()
    round_page.advance()


def hold_meeting(page: Page, url: str, issued: Sequence[int]) -> None:
    """Attendance, the empty box, issuing, the close; as many ballots issued of each type as told."""
    present = max(issued)
    Meeting(page, url).give_people(
        members=16, summoned=16, present=present, absent_with_leave=16 - present, absent_without_leave=0
    )
    round_page = RoundPage(page, url)
    round_page.record("08:52", NAMES)
    round_page.advance()
    for place, number in enumerate(issued):
        Meeting(page, url).give_ballots(place, received=20, issued=number, spoilt=1, unused=19 - number)
    round_page.advance()


def open_box(page: Page, url: str, returned: Sequence[int]) -> CountingRoom:
    """The box opened and mixed, the numbers announced, counting begun and the passphrase set."""
    room = CountingRoom(page, url).open()
    room.record("box_opened", "09:18", NAMES)
    room.record("box_mixed", "09:20", NAMES)
    room.record("returned_announced", "09:24", NAMES, returned)
    room.begin()
    room.set_passphrase(PASSPHRASE)
    return room


def key_batch(page: Page, url: str, station: int, sheets: Sequence[str]) -> None:
    """The batch offered to a table, keyed on the number pad and finished."""
    reader, keyer, checker = CREWS[station]
    Station(page, url).open().sit_down(reader, keyer, checker)
    grid = Grid(page)
    grid.key_all(sheets)
    grid.finish()


def misread(sheets: Sequence[str], slips: Mapping[int, str]) -> list[str]:
    """What a table reads of a pile: the sheets as they are, but for its slips (1-based)."""
    return [slips.get(number, sheet) for number, sheet in enumerate(sheets, 1)]


def expected(sheets: Sequence[str], line: int) -> tuple[int, int, int, int]:
    """High, medium, low and invalid of a 1-based line, counted here in the plainest way."""
    marks = ["/" if sheet.startswith("/") else sheet[line - 1] for sheet in sheets]
    return (*(marks.count(digit) for digit in "123"), sum(mark not in "123" for mark in marks))  # type: ignore[return-value]


BOARD = office.BOARD
