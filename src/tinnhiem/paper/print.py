"""In phiếu: a layout's sides → PDF.

Contract: draws what the layout lists, where it lists it, and adds the machine marks unless a plain ballot is asked for; decides no place and no word. The same layout
gives the same bytes: no clock, no producer's trace, our own fonts only. Pages stand in the order of the layout, sheet after sheet. Identical sheets unless random codes (`tokens`) are
handed over, which takes the board's decision (`BallotForm.token_decision`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst

from tinnhiem.errors import TinnhiemError
from tinnhiem.paper import sheet_words
from tinnhiem.paper.drawing import Area, Rule, Stroke, set_line
from tinnhiem.paper.sheet_layout import SheetLayout, Side
from tinnhiem.paper.side_drawing import CROSS, crossed
from tinnhiem.typeset import fonts

TEMPLATE = Path(__file__).parent / "ballot.typ"
MOST_COPIES = 5_000
CAPTION = 8.0
"""Points: words for the machine's own boxes, smaller than any that a voter has to read."""

# The sixteen inner cells of signs 0–4 of ArUco's dictionary DICT_4X4_50, row by row, 1 white; a black border of one cell lies around them.
_SIGNS = ("1011010100110010", "0000111110011010", "0011001100101101", "1001100101000110", "0101010010011110")


class CopiesUnfit(TinnhiemError):
    """A number of copies that cannot be printed."""

    code = "copies_unfit"
    vi = "Số bản in phải từ 1 đến {most}."
    en = "The number of copies is from 1 to {most}."


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang chờ in, as the template takes it: strokes, squares of machine marks, and what lies across the page."""

    strokes: tuple[Stroke, ...]
    squares: tuple[tuple[float, float, float], ...]
    across: str


def draw(
    layout: SheetLayout,
    *,
    sides: Sequence[Side] | None = None,
    copies: int = 1,
    tokens: Sequence[str] = (),
    plain: bool = False,
    sample: bool = False,
) -> bytes:
    """Vẽ PDF of the sides (all of them unless said otherwise), `copies` times over, or once for each of `tokens`.

    `plain` leaves out every machine mark, `sample` lays PHIẾU MẪU across. Raises `CopiesUnfit`, `FontsAbsent`, and ValueError where one code
    would stand on sheets of several types: it would tie one voter's sheets together.
    """
    if tokens and len({side.ballot for side in (layout.pages if sides is None else sides)}) > 1:
        raise ValueError(len(tokens))
    if not 1 <= copies <= MOST_COPIES or len(tokens) > MOST_COPIES:
        raise CopiesUnfit(most=MOST_COPIES)
    drawn = layout.pages if sides is None else tuple(sides)
    pages: list[Drawn] = []
    order: list[int] = []
    for token in tokens or ("",):
        first = len(pages)
        pages += [_drawn(layout, side, token, plain=plain, sample=sample) for side in drawn]
        order += list(range(first, len(pages)))
    if not tokens:
        order = order * copies
    made: bytes = typst.compile(**_job(layout, pages, order), format="pdf", timestamp=0)
    return made


def picture(layout: SheetLayout, side: Side, *, dots_per_inch: int = 100) -> bytes:
    """Ảnh một mặt phiếu for the screen: a PNG marked PHIẾU MẪU, without a right mark in it. Raises `FontsAbsent`."""
    shown = msgspec.structs.replace(_drawn(layout, side, "", plain=False, sample=False), across=sheet_words.SAMPLE)
    made: bytes = typst.compile(**_job(layout, [shown], [0]), format="png", ppi=dots_per_inch)
    return made


def _job(layout: SheetLayout, pages: list[Drawn], order: list[int]) -> dict[str, Any]:
    """What the template is handed, and where its fonts are."""
    job = {"page_mm": layout.page_mm, "pages": pages, "order": order, "family": fonts.FAMILY}
    return {
        "input": str(TEMPLATE),
        "root": str(TEMPLATE.parent),
        "font_paths": _our_fonts(),
        "sys_inputs": {"job": msgspec.json.encode(job).decode("utf-8")},
    }


def _drawn(layout: SheetLayout, side: Side, token: str, *, plain: bool, sample: bool) -> Drawn:
    strokes = list(side.drawing)
    squares: list[tuple[float, float, float]] = []
    if not plain:
        for marker in side.markers:
            squares += _sign(marker.code, marker.x, marker.y, marker.size)
        squares += _code(layout.payload(side, token), side.code.x, side.code.y, side.code.w)
        strokes += _calibration(side)
    if sample:
        # One line rightly filled in: what the hall is shown.
        inside = side.rows[0].boxes[0].area.grown(-0.7)
        strokes += [
            Rule(x1=inside.x, y1=inside.y, x2=inside.right, y2=inside.bottom, width=CROSS),
            Rule(x1=inside.x, y1=inside.bottom, x2=inside.right, y2=inside.y, width=CROSS),
        ]
    return Drawn(strokes=tuple(strokes), squares=tuple(squares), across=sheet_words.SAMPLE if sample else "")


def _calibration(side: Side) -> list[Stroke]:
    """The two boxes that the reader tries itself on, named above and below, so that no voter takes them for boxes of his own."""
    first, second = side.calibration
    room = Area(first.x, 0, second.right - first.x, 0)
    above, below = sheet_words.CALIBRATION
    return [
        crossed(first)[0],
        *crossed(second),
        set_line(above, room, first.y - 1.4, CAPTION),
        set_line(below, room, first.bottom + 3, CAPTION),
    ]


def _sign(code: int, x: float, y: float, size: float) -> list[tuple[float, float, float]]:
    """The black cells of a marker."""
    cell = size / 6
    inner = _SIGNS[code]
    black: list[tuple[float, float, float]] = []
    for row in range(6):
        for column in range(6):
            edge = row in (0, 5) or column in (0, 5)
            if edge or inner[(row - 1) * 4 + column - 1] == "0":
                black.append((round(x + column * cell, 4), round(y + row * cell, 4), round(cell, 4)))
    return black


def _code(text: str, x: float, y: float, size: float) -> list[tuple[float, float, float]]:
    """The black cells of the code, level Q; its quiet zone is the white around its area."""
    matrix = segno.make_qr(text, error="q", boost_error=False).matrix
    cell = size / len(matrix)
    return [
        (round(x + column * cell, 4), round(y + row * cell, 4), round(cell, 4))
        for row, line in enumerate(matrix)
        for column, black in enumerate(line)
        if black
    ]


@functools.cache
def _our_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
