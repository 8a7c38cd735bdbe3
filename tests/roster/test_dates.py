"""Dates as offices type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.roster.dates import LATEST_DECISION, order_of, read_date
from tinnhiem.roster.grid import Cell, make_cell


def iso(cell: Cell, order: str = "day-first") -> str | None:
    found = read_date(cell, order)
    return found.iso if found else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1970", "1970"),
        ("năm 1970", "1970"),
        ("05/1970", "1970-05"),
        ("5-1970", "1970-05"),
        ("1/5/1970", "1970-05-01"),
        ("01.05.70", "1970-05-01"),
        ("01.05.12", "2012-05-01"),
        ("01.05.13", "1913-05-01"),
        ("01 / 05 / 1970", "1970-05-01"),
        ("ngày 02 tháng 5 năm 1970", "1970-05-02"),
        ("1970-05-02", "1970-05-02"),
        ("29/02/1972", "1972-02-29"),
        ("29/02/1970", None),
        ("31/02/1970", None),
        ("00/05/1970", None),
        ("0/1970", None),
        ("13/1970", None),
        ("1/5/197", None),
        ("197", None),
        ("1/5/1870", None),
        ("bảy mươi", None),
        ("25659", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_given(typed: str, expected: str | None):
    assert iso(Cell(typed)) == expected


def test_a_real_date_is_read_whatever_the_order():
    assert iso(make_cell(datetime.date(1970, 4, 3)), "month-first") == "1970-04-03"


@pytest.mark.parametrize(
    ("value", "expected"), [(1970.0, "1970"), (25659.0, "1970-04-01"), (5.197, "1970-05"), (12.0, None)]
)
def test_a_number_is_a_year_a_month_or_a_day_of_excel(value: float, expected: str | None):
    assert iso(make_cell(value)) == expected


def test_a_decision_of_23_is_of_this_century():
    assert read_date(Cell("1/5/23"), "day-first", LATEST_DECISION).iso == "2023-05-01"


@given(st.dates(datetime.date(1920, 1, 1), datetime.date(2099, 12, 31)))
def test_a_date_typed_in_either_order_comes_back(day: datetime.date):
    assert iso(Cell(day.strftime("%d/%m/%Y")), "day-first") == day.isoformat()
    assert iso(Cell(day.strftime("%m/%d/%Y")), "month-first") == day.isoformat()


@pytest.mark.parametrize(
    ("typed", "header", "order"),
    [
        (["3/4/1970", "25/12/1970"], "Ngày sinh", "day-first"),
        (["3/4/1970", "12/25/1970"], "Ngày sinh", "month-first"),
        (["3/4/1970"], "Ngày sinh", "unclear"),
        (["13/12/1970", "12/13/1970", "1/2/1970"], "Ngày sinh (ngày/tháng/năm)", "unclear"),
        (["3/4/1970"], "Ngày, tháng, năm sinh", "day-first"),
        (["3/4/1970"], "Ngày sinh (dd/mm/yyyy)", "day-first"),
        (["3/4/1970"], "Ngày sinh (mm/dd/yyyy)", "month-first"),
        (["5/5/1970", "1970", ""], "Ngày sinh", "day-first"),
        ([], "Ngày sinh", "day-first"),
    ],
)
def test_the_whole_column_tells_the_order(typed: list[str], header: str, order: str):
    assert order_of([Cell(text) for text in typed], header) == order
