"""Lịch thời hạn: by when what is due, from the day of the vote or of the opening.

Contract: every deadline of the book as a date, earliest first. Days are calendar days: nothing read says otherwise, and the
instruments write "ngày làm việc" where they mean working days. A book without deadlines gives none. What has been done, and
by whom, is not known here.
"""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.law.rulebook import Basis, Rulebook
from tinnhiem.law.shelf import check_date


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Thời hạn thành ngày: what is due, on which day, from whom; `counts_from` is the day it was counted from."""

    code: str
    what: str
    what_en: str
    due: datetime.date
    counts_from: str
    clause: str
    basis: Basis
    who: str
    who_en: str

    def as_dict(self) -> dict[str, str]:
        """As the command line prints it: `what`, `due`, `from`, `clause`, `basis`, `who`."""
        return {
            "what": self.what,
            "due": self.due.isoformat(),
            "from": self.counts_from,
            "clause": self.clause,
            "basis": self.basis,
            "who": self.who,
        }


def deadlines(book: Rulebook, day: datetime.date) -> tuple[Due, ...]:
    """Các thời hạn tính từ `day`, the day the book counts from (its vote, or the opening of the session).

    Raises `BookNotInForceYet` for a day before the book.
    """
    check_date(book, day)
    found = [
        Due(
            code=rule.code,
            what=rule.what,
            what_en=rule.what_en,
            due=day - datetime.timedelta(days=rule.days),
            counts_from=rule.counts_from,
            clause=rule.clause,
            basis=rule.basis,
            who=rule.who,
            who_en=rule.who_en,
        )
        for rule in book.deadlines
    ]
    return tuple(sorted(found, key=lambda one: one.due))
