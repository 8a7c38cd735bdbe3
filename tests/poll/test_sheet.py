"""Sheets: what is refused with its reason, and how marks add up."""

from __future__ import annotations

import pytest

from tests.strategies import rating_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.sheet import (
    LineTally,
    Sheet,
    SheetLengthWrong,
    SheetMarkUnknown,
    SheetReasonUnknown,
    Tally,
    TypeTally,
    check_sheet,
    line_marks,
    tally,
)
from tinnhiem.poll.slate import BallotType, Slate, Subject

MARKS = "high, medium, low, blank, over, struck"
TWO = Slate(subjects=(Subject(line=1, post="Chủ tịch"), Subject(line=2, post="Phó Chủ tịch")))


def refusal(sheet: Sheet, where: str = "") -> TinnhiemError:
    with pytest.raises(TinnhiemError) as caught:
        check_sheet(sheet, 2, rating_book(), where)
    return caught.value


def test_the_marks_of_a_line_are_the_choices_and_then_its_faults() -> None:
    assert line_marks(rating_book()) == tuple(MARKS.split(", "))


@pytest.mark.parametrize("sheet", [Sheet(lines=("high", "struck")), Sheet(invalid="no_stamp")])
def test_a_sheet_of_the_book_passes(sheet: Sheet) -> None:
    check_sheet(sheet, 2, rating_book())


@pytest.mark.parametrize("where", ["", "phiếu #3"])
def test_an_unknown_mark_is_refused_with_those_of_the_book(where: str) -> None:
    assert refusal(Sheet(lines=("high", "highest")), where) == SheetMarkUnknown(where, mark="highest", allowed=MARKS)


@pytest.mark.parametrize("where", ["", "phiếu #3"])
def test_an_unknown_reason_is_refused_with_those_of_the_book(where: str) -> None:
    reasons = ", ".join(reason.code for reason in rating_book().sheet_invalid)
    assert refusal(Sheet(invalid="rained_on"), where) == SheetReasonUnknown(where, reason="rained_on", allowed=reasons)


@pytest.mark.parametrize("lines", [("high",), ("high", "low", "low")])
def test_a_sheet_too_short_or_too_long_is_refused_with_both_numbers(lines: tuple[str, ...]) -> None:
    assert refusal(Sheet(lines=lines), "phiếu #3") == SheetLengthWrong("phiếu #3", found=len(lines), expected=2)


def test_without_a_place_the_refusal_names_none() -> None:
    with pytest.raises(SheetLengthWrong) as caught:
        check_sheet(Sheet(lines=("high",)), 2, rating_book())
    assert caught.value.where == ""


def test_marks_of_valid_sheets_add_up_line_by_line() -> None:
    pile = (
        Sheet(lines=("high", "low")),
        Sheet(invalid="not_issued"),
        Sheet(lines=("high", "blank")),
        Sheet(invalid="no_stamp"),
        Sheet(invalid="not_issued"),
    )
    assert tally({None: pile}, TWO, rating_book()) == Tally(
        types=(
            TypeTally(
                ballot=None,
                sheets=5,
                invalid_by_reason={"no_stamp": 1, "not_issued": 2},
                lines=(
                    LineTally(line=1, counts={"high": 2, "medium": 0, "low": 0}),
                    LineTally(line=2, counts={"high": 0, "medium": 0, "low": 1}),
                ),
            ),
        )
    )


def test_reasons_stand_in_the_order_of_their_codes() -> None:
    pile = (Sheet(invalid="not_issued"), Sheet(invalid="no_stamp"))
    found = tally({None: pile}, TWO, rating_book()).types[0].invalid_by_reason
    assert list(found or {}) == ["no_stamp", "not_issued"]


@pytest.mark.parametrize("pile", [(), (Sheet(invalid="no_stamp"),)])
def test_a_pile_without_a_valid_sheet_counts_nothing_for_anybody(pile: tuple[Sheet, ...]) -> None:
    (found,) = tally({None: pile}, TWO, rating_book()).types
    nobody = {"high": 0, "medium": 0, "low": 0}
    assert (found.sheets, [line.counts for line in found.lines]) == (len(pile), [nobody, nobody])


def test_each_type_has_its_own_pile_and_a_type_without_sheets_is_there_too() -> None:
    slate = Slate(
        types=(BallotType(id="a"), BallotType(id="b")),
        subjects=(Subject(line=1, post="A", ballot="a"), Subject(line=1, post="B", ballot="b")),
    )
    found = tally({"b": (Sheet(lines=("low",)),)}, slate, rating_book())
    assert [(kind.ballot, kind.sheets, kind.lines[0].counts["low"]) for kind in found.types] == [
        ("a", 0, 0),
        ("b", 1, 1),
    ]


@pytest.mark.parametrize(("title", "place"), [("", "phiếu #2"), ("Khối HĐND", "Khối HĐND #2")])
def test_a_refused_sheet_of_a_pile_is_told_with_its_place_in_it(title: str, place: str) -> None:
    slate = Slate(types=(BallotType(title=title),), subjects=TWO.subjects)
    with pytest.raises(SheetLengthWrong) as caught:
        tally({None: (Sheet(lines=("high", "low")), Sheet(lines=("high",)))}, slate, rating_book())
    assert caught.value == SheetLengthWrong(place, found=1, expected=2)
