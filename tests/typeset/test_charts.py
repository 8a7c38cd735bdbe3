from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tinnhiem.typeset.charts import INKS, PATTERNS, REST_INK, WIDTH, Segment, legend, stacked_bar

SVG = "{http://www.w3.org/2000/svg}"


def bar(counts, base):
    segments = [Segment(label=f"Mức {number}", count=count) for number, count in enumerate(counts, start=1)]
    return etree.fromstring(stacked_bar("b", "Trần Ánh", segments, base, "Không hợp lệ"))


def widths(drawing):
    """Widths of the coloured grounds, left to right."""
    return [
        int(one.get("width"))
        for one in drawing.iter(f"{SVG}rect")
        if one.get("y") == "0" and one.get("fill", "").startswith("#")
    ]


def test_three_levels_make_four_segments_that_fill_the_bar():
    assert widths(bar((19, 2, 25), 47)) == [404, 42, 532, 22]


def test_two_choices_make_three_segments():
    assert widths(bar((30, 10), 50)) == [600, 200, 200]


def test_a_choice_nobody_took_has_no_segment():
    assert widths(bar((47, 0, 0), 47)) == [1000]


def test_without_a_base_only_the_frame_is_drawn():
    drawing = bar((0, 0, 0), None)
    assert widths(drawing) == []
    assert drawing.findtext(f"{SVG}desc") == "Chưa có kết quả"


def test_the_drawing_says_its_figures_in_words():
    drawing = bar((19, 2, 25), 47)
    assert drawing.findtext(f"{SVG}title") == "Trần Ánh"
    assert drawing.findtext(f"{SVG}desc") == "Mức 1: 19; Mức 2: 2; Mức 3: 25; Không hợp lệ: 1"


def test_a_name_with_signs_of_markup_stays_a_name():
    drawing = etree.fromstring(stacked_bar("b", "Trần <b> & “Ánh”", [Segment(label="a", count=1)], 1, "x"))
    assert drawing.findtext(f"{SVG}title") == "Trần <b> & “Ánh”"


def test_no_colour_is_red_or_green():
    for ink in (*INKS, REST_INK):
        red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
        assert not (green > red + 24 and green > blue + 24)
        assert not (red > 2 * green and red > 2 * blue)


def test_segments_differ_in_pattern_as_well_as_in_colour():
    assert len(set(PATTERNS)) == len(PATTERNS) == len(set(INKS)) == len(INKS)


def test_a_legend_names_every_level_and_the_rest():
    drawing = etree.fromstring(legend("l", ["Cao", "Vừa", "Thấp"], "Không hợp lệ"))
    assert [one.text for one in drawing.iter(f"{SVG}text")] == ["Cao", "Vừa", "Thấp", "Không hợp lệ"]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.integers(0, 500))
def test_segments_fill_the_bar_whatever_the_counts(counts, invalid):
    base = sum(counts) + invalid
    assert sum(widths(bar(counts, base))) == (WIDTH if base else 0)


def test_the_same_counts_draw_the_same_bar():
    segments = [Segment(label="a", count=3), Segment(label="b", count=4)]
    assert stacked_bar("b", "A", segments, 9, "x") == stacked_bar("b", "A", segments, 9, "x")
