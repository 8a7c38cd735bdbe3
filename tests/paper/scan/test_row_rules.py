"""From the measures of a row to what the reader says: one clean mark alone is decided, everything else goes to people with its reason."""

from __future__ import annotations

import msgspec
import pytest

from tinnhiem.paper.scan.page_reading import BoxMeasure, RowReading
from tinnhiem.paper.scan.row_rules import RowMeasure, read_row

EMPTY = BoxMeasure(choice="c2")
CROSS = BoxMeasure(choice="c1", ink=0.25, soft=0.33, extent=0.7, disc=0.33, template=0.05)
SCRIBBLE = BoxMeasure(choice="c2", ink=0.8, soft=0.9, extent=0.75, disc=0.08, template=0.12)
ROW = RowMeasure(
    line=7,
    boxes=(CROSS, EMPTY, msgspec.structs.replace(EMPTY, choice="c3")),
    depths=(0.6, 0.0, 0.0),
    runs=(1.6, 0.0, 0.0),
    rings=(0.1, 0.0, 0.0),
    through=(0.5, 0.0, 0.0),
    frames=(0.9, 0.9, 0.9),
    usual_depth=0.6,
)


def read(**changes: object) -> RowReading:
    return read_row(msgspec.structs.replace(ROW, **changes))


def with_mark(**changes: object) -> tuple[BoxMeasure, ...]:
    return (msgspec.structs.replace(CROSS, **changes), *ROW.boxes[1:])


def test_one_clean_cross_alone_is_decided():
    reading = read()
    assert (reading.state, reading.choice, reading.reason, reading.proposal) == ("marked", "c1", "", "c1")


def test_a_row_without_ink_is_blank_and_goes_to_people():
    reading = read(boxes=(EMPTY, EMPTY, EMPTY))
    assert (reading.state, reading.choice, reading.reason, reading.proposal) == ("blank", None, "blank", "blank")


def test_two_clean_crosses_are_proposed_as_over_marked():
    reading = read(boxes=(CROSS, CROSS, EMPTY), depths=(0.6, 0.6, 0.0), runs=(1.6, 1.6, 0.0))
    assert (reading.state, reading.reason, reading.proposal) == ("doubt", "over", "over")


def test_a_cross_beside_a_scribbled_box_is_left_to_people_without_a_proposal():
    reading = read(boxes=(CROSS, SCRIBBLE, EMPTY), depths=(0.6, 0.7, 0.0))
    assert (reading.state, reading.reason, reading.proposal) == ("doubt", "over", None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"boxes": with_mark(ink=0.03, soft=0.05, extent=0.2, template=0.003)}, "dot"),
        ({"boxes": with_mark(extent=0.3)}, "dot"),
        ({"boxes": with_mark(ink=0.8, disc=0.1)}, "scribble"),
        ({"runs": (3.0, 0.0, 0.0)}, "scribble"),
        ({"rings": (0.8, 0.0, 0.0)}, "outside"),
        ({"depths": (0.3, 0.0, 0.0)}, "faint"),
        ({"boxes": with_mark(template=0.001)}, "unsure"),
        ({"outside": 1.5}, "outside"),
        ({"through": (1.0, 0.0, 0.0)}, "streak"),
        ({"frames": (0.9, 0.2, 0.9)}, "frame"),
        ({"in_name": 2.0, "struck": True}, "struck"),
        ({"in_name": 9.0}, "written"),
    ],
)
def test_whatever_is_not_one_clean_mark_alone_is_doubted_with_its_reason(changes, reason):
    reading = read(**changes)
    assert (reading.state, reading.choice, reading.reason) == ("doubt", None, reason)


def test_what_a_poor_scan_leaves_of_a_fine_stroke_through_a_name_still_goes_to_people():
    assert read(in_name=0.167).reason == "written"


def test_a_short_stroke_is_no_mark_though_a_neighbours_cross_reaches_to_its_box():
    assert read(boxes=with_mark(ink=0.075, extent=0.47), runs=(0.3, 0.0, 0.0)).reason == "dot"


def test_a_cross_half_out_of_its_box_is_still_a_mark():
    assert read(boxes=with_mark(ink=0.07, extent=0.35), runs=(0.63, 0.0, 0.0)).state == "marked"


def test_a_fine_pens_ring_that_lies_on_the_frame_is_still_seen_around_a_cross():
    assert (
        read(boxes=with_mark(ink=0.19, extent=0.75), runs=(1.83, 0.0, 0.0), rings=(0.42, 0.0, 0.0)).reason == "outside"
    )


@pytest.mark.parametrize(("ink", "runs"), [(0.28, 1.23), (0.35, 1.87)])
def test_a_large_cross_by_itself_is_no_ring(ink, runs):
    assert read(boxes=with_mark(ink=ink), runs=(runs, 0.0, 0.0), rings=(0.44, 0.0, 0.0)).state == "marked"


def test_ink_beside_the_boxes_of_an_unmarked_row_is_a_mark_outside_and_no_blank():
    reading = read(boxes=(EMPTY, EMPTY, EMPTY), outside=4.0)
    assert (reading.state, reading.reason) == ("doubt", "outside")


def test_the_same_pale_cross_counts_where_the_whole_sheet_is_pale():
    assert read(depths=(0.3, 0.0, 0.0), usual_depth=0.32).state == "marked"
    assert read(depths=(0.3, 0.0, 0.0), usual_depth=None).reason == "faint"


def test_a_speck_in_another_box_does_not_disturb_a_clean_mark():
    speck = BoxMeasure(choice="c2", ink=0.008, soft=0.02, extent=0.05, template=0.001)
    assert read(boxes=(CROSS, speck, EMPTY)).state == "marked"
