"""Rà soát đối tượng lấy phiếu: each line of the list with what the book says of that person.

Contract: a suggestion is `law.eligibility`'s, with its clause; nothing is changed by it. A person is told to look at when the book exempts somebody who is on the
list, does not exempt somebody who was left out for a case of the book, or cannot tell.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.models import Round, Subject
from tinnhiem.app.queries.values import book_of
from tinnhiem.law.eligibility import Eligibility, PersonInPost, eligibility
from tinnhiem.law.rulebook import Rulebook


class SubjectLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một người: the stored row, its exemption in words, and the book's word on it (None where there is nothing to say)."""

    subject: Subject
    exemption: str
    clause: str
    regime: str
    advice: Eligibility | None


def subject_lines(round_: Round, *, english: bool) -> tuple[SubjectLine, ...]:
    """Danh sách in trên phiếu, then those left out, each with the advice."""
    book = book_of(round_)
    rows = round_.subjects.select_related("ballot_type").order_by(
        "ballot_type__position", "ballot_type__pk", "line", "pk"
    )
    return tuple(_line(row, book, round_, english=english) for row in sorted(rows, key=lambda one: one.line is None))


def _line(row: Subject, book: Rulebook, round_: Round, *, english: bool) -> SubjectLine:
    known = next((one for one in book.exemptions if one.code == row.exemption), None)
    regime = book.regime(row.regime)
    exemption = ""
    if row.exemption:
        label = (known.label_en if english else known.label) if known else ""
        exemption = (
            row.exemption_reason if not label or label == row.exemption_reason else f"{label}. {row.exemption_reason}"
        )
    return SubjectLine(
        subject=row,
        exemption=exemption,
        clause=known.clause if known else "",
        regime=(regime.label_en if english else regime.label) if regime else "",
        advice=_advice(row, book, round_),
    )


def _advice(row: Subject, book: Rulebook, round_: Round) -> Eligibility | None:
    person = PersonInPost(
        name=row.name,
        post=row.post,
        since=row.since,
        retirement_notice=row.retirement_notice,
        other_places=(row.second_place,) if row.second_place else (),
    )
    # NQ 96 counts months in post to the opening of the session, QĐ 96 looks at the year of the vote.
    counted = any(one.test == "months_in_post_below" for one in book.exemptions)
    found = eligibility(book, person, round_.opening_date if counted and round_.opening_date else round_.vote_date)
    if row.exemption:
        stated = next((one for one in book.exemptions if one.code == row.exemption), None)
        agrees = found.state == "exempt" or stated is None or stated.test == "stated"
        return None if agrees else found
    return None if found.state == "voted_on" else found
