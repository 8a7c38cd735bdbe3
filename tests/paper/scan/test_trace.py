"""The trace of a page: bounded bytes, only ink, nothing where nothing is written."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from tests.paper.scan.test_duplicates import boxes
from tinnhiem.paper.scan.trace import ROOM, ink_of, trace_of


def test_a_page_on_which_nothing_is_written_has_no_trace():
    assert trace_of(boxes(1, 0, 10, noise=6)) == b""


def test_a_streak_alone_is_no_handwriting():
    streaked = boxes(1, 0, 3)
    streaked.white[:, :, 30:32] = 90
    assert trace_of(streaked) == b""


def test_only_marked_boxes_are_kept_at_their_places():
    assert sorted(ink_of(trace_of(boxes(1, 3, 9))).marks) == [0, 3, 6]


@pytest.mark.parametrize(("written", "cell"), [(1, 1), (3, 1), (4, 2), (12, 2), (13, 4), (40, 4)])
def test_few_marks_are_kept_finely_and_many_within_the_room(written: int, cell: int):
    trace = trace_of(boxes(1, written, 40))
    assert (ink_of(trace).cell, len(trace) <= ROOM + 3 + 2 * written) == (cell, True)


def test_a_page_scribbled_over_everywhere_stays_within_the_room():
    patches = boxes(1, 40, 40)
    full = msgspec.structs.replace(patches, white=np.full_like(patches.white, 60))
    full.white[:, ::7] = 255
    full.white[:, :, ::7] = 255
    assert len(trace_of(full)) <= ROOM + 3 + 2 * 48
