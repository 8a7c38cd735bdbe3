"""Từ bảng dữ liệu sang giá trị của lõi: the round's rulebook, slate and numbers, as `poll` takes them.

Contract: the rulebook is the one pinned when the round was made; if the shipped book no longer has that digest the round does not open under
other rules, it is refused.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.models import BallotType as TypeRow
from tinnhiem.app.models import Round
from tinnhiem.app.models import Subject as SubjectRow
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.correct import correct
from tinnhiem.law.rulebook import Correction, Rulebook
from tinnhiem.poll.record import BallotNumbers, Numbers, RoundingUsed
from tinnhiem.poll.slate import BallotType, Slate, Subject


class BookChanged(TinnhiemError):
    """The shipped rulebook is not the one this round was made under."""

    code = "book_changed"
    vi = "Bộ quy tắc {book} trên máy này khác với bộ quy tắc khi lập đợt. Mở đợt bằng đúng phiên bản phần mềm đã lập đợt."
    en = "The rulebook {book} on this machine is not the one the round was made under. Use the version that made the round."


def corrections_of(round_: Round) -> tuple[Correction, ...]:
    """Các giá trị cơ quan đã điều chỉnh, with their reasons."""
    return msgspec.convert(round_.corrections, tuple[Correction, ...])


def shipped_book(round_: Round) -> Rulebook:
    """The book as shipped, before the office's corrections; raises `BookChanged`."""
    book = shelf.book(round_.book_id)
    if book.digest() != round_.book_digest:
        raise BookChanged(book=round_.book_id)
    return book


def book_of(round_: Round) -> Rulebook:
    """Bộ quy tắc của đợt, with the office's corrections applied."""
    book = shipped_book(round_)
    corrections = corrections_of(round_)
    return correct(book, corrections) if corrections else book


def types_of(round_: Round) -> tuple[TypeRow, ...]:
    """Các loại phiếu có người, in order; a type with nobody on it is not printed and not counted."""
    return tuple(round_.ballot_types.filter(subjects__line__isnull=False).distinct().order_by("position", "pk"))


def slate_of(round_: Round) -> Slate:
    """Danh sách in trên phiếu."""
    types = types_of(round_)
    rows = SubjectRow.objects.filter(round=round_, line__isnull=False).select_related("ballot_type")
    return Slate(
        types=tuple(BallotType(id=row.code or None, title=row.title) for row in types),
        subjects=tuple(
            Subject(
                line=row.line or 0,
                name=row.name,
                post=row.post,
                ballot=row.ballot_type.code or None,
                regime=row.regime,
            )
            for row in rows.order_by("ballot_type__position", "ballot_type__pk", "line")
        ),
    )


def numbers_of(round_: Round) -> Numbers:
    """Các con số của cuộc họp và của từng loại phiếu."""
    return Numbers(
        members=round_.members,
        summoned=round_.summoned,
        present=round_.present,
        absent_with_leave=round_.absent_with_leave,
        absent_without_leave=round_.absent_without_leave,
        excluded=round_.excluded,
        ballots=tuple(
            BallotNumbers(
                ballot=row.code or None,
                received=row.received,
                issued=row.issued,
                spoilt=row.spoilt,
                unused=row.unused,
                returned=row.returned,
            )
            for row in types_of(round_)
        ),
    )


def rounding_of(round_: Round) -> RoundingUsed:
    """Cách làm tròn đã chọn cho đợt."""
    return msgspec.convert({"digits": round_.digits, "mode": round_.rounding}, RoundingUsed)
