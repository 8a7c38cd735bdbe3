"""Hình của dấu: crosses, ticks, slashes, scribbles, dots, writing, as strokes in millimetres.

Contract: every shape is drawn by the hand it is given, relative to the frame it is given; no shape knows whether it is a clear vote.
"""

from __future__ import annotations

import math

import msgspec
from numpy.random import Generator

from bench.marked_pages.blank import Frame
from bench.marked_pages.pen import Hand, Stroke, stroke

Point = tuple[float, float]


def cross(rng: Generator, centre: Point, half: float, hand: Hand, weight: float = 1.0) -> list[Stroke]:
    """Dấu X, `half` its half width in mm."""
    x, y = centre
    lean = hand.lean * half
    jitter = half * 0.12

    def end(dx: float, dy: float) -> Point:
        reach = half * rng.uniform(0.88, 1.08)
        return x + dx * reach + lean * dy + rng.normal(0, jitter), y + dy * reach + rng.normal(0, jitter)

    return [
        stroke(rng, [end(-1, -1), end(1, 1)], hand, weight=weight),
        stroke(rng, [end(1, -1), end(-1, 1)], hand, weight=weight),
    ]


def tick(rng: Generator, centre: Point, half: float, hand: Hand) -> list[Stroke]:
    """Dấu tích."""
    x, y = centre

    def near(dx: float, dy: float) -> Point:
        return x + half * (dx + rng.normal(0, 0.08)), y + half * (dy + rng.normal(0, 0.08))

    return [stroke(rng, [near(-0.75, -0.05), near(-0.25, 0.75), near(0.95, -0.95)], hand)]


def slash(rng: Generator, centre: Point, half: float, hand: Hand) -> list[Stroke]:
    """Một gạch chéo."""
    x, y = centre
    side = 1 if rng.random() < 0.8 else -1

    def end(sign: int) -> Point:
        reach = half * rng.uniform(0.9, 1.1)
        return x + sign * side * reach + rng.normal(0, 0.1 * half), y - sign * reach + rng.normal(0, 0.1 * half)

    return [stroke(rng, [end(-1), end(1)], hand)]


def scribble(rng: Generator, box: Frame, hand: Hand) -> list[Stroke]:
    """Bôi kín ô: back and forth over the box, as one who takes a mark back."""
    x, y = box.centre
    half = box.w / 2 * rng.uniform(0.85, 1.08)
    passes = int(rng.integers(7, 13))
    slant = rng.uniform(-0.6, 0.6)
    points = []
    for i in range(passes + 1):
        along = -half + 2 * half * i / passes
        across = half * (1 if i % 2 else -1) * rng.uniform(0.85, 1.05)
        points.append(
            (x + along + slant * across * 0.4, y + across)
            if slant > 0
            else (x + across, y + along - slant * across * 0.4)
        )
    return [stroke(rng, points, hand)]


def dot(rng: Generator, box: Frame, hand: Hand) -> list[Stroke]:
    """Dấu chấm, 0.6-1.2 mm."""
    x, y = _within(rng, box, 0.45)
    size = rng.uniform(0.6, 1.2)
    loop = max(0.05, (size - hand.width) / 2)
    turn = [(x + loop * math.cos(a), y + loop * math.sin(a)) for a in (0.0, 1.6, 3.1, 4.7, 6.2)]
    steady = msgspec.structs.replace(hand, tremor=0.01)
    return [stroke(rng, turn, steady), stroke(rng, [(x - loop / 2, y), (x + loop / 2, y)], steady)]


def short(rng: Generator, box: Frame, hand: Hand) -> list[Stroke]:
    """Nét ngắn, 0.9-1.8 mm."""
    x, y = _within(rng, box, 0.35)
    half, angle = rng.uniform(0.45, 0.9), rng.uniform(0, math.pi)
    dx, dy = half * math.cos(angle), half * math.sin(angle)
    return [stroke(rng, [(x - dx, y - dy), (x + dx, y + dy)], hand)]


def ring(rng: Generator, centre: Point, half: float, hand: Hand) -> list[Stroke]:
    """Khoanh tròn."""
    x, y = centre
    start, tall = rng.uniform(0, 6.3), rng.uniform(0.88, 1.0)
    points = [
        (x + half * math.cos(start + i * 0.6) * rng.uniform(0.97, 1.03), y + half * tall * math.sin(start + i * 0.6))
        for i in range(12)
    ]
    return [stroke(rng, points, hand)]


def strike(rng: Generator, words: Frame, hand: Hand) -> list[Stroke]:
    """Gạch tên: one or two lines through most of the words."""
    strokes = []
    for _ in range(1 if rng.random() < 0.7 else 2):
        left = words.x + words.w * rng.uniform(-0.05, 0.15)
        right = words.x + words.w * rng.uniform(0.8, 1.08)
        y = words.y + words.h * rng.uniform(0.4, 0.7)
        middle = ((left + right) / 2, y + rng.normal(0, 0.35))
        strokes.append(stroke(rng, [(left, y + rng.normal(0, 0.5)), middle, (right, y + rng.normal(0, 0.5))], hand))
    return strokes


def writing(rng: Generator, place: Frame, hand: Hand) -> list[Stroke]:
    """Chữ viết thêm: letters nobody can read, with a mark above some, filling `place`."""
    strokes = []
    x, base, letter = place.x, place.y + place.h * 0.75, place.h * 0.4
    while x < place.x + place.w - 2 * letter:
        word = []
        for _ in range(int(rng.integers(2, 6))):
            tall = letter * (1.9 if rng.random() < 0.25 else 1.0) * rng.uniform(0.8, 1.1)
            word += [
                (x, base),
                (x + 0.25 * letter, base - tall),
                (x + 0.55 * letter, base - 0.3 * tall),
                (x + 0.6 * letter, base),
            ]
            x += letter * rng.uniform(0.75, 1.0)
            if x > place.x + place.w:
                break
        strokes.append(stroke(rng, word, hand, wide=0.9))
        if rng.random() < 0.6:
            up = (x - letter, base - 1.4 * letter)
            strokes.append(stroke(rng, [up, (up[0] + 0.5 * letter, up[1] - 0.3 * letter)], hand, wide=0.8))
        x += letter * rng.uniform(0.6, 1.0)
    return strokes


def signature(rng: Generator, place: Frame, hand: Hand) -> list[Stroke]:
    """Chữ ký: one long flourish and a line beneath."""
    y = place.y + place.h / 2
    points = [
        (place.x + place.w * (0.08 + 0.06 * i + rng.normal(0, 0.02)), y + rng.normal(0, place.h * 0.24))
        for i in range(int(rng.integers(9, 16)))
    ]
    points = [(min(px, place.x + place.w), min(max(py, place.y), place.y + place.h)) for px, py in points]
    under = [
        (place.x + place.w * 0.1, y + place.h * 0.25),
        (place.x + place.w * 0.9, y + place.h * rng.uniform(0.05, 0.3)),
    ]
    return [stroke(rng, points, hand), stroke(rng, under, hand)]


def _within(rng: Generator, box: Frame, share: float) -> Point:
    x, y = box.centre
    return x + box.w * rng.uniform(-share, share) * 0.6, y + box.h * rng.uniform(-share, share) * 0.6
