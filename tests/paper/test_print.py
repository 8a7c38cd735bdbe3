"""The printed ballot: its letters read back from the PDF, its machine marks found in the picture of it, the same bytes twice."""

from __future__ import annotations

import unicodedata

import cv2
import msgspec
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from numpy.typing import NDArray

from tests.paper.rounds import FORMS, book, laid_out, people, two_types
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.print import MOST_COPIES, CopiesUnfit, draw
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.paper.sheet_words import CALIBRATION
from tinnhiem.poll.slate import Slate, Subject

DPI = 300
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = sorted({unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"})
VIETNAMESE = [letter + letter.upper() for letter in SMALL]
"""Pairs of a small and a capital letter: the twelve vowels in six tones, and đ: 146 letters."""


def text_of(pdf: bytes) -> str:
    """All words of a PDF, in NFC."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[place].get_textpage().get_text_bounded() for place in range(len(document))]
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


def pictures(pdf: bytes) -> list[NDArray[np.uint8]]:
    """Each page as grey pixels at `DPI`."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze() for page in document]


def cut(picture: NDArray[np.uint8], area: Area) -> NDArray[np.uint8]:
    left, top, right, bottom = (round(mm / 25.4 * DPI) for mm in (area.x, area.y, area.right, area.bottom))
    return picture[top:bottom, left:right]


def ink(picture: NDArray[np.uint8], area: Area) -> float:
    """Share of dark pixels in an area."""
    return float((cut(picture, area) < 128).mean())


def codes_in(pdf: bytes) -> list[list[str]]:
    """What the square codes of each page say."""
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures(pdf)]


def signs_in(picture: NDArray[np.uint8]) -> dict[int, tuple[float, float]]:
    """Sign number → its top-left corner, mm."""
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    corners, numbers, _ = detector.detectMarkers(picture)
    found = [] if numbers is None else zip(numbers.ravel(), corners, strict=True)
    return {int(number): tuple(places[0][0] * 25.4 / DPI) for number, places in found}


def named(name: str, post: str = "Ủy viên") -> SheetLayout:
    return laid_out(Slate(subjects=(Subject(line=1, name=name, post=post), *people(3)[1:])))


def test_there_are_146_vietnamese_letters_to_print() -> None:
    assert len("".join(VIETNAMESE)) == 146


@pytest.mark.parametrize("form", FORMS)
def test_every_vietnamese_letter_is_read_back_from_the_ballot(form: str) -> None:
    slate = Slate(
        subjects=(
            Subject(line=1, name=" ".join(VIETNAMESE), post="Ủy viên"),
            Subject(line=2, name="Lê Thị Bưởi", post=" ".join(VIETNAMESE)),
        )
    )
    printed = text_of(draw(laid_out(slate, FORMS[form]))).split()
    assert [pair for pair in VIETNAMESE if printed.count(pair) != 2] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_name_and_post_is_read_back_whole_and_in_order(form: str) -> None:
    listed = people(30)
    printed = text_of(draw(laid_out(Slate(subjects=listed), FORMS[form])))
    words = printed.split()
    missing = [word for person in listed for word in f"{person.name} {person.post}".split() if word not in words]
    assert missing == []


def test_letters_given_in_pieces_are_printed_whole() -> None:
    assert "Nguyễn Thị Bưởi" in text_of(draw(named(unicodedata.normalize("NFD", "Nguyễn Thị Bưởi"))))


@pytest.mark.parametrize("form", FORMS)
def test_signs_stand_where_the_layout_says(form: str) -> None:
    layout = laid_out(Slate(subjects=people(4)), FORMS[form])
    for picture, side in zip(pictures(draw(layout)), layout.pages, strict=True):
        found = signs_in(picture)
        strays = [
            np.hypot(found[marker.code][0] - marker.x, found[marker.code][1] - marker.y) for marker in side.markers
        ]
        assert max(strays) < 0.2


@pytest.mark.parametrize("form", FORMS)
def test_the_code_of_each_side_says_what_the_layout_says(form: str) -> None:
    layout = laid_out(two_types(), FORMS[form])
    assert codes_in(draw(layout)) == [[layout.payload(side)] for side in layout.pages]


def test_boxes_are_printed_empty_where_the_layout_says() -> None:
    layout = laid_out(Slate(subjects=people(30)))
    inks = [
        ink(picture, box.area.grown(-0.5))
        for picture, side in zip(pictures(draw(layout)), layout.pages, strict=True)
        for row in side.rows
        for box in row.boxes
    ]
    assert max(inks) == 0


def test_frames_are_printed_where_the_layout_says() -> None:
    layout = laid_out(Slate(subjects=people(30)))
    frames = []
    for picture, side in zip(pictures(draw(layout)), layout.pages, strict=True):
        for row in side.rows:
            for box in row.boxes:
                top = Area(box.area.x, box.area.y, box.area.w, 0.3)
                left = Area(box.area.x, box.area.y, 0.3, box.area.h)
                frames += [ink(picture, top), ink(picture, left)]
    assert min(frames) > 0.6


def test_one_calibration_box_is_empty_and_one_crossed() -> None:
    layout = laid_out(Slate(subjects=people(2)))
    picture = pictures(draw(layout))[0]
    empty, crossed = (ink(picture, area.grown(-0.5)) for area in layout.pages[0].calibration)
    assert (empty, crossed > 0.05) == (0, True)


def test_the_same_ballot_is_printed_in_the_same_bytes() -> None:
    assert draw(laid_out(two_types())) == draw(laid_out(two_types()))


def test_no_hour_and_no_maker_stand_in_the_file() -> None:
    metadata = pypdfium2.PdfDocument(draw(laid_out(two_types()))).get_metadata_dict(skip_empty=True)
    assert {
        key: value for key, value in metadata.items() if key in ("Author", "CreationDate", "ModDate", "Title")
    } == {}


def test_no_face_but_ours_is_in_the_file() -> None:
    document = pypdfium2.PdfDocument(draw(laid_out(two_types())))
    families = {
        item.get_font().get_base_name().partition("+")[2].partition("-")[0]
        for page in document
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    }
    assert families == {"Tinos"}


def test_the_page_has_the_size_of_the_paper() -> None:
    width, height = pypdfium2.PdfDocument(draw(laid_out(two_types(), FORMS["A5"])))[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (148, 210)


def test_copies_repeat_the_whole_order() -> None:
    layout = laid_out(two_types())
    assert codes_in(draw(layout, copies=2)) == [[layout.payload(side)] for side in (*layout.pages, *layout.pages)]


def test_a_plain_ballot_bears_no_sign_and_no_code() -> None:
    pdf = draw(laid_out(two_types()), plain=True)
    assert (codes_in(pdf), [signs_in(picture) for picture in pictures(pdf)]) == ([[], []], [{}, {}])


def test_a_plain_ballot_leaves_the_places_of_machine_marks_white() -> None:
    layout = laid_out(two_types())
    inks = [
        ink(picture, area)
        for picture, side in zip(pictures(draw(layout, plain=True)), layout.pages, strict=True)
        for area in (*(Area(m.x, m.y, m.size, m.size) for m in side.markers), side.code, *side.calibration)
    ]
    assert max(inks) == 0


def test_a_plain_ballot_has_the_same_words_but_those_for_the_machines_boxes() -> None:
    plain, whole = (text_of(draw(laid_out(two_types()), plain=plain)).split() for plain in (True, False))
    for _ in laid_out(two_types()).pages:
        for word in " ".join(CALIBRATION).split():
            whole.remove(word)
    assert sorted(plain) == sorted(whole)


def test_the_machines_boxes_say_that_they_are_no_voters() -> None:
    assert all(words in text_of(draw(laid_out(Slate(subjects=people(2))))) for words in CALIBRATION)


def test_a_sample_says_across_the_page_that_it_is_one() -> None:
    layout = laid_out(two_types())
    assert (text_of(draw(layout, sample=True)).count("PHIẾU MẪU"), "PHIẾU MẪU" in text_of(draw(layout))) == (2, False)


def test_every_random_code_makes_a_sheet_of_its_own() -> None:
    layout = laid_out(Slate(subjects=people(2)))
    printed = codes_in(draw(layout, tokens=("0A1B2C3D4E5F6071", "F00DF00DF00DF00D")))
    assert printed == [[layout.payload(layout.pages[0], token)] for token in ("0A1B2C3D4E5F6071", "F00DF00DF00DF00D")]


def test_a_random_code_is_in_no_word_of_the_sheet() -> None:
    layout = laid_out(Slate(subjects=people(2)))
    assert text_of(draw(layout, tokens=("0A1B2C3D4E5F6071",))) == text_of(draw(layout))


@pytest.mark.parametrize("copies", [0, -1, MOST_COPIES + 1])
def test_a_number_of_copies_that_cannot_be_meant_is_refused(copies: int) -> None:
    with pytest.raises(CopiesUnfit):
        draw(laid_out(two_types()), copies=copies)


def test_the_stamp_area_bears_words_only() -> None:
    layout = laid_out(two_types())
    picture, side = pictures(draw(layout))[0], layout.pages[0]
    assert side.stamp is not None
    marked, plain = (cut(each, side.stamp) for each in (picture, pictures(draw(layout, plain=True))[0]))
    assert np.array_equal(marked, plain)


def test_a_band_is_printed_in_its_colour() -> None:
    layout = laid_out(two_types(), msgspec.structs.replace(FORMS["A4"], band=True), book())
    page = pypdfium2.PdfDocument(draw(layout))[0].render(scale=2).to_pil().convert("RGB")
    red, green, blue = np.asarray(page)[page.height // 2, page.width - 43].tolist()
    assert red > green + 80
    assert red > blue + 80
