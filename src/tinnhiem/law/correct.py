"""Điều chỉnh giá trị chưa chắc: an office's own values for its own rounds.

Contract: only a value whose basis is not `read` can be corrected, with a value of the same kind and a reason; the corrected
book passes every check that a file passes, and has a digest of its own, so a count shows that it was made under it. The
shipped book is never changed. Corrections are applied in full or not at all. Where they are kept and printed is not decided here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law import value_path
from tinnhiem.law.errors import (
    CorrectedTwice,
    CorrectionNeedsReason,
    UnknownValuePath,
    ValueIsCertain,
    ValueOfAnotherKind,
)
from tinnhiem.law.load import build, content
from tinnhiem.law.rulebook import Basis, Correction, Rulebook


class UnsureValue(msgspec.Struct, frozen=True, kw_only=True):
    """Giá trị chưa chắc: one value that was not read in the instrument, with its path for a `Correction`.

    `value` has the form a correction takes (a date as ISO text). `note` says what is known and what is not, `label` names the
    entry where it has a name of its own.
    """

    path: str
    value: str | int | bool
    label: str
    clause: str
    basis: Basis
    note: str
    note_en: str


def unsure_values(
    book: Rulebook, bases: Sequence[Basis] = ("secondary", "recalled", "unsure")
) -> tuple[UnsureValue, ...]:
    """Các giá trị điều chỉnh được, in the order of the book. `bases` narrows: the minutes name `recalled` and `unsure` only."""
    return tuple(
        UnsureValue(
            path=path,
            value=_written(value),
            label=getattr(entry, "label", ""),
            clause=entry.clause,
            basis=entry.basis,
            note=entry.note,
            note_en=entry.note_en,
        )
        for path, value, entry in value_path.leaves(book)
        if entry.basis in bases
    )


def correct(book: Rulebook, corrections: Sequence[Correction]) -> Rulebook:
    """Bộ quy tắc đã điều chỉnh. Raises `Faults`: each correction that is refused, or what is unsound once all are made."""
    plain = content(book)
    refused: list[TinnhiemError] = []
    done: set[str] = set()
    for correction in corrections:
        refusals = list(_refusals(book, correction, done))
        refused.extend(refusals)
        done.add(correction.path)
        if not refusals:
            found = value_path.find(book, correction.path)
            _put(plain, found.keys, _as_kind_of(found.value, correction.value))
    if refused:
        raise Faults(refused)
    return build(plain, book.id)


def _refusals(book: Rulebook, correction: Correction, done: set[str]) -> Iterator[TinnhiemError]:
    path = correction.path
    if not correction.reason.strip():
        yield CorrectionNeedsReason(book.id, path=path)
    if path in done:
        yield CorrectedTwice(book.id, path=path)
    try:
        found = value_path.find(book, path)
    except UnknownValuePath as unknown:
        yield unknown
        return
    if found.entry is None or not value_path.is_leaf(path.rpartition(".")[2], found.value):
        yield UnknownValuePath(book.id, path=path)
    elif found.entry.basis == "read":
        yield ValueIsCertain(book.id, path=path, clause=found.entry.clause)
    elif _as_kind_of(found.value, correction.value) is None:
        yield ValueOfAnotherKind(book.id, path=path, found=correction.value, now=_written(found.value))


def _as_kind_of(now: object, value: str | int | bool) -> Any:  # noqa: FBT001 - a flag is one of the values of the law
    """`value` as the kind that stands there now; None when it is of another."""
    if isinstance(now, datetime.date):
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            return None
    # `type`, because to isinstance a flag is a number too
    return value if type(value) is type(now) else None


def _written(value: object) -> str | int | bool:
    return value if isinstance(value, (str, int)) else str(value)


def _put(plain: dict[str, Any], keys: tuple[str | int, ...], value: object) -> None:
    place: Any = plain
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
