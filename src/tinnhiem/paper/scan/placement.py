"""Đặt trang: from signs in pixels to a transform of the sheet's millimetres into pixels.

Contract: `Placement.transform` takes millimetres from the sheet's top-left corner to pixels of the image as loaded (a pixel's middle is a whole number). Three signs are
enough for a scanner's image (a skew, a stretch); four and more follow a photograph's perspective. A sign that contradicts the others is left out.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from tinnhiem.paper.scan import markers
from tinnhiem.paper.scan.layouts import Geometry
from tinnhiem.paper.scan.markers import Corners
from tinnhiem.paper.scan.page_image import Pixels
from tinnhiem.paper.sheet_layout import Marker

Matrix = NDArray[np.float64]

MOST_STRAY = 1.6
"""mm by which a sign may lie off the transform: folded sheets bend this much, a wrong sign lies centimetres away."""
AFFINE_STRAY = 0.35
"""mm: above it three signs are taken to be seen in perspective."""
LEAST_MARKERS = 3
NEAR = 16.0
"""mm around the expected place in which a missing sign is looked for."""


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Vị trí tờ phiếu trong ảnh. `stray` mm is the mean distance of the signs' corners from the transform."""

    transform: Matrix
    found: frozenset[int]
    stray: float
    perspective: bool

    def points(self, millimetres: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) millimetres → (n, 2) pixels."""
        return applied(self.transform, millimetres)

    def pixels_per_mm(self, page_mm: tuple[float, float]) -> float:
        """Pixels a millimetre in the middle of the sheet."""
        x, y = page_mm[0] / 2, page_mm[1] / 2
        middle, right, down = self.points(np.array([(x, y), (x + 1, y), (x, y + 1)]))
        (a, b), (c, d) = right - middle, down - middle
        return math.sqrt(abs(a * d - b * c))


def applied(transform: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2) through a 3 × 3 transform."""
    whole = points @ transform[:, :2].T + transform[:, 2]
    result: NDArray[np.float64] = whole[:, :2] / whole[:, 2:]
    return result


def place(grey: Pixels, geometry: Geometry) -> Placement | None:
    """Tìm tờ phiếu: corner crops first, the whole page where they do not show enough; None with fewer than three signs that fit."""
    found = markers.in_corners(grey)
    if len(found) >= LEAST_MARKERS:
        placed = _completed(grey, geometry, found)
        if placed is not None and len(placed.found) >= LEAST_MARKERS + 1:
            return placed
    found = markers.on_whole_page(grey) | found
    return _completed(grey, geometry, found)


def _completed(grey: Pixels, geometry: Geometry, found: dict[int, Corners]) -> Placement | None:
    """The transform, after a look where it expects the signs that are still missing."""
    placed = fit(geometry, found)
    if placed is None or len(placed.found) == len(geometry.markers):
        return placed
    reach = NEAR * placed.pixels_per_mm(geometry.page_mm)
    more: dict[int, Corners] = {}
    for marker in geometry.markers:
        if marker.code not in placed.found:
            middle = placed.points(np.array([(marker.x + marker.size / 2, marker.y + marker.size / 2)]))[0]
            more.update(
                {k: v for k, v in markers.near(grey, (middle[0], middle[1]), reach).items() if k == marker.code}
            )
    return fit(geometry, {k: v for k, v in found.items() if k in placed.found} | more) if more else placed


def fit(geometry: Geometry, found: dict[int, Corners]) -> Placement | None:
    """The transform through the signs found, without the worst of them as long as one contradicts."""
    known = {marker.code: marker for marker in geometry.markers}
    used = {code: corners for code, corners in found.items() if code in known}
    while len(used) >= LEAST_MARKERS:
        mm = np.concatenate([corners_mm(known[code]) for code in used])
        px = np.concatenate(list(used.values()))
        transform, perspective = _through(mm, px, len(used))
        if transform is None:
            return None
        strays = _stray(transform, mm, px)
        if float(strays.max()) <= MOST_STRAY:
            return Placement(
                transform=transform, found=frozenset(used), stray=float(strays.mean()), perspective=perspective
            )
        worst = list(used)[int(strays.argmax()) // 4]
        used = {code: corners for code, corners in used.items() if code != worst}
    return None


def corners_mm(marker: Marker) -> NDArray[np.float64]:
    """The four corners of a printed sign, clockwise."""
    x, y, size = marker.x, marker.y, marker.size
    return np.array([(x, y), (x + size, y), (x + size, y + size), (x, y + size)])


def _through(mm: NDArray[np.float64], px: NDArray[np.float64], signs: int) -> tuple[Matrix | None, bool]:
    affine = _affine(mm, px)
    if abs(np.linalg.det(affine[:2, :2])) < 1.0:
        return None, False
    if signs == LEAST_MARKERS and float(_stray(affine, mm, px).mean()) <= AFFINE_STRAY:
        return affine, False
    whole = _homography(mm, px)
    # How much the perspective moves the corners of the sheet tells a photograph from a scan.
    return whole, float(_stray(affine, mm, px).mean()) > AFFINE_STRAY


def _affine(mm: NDArray[np.float64], px: NDArray[np.float64]) -> Matrix:
    """Turn, stretch and skew through the points by least squares."""
    middle_mm, middle_px = mm.mean(axis=0), px.mean(axis=0)
    a, b = mm - middle_mm, px - middle_px
    linear = np.linalg.solve(a.T @ a, a.T @ b).T
    shift = middle_px - linear @ middle_mm
    affine: Matrix = np.vstack([np.column_stack([linear, shift]), (0.0, 0.0, 1.0)])
    return affine


def _homography(mm: NDArray[np.float64], px: NDArray[np.float64]) -> Matrix:
    """The projective transform through the points by least squares, both sets scaled about their middle first."""
    (to_mm, a), (to_px, b) = _centred(mm), _centred(px)
    x, y, u, v = a[:, 0], a[:, 1], b[:, 0], b[:, 1]
    one, none = np.ones_like(x), np.zeros_like(x)
    rows = np.concatenate(
        [
            np.column_stack([x, y, one, none, none, none, -u * x, -u * y]),
            np.column_stack([none, none, none, x, y, one, -v * x, -v * y]),
        ]
    )
    solved = np.linalg.solve(rows.T @ rows, rows.T @ np.concatenate([u, v]))
    whole: Matrix = np.linalg.inv(to_px) @ np.append(solved, 1.0).reshape(3, 3) @ to_mm
    return np.asarray(whole / whole[2, 2], dtype=np.float64)


def _centred(points: NDArray[np.float64]) -> tuple[Matrix, NDArray[np.float64]]:
    middle, spread = points.mean(axis=0), float(points.std())
    to: Matrix = np.array([[1 / spread, 0, -middle[0] / spread], [0, 1 / spread, -middle[1] / spread], [0, 0, 1]])
    return to, applied(to, points)


def _stray(transform: Matrix, mm: NDArray[np.float64], px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mm between where points are and where the transform has them."""
    back = applied(np.asarray(np.linalg.inv(transform), dtype=np.float64), px)
    away: NDArray[np.float64] = np.hypot(*(back - mm).T)
    return away
