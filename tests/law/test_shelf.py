"""The shelf: which book governs which body on which day."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from tinnhiem.law import shelf
from tinnhiem.law.errors import BookNotInForceYet, NoBookGoverns, UnknownBook, UnknownRegime
from tinnhiem.law.rulebook import BodyKind, Kind

DAY = datetime.date


def test_the_shelf_holds_these_seven_books() -> None:
    assert shelf.ids() == (
        "nq-35-2012",
        "nq-85-2014",
        "nq-96-2023",
        "nq-96-2023-bo-phieu",
        "qd-190-2024-khong-so-du",
        "qd-262-2014",
        "qd-96-2023",
    )


@pytest.mark.parametrize("book_id", shelf.ids())
def test_a_book_stands_under_its_own_id(book_id: str) -> None:
    assert shelf.book(book_id).id == book_id


def test_an_unknown_book_is_refused_with_the_ids_there_are() -> None:
    with pytest.raises(UnknownBook) as refused:
        shelf.book("qd-96")
    assert refused.value == UnknownBook(id="qd-96", known=", ".join(shelf.ids()))


def test_a_book_is_read_once() -> None:
    assert shelf.book("qd-96-2023") is shelf.book("qd-96-2023")


@pytest.mark.parametrize(
    ("body", "kind", "day", "book_id"),
    [
        ("party_committee", "rating", DAY(2018, 7, 5), "qd-262-2014"),
        ("agency", "rating", DAY(2023, 2, 1), "qd-262-2014"),
        ("agency", "rating", DAY(2023, 2, 2), "qd-96-2023"),
        ("party_committee", "rating", DAY(2028, 7, 5), "qd-96-2023"),
        ("national_assembly", "rating", DAY(2013, 6, 10), "nq-35-2012"),
        ("people_council", "rating", DAY(2014, 7, 10), "nq-35-2012"),
        ("national_assembly", "rating", DAY(2018, 10, 25), "nq-85-2014"),
        ("people_council", "rating", DAY(2023, 6, 30), "nq-85-2014"),
        ("people_council", "rating", DAY(2023, 7, 1), "nq-96-2023"),
        ("national_assembly", "confidence_vote", DAY(2024, 10, 25), "nq-96-2023-bo-phieu"),
        ("party_congress", "election", DAY(2025, 8, 1), "qd-190-2024-khong-so-du"),
    ],
)
def test_body_kind_and_day_choose_the_book(body: BodyKind, kind: Kind, day: datetime.date, book_id: str) -> None:
    assert shelf.choose(body, day, kind) == shelf.Chosen(book=shelf.book(book_id), warnings=())


def test_a_day_before_the_first_book_is_refused() -> None:
    with pytest.raises(BookNotInForceYet) as refused:
        shelf.choose("people_council", DAY(2013, 1, 31), "rating")
    assert refused.value == BookNotInForceYet(
        "nq-35-2012", symbol="35/2012/QH13", in_force="01/02/2013", day="31/01/2013"
    )


def test_a_body_that_no_book_governs_is_refused() -> None:
    with pytest.raises(NoBookGoverns) as refused:
        shelf.choose("party_congress", DAY(2025, 8, 1), "rating")
    assert refused.value == NoBookGoverns(body="party_congress", kind="rating", known=", ".join(shelf.ids()))


def test_a_day_before_the_book_is_refused() -> None:
    with pytest.raises(BookNotInForceYet):
        shelf.check_date(shelf.book("nq-96-2023"), DAY(2023, 6, 30))


def test_the_first_and_the_last_day_of_a_book_are_its_own() -> None:
    book = shelf.book("nq-85-2014")
    assert shelf.check_date(book, DAY(2014, 11, 28)) == shelf.check_date(book, DAY(2023, 6, 30)) == ()


def test_a_day_after_the_end_is_counted_with_a_warning_that_names_the_successor() -> None:
    assert shelf.check_date(shelf.book("nq-85-2014"), DAY(2023, 7, 1)) == (
        shelf.Notice(
            code="book_ended",
            vi="85/2014/QH13 áp dụng đến 30/06/2023; ngày lấy phiếu 01/07/2023 ở sau ngày đó. Văn bản thay thế: 96/2023/QH15.",
            en="85/2014/QH13 applied until 30/06/2023; the vote on 01/07/2023 lies after it. It was replaced by 96/2023/QH15.",
        ),
    )


def test_an_end_without_a_known_successor_names_none() -> None:
    book = msgspec.structs.replace(shelf.book("nq-85-2014"), replaced_by=None)
    (notice,) = shelf.check_date(book, DAY(2023, 7, 1))
    assert (notice.vi, notice.en) == (
        "85/2014/QH13 áp dụng đến 30/06/2023; ngày lấy phiếu 01/07/2023 ở sau ngày đó.",
        "85/2014/QH13 applied until 30/06/2023; the vote on 01/07/2023 lies after it.",
    )


def test_a_regime_whose_instrument_came_later_is_told_once() -> None:
    regimes = ["can-bo", "cong-chuc", "vien-chuc", "cong-chuc"]
    assert shelf.check_date(shelf.book("qd-96-2023"), DAY(2025, 6, 30), regimes) == (
        shelf.Notice(
            code="regime_not_in_force_yet",
            vi="170/2025/NĐ-CP có hiệu lực từ 01/07/2025; ngày lấy phiếu 30/06/2025 đứng trước ngày đó.",
            en="170/2025/NĐ-CP is in force from 01/07/2025; the vote on 30/06/2025 lies before it.",
        ),
    )


def test_a_regime_is_in_force_on_its_first_day() -> None:
    assert shelf.check_date(shelf.book("qd-96-2023"), DAY(2025, 7, 1), ["cong-chuc"]) == ()


def test_of_the_books_in_force_the_latest_governs() -> None:
    ended = shelf.choose("people_council", DAY(2023, 8, 1), "rating")
    assert (ended.book.id, ended.warnings) == ("nq-96-2023", ())


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(UnknownRegime) as refused:
        shelf.check_date(shelf.book("qd-96-2023"), DAY(2025, 6, 30), ["hop-dong"])
    assert refused.value == UnknownRegime("qd-96-2023", id="hop-dong", known="can-bo, cong-chuc, vien-chuc")
