"""Cách làm tròn đang dùng: which whole numbers a printed percentage can have come from.

Contract: exact. A printed percentage is compared as a number (66.6 is 66.60), a share is rounded in whole numbers, and nothing here
decides a threshold. Offices print one or two decimals, half-up or cut off: these four conventions are the ones in use
(published results of 2014–2023); others count as mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tinnhiem.poll.record import RoundingUsed

IN_USE: tuple[RoundingUsed, ...] = (
    RoundingUsed(digits=2, mode="half-up"),
    RoundingUsed(digits=2, mode="truncate"),
    RoundingUsed(digits=1, mode="half-up"),
    RoundingUsed(digits=1, mode="truncate"),
)


def gives(count: int, base: int, value: Fraction, rounding: RoundingUsed) -> bool:
    """Whether `count` of `base` is printed as `value` percent."""
    units, rest = divmod(value.numerator * _scale(rounding), value.denominator)
    return not rest and _units(count, base, rounding) == units


def least_count(value: Fraction, base: int, rounding: RoundingUsed) -> int | None:
    """The least whole number of `base` that is printed as `value` percent; None where there is none."""
    scale = _scale(rounding)
    units, rest = divmod(value.numerator * scale, value.denominator)
    if rest:
        return None
    # Half-up takes everything from half a unit below; cutting off takes everything from the unit itself.
    doubled = 2 * units - (1 if rounding.mode == "half-up" else 0)
    count = max(0, -(-doubled * base // (200 * scale)))
    return count if count <= base and _units(count, base, rounding) == units else None


def counts_that_give(value: Fraction, base: int, rounding: RoundingUsed) -> Iterator[int]:
    """Every whole number of `base` that is printed as `value` percent, rising."""
    count = least_count(value, base, rounding)
    while count is not None and count <= base and gives(count, base, value, rounding):
        yield count
        count += 1


def bases_near(count: int, value: Fraction, most: int) -> range:
    """The bases of which `count` can be printed as `value` percent under any convention in use, and a few beside them."""
    tenth = Fraction(1, 10)
    least = max(1, 100 * count // (value + tenth))
    beyond = most if value <= tenth else min(most, 100 * count // (value - tenth) + 1)
    return range(int(least), int(beyond) + 1)


def _units(count: int, base: int, rounding: RoundingUsed) -> int:
    doubled = 200 * count * _scale(rounding)
    return (doubled + base) // (2 * base) if rounding.mode == "half-up" else doubled // (2 * base)


def _scale(rounding: RoundingUsed) -> int:
    return int(10**rounding.digits)
