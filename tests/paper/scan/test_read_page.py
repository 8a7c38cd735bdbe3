"""The reader on printed, marked and scanned pages: what is clear is decided, what is not goes to people, what cannot be placed is refused."""

from __future__ import annotations

import functools

import cv2
import msgspec
import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.paper import scans
from tests.paper.rounds import FORMS, book, laid_out, people
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.duplicates import find_duplicates
from tinnhiem.paper.scan.layouts import Layouts
from tinnhiem.paper.scan.page_image import PageImage, grey_and_red
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.read_page import read_page
from tinnhiem.paper.sheet_layout import SheetLayout, Side
from tinnhiem.poll.slate import Slate

CHOICES = ("c1", "c2", "c3")
PIXELS = scans.DPI / 25.4
INK = (20, 30, 120)


@functools.cache
def layout(number: int = 9, form: str = "A4") -> SheetLayout:
    return laid_out(Slate(subjects=people(number)), FORMS[form], book(3))


def wanted(side: Side) -> dict[int, str]:
    """A choice for each line, one after the other."""
    return {row.line: CHOICES[row.line % 3] for row in side.rows}


def page(form: str = "A4", number: int = 9) -> Image.Image:
    side = layout(number, form).pages[0]
    return scans.page(layout(number, form), side, {line: (choice,) for line, choice in wanted(side).items()})


def image(picture: Image.Image, dpi: float | None = scans.DPI) -> PageImage:
    grey, red = grey_and_red(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]))
    return PageImage(grey=grey, red=red, dpi=dpi)


def read(picture: Image.Image, form: str = "A4", number: int = 9, dpi: float | None = scans.DPI) -> PageReading:
    return read_page(image(picture, dpi), Layouts(layout(number, form)))


def choices(reading: PageReading) -> dict[int, str | None]:
    return {row.line: row.choice for row in reading.rows}


def told(reading: PageReading, line: int) -> tuple[str, str]:
    row = next(row for row in reading.rows if row.line == line)
    return row.state, row.reason


def box(line: int, choice: str) -> Area:
    row = next(row for row in layout().pages[0].rows if row.line == line)
    return next(one.area for one in row.boxes if one.choice == choice)


def strokes(picture: Image.Image, *ends: tuple[float, float, float, float], width: int = 4) -> Image.Image:
    """The page with straight strokes of a pen, millimetres."""
    pen = ImageDraw.Draw(picture)
    for stroke in ends:
        pen.line([value * PIXELS for value in stroke], fill=INK, width=width)
    return picture


@pytest.mark.parametrize(("form", "number"), [("A4", 1), ("A4", 9), ("A5", 4), ("large", 5)])
def test_every_row_of_a_clean_page_is_read_as_it_was_marked(form, number):
    side = layout(number, form).pages[0]
    assert choices(read(page(form, number), form, number)) == wanted(side)


@pytest.mark.parametrize("form", ["A4", "large"])
def test_a_page_tells_which_of_two_printings_it_is(form):
    both = Layouts(layout(5, "A4"), layout(5, "large"))
    reading = read_page(image(page(form, 5)), both)
    assert (reading.status, reading.layout) == ("read", layout(5, form).hash[:16])


def test_a_page_refused_for_its_scale_still_tells_its_printing():
    picture = page()
    smaller = picture.resize((round(picture.width * 0.95), round(picture.height * 0.95)))
    reading = read(smaller)
    assert (reading.reason, reading.layout) == ("wrong_scale", layout().hash[:16])


@pytest.mark.parametrize("turn", [90, 180, 270, 3, -3])
def test_a_page_is_read_however_it_lay_in_the_scanner(turn):
    turned = page().rotate(turn, expand=True, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    assert choices(read(turned)) == wanted(layout().pages[0])


def test_a_mirrored_page_is_not_read():
    assert read(page().transpose(Image.Transpose.FLIP_LEFT_RIGHT)).status == "refused"


def test_a_photograph_taken_at_a_slant_is_read():
    seen = np.asarray(page())
    height, width = seen.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    slanted = np.array([(180, 120), (1500, 60), (1680, 2300), (60, 2200)], dtype=np.float32)
    photo = cv2.warpPerspective(
        seen, cv2.getPerspectiveTransform(corners, slanted), (1750, 2400), borderValue=(70, 60, 50)
    )
    assert choices(read(Image.fromarray(photo), dpi=None)) == wanted(layout().pages[0])


def test_three_signs_are_enough():
    picture = page()
    for marker in layout().pages[0].markers[1::3]:
        hidden = [
            value * PIXELS
            for value in (marker.x - 1, marker.y - 1, marker.x + marker.size + 1, marker.y + marker.size + 1)
        ]
        ImageDraw.Draw(picture).rectangle(hidden, fill=(255, 255, 255))
    assert choices(read(picture)) == wanted(layout().pages[0])


def test_the_same_page_gives_the_same_reading():
    picture = image(page())
    assert read_page(picture, Layouts(layout())) == read_page(picture, Layouts(layout()))


def test_a_row_without_a_mark_is_blank():
    side = layout().pages[0]
    reading = read(scans.page(layout(), side, {3: ("c1",)}))
    assert [told(reading, line) for line in (2, 3, 4)] == [("blank", "blank"), ("marked", ""), ("blank", "blank")]


def test_two_crosses_in_a_row_are_left_to_people():
    side = layout().pages[0]
    assert told(read(scans.page(layout(), side, {2: ("c1", "c3")})), 2) == ("doubt", "over")


def test_a_box_scribbled_over_is_no_mark():
    area = box(5, "c1")
    zigzag = [(area.x + 0.2, area.y + 0.4 * i, area.right - 0.2, area.y + 0.4 * (i + 1)) for i in range(12)]
    picture = strokes(scans.page(layout(), layout().pages[0], {}), *zigzag)
    assert told(read(picture), 5) == ("doubt", "scribble")


def test_a_name_struck_out_is_seen_beside_a_clean_mark():
    row = layout().pages[0].rows[3]
    middle = row.name.y + row.name.h * 0.5
    assert told(read(strokes(page(), (row.name.x + 1, middle, row.name.x + 34, middle + 0.4))), row.line) == (
        "doubt",
        "struck",
    )


def test_words_added_to_a_name_are_seen():
    row = layout().pages[0].rows[0]
    x, y = row.name.right - 16, row.name.y + row.name.h / 2
    letters = [(x + 2 * i, y + 1.5, x + 2 * i + 1, y - 1.5) for i in range(6)]
    assert told(read(strokes(page(), *letters)), row.line) == ("doubt", "written")


def test_a_cross_between_the_boxes_is_a_mark_outside():
    left, right = box(6, "c1"), box(6, "c2")
    x, y = (left.right + right.x) / 2, left.y + left.h / 2
    picture = strokes(
        scans.page(layout(), layout().pages[0], {}), (x - 2, y - 2, x + 2, y + 2), (x - 2, y + 2, x + 2, y - 2)
    )
    assert told(read(picture), 6) == ("doubt", "outside")


def test_a_cross_larger_than_its_box_is_a_clean_mark():
    area = box(6, "c2").grown(1.6)
    crossed = ((area.x, area.y, area.right, area.bottom), (area.x, area.bottom, area.right, area.y))
    assert choices(read(strokes(scans.page(layout(), layout().pages[0], {}), *crossed)))[6] == "c2"


def test_a_circled_cross_is_left_to_people():
    area = box(4, wanted(layout().pages[0])[4]).grown(0.6)
    picture = page()
    ImageDraw.Draw(picture).ellipse(
        [v * PIXELS for v in (area.x, area.y, area.right, area.bottom)], outline=INK, width=4
    )
    assert told(read(picture), 4) == ("doubt", "outside")


def test_a_dot_is_no_mark():
    area = box(4, "c1")
    x, y = area.x + area.w / 2, area.y + area.h / 2
    picture = strokes(scans.page(layout(), layout().pages[0], {}), (x - 0.4, y, x + 0.4, y), width=6)
    assert told(read(picture), 4) == ("doubt", "dot")


def test_a_seal_in_its_place_is_seen_and_its_absence_as_well():
    side = layout().pages[0]
    assert (read(scans.stamped(page(), side)).stamped, read(page()).stamped) == (True, False)


def test_a_seal_is_seen_without_colour_too():
    grey = np.asarray(scans.stamped(page(), layout().pages[0]).convert("L"))
    assert read_page(PageImage(grey=np.ascontiguousarray(grey), dpi=200), Layouts(layout())).stamped is True


def test_a_signature_changes_nothing():
    signed = layout().pages[-1].signature
    assert signed is not None
    scrawl = [(signed.x + 4 * i, signed.y + 12, signed.x + 4 * i + 3, signed.bottom - 8) for i in range(8)]
    plain, written = read(page()), read(strokes(page(), *scrawl))
    assert (written.rows, written.trace) == (plain.rows, plain.trace)


def test_a_sheet_of_another_vote_is_refused():
    other = laid_out(Slate(subjects=people(9)), msgspec.structs.replace(FORMS["A4"], round_id="dot-khac"), book(3))
    reading = read_page(image(page()), Layouts(other))
    assert (reading.status, reading.reason, reading.rows) == ("refused", "other_round", ())


def test_a_rehearsal_sheet_among_official_ones_is_refused_as_such():
    official = laid_out(Slate(subjects=people(9)), msgspec.structs.replace(FORMS["A4"], rehearsal=True), book(3))
    assert read_page(image(page()), Layouts(official)).reason == "rehearsal_mixed"


def test_a_ballot_printed_to_fit_the_page_is_refused():
    picture = page()
    small = picture.resize((round(picture.width * 0.95), round(picture.height * 0.95)), Image.Resampling.LANCZOS)
    reading = read(small)
    assert (reading.status, reading.reason, reading.scale) == ("refused", "wrong_scale", pytest.approx(0.95, abs=0.003))


def test_an_empty_back_and_a_strange_page_are_told_apart():
    empty = Image.new("RGB", (1654, 2339), (255, 255, 255))
    strange = strokes(empty.copy(), *[(20, 20 + 8 * i, 190, 20 + 8 * i) for i in range(20)])
    assert (read(empty).reason, read(strange).reason) == ("blank_page", "not_a_ballot")


def test_a_covered_code_is_refused_as_unreadable():
    picture, code = page(), layout().pages[0].code
    ImageDraw.Draw(picture).rectangle(
        [v * PIXELS for v in (code.x, code.y + 3, code.right, code.bottom)], fill=(0, 0, 0)
    )
    assert read(picture).reason == "code_unreadable"


def test_a_picture_of_too_few_pixels_is_refused():
    picture = page()
    assert read(picture.resize((picture.width * 2 // 5, picture.height * 2 // 5)), dpi=None).reason == "too_small"


def test_the_same_sheet_scanned_twice_is_found_and_two_sheets_are_not():
    once = page()
    again = once.rotate(0.6, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    side = layout().pages[0]
    other = scans.page(layout(), side, dict.fromkeys(wanted(side), ("c1",)))
    assert find_duplicates([read(once), read(other), read(again)]) == [(0, 2)]


def test_the_code_on_the_sheet_gives_its_token():
    side = layout().pages[0]
    assert read(scans.page(layout(), side, {}, token="7Q2M4")).token == "7Q2M4"
