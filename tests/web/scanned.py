"""Phiếu đã đánh dấu cho các bài thử của bàn xem phiếu: a printed ballot, rendered, crossed by hand, and cut up as the desk shows it.

The round is invented; the ballot is the one that is printed.
"""

from __future__ import annotations

import datetime
import random
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from tests.web.harness import subjects
from tinnhiem.law import shelf
from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.laying_out import lay_out
from tinnhiem.paper.sheet_layout import Row, SheetLayout
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType, Slate, Subject

Pixels = NDArray[np.uint8]
PER_MM = 8.0
"""Pixels a millimetre, some 200 dpi."""
AROUND = 2.5
"""Millimetres of paper left around a row."""
LONG = "Nguyễn Hoàng Thị Phương Thảo Khánh Linh Nguyên"


@lru_cache
def layout(lines: int = 13, *, long_names: bool = False) -> SheetLayout:
    """A ballot of so many names."""
    people = tuple(
        Subject(line=one["line"], name=LONG if long_names else one["name"], post=one["post"])  # type: ignore[arg-type]
        for one in subjects(lines)
    )
    return lay_out(
        Slate(types=(BallotType(),), subjects=people),
        shelf.book("qd-96-2023"),
        BallotForm(round_id="thu"),
        body="Tỉnh ủy Bình Minh",
        date=datetime.date(2026, 12, 15),
    )


@lru_cache
def printed(lines: int = 13, *, long_names: bool = False) -> Pixels:
    """The first side as a scanner sees it, before anybody marked it."""
    document = pypdfium2.PdfDocument(ballot_print.draw(layout(lines, long_names=long_names)))
    picture = document[0].render(scale=PER_MM * 25.4 / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def marked(marks: dict[int, tuple[int, ...]], seed: int = 1, lines: int = 13, *, long_names: bool = False) -> Pixels:
    """The first side, crossed by hand: line → boxes, from 0."""
    page = printed(lines, long_names=long_names).copy()
    shake = random.Random(seed)
    rows = {row.line: row for row in layout(lines, long_names=long_names).pages[0].rows}
    for line, boxes in marks.items():
        for box in boxes:
            cross(page, rows[line].boxes[box].area, shake)
    return page


def cross(page: Pixels, box: Area, shake: random.Random) -> None:
    """One X by a pen."""
    for one, other in (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))):
        ends = [
            (
                round((box.x + box.w * (x + shake.uniform(-0.2, 0.2))) * PER_MM),
                round((box.y + box.h * (y + shake.uniform(-0.2, 0.2))) * PER_MM),
            )
            for x, y in (one, other)
        ]
        cv2.line(page, ends[0], ends[1], 60, 4, cv2.LINE_AA)


def strike(page: Pixels, row: Row) -> None:
    """A name struck out."""
    y = round((row.name.y + row.name.h / 2) * PER_MM)
    cv2.line(page, (round(row.name.x * PER_MM), y), (round((row.name.x + 40) * PER_MM), y + 6), 70, 4, cv2.LINE_AA)


def cut(page: Pixels, area: Area) -> bytes:
    """A part of the page as PNG."""
    top, left = max(0, round(area.y * PER_MM)), max(0, round(area.x * PER_MM))
    part = page[top : round(area.bottom * PER_MM), left : round(area.right * PER_MM)]
    return png(part)


def png(pixels: Pixels) -> bytes:
    """The picture as PNG."""
    return bytes(cv2.imencode(".png", pixels)[1])


def half_size(page: Pixels) -> bytes:
    """The whole side, smaller."""
    return png(np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8))


def side_by_side(one: Pixels, other: Pixels) -> Pixels:
    """Two sides with a gap between them."""
    gap = np.full((one.shape[0], 40), 200, np.uint8)
    return np.ascontiguousarray(np.hstack([one, gap, other])[::2, ::2])


def row_around(row: Row) -> Area:
    """The row with a little paper above and below."""
    return Area(row.area.x, row.area.y - AROUND, row.area.w, row.area.h + 2 * AROUND)


def box_span(row: Row) -> tuple[float, float]:
    """Where the boxes stand within the row, half a column to either side of the outer ones."""
    first, second, last = row.boxes[0].area, row.boxes[1].area, row.boxes[-1].area
    pitch = second.x - first.x
    start = first.x + first.w / 2 - pitch / 2
    end = last.x + last.w / 2 + pitch / 2
    return (start - row.area.x) / row.area.w, (end - start) / row.area.w
