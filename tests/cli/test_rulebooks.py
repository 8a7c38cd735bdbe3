"""`tinnhiem rulebooks` and `tinnhiem calendar`: what a book says, and when."""

from __future__ import annotations

import datetime

import pytest

from tests.cli.running import call
from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Cited


def test_every_book_is_listed_once() -> None:
    assert [book["id"] for book in call("rulebooks", "--json").document] == list(shelf.ids())


@pytest.mark.parametrize("book_id", shelf.ids())
def test_a_book_is_shown_whole(book_id: str) -> None:
    shown = call("rulebooks", "show", book_id, "--json").document
    book = shelf.book(book_id)
    assert (shown["digest"], set(shown) - {"digest"}) == (book.digest(), set(book.__struct_fields__))


@pytest.mark.parametrize("book_id", shelf.ids())
def test_the_table_of_a_book_marks_each_value_that_is_unsure(book_id: str) -> None:
    book = shelf.book(book_id)
    held = [getattr(book, field) for field in book.__struct_fields__]
    entries = [entry for value in held for entry in (value if isinstance(value, tuple) else (value,))]
    parts = [part for one in book.regimes for part in (*one.bands, *one.consequences)]
    unsure = [entry for entry in [*entries, *parts] if isinstance(entry, Cited) and entry.basis == "unsure"]
    assert call("rulebooks", "show", book_id).out.count("CHƯA CHẮC") == len(unsure)


def test_the_option_may_stand_before_the_word_show() -> None:
    assert call("rulebooks", "--json", "show", "qd-96-2023").document["id"] == "qd-96-2023"


def test_a_deadline_says_what_when_from_where_and_who() -> None:
    first = call("calendar", "nq-96-2023", "--date", "2024-12-01", "--json").document[0]
    rule = max(shelf.book("nq-96-2023").deadlines, key=lambda one: one.days)
    due = datetime.date(2024, 12, 1) - datetime.timedelta(days=rule.days)
    assert first == {
        "what": rule.what,
        "due": due.isoformat(),
        "from": "opening",
        "clause": rule.clause,
        "basis": rule.basis,
        "who": rule.who,
    }


def without_deadlines() -> list[str]:
    return [book_id for book_id in shelf.ids() if not shelf.book(book_id).deadlines]


@pytest.mark.parametrize("book_id", without_deadlines())
def test_a_book_without_deadlines_gives_an_empty_list(book_id: str) -> None:
    done = call("calendar", book_id, "--date", "2025-01-01", "--json")
    assert (done.code, done.document) == (0, [])


def test_the_human_calendar_gives_days_as_they_are_written_here() -> None:
    assert "17/10/2024" in call("calendar", "nq-96-2023", "--date", "2024-12-01").out
