"""Người sát ngưỡng: whose every mark is looked at in the column gallery (dải ô theo người) before the board signs.

Contract: exact, in whole numbers (`random_sample.within_points`); reads a count record and tells lines, no figure and no distance: nobody learns from it how
a vote stands. The thresholds are those of the instrument that binds each person. Source: the column check of a counting board, two points; custom, not law.
"""

from __future__ import annotations

from tinnhiem.poll.random_sample import GALLERY_BELOW, within_points
from tinnhiem.poll.record import CountRecord

NEAR_POINTS = 2
"""Percentage points between a person's share and a threshold, up to which every mark of the person is looked at."""

Place = tuple[str | None, int]
"""Ballot type (None for the only one) and line on the ballot, from 1."""


def near_threshold(record: CountRecord) -> tuple[Place, ...]:
    """Người cách một ngưỡng không quá hai điểm phần trăm, in the order of the record; none where there is no base to compare with."""
    return tuple((line.ballot, line.line) for line in record.lines if within_points(line, NEAR_POINTS))


def to_look_through(record: CountRecord, *, instead_of_sample: bool) -> tuple[Place, ...]:
    """Những người phải xem lại từng ô: those near a threshold; with `instead_of_sample` also everybody on a type with so few sheets that
    the gallery replaces the random check (`GALLERY_BELOW`).
    """
    near = set(near_threshold(record))
    small = {kind.ballot for kind in record.types if instead_of_sample and (kind.returned or 0) < GALLERY_BELOW}
    places = ((line.ballot, line.line) for line in record.lines)
    return tuple(place for place in places if place in near or place[0] in small)
