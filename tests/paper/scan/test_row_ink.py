"""Ink in the names: what a hand strikes out or adds is told from dust on the scanner's glass."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.paper import scans
from tests.paper.rounds import FORMS, book, laid_out, people
from tinnhiem.paper.scan.layouts import Layouts
from tinnhiem.paper.scan.page_image import PageImage, grey_and_red
from tinnhiem.paper.scan.read_page import read_page
from tinnhiem.paper.sheet_layout import Row, SheetLayout
from tinnhiem.poll.slate import Slate

PIXELS = scans.DPI / 25.4
INK = (20, 30, 120)


@functools.cache
def layout() -> SheetLayout:
    return laid_out(Slate(subjects=people(9)), FORMS["A4"], book(3))


def row() -> Row:
    return layout().pages[0].rows[3]


def marked() -> Image.Image:
    return scans.page(layout(), layout().pages[0], {row().line: ("c1",)})


def told(picture: Image.Image) -> tuple[str, str]:
    grey, red = grey_and_red(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]))
    reading = read_page(PageImage(grey=grey, red=red, dpi=scans.DPI), Layouts(layout()))
    return next((one.state, one.reason) for one in reading.rows if one.line == row().line)


def with_strokes(*ends: tuple[float, float, float, float], width: int) -> Image.Image:
    """A marked row with straight strokes in its name; millimetres from the name's left edge and its middle, `width` in pixels."""
    picture, name = marked(), row().name
    pen = ImageDraw.Draw(picture)
    for x0, y0, x1, y1 in ends:
        middle = name.y + name.h / 2
        pen.line([v * PIXELS for v in (name.x + x0, middle + y0, name.x + x1, middle + y1)], fill=INK, width=width)
    return picture


def specks(count: int, width: int) -> Image.Image:
    """A marked row with specks a third of a millimetre long, far from one another, above and below the words."""
    name = row().name
    places = [(6.0 + 9 * i, (0.42 if i % 2 else -0.42) * name.h) for i in range(count)]
    return with_strokes(*((x, y, x + 0.3, y) for x, y in places), width=width)


@pytest.mark.parametrize(("count", "width"), [(1, 3), (2, 2)])
def test_a_few_specks_of_dust_in_a_name_do_not_send_its_row_to_people(count, width):
    assert told(specks(count, width)) == ("marked", "")


def test_more_specks_than_dust_leaves_are_shown_to_people():
    assert told(specks(9, 2))[0] == "doubt"


def test_one_short_stroke_in_a_name_is_no_dust():
    assert told(with_strokes((20.0, -3.2, 21.2, -3.2), width=3))[0] == "doubt"


def test_a_fine_pens_stroke_through_a_name_is_no_dust():
    assert told(with_strokes((1.0, 0.0, 34.0, 0.5), width=1)) == ("doubt", "struck")
