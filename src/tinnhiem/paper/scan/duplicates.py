"""Phiếu quét hai lần: the same sheet, found again by its handwriting, without any number on it.

Contract: `trace_of` describes what a hand did inside the boxes of one page; two scans of one sheet agree almost wholly, two voters' sheets hardly, even where both marked the same
column all the way down. `find_duplicates` compares pages of the same type and side; pages on which nothing is written have no trace and are never called doubles.
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
ALIKE = 0.6
"""Cosine from which two pages are called doubles: the same sheet reaches 0.85 and more, two voters' sheets 0.4."""
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
    small = np.stack([cv2.resize(one, (cells, cells), interpolation=cv2.INTER_AREA) for one in ink]).astype(np.float32)
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
            pairs += [(places[i], places[j]) for i, j in _alike(traces)]
    return sorted(pairs)


def _alike(traces: NDArray[np.int8]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of rows whose cosine reaches `ALIKE`."""
    whole = traces.astype(np.float32)
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-6)
    found: list[tuple[int, int]] = []
    for start in range(0, len(whole), TOGETHER):
        near = whole[start : start + TOGETHER] @ whole.T
        for i, j in np.argwhere(near >= ALIKE).tolist():
            if start + i < j:
                found.append((start + i, j))
    return found
