"""Đo ô: how much ink stands in each box, by two scorers that know nothing of each other.

Contract: the first counts dark pixels relative to the frame it found and to the local paper; the second takes the scan as it came, divides it by what surrounds each place, and
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
FIRM = 204
"""20 % darker: where strokes end is seen here, so that a fine pen on a poor scan keeps its length."""
NEAR_BOX = 0.7
"""mm around the box over which a mark's span is still measured."""
JOINED = 3
"""Pixels: parts of a mark that lie as near are one stroke."""
SPECK = 0.3
"""Parts smaller than this share of the largest are dust."""
AROUND = 1.5
"""mm of surroundings cut out with each box: strokes leave boxes."""
INSIDE = 0.15
"""Share of the box's side left out at each edge, so that no frame is counted as ink."""
NARROW_INK = 2.2
"""mm: wider than any stroke, narrower than a shadow."""
RING = (0.86, 1.38)
"""Distances from the box's middle, over half its side, between which a ring around the mark lies."""
DIRECTIONS = 48
UNSEEN = 0.82
"""The second scorer sees what is darker than this share of its surroundings."""
WITHIN_FRAME = 0.6
"""mm from the outer edge: the inside of the frame with its blur."""


class Patches(msgspec.Struct, frozen=True, kw_only=True):
    """Các ô đã cắt: `white` over the local paper, `lifted` over its own surroundings, both (n, side, side); `margin` and `box` in pixels."""

    white: NDArray[np.uint8]
    lifted: NDArray[np.uint8]
    margin: int
    box: int


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Số đo từng ô, (n,) each. `extent` is the shorter span of the ink over the box; `depth` how dark its darkest twentieth is, 0..1; `disc` the diameter
    of the widest white disc in the inside over its side; `runs` the greater of the strokes met along lines across and down; `ring` in how many
    of all directions there is ink where a ring around the box would be; `through` the share of the patch's height that its darkest column fills, or of its width a line: a streak fills it all.
    """

    ink: NDArray[np.float64]
    soft: NDArray[np.float64]
    extent: NDArray[np.float64]
    depth: NDArray[np.float64]
    disc: NDArray[np.float64]
    runs: NDArray[np.float64]
    ring: NDArray[np.float64]
    through: NDArray[np.float64]
    template: NDArray[np.float64]


def lifted(raw: Pixels) -> Pixels:
    """The part over what stands within a millimetre of each place: the second scorer's own way to be rid of light and shade."""
    reach = round(NARROW_INK * FINENESS) | 1
    around = cv2.morphologyEx(raw, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8), borderType=cv2.BORDER_REPLICATE)
    return as_pixels(cv2.divide(raw, around, scale=255))


def cut(white: Pixels, second: Pixels, centres: NDArray[np.int64], size_mm: float) -> Patches:
    """Cắt ô around the middles found."""
    box = round(size_mm * FINENESS)
    margin = round(AROUND * FINENESS)
    side = box + 2 * margin
    # An even side has its middle between two pixels.
    tops = centres - side // 2 + (1 if side % 2 == 0 else 0)
    low, high = tops.min(), (tops + side).max(axis=0)
    pad = 0 if low >= 0 and high[0] <= white.shape[1] and high[1] <= white.shape[0] else side
    cuts = []
    for part in (white, second):
        wide = as_pixels(cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_REPLICATE)) if pad else part
        view = sliding_window_view(wide, (side, side))
        x = np.clip(tops[:, 0] + pad, 0, view.shape[1] - 1)
        y = np.clip(tops[:, 1] + pad, 0, view.shape[0] - 1)
        cuts.append(view[y, x])
    return Patches(white=cuts[0], lifted=cuts[1], margin=margin, box=box)


def measure(patches: Patches, blank: NDArray[np.uint8]) -> Measures:
    """Đo mọi ô. `blank` (side, side) is the same patch of the blank sheet."""
    white, m, b = patches.white, patches.margin, patches.box
    inset = m + round(b * INSIDE)
    inner = white[:, inset : m + m + b - inset, inset : m + m + b - inset]
    flat = inner.reshape(len(inner), -1)
    ink = np.count_nonzero(flat < HARD, axis=1) / flat.shape[1]
    soft = np.count_nonzero(flat < SOFT, axis=1) / flat.shape[1]
    count = len(white)
    depth, extent, disc, runs, ring, through = (np.zeros(count) for _ in range(6))
    disc[:] = 1
    inked = np.flatnonzero(soft > 0.004)
    if len(inked):
        twentieth = flat.shape[1] // 20
        depth[inked] = 1 - np.partition(flat[inked], twentieth, axis=1)[:, :twentieth].mean(axis=1) / 255
        some = white[inked]
        firm = _bare(some < FIRM, m, b)
        hard = some < HARD
        extent[inked] = _extents(firm, b)
        edge = m + round(WITHIN_FRAME * FINENESS)
        inside = hard[:, edge:-edge, edge:-edge]
        disc[inked] = _discs(inside, b)
        runs[inked] = np.maximum(_runs(inside), _runs(inside.transpose(0, 2, 1)))
        # A ring hides behind the frame here and there; too narrow a frame lets its own blur look like a ring.
        ring[inked] = (_ring(_bare(hard, m, b), b) + _ring(_bare(hard, m, b, narrow=True), b)) / 2
        down, across = hard[:, :, edge:-edge].mean(axis=1), hard[:, edge:-edge].mean(axis=2)
        through[inked] = np.maximum(down.max(axis=1), across.max(axis=1))
    return Measures(
        ink=ink,
        soft=soft,
        extent=extent,
        depth=depth,
        disc=disc,
        runs=runs,
        ring=ring,
        through=through,
        template=unexplained(patches, blank),
    )


def unexplained(patches: Patches, blank: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Điểm thứ hai: mean darkness over box and frame that the blank does not have."""
    m, b = patches.margin, patches.box
    seen = patches.lifted[:, m : m + b, m : m + b]
    # Where the blank is dark the scan may be as dark as it likes, two pixels around as well: only ink beyond it counts.
    allowed = cv2.erode(blank[m : m + b, m : m + b], np.ones((5, 5), np.uint8)).astype(np.float32) * UNSEEN
    lack = np.clip(allowed - seen, 0, None)
    result: NDArray[np.float64] = lack.mean(axis=(1, 2)).astype(np.float64) / 255
    return result


def _bare(ink: NDArray[np.bool_], m: int, b: int, *, narrow: bool = False) -> NDArray[np.bool_]:
    """Ink in and around the boxes (n, side, side), the frames left out; `narrow` leaves out no more than the frame's own line and a pixel."""
    ink = ink.copy()
    out, edge = (1, 4) if narrow else (2, round(WITHIN_FRAME * FINENESS))
    low, high = m - out, m + b + out
    ink[:, low : m + edge, low:high] = False
    ink[:, m + b - edge : high, low:high] = False
    ink[:, low:high, low : m + edge] = False
    ink[:, low:high, m + b - edge : high] = False
    return ink


def _extents(ink: NDArray[np.bool_], b: int) -> NDArray[np.float64]:
    """The shorter span of each mark over the box's side (n,); specks beside it do not lengthen it."""
    # The rule between two rows lies a millimetre from the box: beyond that nothing is looked at.
    out = (ink.shape[1] - b) // 2 - round(NEAR_BOX * FINENESS)
    near = ink[:, out:-out, out:-out].astype(np.uint8)
    count, side, _ = near.shape
    # All boxes as one picture, one below the other and nothing joined from one to the next.
    step = side + JOINED
    tall = np.zeros((count, step, side), np.uint8)
    tall[:, :side] = near
    joined = cv2.dilate(tall.reshape(-1, side), np.ones((JOINED, JOINED), np.uint8)).reshape(count, step, side)
    joined[:, side:] = 0
    found, _, stats, _ = cv2.connectedComponentsWithStats(joined.reshape(-1, side))
    spans: NDArray[np.float64] = np.zeros(count)
    if found < 2:
        return spans
    left, top, wide, high, size = stats[1:].T.astype(np.int64)
    which, top = np.divmod(top, step)
    largest = np.zeros(count, np.int64)
    np.maximum.at(largest, which, size)
    kept = size >= largest[which] * SPECK
    low, far = np.full((count, 2), side), np.zeros((count, 2), np.int64)
    np.minimum.at(low, which[kept], np.column_stack([left, top])[kept])
    np.maximum.at(far, which[kept], np.column_stack([left + wide, top + high])[kept])
    # Joining made every part a pixel larger all round.
    spans[:] = np.maximum((far - low).min(axis=1) - (JOINED - 1), 0) / b
    return spans


def _discs(ink: NDArray[np.bool_], b: int) -> NDArray[np.float64]:
    """Diameter of the widest white disc inside each frame over the box's side (n,)."""
    # Each box has a dark edge of its own, so that no disc reaches into the next.
    paper = np.pad((~ink).astype(np.uint8), ((0, 0), (1, 1), (1, 1)))
    away = cv2.distanceTransform(paper.reshape(-1, paper.shape[2]), cv2.DIST_L2, 3)
    widest: NDArray[np.float64] = away.reshape(len(ink), -1).max(axis=1).astype(np.float64)
    return widest * 2 / b


def _runs(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Strokes met along a line, the mean over all lines (n, lines, along)."""
    starts = (ink[:, :, 1:] & ~ink[:, :, :-1]).sum(axis=2) + ink[:, :, 0]
    result: NDArray[np.float64] = starts.mean(axis=1)
    return result


def _ring(ink: NDArray[np.bool_], b: int) -> NDArray[np.float64]:
    """In how many of all directions there is ink at the distance of a ring around the box: a ring is met almost everywhere, a cross in four places."""
    middle = (ink.shape[1] - 1) / 2
    turn = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    away = np.arange(RING[0] * b / 2, RING[1] * b / 2, 0.7)
    x = np.rint(middle + np.outer(np.cos(turn), away)).astype(np.int64)
    y = np.rint(middle + np.outer(np.sin(turn), away)).astype(np.int64)
    result: NDArray[np.float64] = ink[:, y, x].any(axis=2).mean(axis=1)
    return result
