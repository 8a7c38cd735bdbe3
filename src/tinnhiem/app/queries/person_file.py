"""Hồ sơ một người qua các đợt: posts with their dates, rounds, and results only where the viewer may see them.

Contract: rounds shown are those in which the viewer has a desk; a result is shown only of a signed round and only to a role that may see results. A person's
place on a roll of voters is shown as that and nothing more: no table joins a voter to a sheet.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.access import Permission, may
from tinnhiem.app.models import (
    Account,
    BoardMember,
    CountRecordRow,
    Desk,
    Membership,
    Person,
    Role,
    Round,
    Subject,
    Voter,
)
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.people.folding import fold, matches
from tinnhiem.people.names import Name
from tinnhiem.people.order import sort_key
from tinnhiem.poll.round import STATES

MOST_SHOWN = 200
SIGNED = STATES[STATES.index("signed") :]


class ResultLine(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả của một người trong một đợt: label, count and printed share of each choice, and the base."""

    figures: tuple[tuple[str, int, str], ...]
    invalid: int | None
    base: int | None
    number: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Một đợt trong hồ sơ: as whom the person was there, and the result if it may be seen."""

    round: Round
    parts: tuple[str, ...]
    subject: Subject | None
    result: ResultLine | None


def may_read_files(account: Account) -> bool:
    """Ai được xem hồ sơ cán bộ: an officer, and whoever has another desk than a table that keys sheets."""
    return account.is_officer or Desk.objects.filter(account=account).exclude(role=Role.STATION).exists()


def find_people(query: str) -> tuple[list[Person], int]:
    """Tra cứu không dấu: the people whose name answers the query, by given name, and how many there are in all."""
    everybody = Person.objects.all()
    words = fold(query).split()
    # The database narrows where there are several words; one word may be initials (nvh) and needs every name.
    narrowed = everybody.filter(folded__contains=words[0]) if len(words) > 1 else everybody
    found = [one for one in narrowed if not words or matches(query, one.full_name)]
    found.sort(key=lambda one: sort_key(Name(family=one.family_name, given=one.given_name, sort_name=one.sort_name)))
    return found[:MOST_SHOWN], len(found)


def birth_shown(birth: str) -> str:
    """Ngày sinh như đã ghi: 1970-05-01 as 01/05/1970, a month or a year alone as such."""
    return "/".join(reversed(birth.split("-")))


def memberships_of(person: Person) -> list[Membership]:
    """Các chức vụ, the latest first."""
    held = Membership.objects.filter(person=person).select_related("post__body")
    return sorted(held, key=lambda one: (one.until is None, str(one.until or ""), str(one.since or "")), reverse=True)


def parts_of(person: Person, viewer: Account, *, english: bool, words: dict[str, str]) -> list[Part]:
    """Các đợt có tên người này, among those of the viewer; `words` names the three lists."""
    found: dict[object, Part] = {}
    mine = Round.objects.filter(desks__account=viewer).distinct()
    for round_ in mine.select_related("body").order_by("-vote_date"):
        subjects = list(Subject.objects.filter(round=round_, person=person).select_related("ballot_type"))
        told = [words["subject"]] if subjects else []
        if Voter.objects.filter(round=round_, person=person).exists():
            told.append(words["voter"])
        if BoardMember.objects.filter(round=round_, person=person).exists():
            told.append(words["board"])
        if told:
            subject = subjects[0] if subjects else None
            result = _result(round_, subject, viewer, english=english) if subject else None
            found[round_.pk] = Part(round=round_, parts=tuple(told), subject=subject, result=result)
    return list(found.values())


def _result(round_: Round, subject: Subject, viewer: Account, *, english: bool) -> ResultLine | None:
    if subject.line is None or round_.state not in SIGNED or not may(viewer, Permission.RESULT, round_):
        return None
    row = CountRecordRow.objects.filter(round=round_, signed_at__isnull=False).order_by("-number").first()
    if row is None or not row.content:
        return None
    record = record_of(row)
    ballot = subject.ballot_type.code or None
    counted = next((one for one in record.lines if (one.ballot, one.line) == (ballot, subject.line)), None)
    if counted is None:
        return None
    return ResultLine(
        figures=tuple(
            (one.label_en if english else one.label, counted.counts[one.code], counted.printed[one.code] or "")
            for one in book_of(round_).choices
        ),
        invalid=counted.invalid,
        base=counted.base,
        number=row.number,
    )
