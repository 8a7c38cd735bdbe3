from __future__ import annotations

import datetime

import pytest

from tinnhiem.typeset.headings import WORDING, heading

DAY = datetime.date(2023, 7, 5)


def texts(lines):
    return [(line.text, line.rule) for line in lines]


def test_a_party_head_has_an_asterisk_under_the_body_and_the_number_without_a_colon():
    head = heading(
        "party", superior="Đảng bộ tỉnh Bình Sơn", body="Tỉnh ủy Bình Sơn", number="12-BB/TU", place="Bình Sơn", day=DAY
    )
    assert texts(head.left) == [
        ("ĐẢNG BỘ TỈNH BÌNH SƠN", "none"),
        ("TỈNH ỦY BÌNH SƠN", "asterisk"),
        ("Số 12-BB/TU", "none"),
    ]
    assert texts(head.right) == [("ĐẢNG CỘNG SẢN VIỆT NAM", "own_length")]


def test_a_state_head_has_a_rule_under_the_body_and_the_number_with_a_colon():
    head = heading("state", body="Hội đồng nhân dân\ntỉnh Bình Sơn", number="12/BB-HĐND", place="Bình Sơn", day=DAY)
    assert texts(head.left) == [
        ("HỘI ĐỒNG NHÂN DÂN", "none"),
        ("TỈNH BÌNH SƠN", "third"),
        ("Số: 12/BB-HĐND", "none"),
    ]
    assert texts(head.right) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "none"),
        ("Độc lập - Tự do - Hạnh phúc", "own_length"),
    ]


def test_the_left_block_ends_with_the_meeting_and_the_board():
    head = heading("party", body="Tỉnh ủy", below_body=("Hội nghị lần thứ 15", "Ban kiểm phiếu"), place="", day=DAY)
    assert texts(head.left) == [
        ("TỈNH ỦY", "none"),
        ("HỘI NGHỊ LẦN THỨ 15", "none"),
        ("BAN KIỂM PHIẾU", "asterisk"),
    ]


def test_place_and_day_stand_at_the_right():
    head = heading("state", body="X", place="Bình Sơn", day=DAY)
    assert head.place_and_day == "Bình Sơn, ngày\u00a005 tháng\u00a07 năm\u00a02023"


def test_a_day_that_is_not_set_is_left_to_the_pen():
    assert heading("state", body="X", place="", day=None).place_and_day == "……………, ngày …… tháng …… năm ………"


@pytest.mark.parametrize("field", ["meeting", "chair", "box", "person", "on_behalf"])
def test_party_and_state_have_words_of_their_own(field):
    assert getattr(WORDING["party"], field) != getattr(WORDING["state"], field)
