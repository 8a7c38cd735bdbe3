"""Sheets scanned twice are found by their handwriting; sheets of two voters, and sheets on which nothing is written, never are."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import pytest

from tinnhiem.paper.scan.boxes import AROUND, Patches
from tinnhiem.paper.scan.duplicates import find_duplicates
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.scan.trace import trace_of

MARGIN, BOX = round(AROUND * FINENESS), round(5 * FINENESS)
SIDE = BOX + 2 * MARGIN
FINER = 16
"""Parts of a pixel in which ends are drawn."""
CORNERS = np.array([(-1, -1), (1, 1), (1, -1), (-1, 1)])


def boxes(seed: int, written: int, rows: int, *, moved: float = 0.0, noise: float = 0.0) -> Patches:
    """Rows of three printed boxes, a cross by one hand in the first box of `written` rows; this scan lies `moved` pixels off."""
    hand, scanner = np.random.default_rng(seed), np.random.default_rng([seed, 1, round(noise * 10)])
    size, pen = hand.uniform(0.55, 0.95) * BOX / 2, int(hand.integers(2, 6))
    white = np.full((rows * 3, SIDE, SIDE), 255, dtype=np.uint8)
    for place, patch in enumerate(white):
        cv2.rectangle(patch, (MARGIN, MARGIN), (MARGIN + BOX - 1, MARGIN + BOX - 1), 40, 2)
        if place % 3 == 0 and place < 3 * written:
            ends = SIDE / 2 + size * CORNERS + hand.normal(0, 2, 2) + hand.normal(0, 2.5, (4, 2)) + moved
            for one, other in (ends[:2], ends[2:]):
                # No hand draws a straight line.
                through = np.rint(np.array([one, (one + other) / 2 + hand.normal(0, 1.6, 2), other]) * FINER)
                cv2.polylines(
                    patch,
                    [through.astype(np.int32)],
                    isClosed=False,
                    color=70,
                    thickness=pen,
                    lineType=cv2.LINE_AA,
                    shift=4,
                )
        if noise:
            patch[:] = np.clip(patch + scanner.normal(0, noise, patch.shape), 0, 255).astype(np.uint8)
    return Patches(white=white, lifted=white, margin=MARGIN, box=BOX)


def reading(
    seed: int,
    *,
    written: int = 9,
    rows: int = 10,
    page: int = 1,
    ballot: str | None = None,
    moved: float = 0.0,
    noise: float = 0.0,
) -> PageReading:
    """A page with the same column marked in `written` of its rows."""
    seen = boxes(seed, written, rows, moved=moved, noise=noise)
    return read(seen, written=written, page=page, ballot=ballot)


def read(seen: Patches, *, written: int, page: int = 1, ballot: str | None = None) -> PageReading:
    told = tuple(
        RowReading(
            line=line, state="marked" if line <= written else "blank", choice="high" if line <= written else None
        )
        for line in range(1, len(seen.white) // 3 + 1)
    )
    return PageReading(status="read", ballot=ballot, page=page, trace=trace_of(seen), rows=told)


def test_a_sheet_scanned_twice_is_found_with_both_its_places():
    assert find_duplicates([reading(1), reading(2), reading(3), reading(2, noise=6)]) == [(1, 3)]


@pytest.mark.parametrize("written", [2, 3, 4])
def test_a_sheet_with_few_names_scanned_twice_is_found_though_all_marked_the_same_column(written: int):
    first = [reading(seed, written=written, rows=written) for seed in range(60)]
    again = reading(31, written=written, rows=written, moved=0.5, noise=6)
    assert find_duplicates([*first, again]) == [(31, 60)]


def test_two_voters_with_few_names_are_no_double_though_all_marked_the_same_column():
    assert find_duplicates([reading(seed, written=2, rows=2) for seed in range(300)]) == []


def test_one_mark_does_not_tell_one_hand_from_another():
    assert find_duplicates([reading(1, written=1, rows=1), reading(1, written=1, rows=1)]) == []


def test_a_streak_of_the_scanner_through_the_marks_hides_no_double():
    streaked = boxes(1, 2, 2)
    streaked.white[:, :, MARGIN + 9 : MARGIN + 11] -= 70
    assert find_duplicates([reading(1, written=2, rows=2), read(streaked, written=2)]) == [(0, 1)]


def test_ink_in_boxes_of_rows_that_are_not_written_makes_no_page_surer():
    # One row is written, whatever else lies in the boxes: one mark tells nothing.
    blank = msgspec.structs.replace(reading(1, written=3, rows=3), rows=reading(1, written=1, rows=3).rows)
    assert find_duplicates([blank, blank]) == []


def test_the_same_marks_on_another_side_or_type_are_no_double():
    assert find_duplicates([reading(1), reading(1, page=2), reading(1, ballot="ubnd")]) == []


def test_pages_without_handwriting_are_never_called_doubles():
    empty = PageReading(status="read", page=1)
    assert find_duplicates([empty, empty, PageReading(status="refused", reason="blank_page")]) == []


def test_sheets_that_clearly_vote_apart_are_no_doubles_however_neat_the_hands():
    one = reading(1)
    rows = (msgspec.structs.replace(one.rows[0], choice="low"), *one.rows[1:])
    assert find_duplicates([one, msgspec.structs.replace(one, rows=rows)]) == []


def test_a_sheet_scanned_three_times_gives_every_pair():
    assert find_duplicates([reading(1), reading(1, noise=4), reading(1, noise=6)]) == [(0, 1), (0, 2), (1, 2)]


def test_a_double_is_found_among_hundreds_of_pages_with_two_marks_in_the_same_column():
    pages = [reading(seed, written=2, rows=2) for seed in range(600)]
    again = reading(77, written=2, rows=2, noise=6)
    assert (77, 600) in find_duplicates([*pages, again])
