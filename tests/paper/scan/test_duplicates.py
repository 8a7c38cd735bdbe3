"""Sheets scanned twice are found by their handwriting; sheets on which nothing is written never are."""

from __future__ import annotations

import time

import msgspec
import numpy as np

from tinnhiem.paper.scan.duplicates import find_duplicates
from tinnhiem.paper.scan.page_reading import PageReading, RowReading

CELLS = 900


def reading(
    seed: int, *, noise: float = 0.0, page: int = 1, ballot: str | None = None, written: int = 9
) -> PageReading:
    """A page with a handwriting of its own in `written` of its ten rows, scanned with some noise."""
    hand = np.random.default_rng(seed).normal(0, 40, CELLS)
    seen = hand + np.random.default_rng(seed + 10**6).normal(0, noise, CELLS) if noise else hand
    trace = np.clip(seen, -127, 127).astype(np.int8).tobytes()
    rows = tuple(RowReading(line=line, state="marked" if line <= written else "blank") for line in range(1, 11))
    return PageReading(status="read", ballot=ballot, page=page, trace=trace, rows=rows)


def test_a_sheet_scanned_twice_is_found_with_both_its_places():
    assert find_duplicates([reading(1), reading(2), reading(3), reading(2, noise=15)]) == [(1, 3)]


def test_the_same_marks_on_another_side_or_type_are_no_double():
    assert find_duplicates([reading(1), reading(1, page=2), reading(1, ballot="ubnd")]) == []


def test_pages_without_handwriting_are_never_called_doubles():
    empty = PageReading(status="read", page=1)
    assert find_duplicates([empty, empty, PageReading(status="refused", reason="blank_page")]) == []


def test_one_or_two_marks_do_not_tell_one_hand_from_another():
    assert find_duplicates([reading(1, written=2), reading(1, written=2)]) == []


def test_a_few_marks_must_agree_more_closely_than_many():
    few = [reading(1, written=4), reading(1, written=4, noise=35)]
    many = [reading(1), reading(1, noise=35)]
    assert (find_duplicates(few), find_duplicates(many)) == ([], [(0, 1)])


def test_sheets_that_clearly_vote_apart_are_no_doubles_however_neat_the_hands():
    one = reading(1)
    rows = (msgspec.structs.replace(one.rows[0], choice="a"), *one.rows[1:])
    other = msgspec.structs.replace(one, rows=(msgspec.structs.replace(one.rows[0], choice="b"), *one.rows[1:]))
    assert find_duplicates([msgspec.structs.replace(one, rows=rows), other]) == []


def test_a_sheet_scanned_three_times_gives_every_pair():
    assert find_duplicates([reading(1), reading(1, noise=10), reading(1, noise=12)]) == [(0, 1), (0, 2), (1, 2)]


def test_two_thousand_pages_are_compared_within_seconds():
    pages = [reading(seed) for seed in range(2000)]
    begun = time.process_time()
    assert find_duplicates([*pages, reading(77, noise=10)]) == [(77, 2000)]
    assert time.process_time() - begun < 10
