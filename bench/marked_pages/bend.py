"""Giấy không phẳng: where on the paper each pixel of the device looks.

Contract: a straight map (turn, shift, scale or perspective) and on top of it what folds, curl and an unsteady feeder do, at most about a
millimetre. Everything is worked out on a coarse net of the device's pixels and enlarged.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import msgspec
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.marked_pages.blank import Pixels
from bench.marked_pages.paper import Sheet

if TYPE_CHECKING:
    from bench.marked_pages.scanner import Condition

STEP = 8
"""Pixels between two knots of the net."""

Matrix = NDArray[np.float64]


class Bend(msgspec.Struct, frozen=True, kw_only=True):
    """Độ cong của một tờ trong một lần quét. mm; `folds`: (way, place, draw, tilt)."""

    folds: tuple[tuple[str, float, float, float], ...]
    sway: tuple[float, float, float]
    """How far the feeder is ahead or behind, over which length, from which phase."""
    curl: tuple[float, float]
    page: tuple[float, float]

    def moved(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the straight map's places (mm) are looked for on the real sheet."""
        width, height = self.page
        dx = self.curl[0] * (2 * y / height - 1) ** 2
        dy = (
            self.sway[0] * np.sin(2 * math.pi * y / self.sway[1] + self.sway[2])
            + self.curl[1] * (2 * x / width - 1) ** 2
        )
        for way, place, draw, tilt in self.folds:
            away = (y if way == "h" else x) - place
            pull = draw * np.tanh(away / 7) * np.exp(-np.abs(away) / 45)
            dx += tilt * np.abs(away) if way == "h" else pull
            dy += pull if way == "h" else tilt * np.abs(away)
        return x + dx, y + dy


def some_bend(rng: Generator, sheet: Sheet, page: tuple[float, float], *, phone: bool, still: bool) -> Bend:
    """A feeder presses sheets nearly flat; before a camera they curl and their panels stand askew; `still` is a sheet under glass."""
    if still:
        return Bend(folds=(), sway=(0, 100, 0), curl=(0, 0), page=page)
    draw, tilt, curl = (0.16, 0.0025, 0.4) if phone else (0.07, 0.0006, 0.06)
    return Bend(
        folds=tuple((way, at, rng.normal(0, draw), rng.normal(0, tilt)) for way, at in sheet.creases),
        sway=(0.0 if phone else abs(rng.normal(0, 0.06)), rng.uniform(60, 250), rng.uniform(0, 6.3)),
        curl=(rng.normal(0, curl), rng.normal(0, curl)),
        page=page,
    )


def page_to_pixels(rng: Generator, condition: Condition, page: tuple[float, float]) -> Matrix:
    """Phép đặt của máy quét: millimetres to pixels, turned about the middle of the page."""
    turn = math.radians(float(np.clip(rng.normal(0, condition.turn / 2), -condition.turn, condition.turn)))
    shift = rng.uniform(-condition.shift, condition.shift, 2)
    scale = condition.dpi / 25.4
    sx, sy = (
        scale * (1 + np.clip(rng.normal(0, condition.stretch / 2), -condition.stretch, condition.stretch))
        for _ in range(2)
    )
    middle = np.array([[1, 0, -page[0] / 2], [0, 1, -page[1] / 2], [0, 0, 1]])
    turned = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]])
    placed = np.array([[sx, 0, (page[0] / 2 + shift[0]) * scale], [0, sy, (page[1] / 2 + shift[1]) * scale], [0, 0, 1]])
    return placed @ turned @ middle


def coarse(matrix: Matrix, bend: Bend, out: tuple[int, int]) -> NDArray[np.float32]:
    """Chỗ trên giấy của từng nút lưới: (rows, columns, 2) mm, one knot beyond each edge of the device."""
    columns, rows = -(-out[0] // STEP) + 2, -(-out[1] // STEP) + 2
    u = (np.arange(columns) - 0.5) * STEP - 0.5
    v = (np.arange(rows) - 0.5) * STEP - 0.5
    us, vs = np.meshgrid(u, v)
    back = np.linalg.inv(matrix)
    depth = back[2, 0] * us + back[2, 1] * vs + back[2, 2]
    x = (back[0, 0] * us + back[0, 1] * vs + back[0, 2]) / depth
    y = (back[1, 0] * us + back[1, 1] * vs + back[1, 2]) / depth
    return np.stack(bend.moved(x, y), axis=-1).astype(np.float32)


def enlarge(net: NDArray[np.float32] | Pixels, out: tuple[int, int]) -> NDArray[np.float32] | Pixels:
    """Phóng lưới ra từng điểm ảnh của máy."""
    rows, columns = net.shape[:2]
    full = cv2.resize(net, (columns * STEP, rows * STEP), interpolation=cv2.INTER_LINEAR)
    return full[STEP : STEP + out[1], STEP : STEP + out[0]]
