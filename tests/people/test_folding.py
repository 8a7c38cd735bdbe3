"""Search without marks, and when two spellings are one name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.people import fold, initials, matches, same_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Đức Thịnh", "nguyen duc thinh"),
        ("H’Lan Êban", "hlan eban"),
        ("Rơ Čăm Ƀlơ̆i", "ro cam bloi"),
        ("  Ưng\u00a0Hoà ", "ung hoa"),
    ],
)
def test_folding_drops_every_mark(text: str, folded: str):
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_composed_and_decomposed_text_fold_to_one(text: str):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("Thuý", "Thúy"),
        ("Lý", "Lí"),
        ("Nguyễn Quý Mỹ", "NGUYỄN QUÍ MĨ"),
        ("H'Lan Êban", "HʼLan  Êban"),
        ("Nguyen Van Hung", "Nguyễn Văn Hùng"),
    ],
)
def test_habits_of_spelling_do_not_make_two_names(one: str, other: str):
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Văn Hùng", "Văn Hưng"), ("Thúy", "Thúi"), ("Đào", "Dào"), ("Lê Hoa", "Lê Hòa Bình"), ("Hoà", "Hoả")],
)
def test_other_letters_or_tones_make_two_names(one: str, other: str):
    assert not same_name(one, other)


def test_initials_are_those_of_a_phone_book():
    assert initials("Đặng Thị Ánh") == "dta"


@pytest.mark.parametrize("query", ["nvh", "vh", "hung", "nguyen hung", "Hùng", "văn hùng", "ngu"])
def test_a_name_answers_to_initials_and_beginnings_of_words(query: str):
    assert matches(query, "Nguyễn Văn Hùng")


@pytest.mark.parametrize("query", ["", " ", "hưng", "hn", "binh", "n v k"])
def test_a_name_does_not_answer_to_others(query: str):
    assert not matches(query, "Nguyễn Văn Hùng")
