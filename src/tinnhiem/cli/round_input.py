"""Đợt lấy phiếu từ hai tệp: ROUND.toml and a table beside it, read and ruled.

Contract: what comes back was read whole, under the rulebook that ROUND.toml names with the office's corrections applied, for a day on which
that book was in force. Everything wrong with the files is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tinnhiem.cli import files
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.correct import correct
from tinnhiem.law.errors import BookNotInForceYet, UnknownBook
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.count import MarksBeyondBallots, count
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.round_file import RoundFile, read_round
from tinnhiem.poll.rows_file import read_rows
from tinnhiem.poll.sheet import Tally
from tinnhiem.poll.slate import Slate


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
    record = count_ruled(one, rows.tally, rows.slate, rows_path.name)
    return Counted(book=one.book, record=record)


def count_ruled(one: RuledRound, tally: Tally, slate: Slate, rows_name: str) -> CountRecord:
    """Kiểm phiếu theo ROUND.toml: what contradicts the numbers of the round is refused, placed in the file that holds it."""
    with placed(one.name, rows_name):
        return count(
            tally,
            one.file.numbers,
            one.book,
            body=one.file.body,
            date=one.file.date,
            slate=slate,
            rounding=one.file.rounding,
            corrections=one.file.corrections,
            supersedes=one.file.supersedes,
        )


@contextmanager
def placed(round_name: str, rows_name: str) -> Iterator[None]:
    """Chỗ của mâu thuẫn: marks stand in the rows, every other number in ROUND.toml."""
    try:
        yield
    except Faults as found:
        raise Faults(_in_its_file(fault, round_name, rows_name) for fault in found.each()) from None


def _in_its_file(fault: TinnhiemError, round_name: str, rows_name: str) -> TinnhiemError:
    name = rows_name if isinstance(fault, MarksBeyondBallots) else f"{round_name} [numbers]"
    return type(fault)(f"{name}, {fault.where}" if fault.where else name, **fault.values)
