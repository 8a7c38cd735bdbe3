from __future__ import annotations

import itertools
import unicodedata

import pytest

from tinnhiem.typeset.fonts import LettersMissing, missing_letters, refuse_missing_letters

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = {
    unicodedata.normalize("NFC", form(vowel) + tone)
    for vowel, tone, form in itertools.product(VOWELS, TONES, (str.lower, str.upper))
} | {"đ", "Đ"}
"""Mọi chữ có dấu của tiếng Việt, chữ thường và chữ hoa."""

HIGHLAND = "čĕĭŏŭƀñ’ʼČĔĬŎŬɃÑ" + "ê̆ô̆ơ̆ư̆"
"""Chữ Ê Đê, Gia Rai và các tiếng lân cận."""


def test_there_are_146_vietnamese_letters():
    assert len(VIETNAMESE) == 146


def test_every_vietnamese_letter_can_be_drawn():
    assert missing_letters("".join(sorted(VIETNAMESE))) == ""


def test_every_letter_of_e_de_and_gia_rai_can_be_drawn():
    assert missing_letters(HIGHLAND) == ""


def test_decomposed_vietnamese_can_be_drawn():
    assert missing_letters(unicodedata.normalize("NFD", "Nguyễn Thị Phượng Ửng")) == ""


def test_letters_that_the_font_lacks_are_each_named_once():
    assert missing_letters("Trần 漢字漢 Ánh ☐\n") == "漢字☐"


def test_a_text_with_a_letter_the_font_lacks_is_refused_by_name():
    with pytest.raises(LettersMissing) as refused:
        refuse_missing_letters("Trần 漢 Ánh", "Biên bản kiểm phiếu")
    assert refused.value == LettersMissing("Biên bản kiểm phiếu", letters="“漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)")
