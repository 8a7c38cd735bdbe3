"""What the board reads from the drawn sheets against the record: agreed, as many again, or everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json

from tests.strategies import rating_book, sheets
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.random_check import (
    CheckedSheet,
    NextListNotDue,
    PlaceNotDrawn,
    PlaceNotRead,
    PlaceReadAlready,
    RandomCheck,
    ReasonLacking,
    begin,
    compare,
    enter,
    explain,
    next_list,
    read_again,
)
from tinnhiem.poll.random_sample import Pile, Place, Sample, SeedNotTenDigits
from tinnhiem.poll.sheet import Sheet, SheetLengthWrong, SheetMarkUnknown

BOOK: Rulebook = rating_book()
FIRST, SECOND, THIRD = BOOK.choice_codes()
BLANK = BOOK.line_invalid[0].code
REASON, OTHER_REASON = (reason.code for reason in BOOK.sheet_invalid[:2])
SEED = "4719302658"
ON_RECORD = Sheet(lines=(FIRST, SECOND, THIRD))
ONE_OFF = Sheet(lines=(FIRST, FIRST, THIRD))
TWO_OFF = Sheet(lines=(SECOND, FIRST, THIRD))
SOMEWHERE = Place(ballot=None, batch=1, position=1)


def fresh(*sizes: int, size: int = 10, closest: int | None = None) -> RandomCheck:
    piles = tuple(Pile(batch=batch, sheets=held) for batch, held in enumerate(sizes, start=1))
    return begin(SEED, [Sample(ballot=None, number=1, lines=3, piles=piles, closest=closest, size=size)])


def read_on(check: RandomCheck, *odd: Sheet, ruled: tuple[int, ...] = ()) -> RandomCheck:
    """Reads what is awaited: the first sheets as in `odd`, the others as on record."""
    waiting = check.awaited
    for place, read in zip(waiting, (*odd, *[ON_RECORD] * (len(waiting) - len(odd))), strict=True):
        check = enter(check, place, read, ON_RECORD, BOOK, ruled)
    return check


def explained(check: RandomCheck) -> RandomCheck:
    for each in check.differences:
        check = explain(check, each.place, "Nét bút mờ.")
    return check


def test_a_fresh_check_awaits_the_first_list() -> None:
    check = fresh(25, 25, 20, size=3)
    assert [(place.batch, place.position) for place in check.awaited] == [(1, 11), (1, 22), (2, 4)]
    assert check.verdict == "reading"


def test_a_check_without_ten_digits_does_not_begin() -> None:
    with pytest.raises(SeedNotTenDigits):
        begin("12345", [])


def test_no_difference_is_agreed() -> None:
    assert read_on(fresh(70)).verdict == "agreed"


def test_one_difference_waits_for_its_explanation() -> None:
    check = read_on(fresh(70), ONE_OFF)
    assert check.verdict == "unexplained"
    assert explained(check).verdict == "next_list"


def test_the_next_list_has_as_many_sheets_again_and_none_twice() -> None:
    check = next_list(explained(read_on(fresh(70), ONE_OFF)))
    assert (len(check.awaited), set(check.awaited) & set(check.drawn(1))) == (10, set())
    assert check.verdict == "reading"


def test_one_difference_and_then_none_is_agreed() -> None:
    check = next_list(explained(read_on(fresh(70), ONE_OFF)))
    assert read_on(check).verdict == "agreed"


def test_a_second_difference_in_the_next_list_asks_for_every_sheet() -> None:
    check = next_list(explained(read_on(fresh(70), ONE_OFF)))
    assert read_on(check, ONE_OFF).verdict == "full_reading"


def test_two_differences_ask_for_every_sheet_before_the_list_is_read_to_its_end() -> None:
    check = fresh(70)
    for place in check.awaited[:2]:
        check = enter(check, place, ONE_OFF, ON_RECORD, BOOK)
    assert (check.verdict, len(check.awaited)) == ("full_reading", 8)


def test_two_rows_of_one_sheet_are_two_differences() -> None:
    check = fresh(70)
    assert enter(check, check.awaited[0], TWO_OFF, ON_RECORD, BOOK).verdict == "full_reading"


def test_differences_in_rows_people_ruled_on_ask_for_the_next_list_only() -> None:
    check = explained(read_on(fresh(70), TWO_OFF, ONE_OFF, ruled=(1, 2)))
    assert check.verdict == "next_list"
    check = next_list(check)
    assert explained(read_on(check, ONE_OFF, ruled=(2,))).verdict == "next_list"


def test_one_difference_of_each_kind_asks_for_the_next_list_only() -> None:
    assert explained(read_on(fresh(70), TWO_OFF, ruled=(1,))).verdict == "next_list"


def test_as_many_differences_as_carry_the_closest_person_over_ask_for_every_sheet() -> None:
    assert read_on(fresh(70, closest=1), ONE_OFF).verdict == "full_reading"
    assert read_on(fresh(70, closest=2), TWO_OFF, ruled=(1, 2)).verdict == "full_reading"
    assert read_on(fresh(70, closest=3), TWO_OFF, ruled=(1, 2)).verdict == "unexplained"


def test_differences_of_another_ballot_type_carry_nobody_over() -> None:
    samples = [
        Sample(ballot=ballot, number=number, lines=3, piles=(Pile(batch=1, sheets=9),), closest=near, size=9)
        for number, (ballot, near) in enumerate((("a", 2), ("b", 1)), start=1)
    ]
    check = begin(SEED, samples)
    in_a, in_b = check.awaited[0], check.awaited[-1]
    assert enter(check, in_a, ONE_OFF, ON_RECORD, BOOK).verdict == "reading"
    assert enter(check, in_b, ONE_OFF, ON_RECORD, BOOK).verdict == "full_reading"


def test_a_difference_with_no_sheet_left_to_draw_asks_for_every_sheet() -> None:
    check = next_list(explained(read_on(fresh(14), ONE_OFF)))
    assert len(check.awaited) == 4
    check = explained(read_on(check, ONE_OFF, ruled=(2,)))
    assert check.verdict == "full_reading"
    with pytest.raises(NextListNotDue):
        next_list(check)


@pytest.mark.parametrize(
    "check", [fresh(70), read_on(fresh(70)), read_on(fresh(70), ONE_OFF), read_on(fresh(70), TWO_OFF)]
)
def test_no_list_is_drawn_before_it_is_due(check: RandomCheck) -> None:
    with pytest.raises(NextListNotDue):
        next_list(check)


def test_every_ballot_type_has_a_list_of_its_own() -> None:
    samples = [
        Sample(ballot=ballot, number=number, lines=3, piles=(Pile(batch=1, sheets=200),), closest=90, size=10)
        for number, ballot in enumerate(("a", "b"), start=1)
    ]
    check = begin(SEED, samples)
    assert [place.ballot for place in check.awaited] == ["a"] * 10 + ["b"] * 10
    assert [place.position for place in check.awaited[:10]] != [place.position for place in check.awaited[10:]]


# One sheet


@pytest.mark.parametrize(
    ("read", "recorded", "ruled", "accepted", "by_people"),
    [
        (ON_RECORD, ON_RECORD, (), 0, 0),
        (TWO_OFF, ON_RECORD, (), 2, 0),
        (TWO_OFF, ON_RECORD, (2, 3), 1, 1),
        (Sheet(lines=(FIRST, BLANK, THIRD)), ON_RECORD, (), 1, 0),
        (Sheet(invalid=REASON), Sheet(invalid=REASON), (), 0, 0),
        (Sheet(invalid=REASON), ON_RECORD, (), 1, 0),
        (ON_RECORD, Sheet(invalid=REASON), (), 0, 1),
        (Sheet(invalid=OTHER_REASON), Sheet(invalid=REASON), (), 0, 1),
    ],
)
def test_rows_that_differ_are_told_apart_by_who_decided_them(
    read: Sheet, recorded: Sheet, ruled: tuple[int, ...], accepted: int, by_people: int
) -> None:
    assert compare(SOMEWHERE, read, recorded, ruled) == CheckedSheet(
        place=SOMEWHERE, accepted=accepted, ruled=by_people
    )


def test_a_sheet_outside_the_list_is_refused() -> None:
    check = fresh(70)
    place = next(one for one in fresh(70, size=70).awaited if one not in check.awaited)
    with pytest.raises(PlaceNotDrawn) as refused:
        enter(check, place, ON_RECORD, ON_RECORD, BOOK)
    assert refused.value == PlaceNotDrawn(position=place.position, batch=1)


@pytest.mark.parametrize(
    ("read", "refusal"),
    [
        (Sheet(lines=(FIRST, FIRST)), SheetLengthWrong("tập 1, phiếu thứ 11", found=2, expected=3)),
        (
            Sheet(lines=(FIRST, FIRST, "x")),
            SheetMarkUnknown(
                "tập 1, phiếu thứ 11",
                mark="x",
                allowed=", ".join((*BOOK.choice_codes(), *(fault.code for fault in BOOK.line_invalid))),
            ),
        ),
    ],
)
def test_a_sheet_wrongly_read_is_refused_with_its_place(read: Sheet, refusal: TinnhiemError) -> None:
    check = fresh(25, 25, 20, size=3)
    with pytest.raises(type(refusal)) as refused:
        enter(check, check.awaited[0], read, ON_RECORD, BOOK)
    assert refused.value == refusal


def test_a_sheet_is_entered_once() -> None:
    check = fresh(70)
    place = check.awaited[0]
    check = enter(check, place, ON_RECORD, ON_RECORD, BOOK)
    with pytest.raises(PlaceReadAlready) as refused:
        enter(check, place, ON_RECORD, ON_RECORD, BOOK)
    assert refused.value == PlaceReadAlready(position=place.position, batch=1)


def test_reading_again_replaces_and_keeps_its_reasons() -> None:
    check = read_on(fresh(70), TWO_OFF)
    place = check.differences[0].place
    check = read_again(check, place, ONE_OFF, ON_RECORD, BOOK, "Đọc  nhảy một dòng. ")
    check = read_again(check, place, ON_RECORD, ON_RECORD, BOOK, "Nghe nhầm.")
    assert check.at(place) == CheckedSheet(place=place, accepted=0, ruled=0, again=("Đọc nhảy một dòng.", "Nghe nhầm."))
    assert check.verdict == "agreed"


def test_nothing_is_said_of_a_sheet_before_it_is_read() -> None:
    check = fresh(70)
    with pytest.raises(PlaceNotRead):
        explain(check, check.awaited[0], "Nét bút mờ.")
    with pytest.raises(PlaceNotRead):
        read_again(check, check.awaited[0], ON_RECORD, ON_RECORD, BOOK, "Nghe nhầm.")


def test_an_empty_reason_is_no_reason() -> None:
    check = read_on(fresh(70), ONE_OFF)
    place = check.differences[0].place
    with pytest.raises(ReasonLacking):
        explain(check, place, " \n")
    with pytest.raises(ReasonLacking):
        read_again(check, place, ON_RECORD, ON_RECORD, BOOK, "")


@settings(max_examples=30)
@given(st.lists(st.tuples(sheets(BOOK, 3), sheets(BOOK, 3)), min_size=10, max_size=10))
def test_no_mark_and_no_reason_of_a_sheet_is_kept(pairs: list[tuple[Sheet, Sheet]]) -> None:
    check = fresh(70)
    for place, (read, recorded) in zip(check.awaited, pairs, strict=True):
        check = enter(check, place, read, recorded, BOOK)
    for each in check.compared:
        assert set(json.decode(json.encode(each))) == {"place", "accepted", "ruled", "explanation", "again"}
        assert (type(each.accepted), type(each.ruled)) == (int, int)
    agreeing = [read == recorded for read, recorded in pairs]
    assert [each.agrees for each in check.compared] == agreeing


@settings(max_examples=30)
@given(st.integers(0, 3), st.integers(0, 3), st.integers(60, 90))
def test_the_verdict_depends_on_the_differences_alone(machine: int, people: int, total: int) -> None:
    check = fresh(total)
    for number, place in enumerate(check.awaited):
        off = number < machine + people
        check = enter(check, place, ONE_OFF if off else ON_RECORD, ON_RECORD, BOOK, (2,) if number >= machine else ())
    expected = "full_reading" if machine >= 2 else "next_list" if machine + people else "agreed"
    assert explained(check).verdict == expected
