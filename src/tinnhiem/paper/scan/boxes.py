"""Đo ô: how much ink stands in each box, by two scorers that know nothing of each other.

Contract: the first counts dark pixels relative to the frame it found and to the local paper; the second takes the scan as it came, fits paper and black by the patch's own light, and
measures what the blank sheet does not explain. Shapes (extent, widest white, runs) are measured where there is ink. All shares are of the box's inside.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from tinnhiem.paper.scan.page_image import Pixels, as_pixels
from tinnhiem.paper.scan.straighten import FINENESS

HARD = 186
"""Ink is 27 % darker than paper: bleed-through and shade stay above, a thin ballpoint at 150 dpi below."""
SOFT = 222
"""13 % darker than paper: a weak pencil."""
AROUND = 1.5
"""mm of surroundings cut out with each box: strokes leave boxes."""
INSIDE = 0.15
"""Share of the box's side left out at each edge, so that no frame is counted as ink."""
WITHIN_FRAME = 0.6
"""mm from the outer edge: the inside of the frame with its blur."""


class Patches(msgspec.Struct, frozen=True, kw_only=True):
    """Các ô đã cắt: `white` whitened, `raw` as scanned, both (n, side, side); `margin` and `box` in pixels."""

    white: NDArray[np.uint8]
    raw: NDArray[np.uint8]
    margin: int
    box: int


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Số đo từng ô, (n,) each. `extent` is the shorter span of the ink over the box; `depth` how dark its darkest twentieth is, 0..1; `disc` the diameter
    of the widest white disc in the inside over its side; `runs` the greater of the strokes met along lines across and down; `sides` on how many of the four
    sides there is ink outside the frame's middle.
    """

    ink: NDArray[np.float64]
    soft: NDArray[np.float64]
    extent: NDArray[np.float64]
    depth: NDArray[np.float64]
    disc: NDArray[np.float64]
    runs: NDArray[np.float64]
    sides: NDArray[np.int64]
    template: NDArray[np.float64]


def cut(white: Pixels, raw: Pixels, centres: NDArray[np.int64], size_mm: float) -> Patches:
    """Cắt ô around the middles found."""
    box = round(size_mm * FINENESS)
    margin = round(AROUND * FINENESS)
    side = box + 2 * margin
    # An even side has its middle between two pixels.
    tops = centres - side // 2 + (1 if side % 2 == 0 else 0)
    pad = side
    cuts = []
    for part in (white, raw):
        wide = as_pixels(cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_REPLICATE))
        view = sliding_window_view(wide, (side, side))
        x = np.clip(tops[:, 0] + pad, 0, view.shape[1] - 1)
        y = np.clip(tops[:, 1] + pad, 0, view.shape[0] - 1)
        cuts.append(view[y, x])
    return Patches(white=cuts[0], raw=cuts[1], margin=margin, box=box)


def measure(patches: Patches, blank: NDArray[np.uint8]) -> Measures:
    """Đo mọi ô. `blank` (side, side) is the same patch of the blank sheet."""
    white, m, b = patches.white, patches.margin, patches.box
    inset = m + round(b * INSIDE)
    inner = white[:, inset : m + m + b - inset, inset : m + m + b - inset]
    flat = inner.reshape(len(inner), -1)
    ink = (flat < HARD).mean(axis=1)
    soft = (flat < SOFT).mean(axis=1)
    dark = np.partition(flat, flat.shape[1] // 20, axis=1)[:, : flat.shape[1] // 20]
    depth = 1 - dark.mean(axis=1) / 255
    count = len(white)
    extent, disc, runs = np.zeros(count), np.ones(count), np.zeros(count)
    sides = np.zeros(count, dtype=np.int64)
    for i in np.flatnonzero(soft > 0.004):
        extent[i] = _extent(white[i], m, b)
        disc[i], runs[i] = _shape(white[i], m, b)
        sides[i] = _sides(white[i], m, b)
    return Measures(
        ink=ink,
        soft=soft,
        extent=extent,
        depth=depth,
        disc=disc,
        runs=runs,
        sides=sides,
        template=unexplained(patches, blank),
    )


def unexplained(patches: Patches, blank: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Điểm thứ hai: mean darkness that the blank does not have, over box and frame, with paper and black fitted to each patch as scanned."""
    m, b = patches.margin, patches.box
    raw = patches.raw[:, m : m + b, m : m + b].astype(np.float32)
    whole = patches.raw.reshape(len(raw), -1)
    paper = np.percentile(whole[:, ::3], 85, axis=1).astype(np.float32)[:, None, None]
    # What the blank has dark may be as dark as it likes, one pixel around as well: only ink beyond it counts.
    allowed = cv2.erode(blank[m : m + b, m : m + b], np.ones((5, 5), np.uint8)).astype(np.float32) / 255
    lack = np.clip(allowed * paper * 0.82 - raw, 0, None) / np.maximum(paper, 40)
    result: NDArray[np.float64] = lack.mean(axis=(1, 2)).astype(np.float64)
    return result


def _extent(patch: NDArray[np.uint8], m: int, b: int) -> float:
    """The shorter span of the ink in and just around the box over the box's side; the frame itself is left out."""
    ink = patch < HARD
    edge = round(WITHIN_FRAME * FINENESS)
    ink = ink.copy()
    low, high = m - 2, m + b + 2
    ink[low : m + edge, low:high] = False
    ink[m + b - edge : high, low:high] = False
    ink[low:high, low : m + edge] = False
    ink[low:high, m + b - edge : high] = False
    spans = []
    for axis in (0, 1):
        there = np.flatnonzero(ink.sum(axis=axis) >= 2)
        spans.append((there[-1] - there[0] + 1) if len(there) else 0)
    return min(spans) / b


def _shape(patch: NDArray[np.uint8], m: int, b: int) -> tuple[float, float]:
    edge = m + round(WITHIN_FRAME * FINENESS)
    inside = patch[edge : 2 * m + b - edge, edge : 2 * m + b - edge]
    paper = (inside >= HARD).astype(np.uint8)
    disc = (
        float(
            cv2.distanceTransform(
                cv2.copyMakeBorder(paper, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0), cv2.DIST_L2, 3
            ).max()
        )
        * 2
        / b
    )
    ink = 1 - paper
    starts_across = (np.diff(np.pad(ink, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum(axis=1)
    starts_down = (np.diff(np.pad(ink, ((1, 0), (0, 0))).astype(np.int8), axis=0) == 1).sum(axis=0)
    return disc, float(max(np.mean(starts_across), np.mean(starts_down)))


def _sides(patch: NDArray[np.uint8], m: int, b: int) -> int:
    """On how many of the four sides ink lies just outside the middle of the frame: a ring lies on all, the tails of a cross on one or two."""
    ink = patch < HARD
    out, low, high = m - 3, m + b // 4, m + b - b // 4
    beyond = m + b + 3
    zones = (ink[:out, low:high], ink[beyond:, low:high], ink[low:high, :out].T, ink[low:high, beyond:].T)
    return sum(int(zone.any(axis=0).mean() > 0.5) for zone in zones)
