"""ROWS.csv: what is read, and every way in which it is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.strategies import rating_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import OWN_REGIME
from tinnhiem.poll.round_file import read_round
from tinnhiem.poll.rows_file import PrintedRow, PrintedShare, Rows, read_printed, read_rows, stated_slate
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally
from tinnhiem.poll.slate import BallotType, Slate, Subject

HEAD = 'rulebook = "nq-96-2023"\nbody = "HĐND tỉnh Bình An"\ndate = 2023-12-13\n'
TYPES = HEAD + '[[ballot]]\nid = "hdnd"\n[[ballot]]\nid = "ubnd"\n'
SUBJECTS = (
    HEAD
    + '[[subject]]\nname = "Lê Thị Bưởi"\npost = "Chủ tịch"\nregime = "cong-chuc"\n[[subject]]\npost = "Phó Chủ tịch"\n'
)


def read(rows: str | bytes, round_text: str = HEAD) -> Rows:
    data = rows if isinstance(rows, bytes) else rows.encode("utf-8")
    return read_rows(data, "ROWS.csv", read_round(round_text.encode("utf-8")), rating_book())


def refused(rows: str | bytes, round_text: str = HEAD) -> list[tuple[str, str]]:
    with pytest.raises(TinnhiemError) as caught:
        read(rows, round_text)
    return [(fault.code, fault.where) for fault in caught.value.each()]


def printed(rows: str, round_text: str = HEAD) -> tuple[PrintedRow, ...]:
    return read_printed(rows.encode("utf-8"), "ROWS.csv", read_round(round_text.encode("utf-8")), rating_book())


def counts(high: int, medium: int, low: int) -> dict[str, int]:
    return {"high": high, "medium": medium, "low": low}


def test_rows_become_a_slate_and_a_tally() -> None:
    assert read("line,post,high,medium,low\n1,Chủ tịch,46,0,1\n2,Phó Chủ tịch,33,8,6\n") == Rows(
        slate=Slate(subjects=(Subject(line=1, post="Chủ tịch"), Subject(line=2, post="Phó Chủ tịch"))),
        tally=Tally(
            types=(
                TypeTally(
                    ballot=None,
                    sheets=None,
                    invalid_by_reason=None,
                    lines=(
                        LineTally(line=1, counts=counts(46, 0, 1)),
                        LineTally(line=2, counts=counts(33, 8, 6)),
                    ),
                ),
            )
        ),
    )


def test_the_order_of_rows_and_of_columns_changes_nothing() -> None:
    assert read("low,line,high,post,medium\n6,2,33,B,8\n1,1,46,A,0\n") == read(
        "line,post,high,medium,low\n1,A,46,0,1\n2,B,33,8,6\n"
    )


def test_excel_adds_a_mark_windows_line_ends_and_empty_rows() -> None:
    assert read(b"\xef\xbb\xbfline,post,high,medium,low\r\n1,A,46,0,1\r\n,,,,\r\n\r\n") == read(
        "line,post,high,medium,low\n1,A,46,0,1\n"
    )


def test_each_type_has_its_own_lines() -> None:
    found = read("line,ballot,post,high,medium,low\n1,ubnd,B,2,0,0\n1,hdnd,A,1,0,0\n", TYPES)
    assert found.slate == Slate(
        types=(BallotType(id="hdnd"), BallotType(id="ubnd")),
        subjects=(Subject(line=1, post="A", ballot="hdnd"), Subject(line=1, post="B", ballot="ubnd")),
    )
    assert [(kind.ballot, kind.lines[0].counts["high"]) for kind in found.tally.types] == [("hdnd", 1), ("ubnd", 2)]


def test_the_only_type_need_not_be_repeated_on_each_row() -> None:
    found = read("line,post,high,medium,low\n1,A,1,0,0\n", HEAD + '[[ballot]]\nid = "hdnd"\n')
    assert found.slate.subjects == (Subject(line=1, post="A", ballot="hdnd"),)


def test_round_and_rows_complete_each_other() -> None:
    found = read("line,post,name,high,medium,low\n1,Chủ tịch,,1,0,0\n2,Phó Chủ tịch,Trần Văn Ổi,1,0,0\n", SUBJECTS)
    assert found.slate.subjects == (
        Subject(line=1, post="Chủ tịch", name="Lê Thị Bưởi", regime="cong-chuc"),
        Subject(line=2, post="Phó Chủ tịch", name="Trần Văn Ổi"),
    )


def test_the_round_alone_gives_a_slate_too() -> None:
    typed = TYPES + '[[subject]]\npost = "B"\nballot = "ubnd"\n[[subject]]\npost = "A"\nname = "N"\nballot = "hdnd"\n'
    assert stated_slate(read_round(typed.encode("utf-8"))) == Slate(
        types=(BallotType(id="hdnd"), BallotType(id="ubnd")),
        subjects=(Subject(line=1, post="A", name="N", ballot="hdnd"), Subject(line=1, post="B", ballot="ubnd")),
    )


def test_what_round_and_rows_say_differently_is_refused() -> None:
    rows = "line,post,name,regime,high,medium,low\n1,Bí thư,Lê Thị Mơ,vien-chuc,1,0,0\n2,Phó Chủ tịch,,,1,0,0\n"
    assert refused(rows, SUBJECTS) == [
        ("subject_differs", "ROWS.csv dòng 2, cột post"),
        ("subject_differs", "ROWS.csv dòng 2, cột name"),
        ("subject_differs", "ROWS.csv dòng 2, cột regime"),
    ]


def test_rows_and_subjects_must_be_the_same_lines() -> None:
    assert refused("line,post,high,medium,low\n1,Chủ tịch,1,0,0\n3,X,1,0,0\n", SUBJECTS) == [
        ("row_without_subject", "ROWS.csv dòng 3, cột line"),
        ("subject_without_row", "ROWS.csv"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "file_empty", ""),
        (b"line,post,high,medium,low\n", "file_empty", ""),
        ("line,post,high,medium,low\n1,A,1,0,0\n".encode("utf-16"), "file_not_utf8", ""),
        (b"line,post,high,medium,low\n1,Ch\xf1 t\xdech,1,0,0\n", "file_not_utf8", ""),
        (b"PK\x03\x04rest", "file_not_text", ""),
        (b"line,post,high,medium,low\n1,A\x00,1,0,0\n", "hidden_character", " dòng 2"),
        (b"line\tpost\thigh\tmedium\tlow\n1\tA\t1\t0\t0\n", "hidden_character", " dòng 1"),
        (b'line,post,high,medium,low\n1,"A\nB",1,0,0\n', "hidden_character", " dòng 2"),
        (b"x" * 5_000_001, "file_too_large", ""),
        (b"line;post;high;medium;low\n1;A;1;0;0\n", "semicolons_found", " dòng 1"),
        (b'line,post,high,medium,low\n1,"A,1,0,0\n', "csv_malformed", " dòng 2"),
        (b'line,post,high,medium,low\n1,"A"B,1,0,0\n', "csv_malformed", " dòng 2"),
    ],
)
def test_bytes_that_are_no_rows_are_refused(data: bytes, code: str, place: str) -> None:
    assert refused(data) == [(code, "ROWS.csv" + place)]


@pytest.mark.parametrize(
    ("heading", "faults"),
    [
        ("line,post,high,medium", [("column_missing", "ROWS.csv dòng 1")]),
        ("line,high,medium,low", [("column_missing", "ROWS.csv dòng 1")]),
        ("line,post,high,medium,low,note", [("column_unknown", "ROWS.csv dòng 1")]),
        ("line,post,high,medium,low,high_pct", [("column_unknown", "ROWS.csv dòng 1")]),
        ("line,post,high,high,medium,low", [("column_twice", "ROWS.csv dòng 1")]),
        (
            "line,post,High,medium,low",
            [("column_unknown", "ROWS.csv dòng 1"), ("column_missing", "ROWS.csv dòng 1")],
        ),
    ],
)
def test_a_heading_is_held_to_the_columns_of_the_book(heading: str, faults: list[tuple[str, str]]) -> None:
    assert refused(heading + "\n1,A,1,0,0\n") == faults


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ("1,A,-1,0,0", "number_negative", ", cột high"),
        ("1,A,1000000,0,0", "number_too_large", ", cột high"),
        ("1,A,1000000000,0,0", "number_too_large", ", cột high"),
        ("1,A," + "9" * 5_000 + ",0,0", "number_too_large", ", cột high"),
        ("1,A,mười,0,0", "number_malformed", ", cột high"),
        ("1,A,1.5,0,0", "number_malformed", ", cột high"),
        ("1,A,1e3,0,0", "number_malformed", ", cột high"),
        ("1,A,+1,0,0", "number_malformed", ", cột high"),
        ("1,A,1_0,0,0", "number_malformed", ", cột high"),
        ("1,A,١,0,0", "number_malformed", ", cột high"),
        ("1,A,１,0,0", "number_malformed", ", cột high"),
        ("1,A,=1,0,0", "number_malformed", ", cột high"),
        ("1,A,,0,0", "cell_empty", ", cột high"),
        ("1,,1,0,0", "cell_empty", ", cột post"),
        (",A,1,0,0", "cell_empty", ", cột line"),
        ("0,A,1,0,0", "number_too_small", ", cột line"),
        ("1.0,A,1,0,0", "number_malformed", ", cột line"),
        ("1,A,1,0,0,0", "cells_extra", ""),
        ("1,A,1,0", "cells_missing", ""),
    ],
)
def test_a_cell_that_is_no_count_is_refused_with_its_place(cells: str, code: str, column: str) -> None:
    assert refused(f"line,post,high,medium,low\n{cells}\n") == [(code, f"ROWS.csv dòng 2{column}")]


def test_the_largest_number_is_taken() -> None:
    assert read("line,post,high,medium,low\n1,A,999999,0,0\n").tally.types[0].lines[0].counts["high"] == 999_999


def test_more_lines_than_any_round_has_are_refused() -> None:
    rows = "line,post,high,medium,low\n" + "".join(f"{line},A,1,0,0\n" for line in range(1, 1_002))
    assert refused(rows) == [("lines_too_many", "ROWS.csv")]
    assert len(read(rows.rsplit("\n", 2)[0]).slate.subjects) == 1_000


def test_a_line_twice_is_refused() -> None:
    assert refused("line,post,high,medium,low\n1,A,1,0,0\n01,B,1,0,0\n") == [
        ("line_twice", "ROWS.csv dòng 3, cột line")
    ]


def test_an_unknown_type_and_one_not_stated_are_refused() -> None:
    assert refused("line,ballot,post,high,medium,low\n1,xyz,A,1,0,0\n1,,B,1,0,0\n", TYPES) == [
        ("ballot_unknown", "ROWS.csv dòng 2, cột ballot"),
        ("ballot_not_stated", "ROWS.csv dòng 3, cột ballot"),
    ]


def test_a_type_in_a_round_without_types_is_refused() -> None:
    assert refused("line,ballot,post,high,medium,low\n1,hdnd,A,1,0,0\n") == [
        ("ballot_unknown", "ROWS.csv dòng 2, cột ballot")
    ]


def test_a_type_without_rows_is_refused() -> None:
    assert refused("line,ballot,post,high,medium,low\n1,hdnd,A,1,0,0\n", TYPES) == [("type_without_lines", "ROWS.csv")]


def test_a_regime_of_another_book_is_refused_wherever_it_stands() -> None:
    rows = "line,post,regime,high,medium,low\n1,A,quan-doi,1,0,0\n"
    assert refused(rows) == [("regime_unknown", "ROWS.csv dòng 2, cột regime")]
    stated = HEAD + '[[subject]]\npost = "A"\nregime = "quan-doi"\n'
    assert refused("line,post,high,medium,low\n1,A,1,0,0\n", stated) == [
        ("regime_unknown", "ROUND.toml [[subject]] 1 regime")
    ]


def test_a_reason_of_another_book_is_refused() -> None:
    stated = HEAD + "[numbers.invalid_by_reason]\nrained_on = 1\n"
    assert refused("line,post,high,medium,low\n1,A,1,0,0\n", stated) == [
        ("sheet_reason_unknown", "ROUND.toml invalid_by_reason")
    ]


def test_faults_of_several_rows_are_told_together() -> None:
    assert refused("line,post,high,medium,low\n1,A,x,0,0\n2,B,0,y,0\n") == [
        ("number_malformed", "ROWS.csv dòng 2, cột high"),
        ("number_malformed", "ROWS.csv dòng 3, cột medium"),
    ]


def test_a_published_table_may_leave_counts_and_percentages_out() -> None:
    assert printed('line,post,high,low,high_pct,low_pct\n3,A,41,,"91,1 %",8.9\n') == (
        PrintedRow(
            line=3,
            ballot=None,
            counts={"high": 41, "medium": None, "low": None},
            shares={
                "high": PrintedShare(text="91,1 %", value=Fraction(911, 10)),
                "medium": None,
                "low": PrintedShare(text="8.9", value=Fraction(89, 10)),
            },
        ),
    )


def test_a_published_table_needs_counts_or_percentages() -> None:
    with pytest.raises(TinnhiemError) as caught:
        printed("line,post\n1,A\n")
    assert {fault.code for fault in caught.value.each()} == {"column_missing"}


@pytest.mark.parametrize("text", ["abc", "9%%", "1.2.3", "1,", "5 %5", "１"])
def test_a_percentage_is_plain(text: str) -> None:
    with pytest.raises(TinnhiemError) as caught:
        printed(f'line,post,high_pct\n1,A,"{text}"\n')
    assert [(fault.code, fault.where) for fault in caught.value.each()] == [
        ("percentage_malformed", "ROWS.csv dòng 2, cột high_pct")
    ]


def test_a_negative_percentage_is_called_negative() -> None:
    with pytest.raises(TinnhiemError) as caught:
        printed('line,post,high_pct\n1,A,"-5,5 %"\n')
    assert [fault.code for fault in caught.value.each()] == ["number_negative"]


def test_a_published_table_may_leave_out_people_named_in_the_round() -> None:
    assert [row.line for row in printed("line,post,high\n2,Phó Chủ tịch,5\n", SUBJECTS)] == [2]


def told(rows: str, round_text: str = HEAD) -> list[dict[str, object]]:
    """What each fault tells beside its place."""
    with pytest.raises(TinnhiemError) as caught:
        read(rows, round_text)
    return [dict(fault.values) for fault in caught.value.each()]


def test_the_round_alone_gives_the_regime_of_each_person() -> None:
    regimes = [subject.regime for subject in stated_slate(read_round(SUBJECTS.encode("utf-8"))).subjects]
    assert regimes == ["cong-chuc", OWN_REGIME]


def test_the_rows_alone_give_the_regime_of_each_person() -> None:
    found = read("line,post,regime,high,medium,low\n1,A,vien-chuc,1,0,0\n2,B,,1,0,0\n")
    assert [subject.regime for subject in found.slate.subjects] == ["vien-chuc", OWN_REGIME]


def test_a_difference_is_told_with_both_readings() -> None:
    rows = "line,post,high,medium,low\n1,Bí thư,1,0,0\n2,Phó Chủ tịch,1,0,0\n"
    assert told(rows, SUBJECTS) == [{"line": 1, "found": "Bí thư", "expected": "Chủ tịch"}]


def test_a_row_or_a_person_without_the_other_is_told_with_its_line() -> None:
    assert told("line,post,high,medium,low\n1,Chủ tịch,1,0,0\n3,X,1,0,0\n", SUBJECTS) == [
        {"line": 3},
        {"line": 2, "post": "Phó Chủ tịch"},
    ]


def test_a_line_that_stands_twice_is_told_with_its_number() -> None:
    assert told("line,post,high,medium,low\n4,A,1,0,0\n4,B,1,0,0\n") == [{"line": 4}]


def test_an_unknown_regime_is_told_with_those_of_the_book() -> None:
    rows = "line,post,regime,high,medium,low\n1,A,hop-dong,1,0,0\n"
    assert told(rows) == [{"id": "hop-dong", "known": ", ".join(rating_book().regime_ids())}]


def test_a_type_without_lines_is_told_by_its_id() -> None:
    assert told("line,ballot,post,high,medium,low\n1,hdnd,A,1,0,0\n", TYPES) == [{"ballot": "ubnd"}]


def test_a_row_of_an_unknown_type_or_line_is_refused_for_that_alone() -> None:
    assert refused("line,ballot,post,high,medium,low\n1,x,A,1,0,0\n1,x,A,1,0,0\n,hdnd,B,1,0,0\n", TYPES) == [
        ("ballot_unknown", "ROWS.csv dòng 2, cột ballot"),
        ("ballot_unknown", "ROWS.csv dòng 3, cột ballot"),
        ("cell_empty", "ROWS.csv dòng 4, cột line"),
    ]
