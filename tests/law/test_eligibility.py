"""Who is voted on, who is exempt, who must be asked about."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from tinnhiem.law import shelf
from tinnhiem.law.eligibility import Eligibility, PersonInPost, eligibility, full_months
from tinnhiem.law.errors import UnknownExemption
from tinnhiem.law.rulebook import Exemption

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
    assert eligibility(shelf.book("qd-96-2023"), person(since=None), VOTE) == Eligibility(
        state="ask",
        exemption="taken_up_this_year",
        clause="Đ.3 k.1",
        basis="secondary",
        reason="Chưa biết ngày được bầu, bổ nhiệm. Bổ sung ngày này vào danh sách.",
        reason_en="The day of election or appointment is not known. Add it to the roster.",
    )


@pytest.mark.parametrize(
    ("book_id", "exemption"), [("qd-96-2023", "taken_up_this_year"), ("nq-85-2014", "under_nine_months")]
)
def test_a_post_taken_up_after_the_vote_is_asked(book_id: str, exemption: str) -> None:
    found = eligibility(shelf.book(book_id), person(since=DAY(2028, 7, 26)), VOTE)
    assert (found.state, found.exemption, found.reason, found.reason_en) == (
        "ask",
        exemption,
        "Ngày được bầu, bổ nhiệm 26/07/2028 ở sau ngày lấy phiếu 25/07/2028. Kiểm tra lại ngày.",
        "The day of election or appointment 26/07/2028 lies after the vote on 25/07/2028. Check the date.",
    )


def test_a_notice_of_retirement_shows_the_dates_compared() -> None:
    found = eligibility(shelf.book("qd-96-2023"), person(retirement_notice=DAY(2028, 5, 2)), VOTE)
    assert (found.reason, found.reason_en) == (
        "Thông báo nghỉ chờ nghỉ hưu ngày 02/05/2028, không sau ngày lấy phiếu 25/07/2028.",
        "The notice of leave pending retirement of 02/05/2028 is not later than the vote on 25/07/2028.",
    )


def test_months_in_post_are_shown_with_the_mark_they_are_held_against() -> None:
    found = eligibility(shelf.book("nq-85-2014"), person(since=VOTE), VOTE)
    assert (found.state, found.reason, found.reason_en) == (
        "exempt",
        "Giữ chức vụ từ 25/07/2028, đến 25/07/2028 được 0 tháng tròn (mốc: 9 tháng).",
        "In post since 25/07/2028: 0 full months by 25/07/2028 (the mark is 9).",
    )


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
    assert (found.state, found.reason, found.reason_en) == (
        "exempt",
        "Đã có thông báo nghỉ công tác chờ nghỉ hưu, theo giấy tờ đã nộp.",
        "Has a notice of leave pending retirement, by a paper handed in.",
    )


@pytest.mark.parametrize(("stated", "state"), [((), "voted_on"), (("ill",), "exempt")])
def test_a_case_that_only_a_paper_can_show_needs_the_paper(stated: tuple[str, ...], state: str) -> None:
    illness = Exemption(
        code="ill", label="Nghỉ ốm dài ngày", label_en="Long illness", test="stated", clause="", basis="unsure"
    )
    book = msgspec.structs.replace(shelf.book("nq-96-2023"), exemptions=(illness,))
    assert eligibility(book, person(stated=stated), VOTE).state == state


def test_a_case_that_the_book_does_not_have_cannot_be_stated() -> None:
    with pytest.raises(UnknownExemption) as refused:
        eligibility(shelf.book("qd-96-2023"), person(stated=("illness",)), VOTE)
    assert refused.value == UnknownExemption(
        "Hồ Thị Mơ", found="illness", known="retirement_notice, taken_up_this_year"
    )


def test_two_places_are_allowed() -> None:
    assert state_and_exemption("qd-96-2023", other_places=("HĐND tỉnh",)) == ("voted_on", None)


def test_a_third_place_is_asked_because_the_organiser_chooses() -> None:
    found = eligibility(shelf.book("qd-96-2023"), person(other_places=("HĐND tỉnh", "UBND tỉnh")), VOTE)
    assert found == Eligibility(
        state="ask",
        exemption=None,
        clause="Đ.1 k.3",
        basis="secondary",
        reason="Được lấy phiếu ở 3 nơi (ngoài nơi này: HĐND tỉnh; UBND tỉnh), nhiều nhất 2 nơi. Chọn nơi lấy phiếu.",
        reason_en="Voted on in 3 places (beside this one: HĐND tỉnh; UBND tỉnh), at most 2. Choose the places.",
    )


def test_a_book_without_a_limit_of_places_asks_nothing_about_them() -> None:
    assert state_and_exemption("nq-96-2023", other_places=("a", "b", "c")) == ("voted_on", None)
