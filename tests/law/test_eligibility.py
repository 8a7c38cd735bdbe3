"""Who is voted on, who is exempt, who must be asked about."""

from __future__ import annotations

import datetime

import pytest

from tinnhiem.law import shelf
from tinnhiem.law.eligibility import Eligibility, PersonInPost, eligibility, full_months
from tinnhiem.law.errors import UnknownExemption

DAY = datetime.date
VOTE = DAY(2028, 7, 25)


def person(**known: object) -> PersonInPost:
    return PersonInPost(**{"name": "Hồ Thị Mơ", "post": "Phó Bí thư", "since": DAY(2025, 5, 20)} | known)


def state_and_exemption(book_id: str, **known: object) -> tuple[str, str | None]:
    found = eligibility(shelf.book(book_id), person(**known), VOTE)
    return found.state, found.exemption


def test_a_person_long_in_post_is_voted_on() -> None:
    assert eligibility(shelf.book("qd-96-2023"), person(), VOTE) == Eligibility(
        state="voted_on",
        exemption=None,
        clause="",
        basis=None,
        reason="Không thuộc trường hợp nào không lấy phiếu.",
        reason_en="No case of exemption applies.",
    )


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (DAY(2027, 12, 31), ("voted_on", None)),
        (DAY(2028, 1, 1), ("exempt", "taken_up_this_year")),
        (VOTE, ("exempt", "taken_up_this_year")),
    ],
)
@pytest.mark.parametrize("book_id", ["qd-96-2023", "nq-96-2023"])
def test_the_year_of_the_vote_begins_on_its_first_day(
    book_id: str, since: datetime.date, expected: tuple[str, str | None]
) -> None:
    assert state_and_exemption(book_id, since=since) == expected


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (DAY(2028, 7, 24), ("exempt", "retirement_notice")),
        (VOTE, ("exempt", "retirement_notice")),
        (DAY(2028, 7, 26), ("voted_on", None)),
    ],
)
def test_a_notice_of_retirement_counts_when_it_is_not_later_than_the_vote(
    notice: datetime.date, expected: tuple[str, str | None]
) -> None:
    assert state_and_exemption("nq-96-2023", retirement_notice=notice) == expected


def test_an_exemption_shows_its_clause_and_the_dates_compared() -> None:
    assert eligibility(shelf.book("nq-96-2023"), person(since=DAY(2028, 3, 1)), VOTE) == Eligibility(
        state="exempt",
        exemption="taken_up_this_year",
        clause="Đ.2 k.5",
        basis="read",
        reason="Giữ chức vụ từ 01/03/2028; lấy phiếu ngày 25/07/2028, cùng năm 2028.",
        reason_en="In post since 01/03/2028; the vote is on 25/07/2028, in the same year 2028.",
    )


def test_an_unknown_day_of_taking_up_the_post_is_asked() -> None:
    found = eligibility(shelf.book("qd-96-2023"), person(since=None), VOTE)
    assert (found.state, found.exemption, found.clause, found.reason) == (
        "ask",
        "taken_up_this_year",
        "Đ.3 k.1",
        "Chưa biết ngày được bầu, bổ nhiệm. Bổ sung ngày này vào danh sách.",
    )


def test_a_post_taken_up_after_the_vote_is_asked() -> None:
    assert state_and_exemption("qd-96-2023", since=DAY(2028, 7, 26)) == ("ask", "taken_up_this_year")


def test_a_known_exemption_needs_no_other_question() -> None:
    assert state_and_exemption("qd-96-2023", since=None, retirement_notice=DAY(2028, 5, 1)) == (
        "exempt",
        "retirement_notice",
    )


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (DAY(2027, 10, 25), ("voted_on", None)),
        (DAY(2027, 10, 26), ("exempt", "under_nine_months")),
        (None, ("ask", "under_nine_months")),
        (DAY(2028, 7, 26), ("ask", "under_nine_months")),
    ],
)
@pytest.mark.parametrize("book_id", ["nq-85-2014", "nq-35-2012"])
def test_the_earlier_resolutions_count_nine_full_months(
    book_id: str, since: datetime.date | None, expected: tuple[str, str | None]
) -> None:
    assert state_and_exemption(book_id, since=since) == expected


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (DAY(2017, 12, 31), DAY(2018, 9, 30), 9),
        (DAY(2017, 12, 31), DAY(2018, 9, 29), 8),
        (DAY(2018, 5, 31), DAY(2019, 2, 28), 9),
        (DAY(2018, 2, 28), DAY(2018, 11, 28), 9),
        (DAY(2018, 1, 15), DAY(2018, 1, 15), 0),
        (DAY(2018, 1, 15), DAY(2018, 2, 14), 0),
    ],
)
def test_a_month_is_full_on_its_day_or_on_the_last_day_of_a_shorter_month(
    since: datetime.date, day: datetime.date, months: int
) -> None:
    assert full_months(since, day) == months


def test_a_paper_that_the_organiser_holds_exempts() -> None:
    found = eligibility(shelf.book("qd-96-2023"), person(stated=("retirement_notice",)), VOTE)
    assert (found.state, found.reason) == ("exempt", "Đã có thông báo nghỉ công tác chờ nghỉ hưu, theo giấy tờ đã nộp.")


def test_a_case_that_the_book_does_not_have_cannot_be_stated() -> None:
    with pytest.raises(UnknownExemption) as refused:
        eligibility(shelf.book("qd-96-2023"), person(stated=("illness",)), VOTE)
    assert refused.value == UnknownExemption(
        "Hồ Thị Mơ", found="illness", known="retirement_notice, taken_up_this_year"
    )


def test_two_places_are_allowed_and_a_third_is_asked() -> None:
    book = shelf.book("qd-96-2023")
    two = eligibility(book, person(other_places=("HĐND tỉnh",)), VOTE)
    three = eligibility(book, person(other_places=("HĐND tỉnh", "UBND tỉnh")), VOTE)
    assert (two.state, three.state, three.clause, three.reason) == (
        "voted_on",
        "ask",
        "Đ.1 k.3",
        "Được lấy phiếu ở 3 nơi (ngoài nơi này: HĐND tỉnh; UBND tỉnh), nhiều nhất 2 nơi. Chọn nơi lấy phiếu.",
    )


def test_a_book_without_a_limit_of_places_asks_nothing_about_them() -> None:
    assert state_and_exemption("nq-96-2023", other_places=("a", "b", "c")) == ("voted_on", None)
