"""Một người bỏ phiếu: what one hand does on each row of one sheet, and what it meant.

Contract: a row is `clear` when anybody would read it the same way: one mark, alone, plainly in one box, by a pen. What is not clear carries
the intent a board would most likely find, so that a silent decision can be judged: a choice, or "blank", "over", "struck", "written", "unclear".
A share of rows is doubtful or blank; everything follows from the generator of random numbers that is handed in.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import msgspec
from numpy.random import Generator

from bench.marked_pages import shapes
from bench.marked_pages.blank import BlankRow, Frame
from bench.marked_pages.pen import Hand, Ink, Stroke

DOUBTS = {
    "two_marks": 5.0,
    "correction": 5.0,
    "lone_scribble": 3.0,
    "struck": 2.0,
    "struck_marked": 4.0,
    "written": 3.0,
    "dot": 3.0,
    "short": 3.0,
    "faint": 3.0,
    "between": 2.0,
    "outside": 2.0,
    "circled": 2.0,
}
"""Kinds of doubtful rows and how often each comes beside the others."""

THICK = 0.6
"""A pen from which a cross may cover as much as a scribble, mm."""

PENCIL = Ink(0.42, 0.42, 0.42, grain=0.6)


class RowTruth(msgspec.Struct, frozen=True, kw_only=True):
    """Sự thật của một dòng. `marked`: choices whose box was touched on purpose, in the order drawn."""

    line: int
    intent: str
    kind: str
    clear: bool
    marked: tuple[str, ...] = ()


class Drawn(NamedTuple):
    """Nét trên một dòng: strokes of the sheet's own pen, and those of a pencil."""

    pen: list[Stroke]
    pencil: list[Stroke]


class Leaning(msgspec.Struct, frozen=True, kw_only=True):
    """Ý của một người: how likely each choice is on each row, and which shares of rows go wrong."""

    odds: tuple[float, ...]
    doubtful: float
    blank: float


def some_leaning(rng: Generator, choices: int, doubtful: float, blank: float) -> Leaning:
    """One voter in eight marks a single column all the way down; one in two hundred hands in an empty sheet."""
    if rng.random() < 0.005:
        return Leaning(odds=(1 / choices,) * choices, doubtful=0.0, blank=1.0)
    if rng.random() < 0.125:
        column = int(rng.integers(choices))
        return Leaning(odds=tuple(float(i == column) for i in range(choices)), doubtful=doubtful, blank=blank)
    return Leaning(odds=tuple(rng.dirichlet([1.6] * choices).tolist()), doubtful=doubtful, blank=blank)


def vote(rng: Generator, row: BlankRow, hand: Hand, leaning: Leaning) -> tuple[RowTruth, Drawn]:
    """Đánh một dòng."""
    choices = list(row.boxes)
    choice = choices[int(rng.choice(len(choices), p=leaning.odds))]
    fate = rng.random()
    if fate < leaning.blank:
        return RowTruth(line=row.line, intent="blank", kind="blank", clear=False), Drawn([], [])
    if fate < leaning.blank + leaning.doubtful:
        return _doubtful(rng, row, hand, choice)
    kind, strokes = _clear(rng, row.boxes[choice], hand)
    return RowTruth(line=row.line, intent=choice, kind=kind, clear=True, marked=(choice,)), Drawn(strokes, [])


def _clear(rng: Generator, box: Frame, hand: Hand) -> tuple[str, list[Stroke]]:
    half = box.w / 2
    x, y = box.centre
    nudge = (x + rng.normal(0, 0.09) * half, y + rng.normal(0, 0.09) * half)
    if hand.habit == "tick":
        return "tick", shapes.tick(rng, nudge, half * rng.uniform(0.7, 1.1), hand)
    if hand.habit == "slash":
        return "slash", shapes.slash(rng, nudge, half * rng.uniform(0.65, 1.05), hand)
    size = half * min(max(hand.size + rng.normal(0, 0.06), 0.58), 1.0)
    turn = rng.random()
    if turn < 0.09:
        return "cross_big", shapes.cross(rng, nudge, half * rng.uniform(1.12, 1.4), hand)
    if turn < 0.18:
        far, way = box.w * rng.uniform(0.14, 0.32), rng.uniform(0, 2 * math.pi)
        return "cross_off", shapes.cross(rng, (x + far * math.cos(way), y + far * math.sin(way)), size * 0.9, hand)
    return "cross_thick" if hand.width >= THICK else "cross", shapes.cross(rng, nudge, size, hand)


def _doubtful(rng: Generator, row: BlankRow, hand: Hand, choice: str) -> tuple[RowTruth, Drawn]:
    weights = list(DOUBTS.values())
    kind = list(DOUBTS)[int(rng.choice(len(weights), p=[w / sum(weights) for w in weights]))]
    others = [one for one in row.boxes if one != choice]
    if not others:
        kind = {"correction": "lone_scribble", "two_marks": "outside", "between": "outside"}.get(kind, kind)
    other = others[int(rng.integers(len(others)))] if others else choice
    if kind in {"struck", "struck_marked", "written"}:
        return _in_the_name_cell(rng, row, hand, choice, kind)
    intent, marked = _meant(kind, choice, other)
    pen, pencil = _in_the_boxes(rng, row, hand, kind, choice, other)
    return RowTruth(line=row.line, intent=intent, kind=kind, clear=False, marked=marked), Drawn(pen, pencil)


def _meant(kind: str, choice: str, other: str) -> tuple[str, tuple[str, ...]]:
    """What a board would most likely find, and the boxes touched."""
    if kind == "two_marks":
        return "over", (choice, other)
    if kind == "correction":
        return choice, (other, choice)
    if kind == "lone_scribble":
        return "blank", (choice,)
    if kind == "between":
        return "unclear", ()
    return choice, () if kind == "outside" else (choice,)


def _in_the_name_cell(rng: Generator, row: BlankRow, hand: Hand, choice: str, kind: str) -> tuple[RowTruth, Drawn]:
    mark = [] if kind == "struck" else _clear(rng, row.boxes[choice], hand)[1]
    foreign = shapes.writing(rng, _room(rng, row), hand) if kind == "written" else shapes.strike(rng, _name(row), hand)
    intent = "written" if kind == "written" else "struck"
    told = RowTruth(line=row.line, intent=intent, kind=kind, clear=False, marked=(choice,) if mark else ())
    return told, Drawn(foreign + mark, [])


def _in_the_boxes(
    rng: Generator, row: BlankRow, hand: Hand, kind: str, choice: str, other: str
) -> tuple[list[Stroke], list[Stroke]]:
    """Strokes of the pen, strokes of a pencil."""
    box = row.boxes[choice]
    (x, y), half = box.centre, box.w / 2 * hand.size
    if kind == "two_marks":
        return _clear(rng, box, hand)[1] + _clear(rng, row.boxes[other], hand)[1], []
    if kind == "correction":
        return _taken_back(rng, row.boxes[other], hand) + _clear(rng, box, hand)[1], []
    if kind in {"lone_scribble", "dot", "short"}:
        shape = {"lone_scribble": _taken_back, "dot": shapes.dot, "short": shapes.short}[kind]
        return shape(rng, box, hand), []
    if kind == "faint":
        return [], shapes.cross(rng, (x, y), half, hand, weight=rng.uniform(0.12, 0.4) / hand.pressure)
    if kind == "circled":
        return shapes.cross(rng, (x, y), half, hand) + shapes.ring(
            rng, (x, y), box.w / 2 * rng.uniform(1.1, 1.35), hand
        ), []
    if kind == "between":
        bx, by = _beside(row, choice).centre
        return shapes.cross(rng, ((x + bx) / 2, (y + by) / 2), half, hand), []
    away = (box.w / 2 + half * 1.25 + rng.uniform(0.4, 2.0)) * float(rng.choice([-1, 1]))
    return shapes.cross(rng, (x + away, y + rng.normal(0, 0.4)), half, hand), []


def _taken_back(rng: Generator, box: Frame, hand: Hand) -> list[Stroke]:
    """A mark and the scribble over it; now and then the scribble alone."""
    under = shapes.cross(rng, box.centre, box.w / 2 * hand.size, hand) if rng.random() < 0.8 else []
    return under + shapes.scribble(rng, box, hand)


def _name(row: BlankRow) -> Frame:
    """Where the name is printed; where no type was found, the left of the cell."""
    if row.words:
        return row.words[0]
    return Frame(row.name.x + 1, row.name.y + row.name.h * 0.2, row.name.w * 0.5, row.name.h * 0.6)


def _room(rng: Generator, row: BlankRow) -> Frame:
    """Where words are added: after the printed line where there is room, else over its end."""
    name = _name(row)
    high = min(row.name.h * 0.7, 4.5)
    wide = min(rng.uniform(14, 32), row.name.w * 0.6)
    left = min(name.x + name.w + 2, row.name.x + row.name.w - wide - 1)
    return Frame(left, row.name.y + (row.name.h - high) / 2, wide, high)


def _beside(row: BlankRow, choice: str) -> Frame:
    """The box nearest to that of `choice`."""
    own = row.boxes[choice]
    rest = [box for one, box in row.boxes.items() if one != choice]
    return min(rest, key=lambda box: abs(box.x - own.x))
