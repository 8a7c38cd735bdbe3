"""Phiếu quét hai lần: the same sheet, found again by its handwriting, without any number on it.

Contract: `trace_of` describes what a hand did inside the boxes of one page; two scans of one sheet agree almost wholly, two voters' sheets hardly, even where both marked the same
column all the way down. `find_duplicates` compares pages of the same type and side; pages on which nothing is written have no trace and are never called doubles. One or two marks
do not tell one hand from another (the ballot of a single name): such pages are not called doubles either, and the count by hand, batch by batch, is what finds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan.boxes import Patches
from tinnhiem.paper.scan.page_reading import PageReading

CELLS = 5400
"""About as many numbers a page, however many boxes: few boxes are described more finely."""
FINEST, COARSEST = 36, 6
"""Cells a side of one box."""
FAINT = 30
"""Grey levels over paper below which there is only noise."""
LEAST_INK = 0.02
"""Share of cells with ink in the fullest box below which a page counts as blank."""
ALIKE = ((6, 0.6), (3, 0.75))
"""(written rows, cosine from which two pages with at least so many are called doubles). The same sheet reaches 0.85 and more; of 1,770 pairs of two voters' sheets the closest
reached 0.32 with nine marks, 0.49 with four, 0.64 with two, 0.90 with one."""
TOGETHER = 512
"""Pages compared with all others at once."""


def trace_of(patches: Patches) -> bytes:
    """Nét chữ của một trang, one signed byte a cell; b"" where nothing is written."""
    m, b = patches.margin, patches.box
    edge = m + b // 8
    inside = patches.white[:, edge : 2 * m + b - edge, edge : 2 * m + b - edge]
    ink = np.where(inside < 255 - FAINT, 255 - inside, 0).astype(np.uint8)
    if not len(ink) or float((ink > 0).mean(axis=(1, 2)).max()) < LEAST_INK:
        return b""
    cells = int(min(max(np.sqrt(CELLS / len(ink)), COARSEST), FINEST))
    small = np.zeros((len(ink), cells, cells), dtype=np.float32)
    for place in np.flatnonzero(ink.any(axis=(1, 2))):
        small[place] = cv2.resize(ink[place], (cells, cells), interpolation=cv2.INTER_AREA)
    small -= small.mean(axis=(1, 2), keepdims=True)
    return bytes(np.clip(np.rint(small / 2), -127, 127).astype(np.int8).tobytes())


def find_duplicates(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
    """Các cặp trang cùng nét chữ, as positions in `readings`, the earlier first, in order."""
    groups: dict[tuple[str | None, int | None, int], list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if reading.status == "read" and reading.trace:
            groups[reading.ballot, reading.page, len(reading.trace)].append(place)
    pairs: list[tuple[int, int]] = []
    for places in groups.values():
        if len(places) > 1:
            traces = np.stack([np.frombuffer(readings[place].trace, dtype=np.int8) for place in places])
            needed = np.array([_needed(readings[place]) for place in places], dtype=np.float32)
            alike = [(places[i], places[j]) for i, j in _alike(traces, needed)]
            pairs += [(i, j) for i, j in alike if not _vote_apart(readings[i], readings[j])]
    return sorted(pairs)


def _vote_apart(one: PageReading, other: PageReading) -> bool:
    """Whether some row is marked clearly on both, and not alike: two very neat hands, and two sheets."""
    choices = {row.line: row.choice for row in one.rows if row.state == "marked"}
    return any(row.state == "marked" and choices.get(row.line, row.choice) != row.choice for row in other.rows)


def _needed(reading: PageReading) -> float:
    """The cosine this page asks for; beyond what any pair reaches where too little is written."""
    written = sum(1 for row in reading.rows if row.state != "blank")
    return next((cosine for least, cosine in ALIKE if written >= least), 2.0)


def _alike(traces: NDArray[np.int8], needed: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of rows whose cosine reaches what both ask for."""
    whole = traces.astype(np.float32)
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-6)
    found: list[tuple[int, int]] = []
    for start in range(0, len(whole), TOGETHER):
        near = whole[start : start + TOGETHER] @ whole.T
        asked = np.maximum(needed[start : start + TOGETHER, None], needed[None, :])
        for i, j in np.argwhere(near >= asked).tolist():
            if start + i < j:
                found.append((start + i, j))
    return found
