"""Quy tắc từng dòng: from measures to what the reader says of a row.

Contract: pure, numbers only. A row is marked where exactly one box bears a clean mark, the others are empty by both scorers, the frames are there and nothing foreign stands in the row.
Everything else is blank or doubtful and goes to people with one reason, the plainest there is; nothing is ever called invalid here. Thresholds follow the measurements in `docs` and
the generator's tuning seeds; each says what it parts from what.
"""

from __future__ import annotations

import msgspec

from tinnhiem.paper.scan.page_reading import BoxMeasure, RowReading

EMPTY_INK = 0.010
"""Hard coverage up to which a box is empty: dust; an untouched box shows 0.000–0.003."""
EMPTY_SOFT = 0.045
"""Soft coverage up to which a box is empty: a fold, bleed-through at the edge."""
EMPTY_TEMPLATE = 0.004
CLEAN_INK = 0.055
"""The thinnest slash covers 0.07, a dot 0.02–0.07."""
PALE_INK, PALE_SOFT = 0.025, 0.13
"""A whole cross of a fine pen on a poor scan: little is dark, much is grey; dots and short strokes are grey over less."""
CLEAN_EXTENT = 0.32
"""A slash spans at least 0.6 of the box, a cross half out of it 0.35, a short stroke or a dot up to 0.25."""
SHORT_EXTENT, SHORT_RUNS = 0.48, 0.55
"""A short stroke spans up to 0.35, and more where a neighbour's cross reaches to its box; but along most lines of the box nothing is met. A cross half out of the box is met along 0.63 of them."""
CLEAN_TEMPLATE = 0.005
FAINT_DEPTH = 0.25
"""A fine ballpoint on a poor scan is at least 0.3 darker than paper, most weak pencils less."""
FAINT_ALONE = 0.32
"""The same where the page has too few marks to compare: most weak pencils stay below, even on a good scan."""
FAINT_SHARE = 0.66
"""A mark this much fainter than the sheet's usual one is another pen's: crosses of one pen differ by 0.15, weak pencils are at 0.46 and below."""
BLOB_DISC = 0.19
"""Diameter of the widest white disc over the side: crosses of the broadest pen leave 0.25, scribbles 0.14 at most."""
BLOB_INK = 0.3
"""Below this coverage there is always white enough."""
MANY_RUNS = 2.35
"""Strokes met along a line: a cross has two, a scribble of thin strokes three and more."""
RING = 0.5
"""Share of directions: crosses are met in up to 0.42 of them, rings in 0.55 and more."""
THIN_RING, THIN_RUNS, THIN_INK = 0.40, 1.6, 0.30
"""A fine pen's ring hides behind the frame and is met in as few as 0.42, but cuts the box's corners: many strokes along a line, little covered. Crosses so large have fewer strokes in the box, or a broad pen's cover."""
THROUGH = 0.93
"""A line that fills this much of the box and 1.5 mm on both its sides is a streak or a stroke through the whole row."""
FRAME_WHOLE = 0.45
FOREIGN_NAME = 0.13
"""mm² of ink in the name cell, dust aside, that the blank does not explain: clean cells on bent paper show up to 0.2 until their print is moved to where it fits, then less; of the finest pen's stroke
through a name a poor scan leaves 0.17, writing leaves 3 and more."""
FOREIGN_ROW = 0.5
"""mm² of ink between the boxes that belongs to no mark."""


class RowMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """Số đo một dòng: its boxes, the depth, runs, ring and through of each, how whole each frame is, foreign ink in mm²; `struck` says that the foreign ink lies
    on the printed words; `usual_depth` is the page's median mark, None where it has too few to say.
    """

    line: int
    boxes: tuple[BoxMeasure, ...]
    depths: tuple[float, ...]
    runs: tuple[float, ...]
    rings: tuple[float, ...]
    through: tuple[float, ...]
    frames: tuple[float, ...]
    usual_depth: float | None
    in_name: float = 0.0
    struck: bool = False
    outside: float = 0.0


def read_row(row: RowMeasure) -> RowReading:
    """Đọc một dòng."""
    empty = [_is_empty(box) for box in row.boxes]
    marks = [i for i, is_empty in enumerate(empty) if not is_empty]
    if min(row.frames, default=0.0) < FRAME_WHOLE:
        return _doubt(row, "frame", None)
    plain = sum(_fault(row, i) == "" for i in marks)
    if row.in_name > FOREIGN_NAME and plain < 2:
        return _doubt(row, "struck", "struck") if row.struck else _doubt(row, "written", None)
    if len(marks) > 1:
        return _doubt(row, "over", "over" if plain == len(marks) else None)
    if any(row.through[i] > THROUGH for i in marks):
        return _doubt(row, "streak", None)
    if marks:
        return _read_mark(row, marks[0])
    if row.outside > FOREIGN_ROW:
        return _doubt(row, "outside", None)
    return RowReading(line=row.line, state="blank", reason="blank", proposal="blank", boxes=row.boxes)


def _read_mark(row: RowMeasure, mark: int) -> RowReading:
    """A row with ink in one box alone."""
    fault = _fault(row, mark)
    choice = row.boxes[mark].choice
    if fault:
        return _doubt(row, fault, None)
    if row.outside > FOREIGN_ROW:
        return _doubt(row, "outside", None)
    return RowReading(
        line=row.line, state="marked", choice=choice, certainty=_certainty(row, mark), proposal=choice, boxes=row.boxes
    )


def _is_empty(box: BoxMeasure) -> bool:
    return box.ink <= EMPTY_INK and box.soft <= EMPTY_SOFT and box.template <= EMPTY_TEMPLATE


def _fault(row: RowMeasure, i: int) -> str:
    """Why the ink in a box is no clean mark, "" where it is one."""
    box = row.boxes[i]
    hard = box.ink > CLEAN_INK or (box.ink > PALE_INK and box.soft > PALE_SOFT)
    second = box.template > CLEAN_TEMPLATE
    least = FAINT_ALONE if row.usual_depth is None else max(FAINT_DEPTH, FAINT_SHARE * row.usual_depth)
    if row.depths[i] < least and box.soft > CLEAN_INK:
        return "faint"
    if not hard and not second:
        return "dot"
    if hard != second:
        return "unsure"
    if box.extent < CLEAN_EXTENT or (box.extent < SHORT_EXTENT and row.runs[i] < SHORT_RUNS):
        return "dot"
    if (box.ink > BLOB_INK and box.disc < BLOB_DISC) or row.runs[i] > MANY_RUNS:
        return "scribble"
    if row.rings[i] > RING or (row.rings[i] > THIN_RING and row.runs[i] > THIN_RUNS and box.ink < THIN_INK):
        return "outside"
    return ""


def _certainty(row: RowMeasure, mark: int) -> float:
    """How far the row lies from every threshold it passed, 0..1; for sorting, never for deciding."""
    box = row.boxes[mark]
    rest = [other.ink for i, other in enumerate(row.boxes) if i != mark]
    clear = min((box.ink - CLEAN_INK) / CLEAN_INK, (box.extent - CLEAN_EXTENT) / (1 - CLEAN_EXTENT) * 2, 1.0)
    empty = 1 - max(rest, default=0.0) / EMPTY_INK
    return round(max(0.5, min(1.0, 0.5 + 0.5 * min(clear, empty))), 3)


def _doubt(row: RowMeasure, reason: str, proposal: str | None) -> RowReading:
    """A row for people. A choice is never proposed: what is doubtful becomes a vote by two members, not by one key."""
    return RowReading(line=row.line, state="doubt", reason=reason, certainty=0.0, proposal=proposal, boxes=row.boxes)
