"""Máy quét và máy chụp: one page of paper becomes one page of pixels, under a named condition.

Contract: geometry, light, dirt and noise of a device; paper and ink are drawn before. A page is resampled once, straight to its final size.
`CONDITIONS` follows the conditions of the measured peers, so that figures can be set beside theirs.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.marked_pages import table
from bench.marked_pages.bend import coarse, enlarge, page_to_pixels, some_bend
from bench.marked_pages.blank import MM, Pixels
from bench.marked_pages.paper import Sheet

Range = tuple[float, float]
INCH = 25.4
NOISE_SIGMA = 32.0


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Điều kiện quét. Angles in degrees, lengths in mm, blur and streaks in pixels, shares 0..1."""

    dpi: int = 200
    kind: str = "jpeg"
    quality: Range = (75, 75)
    turn: float = 1.5
    shift: float = 2.0
    stretch: float = 0.003
    blur: Range = (0.4, 0.75)
    noise: Range = (1.0, 3.0)
    white: Range = (236, 255)
    black: Range = (8, 45)
    streaks: float = 0.0
    bleed: float = 0.08
    bleed_depth: Range = (0.01, 0.03)
    specks: tuple[int, int] = (0, 6)
    colour: float = 0.4
    upside_down: bool = False
    phone: bool = False


CONDITIONS = {
    "clean": Condition(kind="png", turn=0, shift=0, stretch=0, blur=(0, 0), noise=(0, 0), bleed=0, specks=(0, 0), colour=0.15, white=(250, 255)),
    "feeder": Condition(),
    "harsh": Condition(
        quality=(50, 50), turn=3.0, shift=3.0, stretch=0.005, blur=(0.7, 1.15), noise=(4.0, 8.0), white=(215, 250), black=(20, 70),
        streaks=0.35, bleed=0.25, bleed_depth=(0.03, 0.09), specks=(30, 150),
    ),
    "dpi150": Condition(dpi=150, quality=(60, 60)),
    "g4": Condition(kind="g4", colour=0.0),
    "dpi300": Condition(dpi=300, quality=(80, 80), colour=0.25),
    "phone": Condition(kind="photo", quality=(72, 90), blur=(0.5, 1.0), noise=(2.0, 5.5), bleed_depth=(0.01, 0.05), colour=1.0, phone=True),
    "upside_down": Condition(upside_down=True),
    "folded_corner": Condition(),
    "coffee": Condition(colour=0.7),
}  # fmt: skip
"""Conditions by name."""


class Scan(NamedTuple):
    """Một trang đã quét: pixels, how they are to be written, and at what quality."""

    pixels: Pixels
    condition: Condition
    quality: int
    turns: int
    """Quarter turns clockwise by which the pixels were stored askew, for a camera to undo or not."""
    noted: bool
    """Whether the file says so."""


def scan(paper: Pixels, back: Pixels | None, sheet: Sheet, condition: Condition, rng: Generator) -> Scan:
    """Quét một mặt. `paper`: the finished side at 400 dpi; `back`: its other side as drawn, None where nothing shows through."""
    height, width = paper.shape[:2]
    page = (width / MM, height / MM)
    bend = some_bend(rng, sheet, page, phone=condition.phone, still=not condition.turn)
    if condition.phone:
        ground = table.some_table(rng)
        out = ground.shape[1], ground.shape[0]
        matrix = table.held(rng, page, out)
        table.cast_sheet_shadow(ground, matrix, page, rng)
    else:
        dpi = condition.dpi
        out = round(page[0] * dpi / INCH), round(page[1] * dpi / INCH)
        ground = np.full((out[1], out[0], *paper.shape[2:]), int(rng.choice([255, 235, 190, 60])), dtype=np.uint8)
        matrix = page_to_pixels(rng, condition, page)
    seen = coarse(matrix, bend, out)
    image = _resample(paper, seen, ground)
    _show_through(image, back, seen, condition, rng)
    shade = _light(rng, seen, sheet, page, phone=condition.phone)
    image = cv2.multiply(image, _like(enlarge(shade, out), image), scale=1 / 255)
    if condition.phone:
        table.cast_shadow(image, rng)
    return _developed(image, condition, rng)


def _developed(image: Pixels, condition: Condition, rng: Generator) -> Scan:
    """The device's own: dirt, blur, tone, noise, orientation."""
    _specks(image, condition, rng)
    blur = rng.uniform(*condition.blur)
    if blur > 0.2:
        image = cv2.GaussianBlur(image, (0, 0), blur)
    if rng.random() < condition.streaks:
        _streaks(image, rng)
    white, black = rng.uniform(*condition.white), rng.uniform(*condition.black)
    if condition.phone:
        white, black = rng.uniform(185, 248), rng.uniform(5, 40)
    image = _tone(image, white, black, rng, cast=condition.phone)
    noise = rng.uniform(*condition.noise)
    if noise:
        _noise(image, noise, rng)
    turns, noted = 2 if condition.upside_down else 0, False
    if condition.phone:
        turns, noted = [(0, False), (1, True), (3, True), (2, True), (1, False)][
            int(rng.choice(5, p=[0.6, 0.15, 0.1, 0.07, 0.08]))
        ]
    if condition.kind == "g4":
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        paper_level = float(np.median(grey[::16, ::16]))
        image = ((grey > paper_level * rng.uniform(0.58, 0.76)) * 255).astype(np.uint8)
    if turns:
        image = cv2.rotate(image, (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)[turns - 1])
    return Scan(image, condition, int(rng.uniform(*condition.quality)), turns, noted)


def _resample(paper: Pixels, seen: NDArray[np.float32], ground: Pixels) -> Pixels:
    """Each pixel of the device looks at one place of the paper; where there is none it sees the ground."""
    out = ground.shape[1], ground.shape[0]
    places = enlarge(seen * MM - 0.5, out)
    return cv2.remap(paper, places, None, cv2.INTER_LINEAR, dst=ground, borderMode=cv2.BORDER_TRANSPARENT)


def _show_through(
    image: Pixels, back: Pixels | None, seen: NDArray[np.float32], condition: Condition, rng: Generator
) -> None:
    """The other side, mirrored and blurred, darkening this one."""
    if back is None:
        return
    grey = back if back.ndim == 2 else cv2.cvtColor(back[::2, ::2], cv2.COLOR_BGR2GRAY)
    small = cv2.flip(cv2.resize(grey, (back.shape[1] // 4, back.shape[0] // 4), interpolation=cv2.INTER_AREA), 1)
    small = cv2.GaussianBlur(small, (0, 0), 1.5)
    depth = rng.uniform(*condition.bleed_depth)
    paper_level = float(np.median(small[::8, ::8]))
    through = (255 * (1 - depth * np.clip(1 - small / paper_level, 0, 1))).astype(np.uint8)
    out = image.shape[1], image.shape[0]
    veil = cv2.remap(
        through,
        enlarge(seen * (MM / 4) - 0.5, out),
        None,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    image[:] = cv2.multiply(image, _like(veil, image), scale=1 / 255)


def _light(
    rng: Generator, seen: NDArray[np.float32], sheet: Sheet, page: tuple[float, float], *, phone: bool
) -> Pixels:
    """How bright each place is, 0..255 coarse: panels of a folded sheet catch light differently, a lamp stands on one side."""
    x, y = seen[..., 0] / page[0] - 0.5, seen[..., 1] / page[1] - 0.5
    strength = 0.05 if phone else 0.008
    light = np.ones(x.shape, dtype=np.float32)
    for way, at in sheet.creases:
        along, place = (y, at / page[1] - 0.5) if way == "h" else (x, at / page[0] - 0.5)
        light -= abs(rng.normal(0, strength)) * ((along > place) if rng.random() < 0.5 else (along < place))
    if phone:
        slope = rng.normal(0, 0.14, 2)
        light += slope[0] * x + slope[1] * y - rng.uniform(0, 0.25) * (x * x + y * y)
    return np.clip(light / max(1.0, float(light.max())) * 255, 60, 255).astype(np.uint8)


def _specks(image: Pixels, condition: Condition, rng: Generator) -> None:
    pixel = condition.dpi / INCH
    for _ in range(int(rng.integers(condition.specks[0], condition.specks[1] + 1))):
        spot = (int(rng.integers(image.shape[1])), int(rng.integers(image.shape[0])))
        level = int(rng.integers(40, 190))
        cv2.circle(image, spot, int(rng.uniform(0.04, 0.2) * pixel), (level,) * 3, -1, cv2.LINE_AA)


def _streaks(image: Pixels, rng: Generator) -> None:
    """Dirt on the glass of a feeder: a line down the whole page, dark or light."""
    for _ in range(int(rng.integers(1, 4))):
        at, wide = int(rng.integers(20, image.shape[1] - 20)), int(rng.integers(1, 4))
        change = int(rng.uniform(35, 140)) * (-1 if rng.random() < 0.75 else 1)
        top = 0 if rng.random() < 0.8 else int(rng.integers(image.shape[0] // 2))
        part = image[top:, at : at + wide]
        part[:] = np.clip(part.astype(np.int16) + change, 0, 255).astype(np.uint8)


def _tone(image: Pixels, white: float, black: float, rng: Generator, *, cast: bool) -> Pixels:
    ramp = (np.arange(256) / 255) ** rng.uniform(0.85, 1.2)
    if not cast or image.ndim == 2:
        return cv2.LUT(image, (black + (white - black) * ramp).astype(np.uint8))
    warm = rng.normal(0, 0.05)
    gains = (1 - warm, 1 + rng.normal(0, 0.015), 1 + warm)
    curves = [np.clip((black + (white - black) * ramp) * gain, 0, 255).astype(np.uint8) for gain in gains]
    return cv2.LUT(image, np.stack(curves, axis=-1)[None])


@functools.cache
def _grain() -> Pixels:
    """A store of noise, 12 million steps around 128, from which pages take stretches."""
    sown = np.random.default_rng(20130610)
    return np.clip(sown.normal(128, NOISE_SIGMA, 12_000_000), 0, 255).astype(np.uint8)


def _noise(image: Pixels, sigma: float, rng: Generator) -> None:
    flat, store = image.reshape(-1), _grain()
    step = 6_000_000
    for start in range(0, flat.size, step):
        part = flat[start : start + step]
        from_here = int(rng.integers(store.size - part.size))
        share = sigma / NOISE_SIGMA
        part[:] = cv2.addWeighted(part, 1.0, store[from_here : from_here + part.size], share, -128 * share).reshape(-1)


def _like(grey: Pixels, image: Pixels) -> Pixels:
    return grey if image.ndim == 2 else cv2.merge([grey] * 3)
