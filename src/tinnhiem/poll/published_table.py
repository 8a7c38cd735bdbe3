"""Kiểm tra bảng trước khi công bố: a printed table against arithmetic.

Contract: `check` holds every row against the book's own base. A row is impossible only when no convention in use fits all its
percentages, or when its marks go beyond the ballots; a row that lacks something is incomplete, never wrong for it. For the
whole table it says which bases and which conventions fit most of its rows, so that a table made on another base is told as that. It
corrects nothing and knows no threshold. Whole numbers and fractions only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.conventions import IN_USE, bases_near, counts_that_give, gives, least_count
from tinnhiem.poll.count import ReturnedBeyondIssued, ValidInvalidDiffer, printed_share
from tinnhiem.poll.record import BallotNumbers, Numbers, RoundingUsed
from tinnhiem.poll.rows_file import PERCENT, PrintedRow

Verdict = Literal["ok", "impossible", "incomplete"]

MOST_SEARCHED = 1_000
"""Bases tried one by one where no count with its percentage narrows the search; larger bodies give their numbers in [numbers]."""

MOST_BASE = 5_000
"""The largest base looked for beyond the numbers known: no body that votes on people comes near it."""

SHARP = 200
"""A count and its percentage that leave no more bases than this are taken as telling."""


class TableFault(msgspec.Struct, frozen=True, kw_only=True):
    """Chỗ sai của một dòng.

    `field` is a choice code, `CODE_pct`, `marks` (their sum) or `base` (the row is reckoned on another one); `printed` what stands there;
    `expected` what arithmetic gives under the table's own convention, with a decimal comma, None where that cannot be known.
    """

    field: str
    printed: str
    expected: str | None


class CheckedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Kết luận về một dòng."""

    line: int
    ballot: str | None
    verdict: Verdict
    faults: tuple[TableFault, ...] = ()


class TableCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả kiểm tra bảng: the rows in file order; bases and conventions that fit the greatest number of rows, best first."""

    rows: tuple[CheckedRow, ...]
    bases_that_fit: tuple[int, ...]
    roundings_that_fit: tuple[RoundingUsed, ...]

    @property
    def clean(self) -> bool:
        """Whether no row is impossible."""
        return all(row.verdict != "impossible" for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """The check as the command line prints it."""
        content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return content


class _Group(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that stand on one base: `base` is the book's (None where its number is unknown), `fitting` what the rows themselves say."""

    rows: tuple[PrintedRow, ...]
    base: int | None
    ballots: Mapping[str | None, int | None]
    known: frozenset[int]
    fitting: tuple[int, ...]

    def limit(self, row: PrintedRow, base: int | None) -> int | None:
        """The most marks a row can have: no more than the ballots and no more than the base."""
        return min((n for n in (self.ballots[row.ballot], base) if n is not None), default=None)

    def fits(self, row: PrintedRow, base: int | None, rounding: RoundingUsed) -> bool:
        marks = _marks(row, base, rounding)
        limit = self.limit(row, base)
        return marks is not None and (limit is None or marks <= limit)

    def bases(self) -> tuple[int | None, ...]:
        """The bases a row may stand on: the book's; without its number, whatever fits the table best."""
        return (self.base,) if self.base is not None else (self.fitting or (None,))


def check(rows: Sequence[PrintedRow], numbers: Numbers, book: Rulebook) -> TableCheck:
    """Kiểm tra một bảng. `rows` and `numbers` name the same ballot types.

    Raises `Faults` where the numbers themselves contradict each other.
    """
    _refuse_contradictions(numbers.ballots)
    groups = _groups(rows, numbers, book)
    roundings = _roundings_that_fit(groups)
    told = roundings[0] if roundings else RoundingUsed(digits=book.rounding.digits, mode=book.rounding.mode)
    group_of = {(row.ballot, row.line): group for group in groups for row in group.rows}
    return TableCheck(
        rows=tuple(_checked(row, group_of[row.ballot, row.line], told) for row in rows),
        bases_that_fit=tuple(sorted({base for group in groups for base in group.fitting})),
        roundings_that_fit=roundings,
    )


def _refuse_contradictions(ballots: Iterable[BallotNumbers]) -> None:
    faults: list[TinnhiemError] = []
    for given in ballots:
        where = given.ballot or ""
        returned, issued, valid, invalid = _returned(given), given.issued, given.valid, _invalid(given)
        if returned is None:
            continue
        if issued is not None and returned > issued:
            over = returned - issued
            faults.append(ReturnedBeyondIssued(where, returned=returned, issued=issued, difference=over))
        parts = (valid or 0) + (invalid or 0)
        if parts > returned or (valid is not None and invalid is not None and parts != returned):
            faults.append(ValidInvalidDiffer(where, valid=valid or 0, invalid=invalid or 0, returned=returned))
    if faults:
        raise Faults(faults)


def _groups(rows: Sequence[PrintedRow], numbers: Numbers, book: Rulebook) -> tuple[_Group, ...]:
    """The rows by the number of their base; types on one base are looked at together."""
    given = {ballot.ballot: ballot for ballot in numbers.ballots}
    by_base: dict[int | None, list[PrintedRow]] = {}
    for row in rows:
        by_base.setdefault(_base(book, numbers, given[row.ballot]), []).append(row)
    groups = []
    for base, members in by_base.items():
        types = {row.ballot for row in members}
        persons = (numbers.members, numbers.summoned, numbers.present)
        papers = (n for ballot in types for n in (given[ballot].issued, _returned(given[ballot]), given[ballot].valid))
        group = _Group(
            rows=tuple(members),
            base=base,
            ballots={ballot: _ballots(given[ballot]) for ballot in types},
            known=frozenset(n for n in (*persons, *papers) if n),
            fitting=(),
        )
        groups.append(msgspec.structs.replace(group, fitting=_bases_that_fit(group)))
    return tuple(groups)


def _bases_that_fit(group: _Group) -> tuple[int, ...]:
    """Whole numbers which, under some single convention, fit the greatest number of the rows that print percentages.

    Of bases that fit as many of these, those count that leave room for the marks of most other rows.
    """
    printing = [row for row in group.rows if _prints(row)]
    silent = [row for row in group.rows if not _prints(row)]
    best: tuple[int, int] = (1, 0)
    found: list[int] = []
    for base in sorted(_candidates(printing, group.known)):
        fitted = max(sum(group.fits(row, base, rounding) for row in printing) for rounding in IN_USE)
        score = fitted, sum((_marks(row, base, IN_USE[0]) or 0) <= base for row in silent)
        if score > best:
            best, found = score, [base]
        elif score == best:
            found.append(base)
    return tuple(found)


def _candidates(rows: Sequence[PrintedRow], known: frozenset[int]) -> set[int]:
    """Bases worth trying: the numbers known and those near a count with its percentage; without any such, all up to the largest known."""
    if not rows:
        return set()
    ranges = [
        bases_near(row.counts[code] or 0, share.value, MOST_BASE)
        for row in rows
        for code, share in row.shares.items()
        if share is not None and row.counts[code]
    ]
    # A tiny percentage fits thousands of bases; the sharp ones say it better, where there are any.
    sharp = [one for one in ranges if len(one) <= SHARP] or ranges
    near = {base for one in sharp for base in one}
    if near or not any(share is not None and share.value for row in rows for share in row.shares.values()):
        return near | known  # noughts alone come out on every base and tell of none
    return set(range(1, min(max(known, default=MOST_SEARCHED), MOST_SEARCHED) + 1)) | known


def _roundings_that_fit(groups: Sequence[_Group]) -> tuple[RoundingUsed, ...]:
    """The conventions that fit the greatest number of rows, on the book's base or, where that is not the table's, on the fitting one."""
    fitted = []
    for rounding in IN_USE:
        total = 0
        for group in groups:
            bases = (group.base,) if group.base in group.fitting or not group.fitting else group.fitting
            printing = [row for row in group.rows if _prints(row)]
            total += max(sum(group.fits(row, base, rounding) for row in printing) for base in bases)
        fitted.append(total)
    best = max(fitted, default=0)
    return tuple(rounding for rounding, total in zip(IN_USE, fitted, strict=True) if total == best > 0)


def _checked(row: PrintedRow, group: _Group, told: RoundingUsed) -> CheckedRow:
    if not any(group.fits(row, base, rounding) for base in group.bases() for rounding in IN_USE):
        faults = _faults(row, group, told)
        return CheckedRow(line=row.line, ballot=row.ballot, verdict="impossible", faults=faults)
    counts = tuple(row.counts.values())
    adds_up = None not in counts and sum(n or 0 for n in counts) == group.ballots[row.ballot]
    complete = None not in counts and (_prints(row) or adds_up)
    return CheckedRow(line=row.line, ballot=row.ballot, verdict="ok" if complete else "incomplete")


def _faults(row: PrintedRow, group: _Group, told: RoundingUsed) -> tuple[TableFault, ...]:
    """What is wrong with an impossible row, under the convention that fits the table best."""
    base = group.bases()[0]
    limit = group.limit(row, base)
    faults: list[TableFault] = []
    marks = 0
    for code, count in row.counts.items():
        share = row.shares[code]
        implied = list(counts_that_give(share.value, base, told)) if share is not None and base else []
        marks += count if count is not None else (implied[0] if implied else 0)
        if count is not None and limit is not None and count > limit:
            expected = str(implied[0]) if len(implied) == 1 else None
            faults.append(TableFault(field=code, printed=str(count), expected=expected))
        elif share is not None and base == 0:
            if share.value:
                faults.append(TableFault(field=code + PERCENT, printed=share.text, expected=None))
        elif share is not None and base and count is not None and not gives(count, base, share.value, told):
            expected = printed_share(count, base, told.digits, told.mode)
            faults.append(TableFault(field=code + PERCENT, printed=share.text, expected=expected))
        elif share is not None and count is None and not implied:
            faults.append(TableFault(field=code + PERCENT, printed=share.text, expected=None))
    if limit is not None and marks > limit and all(fault.field.endswith(PERCENT) for fault in faults):
        faults.append(TableFault(field="marks", printed=str(marks), expected=f"≤ {limit}"))
    other = _other_base(row, group, base)
    if other is not None:
        faults.append(TableFault(field="base", printed=str(other), expected=str(base)))
    return tuple(faults)


def _other_base(row: PrintedRow, group: _Group, base: int | None) -> int | None:
    """The one base, other than the book's, on which the whole row comes out; None where there is no telling.

    Any single percentage comes out on some base; so the row must show two with their counts, or the base be a number of this round.
    """
    pairs = sum(share is not None and bool(row.counts[code]) for code, share in row.shares.items())
    fitting = [
        candidate
        for candidate in sorted(_candidates([row], group.known) if pairs else group.known)
        if candidate != base and any(group.fits(row, candidate, rounding) for rounding in IN_USE)
    ]
    fitting = [candidate for candidate in fitting if pairs > 1 or candidate in group.known]
    return fitting[0] if len(fitting) == 1 and base is not None and _prints(row) else None


def _marks(row: PrintedRow, base: int | None, rounding: RoundingUsed) -> int | None:
    """The least marks a row can have on this base; None where one of its percentages does not come out."""
    marks = 0
    for code, count in row.counts.items():
        share = row.shares[code]
        if base == 0 and share is not None and share.value:
            return None  # nothing came back, so no percentage but nought can be printed
        if share is None or not base:
            marks += count or 0
        elif count is not None:
            if not gives(count, base, share.value, rounding):
                return None
            marks += count
        else:
            least = least_count(share.value, base, rounding)
            if least is None:
                return None
            marks += least
    return marks


def _prints(row: PrintedRow) -> bool:
    return any(share is not None for share in row.shares.values())


def _invalid(given: BallotNumbers) -> int | None:
    reasons = given.invalid_by_reason
    return sum(reasons.values()) if given.invalid is None and reasons is not None else given.invalid


def _returned(given: BallotNumbers) -> int | None:
    invalid = _invalid(given)
    if given.returned is None and given.valid is not None and invalid is not None:
        return given.valid + invalid
    return given.returned


def _ballots(given: BallotNumbers) -> int | None:
    """The sheets that can carry marks: the valid ones, else the returned, else the issued."""
    returned, invalid = _returned(given), _invalid(given)
    if given.valid is None and returned is not None and invalid is not None:
        return returned - invalid
    return next((n for n in (given.valid, returned, given.issued) if n is not None), None)


def _base(book: Rulebook, numbers: Numbers, given: BallotNumbers) -> int | None:
    """The number that the book takes percentages of; None where it is not known."""
    summoned, excluded = numbers.summoned, numbers.excluded or 0
    numbered: dict[str, int | None] = {
        "returned": _returned(given),
        "valid": _ballots(given) if given.valid is not None or _invalid(given) is not None else None,
        "members": numbers.members,
        "summoned": summoned,
        "summoned_less_excluded": summoned - excluded if summoned is not None else None,
        "present": numbers.present,
    }
    return numbered[book.base.kind]
