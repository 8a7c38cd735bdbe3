"""Bàn và ánh sáng khi chụp bằng điện thoại: the ground around the sheet, how the camera is held, whose shadow falls.

Contract: about 1600 by 2200 pixels of page in a picture of 1900 by 2533; every corner of the sheet is in the picture.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.random import Generator

from bench.marked_pages.bend import Matrix
from bench.marked_pages.blank import Pixels

PICTURE = (1900, 2533)
"""Width and height in pixels."""
GROUNDS = ((70, 95, 130), (40, 60, 90), (60, 60, 60), (150, 165, 175), (110, 80, 60), (200, 205, 205))
"""Blue, green, red of the desks: woods, slate, grey, cloth, nearly white."""


def some_table(rng: Generator) -> Pixels:
    """Mặt bàn: one colour, streaked along one way as wood is."""
    base = np.array(GROUNDS[int(rng.integers(len(GROUNDS)))], dtype=np.float32)
    net = (8, 90) if rng.random() < 0.5 else (90, 8)
    streaks = cv2.resize(
        rng.normal(0, 9, net).astype(np.float32), (PICTURE[0] // 4, PICTURE[1] // 4), interpolation=cv2.INTER_CUBIC
    )
    low = np.clip(base + streaks[:, :, None], 5, 250).astype(np.uint8)
    return cv2.resize(low, PICTURE, interpolation=cv2.INTER_LINEAR)


def held(rng: Generator, page: tuple[float, float], out: tuple[int, int]) -> Matrix:
    """Cầm máy: millimetres to pixels in perspective."""
    width = rng.uniform(1500, 1680)
    height = width * page[1] / page[0]
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
    corners = corners + rng.normal(0, 0.018 * width, (4, 2)).clip(-0.045 * width, 0.045 * width)
    turn = math.radians(float(np.clip(rng.normal(0, 2.5), -7, 7)))
    corners = corners @ np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
    most = np.abs(corners).max(axis=0) / (np.array(out) / 2 - 12)
    corners = corners / max(1.0, float(most.max())) + np.array(out) / 2
    room = np.maximum(np.minimum(corners.min(axis=0), np.array(out) - corners.max(axis=0)) - 6, 0)
    corners += rng.uniform(-1, 1, 2) * room
    flat = np.array([(0, 0), (page[0], 0), page, (0, page[1])], dtype=np.float32)
    return cv2.getPerspectiveTransform(flat, corners.astype(np.float32))


def cast_sheet_shadow(ground: Pixels, matrix: Matrix, page: tuple[float, float], rng: Generator) -> None:
    """Bóng của tờ giấy trên bàn, in place."""
    flat = np.array([[(0, 0), (page[0], 0), page, (0, page[1])]], dtype=np.float64)
    corners = cv2.perspectiveTransform(flat, matrix)[0] + rng.uniform(-12, 12, 2)
    mask = np.zeros((PICTURE[1] // 8, PICTURE[0] // 8), dtype=np.uint8)
    cv2.fillConvexPoly(mask, (corners / 8).astype(np.int32), 255)
    shade = 255 - (cv2.GaussianBlur(mask, (0, 0), 2) * rng.uniform(0.3, 0.6)).astype(np.uint8)
    ground[:] = cv2.multiply(ground, cv2.merge([cv2.resize(shade, PICTURE)] * 3), scale=1 / 255)


def cast_shadow(image: Pixels, rng: Generator) -> None:
    """Bóng người hoặc máy, in place: a hard edge across three pictures in four."""
    if rng.random() < 0.25:
        return
    width, height = PICTURE
    angle = rng.uniform(0, 2 * math.pi)
    through = np.array([width * rng.uniform(0.2, 0.8), height * rng.uniform(0.2, 0.8)])
    along, away = np.array([math.cos(angle), math.sin(angle)]), np.array([-math.sin(angle), math.cos(angle)])
    edge = [through + along * t + away * rng.normal(0, 60) for t in (-4000, -700, 0, 700, 4000)]
    shape = np.array([*edge, edge[-1] + away * 5000, edge[0] + away * 5000])
    mask = np.zeros((height // 4, width // 4), dtype=np.uint8)
    cv2.fillPoly(mask, [(shape / 4).astype(np.int32)], 255, cv2.LINE_AA)
    soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.6, 5))
    shade = 255 - (soft * rng.uniform(0.25, 0.6)).astype(np.uint8)
    image[:] = cv2.multiply(image, cv2.merge([cv2.resize(shade, PICTURE)] * 3), scale=1 / 255)
