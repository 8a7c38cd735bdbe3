"""Bàn xem phiếu nghi vấn trong Chromium thật: rows enlarged, keys in, answers out, nothing of anybody else."""

from __future__ import annotations

import re
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.adjudication import NOTED, PAD, SEEN_MS, Desk, seen
from tests.web.gallery import DESK
from tests.web.harness import STATIC, Harness

TIMES = """() => {
    window.times = [];
    let pressed = 0;
    document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
    new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => window.times.push(performance.now() - pressed))))
        .observe(document.querySelector(".adj-row"), { childList: true });
}"""
"""From the key down to the frame after the one in which the next row was painted."""

ALTERED = "document.body.dispatchEvent(new KeyboardEvent('keydown', {code: '', key: '1', keyCode: 231, bubbles: true}))"
"""What UniKey sends in place of a key."""


def test_rows_of_one_reason_stand_together_with_how_many_are_left(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    assert desk.groups == [
        "Để trống 2", "Đánh từ hai ô 1", "Gạch tên 1", "Dấu không rõ 1", "Không có dấu treo 1", "Quét hai lần 1",
    ]  # fmt: skip
    assert (desk.title, desk.left) == ("Phiếu thứ 3, dòng 12", "còn 7 chỗ")


def test_enter_takes_what_the_machine_proposes_and_goes_on_to_the_same_reason(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("E")
    assert desk.answers == [(3, 12, "blank")]
    assert (desk.title, desk.left, desk.message) == (
        "Phiếu thứ 7, dòng 2",
        "còn 6 chỗ",
        "Đã ghi phiếu thứ 3, dòng 12: để trống.",
    )
    assert harness.tokens == ["token-of-the-page"]


@pytest.mark.parametrize(
    ("key", "mark"), [("1", "high"), ("2", "medium"), ("3", "low"), ("0", "blank"), ("*", "over"), ("-", "struck")]
)
def test_the_keys_of_the_entry_grid_answer_a_row(page: Page, harness: Harness, key: str, mark: str) -> None:
    desk = Desk(page, harness)
    desk.keys(key)
    assert desk.answers == [(3, 12, mark)]


def test_a_whole_sheet_is_held_invalid_by_slash_and_the_digit_of_the_reason(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("/")
    assert page.inner_text(".entry-panel h2") == "Phiếu thứ 3: cả phiếu không hợp lệ vì"
    desk.keys("2")
    assert desk.answers == [(3, 0, "no_stamp")]
    assert desk.message == "Đã ghi phiếu thứ 3: Phiếu không có dấu treo."


def test_the_other_rows_of_a_sheet_held_invalid_are_not_asked_about_until_that_is_taken_back(
    page: Page, harness: Harness
) -> None:
    desk = Desk(page, harness)
    desk.keys("/2")
    assert (desk.left, [one for one in desk.groups if "hai ô" in one]) == ("còn 5 chỗ", [])
    desk.keys("B")
    assert (desk.title, desk.left) == ("Phiếu thứ 3, dòng 12", "còn 7 chỗ")
    assert desk.answers == [(3, 0, "no_stamp"), (3, 0, "")]


def test_slash_then_backspace_answers_nothing(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("/B")
    assert (desk.answers, page.locator(".entry-panel").is_visible()) == ([], False)


def test_backspace_takes_the_last_answer_back_and_the_row_is_answered_anew(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("EB")
    assert (desk.title, desk.message) == (
        "Phiếu thứ 3, dòng 12",
        "Đã rút lại điều vừa ghi ở chỗ này. Xem và bấm phím ghi lại.",
    )
    desk.keys("2")
    assert desk.answers == [(3, 12, "blank"), (3, 12, ""), (3, 12, "medium")]
    assert desk.title == "Phiếu thứ 7, dòng 2"


def test_what_cannot_be_taken_back_leaves_the_desk_where_it_is(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("E")
    harness.answer = lambda _: (409, {"message": "Đã có thành viên khác xem chỗ này."})
    desk.keys("B")
    assert (desk.title, desk.message) == ("Phiếu thứ 7, dòng 2", "CHƯA ghi. Đã có thành viên khác xem chỗ này.")


def test_plus_leaves_a_row_for_later_behind_those_of_its_reason(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("+")
    assert desk.title == "Phiếu thứ 7, dòng 2"
    desk.keys("E")
    assert (desk.title, desk.answers) == ("Phiếu thứ 3, dòng 12", [(7, 2, "blank")])


def test_enter_without_a_proposal_answers_nothing(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=((12, 1, "unsure", None),))
    desk.keys("E")
    told = "Máy không có đề xuất ở chỗ này nên phím Enter không ghi gì."
    assert (desk.answers, desk.message) == ([], told)
    assert page.inner_text(".adj-proposal") == "Bấm phím ứng với dấu trên phiếu."


def test_enter_stands_among_the_keys_only_where_there_is_a_proposal(page: Page, harness: Harness) -> None:
    Desk(page, harness)
    enter = page.locator(".entry-key").filter(has_text="nhận đề xuất")
    shown = enter.is_visible()
    Desk(page, harness, rows=((12, 1, "unsure", None),))
    assert (shown, enter.is_visible()) == (True, False)


def test_the_key_that_takes_back_is_called_as_it_is_printed_on_keyboards(page: Page, harness: Harness) -> None:
    Desk(page, harness)
    key = page.locator(".entry-key").filter(has_text="rút lại điều vừa ghi")
    assert key.locator("kbd").inner_text() == "Backspace ⌫"


def test_the_left_arrow_does_nothing_but_clear_what_was_said_before(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("E")
    page.keyboard.press("ArrowLeft")
    assert (desk.answers, desk.title, desk.message) == ([(3, 12, "blank")], "Phiếu thứ 7, dòng 2", "")


def test_the_reasons_of_a_whole_sheet_leave_the_row_in_sight(page: Page, harness: Harness) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    desk = Desk(page, harness, desk=DESK)
    desk.keys("/")
    row, panel = (page.locator(part).bounding_box() for part in (".adj-row", ".entry-panel"))
    assert row is not None
    assert panel is not None
    assert row["y"] + row["height"] <= panel["y"]
    assert page.evaluate("(one => one.scrollHeight - one.clientHeight)(document.querySelector('.entry-panel'))") <= 0


def test_the_frame_on_the_side_is_drawn_outside_its_row(page: Page, harness: Harness) -> None:
    Desk(page, harness)
    page.wait_for_selector(".adj-side img")
    style = page.evaluate(
        "(one => [one.borderTopWidth, one.outlineStyle, parseFloat(one.outlineOffset) >= 0])"
        "(getComputedStyle(document.querySelector('.adj-frame')))"
    )
    assert style == ["0px", "solid", True]


def test_a_question_about_the_whole_sheet_is_answered_by_its_own_digits(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=((14, 0, "unstamped", None),))
    captions = [one.inner_text() for one in page.locator(".adj-caption").all()]
    desk.keys("0*-319")
    assert captions == ["9 Phiếu hợp lệ", f"2 Phiếu không có dấu treo {NOTED}"]
    assert desk.answers == [(14, 0, "valid")]


EMPTY = ((21, 0, "empty_sheet", None), (21, 1, "blank", "blank"), (21, 2, "blank", "blank"), (3, 12, "over", "over"))
"""An empty sheet with two of its rows, and another row."""


def test_an_empty_sheet_is_answered_by_one_key(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=EMPTY)
    assert (desk.title, desk.left) == ("Phiếu thứ 21, cả phiếu", "còn 2 chỗ")
    desk.keys("0")
    assert (desk.answers, desk.title) == ([(21, 0, "empty")], "Phiếu thứ 3, dòng 12")


def test_whoever_wants_the_lines_of_an_empty_sheet_gets_them_at_once(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=EMPTY)
    desk.keys("9")
    assert (desk.title, desk.left) == ("Phiếu thứ 21, dòng 1", "còn 3 chỗ")
    desk.keys("EEE")
    assert desk.answers == [(21, 0, "by_line"), (21, 1, "blank"), (21, 2, "blank"), (3, 12, "over")]


def test_the_lines_of_an_empty_sheet_go_again_when_asking_for_them_is_taken_back(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=EMPTY)
    desk.keys("9B")
    assert (desk.title, desk.left) == ("Phiếu thứ 21, cả phiếu", "còn 2 chỗ")


@pytest.mark.parametrize("size", [(1366, 768), (1366, 640), (1920, 1080)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_empty_sheet_and_all_its_answers_stand_on_one_screen(
    page: Page, harness: Harness, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    Desk(page, harness, rows=EMPTY, desk=DESK)
    for parts in (
        (".adj-head", ".adj-person", ".adj-captions", ".adj-asked", ".adj-message", ".entry-legend"),
        (".adj-person", ".adj-row", ".entry-legend"),
    ):
        boxes = [box for part in parts if (box := page.locator(part).bounding_box())]
        tops, bottoms = [round(box["y"]) for box in boxes], [round(box["y"] + box["height"]) for box in boxes]
        assert len(boxes) == len(parts)
        assert all(bottom <= top + 1 for bottom, top in zip(bottoms, tops[1:], strict=False))
        assert bottoms[-1] <= size[1]
    assert page.evaluate("document.querySelector('.adj-row img').offsetHeight") >= size[1] * 0.55


def test_a_sheet_scanned_twice_is_shown_beside_its_twin(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=((15, -1, "duplicate", "remove"),))
    assert page.locator(".adj-side").is_visible() is False
    desk.keys("1")
    assert desk.answers == [(15, -1, "keep")]


def test_a_key_that_comes_before_a_person_could_see_the_row_answers_nothing(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    page.wait_for_timeout(SEEN_MS)
    page.keyboard.press("NumpadEnter")
    page.keyboard.press("NumpadEnter")
    page.wait_for_timeout(SEEN_MS)
    assert desk.answers == [(3, 12, "blank")]


def test_a_refused_answer_keeps_the_row_and_says_so(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    harness.answer = lambda _: (409, {"message": "Dữ liệu phiếu đang khóa."})
    desk.keys("E")
    assert (desk.title, desk.message) == ("Phiếu thứ 3, dòng 12", "CHƯA ghi. Dữ liệu phiếu đang khóa.")
    harness.answer = seen
    desk.keys("E")
    assert desk.title == "Phiếu thứ 7, dòng 2"


@pytest.mark.parametrize(
    ("answer", "told"), [(None, "CHƯA ghi: máy chủ không trả lời."), ((302, {}), "CHƯA ghi: đã hết phiên đăng nhập.")]
)
def test_an_answer_that_did_not_arrive_is_told_as_not_saved(
    page: Page, harness: Harness, answer: tuple[int, dict[str, Any]] | None, told: str
) -> None:
    desk = Desk(page, harness)
    harness.answer = lambda _: answer
    desk.keys("E")
    assert (desk.title, desk.message.startswith(told)) == ("Phiếu thứ 3, dòng 12", True)


def test_a_letter_or_a_key_altered_by_an_input_method_answers_nothing(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    page.wait_for_timeout(SEEN_MS)
    page.keyboard.press("KeyA")
    assert desk.message == "Trang này chỉ dùng các phím ghi ở cuối trang; phím chữ không có tác dụng."
    page.evaluate(ALTERED)
    assert desk.message.startswith("Phím vừa bấm bị bộ gõ tiếng Việt đổi")
    assert desk.answers == []


def test_a_row_without_a_picture_sends_people_to_the_paper(page: Page, harness: Harness) -> None:
    harness.pictures.clear()
    desk = Desk(page, harness, rows=((12, 1, "unsure", None),))
    harness.pictures.clear()
    page.reload()
    page.wait_for_selector(".adj-none")
    assert page.inner_text(".adj-none") == "Không có ảnh của dòng này. Mở phiếu giấy, xem rồi bấm phím."
    desk.keys("1")
    assert desk.answers == [(12, 1, "high")]


def test_at_the_end_the_way_out_has_the_focus_and_backspace_still_goes_back(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness, rows=((3, 12, "blank", "blank"),))
    desk.keys("E")
    assert (desk.title, page.inner_text(".adj-end-told")) == (
        "Đã xem hết",
        "Không còn chỗ nào chờ Lý Thị Lan ở tập này.",
    )
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/leave"
    desk.keys("B")
    assert desk.title == "Phiếu thứ 3, dòng 12"


def test_the_enlarged_boxes_are_the_rows_own(page: Page, harness: Harness) -> None:
    Desk(page, harness, rows=((3, 11, "over", "over"),))
    inks = page.evaluate(
        """() => { const canvas = document.querySelector(".adj-boxes"), pen = canvas.getContext("2d");
            return [0, 1, 2].map(place => {
                const wide = canvas.width / 3, part = pen.getImageData(place * wide + wide * 0.44, canvas.height * 0.4, wide * 0.12, canvas.height * 0.2).data;
                let dark = 0;
                for (let at = 0; at < part.length; at += 4) dark += part[at] < 128;
                return dark > part.length / 4 * 0.02; }); }"""
    )
    assert inks == [True, True, False]


SIZES = [(1366, 768), (1366, 640), (1920, 1080)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("long_names", [False, True], ids=["plain", "long"])
def test_everything_stands_on_one_screen(page: Page, harness: Harness, size: tuple[int, int], long_names: bool) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    Desk(page, harness, desk=DESK, long_names=long_names)
    page.wait_for_selector(".adj-side img")
    parts = (".adj-head", ".adj-row", ".adj-boxes", ".adj-captions", ".adj-asked", ".adj-message", ".entry-legend")
    boxes = [box for part in parts if (box := page.locator(part).bounding_box())]
    tops, bottoms = [round(box["y"]) for box in boxes], [round(box["y"] + box["height"]) for box in boxes]
    assert len(boxes) == len(parts)
    assert tops == sorted(tops)
    assert all(bottom <= top + 1 for bottom, top in zip(bottoms, tops[1:], strict=False))
    assert bottoms[-1] <= size[1]
    assert page.evaluate("document.querySelector('.adj-row img').offsetWidth") >= size[0] * 0.9


def test_the_next_row_is_painted_well_within_the_four_seconds_a_row_may_take(page: Page, harness: Harness) -> None:
    rows = tuple((sheet, sheet % 13 + 1, "blank", "blank") for sheet in range(1, 25))
    desk = Desk(page, harness, rows=rows)
    page.evaluate(TIMES)
    desk.keys("E" * 23)
    page.wait_for_timeout(100)
    times = page.evaluate("window.times")
    print(f"\nkey → next row painted: median {median(times):.0f} ms, slowest {max(times):.0f} ms of {len(times)}")
    assert len(times) == 23
    assert median(times) < 150
    assert max(times) < 1000


def test_the_pictures_to_come_are_fetched_before_they_are_asked_for(page: Page, harness: Harness) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/anh/" in request.url else None)
    Desk(page, harness)
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter(one => one.name.includes('/anh/')).length >= 10"
    )
    assert len([url for url in asked if url.endswith("dong.png")]) == 5


def test_nothing_is_kept_in_the_browser_and_no_number_but_what_is_left_is_shown(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    desk.keys("E2")
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    shown = [page.inner_text(place) for place in (".adj-left", ".adj-groups", ".adj-asked", ".adj-who")]
    assert kept == [0, 0, ""]
    assert re.findall(r"\d+", " ".join(shown)) == ["5", "1", "1", "1", "1", "1", "3"]


def test_the_keys_are_buttons_for_a_mouse_too(page: Page, harness: Harness) -> None:
    desk = Desk(page, harness)
    page.wait_for_timeout(SEEN_MS)
    page.locator(".entry-key").filter(has_text="gạch tên").click()
    page.wait_for_timeout(SEEN_MS)
    page.locator(".adj-caption").nth(2).click()
    page.wait_for_selector(".adj:not(.adj--busy)")
    assert desk.answers == [(3, 12, "struck"), (7, 2, "low")]


def test_every_word_of_the_desk_is_on_its_page(harness: Harness) -> None:
    source = (STATIC / "built" / "adjudication.js").read_text(encoding="utf-8")
    template = (STATIC.parent / "templates" / "adjudication" / "desk.html").read_text(encoding="utf-8")
    asked = set(re.findall(r'say\d?\("(\w+)"', source)) | set(re.findall(r'word: "(\w+)"', source))
    told = {re.sub(r"-(\w)", lambda part: part[1].upper(), name) for name in re.findall(r"data-([\w-]+)=", template)}
    assert asked - told == set()
    assert PAD.keys() >= set("*-/+E")
