"""Names taken apart: họ và tên đệm, tên, and what is not the name."""

from __future__ import annotations

import pytest

from tinnhiem.people import Stripped, is_all_capitals, proper_case, split_name, strip_honorifics, tidy


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Văn An", ("Nguyễn Văn", "An")),
        ("  Lê\u00a0Thị   Ngọc  Ánh ", ("Lê Thị Ngọc", "Ánh")),
        ("Ksor H'Nga", ("Ksor", "H'Nga")),
        ("An", ("", "An")),
        ("", ("", "")),
    ],
)
def test_the_last_word_is_the_given_name(full: str, parts: tuple[str, str]):
    assert split_name(full) == parts


def test_decomposed_letters_are_composed():
    assert tidy("Nguye\u0302\u0303n Thi\u0323 U\u031bng") == "Nguyễn Thị Ưng"


@pytest.mark.parametrize(
    ("typed", "stripped"),
    [
        ("Đ/c Nguyễn Văn A", Stripped(name="Nguyễn Văn A", titles=("Đ/c",))),
        ("đồng chí: Y Ghĭ Niê", Stripped(name="Y Ghĭ Niê", titles=("đồng chí:",))),
        ("PGS.TS. Hồ D", Stripped(name="Hồ D", titles=("PGS.", "TS."))),
        ("Đại tá Lê Văn C", Stripped(name="Lê Văn C", titles=("Đại tá",))),
        ("Thiếu uý Lê Văn C", Stripped(name="Lê Văn C", titles=("Thiếu uý",))),
        ("TS. Trần Thị B (Nữ)", Stripped(name="Trần Thị B", titles=("TS.",), sex="Nữ")),
        ("Nguyễn Thị Lan, TS.", Stripped(name="Nguyễn Thị Lan", titles=("TS",))),
        ("Ông Cao Minh", Stripped(name="Ông Cao Minh")),
        ("Tạ Đại Tá", Stripped(name="Tạ Đại Tá")),
        ("Nguyễn Văn A", Stripped(name="Nguyễn Văn A")),
    ],
)
def test_titles_are_taken_off_a_name_and_told(typed: str, stripped: Stripped):
    assert strip_honorifics(typed) == stripped


def test_ong_and_ba_go_only_where_the_whole_column_is_written_so():
    assert strip_honorifics("Bà Trần Thị B", addressed=True) == Stripped(name="Trần Thị B", titles=("Bà",))


def test_a_title_alone_is_left_as_the_name():
    assert strip_honorifics("Linh mục ").name == "Linh mục"


@pytest.mark.parametrize(
    ("name", "capitals"),
    [("NGUYỄN VĂN A", True), ("Nguyễn Văn A", False), ("Y NI", False), ("H'LAN ÊBAN", True), ("AN", False)],
)
def test_a_name_all_in_capitals_is_noticed(name: str, capitals: bool):
    assert is_all_capitals(name) is capitals


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("NGUYỄN VĂN ĐỨC", "Nguyễn Văn Đức"), ("H'LAN ÊBAN", "H'Lan Êban"), ("ĐIỂU K’LƠI", "Điểu K’Lơi")],
)
def test_first_capitals_are_offered(typed: str, offered: str):
    assert proper_case(typed) == offered
