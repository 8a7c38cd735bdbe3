"""The second look: what a fold does to a row is taken out before people are asked, what a hand does is not."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.paper import scans
from tests.paper.rounds import FORMS, book, laid_out, people
from tinnhiem.paper.drawing import Shape
from tinnhiem.paper.scan.layouts import Layouts
from tinnhiem.paper.scan.page_image import PageImage, grey_and_red
from tinnhiem.paper.scan.page_reading import RowReading
from tinnhiem.paper.scan.read_page import read_page
from tinnhiem.paper.sheet_layout import Row, SheetLayout
from tinnhiem.poll.slate import Slate

PIXELS = scans.DPI / 25.4


@functools.cache
def layout() -> SheetLayout:
    return laid_out(Slate(subjects=people(9)), FORMS["A4"], book(3))


def is_shaded(row: Row) -> bool:
    middle = row.area.y + row.area.h / 2
    shades = [stroke.area for stroke in layout().pages[0].drawing if isinstance(stroke, Shape) and stroke.area.w > 100]
    return any(shade.y < middle < shade.bottom for shade in shades)


def a_row(*, shaded: bool) -> Row:
    return next(row for row in layout().pages[0].rows if is_shaded(row) == shaded)


def marked(row: Row) -> Image.Image:
    return scans.page(layout(), layout().pages[0], {row.line: ("c1",)})


def folded(picture: Image.Image, y: float) -> Image.Image:
    """The page with a fold across it: a soft dark line, a fifth darker than the paper and a millimetre wide."""
    away = (np.arange(picture.height) / PIXELS - y) / 0.35
    light = 1 - 0.2 * np.exp(-0.5 * away**2)
    return Image.fromarray((np.asarray(picture) * light[:, None, None]).astype(np.uint8))


def told(picture: Image.Image, row: Row) -> RowReading:
    grey, red = grey_and_red(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]))
    reading = read_page(PageImage(grey=grey, red=red, dpi=scans.DPI), Layouts(layout()))
    return next(one for one in reading.rows if one.line == row.line)


@pytest.mark.parametrize("shaded", [True, False])
def test_a_fold_through_the_boxes_of_a_row_does_not_send_it_to_people(shaded):
    row = a_row(shaded=shaded)
    reading = told(folded(marked(row), row.boxes[0].area.bottom - 1.3), row)
    assert (reading.state, reading.choice) == ("marked", "c1")


@pytest.mark.parametrize("shaded", [True, False])
def test_a_fold_through_an_unmarked_row_leaves_it_blank(shaded):
    row = a_row(shaded=shaded)
    picture = scans.page(layout(), layout().pages[0], {})
    assert told(folded(picture, row.boxes[0].area.bottom - 1.3), row).state == "blank"


@pytest.mark.parametrize("shaded", [True, False])
def test_a_second_mark_on_a_fold_still_goes_to_people(shaded):
    row = a_row(shaded=shaded)
    picture, y = marked(row), row.boxes[1].area.bottom - 1.3
    left, right = row.boxes[1].area.x + 0.8, row.boxes[1].area.right - 0.8
    ImageDraw.Draw(picture).line([v * PIXELS for v in (left, y, right, y)], fill=(20, 30, 120), width=3)
    assert told(folded(picture, y), row).state == "doubt"


@pytest.mark.parametrize("shaded", [True, False])
def test_a_pen_drawn_through_all_boxes_of_a_row_is_no_fold(shaded):
    row = a_row(shaded=shaded)
    picture, y = marked(row), row.boxes[0].area.bottom - 1.3
    ImageDraw.Draw(picture).line(
        [v * PIXELS for v in (row.name.right + 1, y, row.area.right - 1, y)], fill=(20, 30, 120), width=3
    )
    assert told(picture, row).state == "doubt"
