"""Đợt lấy phiếu từ hai tệp: ROUND.toml and a table beside it, read and ruled.

Contract: what comes back was read whole, under the rulebook that ROUND.toml names with the office's corrections applied, for a day on which
that book was in force. Everything wrong with the files is told at once.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tinnhiem.cli import files
from tinnhiem.law import shelf
from tinnhiem.law.correct import correct
from tinnhiem.law.errors import BookNotInForceYet, UnknownBook
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.count import count
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.round_file import RoundFile, read_round
from tinnhiem.poll.rows_file import read_rows


class RuledRound(msgspec.Struct, frozen=True, kw_only=True):
    """Đợt lấy phiếu cùng bộ quy tắc của nó. `name` is what the file is called in refusals."""

    name: str
    file: RoundFile
    book: Rulebook


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả cùng bộ quy tắc đã dùng."""

    book: Rulebook
    record: CountRecord


def ruled(content: bytes, name: str) -> RuledRound:
    """Đọc ROUND.toml và lấy bộ quy tắc. Raises `Faults` or a single refusal, each naming the file."""
    file = read_round(content, name)
    try:
        book = shelf.book(file.rulebook)
        shelf.check_date(book, file.date)
    except UnknownBook as unknown:
        raise UnknownBook(f"{name} rulebook", **unknown.values) from None
    except BookNotInForceYet as early:
        raise BookNotInForceYet(f"{name} date", **early.values) from None
    return RuledRound(name=name, file=file, book=correct(book, file.corrections) if file.corrections else book)


def counted(round_path: Path, rows_path: Path) -> Counted:
    """Lập kết quả từ ROUND.toml và ROWS.csv."""
    round_content, rows_content = files.read_each((round_path, rows_path))
    one = ruled(round_content, round_path.name)
    rows = read_rows(rows_content, rows_path.name, one.file, one.book)
    record = count(
        rows.tally,
        one.file.numbers,
        one.book,
        body=one.file.body,
        date=one.file.date,
        slate=rows.slate,
        rounding=one.file.rounding,
        corrections=one.file.corrections,
        supersedes=one.file.supersedes,
    )
    return Counted(book=one.book, record=record)
