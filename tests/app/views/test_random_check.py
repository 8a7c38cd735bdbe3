"""Trang kiểm tra ngẫu nhiên: what the board sees and types, and that the recorded sheet is not among it."""

from __future__ import annotations

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.app.scene import Scene, sheets
from tinnhiem.app.actions import reconciling, result
from tinnhiem.app.models import ColumnLook, RandomCheck, Round
from tinnhiem.app.random_check_state import current, state_of
from tinnhiem.poll.random_check import RandomCheck as Check
from tinnhiem.poll.random_sample import Place
from tinnhiem.poll.sheet import Sheet

pytestmark = pytest.mark.django_db

PILE = sheets(*["hhm"] * 7, *["mhh"] * 4, "h0h", "lhh", "hhh", "mmm", "h*h", "hml", *["hmh"] * 3)
LOT = {
    "seed": "4719302658",
    "drawn_by": "Tạ Văn Bốc",
    "read_by": "Đỗ Văn Đọc",
    "compared_by": "Ngô Văn Nhập",
    "ticked_by": "",
}


@pytest.fixture
def scene() -> Scene:
    """Twenty sheets in two batches, keyed twice, settled and counted."""
    made = Scene(voters=len(PILE))
    made.open_box()
    for batch, pile in zip(made.divide(12, 8), [PILE[:12], PILE[12:]], strict=True):
        made.key(batch, 1, pile)
        made.key(batch, 2, pile)
        reconciling.settle_if_alike(made.head, made.pk, batch.pk)
    result.make_count(made.head, made.pk)
    return made


@pytest.fixture
def board(scene: Scene) -> Client:
    browser = Client()
    browser.force_login(scene.head)
    return browser


@pytest.fixture
def drawn(scene: Scene, board: Client) -> Check:
    """The lot, drawn and confirmed."""
    board.post(address(scene, "random-check-begin"), LOT | {"confirmed": "1"})
    return now(scene)


def address(scene: Scene, name: str = "random-check", *more: str) -> str:
    return reverse(name, args=[scene.pk, *more])


def now(scene: Scene) -> Check:
    row = current(scene.fresh())
    assert row is not None
    return state_of(row).check


def key_of(place: Place) -> str:
    return f"1-{place.batch}-{place.position}"


def on_paper(place: Place) -> Sheet:
    return PILE[place.position - 1 + (12 if place.batch == 2 else 0)]


def read(scene: Scene, board: Client, place: Place, sheet: Sheet | None = None, reason: str = "") -> HttpResponse:
    body = json.dumps({"sheet": 1, "lines": (sheet or on_paper(place)).lines, "invalid": None})
    where = address(scene, "random-check-save", key_of(place))
    if reason:
        where += f"?reason={reason}"
    return board.post(where, body, content_type="application/json")


def wrongly(place: Place) -> Sheet:
    first, *rest = on_paper(place).lines
    return Sheet(lines=("low" if first != "low" else "high", *rest))


def sentence_of(page: str) -> str:
    found = re.search(r'next-step__label">[^<]*</span>\s*([^<]+)</p>', page)
    return found[1].strip() if found else ""


def shown(scene: Scene, board: Client) -> str:
    return board.get(address(scene)).content.decode()


def test_before_the_count_the_page_says_why_one_waits() -> None:
    scene = Scene()
    scene.open_box()
    browser = Client()
    browser.force_login(scene.head)
    assert "mã đã in thì không ai sửa kết quả theo phiếu được bốc" in shown(scene, browser)


def test_the_number_of_sheets_stands_there_with_its_reason(scene: Scene, board: Client) -> None:
    page = shown(scene, board)
    told = re.findall(r"Người gần ngưỡng nhất cách ngưỡng (\d+) phiếu", page)
    assert (told, "để chọn 10 phiếu đọc lại" in page) == (["10"], True)


def test_the_digits_are_shown_once_more_before_they_count(scene: Scene, board: Client) -> None:
    page = board.post(address(scene, "random-check-begin"), LOT).content.decode()
    assert ("4 7 1 9 3 0 2 6 5 8" in page, RandomCheck.objects.count()) == (True, 0)


def test_nine_digits_come_back_under_their_box(scene: Scene, board: Client) -> None:
    answer = board.post(address(scene, "random-check-begin"), LOT | {"seed": "471930265"})
    assert (answer.status_code, "đã nhập 9 ký tự" in answer.content.decode()) == (422, True)


def test_confirmed_digits_make_the_list(scene: Scene, board: Client, drawn: Check) -> None:
    page = shown(scene, board)
    assert page.count("chưa đọc") == len(drawn.awaited)


def test_the_next_sheet_is_named_with_one_button(scene: Scene, board: Client, drawn: Check) -> None:
    first = drawn.awaited[0]
    page = shown(scene, board)
    assert (sentence_of(page), page.count("button--primary")) == (
        f"Lấy tập {first.batch}, phiếu thứ {first.position}, đọc to từng dòng và ghi vào máy.",
        1,
    )


def test_the_grid_for_a_sheet_shows_nothing_of_what_was_recorded(scene: Scene, board: Client, drawn: Check) -> None:
    place = next(
        place for place in drawn.awaited if "low" in on_paper(place).lines or "medium" in on_paper(place).lines
    )
    page = board.get(address(scene, "random-check-sheet", key_of(place))).content.decode()
    config = json.loads(re.search(r'id="entry-config"[^>]*>(.*?)</script>', page, flags=re.DOTALL)[1])  # type: ignore[index]
    assert (sorted(config), config["single"], config["pile"]) == (
        sorted(
            (
                "saveUrl finishUrl csrf batch pile next single station ballotTitle subjects choices lineFaults "
                "sheetReasons words"
            ).split()
        ),
        True,
        1,
    )


def test_a_sheet_that_agrees_is_answered_so(scene: Scene, board: Client, drawn: Check) -> None:
    assert read(scene, board, drawn.awaited[0]).json() == {"saved": 1, "next": 2, "message": "Khớp."}


def test_a_sheet_that_differs_is_answered_without_saying_where(scene: Scene, board: Client, drawn: Check) -> None:
    place = drawn.awaited[0]
    answer = read(scene, board, place, wrongly(place)).json()
    assert answer == {"saved": 1, "next": 2, "message": "Có chỗ không khớp."}


def test_a_sheet_off_the_list_is_no_address(scene: Scene, board: Client, drawn: Check) -> None:
    lying = [Place(ballot=None, batch=1, position=position) for position in range(1, 13)]
    free = next(place for place in lying if place not in drawn.awaited)
    assert board.get(address(scene, "random-check-sheet", key_of(free))).status_code == 404


def test_after_a_sheet_comes_the_next_one(scene: Scene, board: Client, drawn: Check) -> None:
    read(scene, board, drawn.awaited[0])
    answer = board.post(address(scene, "random-check-onward"))
    assert answer.headers["Location"] == address(scene, "random-check-sheet", key_of(drawn.awaited[1]))


def test_a_sheet_already_read_leads_back_to_the_list(scene: Scene, board: Client, drawn: Check) -> None:
    read(scene, board, drawn.awaited[0])
    answer = board.get(address(scene, "random-check-sheet", key_of(drawn.awaited[0])))
    assert answer.headers["Location"] == address(scene)


def test_when_all_is_read_the_verdict_is_to_be_written(scene: Scene, board: Client, drawn: Check) -> None:
    for place in drawn.awaited:
        read(scene, board, place)
    before = sentence_of(shown(scene, board))
    board.post(address(scene, "random-check-close"))
    assert (before, "Đã đọc lại 10 phiếu; phiếu giấy khớp với bản đã ghi." in shown(scene, board)) == (
        "Đã đọc hết, phiếu giấy khớp với bản đã ghi. Ghi kết luận, in biên bản kiểm tra và ký.",
        True,
    )


def test_a_difference_is_explained_and_another_list_follows(scene: Scene, board: Client, drawn: Check) -> None:
    first, *rest = drawn.awaited
    read(scene, board, first, wrongly(first))
    for place in rest:
        read(scene, board, place)
    told = [sentence_of(shown(scene, board))]
    board.post(address(scene, "random-check-explain", key_of(first)), {"reason": "phiếu bị gấp"})
    told.append(sentence_of(shown(scene, board)))
    board.post(address(scene, "random-check-next"))
    assert (told, now(scene).lists) == (
        [
            "Xem lại phiếu không khớp và ghi Ban kiểm phiếu giải thích thế nào.",
            "Có một phiếu không khớp: đọc thêm một danh sách nữa, vẫn theo mười chữ số đã bốc.",
        ],
        2,
    )


def test_a_sheet_is_read_again_with_its_reason(scene: Scene, board: Client, drawn: Check) -> None:
    place = drawn.awaited[0]
    read(scene, board, place, wrongly(place))
    without = read(scene, board, place).status_code
    read(scene, board, place, reason="đọc nhầm dòng")
    found = now(scene).at(place)
    assert (without, found.agrees if found else None, found.again if found else None) == (409, True, ("đọc nhầm dòng",))


def test_two_differences_ask_for_every_sheet(scene: Scene, board: Client, drawn: Check) -> None:
    for place in drawn.awaited[:2]:
        read(scene, board, place, wrongly(place))
    board.post(address(scene, "random-check-close"))
    page = shown(scene, board)
    assert ("Toàn bộ phiếu phải do người đọc lại" in page, "Đọc lại toàn bộ phiếu" in page) == (True, True)


@pytest.mark.parametrize(("file_format", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_page_for_the_minutes_is_downloaded(
    file_format: str, begins: bytes, scene: Scene, board: Client, drawn: Check
) -> None:
    read(scene, board, drawn.awaited[0])
    answer = board.get(address(scene, "random-check-paper", file_format))
    assert answer.content[: len(begins)] == begins


def test_where_the_gallery_replaces_the_check_the_page_says_so(scene: Scene, board: Client) -> None:
    Round.objects.filter(pk=scene.pk).update(pairing="scan")
    for subject in scene.round.subjects.all():
        ColumnLook.objects.create(subject=subject, member="Lý Thị Lan", done=True)
    assert "Ban kiểm phiếu xem lại mọi dấu của từng người" in shown(scene, board)


def test_the_board_may_do_without(scene: Scene, board: Client) -> None:
    board.post(address(scene, "random-check-decline"), {"reason": "họp đã muộn"})
    assert "Ban kiểm phiếu đã ghi nhận không kiểm tra ngẫu nhiên." in shown(scene, board)


def test_nobody_but_the_board_opens_the_page(scene: Scene) -> None:
    statuses = []
    for account in (scene.officer, scene.chair, scene.one, scene.head):
        browser = Client()
        browser.force_login(account)
        statuses.append(browser.get(address(scene)).status_code)
    assert statuses == [403, 403, 403, 200]
