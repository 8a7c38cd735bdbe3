"""How many sheets are checked and which: the published table, exact distances, and the lot redone by another hand."""

from __future__ import annotations

import hashlib
import operator
import re
import subprocess
import sys
from fractions import Fraction
from itertools import combinations, islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.strategies import VOTE_DAY, rating_book
from tinnhiem.law.decide import decide
from tinnhiem.law.rulebook import Bound, Operator, Rulebook
from tinnhiem.poll.count import count
from tinnhiem.poll.random_sample import (
    GALLERY_BELOW,
    NUMBERS,
    Pile,
    PilesNotReturned,
    Place,
    Sample,
    SeedNotTenDigits,
    closest,
    distance,
    drawn_list,
    places,
    sample,
    sample_size,
    sheet_number,
    within_points,
)
from tinnhiem.poll.record import CountRecord, LineResult, Numbers
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally
from tinnhiem.poll.slate import Slate, Subject

SEED = "4719302658"
COUNTED = (50, 100, 200, 500, 1000, 2000)
TABLE = {
    45: (5, 5, 5, 5, 5, 6),
    30: (8, 9, 9, 9, 9, 9),
    20: (12, 13, 13, 14, 14, 14),
    10: (22, 25, 27, 28, 29, 29),
    5: (31, 45, 51, 56, 57, 58),
    2: (48, 78, 105, 129, 138, 143),
    1: (48, 96, 155, 225, 258, 277),
}
"""Distance of the closest person in points → sheets to read, for each number of sheets counted."""


def counted(low: list[int], sheets: int, book: Rulebook | None = None, regime: str = "can-bo") -> CountRecord:
    """One ballot type; each person has so many marks of the last level, the rest of the first."""
    book = book or rating_book()
    first, *middle, last = book.choice_codes()
    marks = [{first: sheets - each, **dict.fromkeys(middle, 0), last: each} for each in low]
    lines = tuple(LineTally(line=line, counts=counts) for line, counts in enumerate(marks, start=1))
    slate = Slate(subjects=tuple(Subject(line=line, post="X", regime=regime) for line in range(1, len(low) + 1)))
    tally = Tally(types=(TypeTally(ballot=None, sheets=sheets, invalid_by_reason={}, lines=lines),))
    return count(tally, Numbers(), book, body="Bình An", date=VOTE_DAY, slate=slate)


def person(low: int, sheets: int, regime: str = "can-bo") -> LineResult:
    return counted([low], sheets, regime=regime).lines[0]


ANYBODY = person(0, 1)


def judged_by(op: Operator, num: int, den: int, marks: int, sheets: int) -> LineResult:
    """A person with so many marks of the last level, judged by one bound alone."""
    book = rating_book()
    band = structs.replace(book.bands[0], bounds=(Bound(op=op, num=num, den=den),), overlaps=())
    counts = {**ANYBODY.counts, band.choice: marks}
    return structs.replace(
        ANYBODY, findings=decide(structs.replace(book, bands=(band,), consequences=()), counts, sheets)
    )


def pile_of(*sizes: int, number: int = 1, size: int = 10, ballot: str | None = None) -> Sample:
    piles = tuple(Pile(batch=batch, sheets=sheets) for batch, sheets in enumerate(sizes, start=1))
    return Sample(ballot=ballot, number=number, lines=3, piles=piles, closest=None, size=size)


def told(drawn: tuple[Place, ...]) -> list[str]:
    return [f"{place.batch}:{place.position}" for place in drawn]


# How many


@pytest.mark.parametrize("points", TABLE)
def test_the_published_table_is_reproduced(points: int) -> None:
    wrong = [-(-points * sheets // 100) for sheets in COUNTED]
    sizes = [sample_size(sheets, each, least=0) for sheets, each in zip(COUNTED, wrong, strict=True)]
    assert tuple(sizes) == TABLE[points]


def test_a_chance_of_exactly_one_in_twenty_is_not_enough() -> None:
    # 1 misread of 100: after 95 sheets it is among the last five with a chance of 5/100.
    assert sample_size(100, 1) == 96


def test_at_least_ten_sheets_are_read_and_never_more_than_there_are() -> None:
    assert (sample_size(500, 225), sample_size(7, 3), sample_size(0, None)) == (10, 7, 0)


def test_where_nobody_can_reach_a_threshold_ten_sheets_are_read() -> None:
    assert (sample_size(500, None), sample_size(6, None)) == (10, 6)


@pytest.mark.parametrize(
    ("sheets", "wrong", "risk"),
    [
        (-1, 1, Fraction(1, 20)),
        (5, 0, Fraction(1, 20)),
        (5, 6, Fraction(1, 20)),
        (5, 1, Fraction(0)),
        (5, 1, Fraction(1)),
    ],
)
def test_numbers_that_make_no_sample_are_refused(sheets: int, wrong: int, risk: Fraction) -> None:
    with pytest.raises(ValueError, match="Fraction"):
        sample_size(sheets, wrong, risk)


@settings(max_examples=40)
@given(st.data())
def test_the_chance_counted_out_sample_by_sample_is_below_the_risk_and_was_not_one_sheet_before(
    data: st.DataObject,
) -> None:
    sheets = data.draw(st.integers(1, 9))
    wrong = data.draw(st.integers(1, sheets))
    risk = data.draw(st.fractions(Fraction(1, 50), Fraction(49, 50)))

    def unseen(drawn: int) -> Fraction:
        every = list(combinations(range(sheets), drawn))
        return Fraction(sum(min(one, default=sheets) >= wrong for one in every), len(every))

    size = sample_size(sheets, wrong, risk, least=0)
    assert unseen(size) < risk <= unseen(size - 1)


@given(st.integers(1, 300), st.data())
def test_closer_persons_and_smaller_risks_ask_for_more_sheets(sheets: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(1, sheets))
    sizes = [sample_size(sheets, each) for each in range(1, wrong + 1)]
    assert all(nearer >= farther for nearer, farther in pairwise(sizes))
    assert sample_size(sheets, wrong, Fraction(1, 100)) >= sizes[-1]


# How far


@pytest.mark.parametrize(
    ("low", "sheets", "away"),
    [
        (25, 50, 1),  # exactly half: one more is over half
        (26, 50, 1),  # over half: one less is not
        (24, 50, 2),
        (0, 50, 26),
        (50, 50, 17),  # from 2/3 up begins at 34: 17 less is 33
        (34, 50, 1),
        (33, 50, 1),
        (30, 50, 4),  # four up to 34, five down to 25
        (40, 60, 1),  # exactly 2/3 is from 2/3 up
        (41, 60, 2),
    ],
)
def test_the_distance_is_the_least_sheets_to_the_nearest_threshold(low: int, sheets: int, away: int) -> None:
    assert distance(person(low, sheets), sheets) == away


@given(
    st.sampled_from(["gt", "ge", "lt", "le"]),
    st.sampled_from([(0, 1), (1, 2), (2, 3), (1, 3), (7, 10), (1, 1)]),
    st.integers(1, 70),
    st.data(),
)
def test_fewer_misread_rows_never_turn_the_comparison_and_as_many_can(
    op: Operator, share: tuple[int, int], sheets: int, data: st.DataObject
) -> None:
    marks = data.draw(st.integers(0, sheets))
    compared = {"gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le}[op]
    holds = [compared(Fraction(each, sheets), Fraction(*share)) for each in range(sheets + 1)]
    turning = [abs(each - marks) for each in range(sheets + 1) if holds[each] != holds[marks]]
    assert distance(judged_by(op, *share, marks, sheets), sheets) == min(turning, default=None)


def test_a_threshold_that_too_few_sheets_came_back_for_is_out_of_reach() -> None:
    line = person(3, 20)
    of_members = decide(rating_book(), line.counts, 100)
    assert distance(structs.replace(line, findings=of_members), 20) is None
    assert distance(structs.replace(line, findings=of_members), None) == 48


def test_the_instrument_that_binds_sets_the_distance() -> None:
    # Công chức: up to 2/3 and from 2/3 both speak at exactly 2/3, so one sheet either way changes what holds.
    assert (distance(person(41, 60), 60), distance(person(41, 60, "cong-chuc"), 60)) == (2, 1)


def test_without_a_base_there_is_no_distance() -> None:
    assert distance(person(0, 0), 0) is None


def test_the_closest_person_sets_the_distance_of_the_type() -> None:
    assert closest(counted([0, 24, 9], 60), None) == 7


def test_without_a_result_nobody_is_close() -> None:
    assert closest(counted([0, 0], 0), None) is None


@pytest.mark.parametrize(
    ("low", "within"),
    [(47, False), (48, True), (50, True), (52, True), (53, False), (64, False), (65, True), (69, False)],
)
def test_two_points_from_a_threshold_are_measured_exactly(low: int, *, within: bool) -> None:
    assert within_points(person(low, 100)) == within


# Which


def test_the_sample_of_a_type_is_made_from_its_record_and_batches() -> None:
    piles = (Pile(batch=1, sheets=25), Pile(batch=2, sheets=35))
    made = sample(counted([0, 24, 9], 60), None, piles)
    assert made == Sample(ballot=None, number=1, lines=3, piles=piles, closest=7, size=20)


def test_batches_that_do_not_hold_what_was_returned_are_refused() -> None:
    with pytest.raises(PilesNotReturned) as refused:
        sample(counted([5], 60), None, (Pile(batch=1, sheets=59),))
    assert refused.value == PilesNotReturned("", piled=59, returned=60)


def test_a_type_has_a_number_of_its_own_in_the_lot() -> None:
    record = counted([5], 60)
    other = structs.replace(record.types[0], ballot="b", title="B")
    both = structs.replace(record, types=(*record.types, other))
    made = sample(both, "b", (Pile(batch=1, sheets=60),))
    assert (made.number, made.lines, made.closest, made.size) == (2, 0, None, 10)


def test_below_two_hundred_sheets_the_gallery_replaces_the_check() -> None:
    assert (pile_of(GALLERY_BELOW - 1).gallery, pile_of(150, 50).gallery) == (True, False)


def test_the_worked_example_is_drawn() -> None:
    drawn_from = pile_of(25, 25, 20, size=3)
    assert told(tuple(islice(places(SEED, drawn_from), 3))) == ["1:22", "1:11", "2:4"]
    assert told(drawn_list(SEED, drawn_from)) == ["1:11", "1:22", "2:4"]


def redone(seed: str, kind: int, sizes: list[int], wanted: int) -> list[str]:
    """The lot by another hand, from the four steps alone."""
    kept: list[str] = []
    total, counter = sum(sizes), 0
    while len(kept) < min(wanted, total):
        counter += 1
        x = int.from_bytes(hashlib.sha256((seed + "/" + str(kind) + "/" + str(counter)).encode()).digest()[0:4], "big")
        if x >= 4294967296 // total * total:
            continue
        number, batch = x % total + 1, 1
        while number > sizes[batch - 1]:
            number -= sizes[batch - 1]
            batch += 1
        if (one := f"{batch}:{number}") not in kept:
            kept.append(one)
    return kept


@settings(max_examples=50)
@given(
    st.text("0123456789", min_size=10, max_size=10),
    st.integers(1, 9),
    st.lists(st.integers(1, 60), min_size=1, max_size=12),
    st.integers(0, 40),
)
def test_another_program_draws_the_same_sheets(seed: str, kind: int, sizes: list[int], wanted: int) -> None:
    drawn = tuple(islice(places(seed, pile_of(*sizes, number=kind)), wanted))
    assert told(drawn) == redone(seed, kind, sizes, wanted)


@settings(max_examples=30)
@given(st.text("0123456789", min_size=10, max_size=10), st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_the_lists_together_hold_every_sheet_once(seed: str, sizes: list[int]) -> None:
    drawn_from = pile_of(*sizes, size=10)
    lists = [drawn_list(seed, drawn_from, number) for number in range(1, -(-sum(sizes) // 10) + 1)]
    every = [place for one in lists for place in one]
    assert sorted(every) == [
        Place(ballot=None, batch=batch, position=position)
        for batch, sheets in enumerate(sizes, start=1)
        for position in range(1, sheets + 1)
    ]
    assert [len(one) for one in lists[:-1]] == [10] * (len(lists) - 1)
    assert drawn_list(seed, drawn_from, len(lists) + 1) == ()


def test_a_list_stands_in_the_order_in_which_the_batches_lie() -> None:
    lying = Sample(
        ballot=None,
        number=1,
        lines=3,
        piles=(Pile(batch=7, sheets=3), Pile(batch=2, sheets=3)),
        closest=None,
        size=6,
    )
    assert told(drawn_list(SEED, lying)) == ["7:1", "7:2", "7:3", "2:1", "2:2", "2:3"]


def test_two_ballot_types_are_drawn_apart() -> None:
    first = list(places(SEED, pile_of(50, number=1)))
    second = list(places(SEED, pile_of(50, number=2)))
    assert first != second


@pytest.mark.parametrize(
    ("number", "sheets", "drawn"),
    [
        (0, 70, 1),
        (69, 70, 70),
        (70, 70, 1),
        (NUMBERS - NUMBERS % 70 - 1, 70, 70),
        (NUMBERS - NUMBERS % 70, 70, None),
        (NUMBERS - 1, 70, None),
        (NUMBERS - 1, 64, 64),
    ],
)
def test_numbers_beyond_the_last_full_round_are_thrown_away(number: int, sheets: int, drawn: int | None) -> None:
    assert sheet_number(number, sheets) == drawn


def test_no_sheet_comes_up_more_often_than_another() -> None:
    # Over all seeds one cannot count; over many the first of 7 sheets is met about as often as the last.
    firsts = [next(places(f"{seed:010d}", pile_of(7))).position for seed in range(7000)]
    assert all(900 < firsts.count(position) < 1100 for position in range(1, 8))


@pytest.mark.parametrize(
    "seed", ["", "123456789", "12345678901", "12345x7890", "１234567890", "-123456789", "٠123456789"]
)
def test_a_seed_that_is_not_ten_digits_is_refused(seed: str) -> None:
    with pytest.raises(SeedNotTenDigits) as refused:
        places(seed, pile_of(70))
    assert refused.value == SeedNotTenDigits(needed=10, found=len(seed))


def test_blanks_between_the_digits_do_not_count() -> None:
    assert drawn_list(" 47193 02658\n", pile_of(70)) == drawn_list(SEED, pile_of(70))


# The page that explains it

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "random-check.md"


def table_rows(page: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in page.splitlines() if row.startswith("|")]


def test_the_page_prints_the_table_that_is_computed() -> None:
    rows = [row for row in table_rows(PAGE.read_text(encoding="utf-8")) if re.match(r"\d+( điểm)?$", row[0])]
    printed = {int(row[0].split()[0]): tuple(int(cell) for cell in row[1:]) for row in rows if len(row) == 7}
    assert printed == TABLE


def test_the_pocket_program_of_the_page_draws_the_worked_example() -> None:
    program = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert program is not None
    ran = subprocess.run(
        [sys.executable, "-c", program.group(1)], capture_output=True, check=True, encoding="utf-8", timeout=60
    )
    assert ran.stdout.split() == told(drawn_list(SEED, pile_of(25, 25, 20, size=3)))
