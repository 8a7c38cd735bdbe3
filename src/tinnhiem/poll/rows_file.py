"""Tệp kết quả từng người (ROWS.csv): the totals of each line, and who stands on it.

Contract: `read_rows` gives the slate and the tally that `count` takes, whatever order the file's lines stand in; `read_printed`
gives a table as it was published, where counts and percentages may each be missing, for `published_table`. Both hold the file against
ROUND.toml (who stands where) and the rulebook (choices, regimes, reasons) and raise `Faults` with all that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.errors import UnknownRegime
from tinnhiem.law.rulebook import OWN_REGIME, Rulebook
from tinnhiem.poll import file_faults as fault
from tinnhiem.poll.round_file import RoundFile, StatedSubject, ballot_fault
from tinnhiem.poll.sheet import LineTally, SheetReasonUnknown, Tally, TypeTally
from tinnhiem.poll.slate import Slate, Subject
from tinnhiem.poll.text_file import MOST_LINES, Row, decode, percentage, read_cells, whole_number

PERCENT = "_pct"


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """Danh sách và kết quả đọc từ ROWS.csv."""

    slate: Slate
    tally: Tally


class PrintedShare(msgspec.Struct, frozen=True, kw_only=True):
    """Tỷ lệ như đã in: the text as it stands, and its exact value in percent."""

    text: str
    value: Fraction


class PrintedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng của bảng đã in: None where the table prints nothing."""

    line: int
    ballot: str | None
    counts: dict[str, int | None]
    shares: dict[str, PrintedShare | None]


def read_rows(data: bytes, where: str, round_file: RoundFile, book: Rulebook) -> Rows:
    """Đọc ROWS.csv để lập kết quả. Every choice of the book has its column and every cell its number."""
    codes = book.choice_codes()
    reader = _Reader(where, round_file, book)
    rows = _read(data, where, ("line", "post", *codes), ("name", "ballot", "regime"))
    subjects = [reader.subject(row) for row in rows]
    counts = [{code: reader.count(row, code, required=True) or 0 for code in codes} for row in rows]
    reader.check_all_there()
    if reader.faults:
        raise Faults(reader.faults)
    order = [kind.id for kind in round_file.types]
    paired = sorted(zip(subjects, counts, strict=True), key=lambda pair: (order.index(pair[0].ballot), pair[0].line))
    types = tuple(
        TypeTally(
            ballot=ballot,
            sheets=None,
            invalid_by_reason=None,
            lines=tuple(
                LineTally(line=subject.line, counts=marks) for subject, marks in paired if subject.ballot == ballot
            ),
        )
        for ballot in order
    )
    slate = Slate(types=round_file.types, subjects=tuple(subject for subject, _ in paired))
    return Rows(slate=slate, tally=Tally(types=types))


def read_printed(data: bytes, where: str, round_file: RoundFile, book: Rulebook) -> tuple[PrintedRow, ...]:
    """Đọc bảng đã in, in file order. Columns of counts and of percentages may be absent, their cells empty; at least one is there.

    A published table often leaves rows out, so nobody is missed here.
    """
    codes = book.choice_codes()
    columns = (*codes, *(code + PERCENT for code in codes))
    reader = _Reader(where, round_file, book)
    rows = _read(data, where, ("line", "post"), ("name", "ballot", "regime", *columns))
    if not any(column in rows[0].cells for column in columns):
        raise Faults([fault.ColumnMissing(where, column=code) for code in codes])
    printed = []
    for row in rows:
        subject = reader.subject(row)
        printed.append(
            PrintedRow(
                line=subject.line,
                ballot=subject.ballot,
                counts={code: reader.count(row, code, required=False) for code in codes},
                shares={code: reader.share(row, code + PERCENT) for code in codes},
            )
        )
    if reader.faults:
        raise Faults(reader.faults)
    return tuple(printed)


def faults_of_codes(round_file: RoundFile, book: Rulebook) -> list[TinnhiemError]:
    """What ROUND.toml says in codes that the rulebook does not have: reasons of invalid sheets, regimes of subjects."""
    faults: list[TinnhiemError] = []
    reasons = [reason.code for reason in book.sheet_invalid]
    stated = {code for ballot in round_file.numbers.ballots for code in ballot.invalid_by_reason or ()}
    faults.extend(
        SheetReasonUnknown(f"{round_file.source} invalid_by_reason", reason=code, allowed=", ".join(reasons))
        for code in sorted(stated - set(reasons))
    )
    for position, subject in enumerate(round_file.subjects, start=1):
        if subject.regime and subject.regime not in book.regime_ids():
            place = f"{round_file.source} [[subject]] {position} regime"
            faults.append(UnknownRegime(place, id=subject.regime, known=", ".join(book.regime_ids())))
    return faults


def stated_slate(round_file: RoundFile) -> Slate:
    """Danh sách theo ROUND.toml alone; without subjects when the file names none."""
    return Slate(
        types=round_file.types,
        subjects=tuple(
            _subject(subject, subject.post, subject.name, subject.regime)
            for kind in round_file.types
            for subject in round_file.subjects
            if subject.ballot == kind.id
        ),
    )


def _read(data: bytes, where: str, required: Sequence[str], optional: Sequence[str]) -> tuple[Row, ...]:
    rows = read_cells(decode(data, where), where, required, optional)
    if len(rows) > MOST_LINES:
        raise fault.LinesTooMany(where, found=len(rows), limit=MOST_LINES)
    return rows


class _Reader:
    """Reads the rows against ROUND.toml and the book, gathering faults; a wrong cell counts as 0 until they are raised."""

    def __init__(self, where: str, round_file: RoundFile, book: Rulebook) -> None:
        self.where = where
        self.book = book
        self.types = round_file.types
        self.stated = {(subject.ballot, subject.line): subject for subject in round_file.subjects}
        self.seen: set[tuple[str | None, int]] = set()
        self.faults: list[TinnhiemError] = faults_of_codes(round_file, book)

    def at(self, row: Row, column: str = "") -> str:
        return f"{self.where} dòng {row.number}" + (f", cột {column}" if column else "")

    def subject(self, row: Row) -> Subject:
        ballot = row.cells.get("ballot") or (self.types[0].id if len(self.types) == 1 else None)
        known = ballot in [kind.id for kind in self.types]
        if not known:
            self.faults.append(ballot_fault(self.at(row, "ballot"), ballot, self.types))
        line = self._number(row, "line", least=1)
        if line is not None and known:
            if (ballot, line) in self.seen:
                self.faults.append(fault.LineTwice(self.at(row, "line"), line=line))
            self.seen.add((ballot, line))
        regime = row.cells.get("regime", "")
        if regime and regime not in self.book.regime_ids():
            self.faults.append(
                UnknownRegime(self.at(row, "regime"), id=regime, known=", ".join(self.book.regime_ids()))
            )
        if not row.cells["post"]:
            self.faults.append(fault.CellEmpty(self.at(row, "post")))
        own = StatedSubject(
            line=line or 0, post=row.cells["post"], name=row.cells.get("name", ""), ballot=ballot, regime=regime
        )
        return self._held_against_round(row, own) if line is not None and known else _subject(own, "", "", "")

    def _held_against_round(self, row: Row, own: StatedSubject) -> Subject:
        stated = self.stated.get((own.ballot, own.line))
        if stated is None:
            if self.stated:
                self.faults.append(fault.RowWithoutSubject(self.at(row, "line"), line=own.line))
            return _subject(own, own.post, own.name, own.regime)
        pairs = (
            ("post", own.post, stated.post),
            ("name", own.name, stated.name),
            ("regime", own.regime, stated.regime),
        )
        for column, found, expected in pairs:
            if found and expected and found != expected:
                self.faults.append(
                    fault.SubjectDiffers(self.at(row, column), line=own.line, found=found, expected=expected)
                )
        post, name, regime = (found or expected for _, found, expected in pairs)
        return _subject(own, post, name, regime)

    def count(self, row: Row, column: str, *, required: bool) -> int | None:
        if not row.cells.get(column) and not required:
            return None
        return self._number(row, column, least=0)

    def share(self, row: Row, column: str) -> PrintedShare | None:
        text = row.cells.get(column, "")
        if not text:
            return None
        try:
            return PrintedShare(text=text, value=percentage(text, self.at(row, column)))
        except fault.FileFault as found:
            self.faults.append(found)
            return None

    def check_all_there(self) -> None:
        """Every person named in ROUND.toml has a row, and every ballot type has lines."""
        for (ballot, line), subject in self.stated.items():
            if (ballot, line) not in self.seen:
                self.faults.append(fault.SubjectWithoutRow(self.where, line=line, post=subject.post))
        filled: Sequence[str | None] = [ballot for ballot, _ in self.seen]
        if not self.stated and not self.faults:
            self.faults.extend(
                fault.TypeWithoutLines(self.where, ballot=kind.id) for kind in self.types if kind.id not in filled
            )

    def _number(self, row: Row, column: str, least: int) -> int | None:
        text = row.cells[column]
        if not text:
            self.faults.append(fault.CellEmpty(self.at(row, column)))
            return None
        try:
            return whole_number(text, self.at(row, column), least)
        except fault.FileFault as found:
            self.faults.append(found)
            return None


def _subject(place: StatedSubject, post: str, name: str, regime: str) -> Subject:
    return Subject(line=place.line, post=post, name=name, ballot=place.ballot, regime=regime or OWN_REGIME)
