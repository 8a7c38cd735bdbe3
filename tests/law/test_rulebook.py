"""The model: the digest names the rules and nothing else; regimes are found by id."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tinnhiem.law import shelf
from tinnhiem.law.load import build, content, load
from tinnhiem.law.rulebook import Correction, Rulebook

SOUND = Path(__file__).parent.parent / "cases" / "books_broken" / "base_of_the_cases.toml"
BOOKS = Path(shelf.__file__).parent / "books"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rulebooks.md"


def leaf_places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in leaf_places(part, (*place, key))]
    if isinstance(value, list):
        return [found for at, part in enumerate(value) for found in leaf_places(part, (*place, at))]
    return [place]


def with_other_value(book: Rulebook, place: tuple[str | int, ...]) -> Rulebook:
    """The same book with one value changed in its plain form, unchecked: the digest must tell, sound or not."""
    plain: Any = msgspec.to_builtins(book)
    copy = msgspec.json.decode(msgspec.json.encode(plain))
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    old = inner[place[-1]]
    inner[place[-1]] = (
        (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else OTHERS.get(old, old + "x")
    )
    return msgspec.convert(copy, Rulebook)


OTHERS = {
    "rating": "election",
    "party": "state",
    "agency": "people_council",
    "returned": "valid",
    "summoned": "members",
    "half-up": "truncate",
    "read": "unsure",
    "secondary": "unsure",
    "recalled": "unsure",
    "unsure": "read",
    "gt": "ge",
    "ge": "gt",
    "lt": "le",
    "must": "may",
    "vote": "opening",
    "months_in_post_below": "stated",
    "2030-01-01": "2030-01-02",
    "2030-02-01": "2030-02-02",
}


def test_changing_any_one_value_changes_the_digest() -> None:
    book = load(SOUND.read_text(encoding="utf-8"), SOUND.name)
    plain = msgspec.json.decode(msgspec.json.encode(book))
    places = [place for place in leaf_places(plain) if _value_at(plain, place) is not None]
    digests = {with_other_value(book, place).digest() for place in places} | {book.digest()}
    assert len(digests) == len(places) + 1


def _value_at(plain: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        plain = plain[key]
    return plain


@pytest.mark.parametrize("book_id", shelf.ids())
def test_comments_spaces_and_line_ends_do_not_change_the_digest(book_id: str) -> None:
    text = (BOOKS / f"{book_id}.toml").read_text(encoding="utf-8")
    rewritten = "# a comment\r\n\r\n" + text.replace("\n", "   # another\r\n").replace("[[", "\r\n[[")
    # a comment inside a multi-line string would change it: the books have none
    assert load(rewritten, book_id).digest() == shelf.book(book_id).digest()


def test_the_digest_of_a_book_that_never_changes() -> None:
    book = load(SOUND.read_text(encoding="utf-8"), SOUND.name)
    assert book.digest() == "107ab9c6df6b8bd6910f4c837f8310cfff9cbdcedd2f93740f36c35e7a1ddef1"


@pytest.mark.parametrize("book_id", shelf.ids())
def test_the_few_lines_of_the_reference_page_compute_the_digest_from_the_file(book_id: str) -> None:
    lines = PAGE.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    printed = subprocess.run(
        [sys.executable, "-c", lines, str(BOOKS / f"{book_id}.toml")], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == shelf.book(book_id).digest()


def test_a_field_that_the_model_gains_later_leaves_the_digests_of_older_books() -> None:
    class LaterRulebook(Rulebook, frozen=True, kw_only=True):
        colour: str = ""

    plain = content(shelf.book("qd-96-2023"))
    assert msgspec.convert(plain, LaterRulebook).digest() == shelf.book("qd-96-2023").digest()


def test_every_book_has_a_digest_of_its_own() -> None:
    assert len({shelf.book(book_id).digest() for book_id in shelf.ids()}) == len(shelf.ids())


def test_the_order_of_keys_in_a_table_does_not_change_the_digest() -> None:
    plain = content(shelf.book("qd-96-2023"))
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in reversed(plain.items())
    }
    assert build(turned, "turned").digest() == shelf.book("qd-96-2023").digest()


def test_the_books_own_regime_stands_first() -> None:
    assert shelf.book("qd-96-2023").regime_ids() == ("can-bo", "cong-chuc", "vien-chuc")


@pytest.mark.parametrize("regime_id", ["can-bo", "hop-dong"])
def test_neither_the_own_nor_an_unknown_regime_is_an_instrument_beside_the_book(regime_id: str) -> None:
    assert shelf.book("qd-96-2023").regime(regime_id) is None


def test_a_correction_survives_being_kept_as_json() -> None:
    kept = (
        Correction(path="quorum.num", value=1, reason="a"),
        Correction(path="signature.value", value=False, reason="b"),
        Correction(path="in_force.value", value="2023-03-01", reason="c"),
    )
    assert msgspec.json.decode(msgspec.json.encode(kept), type=tuple[Correction, ...]) == kept
