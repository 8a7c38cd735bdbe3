"""Rows are shared out over sides: as few sides as hold them, evenly, in order, none cut."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tinnhiem.paper.side_split import split

heights = st.lists(st.sampled_from([7.2, 9.5, 14.1, 18.7]), min_size=1, max_size=60)
rooms = st.integers(60, 240).map(float)


def over(rows: list[float], counts: tuple[int, ...]) -> list[list[float]]:
    """The rows of each side."""
    ends = [sum(counts[: place + 1]) for place in range(len(counts))]
    return [rows[end - count : end] for end, count in zip(ends, counts, strict=True)]


@given(heights, rooms, rooms, rooms, rooms)
def test_every_row_stands_on_one_side(rows: list[float], first: float, middle: float, last: float, only: float) -> None:
    assert sum(split(rows, first, middle, last, only, 30)) == len(rows)


@given(heights, rooms, rooms, rooms, rooms)
def test_no_side_holds_more_than_fits(rows: list[float], first: float, middle: float, last: float, only: float) -> None:
    sides = over(rows, split(rows, first, middle, last, only, 30))
    room = [only] if len(sides) == 1 else [first, *([middle] * (len(sides) - 2)), last]
    assert all(sum(side) <= held + 1e-6 and len(side) <= 30 for side, held in zip(sides, room, strict=True))


@given(st.integers(1, 60))
def test_rows_of_one_height_are_split_evenly(number: int) -> None:
    counts = split([7.2] * number, 200, 200, 200, 200, 30)
    assert max(counts) - min(counts) <= 1


@given(heights)
def test_one_side_is_enough_where_all_rows_fit_on_it(rows: list[float]) -> None:
    assume(len(rows) <= 30)
    assert split(rows, 60, 60, 60, sum(rows), 30) == (len(rows),)


@given(heights, st.integers(1, 30))
def test_no_side_has_more_rows_than_the_eye_can_follow(rows: list[float], most: int) -> None:
    assert max(split(rows, 2000, 2000, 2000, 2000, most)) <= most


@given(heights, rooms)
def test_no_split_with_fewer_sides_would_hold_them(rows: list[float], room: float) -> None:
    found = split(rows, room, room, room, room, 30)
    filled, sides = 0.0, 1
    held = 0
    for row in rows:
        if filled + row > room + 1e-6 or held == 30:
            filled, held, sides = 0.0, 0, sides + 1
        filled, held = filled + row, held + 1
    assert len(found) == sides


def test_thirty_one_rows_that_would_fit_still_take_two_sides() -> None:
    assert split([1.0] * 31, 200, 200, 200, 200, 30) == (16, 15)


def test_a_list_is_kept_in_two_halves_where_the_last_side_has_the_room() -> None:
    assert split([7.2] * 40, 160, 220, 200, 170, 30) == (20, 20)


def test_a_row_higher_than_a_side_is_refused() -> None:
    with pytest.raises(ValueError, match="181"):
        split([7.2, 181.0], 180, 220, 200, 190, 30)
