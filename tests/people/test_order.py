"""Order of names: by tên, by the Vietnamese alphabet, tones last."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.people import Name, sort_key, split_name, tone_order_words
from tinnhiem.people.order import ALPHABET

LETTERS = st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)


def name(full: str, sort_name: str = "") -> Name:
    family, given_name = split_name(full)
    return Name(family=family, given=given_name, sort_name=sort_name)


def in_order(names: list[str], **settings: str) -> list[str]:
    shuffled = random.Random(7).sample(names, len(names))
    return sorted(shuffled, key=lambda full: sort_key(name(full), **settings))


@pytest.mark.parametrize(
    "names",
    [
        ["An", "Anh", "Ánh", "Ăn", "Ân", "Ấn", "Bình"],
        ["Cúc", "Dung", "Dũng", "Đào", "Đức", "Em", "Êm", "Gấm"],
        ["Hoa", "Hòa", "Hóa", "Hoà Hợp", "Hồng"],
        ["Oanh", "Ông", "Ơn", "Phúc", "Quý", "Sơn", "Tâm", "Tú", "Tư", "Uyên", "Ước", "Vân", "Xuân", "Yến"],
        ["Bay", "Ƀay", "Cam", "Čam", "Dam", "Ea", "Ĕa", "Êa", "Na", "Ña", "Oa", "Ŏa", "Ôa", "Ua", "Ŭa", "Ưa"],
    ],
)
def test_given_names_stand_in_the_order_of_the_vietnamese_alphabet(names: list[str]):
    assert in_order([each for each in names if " " not in each]) == [each for each in names if " " not in each]


def test_a_list_is_sorted_by_given_name_then_by_the_words_before_it():
    names = ["Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Trần Bình", "Bùi Cúc"]
    assert in_order(names) == names


def test_family_names_first_is_a_setting():
    names = ["Bùi Cúc", "Lê Văn An", "Nguyễn Thị An", "Trần Bình"]
    assert in_order(names, order="family-first") == names


def test_the_dictionary_order_of_tones():
    names = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    assert in_order(names, tones="dictionary") == names


def test_the_school_order_of_tones():
    names = ["Ma", "Mà", "Má", "Mả", "Mã", "Mạ"]
    assert in_order(names, tones="school") == names


def test_the_order_of_tones_can_be_named_on_the_page():
    assert tone_order_words() == "không dấu–huyền–hỏi–ngã–sắc–nặng"
    assert tone_order_words("school") == "không dấu–huyền–sắc–hỏi–ngã–nặng"


def test_the_letters_of_a_syllable_weigh_more_than_its_tone():
    assert in_order(["Hạ", "Han", "Hà"]) == ["Hà", "Hạ", "Han"]


def test_a_name_with_its_sort_name_given_stands_there():
    people = [name("Y Ghĭ Niê", "Ghĭ"), name("Lê Gấm"), name("Trần Hà")]
    assert [each.full for each in sorted(people, key=sort_key)] == ["Lê Gấm", "Y Ghĭ Niê", "Trần Hà"]


def test_apostrophes_and_capitals_do_not_count():
    assert in_order(["Điểu K'Lơi", "Điểu KHÁNH", "Điểu KʼLan"]) == ["Điểu KHÁNH", "Điểu KʼLan", "Điểu K'Lơi"]


def test_the_place_of_the_tone_mark_does_not_count():
    first, second = sort_key(name("Lê Hoà")), sort_key(name("Lê Hòa"))
    assert first[:2] == second[:2]


def test_every_letter_of_the_alphabet_stands_after_the_one_before():
    keys = [sort_key(Name(family="", given=letter))[0] for letter in ALPHABET]
    assert all(before < after for before, after in itertools.pairwise(keys))


@given(st.lists(NAMES, max_size=12, unique=True), st.randoms())
def test_the_order_never_depends_on_the_order_before(names: list[str], chance: random.Random):
    expected = sorted(names, key=lambda full: sort_key(name(full)))
    chance.shuffle(names)
    assert sorted(names, key=lambda full: sort_key(name(full))) == expected
