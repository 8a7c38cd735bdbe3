"""Tờ giấy: tint, toner, folds, coffee and turned-down corners of one sheet, the same on both of its sides.

Contract: what happens to paper and not to a scanner. Millimetres from the top-left of the first side; the second side sees them mirrored.
"""

from __future__ import annotations

import math

import cv2
import msgspec
import numpy as np
from numpy.random import Generator

from bench.marked_pages.blank import MM, BlankPage, Frame, Pixels
from bench.marked_pages.pen import Ink, tint

TINTS = {
    "white": (1.0, 1.0, 1.0),
    "yellow": (0.62, 0.93, 0.98),
    "pink": (0.86, 0.78, 0.98),
    "blue": (0.98, 0.88, 0.72),
    "green": (0.74, 0.95, 0.78),
}
"""Share of blue, green and red light each paper gives back."""

Point = tuple[float, float]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Một tờ. `toner` is how black print is, 0..1; `creases` holds ("h", y) and ("v", x); `ring` is a cup's place; mm."""

    tint: str
    toner: float
    creases: tuple[tuple[str, float], ...] = ()
    crease_depth: float = 0.0
    ring: tuple[float, float, float] | None = None
    corner: tuple[int, float] | None = None
    """Which corner is turned down (0 top-left, 1 top-right, 2 bottom-right, 3 bottom-left) and how far along the edges."""


def some_sheet(rng: Generator, page_mm: tuple[float, float], first: BlankPage, condition: str) -> Sheet:
    """Half of all sheets white, the rest tinted; two in five folded in two, one in five in four."""
    width, height = page_mm
    folds = rng.random()
    creases: list[tuple[str, float]] = []
    if folds < 0.6:
        creases.append(("h", height / 2 + rng.normal(0, 1.5)))
    if folds < 0.2:
        creases.append(("v", width / 2 + rng.normal(0, 1.5)))
    ring = None
    if condition == "coffee":
        ring = (rng.uniform(30, width - 30), rng.uniform(60, height - 40), rng.uniform(32, 42))
    return Sheet(
        tint=str(rng.choice(list(TINTS), p=[0.5, 0.14, 0.12, 0.12, 0.12])),
        toner=rng.uniform(0.82, 1.0),
        creases=tuple(creases),
        crease_depth=rng.uniform(0.06, 0.25),
        ring=ring,
        corner=_some_corner(rng, page_mm, first) if condition == "folded_corner" else None,
    )


def printed(page: BlankPage, sheet: Sheet, *, colour: bool) -> Pixels:
    """Trang đã in trên giấy ấy: a fresh canvas, grey or blue-green-red."""
    levels = 255 - (255 - np.arange(256)) * sheet.toner
    shades = [(levels * share).astype(np.uint8) for share in TINTS[sheet.tint]]
    if colour:
        return cv2.merge([cv2.LUT(page.grey, shade) for shade in shades])
    blue, green, red = (shade.astype(np.float64) for shade in shades)
    return cv2.LUT(page.grey, (0.114 * blue + 0.587 * green + 0.299 * red).astype(np.uint8))


def crease(canvas: Pixels, sheet: Sheet, rng: Generator, *, second: bool) -> None:
    """Nếp gấp, in place: a dark line with a light lip, worn unevenly along its length."""
    height, width = canvas.shape[:2]
    for way, at in sheet.creases:
        here = width / MM - at if second and way == "v" else at
        half = max(2, int(rng.uniform(0.25, 0.5) * MM))
        middle = int(here * MM)
        profile = 1 - sheet.crease_depth * np.exp(-0.5 * (np.arange(-3 * half, 3 * half) / half) ** 2)
        profile += 0.04 * np.exp(-0.5 * ((np.arange(-3 * half, 3 * half) - 2 * half) / half) ** 2)
        long = height if way == "v" else width
        worn = cv2.resize(rng.uniform(0.6, 1.2, (1, 40)).astype(np.float32), (long, 1), interpolation=cv2.INTER_LINEAR)[
            0
        ]
        band = 1 - np.outer(1 - profile, worn)
        part = (
            canvas[middle - 3 * half : middle + 3 * half]
            if way == "h"
            else canvas[:, middle - 3 * half : middle + 3 * half]
        )
        shade = band if way == "h" else band.T
        part[:] = np.clip(part * (shade[:, :, None] if canvas.ndim == 3 else shade), 0, 255).astype(np.uint8)


def stain(canvas: Pixels, sheet: Sheet, rng: Generator) -> None:
    """Vết cà phê, in place: the ring of a cup, darker at its rim, open on one side, with drops."""
    if sheet.ring is None:
        return
    x, y, radius = sheet.ring
    size = int((2 * radius + 8) * MM / 4)
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    away = np.hypot(rows - size / 2, columns - size / 2) * 4 / MM
    turn = np.arctan2(rows - size / 2, columns - size / 2)
    cover = (
        np.exp(-0.5 * ((away - radius) / 0.7) ** 2) * 0.75 + np.exp(-0.5 * ((away - radius + 2.2) / 1.8) ** 2) * 0.35
    )
    cover *= np.clip(0.55 + 0.6 * np.cos(turn - rng.uniform(-math.pi, math.pi)) + 0.2 * np.cos(3 * turn), 0.05, 1)
    for _ in range(int(rng.integers(0, 6))):
        px, py, drop = rng.uniform(0, size), rng.uniform(0, size), rng.uniform(0.5, 2.0) * MM / 4
        cover = np.maximum(cover, 0.6 * (np.hypot(rows - py, columns - px) < drop))
    cover = cv2.GaussianBlur(cv2.resize(cover, (size * 4, size * 4)), (0, 0), 3)
    height, width = canvas.shape[:2]
    left, top = int(x * MM) - size * 2, int(y * MM) - size * 2
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + size * 4, width), min(top + size * 4, height)
    tint(canvas[y0:y1, x0:x1], cover[y0 - top : y1 - top, x0 - left : x1 - left], Ink(0.45, 0.62, 0.78))


def turn_down(canvas: Pixels, sheet: Sheet, behind: int, *, second: bool) -> None:
    """Góc gập ra sau, in place: the corner is gone, what lies behind shows (`behind`, a grey level), a shadow along the fold."""
    if sheet.corner is None:
        return
    which, reach = sheet.corner
    height, width = canvas.shape[:2]
    if second:
        which = {0: 1, 1: 0, 2: 3, 3: 2}[which]
    x, y = (width if which in {1, 2} else 0), (height if which in {2, 3} else 0)
    inward = (-1 if x else 1, -1 if y else 1)
    legs = int(reach * MM)
    triangle = np.array([(x, y), (x + inward[0] * legs, y), (x, y + inward[1] * legs)], dtype=np.int32)
    cv2.fillConvexPoly(canvas, triangle, (behind,) * 3)
    cv2.line(canvas, triangle[1].tolist(), triangle[2].tolist(), (int(behind * 0.6),) * 3, 6, cv2.LINE_AA)


def _some_corner(rng: Generator, page_mm: tuple[float, float], page: BlankPage) -> tuple[int, float] | None:
    """A corner whose marker it hides without touching a row or the code; None where the layout has no such corner."""
    width, height = page_mm
    fit = []
    for which, (x, y) in enumerate(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))):
        marker = min(page.markers, key=lambda m: math.hypot(m.centre[0] - x, m.centre[1] - y))
        least = abs(marker.centre[0] - x) + abs(marker.centre[1] - y) + 3
        keep = [row.name for row in page.rows] + [box for row in page.rows for box in row.boxes.values()]
        keep += [page.code] if page.code else []
        most = min((_near(frame, (x, y)) for frame in keep), default=60.0) - 2
        if most >= least:
            fit.append((which, rng.uniform(least, min(most, least + 12))))
    return fit[int(rng.integers(len(fit)))] if fit else None


def _near(frame: Frame, corner: Point) -> float:
    """How far along the edges a corner may be turned before the fold touches `frame`."""
    xs, ys = (frame.x, frame.x + frame.w), (frame.y, frame.y + frame.h)
    return min(abs(px - corner[0]) for px in xs) + min(abs(py - corner[1]) for py in ys)
