from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.typeset.words import (
    NumberUnreadable,
    hour,
    in_words,
    long_date,
    roman,
    short_date,
    spelled,
)

READ = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    47: "bốn mươi bảy",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh tư",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    500: "năm trăm",
    555: "năm trăm năm mươi lăm",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1050: "một nghìn không trăm năm mươi",
    2015: "hai nghìn không trăm mười lăm",
    21021: "hai mươi mốt nghìn không trăm hai mươi mốt",
    105004: "một trăm linh năm nghìn không trăm linh tư",
    999999: "chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
}


@pytest.mark.parametrize(("number", "words"), READ.items())
def test_a_number_is_read_as_a_board_reads_it(number, words):
    assert in_words(number) == words


def test_the_south_says_another_word_for_an_empty_tens_place():
    assert in_words(47_108, "lẻ") == "bốn mươi bảy nghìn một trăm lẻ tám"


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_beyond_what_is_read_is_refused(number):
    with pytest.raises(NumberUnreadable) as refused:
        in_words(number)
    assert refused.value == NumberUnreadable(number=number)


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_two_numbers_never_read_the_same(one, other):
    assert (in_words(one) == in_words(other)) == (one == other)


def test_a_day_below_ten_and_the_first_two_months_carry_a_zero():
    days = [datetime.date(2023, 7, 5), datetime.date(2024, 2, 12), datetime.date(2026, 11, 30)]
    assert [long_date(day).replace("\u00a0", " ") for day in days] == [
        "ngày 05 tháng 7 năm 2023",
        "ngày 12 tháng 02 năm 2024",
        "ngày 30 tháng 11 năm 2026",
    ]


def test_a_date_does_not_break_between_a_word_and_its_number():
    assert long_date(datetime.date(2023, 7, 5)) == "ngày\u00a005 tháng\u00a07 năm\u00a02023"


def test_a_short_date_carries_the_same_zeros():
    assert short_date(datetime.date(2023, 2, 5)) == "05/02/2023"


def test_an_hour_is_written_out():
    assert hour(datetime.time(9, 5)) == "09\u00a0giờ\u00a005\u00a0phút"


def test_an_hour_not_known_is_left_to_the_pen():
    assert hour(None) == "……\u00a0giờ ……\u00a0phút"


def test_an_office_has_one_place_for_the_mark_of_uy():
    assert spelled("Ủy ban, TỈNH ỦY, ủy viên", "uỷ") == "Uỷ ban, TỈNH UỶ, uỷ viên"
    assert spelled("Uỷ ban, TỈNH UỶ, ủy viên", "ủy") == "Ủy ban, TỈNH ỦY, ủy viên"


def test_sections_are_numbered_in_roman():
    assert [roman(number) for number in (1, 4, 9, 14, 29)] == ["I", "IV", "IX", "XIV", "XXIX"]
