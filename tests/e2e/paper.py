"""Ngày lấy phiếu có máy quét: what the organiser and the board do on the way of paper, one function a stretch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.house import House
from tests.e2e.pages.adjudication import Adjudication, Asked
from tests.e2e.pages.gallery import Gallery
from tests.e2e.pages.result import Result
from tests.e2e.pages.rounds import RoundPage
from tests.e2e.pages.settings import Ballots

OPERATOR, MEMBER = "Cao Xuân Việt", "Lý Thị Lan"


def freeze_and_print(page: Page, url: str, folder: Path, kinds: int = 1, copies: int = 12) -> list[Path]:
    """From the plan to a round ready for its meeting; the downloaded ballots of every type."""
    round_page = RoundPage(page, url)
    round_page.advance()
    round_page.advance()
    for _dossiers in range(2):
        round_page.pass_over("Hồ sơ nhận trực tiếp bằng giấy")
    round_page.advance()
    round_page.open().go_on()
    piles = [Ballots(page).take(folder, copies, place) for place in range(kinds)]
    round_page.advance()
    return piles


def look(page: Page, url: str, name: str, answers: Mapping[str, str] | None = None) -> list[Asked]:
    """A member sits down and answers every row of the batch that waits, with the keys alone; what was asked."""
    room = Adjudication(page, url).open()
    room.sit(name)
    desk = room.go_to_desk()
    asked = desk.answer_all(answers)
    desk.leave()
    return asked


def count(page: Page, url: str) -> dict[str, str]:
    """Tổng hợp, every strip passed by that must be, its pictures left out; the figures, which are not shown before."""
    result = Result(page, url).open()
    result.count()
    gallery = Gallery(page, url).open()
    gallery.sit(MEMBER)
    page.route("**/strip/*.png", lambda asked: asked.abort())
    gallery.look_through()
    page.unroute("**/strip/*.png")
    return result.open().cells


def sealed(house: House) -> int:
    """How many pictures lie in the data folder."""
    return sum(1 for path in (house.folder / "scans").rglob("*.sealed") if path.is_file())
