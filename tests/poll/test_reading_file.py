"""Files of keyed sheets: what is read, and every way in which they are refused."""

from __future__ import annotations

import pytest

from tests.strategies import rating_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.reading_file import Keyed, read_readings
from tinnhiem.poll.round_file import read_round
from tinnhiem.poll.sheet import Sheet
from tinnhiem.poll.slate import BallotType, Slate, Subject

ROUND = 'rulebook = "nq-96-2023"\nbody = "HĐND tỉnh Bình An"\ndate = 2023-12-13\n'
TWO = '[[subject]]\npost = "Chủ tịch"\n[[subject]]\npost = "Phó Chủ tịch"\n'
TYPES = '[[ballot]]\nid = "a"\n[[ballot]]\nid = "b"\n'
HEAD = "ballot,batch,sheet,line,mark\n"


def read(*files: str, round_text: str = ROUND + TWO) -> Keyed:
    named = [(text.encode("utf-8"), f"{name}.csv") for name, text in zip("ABC", files, strict=False)]
    return read_readings(named, read_round(round_text.encode("utf-8")), rating_book())


def refused(*files: str, round_text: str = ROUND + TWO) -> list[tuple[str, str]]:
    with pytest.raises(TinnhiemError) as caught:
        read(*files, round_text=round_text)
    return [(fault.code, fault.where) for fault in caught.value.each()]


def test_rows_become_sheets_in_the_order_of_their_numbers() -> None:
    found = read(HEAD + ",1,2,,sheet:no_stamp\n,1,1,2,blank\n,1,1,1,high\n,2,5,1,low\n,2,5,2,over\n")
    assert found.readings == (
        {
            (None, 1): (Sheet(lines=("high", "blank")), Sheet(invalid="no_stamp")),
            (None, 2): (Sheet(lines=("low", "over")),),
        },
    )


def test_the_column_of_types_may_be_left_out_where_there_is_one() -> None:
    assert read("mark,line,sheet,batch\nhigh,1,1,1\nlow,2,1,1\n") == read(HEAD + ",1,1,1,high\n,1,1,2,low\n")


def test_without_named_subjects_the_lines_are_those_that_were_keyed() -> None:
    found = read(HEAD + ",1,1,1,high\n,1,1,2,low\n", HEAD + ",1,1,1,high\n,1,1,2,low\n", round_text=ROUND)
    assert found.slate == Slate(subjects=(Subject(line=1, post="Dòng 1"), Subject(line=2, post="Dòng 2")))


def test_a_sheet_that_lacks_a_line_is_refused_and_never_filled_in() -> None:
    assert refused(HEAD + ",1,1,1,high\n") == [("sheet_incomplete", "A.csv dòng 2")]
    both = (HEAD + ",1,1,1,high\n,1,1,2,low\n", HEAD + ",1,1,1,high\n")
    assert refused(*both, round_text=ROUND) == [("sheet_incomplete", "B.csv dòng 2")]


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        (",1,1,1,high\n,1,1,2,low\n,1,1,3,low\n", "sheet_incomplete", "A.csv dòng 2"),
        (",1,1,1,high\n,1,1,2,low\n,1,1,,sheet:no_stamp\n", "sheet_incomplete", "A.csv dòng 2"),
        (",1,1,,sheet:no_stamp\n,1,1,,sheet:no_stamp\n", "sheet_incomplete", "A.csv dòng 2"),
        (",1,1,1,high\n,1,1,1,low\n", "line_twice", "A.csv dòng 3, cột line"),
        (",1,1,1,highest\n", "sheet_mark_unknown", "A.csv dòng 2, cột mark"),
        (",1,1,1,\n", "sheet_mark_unknown", "A.csv dòng 2, cột mark"),
        (",1,1,,sheet:rained_on\n", "sheet_reason_unknown", "A.csv dòng 2, cột mark"),
        (",1,1,,high\n", "cell_empty", "A.csv dòng 2, cột line"),
        (",1,1,1001,high\n", "number_too_large", "A.csv dòng 2, cột line"),
        (",0,1,1,high\n", "number_too_small", "A.csv dòng 2, cột batch"),
        (",1,-1,1,high\n", "number_negative", "A.csv dòng 2, cột sheet"),
        ("a,1,1,1,high\n", "ballot_unknown", "A.csv dòng 2, cột ballot"),
        (",1,1,1,high,9\n", "cells_extra", "A.csv dòng 2"),
    ],
)
def test_a_row_that_is_no_mark_is_refused_with_its_place(rows: str, code: str, place: str) -> None:
    assert refused(HEAD + rows) == [(code, place)]


@pytest.mark.parametrize(
    ("rows", "message", "message_en"),
    [
        (
            ",1,7,1,high\n",
            "Phiếu 7 của tập 1: chưa nhập dòng 2, 3. Xuất lại tệp từ bàn nhập phiếu.",
            "Sheet 7 of batch 1: line 2, 3 is not keyed. Export the file again from the station.",
        ),
        (
            ",1,7,1,high\n,1,7,2,high\n,1,7,3,high\n,1,7,5,high\n,1,7,4,high\n",
            "Phiếu 7 của tập 1: dòng 4, 5 không có trên phiếu. Xuất lại tệp từ bàn nhập phiếu.",
            "Sheet 7 of batch 1: line 4, 5 is not on the ballot. Export the file again from the station.",
        ),
        (
            ",1,7,1,high\n,1,7,,sheet:no_stamp\n",
            "Phiếu 7 của tập 1: vừa ghi cả phiếu không hợp lệ vừa có dấu từng dòng. Xuất lại tệp từ bàn nhập phiếu.",
            "Sheet 7 of batch 1: it is wholly invalid and has marks besides. Export the file again from the station.",
        ),
    ],
)
def test_an_incomplete_sheet_is_told_with_what_it_lacks(rows: str, message: str, message_en: str) -> None:
    with pytest.raises(TinnhiemError) as caught:
        read(HEAD + rows, round_text=ROUND + TWO + '[[subject]]\npost = "Trưởng Ban"\n')
    assert [(fault.message, fault.message_en) for fault in caught.value.each()] == [(message, message_en)]


def test_each_type_has_its_own_lines() -> None:
    subjects = '[[subject]]\npost = "A"\nballot = "a"\n[[subject]]\npost = "B"\nballot = "b"\n'
    found = read(HEAD + "b,1,1,1,low\na,1,1,1,high\n", round_text=ROUND + TYPES + subjects)
    assert found.readings == ({("a", 1): (Sheet(lines=("high",)),), ("b", 1): (Sheet(lines=("low",)),)},)


def test_with_several_types_the_type_must_be_stated() -> None:
    text = ROUND + TYPES
    assert refused("batch,sheet,line,mark\n1,1,1,high\n", round_text=text) == [("column_missing", "A.csv dòng 1")]
    assert refused(HEAD + ",1,1,1,high\n", round_text=text) == [("ballot_not_stated", "A.csv dòng 2, cột ballot")]


def test_faults_of_all_files_are_told_together() -> None:
    assert refused(HEAD + ",x,1,1,high\n", "") == [
        ("number_malformed", "A.csv dòng 2, cột batch"),
        ("file_empty", "B.csv"),
    ]


def first_refusal(rows: str) -> tuple[str, str]:
    with pytest.raises(TinnhiemError) as caught:
        read(HEAD + rows)
    (found,) = caught.value.each()
    return found.message, found.message_en


@pytest.mark.parametrize(
    ("rows", "message", "message_en"),
    [
        (
            ",1,1,1,highest\n",
            "Dấu “highest” không có trong quy định này. Dùng một trong: blank, high, low, medium, over, struck.",
            "The mark “highest” is not one of this rulebook. Use one of: blank, high, low, medium, over, struck.",
        ),
        (
            ",1,7,,sheet:no_stamp\n,1,7,,sheet:no_stamp\n",
            "Phiếu 7 của tập 1: ghi lý do hai lần. Xuất lại tệp từ bàn nhập phiếu.",
            "Sheet 7 of batch 1: the reason stands twice. Export the file again from the station.",
        ),
        (
            ",1,7,2,high\n",
            "Phiếu 7 của tập 1: chưa nhập dòng 1. Xuất lại tệp từ bàn nhập phiếu.",
            "Sheet 7 of batch 1: line 1 is not keyed. Export the file again from the station.",
        ),
    ],
)
def test_a_refused_row_is_told_with_what_stands_there(rows: str, message: str, message_en: str) -> None:
    assert first_refusal(rows) == (message, message_en)


def test_an_unknown_reason_is_told_with_those_of_the_book() -> None:
    reasons = ", ".join(sorted(reason.code for reason in rating_book().sheet_invalid))
    with pytest.raises(TinnhiemError) as caught:
        read(HEAD + ",1,1,,sheet:rained_on\n")
    assert [fault.values for fault in caught.value.each()] == [{"reason": "rained_on", "allowed": reasons}]


def test_a_line_keyed_twice_is_told_with_its_number() -> None:
    with pytest.raises(TinnhiemError) as caught:
        read(HEAD + ",1,1,2,high\n,1,1,2,low\n")
    assert [fault.values for fault in caught.value.each()] == [{"line": 2}]


def test_a_batch_may_have_any_number_though_lines_may_not() -> None:
    assert read(HEAD + ",1001,1002,1,high\n,1001,1002,2,low\n").readings == (
        {(None, 1001): (Sheet(lines=("high", "low")),)},
    )


def test_without_named_subjects_each_type_has_the_lines_keyed_for_it() -> None:
    found = read(HEAD + "a,1,1,1,high\na,1,1,2,low\nb,1,1,,sheet:no_stamp\n", round_text=ROUND + TYPES)
    assert found.slate == Slate(
        types=(BallotType(id="a"), BallotType(id="b")),
        subjects=(Subject(line=1, post="Dòng 1", ballot="a"), Subject(line=2, post="Dòng 2", ballot="a")),
    )
