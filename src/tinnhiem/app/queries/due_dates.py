"""Lịch thời hạn của một đợt: the book's deadlines as dates of this round, and how near each is.

Contract: dates are `law.calendar`'s. A deadline that counts from the opening has no date while the opening day is not given. Whether a thing was done
is not known here: a day gone by is told as gone by, not as missed.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from tinnhiem.app.models import Round
from tinnhiem.app.queries.values import book_of
from tinnhiem.law.calendar import deadlines
from tinnhiem.law.rulebook import Basis

SOON_DAYS = 7
Nearness = Literal["past", "soon", "later", "unknown"]
PREPARING = ("draft", "submitted", "plan_approved", "dossiers_in", "dossiers_out", "lists_frozen", "ready")


class DueDate(msgspec.Struct, frozen=True, kw_only=True):
    """Một thời hạn: `due` None where the day it counts from is not given; `days` from today (negative: gone by)."""

    what: str
    what_en: str
    who: str
    who_en: str
    clause: str
    basis: Basis
    note: str
    counts_from: str
    offset: int
    due: datetime.date | None
    days: int | None
    nearness: Nearness


def due_dates(
    round_: Round, today: datetime.date, vote: datetime.date | None = None, opening: datetime.date | None = None
) -> tuple[DueDate, ...]:
    """Các thời hạn của đợt, earliest first; `vote` and `opening` stand in for the round's own days (to see rows move before saving)."""
    book = book_of(round_)
    days = {"vote": vote or round_.vote_date, "opening": opening or round_.opening_date}
    computed = {
        (anchor, due.code): due.due for anchor, day in days.items() if day is not None for due in deadlines(book, day)
    }
    found = []
    for rule in book.deadlines:
        due = computed.get((rule.counts_from, rule.code))
        left = (due - today).days if due else None
        found.append(
            DueDate(
                what=rule.what,
                what_en=rule.what_en,
                who=rule.who,
                who_en=rule.who_en,
                clause=rule.clause,
                basis=rule.basis,
                note=rule.note,
                counts_from=rule.counts_from,
                offset=rule.days,
                due=due,
                days=left,
                nearness=_nearness(left),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or today)))


def near_dates(round_: Round, today: datetime.date) -> tuple[DueDate, ...]:
    """Thời hạn trong bảy ngày tới, of a round that is still being prepared."""
    if round_.state not in PREPARING:
        return ()
    return tuple(one for one in due_dates(round_, today) if one.nearness == "soon")


def _nearness(left: int | None) -> Nearness:
    if left is None:
        return "unknown"
    if left < 0:
        return "past"
    return "soon" if left <= SOON_DAYS else "later"
