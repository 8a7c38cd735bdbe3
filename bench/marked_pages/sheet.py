"""Một phiếu đã đánh: a sheet marked by one hand, then scanned, with its truth.

Contract: the marks follow from `seed` and the blank alone; folds, tint and stamp from `seed` and the condition; what the scanner does also from
`take`. So the same sheet can be scanned twice, or under two conditions, and another seed is another voter.
"""

from __future__ import annotations

import zlib

import msgspec
import numpy as np
from numpy.random import Generator

from bench.marked_pages import files, paper, scanner, shapes, stamp, voter
from bench.marked_pages.blank import MM, Blank, BlankPage, Frame, Pixels
from bench.marked_pages.pen import Hand, lay, some_hand

SIGNATURE = (48.0, 11.0)
"""Room a signature takes, mm."""


class PageTruth(msgspec.Struct, frozen=True, kw_only=True):
    """Sự thật của một mặt. `stamp`: "in_area", "slipped" or None; `signature`: where it was written, mm."""

    type: str | None
    page: int
    stamp: str | None
    signature: Frame | None
    rows: tuple[voter.RowTruth, ...]


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """Sự thật của một phiếu."""

    seed: int
    condition: str
    take: int
    pen_mm: float
    habit: str
    tint: str
    folds: int
    corner: int | None
    pages: tuple[PageTruth, ...]


class MarkedSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Phiếu đã quét: one file's bytes a side, in the order of the layout, and the truth."""

    pages: tuple[bytes, ...]
    suffix: str
    truth: Truth


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """Tỷ lệ chung của một lô: shares of rows that are doubtful or blank, of first sides stamped, of sheets signed."""

    doubtful: float = 0.06
    blank: float = 0.02
    stamped: float = 1.0
    slipped: float = 0.12
    signed: float = 0.1
    sign_at: Frame | None = None
    """Where the form wants the signature, mm; None: the emptiest place low on the right of the last side."""


def make_sheet(
    blank: Blank,
    seed: int,
    condition: str,
    *,
    ballot: str | None = None,
    take: int = 0,
    manner: Manner | None = None,
) -> MarkedSheet:
    """Một phiếu đánh tay và ảnh quét của nó. `ballot`: its type, by default one that the seed picks; `take`: which scan of the same sheet."""
    manner = manner or Manner()
    hand_rng = np.random.default_rng(seed)
    paper_rng, scan_rng = (
        np.random.default_rng([seed, zlib.crc32(f"{what} {condition}".encode())]) for what in ("paper", f"scan {take}")
    )
    types = blank.types
    picked = types[int(hand_rng.integers(len(types)))]
    sides = blank.sides(picked if ballot is None else ballot)
    hand = some_hand(hand_rng)
    drawings, rows = _filled(hand_rng, sides, hand, manner)
    signed = hand_rng.random() < manner.signed
    device = scanner.CONDITIONS[condition]
    colour = scan_rng.random() < device.colour
    sheet = paper.some_sheet(paper_rng, blank.page_mm, sides[0], condition)
    stamped = paper_rng.random() < manner.stamped
    slipped = paper_rng.random() < manner.slipped
    canvases, signatures = [], []
    for number, side in enumerate(sides):
        canvas = paper.printed(side, sheet, colour=colour)
        if not number and stamped:
            stamp.press(canvas, paper_rng, slips=slipped)
        place = (manner.sign_at or _room_to_sign(side, blank.page_mm)) if signed and number == len(sides) - 1 else None
        signatures.append(place)
        _write(canvas, drawings[number], hand, place, np.random.default_rng([seed, number]))
        canvases.append(canvas)
    behind = [
        canvases[_back(len(sides), number)].copy() if scan_rng.random() < device.bleed else None
        for number in range(len(sides))
    ]
    scans = []
    for number, canvas in enumerate(canvases):
        if not number:
            paper.stain(canvas, sheet, paper_rng)
        paper.crease(canvas, sheet, paper_rng, second=bool(number % 2))
        paper.turn_down(canvas, sheet, int(paper_rng.choice([255, 235, 60])), second=bool(number % 2))
        scans.append(scanner.scan(canvas, behind[number], sheet, device, scan_rng))
    truth = Truth(
        seed=seed,
        condition=condition,
        take=take,
        pen_mm=round(hand.width, 3),
        habit=hand.habit,
        tint=sheet.tint,
        folds=len(sheet.creases),
        corner=sheet.corner[0] if sheet.corner else None,
        pages=tuple(
            PageTruth(
                type=side.type,
                page=side.page,
                stamp=("slipped" if slipped else "in_area") if stamped and not number else None,
                signature=signatures[number],
                rows=tuple(rows[number]),
            )
            for number, side in enumerate(sides)
        ),
    )
    return MarkedSheet(pages=tuple(files.encoded(one) for one in scans), suffix=files.SUFFIX[device.kind], truth=truth)


def _filled(
    rng: Generator, sides: tuple[BlankPage, ...], hand: Hand, manner: Manner
) -> tuple[list[list[voter.Drawn]], list[list[voter.RowTruth]]]:
    """Every row of every side, by one hand."""
    choices = len(sides[0].rows[0].boxes)
    leaning = voter.some_leaning(rng, choices, manner.doubtful, manner.blank)
    drawings, rows = [], []
    for side in sides:
        told, drawn = zip(*(voter.vote(rng, row, hand, leaning) for row in side.rows), strict=True)
        rows.append(list(told))
        drawings.append(list(drawn))
    return drawings, rows


def _write(canvas: Pixels, drawings: list[voter.Drawn], hand: Hand, place: Frame | None, rng: Generator) -> None:
    for drawn in drawings:
        lay(canvas, drawn.pen, hand.ink, rng)
        lay(canvas, drawn.pencil, voter.PENCIL, rng)
    if place:
        lay(canvas, shapes.signature(rng, place, hand), hand.ink, rng)


def _back(sides: int, number: int) -> int:
    """The other side of the same leaf; a sheet printed on one side lies on another of its kind, whose fresh ink sets off."""
    other = number ^ 1
    return other if other < sides else number


def _room_to_sign(side: BlankPage, page_mm: tuple[float, float]) -> Frame | None:
    """The emptiest place low on the right, clear of rows, code and markers; None where all is taken."""
    wide, high = SIGNATURE
    lowest_row = max(box.y + box.h for row in side.rows for box in row.boxes.values()) + 4
    best: tuple[float, Frame] | None = None
    for top in np.arange(lowest_row, page_mm[1] - 12 - high, 2.0):
        for left in np.arange(page_mm[0] / 2, page_mm[0] - 14 - wide, 4.0):
            place = Frame(float(left), float(top), wide, high)
            if any(_meet(place, other) for other in (*side.markers, *([side.code] if side.code else []))):
                continue
            part = side.grey[int(top * MM) : int((top + high) * MM), int(left * MM) : int((left + wide) * MM)]
            print_share = float((part[::3, ::3] < 128).mean())
            if print_share < 0.05 and (best is None or print_share < best[0]):
                best = (print_share, place)
    return best[1] if best else None


def _meet(one: Frame, other: Frame) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )
