"""What could be a syllable of Vietnamese."""

from __future__ import annotations

import pytest

from tinnhiem.people import is_vietnamese_syllable


@pytest.mark.parametrize(
    "word",
    "Nguyễn văn THUỶ Thủy Hoà hòa Quỳnh quyết giếng gì nghĩa Khuyên ước ỷ Yến Xoong người khuỷu Đoàn ngoằn ăn".split(),
)
def test_a_syllable_is_known(word: str):
    assert is_vietnamese_syllable(word)


@pytest.mark.parametrize("word", ["", *"Êban Ksor François thr côt TuÊn bac hộc'k ngnh dđi 12 VăN cầch".split()])
def test_what_is_no_syllable_is_refused(word: str):
    assert not is_vietnamese_syllable(word)
