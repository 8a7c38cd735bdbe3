"""How sheets are laid into batches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.poll.batches import divide


@pytest.mark.parametrize(
    ("total", "sizes"),
    [
        (0, ()),
        (3, (3,)),
        (60, (60,)),
        (61, (25, 25, 11)),
        (75, (25, 25, 25)),
        (79, (25, 25, 29)),
        (80, (25, 25, 25, 5)),
    ],
)
def test_sheets_lie_in_batches_of_twenty_five(total: int, sizes: tuple[int, ...]) -> None:
    assert divide(total) == sizes


def test_a_small_pile_may_be_divided_too() -> None:
    assert divide(47, single_up_to=0) == (25, 22)
    assert divide(27, single_up_to=0) == (27,)
    assert divide(3, single_up_to=0) == (3,)


@pytest.mark.parametrize(
    "wrong", [{"total": -1}, {"total": 5, "size": 0}, {"total": 5, "k": 0}, {"total": 5, "size": 4}]
)
def test_sizes_that_make_no_batch_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        divide(**wrong)


@given(st.integers(1, 3000), st.integers(1, 10), st.integers(0, 40), st.integers(0, 60))
def test_no_sheet_is_lost_and_no_batch_is_small(total: int, k: int, more: int, single: int) -> None:
    sizes = divide(total, k + more, k, single)
    assert sum(sizes) == total
    assert all(batch >= min(k, total) for batch in sizes)
    assert all(batch < k + more + k for batch in sizes) or len(sizes) == 1


@pytest.mark.parametrize("rest", [1, 4])
def test_one_sheet_left_over_joins_the_batch_before(rest: int) -> None:
    assert divide(50 + rest, single_up_to=0) == (25, 25 + rest)
