"""Đối tượng lấy phiếu: who is voted on, who is exempt, and whom the organiser must be asked about.

Contract: a person's dates are held against the book's exemptions in the book's order; the first that applies is found, with its
clause and the dates compared. What cannot be told from what is known (no date of taking up the post) is asked, never guessed.
Voted on in more places than the book allows is asked too, because which places count is the organiser's to say. Dates come
from the roster; papers are not looked at here.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from tinnhiem.law.errors import UnknownExemption
from tinnhiem.law.rulebook import Basis, Exemption, Rulebook


class PersonInPost(msgspec.Struct, frozen=True, kw_only=True):
    """Người giữ chức vụ on the day of the vote.

    `since` is the day of election or appointment to `post`, `retirement_notice` the date of the notice of leave pending
    retirement; None where there is none or it is not known. `stated` are codes of exemptions for which the organiser holds a
    paper. `other_places` are the other places where the person is voted on in the same round of votes.
    """

    name: str
    post: str
    since: datetime.date | None = None
    retirement_notice: datetime.date | None = None
    stated: tuple[str, ...] = ()
    other_places: tuple[str, ...] = ()


class Eligibility(msgspec.Struct, frozen=True, kw_only=True):
    """Kết luận: voted on, exempt (by which case), or to be asked; with the reason in words and the dates compared."""

    state: Literal["voted_on", "exempt", "ask"]
    exemption: str | None
    clause: str
    basis: Basis | None
    reason: str
    reason_en: str


class _Answer(msgspec.Struct, frozen=True):
    """What one exemption says of one person, and why. `applies` is None where it cannot be told."""

    reason: str
    reason_en: str
    applies: bool | None


def eligibility(book: Rulebook, person: PersonInPost, day: datetime.date) -> Eligibility:
    """Người này có được lấy phiếu không. `day` is the day the book counts from. Raises `UnknownExemption`."""
    _refuse_unknown(book, person)
    open_question: tuple[Exemption, _Answer] | None = None
    for exemption in book.exemptions:
        answer = _ask(exemption, person, day)
        if answer.applies:
            return _conclude("exempt", exemption, answer)
        if answer.applies is None and open_question is None:
            open_question = exemption, answer
    if open_question is not None:
        return _conclude("ask", *open_question)
    return _places(book, person)


def full_months(since: datetime.date, day: datetime.date) -> int:
    """Số tháng tròn from `since` to `day`; in a month too short for the day of `since`, its last day completes the month."""
    last = calendar.monthrange(day.year, day.month)[1]
    months = (day.year - since.year) * 12 + day.month - since.month
    return months - (day.day < min(since.day, last))


def _ask(exemption: Exemption, person: PersonInPost, day: datetime.date) -> _Answer:
    if exemption.code in person.stated:
        vi, en = f"{exemption.label}, theo giấy tờ đã nộp.", f"{exemption.label_en}, by a paper handed in."
        return _Answer(vi, en, applies=True)
    return TESTS[exemption.test](exemption, person, day)


def _retirement_notice(_: Exemption, person: PersonInPost, day: datetime.date) -> _Answer:
    notice = person.retirement_notice
    if notice is None:
        vi, en = "Không có thông báo nghỉ chờ nghỉ hưu.", "There is no notice of leave pending retirement."
        return _Answer(vi, en, applies=False)
    in_time = notice <= day
    order, order_en = ("không sau", "is not later than") if in_time else ("sau", "is later than")
    return _Answer(
        f"Thông báo nghỉ chờ nghỉ hưu ngày {_shown(notice)}, {order} ngày lấy phiếu {_shown(day)}.",
        f"The notice of leave pending retirement of {_shown(notice)} {order_en} the vote on {_shown(day)}.",
        applies=in_time,
    )


def _taken_up_in_vote_year(_: Exemption, person: PersonInPost, day: datetime.date) -> _Answer:
    since = person.since
    if since is None or since > day:
        return _since_unclear(since, day)
    same = since.year == day.year
    year, year_en = (
        (f"cùng năm {day.year}", f"in the same year {day.year}") if same else ("khác năm", "in another year")
    )
    return _Answer(
        f"Giữ chức vụ từ {_shown(since)}; lấy phiếu ngày {_shown(day)}, {year}.",
        f"In post since {_shown(since)}; the vote is on {_shown(day)}, {year_en}.",
        applies=same,
    )


def _months_in_post_below(exemption: Exemption, person: PersonInPost, day: datetime.date) -> _Answer:
    since = person.since
    if since is None or since > day:
        return _since_unclear(since, day)
    months = full_months(since, day)
    return _Answer(
        f"Giữ chức vụ từ {_shown(since)}, đến {_shown(day)} được {months} tháng tròn (mốc: {exemption.months} tháng).",
        f"In post since {_shown(since)}: {months} full months by {_shown(day)} (the mark is {exemption.months}).",
        applies=months < exemption.months,
    )


def _stated(exemption: Exemption, _: PersonInPost, __: datetime.date) -> _Answer:
    vi, en = f"Không có giấy tờ về: {exemption.label}.", f"No paper states: {exemption.label_en}."
    return _Answer(vi, en, applies=False)


TESTS: Mapping[str, Callable[[Exemption, PersonInPost, datetime.date], _Answer]] = {
    "retirement_notice": _retirement_notice,
    "taken_up_in_vote_year": _taken_up_in_vote_year,
    "months_in_post_below": _months_in_post_below,
    "stated": _stated,
}


def _since_unclear(since: datetime.date | None, day: datetime.date) -> _Answer:
    vi = "Chưa biết ngày được bầu, bổ nhiệm. Bổ sung ngày này vào danh sách."
    en = "The day of election or appointment is not known. Add it to the roster."
    if since is not None:
        vi = f"Ngày được bầu, bổ nhiệm {_shown(since)} ở sau ngày lấy phiếu {_shown(day)}. Kiểm tra lại ngày."
        en = f"The day of election or appointment {_shown(since)} lies after the vote on {_shown(day)}. Check the date."
    return _Answer(vi, en, applies=None)


def _places(book: Rulebook, person: PersonInPost) -> Eligibility:
    """Nơi lấy phiếu: at most `max_places` (QĐ 96 Đ.1 k.3), this one and the others together."""
    rule = book.max_places
    places = 1 + len(person.other_places)
    if rule is None or places <= rule.value:
        return Eligibility(
            state="voted_on",
            exemption=None,
            clause="",
            basis=None,
            reason="Không thuộc trường hợp nào không lấy phiếu.",
            reason_en="No case of exemption applies.",
        )
    others = "; ".join(person.other_places)
    return Eligibility(
        state="ask",
        exemption=None,
        clause=rule.clause,
        basis=rule.basis,
        reason=f"Được lấy phiếu ở {places} nơi (ngoài nơi này: {others}), nhiều nhất {rule.value} nơi. Chọn nơi lấy phiếu.",
        reason_en=f"Voted on in {places} places (beside this one: {others}), at most {rule.value}. Choose the places.",
    )


def _conclude(state: Literal["exempt", "ask"], exemption: Exemption, answer: _Answer) -> Eligibility:
    return Eligibility(
        state=state,
        exemption=exemption.code,
        clause=exemption.clause,
        basis=exemption.basis,
        reason=answer.reason,
        reason_en=answer.reason_en,
    )


def _refuse_unknown(book: Rulebook, person: PersonInPost) -> None:
    known = [exemption.code for exemption in book.exemptions]
    for code in person.stated:
        if code not in known:
            raise UnknownExemption(person.name, found=code, known=", ".join(known))


def _shown(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
