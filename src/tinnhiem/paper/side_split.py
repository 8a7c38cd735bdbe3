"""Chia dòng theo mặt giấy: how many rows stand on each side.

Contract: as few sides as hold all rows, and among those the most even split; the order is kept and no row is cut. At most `most` rows a side.
"""

from __future__ import annotations

from collections.abc import Sequence


def split(
    heights: Sequence[float], first: float, middle: float, last: float, only: float, most: int
) -> tuple[int, ...]:
    """Số dòng của từng mặt.

    `heights` in mm; `first`, `middle`, `last`, `only` is the room for rows on the first side of several, on a middle one, on the last, and on a single side.
    Raises ValueError where one row alone is higher than a side.
    """
    rows = len(heights)
    if max(heights, default=0) > min(first, middle, last, only):
        raise ValueError(max(heights))
    if rows <= most and sum(heights) <= only:
        return (rows,)
    for sides in range(2, rows + 1):
        rooms = (first, *([middle] * (sides - 2)), last)
        found = _even(heights, rooms, most)
        if found:
            return found
    return tuple([1] * rows)


def _even(heights: Sequence[float], rooms: Sequence[float], most: int) -> tuple[int, ...]:
    """Rows per side as even as the rooms allow; () where they do not hold all rows."""
    counts: list[int] = []
    start = 0
    for place, room in enumerate(rooms):
        sides_left = len(rooms) - place
        # What the sides after this one can hold at most, filled from the end, is what may be left to them.
        least = max(1, len(heights) - start - _held(heights[start:], rooms[place + 1 :], most))
        even = -(-(len(heights) - start) // sides_left)
        count = _fitting(heights[start:], room, min(most, max(even, least)))
        if count < least:
            return ()
        counts.append(count)
        start += count
    return tuple(counts) if start == len(heights) else ()


def _fitting(heights: Sequence[float], room: float, most: int) -> int:
    """How many of the first rows fit."""
    total, count = 0.0, 0
    for height in heights[:most]:
        total += height
        if total > room + 1e-6:
            break
        count += 1
    return count


def _held(heights: Sequence[float], rooms: Sequence[float], most: int) -> int:
    """How many of the last rows these sides hold at most."""
    held = 0
    for room in reversed(rooms):
        held += _fitting(heights[::-1][held:], room, most)
    return held
