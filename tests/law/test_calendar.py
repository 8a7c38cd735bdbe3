"""Deadlines as dates: earliest first, across months and years."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.law import shelf
from tinnhiem.law.calendar import deadlines
from tinnhiem.law.errors import BookNotInForceYet
from tinnhiem.law.load import load

DAY = datetime.date
EXTRA = Path(__file__).parent.parent / "cases" / "books_extra"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (DAY(2023, 7, 25), ["2023-07-05", "2023-07-10", "2023-07-15", "2023-07-22"]),
        (DAY(2024, 3, 1), ["2024-02-10", "2024-02-15", "2024-02-20", "2024-02-27"]),
        (DAY(2023, 3, 1), ["2023-02-09", "2023-02-14", "2023-02-19", "2023-02-26"]),
        (DAY(2028, 1, 2), ["2027-12-13", "2027-12-18", "2027-12-23", "2027-12-30"]),
    ],
)
def test_the_party_regulation_counts_back_from_the_day_of_the_vote(day: datetime.date, due: list[str]) -> None:
    assert [one.due.isoformat() for one in deadlines(shelf.book("qd-96-2023"), day)] == due


def test_the_resolution_counts_back_from_the_opening_of_the_session() -> None:
    found = deadlines(shelf.book("nq-96-2023"), DAY(2028, 12, 5))
    assert [(one.code, one.due.isoformat(), one.counts_from) for one in found] == [
        ("draft_list", "2028-10-21", "opening"),
        ("report_in", "2028-11-05", "opening"),
        ("front_summary", "2028-11-10", "opening"),
        ("to_deputies", "2028-11-15", "opening"),
        ("verify_request", "2028-11-20", "opening"),
        ("questions_to_person", "2028-11-25", "opening"),
        ("explanation", "2028-11-30", "opening"),
    ]


def test_a_deadline_as_the_command_line_prints_it() -> None:
    first = deadlines(shelf.book("nq-96-2023"), DAY(2028, 12, 5))[0]
    assert json.loads(json.dumps(first.as_dict(), ensure_ascii=False)) == {
        "what": "Dự kiến danh sách người được lấy phiếu; yêu cầu bằng văn bản gửi báo cáo và bản kê khai tài sản, thu nhập",
        "due": "2028-10-21",
        "from": "opening",
        "clause": "Đ.10, Đ.11",
        "basis": "secondary",
        "who": "Ủy ban Thường vụ Quốc hội; Thường trực Hội đồng nhân dân",
    }


def test_a_deadline_is_plain_data_when_asked() -> None:
    first = deadlines(shelf.book("qd-96-2023"), DAY(2024, 3, 1))[0]
    assert msgspec.to_builtins(first) == {
        "code": "dossier_in",
        "what": "Gửi hồ sơ lấy phiếu tín nhiệm về cơ quan tham mưu tổ chức, cán bộ",
        "what_en": "Send the dossier to the organisation and personnel office",
        "due": "2024-02-10",
        "counts_from": "vote",
        "clause": "",
        "basis": "unsure",
        "who": "Người được lấy phiếu",
        "who_en": "The person voted on",
    }


@pytest.mark.parametrize("book_id", ["nq-96-2023-bo-phieu", "nq-35-2012", "qd-190-2024-khong-so-du"])
def test_a_book_without_deadlines_gives_none(book_id: str) -> None:
    assert deadlines(shelf.book(book_id), DAY(2028, 1, 1)) == ()


def test_a_day_before_the_book_has_no_calendar() -> None:
    with pytest.raises(BookNotInForceYet):
        deadlines(shelf.book("qd-96-2023"), DAY(2023, 2, 1))


def test_a_deadline_after_the_vote_comes_last() -> None:
    path = EXTRA / "bon-muc-thu-nghiem.toml"
    found = deadlines(load(path.read_text(encoding="utf-8"), path.name), DAY(2030, 12, 30))
    assert [(one.code, one.due.isoformat()) for one in found] == [
        ("self_review", "2030-12-23"),
        ("result_published", "2031-01-02"),
    ]


@given(day=st.dates(DAY(2023, 7, 1), DAY(2099, 12, 31)))
def test_the_calendar_is_in_order_and_each_date_is_its_days_away(day: datetime.date) -> None:
    book = shelf.book("nq-96-2023")
    found = deadlines(book, day)
    days = {rule.code: rule.days for rule in book.deadlines}
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert {one.code: (day - one.due).days for one in found} == days
