"""Bàn xem phiếu nghi vấn qua trình duyệt: who sits, what the desk is handed, its answers, its pictures, the rulings, the annex."""

from __future__ import annotations

import json
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.app import drawn
from tests.app.scanned import BOARD, ScanScene, page
from tests.app.scene import NAMES
from tinnhiem.app import scan_store, vault
from tinnhiem.app.actions import adjudicating, scanning
from tinnhiem.app.models import Scan

pytestmark = pytest.mark.django_db

PILE = ("hhm", "hml", "hhh", "mmm", "lhh", "hhh", "hhm", "hhm", "mhh", "h?h", "hh0", "*hl")
"""Sheet 10 is unclear on line 2, sheet 11 blank on line 3, sheet 12 marked twice on line 1."""


class Board:
    """The board's browser; `sit` chooses who looks."""

    def __init__(self, *pages: object) -> None:
        self.scene = ScanScene()
        (batch,) = self.scene.divide(12)
        self.scan: Scan = drawn.scan(self.scene, batch, *(pages or PILE))  # type: ignore[arg-type]
        self.client = Client()
        self.client.force_login(self.scene.head)

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.scene.pk, *more])

    def sit(self, member: int) -> None:
        answer = self.client.post(self.url("adjudication"), {"member": self.scene.members[member]})
        assert answer.status_code == 302

    def get(self, name: str, *more: object) -> HttpResponse:
        return self.client.get(self.url(name, *more))  # type: ignore[return-value]

    def config(self) -> dict[str, Any]:
        """What the desk of the member who sits is handed."""
        content = self.get("adjudication-desk", self.scan.pk).content.decode()
        start = content.index('<script id="adjudication-config" type="application/json">')
        found: dict[str, Any] = json.loads(content[content.index(">", start) + 1 : content.index("</script>", start)])
        return found

    def post(self, name: str, **body: object) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(self.url(name, self.scan.pk), body, content_type="application/json")
        return answer.status_code, answer.json()

    def look(self, sheet: int, line: int, mark: str) -> tuple[int, dict[str, Any]]:
        return self.post("adjudication-look", sheet=sheet, line=line, mark=mark)


@pytest.fixture
def board() -> Board:
    return Board()


def points(board: Board) -> list[tuple[int, int, str, str | None]]:
    return [(one["sheet"], one["line"], one["group"], one["proposal"]) for one in board.config()["points"]]


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def test_somebody_of_the_board_sits_down_before_the_desk_opens(board: Board) -> None:
    assert board.get("adjudication-desk", board.scan.pk)["Location"] == board.url("adjudication")
    assert [name in text(board.get("adjudication")) for name in BOARD] == [True] * 4


def test_a_name_that_is_not_on_the_board_is_refused(board: Board) -> None:
    answer = board.client.post(board.url("adjudication"), {"member": "999999"})
    assert "Chọn tên trong danh sách Ban kiểm phiếu." in answer.content.decode()


def test_the_desk_is_handed_the_places_that_wait_with_their_reasons_as_a_board_says_them(board: Board) -> None:
    board.sit(0)
    assert points(board) == [
        (10, 2, "Dấu không rõ", None),
        (11, 3, "Để trống", "blank"),
        (12, 1, "Đánh từ hai ô", "over"),
    ]
    assert board.config()["member"] == BOARD[0]


def test_the_keys_are_those_of_the_entry_grid(board: Board) -> None:
    board.sit(0)
    config = board.config()
    assert [one["code"] for one in config["choices"]] == ["high", "medium", "low"]
    assert {one["code"]: one["key"] for one in config["lineFaults"]} == {"blank": "0", "over": "*", "struck": "-"}


def test_the_start_page_says_how_many_rows_wait_for_whoever_sits(board: Board) -> None:
    board.sit(0)
    assert f"Còn 3 chỗ chờ {BOARD[0]} xem." in text(board.get("adjudication"))


def test_an_answer_is_taken_and_the_place_is_settled_or_waits_for_another(board: Board) -> None:
    board.sit(0)
    assert board.look(11, 3, "blank") == (200, {"sheet": 11, "line": 3})
    assert board.look(12, 1, "high") == (200, {"sheet": 12, "line": 1})
    assert points(board) == [(10, 2, "Dấu không rõ", None)]


def test_the_second_member_is_handed_nothing_of_what_the_first_saw(board: Board) -> None:
    board.sit(0)
    board.look(12, 1, "high")
    board.sit(1)
    (place,) = [one for one in board.config()["points"] if one["sheet"] == 12]
    assert (place["proposal"], "high" in json.dumps(place), "stage" in place) == (None, False, False)


def test_an_answer_twice_is_refused_in_a_sentence(board: Board) -> None:
    board.sit(0)
    board.look(12, 1, "high")
    assert board.look(12, 1, "low") == (
        409,
        {"message": f"{BOARD[0]} đã xem chỗ này. Người tiếp theo phải là thành viên khác của Ban kiểm phiếu."},
    )


def test_an_answer_is_taken_back(board: Board) -> None:
    board.sit(0)
    board.look(12, 1, "high")
    assert board.post("adjudication-back", sheet=12, line=1) == (200, {"sheet": 12, "line": 1})
    assert (12, 1, "Đánh từ hai ô", "over") in points(board)


def test_an_answer_without_anybody_at_the_desk_is_refused(board: Board) -> None:
    status, told = board.look(12, 1, "high")
    assert (status, told["message"]) == (409, "Chưa chọn người xem. Về danh sách và chọn tên.")


@pytest.mark.parametrize("body", ["", "[]", '{"sheet": 1}', '{"sheet": "a", "line": 1, "mark": "high"}', '{"x": 1}'])
def test_an_answer_that_cannot_be_read_is_refused(board: Board, body: str) -> None:
    board.sit(0)
    answer = board.client.post(board.url("adjudication-look", board.scan.pk), body, content_type="application/json")
    assert answer.status_code == 409


def test_a_sheet_held_invalid_by_two_members_is_not_asked_about_further(board: Board) -> None:
    board.sit(0)
    board.look(12, 0, "no_stamp")
    board.sit(1)
    (whole,) = [one for one in board.config()["points"] if one["line"] == 0]
    assert (whole["sheet"], whole["group"], whole["answers"][0]["mark"]) == (
        12,
        "Ban kiểm phiếu yêu cầu xem lại",
        "valid",
    )
    assert board.config()["points"][0]["line"] == 0
    board.look(12, 0, "no_stamp")
    assert [one for one in points(board) if one[0] == 12] == []


def test_three_members_who_see_three_things_leave_it_to_the_board(board: Board) -> None:
    for member, mark in ((0, "high"), (1, "medium"), (2, "low")):
        board.sit(member)
        board.look(10, 2, mark)
    shown = text(board.get("adjudication"))
    assert "Ba thành viên kết luận khác nhau. Cả Ban" in shown
    sent = {"sheet": 10, "line": 2, "mark": "low"}
    board.client.post(board.url("adjudication-rule", board.scan.pk), sent)
    assert "Ghi lý do kết luận." in text(board.get("adjudication"))
    board.client.post(board.url("adjudication-rule", board.scan.pk), {**sent, "reason": "Nét chính ở ô thứ ba"})
    assert "Ba thành viên kết luận khác nhau. Cả Ban" not in text(board.get("adjudication"))


def three_marks(board: Board, sheet: int, line: int) -> None:
    for member, mark in ((0, "high"), (1, "medium"), (2, "low")):
        board.sit(member)
        board.look(sheet, line, mark)


def test_where_only_the_boards_ruling_is_left_the_next_step_is_the_ruling_and_invites_nobody(board: Board) -> None:
    for sheet, line, mark in ((11, 3, "blank"), (12, 1, "over")):
        board.sit(0)
        board.look(sheet, line, mark)
    three_marks(board, 10, 2)
    board.sit(3)
    shown = text(board.get("adjudication"))
    step = shown[shown.index('class="next-step"') : shown.index('id="ket-luan"')]
    assert "Ba thành viên kết luận khác nhau ở 1 chỗ. Cả Ban xem phiếu giấy và ghi kết luận." in step
    assert ('href="#ket-luan"' in step, "Mời thành viên tiếp theo" in shown) == (True, False)


def test_another_member_is_invited_for_the_places_that_a_member_can_answer_and_for_no_others(board: Board) -> None:
    three_marks(board, 10, 2)
    three_marks(board, 12, 1)
    board.look(11, 3, "high")
    assert f"{BOARD[2]} đã xem hết; còn 1 chỗ chờ thành viên khác." in text(board.get("adjudication"))


def test_a_ruling_is_asked_for_without_names_and_levels_in_its_reason(board: Board) -> None:
    three_marks(board, 10, 2)
    hint = "Lý do được ghi vào nhật ký và biên bản: không ghi họ tên, không ghi mức."
    assert hint in text(board.get("adjudication"))


def test_what_the_board_asked_for_is_not_told_as_seen_by_the_machine(board: Board) -> None:
    board.sit(0)
    board.look(1, 1, "low")
    board.sit(1)
    (place,) = [one for one in board.config()["points"] if one["sheet"] == 1]
    assert place["reason"] == "Ban kiểm phiếu yêu cầu xem lại"


def test_a_reason_has_the_same_digit_in_every_question_about_a_whole_sheet() -> None:
    board = Board(*[page("hhh", stamped=True)] * 9, page("hhh", stamped=False), page("000", stamped=True), "hhh")
    board.sit(0)
    config = board.config()
    unstamped, empty = config["points"]
    by_slash = {one["code"]: key for key, one in enumerate(config["sheetReasons"], start=1)}
    keys = [{one["mark"]: one["key"] for one in place["answers"]} for place in (unstamped, empty)]
    assert keys == [{"valid": 9, **by_slash}, {"empty": 0, "by_line": 9, **by_slash}]


def picture(board: Board, url: str) -> np.ndarray:
    answer = board.client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    found = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert found is not None
    return found


def boxes_marked(strip: np.ndarray, span: tuple[float, float]) -> list[bool]:
    """Which thirds of the boxes' part of a row's picture bear ink in the middle of their box."""
    height, width = strip.shape
    start, third = span[0] * width, span[1] * width / 3
    found = []
    for place in range(3):
        x = start + third * (place + 0.5)
        inside = strip[round(height / 2 - 8) : round(height / 2 + 8), round(x - 8) : round(x + 8)]
        found.append(bool(inside.min() < 128))
    return found


def test_the_picture_of_a_row_shows_its_own_marks(board: Board) -> None:
    board.sit(0)
    (place,) = [one for one in board.config()["points"] if one["sheet"] == 12]
    assert boxes_marked(picture(board, place["row"]), place["boxes"]) == [True, True, False]


def test_the_side_of_a_row_is_shown_with_the_row_in_its_place(board: Board) -> None:
    board.sit(0)
    (place,) = [one for one in board.config()["points"] if one["sheet"] == 12]
    side = picture(board, place["page"])
    top, high = place["place"]
    row = side[round(top * side.shape[0]) : round((top + high) * side.shape[0])]
    assert (side.shape, bool((row < 100).sum() > 150)) == ((1188, 840), True)


def test_a_row_in_large_print_is_cut_where_large_print_has_it() -> None:
    board = Board(*PILE[:10], "*hl", page("*hl", layout=drawn.LARGE))
    board.sit(0)
    usual, large = [one for one in board.config()["points"] if one["sheet"] in (11, 12)]
    shown = [boxes_marked(picture(board, place["row"]), place["boxes"]) for place in (usual, large)]
    assert shown == [[True, True, False]] * 2
    assert large["place"][1] > usual["place"][1]


def test_a_picture_is_named_by_a_random_key_alone(board: Board) -> None:
    board.sit(0)
    keys = {one["row"].split("/anh/")[1].split("/")[0] for one in board.config()["points"]}
    assert [len(key) for key in keys] == [32, 32, 32]


@pytest.mark.parametrize("way", ["khac", "row/9.png"])
def test_a_picture_that_is_not_there_is_not_found(board: Board, way: str) -> None:
    board.sit(0)
    row: str = board.config()["points"][0]["row"]
    other = row.replace("/row/", "/khac/") if way == "khac" else row.rsplit("/", 2)[0] + "/row/9.png"
    assert board.client.get(other).status_code == 404


def test_no_picture_comes_while_the_vault_is_shut(board: Board) -> None:
    board.sit(0)
    row = board.config()["points"][0]["row"]
    vault.lock(board.scene.pk)
    assert board.client.get(row).status_code == 409
    assert "Dữ liệu phiếu đang khóa." in text(board.get("adjudication"))


def test_the_pictures_are_for_the_board_alone(board: Board) -> None:
    board.sit(0)
    row = board.config()["points"][0]["row"]
    statuses = []
    for account in (board.scene.one, board.scene.officer, board.scene.chair):
        other = Client()
        other.force_login(account)
        statuses.append((other.get(row).status_code, other.get(board.url("adjudication")).status_code))
    assert statuses == [(403, 403)] * 3


def test_a_row_keyed_from_the_paper_has_no_picture() -> None:
    board = Board(*PILE[:11], "!markers_missing")
    refused = board.scene.manifest(board.scan).refused[0]
    scanning.key_sheet_by_hand(board.scene.head, board.scene.pk, board.scan.pk, refused.key)
    board.sit(0)
    rows = [one for one in board.config()["points"] if one["sheet"] == 12]
    assert {(one["group"], one["row"], one["page"]) for one in rows} == {("Nhập từ phiếu giấy", "", "")}


def test_a_sheet_without_a_stamp_is_asked_about_with_its_head_shown() -> None:
    stamped = [page(signs, stamped=True) for signs in PILE[:9]]
    board = Board(*stamped, page("hhh", stamped=False), page("hhh", stamped=True), page("hhh", stamped=True))
    board.sit(0)
    (place,) = board.config()["points"]
    assert (place["group"], place["sheet"], place["line"]) == ("Không có dấu treo", 10, 0)
    assert picture(board, place["row"]).shape == (248, 840)


def test_a_missing_stamp_is_valid_or_not_as_two_members_say_and_the_rule_is_told_as_uncertain() -> None:
    stamped = [page(signs, stamped=True) for signs in PILE[:9]]
    board = Board(*stamped, page("hhh", stamped=False), page("hhh", stamped=True), page("hhh", stamped=True))
    board.sit(0)
    (place,) = board.config()["points"]
    told = {one["mark"]: one.get("doubt", "") for one in place["answers"]}
    assert (place["reason"], place["proposal"]) == ("Máy thấy: không có dấu treo", None)
    assert next(iter(told)) == "valid"
    assert told["no_stamp"].startswith("chưa đối chiếu được với văn bản gốc: Không thấy nêu riêng;")
    for member in (0, 1):
        board.sit(member)
        board.look(10, 0, "no_stamp")
    found = adjudicating.decided(board.scene.round, board.scene.again(board.scan))
    assert [(one.mark, one.words[0], len(one.members)) for one in found] == [("no_stamp", "Phiếu không có dấu treo", 2)]


def test_an_empty_sheet_is_asked_about_as_a_whole_with_its_lines_at_hand() -> None:
    board = Board(*PILE[:9], "000", "hhh", "hhh")
    board.sit(0)
    (place,) = board.config()["points"]
    assert (place["group"], place["sheet"], place["line"], place["proposal"]) == ("Để trống cả tờ", 10, 0, None)
    assert [one["label"] for one in place["answers"][:2]] == ["Phiếu để trống cả tờ", "Xem từng dòng"]
    assert [one["line"] for one in place["answers"][1]["opens"]] == [1, 2, 3]
    assert picture(board, place["row"]).shape == (1188, 840)


def test_the_desk_takes_both_answers_about_an_empty_sheet() -> None:
    board = Board(*PILE[:8], "000", "000", "hhh", "hhh")
    board.sit(0)
    assert [board.look(9, 0, "empty")[0], board.look(10, 0, "by_line")[0]] == [200, 200]
    assert [one[:2] for one in points(board)] == [(10, 1), (10, 2), (10, 3)]
    board.sit(1)
    assert [one[:2] for one in points(board)] == [(9, 0), (10, 1), (10, 2), (10, 3)]


def test_the_annex_tells_an_empty_sheet_as_one_decision() -> None:
    board = Board(*PILE[:9], "000", "hhh", "hhh")
    for member in (0, 1):
        board.sit(member)
        board.look(10, 0, "empty")
    assert "phiếu để trống cả tờ (hai thành viên)" in annex_text(board)


def test_two_scans_of_a_sheet_are_shown_side_by_side() -> None:
    twice = page("hhm", trace=b"the same hand")
    board = Board(*PILE[:10], twice, twice)
    board.sit(0)
    (place,) = [one for one in board.config()["points"] if one["line"] == -1]
    assert [one["mark"] for one in place["answers"]] == ["keep", "remove"]
    assert picture(board, place["row"]).shape == (1188, 2 * 840 + 24)
    assert board.look(place["sheet"], -1, "remove")[0] == 200


def settle_all(board: Board) -> None:
    for member in (0, 1):
        board.sit(member)
        for sheet, line, mark in ((10, 2, "low"), (11, 3, "blank"), (12, 1, "over")):
            board.look(sheet, line, mark)


def annex_text(board: Board) -> str:
    document = pypdfium2.PdfDocument(board.get("adjudication-annex").content)
    return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())


def finish_url(board: Board) -> str:
    return board.url("scanning-act", board.scan.batch_id, "xong")


def test_once_nothing_waits_the_scan_is_finished_from_the_list_of_the_desk(board: Board) -> None:
    settle_all(board)
    shown = board.get("adjudication").content.decode()
    assert (finish_url(board) in shown, "Bấm Xong lần quét." in shown) == (True, True)
    answer = board.client.post(finish_url(board))
    assert (answer["Location"], board.scene.again(board.scan).closed_at is None) == (board.url("counting"), False)


def test_the_scan_is_not_offered_to_be_finished_while_a_row_waits(board: Board) -> None:
    board.sit(0)
    assert finish_url(board) not in board.get("adjudication").content.decode()


def test_a_scan_of_too_few_sheets_leads_to_its_page_instead() -> None:
    board = Board(*PILE[:9])
    board.sit(0)
    shown = board.get("adjudication").content.decode()
    assert (finish_url(board) in shown, board.url("scanning", board.scan.batch_id) in shown) == (False, True)


def test_the_desk_leads_to_the_passphrase_while_the_sheets_are_locked(board: Board) -> None:
    board.sit(0)
    vault.lock(board.scene.pk)
    here = board.url("adjudication")
    assert board.get("adjudication-desk", board.scan.pk)["Location"] == here
    assert f'href="{board.url("counting")}?sau={here}#khoa"' in board.get("adjudication").content.decode()


def test_the_annex_has_every_decision_and_no_place(board: Board) -> None:
    settle_all(board)
    told = annex_text(board)
    assert [told.count(words) for words in ("Kết luận: tín nhiệm thấp (hai thành viên)", "Kết luận: ")] == [1, 3]
    decided = told[told.index("I. Từng dòng") : told.index("TRƯỞNG BAN")]
    assert [name for name in (*BOARD, *NAMES, "Tập", "phiếu thứ", "dòng 1") if name in decided] == []


def test_the_annex_is_none_of_the_rounds_papers(board: Board) -> None:
    assert "Phụ lục các trường hợp" not in text(board.get("papers"))


def test_the_annex_without_pictures_still_lists_what_was_decided(board: Board) -> None:
    settle_all(board)
    scan_store.clear(board.scene.pk)
    assert "Cả phiếu, và các dòng không có hình" in annex_text(board)
