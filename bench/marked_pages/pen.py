"""Nét bút: strokes as a hand draws them, in millimetres, and laying them on paper.

Contract: a stroke is a line of points with a width and a darkness at each step; ink lets part of the light of each colour through, so that marks
over print and over one another grow darker as they do on paper. Drawing touches the pixels under the strokes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.marked_pages.blank import MM, Pixels

Points = NDArray[np.float64]
FINER = 2
"""Strokes are drawn this many times finer than the page and brought down, so that a width need not be whole pixels."""


class Ink(NamedTuple):
    """Mực: the share of blue, green and red light that full coverage lets through; `grain` 0..1, how broken by the paper's tooth."""

    blue: float
    green: float
    red: float
    grain: float = 0.0


class Stroke(NamedTuple):
    """Một nét: points (n, 2) in mm; width in mm and darkness 0..1 of each of the n-1 steps."""

    points: Points
    width: NDArray[np.float64]
    dark: NDArray[np.float64]


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Nét chữ của một người: one pen and one habit a sheet. Lengths in mm; `size` is the usual half of a cross over half of a box."""

    width: float
    ink: Ink
    pressure: float
    tremor: float
    bow: float
    size: float
    lean: float
    habit: str


def some_hand(rng: Generator) -> Hand:
    """Một người cầm bút: ballpoints mostly, some fine, some broad; blue more than black."""
    width = float(
        rng.choice([rng.uniform(0.16, 0.28), rng.uniform(0.28, 0.5), rng.uniform(0.5, 0.75)], p=[0.15, 0.6, 0.25])
    )
    if rng.random() < 0.65:
        ink = Ink(rng.uniform(0.42, 0.66), rng.uniform(0.1, 0.26), rng.uniform(0.04, 0.18))
    else:
        level = rng.uniform(0.06, 0.25)
        ink = Ink(level * 1.05, level, level)
    return Hand(
        width=width,
        ink=ink,
        pressure=rng.uniform(0.78, 1.0),
        tremor=rng.uniform(0.01, 0.06),
        bow=rng.uniform(0.02, 0.09),
        size=rng.uniform(0.66, 0.92),
        lean=rng.normal(0, 0.08),
        habit=str(rng.choice(["cross", "tick", "slash"], p=[0.9, 0.05, 0.05])),
    )


def stroke(
    rng: Generator, through: Sequence[tuple[float, float]], hand: Hand, *, wide: float = 1.0, weight: float = 1.0
) -> Stroke:
    """Một nét qua các điểm: a smooth line, bowed and trembling as the hand is; `wide` and `weight` stretch its width and darkness."""
    path = _smooth(np.asarray(through, dtype=np.float64))
    steps = np.hypot(*np.diff(path, axis=0).T)
    length = max(float(steps.sum()), 0.05)
    count = int(np.clip(length / 0.45, 3, 400))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    at = np.linspace(0, along[-1], count + 1)
    points = np.column_stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])])
    if len(through) == 2:
        dx, dy = (points[-1] - points[0]) / length
        points += np.outer(np.sin(np.linspace(0, np.pi, count + 1)) * rng.normal(0, hand.bow) * length, (-dy, dx))
    points += _wander(rng, count + 1, hand.tremor)
    press = 1 + _wander(rng, count, 0.09)[:, 0]
    ends = np.clip(np.minimum(np.arange(count) + 1, np.arange(count, 0, -1)) / 2, 0.75, 1.0)  # set down and lifted
    dark = np.clip(hand.pressure * weight * press * np.maximum(ends, 0.85), 0.02, 1.0)
    return Stroke(points, np.clip(hand.width * wide * press * ends, 0.1, 3.0), dark)


def lay(canvas: Pixels, strokes: Sequence[Stroke], ink: Ink, rng: Generator) -> None:
    """Đặt nét lên giấy: canvas (h, w) grey or (h, w, 3) blue-green-red at the blank's resolution, changed in place."""
    if not strokes:
        return
    every = np.concatenate([one.points for one in strokes])
    margin = max(float(one.width.max()) for one in strokes) + 0.3
    height, width = canvas.shape[:2]
    x0, y0 = np.maximum(((every.min(axis=0) - margin) * MM).astype(int), 0)
    x1, y1 = np.minimum(((every.max(axis=0) + margin) * MM).astype(int) + 1, (width, height))
    if x1 <= x0 or y1 <= y0:
        return
    light = np.ones((y1 - y0, x1 - x0), dtype=np.float32)
    for one in strokes:
        light *= 1 - _coverage(one, (x0, y0), light.shape)
    cover = 1 - light
    if ink.grain:
        tooth = cv2.GaussianBlur(rng.random(cover.shape, dtype=np.float32), (0, 0), 1.2)
        cover *= np.clip(1 + ink.grain * 8 * (tooth - 0.5), 0, 1.3)
    tint(canvas[y0:y1, x0:x1], np.minimum(cover, 1), ink)


def tint(patch: Pixels, cover: NDArray[np.float32], ink: Ink) -> None:
    """Nhuộm: let the light through `patch` (in place) as `ink` does where it covers (0..1, same height and width)."""
    if patch.ndim == 2:
        through = 0.114 * ink.blue + 0.587 * ink.green + 0.299 * ink.red
        patch[:] = (patch * (1 - cover * (1 - through))).astype(np.uint8)
        return
    for channel, through in enumerate((ink.blue, ink.green, ink.red)):
        patch[:, :, channel] = (patch[:, :, channel] * (1 - cover * (1 - through))).astype(np.uint8)


def _coverage(one: Stroke, corner: tuple[int, int], shape: tuple[int, ...]) -> NDArray[np.float32]:
    layer = np.zeros((shape[0] * FINER, shape[1] * FINER), dtype=np.uint8)
    fixed = np.rint(((one.points * MM) - corner) * FINER * 16).astype(int).tolist()
    wide = np.maximum(np.rint(one.width * MM * FINER), 1).astype(int).tolist()
    dark = (one.dark * 255).astype(int).tolist()
    for i in range(len(wide)):
        cv2.line(layer, fixed[i], fixed[i + 1], dark[i], wide[i], cv2.LINE_AA, 4)
    return cv2.resize(layer, shape[::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def _smooth(points: Points) -> Points:
    """Through the points by Catmull and Rom's curve, eight steps between each two."""
    if len(points) < 3:
        return points
    ends = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*parts, points[-1:]])


def _wander(rng: Generator, count: int, size: float) -> Points:
    """A slow unsteadiness, (count, 2)."""
    knots = rng.normal(0, size, (max(2, count // 3 + 2), 2))
    at = np.linspace(0, len(knots) - 1, count)
    return np.column_stack([np.interp(at, np.arange(len(knots)), knots[:, k]) for k in (0, 1)])
