"""Giá quy định: the rulebooks that the program carries, and which of them governs a meeting.

Contract: the books are the `.toml` files in `law/books`, one per instrument and version, found by listing and never named in
code. A book is read once and kept. Choosing goes by kind of body, kind of vote and day: a day before a book came into force is
refused, a day after its end is counted with a warning, because ends are often unsure and an old round stays under its own book.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from tinnhiem.law.errors import BookNotInForceYet, NoBookGoverns, UnknownBook, UnknownRegime
from tinnhiem.law.load import load
from tinnhiem.law.rulebook import OWN_REGIME, BodyKind, Kind, Rulebook

SUFFIX = ".toml"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Điều cần lưu ý: a warning about the book and the day, which the record and the minutes repeat. Never a refusal."""

    code: str
    vi: str
    en: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Bộ quy tắc được chọn, with what there is to say about the choice."""

    book: Rulebook
    warnings: tuple[Notice, ...]


def ids() -> tuple[str, ...]:
    """Mã các bộ quy tắc đang có, sorted."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


@cache
def book(book_id: str) -> Rulebook:
    """Bộ quy tắc theo mã. Raises `UnknownBook`; `Faults` when the file is not sound."""
    if book_id not in ids():
        raise UnknownBook(id=book_id, known=", ".join(ids()))
    name = book_id + SUFFIX
    return load(_folder().joinpath(name).read_text(encoding="utf-8"), name)


def choose(body_kind: BodyKind, day: datetime.date, kind: Kind) -> Chosen:
    """Bộ quy tắc áp dụng cho loại tổ chức, ngày và loại phiếu: of those in force by then, the one that came into force last.

    Raises `NoBookGoverns` when no book fits body and kind, `BookNotInForceYet` when the first of them came later than `day`.
    """
    fitting = sorted(
        (book(book_id) for book_id in ids() if book(book_id).kind == kind and body_kind in book(book_id).bodies),
        key=lambda candidate: candidate.in_force.value,
    )
    if not fitting:
        raise NoBookGoverns(body=body_kind, kind=kind, known=", ".join(ids()))
    in_force = [candidate for candidate in fitting if candidate.in_force.value <= day]
    chosen = in_force[-1] if in_force else fitting[0]
    return Chosen(book=chosen, warnings=check_date(chosen, day))


def check_date(book: Rulebook, day: datetime.date, regimes: Iterable[str] = (OWN_REGIME,)) -> tuple[Notice, ...]:
    """Ngày lấy phiếu so với hiệu lực của văn bản (and of the instruments of the regimes in use).

    Raises `BookNotInForceYet` for a day before the book, `UnknownRegime`. A day after its end, or before a regime's instrument, is a `Notice`.
    """
    if day < book.in_force.value:
        raise BookNotInForceYet(
            book.id, symbol=book.symbol.value, in_force=_shown(book.in_force.value), day=_shown(day)
        )
    notices: list[Notice] = []
    if book.ends is not None and day > book.ends.value:
        notices.append(_after_end(book, book.ends.value, day))
    for regime_id in dict.fromkeys(regimes):
        regime = book.regime(regime_id)
        if regime is None and regime_id != OWN_REGIME:
            raise UnknownRegime(book.id, id=regime_id, known=", ".join(book.regime_ids()))
        if regime is not None and day < regime.in_force:
            notices.append(_before_regime(regime.instrument, regime.in_force, day))
    return tuple(notices)


def _after_end(book: Rulebook, end: datetime.date, day: datetime.date) -> Notice:
    successor = book.replaced_by.value if book.replaced_by else ""
    vi = f"{book.symbol.value} áp dụng đến {_shown(end)}; ngày lấy phiếu {_shown(day)} ở sau ngày đó."
    en = f"{book.symbol.value} applied until {_shown(end)}; the vote on {_shown(day)} lies after it."
    if successor:
        vi, en = f"{vi} Văn bản thay thế: {successor}.", f"{en} It was replaced by {successor}."
    return Notice(code="book_ended", vi=vi, en=en)


def _before_regime(instrument: str, in_force: datetime.date, day: datetime.date) -> Notice:
    return Notice(
        code="regime_not_in_force_yet",
        vi=f"{instrument} có hiệu lực từ {_shown(in_force)}; ngày lấy phiếu {_shown(day)} đứng trước ngày đó.",
        en=f"{instrument} is in force from {_shown(in_force)}; the vote on {_shown(day)} lies before it.",
    )


def _shown(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _folder() -> resources.abc.Traversable:
    return resources.files("tinnhiem.law") / "books"
