"""Two readings of one pile laid side by side: the cheapest way, found within a band, the same from either side."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import piles, rating_book, sheets
from tinnhiem.poll import align as module
from tinnhiem.poll.align import FIRST_BAND, WIDEST_BAND, Step, align, turned
from tinnhiem.poll.sheet import Sheet

LINES = 3
MARKS = {"h": "high", "m": "medium", "l": "low"}


def pile(text: str) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(invalid="no_stamp") if sheet == "!" else Sheet(lines=tuple(MARKS[mark] for mark in sheet))
        for sheet in text.split()
    )


def cheapest(left: tuple[Sheet, ...], right: tuple[Sheet, ...]) -> int:
    """The plain table over all cells, written for clearness and not for speed."""
    costs = module._Costs(left, right)
    table = {(0, 0): 0}
    for row in range(len(left) + 1):
        for column in range(len(right) + 1):
            ways = []
            if row and column:
                ways.append(table[row - 1, column - 1] + costs.between(row - 1, column - 1))
            if row:
                ways.append(table[row - 1, column] + costs.gap)
            if column:
                ways.append(table[row, column - 1] + costs.gap)
            if row > 1 and column > 1 and left[row - 2] != left[row - 1]:
                beside = left[row - 2] == right[column - 1] or left[row - 1] == right[column - 2]
                if beside:
                    crossed = costs.between(row - 1, column - 2) + costs.between(row - 2, column - 1)
                    ways.append(table[row - 2, column - 2] + costs.swap + crossed)
            table.setdefault((row, column), min(ways, default=0))
    return table[len(left), len(right)]


@st.composite
def readings(draw: st.DrawFn, largest: int = 16) -> tuple[tuple[Sheet, ...], tuple[Sheet, ...]]:
    """A pile keyed twice, the second time with slips: sheets altered, skipped, doubled, swapped."""
    left = draw(piles(rating_book(), LINES, largest))
    right = list(left)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(right)))
        slip = draw(st.sampled_from(["alter", "skip", "add", "swap"]))
        if slip == "add":
            right.insert(place, draw(sheets(rating_book(), LINES)))
        elif slip == "swap" and place + 1 < len(right):
            right[place], right[place + 1] = right[place + 1], right[place]
        elif place < len(right):
            right[place : place + 1] = [] if slip == "skip" else [draw(sheets(rating_book(), LINES))]
    return tuple(left), tuple(right)


@given(readings())
def test_the_band_finds_what_the_whole_table_finds(pair: tuple[tuple[Sheet, ...], tuple[Sheet, ...]]) -> None:
    left, right = pair
    _, cost, floor = module._in_sequence(module._Costs(left, right), WIDEST_BAND)
    assert cost == floor == cheapest(left, right)


@pytest.mark.parametrize("shift", [3, 5, 9, 17])
def test_the_band_widens_as_far_as_the_shift_lies(shift: int) -> None:
    kinds = ["hhh", "hhm", "hmm", "mmm", "mml", "mll", "lll", "hml", "lmh", "hlh", "lhl", "mhm"]
    body = [kinds[place * place % 11] for place in range(40)]
    left, right = pile(" ".join(body[shift:] + body[:shift])), pile(" ".join(body))
    _, cost, floor = module._in_sequence(module._Costs(left, right), WIDEST_BAND)
    assert cost == floor == cheapest(left, right)


@pytest.mark.parametrize("more", [0, 2])
def test_a_narrow_band_promises_what_a_path_outside_it_must_cost(more: int) -> None:
    """Beyond a band of four lie at least five gaps each way, and those by which the piles differ in number."""
    left, right = pile("hhh " * 20), pile("lll " * (20 + more))
    costs = module._Costs(left, right)
    _, cost, floor = module._in_sequence(costs, FIRST_BAND // 2)
    assert (cost > floor, floor) == (True, costs.gap * (more + 10))


@given(readings())
def test_a_narrow_band_never_promises_too_much(pair: tuple[tuple[Sheet, ...], tuple[Sheet, ...]]) -> None:
    left, right = pair
    _, cost, floor = module._in_sequence(module._Costs(left, right), FIRST_BAND // 2)
    assert floor <= cheapest(left, right) <= cost


@given(readings())
def test_every_sheet_of_both_readings_has_exactly_one_place(
    pair: tuple[tuple[Sheet, ...], tuple[Sheet, ...]],
) -> None:
    left, right = pair
    steps = align(left, right).steps
    assert sorted(step.left for step in steps if step.left is not None) == list(range(len(left)))
    assert sorted(step.right for step in steps if step.right is not None) == list(range(len(right)))
    assert all((step.left, step.right) != (None, None) for step in steps)


@given(readings())
def test_steps_stand_in_the_left_order(pair: tuple[tuple[Sheet, ...], tuple[Sheet, ...]]) -> None:
    for one, other in (pair, pair[::-1]):
        places = [step.left for step in align(one, other).steps if step.left is not None]
        assert all(first < second for first, second in pairwise(places))


@given(readings())
def test_either_side_may_come_first(pair: tuple[tuple[Sheet, ...], tuple[Sheet, ...]]) -> None:
    left, right = pair
    one, other = align(left, right), turned(align(right, left))
    assert (one.order, one.cost, set(one.steps)) == (other.order, other.cost, set(other.steps))


@pytest.mark.parametrize(
    ("left", "right", "steps"),
    [
        ("", "", ()),
        ("hhh", "", (Step(0, None),)),
        ("", "hhh", (Step(None, 0),)),
        ("hhh mmm", "hhh mmm", (Step(0, 0), Step(1, 1))),
        ("hhh mmm lll", "hhh lll", (Step(0, 0), Step(1, None), Step(2, 1))),
        ("hhh lll", "hhh mmm lll", (Step(0, 0), Step(None, 1), Step(1, 2))),
        ("hhh mmm lll", "hhh lhl lll", (Step(0, 0), Step(1, 1), Step(2, 2))),
        ("hhh ! lll", "hhh mmm lll", (Step(0, 0), Step(1, 1), Step(2, 2))),
        ("hmh mml", "mml hmh", (Step(0, 1, swapped=True), Step(1, 0, swapped=True))),
        ("mml hmh", "hmh mml", (Step(0, 1, swapped=True), Step(1, 0, swapped=True))),
    ],
)
def test_small_piles_are_laid_as_a_person_would(left: str, right: str, steps: tuple[Step, ...]) -> None:
    assert align(pile(left), pile(right)).steps == steps


def test_costs_are_counted_in_half_lines() -> None:
    costs = module._Costs(pile("hhh !"), (*pile("hmm !"), Sheet(invalid="not_issued")))
    assert costs.swap == 1
    assert (costs.gap, costs.between(0, 0), costs.between(0, 1), costs.between(1, 1), costs.between(1, 2)) == (
        2,
        4,
        3,
        0,
        2,
    )
    assert module._Costs(pile("hhhhhhhhhh"), ()).gap == 6


def test_a_pile_that_reads_alike_from_both_ends_is_not_called_turned() -> None:
    left = pile("hhh hhm hmm mmm mml mll")
    even = pile("hhh mmm lll lll mmm hhl")
    assert (align(left, left[::-1]).order, align(even, even[::-1]).order) == ("reversed", "shuffled")


def test_gathered_sheets_are_paired_with_what_is_most_like_them() -> None:
    left = pile("hhh hml lmh mmm lll hlh mhm lhl")
    right = pile("lhl mmm hhh lmh mhm hlh lll hmm")
    found = align(left, right)
    assert found.order == "shuffled"
    assert Step(1, 7) in found.steps


def test_a_gathered_sheet_unlike_all_others_is_left_alone() -> None:
    left = pile("hhh hml lmh mmm lll hlh mhm lhl")
    right = pile("lhl mmm hhh lmh mhm hlh lll !")
    sheet_for_sheet = align(left, (*right[:-1], Sheet(lines=("low", "low", "high"))))
    assert {Step(1, None), Step(None, 7)} <= set(sheet_for_sheet.steps)
