"""Old encodings: the tables, telling them from Unicode, and never mistaking plain text for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.people import detect, to_unicode
from tinnhiem.people.legacy import TCVN3, TCVN3_TONES, VNI, Encoding

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
SMALL = [letter for letter in [*TONED, "đ"] if not letter.isascii()]
CAPITALS = [letter.upper() for letter in SMALL]

PEOPLE = [
    "Nguyễn Đức Thuận", "Trần Thị Ánh Tuyết", "Lê Hữu Phước", "Phạm Quỳnh Như", "Hoàng Khắc Điệp", "Vũ Xuân Mạnh",
    "Đặng Thị Thủy", "Bùi Trường Giang", "Đỗ Nghĩa Dũng", "Hồ Sỹ Kỷ", "Ngô Bảo Yến", "Dương Ngọc Lợi", "Lý Cẩm Tú",
    "Phó Giám đốc Sở Nội vụ", "Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng phòng Tổ chức cán bộ", "Chánh Văn phòng",
]  # fmt: skip
# Words with marks in other languages, and the signs that old files and old encodings share.
WESTERN = (
    "François Hélène Noël où né thé café déjà été élève Gérard Crème brûlée naïf haï maïs garçon à là âgé Müller Größe Jürgen"
    " über Škoda niño año mañana São João coração não Ängström blåbær fjörd İstanbul ÉLÈVE ÉCOLE NOËL où, ça Thaï Loïc aîné"
    " © ® § µm 5µ 10°C ±3 ½ × ÷ «mot» ¿qué? £5 ª º m² — plus resume office computer Hanoi Saigon"
).split()


def typed_in(table: dict[str, str], text: str) -> str:
    back = {letter: signs for signs, letter in reversed(table.items())}
    return "".join(back.get(letter, letter) for letter in text)


def test_there_are_one_hundred_and_thirty_four_letters_with_marks():
    assert len(SMALL + CAPITALS) == 134


def test_every_letter_with_a_mark_survives_vni():
    assert [to_unicode(typed_in(VNI, letter), "VNI") for letter in SMALL + CAPITALS] == SMALL + CAPITALS


def test_every_small_letter_with_a_mark_survives_tcvn3():
    # In the middle of a word; at the beginning a letter gets its capital back.
    assert [to_unicode("x" + typed_in(TCVN3, letter), "TCVN3") for letter in SMALL] == ["x" + each for each in SMALL]


def test_tcvn3_holds_the_seven_capitals_without_a_tone():
    assert [letter for letter in CAPITALS if letter in TCVN3.values()] == ["Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ"]


def test_a_tone_sign_after_a_capital_is_composed_in_tcvn3():
    bases = {letter: sign for sign, letter in TCVN3.items()}
    for capital in CAPITALS:
        base, tone = capital, ""
        decomposed = unicodedata.normalize("NFD", capital)
        for sign, mark in TCVN3_TONES.items():
            if mark in decomposed:
                base, tone = unicodedata.normalize("NFC", decomposed.replace(mark, "")), sign
        assert to_unicode("X" + bases.get(base, base) + tone, "TCVN3") == "X" + capital


@pytest.mark.parametrize(
    ("typed", "encoding", "unicode"),
    [
        ("NguyÔn V¨n Hïng", "TCVN3", "Nguyễn Văn Hùng"),
        ("TrÇn ThÞ ¸nh", "TCVN3", "Trần Thị ánh"),
        ("§ç ®¹i ®ång", "TCVN3", "Đỗ đại đồng"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Nguyeãn Vaên Huøng", "VNI", "Nguyễn Văn Hùng"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑAËNG THÒ THUÛY", "VNI", "ĐẶNG THỊ THỦY"),
    ],
)
def test_text_as_old_files_carry_it(typed: str, encoding: Encoding, unicode: str):
    assert (detect([typed]), to_unicode(typed, encoding)) == (encoding, unicode)


def test_the_first_letters_of_a_name_get_their_capitals_back():
    assert to_unicode("TrÇn ThÞ ¸nh", "TCVN3", names=True) == "Trần Thị Ánh"


@pytest.mark.parametrize("typed", ["nguyÔn v¨n hïng", "NGUYÔN V¡N HïNG"])
def test_a_name_in_the_capital_font_comes_back_in_capitals(typed: str):
    assert to_unicode(typed, "TCVN3", names=True) == "NGUYỄN VĂN HÙNG"


@given(st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=8, unique=True), st.sampled_from(["TCVN3", "VNI"]))
def test_a_column_in_an_old_encoding_is_found_and_comes_back(texts: list[str], encoding: Encoding):
    table = TCVN3 if encoding == "TCVN3" else VNI
    typed = [typed_in(table, text) for text in texts]
    # TCVN3 has no Á or Ủ: typed as their small letters they come back as capitals where a text or name begins.
    typed = [
        typed_in(table, text.lower()) if any(c in text for c in "ÁỦ") and table is TCVN3 else old
        for text, old in zip(texts, typed, strict=True)
    ]
    assert detect(typed) == encoding
    assert [to_unicode(old, encoding).lower() for old in typed] == [text.lower() for text in texts]


@given(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=8), st.sampled_from(["NFC", "NFD"]))
def test_unicode_vietnamese_is_never_taken_for_an_old_encoding(texts: list[str], form: str):
    assert detect([unicodedata.normalize(form, text) for text in texts]) is None


@given(st.lists(st.lists(st.sampled_from(WESTERN), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8))
def test_western_text_is_never_taken_for_an_old_encoding(texts: list[str]):
    assert detect(texts) is None


@given(st.lists(st.text(st.characters(max_codepoint=0x7F), max_size=40), max_size=8))
def test_plain_ascii_is_never_taken_for_an_old_encoding(texts: list[str]):
    assert detect(texts) is None


@given(
    st.lists(
        st.sampled_from(["Hà", "Lê", "Thái", "Hòa", "Cao", "Nam", "Vò", "Tô", "Kiên", "Tân", "Tý", "Bé"]), min_size=1
    ).map(" ".join)
)
def test_vietnamese_that_needs_no_letter_beyond_latin_stays(text: str):
    assert detect([text]) is None
