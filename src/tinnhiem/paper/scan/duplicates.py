"""Phiếu quét hai lần: the same sheet, found again by its handwriting, without any number on it.

Contract: `find_duplicates` says which pages of the same type and side bear the same strokes, by how far apart the edges of their strokes lie, in millimetres: two scans of one sheet
agree to a few hundredths, two voters' neat crosses do not, even where both marked the same column all the way down. Pages on which nothing is written have no trace and are never
called doubles. One mark alone does not tell one hand from another among thousands (see `APART`): such pages are not called doubles either, and the count by hand, batch by batch,
is what finds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.straighten import FINENESS
from tinnhiem.paper.scan.trace import Ink, beside_frame, ink_of, pooled

APART = ((13, 0.19), (9, 0.13), (4, 0.1), (3, 0.08), (2, 0.065))
"""(marks, mm up to which two pages with at least so many are called doubles). Measured where every voter marked the same column (seeds 0-999 of `bench.marked_pages`). Worst of one
sheet scanned twice: two marks 0.040 from a feeder, 0.065 from a phone, 0.079 on a harsh scan (a white streak, one of 299; else below 0.065); 13 marks 0.090. In black and white pale
pens break up: 0.114 with two marks (7 of 200 beyond the limit and not found), 0.159 with 13. Closest of two voters: two marks 0.081 (499,500 pairs), three 0.115 (20,000), four
0.139, eight 0.197, 13 0.267. One mark: up to 0.062 in one hand (0.046 from a feeder), from 0.043 on in two: no limit tells them apart."""
LIKELY = 0.86
"""Cosine of coarse cells from which a pair is looked at closely: the same sheet reaches 0.94, in black and white 0.89."""
TOGETHER = 512
"""Pages compared with all others at once."""
COARSE = 8
"""Coarse cells a side of one box."""
BLUR = 0.125
"""mm by which strokes are softened, so that a finer scan and a coarser one look alike."""
MOVED = tuple(step / 32 for step in range(-3, 4))
"""mm by which a mark is moved about, each way: frames are found to a pixel."""
FRAME_MOVED = (2, 5)
"""Pixels out and in from a box's edge that its frame may hide while a mark is moved about."""


def find_duplicates(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
    """Các cặp trang cùng nét chữ, as positions in `readings`, the earlier first, in order."""
    groups: dict[tuple[str | None, int | None, int], list[int]] = defaultdict(list)
    inks: dict[int, Ink] = {}
    marks: dict[int, int] = {}
    for place, reading in enumerate(readings):
        if reading.status == "read" and reading.trace:
            ink = ink_of(reading.trace)
            # A struck name leaves no ink in a box, and a speck in a box makes no row written.
            marks[place] = min(len(ink.marks), sum(row.state != "blank" for row in reading.rows))
            if marks[place] >= APART[-1][0]:
                inks[place] = ink
                groups[reading.ballot, reading.page, reading.trace[0] * reading.trace[1]].append(place)
    pairs: list[tuple[int, int]] = []
    for places in groups.values():
        known: dict[tuple[int, int], Strokes] = {}
        last: Strokes | None = None
        for first, second in _likely([inks[place] for place in places]):
            i, j = places[first], places[second]
            if _vote_apart(readings[i], readings[j]):
                continue
            cell = max(inks[i].cell, inks[j].cell)
            for place in (i, j):
                if (place, cell) not in known:
                    known[place, cell] = Strokes(inks[place], cell)
            one, other = known[i, cell], known[j, cell]
            if last and last is not one:
                last.moved.clear()  # pairs come in order: no page is moved about twice
            last = one
            most = next(mm for least, mm in APART if min(marks[i], marks[j]) >= least)
            if one.apart(other) <= most:
                pairs.append((i, j))
    return sorted(pairs)


class Strokes:
    """Các nét của một trang, softened, in cells of `cell` pixels, without what the printed frames hide."""

    def __init__(self, ink: Ink, cell: int) -> None:
        self.cell = cell
        self.ink = {place: pooled(mark, cell // ink.cell) for place, mark in ink.marks.items()}
        soft = {place: _soft(mark, cell) for place, mark in self.ink.items()}
        self.seen = {place: one * _seen(len(one), cell) for place, one in soft.items()}
        self.energy = sum(float(np.square(one).sum()) for one in self.seen.values())
        self.moved: dict[int, NDArray[np.float32]] = {}
        self.slope = sum(_slope(one, cell) for one in soft.values()) / max(self.energy, 1e-6)

    def apart(self, other: Strokes) -> float:
        """Các nét lệch nhau bao nhiêu: mm by which the edges of strokes lie apart, each mark moved to where it fits best.

        Where an edge of slope g lies d aside, darkness differs by g x d: what differs over all there is of slopes is that distance, for thick pens and thin ones alike. How dark a
        page is as a whole counts for nothing; a mark that only one page bears counts with all its ink.
        """
        shared = self.seen.keys() & other.seen.keys()
        like = sum(float((self._moved(place) @ other.seen[place].ravel()).max()) for place in sorted(shared))
        like /= max(np.sqrt(self.energy * other.energy), 1e-6)
        slope = max((self.slope + other.slope) / 2, 1e-6)
        return float(np.sqrt(max(2 * (1 - like), 0.0) / slope)) * self.cell / FINENESS

    def _moved(self, place: int) -> NDArray[np.float32]:
        """One mark at every place it is moved to, a line each, as dark on the whole as where it stands."""
        if place not in self.moved:
            one, seen = _soft(self.ink[place], self.cell), _seen(len(self.ink[place]), self.cell)
            by = [mm * FINENESS / self.cell for mm in MOVED]
            lines = [cv2.warpAffine(one, np.array([(1, 0, x), (0, 1, y)]), one.shape) * seen for y in by for x in by]
            moved = np.stack(lines).reshape(len(lines), -1)
            dark = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
            self.moved[place] = np.asarray(moved * np.linalg.norm(self.seen[place]) / dark, dtype=np.float32)
        return self.moved[place]


def _likely(inks: Sequence[Ink]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, that look alike from afar, in order."""
    boxes = 1 + max((max(ink.marks) for ink in inks), default=0)
    whole = np.zeros((len(inks), boxes, COARSE * COARSE), dtype=np.float32)
    for page, ink in enumerate(inks):
        for place, mark in ink.marks.items():
            whole[page, place] = cv2.resize(mark, (COARSE, COARSE), interpolation=cv2.INTER_AREA).ravel()
    whole -= whole.mean(axis=2, keepdims=True)
    flat = whole.reshape(len(inks), -1)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    found: list[tuple[int, int]] = []
    for start in range(0, len(flat), TOGETHER):
        near = flat[start : start + TOGETHER] @ flat.T
        found += [(start + i, j) for i, j in np.argwhere(near >= LIKELY).tolist() if start + i < j]
    return found


def _vote_apart(one: PageReading, other: PageReading) -> bool:
    """Whether some row is marked clearly on both, and not alike: two very neat hands, and two sheets."""
    choices = {row.line: row.choice for row in one.rows if row.state == "marked"}
    return any(row.state == "marked" and choices.get(row.line, row.choice) != row.choice for row in other.rows)


def _soft(mark: Pixels, cell: int) -> NDArray[np.float32]:
    softened = cv2.GaussianBlur(mark.astype(np.float32), (0, 0), BLUR * FINENESS / cell, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(softened, dtype=np.float32)


def _slope(soft: NDArray[np.float32], cell: int) -> float:
    """How steep the darkness is over all that is seen."""
    seen = _seen(len(soft), cell)
    down, across = np.diff(soft, axis=0) * seen[1:] * seen[:-1], np.diff(soft, axis=1) * seen[:, 1:] * seen[:, :-1]
    return float(np.square(down).sum() + np.square(across).sum())


@cache
def _seen(side: int, cell: int) -> NDArray[np.float32]:
    """1 for the cells that no printed frame touches, wherever a mark is moved to, else 0."""
    bare = pooled(beside_frame(side * cell, FRAME_MOVED) * np.uint8(255), cell)
    return np.asarray(bare == 255, dtype=np.float32)
