"""Widths of text in our type, held against what the typesetter draws, and where lines break."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.typeset import fonts
from tinnhiem.typeset.measure import POINT, balanced, broken, width

SYLLABLES = "Nguyễn Trần Lê Nghiêng Thuỷ Quỳnh Ớt Bưởi Ổi ĐƯỜNG ƯỠN i l W".split()
texts = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=20).map(" ".join)
widths = st.integers(8, 120).map(float)


def drawn_width(text: str, size: float, weight: str, style: str) -> float:
    """How wide the typesetter makes a line, mm, without kerning and ligatures."""
    page = f"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "{fonts.FAMILY}", size: {size}pt, weight: "{weight}", style: "{style}", kerning: false, ligatures: false)
#box[{text}]"""
    ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    return pypdfium2.PdfDocument(typst.compile(page.encode("utf-8"), font_paths=ours))[0].get_width() * POINT


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_a_line_is_as_wide_as_the_typesetter_draws_it(bold: bool, italic: bool) -> None:
    text = "Ủy viên Ban Thường vụ AVAST Tỉnh ủy fi 1234"
    drawn = drawn_width(text, 12, "bold" if bold else "regular", "italic" if italic else "normal")
    assert width(text, 12, bold=bold, italic=italic) == pytest.approx(drawn, abs=0.02)


def test_letters_in_pieces_are_as_wide_as_whole_ones() -> None:
    assert width(unicodedata.normalize("NFD", "Nguyễn Thị Bưởi"), 12) == width("Nguyễn Thị Bưởi", 12)


def test_twice_the_size_is_twice_as_wide() -> None:
    assert width("Quỳnh", 24) == pytest.approx(2 * width("Quỳnh", 12))


@given(texts, widths)
def test_no_line_is_wider_than_the_room(text: str, room: float) -> None:
    assert max(width(line, 12) for line in broken(text, room, 12)) <= room


@given(texts, widths)
def test_no_letter_is_lost_by_breaking(text: str, room: float) -> None:
    assert "".join(broken(text, room, 12)).replace(" ", "") == text.replace(" ", "")


@given(texts)
def test_words_stay_whole_where_the_room_holds_them(text: str) -> None:
    room = max(width(word, 12) for word in text.split())
    assert " ".join(broken(text, room, 12)) == text


@given(texts, widths)
def test_balanced_lines_are_as_few_as_they_can_be(text: str, room: float) -> None:
    assert len(balanced(text, room, 12)) == len(broken(text, room, 12))


@given(texts, widths)
def test_no_balanced_line_is_wider_than_the_room(text: str, room: float) -> None:
    assert max(width(line, 12) for line in balanced(text, room, 12)) <= room


@given(texts, widths)
def test_no_letter_is_lost_by_balancing(text: str, room: float) -> None:
    assert "".join(balanced(text, room, 12)).replace(" ", "") == text.replace(" ", "")


def test_a_word_wider_than_the_room_is_broken_and_not_lost() -> None:
    assert "".join(broken("Nghiêngnghiêngnghiêng", 15, 12)) == "Nghiêngnghiêngnghiêng"


def test_a_line_end_in_the_text_stays_one() -> None:
    assert broken("Lê Thị\nBưởi", 100, 12) == ("Lê Thị", "Bưởi")


def test_no_text_has_no_line() -> None:
    assert broken("", 100, 12) == ()


def test_two_lines_are_balanced_rather_than_filled() -> None:
    text = "Chủ nhiệm Ủy ban Khoa học"
    room = width("Chủ nhiệm Ủy ban Khoa", 12)
    assert balanced(text, room, 12) == ("Chủ nhiệm Ủy", "ban Khoa học")
