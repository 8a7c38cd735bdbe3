"""Who is looked through mark by mark: two points on either side of a threshold that binds, and everybody on a small pile."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import VOTE_DAY, rating_book
from tinnhiem.poll.count import count
from tinnhiem.poll.near_threshold import near_threshold, to_look_through
from tinnhiem.poll.record import CountRecord, Numbers
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally
from tinnhiem.poll.slate import BallotType, Slate, Subject

THRESHOLDS = (Fraction(1, 2), Fraction(2, 3))
"""Of the invented book, on its last level."""


def counted(**low: tuple[int, list[int]]) -> CountRecord:
    """Ballot types; each has so many sheets, and its people so many marks of the last level, the rest of the first."""
    book = rating_book()
    first, *middle, last = book.choice_codes()
    types, people = [], []
    for ballot, (sheets, marks) in low.items():
        lines = tuple(
            LineTally(line=line, counts={first: sheets - each, **dict.fromkeys(middle, 0), last: each})
            for line, each in enumerate(marks, start=1)
        )
        types.append(TypeTally(ballot=ballot, sheets=sheets, invalid_by_reason={}, lines=lines))
        people += [Subject(ballot=ballot, line=line, post="X") for line in range(1, len(marks) + 1)]
    slate = Slate(types=tuple(BallotType(id=ballot, title=ballot) for ballot in low), subjects=tuple(people))
    return count(Tally(types=tuple(types)), Numbers(), book, body="Bình An", date=VOTE_DAY, slate=slate)


@given(st.integers(1, 700), st.data())
def test_a_person_is_near_within_two_points_of_a_threshold_and_not_beyond(sheets: int, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, sheets))
    gap = min(abs(Fraction(low, sheets) - threshold) for threshold in THRESHOLDS)
    assert near_threshold(counted(a=(sheets, [low]))) == ((("a", 1),) if gap <= Fraction(2, 100) else ())


@pytest.mark.parametrize(("low", "near"), [(479, ()), (480, (("a", 1),)), (520, (("a", 1),)), (521, ())])
def test_exactly_two_points_are_near_still(low: int, near: tuple[tuple[str, int], ...]) -> None:
    assert near_threshold(counted(a=(1000, [low]))) == near


def test_everybody_on_a_small_type_is_looked_through_in_place_of_the_random_check() -> None:
    record = counted(small=(199, [0, 100]), large=(200, [0, 100]))
    assert to_look_through(record, instead_of_sample=True) == (("small", 1), ("small", 2), ("large", 2))


def test_where_the_random_check_stays_only_those_near_a_threshold_are() -> None:
    record = counted(small=(199, [0, 100]), large=(200, [0, 100]))
    assert to_look_through(record, instead_of_sample=False) == (("small", 2), ("large", 2))


def test_nobody_is_near_where_there_is_nothing_to_take_a_share_of() -> None:
    assert near_threshold(counted(a=(0, [0, 0]))) == ()
