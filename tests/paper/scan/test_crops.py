"""What the board is shown of a picture: the row as it was scanned, of the side around it nothing but print and boxes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.web import scanned
from tinnhiem.paper.scan import crops
from tinnhiem.paper.sheet_layout import Row

LAYOUT = scanned.layout()
SIDE = LAYOUT.pages[0]
STRAIGHT = (scanned.PER_MM, 0.0, 0.0, 0.0, scanned.PER_MM, 0.0, 0.0, 0.0, 1.0)
ROW = SIDE.rows[6]


def jpeg(page: NDArray[np.uint8]) -> bytes:
    return bytes(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])


def pixels(picture: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def crossed() -> NDArray[np.uint8]:
    return scanned.marked({ROW.line: (2,)})


def turned(page: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], tuple[float, ...]]:
    """The page lying on its head, and the transform that says so."""
    height, width = page.shape
    flip = np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]]) @ np.array(STRAIGHT).reshape(3, 3)
    return np.ascontiguousarray(page[::-1, ::-1]), tuple(flip.ravel())


def ink_in_boxes(row: Row, strip: NDArray[np.uint8]) -> list[bool]:
    """Which boxes of a strip of boxes are marked, looking into their middle."""
    area = crops.strip_area(row)
    found = []
    for box in row.boxes:
        x, y = ((at - start) * crops.FINE for at, start in ((box.area.x, area.x), (box.area.y, area.y)))
        size = box.area.w * crops.FINE
        inside = strip[round(y + size * 0.3) : round(y + size * 0.7), round(x + size * 0.3) : round(x + size * 0.7)]
        found.append(bool(inside.min() < 128))
    return found


def test_the_boxes_of_a_row_are_cut_out_with_the_mark_in_its_place() -> None:
    assert ink_in_boxes(ROW, pixels(crops.strip_png(jpeg(crossed()), STRAIGHT, ROW))) == [False, False, True]


def test_a_page_that_lay_on_its_head_is_shown_upright() -> None:
    page, transform = turned(crossed())
    assert ink_in_boxes(ROW, pixels(crops.strip_png(jpeg(page), transform, ROW))) == [False, False, True]


def test_a_row_is_shown_over_its_whole_width_with_paper_above_and_below() -> None:
    strip = pixels(crops.row_png(jpeg(crossed()), STRAIGHT, ROW))
    area = crops.row_area(ROW)
    assert strip.shape == (round(area.h * crops.FINE), round(area.w * crops.FINE))


def test_writing_beside_the_print_is_seen_in_the_row_and_covered_on_the_side() -> None:
    page = crossed()
    # On empty paper, right of the post and left of the first box.
    x, y = round((ROW.boxes[0].area.x - 4) * scanned.PER_MM), round((ROW.area.y + 2) * scanned.PER_MM)
    page[y : y + 12, x : x + 16] = 0
    shown = pixels(crops.row_png(jpeg(page), STRAIGHT, ROW))
    side = crops.masked_side(jpeg(page), STRAIGHT, SIDE, LAYOUT.page_mm)
    clean = crops.masked_side(jpeg(crossed()), STRAIGHT, SIDE, LAYOUT.page_mm)
    assert (shown < 40).sum() > (pixels(crops.row_png(jpeg(crossed()), STRAIGHT, ROW)) < 40).sum() + 100
    assert int(np.abs(side.astype(int) - clean.astype(int)).max()) < 40


def test_the_side_keeps_names_and_marks() -> None:
    side = crops.masked_side(jpeg(crossed()), STRAIGHT, SIDE, LAYOUT.page_mm)
    box = ROW.boxes[2].area
    inside = side[
        round((box.y + 1) * crops.COARSE) : round((box.bottom - 1) * crops.COARSE),
        round((box.x + 1) * crops.COARSE) : round((box.right - 1) * crops.COARSE),
    ]
    name = side[
        round(ROW.name.y * crops.COARSE) : round(ROW.name.bottom * crops.COARSE),
        round(ROW.name.x * crops.COARSE) : round((ROW.name.x + 30) * crops.COARSE),
    ]
    assert (bool((inside < 128).any()), bool((name < 128).sum() > 50)) == (True, True)


def test_a_signature_is_on_no_picture_of_the_side() -> None:
    page = crossed()
    assert SIDE.signature is not None
    area = SIDE.signature
    page[round(area.y * 8) : round(area.bottom * 8), round(area.x * 8) : round(area.right * 8)] = 0
    side = crops.masked_side(jpeg(page), STRAIGHT, SIDE, LAYOUT.page_mm)
    shown = side[
        round(area.y * crops.COARSE) + 1 : round(area.bottom * crops.COARSE) - 1,
        round(area.x * crops.COARSE) + 1 : round(area.right * crops.COARSE) - 1,
    ]
    assert int(shown.min()) == 255


def test_two_sides_stand_beside_each_other() -> None:
    one = crops.masked_side(jpeg(crossed()), STRAIGHT, SIDE, LAYOUT.page_mm)
    both = pixels(crops.pair_png([(jpeg(crossed()), STRAIGHT, SIDE)] * 2, LAYOUT.page_mm))
    assert both.shape == (one.shape[0], 2 * one.shape[1] + crops.GAP)


@pytest.mark.parametrize("draw", [crops.row_png, crops.strip_png])
def test_a_crop_says_nothing_of_its_source(draw: object) -> None:
    content = draw(jpeg(crossed()), STRAIGHT, ROW)  # type: ignore[operator]
    chunks, at = [], 8
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        chunks.append(content[at + 4 : at + 8])
        at += length + 12
    assert set(chunks) <= {b"IHDR", b"IDAT", b"IEND"}
