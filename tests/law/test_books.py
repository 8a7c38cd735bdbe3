"""The seven books: what they must say, and how they say it."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tinnhiem.law import shelf
from tinnhiem.law.load import load
from tinnhiem.law.rulebook import Cited, Rulebook

BOOKS = [shelf.book(book_id) for book_id in shelf.ids()]
FOLDER = Path(shelf.__file__).parent / "books"
EXTRA = Path(__file__).parent.parent / "cases" / "books_extra"

named = pytest.mark.parametrize("book", BOOKS, ids=[book.id for book in BOOKS])

RATING = (("high", "Tín nhiệm cao"), ("medium", "Tín nhiệm"), ("low", "Tín nhiệm thấp"))
CHOICES = {
    "rating": RATING,
    "confidence_vote": (("confidence", "Tín nhiệm"), ("no_confidence", "Không tín nhiệm")),
    "election": (("agree", "Đồng ý"), ("disagree", "Không đồng ý")),
}
BANDS = {"rating": ["low", "very_low"], "confidence_vote": ["no_confidence"], "election": ["elected"]}
BASES = {
    "nq-35-2012": "members",
    "nq-85-2014": "members",
    "nq-96-2023": "returned",
    "nq-96-2023-bo-phieu": "returned",
    "qd-190-2024-khong-so-du": "summoned_less_excluded",
    "qd-262-2014": "returned",
    "qd-96-2023": "returned",
}


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def cited(value: object) -> list[Cited]:
    if isinstance(value, tuple):
        return [entry for part in value for entry in cited(part)]
    if isinstance(value, msgspec.Struct):
        own = [value] if isinstance(value, Cited) else []
        return own + [entry for name in value.__struct_fields__ for entry in cited(getattr(value, name))]
    return []


@named
def test_the_choices_stand_in_printed_order_with_their_printed_words(book: Rulebook) -> None:
    assert tuple((choice.code, choice.label) for choice in book.choices) == CHOICES[book.kind]


@named
def test_the_bands_bear_the_names_of_their_kind(book: Rulebook) -> None:
    assert [band.code for band in book.bands] == BANDS[book.kind]


@named
def test_each_book_takes_percentages_of_its_own_base(book: Rulebook) -> None:
    assert book.base.kind == BASES[book.id]


@named
def test_a_line_can_be_blank_over_or_struck_in_every_book(book: Rulebook) -> None:
    assert [reason.code for reason in book.line_invalid] == ["blank", "over", "struck"]


@named
def test_every_band_of_a_rating_has_a_consequence(book: Rulebook) -> None:
    assert {rule.band for rule in book.consequences} == {band.code for band in book.bands}


@named
def test_every_regime_has_a_consequence_for_each_of_its_bands(book: Rulebook) -> None:
    for regime in book.regimes:
        assert {rule.band for rule in regime.consequences} == {band.code for band in regime.bands}


def test_only_the_books_in_force_know_the_regimes() -> None:
    with_regimes = {book.id: book.regime_ids()[1:] for book in BOOKS if book.regimes}
    both = ("cong-chuc", "vien-chuc")
    assert with_regimes == {"qd-96-2023": both, "nq-96-2023": both}


def test_the_two_books_with_regimes_say_the_same_of_them() -> None:
    assert shelf.book("qd-96-2023").regimes == shelf.book("nq-96-2023").regimes


@named
def test_rounding_is_two_digits_half_up_and_known_to_be_unregulated(book: Rulebook) -> None:
    assert (book.rounding.digits, book.rounding.mode, book.rounding.clause, book.rounding.basis) == (
        2,
        "half-up",
        "",
        "recalled",
    )


@named
def test_what_was_read_cites_its_clause(book: Rulebook) -> None:
    assert [entry for entry in cited(book) if entry.basis == "read" and not entry.clause] == []


@named
def test_every_text_is_composed_unicode_without_stray_spaces(book: Rulebook) -> None:
    untidy = [
        text
        for text in texts(msgspec.to_builtins(book))
        if text != unicodedata.normalize("NFC", text).strip() or "  " in text
    ]
    assert untidy == []


@named
def test_no_text_is_in_one_language_only(book: Rulebook) -> None:
    lonely = [
        (entry, name)
        for entry in cited(book)
        for name in entry.__struct_fields__
        if name.endswith("_en")
        and name != "value_en"
        and bool(getattr(entry, name)) != bool(getattr(entry, name.removesuffix("_en")))
    ]
    assert lonely == []


@named
def test_a_book_lies_in_the_file_of_its_id_with_unix_line_ends(book: Rulebook) -> None:
    assert b"\r" not in (FOLDER / f"{book.id}.toml").read_bytes()


@pytest.mark.parametrize("path", sorted(EXTRA.glob("*.toml")), ids=lambda path: path.stem)
def test_a_book_from_elsewhere_loads_as_it_is(path: Path) -> None:
    assert load(path.read_text(encoding="utf-8"), path.name).id == path.stem


def test_the_party_regulation_lets_the_voter_sign_and_allows_two_places() -> None:
    book = shelf.book("qd-96-2023")
    assert book.max_places is not None
    assert (book.signature.value, book.signature.clause, book.max_places.value) == (True, "Đ.6 k.2", 2)


def test_a_book_says_what_it_replaces_and_the_next_agrees() -> None:
    by_symbol = {book.symbol.value: book for book in BOOKS if book.kind == "rating"}
    chains = {book.symbol.value: book.replaced_by.value for book in by_symbol.values() if book.replaced_by}
    assert chains == {"35/2012/QH13": "85/2014/QH13", "85/2014/QH13": "96/2023/QH15", "262-QĐ/TW": "96-QĐ/TW"}
    assert {by_symbol[after].replaces.value: after for after in chains.values()} == chains


def test_an_end_is_the_day_before_the_successor_begins() -> None:
    by_symbol = {book.symbol.value: book for book in BOOKS if book.kind == "rating"}
    gaps = {
        book.id: (by_symbol[book.replaced_by.value].in_force.value - book.ends.value).days
        for book in by_symbol.values()
        if book.replaced_by and book.ends
    }
    assert gaps == {"nq-35-2012": 1, "nq-85-2014": 1, "qd-262-2014": 1}
