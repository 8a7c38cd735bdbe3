"""Trang nhập phiếu trong Chromium thật: keys in, marks and posts out."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.gallery import DESK
from tests.web.grid import Grid
from tests.web.harness import STATIC, Harness

NINE = ["high", "medium", "low", "blank", "over", "struck", "high", "high", "low"]


def test_each_key_of_the_pad_writes_its_mark_and_enter_saves_the_sheet(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("1230*-113")
    assert grid.marks() == NINE
    grid.keys("E")
    grid.wait_for("đã lưu")
    assert harness.posts == [{"sheet": 8, "lines": NINE, "invalid": None}]
    assert harness.tokens == ["token-of-the-page"]
    assert grid.message == "Phiếu thứ 8 đã lưu."
    assert grid.title == "Phiếu thứ 9 / 25"
    assert grid.marks() == [None] * 9


def test_the_digits_above_the_letters_write_the_same_marks(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    for key in ("1", "2", "3", "0", "Shift+*", "-"):
        page.keyboard.press(key)
    assert grid.marks() == [*NINE[:6], None, None, None]


def test_the_pad_works_with_num_lock_off(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.send("Numpad1", "End", 35)
    grid.send("Numpad2", "ArrowDown", 40)
    grid.send("Numpad0", "Insert", 45)
    assert grid.marks() == ["high", "medium", "blank", *[None] * 6]


def test_the_digit_row_of_the_windows_vietnamese_layout_is_read_by_place(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    for code, letter, virtual in (("Digit1", "ă", 49), ("Digit2", "â", 50), ("Digit3", "ê", 51), ("Digit0", "đ", 48)):
        grid.send(code, letter, virtual)
    assert grid.marks() == ["high", "medium", "low", "blank", *[None] * 5]


def test_no_level_is_filled_before_a_key_is_pressed(page: Page, harness: Harness) -> None:
    assert Grid(page, harness, lines=44).marks() == [None] * 44


def test_enter_on_an_unfinished_sheet_names_the_line_and_goes_there(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("12E")
    assert grid.message == "Dòng 3 (Lê Quốc Bình) chưa ghi. Ghi nốt rồi bấm Enter."
    assert page.get_attribute(".entry-row--current", "id") == "entry-line-2"
    assert harness.posts == []


def test_a_digit_too_many_is_refused_and_told(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("1111111112")
    assert grid.marks() == ["high"] * 9
    assert grid.message == "Phiếu đã đủ 9 dòng, phím 2 không được ghi. So lại từng dòng với phiếu giấy."


def test_a_digit_without_a_column_writes_nothing(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("4")
    assert grid.marks() == [None] * 9
    assert grid.message == "Phím 4 không ứng với ô nào, không có gì được ghi."


def test_backspace_takes_back_the_last_mark_only(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("123")
    grid.undo()
    assert grid.marks() == ["high", "medium", *[None] * 7]
    grid.keys("1")
    assert grid.marks() == ["high", "medium", "high", *[None] * 6]


def test_a_line_mended_with_the_arrows_gives_back_its_old_mark_on_backspace(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("111")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    grid.keys("3")
    assert grid.marks() == ["high", "low", "high", *[None] * 6]
    assert page.get_attribute(".entry-row--current", "id") == "entry-line-3"
    grid.undo()
    assert grid.marks() == ["high", "high", "high", *[None] * 6]


@pytest.mark.parametrize("key", ["Escape", "Delete"])
def test_the_sheet_is_cleared_by_two_presses_not_by_one(page: Page, harness: Harness, key: str) -> None:
    grid = Grid(page, harness)
    grid.keys("12")
    page.keyboard.press(key)
    assert grid.marks() == ["high", "medium", *[None] * 7]
    assert grid.message == "Bấm Esc lần nữa để xóa cả phiếu đang nhập."
    page.keyboard.press(key)
    assert grid.marks() == [None] * 9


def test_a_key_between_two_escapes_keeps_the_sheet(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("12")
    page.keyboard.press("Escape")
    grid.keys("3")
    page.keyboard.press("Escape")
    assert grid.marks() == ["high", "medium", "low", *[None] * 6]


def test_a_wholly_invalid_sheet_is_sent_with_the_books_reason_and_no_marks(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("12/2")
    assert grid.text(".entry-invalid-reason") == "Phiếu không có dấu treo"
    grid.keys("E")
    grid.wait_for("đã lưu")
    assert harness.posts == [{"sheet": 8, "lines": None, "invalid": "no_stamp"}]


def test_backspace_lifts_whole_invalidity_and_the_marks_are_still_there(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("12/2")
    grid.undo()
    grid.keys("3")
    assert grid.marks() == ["high", "medium", "low", *[None] * 6]


def test_a_held_key_counts_once(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.send("Numpad1", "1", 97)
    for _ in range(5):
        grid.send("Numpad1", "1", 97, repeat=True)
    assert grid.marks() == ["high", *[None] * 8]


def test_keys_with_control_or_alt_write_nothing(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    for modifiers in (1, 2, 4):
        grid.send("Digit1", "1", 49, modifiers=modifiers)
    assert grid.marks() == [None] * 9


def test_a_lost_connection_keeps_the_sheet_and_enter_sends_it_again(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    works = harness.answer
    harness.answer = lambda _: None
    grid.keys("111111111E")
    grid.wait_for("CHƯA lưu")
    assert grid.marks() == ["high"] * 9
    assert grid.title == "Phiếu thứ 8 / 25"
    assert page.get_attribute(".entry-message", "role") == "alert"
    harness.answer = works
    grid.keys("E")
    grid.wait_for("đã lưu")
    assert [post["sheet"] for post in harness.posts] == [8]


def test_a_refusal_of_the_desk_is_shown_in_its_own_words(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    harness.answer = lambda _: (409, {"message": "Tập 3 đã khóa."})
    grid.keys("111111111E")
    grid.wait_for("CHƯA lưu")
    assert grid.message == "Phiếu thứ 8 CHƯA lưu. Tập 3 đã khóa."
    assert grid.marks() == ["high"] * 9


def test_a_log_in_page_in_place_of_an_answer_is_not_taken_for_a_save(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    harness.answer = lambda _: (302, {})
    grid.keys("111111111E")
    grid.wait_for("CHƯA lưu")
    assert grid.title == "Phiếu thứ 8 / 25"


def test_an_answer_for_another_sheet_is_not_taken_for_a_save(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    harness.answer = lambda _: (200, {"saved": 7, "next": 8})
    grid.keys("111111111E")
    grid.wait_for("CHƯA lưu")
    assert grid.marks() == ["high"] * 9


def test_keys_typed_while_a_sheet_is_on_its_way_belong_to_the_next_sheet(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    works = harness.answer

    def slowly(body: dict[str, object]) -> tuple[int, dict[str, object]] | None:
        time.sleep(0.4)
        return works(body)

    harness.answer = slowly
    grid.keys("111111111E" + "222222222E" + "33")
    page.wait_for_function("() => document.querySelectorAll('.entry-row--marked').length === 2")
    assert [post["lines"] for post in harness.posts] == [["high"] * 9, ["medium"] * 9]
    assert grid.marks() == ["low", "low", *[None] * 7]
    assert grid.title == "Phiếu thứ 10 / 25"


def test_an_earlier_sheet_is_keyed_again_blind_and_the_pile_goes_on_where_it_was(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("+3E")
    assert grid.title == "Nhập lại phiếu thứ 3 / 25"
    assert grid.marks() == [None] * 9
    grid.keys("333333333E")
    grid.wait_for("đã lưu")
    assert harness.posts == [{"sheet": 3, "lines": ["low"] * 9, "invalid": None}]
    assert grid.title == "Phiếu thứ 8 / 25"


@pytest.mark.parametrize("number", ["0", "8", "25", "999"])
def test_only_sheets_already_saved_can_be_keyed_again(page: Page, harness: Harness, number: str) -> None:
    grid = Grid(page, harness)
    grid.keys(f"+{number}E")
    assert grid.message == "Chỉ nhập lại được phiếu từ 1 đến 7."
    assert grid.title == "Phiếu thứ 8 / 25"


def test_a_sheet_half_keyed_is_not_left_for_another(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("1+")
    assert grid.message.startswith("Phiếu thứ 8 đang nhập dở.")
    assert grid.marks() == ["high", *[None] * 8]


def test_escape_leaves_a_saved_sheet_as_it_is(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("+3E")
    page.keyboard.press("Escape")
    assert grid.title == "Phiếu thứ 8 / 25"
    assert harness.posts == []


def test_the_last_sheet_leads_to_the_finish_form_and_enter_ends_the_pile(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness, next=25)
    grid.keys("111111111E")
    page.wait_for_selector(".entry-finish:not([hidden])")
    assert grid.text(".entry-finish-ask") == "Đã nhập 25/25 phiếu của tập 3."
    page.wait_for_timeout(700)
    with page.expect_navigation():
        grid.keys("E")
    assert harness.finished == ["csrfmiddlewaretoken=token-of-the-page"]


def test_an_enter_typed_twice_does_not_end_the_pile(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness, next=25)
    grid.keys("111111111EE")
    page.wait_for_selector(".entry-finish:not([hidden])")
    page.wait_for_timeout(100)
    assert harness.finished == []


def test_a_sheet_can_be_keyed_again_after_the_last_one(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness, next=26)
    grid.keys("+26E")
    assert grid.message == "Chỉ nhập lại được phiếu từ 1 đến 25."
    assert grid.title == "Tập 3: hết phiếu"
    grid.keys("25E222222222E")
    page.wait_for_selector(".entry-finish:not([hidden])")
    assert harness.posts == [{"sheet": 25, "lines": ["medium"] * 9, "invalid": None}]


@pytest.mark.parametrize("height", [768, 640])
def test_forty_four_lines_stand_on_one_screen_of_1366_by_768_with_and_without_the_bars_of_the_browser(
    page: Page, harness: Harness, height: int
) -> None:
    page.set_viewport_size({"width": 1366, "height": height})
    Grid(page, harness, desk=DESK, lines=44)
    overflow = page.evaluate(
        """() => { const legend = document.querySelector('.entry-legend').getBoundingClientRect();
            return {page: document.scrollingElement.scrollHeight - innerHeight,
                    rows: [...document.querySelectorAll('[id^=entry-line-]')].filter(row => {
                        const box = row.getBoundingClientRect();
                        return box.height < 16 || box.bottom > legend.top || box.right > innerWidth; }).length,
                    legend: legend.bottom > innerHeight}; }"""
    )
    assert overflow == {"page": 0, "rows": 0, "legend": False}


def test_a_choice_of_two_and_a_choice_of_four_are_numbered_in_printed_order(page: Page, harness: Harness) -> None:
    four = [{"code": f"c{n}", "label": f"Mức {n}", "short": f"M{n}"} for n in range(1, 5)]
    grid = Grid(page, harness, choices=four)
    grid.keys("4321")
    assert grid.marks() == ["c4", "c3", "c2", "c1", *[None] * 5]


def test_the_legend_names_every_key_from_the_configuration(page: Page, harness: Harness) -> None:
    Grid(page, harness)
    assert page.locator(".entry-key kbd").all_inner_texts() == [
        *("1", "2", "3", "0", "*", "-", "/", "Enter", "←", "Esc", "+")
    ]
    assert page.locator(".entry-key span").all_inner_texts()[:7] == [
        *("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp", "để trống", "đánh từ hai ô", "gạch tên"),
        "cả phiếu không hợp lệ",
    ]


def test_a_drawn_key_does_what_the_real_one_does(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    page.get_by_role("button", name="Tín nhiệm thấp").click()
    page.get_by_role("button", name="đánh từ hai ô").click()
    assert grid.marks() == ["low", "over", *[None] * 7]
    grid.keys("1")
    assert grid.marks()[2] == "high"


def test_nothing_is_kept_in_the_browser(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness)
    grid.keys("111111111E")
    grid.wait_for("đã lưu")
    grid.keys("12")
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_no_sum_by_level_is_on_the_page(page: Page, harness: Harness) -> None:
    grid = Grid(page, harness, lines=9, pile=3, next=1)
    grid.keys("111111111E")
    grid.wait_for("đã lưu")
    figures = page.evaluate(
        """() => [...document.querySelectorAll('.entry-cell')].map(cell => cell.textContent).filter(text => /[0-9]/.test(text))"""
    )
    assert figures == []


def test_every_word_of_the_grid_is_on_the_page(page: Page, harness: Harness) -> None:
    Grid(page, harness)
    sources = Path(__file__).resolve().parents[2] / "web" / "src"
    files = [sources / "entry-grid.ts", *sorted((sources / "entry-grid").rglob("*.ts"))]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    words = page.evaluate("() => Object.keys(document.getElementById('entry-words').dataset)")
    assert [word for word in words if f'"{word}"' not in code] == []
    said = (
        set(re.findall(r'say\(\s*"(\w+)"', code))
        | set(re.findall(r'"(fault\w+)"', code))
        | set(re.findall(r'word: "(\w+)"', code))
    )
    assert sorted(said - set(words)) == []


def test_the_built_island_is_small_and_newer_than_its_sources() -> None:
    built = STATIC / "built" / "entry-grid.js"
    sources = Path(__file__).resolve().parents[2] / "web" / "src"
    assert built.stat().st_size < 30_000
    assert built.stat().st_mtime >= max(path.stat().st_mtime for path in sources.rglob("*.ts")), "run `make setup`"
