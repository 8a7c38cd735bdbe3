"""Bytes to text, to cells, to numbers: each refusal with what it says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.poll import file_faults as fault
from tinnhiem.poll.text_file import (
    LARGEST,
    ROWS_LIMIT,
    Row,
    decode,
    hidden_character,
    percentage,
    read_cells,
    whole_number,
)

COLUMNS = ("a", "b"), ("c",)


def refusal(read: object, *arguments: object) -> TinnhiemError:
    with pytest.raises(TinnhiemError) as caught:
        read(*arguments)
    return caught.value


def cells(text: str) -> tuple[Row, ...]:
    return read_cells(text, "t.csv", *COLUMNS)


def faults_of(text: str) -> tuple[TinnhiemError, ...]:
    return refusal(cells, text).each()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04...", fault.FileNotText("t", kind="Excel/ZIP")),
        (b"PK\x05\x06...", fault.FileNotText("t", kind="ZIP")),
        (b"\xd0\xcf\x11\xe0...", fault.FileNotText("t", kind="Excel/Word 97–2003")),
        (b"%PDF-1.7", fault.FileNotText("t", kind="PDF")),
        (b"\x1f\x8b...", fault.FileNotText("t", kind="GZIP")),
        (b"\x89PNG...", fault.FileNotText("t", kind="PNG")),
        (b"\xff\xd8\xff...", fault.FileNotText("t", kind="JPEG")),
        (b"ab\xb5", fault.FileNotUtf8("t", at=3)),
        (b"ab\ncd\x00", fault.HiddenCharacter("t dòng 2", mark="U+0000")),
        ("a\ufffdb".encode(), fault.HiddenCharacter("t dòng 1", mark="U+FFFD")),
        (b"  \r\n", fault.FileEmpty("t")),
        (b"x" * (ROWS_LIMIT + 1), fault.FileTooLarge("t", size=ROWS_LIMIT + 1, limit=ROWS_LIMIT)),
    ],
)
def test_bytes_that_are_no_text_are_named_as_what_they_are(data: bytes, expected: TinnhiemError) -> None:
    assert refusal(decode, data, "t") == expected


def test_a_file_of_just_the_limit_is_taken() -> None:
    assert decode(b"x" * 10, "t", 10) == "x" * 10
    assert refusal(decode, b"x" * 11, "t", 10) == fault.FileTooLarge("t", size=11, limit=10)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Nguyễn Văn Bưởi, Y Ghĭ Niê, H'Lan – “được” 66,7 %", None),
        ("a\tb", "U+0009"),
        ("a\x7fb", "U+007F"),
        ("a\u0085b", "U+0085"),
        ("a\u200bb", "U+200B"),
        ("a\u202eb", "U+202E"),
        ("a\ufeffb", "U+FEFF"),
        ("a\ue000b", "U+E000"),
        ("a\u2028b", "U+2028"),
        ("a\uffff", "U+FFFF"),
    ],
)
def test_hidden_characters_are_told_by_their_code(text: str, mark: str | None) -> None:
    assert hidden_character(text) == mark


def test_a_heading_of_thousands_of_columns_is_one_fault() -> None:
    assert faults_of(",".join(["x"] * 3000) + "\n") == (fault.CellsExtra("t.csv dòng 1", found=3000, expected=3),)


def test_cells_are_trimmed_composed_and_bear_the_line_of_the_file() -> None:
    assert cells('a,b\n\n 1\u00a0,"x, y"\n,\n"ti\u0309nh","he said ""no"""\n') == (
        Row(number=3, cells={"a": "1", "b": "x, y"}),
        Row(number=5, cells={"a": "tỉnh", "b": 'he said "no"'}),
    )


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "a,x,x\n1,2,3\n",
            (
                fault.ColumnUnknown("t.csv dòng 1", column="x", allowed="a, b, c"),
                fault.ColumnTwice("t.csv dòng 1", column="x"),
                fault.ColumnMissing("t.csv dòng 1", column="b"),
            ),
        ),
        ("a;b\n1;2\n", (fault.SemicolonsFound("t.csv dòng 1"),)),
        ("a,b\n", (fault.FileEmpty("t.csv"),)),
        ("a,b\n,\n", (fault.FileEmpty("t.csv"),)),
        (
            "a,b\n1\n1,2\n1,2,3\n",
            (
                fault.CellsMissing("t.csv dòng 2", found=1, expected=2),
                fault.CellsExtra("t.csv dòng 4", found=3, expected=2),
            ),
        ),
        (
            'a,b\n1\n"1,2\n',
            (fault.CellsMissing("t.csv dòng 2", found=1, expected=2), fault.CsvMalformed("t.csv dòng 3")),
        ),
        ('a,b\n1,"x\ny"\n', (fault.HiddenCharacter("t.csv dòng 2", mark="U+000A"),)),
        ('a,b\n1,"x\ry"\n', (fault.HiddenCharacter("t.csv dòng 2", mark="U+000D"),)),
        (
            "a," + "y" * 41 + "\n1,2\n",
            (
                fault.ColumnUnknown("t.csv dòng 1", column="y" * 40 + "…", allowed="a, b, c"),
                fault.ColumnMissing("t.csv dòng 1", column="b"),
            ),
        ),
    ],
)
def test_a_table_is_refused_with_all_its_faults(text: str, faults: tuple[TinnhiemError, ...]) -> None:
    assert faults_of(text) == faults


def test_faults_of_a_table_come_as_one_refusal() -> None:
    assert type(refusal(cells, "a\n1\n")) is Faults


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("000", 0), ("7", 7), ("007", 7), ("999999", LARGEST), ("0000999999", LARGEST)]
)
def test_a_whole_number_is_digits_alone(text: str, number: int) -> None:
    assert whole_number(text, "w") == number


@pytest.mark.parametrize(
    ("text", "least", "most", "expected"),
    [
        ("-1", 0, LARGEST, fault.NumberNegative("w", found="-1")),
        ("−1", 0, LARGEST, fault.NumberNegative("w", found="−1")),
        ("-1,5", 0, LARGEST, fault.NumberNegative("w", found="-1,5")),
        ("", 0, LARGEST, fault.NumberMalformed("w", found="")),
        ("1.000", 0, LARGEST, fault.NumberMalformed("w", found="1.000")),
        ("x" * 40, 0, LARGEST, fault.NumberMalformed("w", found="x" * 40)),
        ("x" * 41, 0, LARGEST, fault.NumberMalformed("w", found="x" * 40 + "…")),
        ("1000000", 0, LARGEST, fault.NumberTooLarge("w", found="1000000", limit=LARGEST)),
        ("8", 0, 7, fault.NumberTooLarge("w", found="8", limit=7)),
        ("0", 1, LARGEST, fault.NumberTooSmall("w")),
    ],
)
def test_any_other_number_is_refused(text: str, least: int, most: int, expected: TinnhiemError) -> None:
    assert refusal(whole_number, text, "w", least, most) == expected


def test_the_ends_of_a_range_belong_to_it() -> None:
    assert (whole_number("7", "w", 7, 7), whole_number("1", "w", least=1)) == (7, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("66,67", Fraction(6667, 100)),
        ("66.670 %", Fraction(6667, 100)),
        ("66\u00a0%", Fraction(66)),
        ("0", Fraction(0)),
        ("100%", Fraction(100)),
        ("889,5", Fraction(1779, 2)),
    ],
)
def test_a_percentage_is_exact(text: str, value: Fraction) -> None:
    assert percentage(text, "w") == value


@pytest.mark.parametrize("text", ["", "%", ",5", "5,", "1 000", "6,6,7", "6e1", "1234567", "5,1234567890"])
def test_any_other_percentage_is_refused(text: str) -> None:
    assert refusal(percentage, text, "w") == fault.PercentageMalformed("w", found=text)


@pytest.mark.parametrize("text", ["-5", "-5,5 %", "−5%"])
def test_a_percentage_below_zero_is_refused_as_that(text: str) -> None:
    assert refusal(percentage, text, "w") == fault.NumberNegative("w", found=text)
