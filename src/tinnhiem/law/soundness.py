"""Tính hợp lý của bộ quy tắc: the faults of sense that no type can see.

Contract: codes are unique and referred to only where they exist; a value said to be `read` cites its clause; ratios are ratios;
each band can be met, and no share meets two bands of one choice in one instrument unless the heavier declares it; dates stand
in order; numbers lie where they can be. Works on a `Draft`, the parts of a file whose form is right, so one broken entry
hides nothing about the others. That a value agrees with the law is beyond a program: see `Cited.basis`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from tinnhiem.law import faults
from tinnhiem.law.rulebook import Band, Bound, Cited, CitedDay, Consequence, Quorum, Regime, Rulebook

CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
NEVER_EMPTY = ("bodies", "choices", "subjects", "line_invalid", "sheet_invalid", "bands")
HINTS = get_type_hints(Rulebook)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Bản dựng dở: the well-formed parts of a file, each with its path (`quorum`, `bands[1]`), in file order.

    `lists` gives, for each list of the model that stands in the file, how many entries it has there.
    """

    parts: Mapping[str, Any]
    lists: Mapping[str, int]

    @classmethod
    def of(cls, data: Mapping[str, Any], spoilt: Iterable[str]) -> Draft:
        """The parts of `data` that are well-formed; `spoilt` are the paths of faults already found."""
        bad = tuple(spoilt)
        parts: dict[str, Any] = {}
        lists: dict[str, int] = {}
        for name, hint in HINTS.items():
            value = data.get(name)
            if value is None:
                continue
            if get_origin(hint) is tuple:
                if isinstance(value, list):
                    lists[name] = len(value)
                    for place, entry in enumerate(value):
                        path = f"{name}[{place}]"
                        if not _touched(path, bad):
                            parts[path] = msgspec.convert(entry, get_args(hint)[0])
            elif not _touched(name, bad):
                parts[name] = msgspec.convert(value, hint)
        return cls(parts=parts, lists=lists)

    def entries(self, name: str) -> Iterator[tuple[str, Any]]:
        """The well-formed entries of one list, with their paths."""
        return ((path, part) for path, part in self.parts.items() if path.startswith(f"{name}["))

    def whole(self, name: str) -> bool:
        """Whether the list stands in the file with every entry well-formed, so that its codes are all known."""
        return sum(1 for _ in self.entries(name)) == self.lists.get(name)


def faults_of_sense(draft: Draft, where: str) -> Iterator[faults.BookFault]:
    """Every fault of sense, list by list. `where` names the file."""
    yield from _lists(draft, where)
    for path, part in draft.parts.items():
        yield from _cited(part, where, path)
    yield from _codes(draft, where)
    yield from _numbers(draft, where)
    yield from _dates(draft, where)
    yield from _instrument(
        draft, list(draft.entries("bands")), list(draft.entries("consequences")), where, whole=draft.whole("bands")
    )
    for path, regime in draft.entries("regimes"):
        yield from _regime(draft, regime, where, path)


def _lists(draft: Draft, where: str) -> Iterator[faults.BookFault]:
    for name in NEVER_EMPTY:
        if draft.lists.get(name) == 0:
            yield faults.NothingListed(where, name)


def _cited(part: object, where: str, path: str) -> Iterator[faults.BookFault]:
    """Căn cứ of a part and of everything below it."""
    if isinstance(part, Cited):
        if part.basis == "read" and not part.clause:
            yield faults.ReadWithoutClause(where, f"{path}.basis")
        if bool(part.note) != bool(part.note_en):
            key = "note_en" if part.note else "note"
            yield faults.NoteInOneLanguage(where, f"{path}.{key}", part.clause, key=key)
    if isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, tuple):
                for place, entry in enumerate(value):
                    yield from _cited(entry, where, f"{path}.{name}[{place}]")


def _codes(draft: Draft, where: str) -> Iterator[faults.BookFault]:
    book_id = draft.parts.get("id")
    if book_id is not None and not CODE.fullmatch(book_id):
        yield faults.UnfitCode(where, "id", found=book_id)
    for name in draft.lists:
        yield from _codes_of_list(list(draft.entries(name)), where)


def _codes_of_list(entries: Sequence[tuple[str, Any]], where: str) -> Iterator[faults.BookFault]:
    first: dict[str, str] = {}
    for path, entry in entries:
        key = "id" if isinstance(entry, Regime) else "code"
        code = getattr(entry, key, entry)
        clause = getattr(entry, "clause", "")
        # a list of bare words (bodies) has no key of its own
        place = f"{path}.{key}" if isinstance(entry, msgspec.Struct) else path
        if not CODE.fullmatch(code):
            yield faults.UnfitCode(where, place, clause, found=code)
        if code in first:
            yield faults.DuplicateCode(where, place, clause, found=code, first=first[code])
        first.setdefault(code, place)


def _numbers(draft: Draft, where: str) -> Iterator[faults.BookFault]:
    quorum = draft.parts.get("quorum")
    if quorum is not None:
        yield from _ratio(quorum, where, "quorum", quorum.clause)
    places = draft.parts.get("max_places")
    if places is not None:
        yield from _range(places.value, 1, 9, where, "max_places.value", places.clause)
    rounding = draft.parts.get("rounding")
    if rounding is not None:
        yield from _range(rounding.digits, 0, 6, where, "rounding.digits", rounding.clause)
    for path, exemption in draft.entries("exemptions"):
        if exemption.test == "months_in_post_below":
            yield from _range(exemption.months, 1, 120, where, f"{path}.months", exemption.clause)
    for path, deadline in draft.entries("deadlines"):
        yield from _range(deadline.days, -366, 366, where, f"{path}.days", deadline.clause)


def _range(value: int, least: int, most: int, where: str, path: str, clause: str) -> Iterator[faults.BookFault]:
    if not least <= value <= most:
        yield faults.UnfitNumber(where, path, clause, found=value, least=least, most=most)


def _ratio(ratio: Quorum | Bound, where: str, path: str, clause: str) -> Iterator[faults.BookFault]:
    if ratio.den < 1 or not 0 <= ratio.num <= ratio.den:
        yield faults.UnfitRatio(where, path, clause, num=ratio.num, den=ratio.den)


def _dates(draft: Draft, where: str) -> Iterator[faults.BookFault]:
    present = [(name, draft.parts[name]) for name in ("issued", "in_force", "ends") if name in draft.parts]
    for (earlier, first), (later, second) in pairwise(present):
        yield from _order(earlier, first, later, second, where)


def _order(earlier: str, first: CitedDay, later: str, second: CitedDay, where: str) -> Iterator[faults.BookFault]:
    if second.value < first.value:
        yield faults.DatesOutOfOrder(
            where,
            f"{later}.value",
            second.clause,
            earlier=earlier,
            later=later,
            found=_shown(second.value),
            other=_shown(first.value),
        )


def _regime(draft: Draft, regime: Regime, where: str, path: str) -> Iterator[faults.BookFault]:
    bands = [(f"{path}.bands[{place}]", band) for place, band in enumerate(regime.bands)]
    consequences = [(f"{path}.consequences[{place}]", rule) for place, rule in enumerate(regime.consequences)]
    if not bands:
        yield faults.NothingListed(where, f"{path}.bands", regime.clause)
    yield from _codes_of_list(bands, where)
    yield from _codes_of_list(consequences, where)
    yield from _instrument(draft, bands, consequences, where, whole=True)


def _instrument(
    draft: Draft,
    bands: Sequence[tuple[str, Band]],
    consequences: Sequence[tuple[str, Consequence]],
    where: str,
    *,
    whole: bool,
) -> Iterator[faults.BookFault]:
    """Bands and consequences of one instrument. `whole`: all its bands are well-formed, so an unknown one is unknown indeed."""
    choices = list(dict.fromkeys(choice.code for _, choice in draft.entries("choices")))
    codes = list(dict.fromkeys(band.code for _, band in bands))
    known_bands = ", ".join(codes)
    ranges: list[tuple[Band, _Range]] = []
    for path, band in bands:
        if choices and band.choice not in choices and draft.whole("choices"):
            yield faults.UnknownChoice(
                where, f"{path}.choice", band.clause, found=band.choice, known=", ".join(choices)
            )
        for place, lighter in enumerate(band.overlaps):
            if whole and lighter not in codes:
                yield faults.UnknownBand(
                    where, f"{path}.overlaps[{place}]", band.clause, found=lighter, known=known_bands
                )
        if not band.bounds:
            yield faults.NothingListed(where, f"{path}.bounds", band.clause)
            continue
        unfit = [
            fault
            for place, bound in enumerate(band.bounds)
            for fault in _ratio(bound, where, f"{path}.bounds[{place}]", band.clause)
        ]
        yield from unfit
        if unfit:
            continue
        met = _Range.of(band)
        if met.empty:
            yield faults.EmptyBand(where, f"{path}.bounds", band.clause, band=band.code)
        for other, reach in ranges:
            undeclared = other.choice == band.choice and other.code not in band.overlaps
            if undeclared and other.code != band.code and not met.meet(reach).empty:
                yield faults.BandsOverlap(where, f"{path}.bounds", band.clause, band=band.code, other=other.code)
        ranges.append((band, met))
    for path, rule in consequences:
        if whole and rule.band not in codes:
            yield faults.UnknownBand(where, f"{path}.band", rule.clause, found=rule.band, known=known_bands)


class _Range(msgspec.Struct, frozen=True, kw_only=True):
    """The shares from 0 to 1 that meet some bounds; an end belongs to the range where its `_in` says so."""

    bottom: Fraction = Fraction(0)
    bottom_in: bool = True
    top: Fraction = Fraction(1)
    top_in: bool = True

    @classmethod
    def of(cls, band: Band) -> _Range:
        reach = cls()
        for bound in band.bounds:
            at = Fraction(bound.num, bound.den)
            if bound.op in ("gt", "ge"):
                reach = reach.meet(cls(bottom=at, bottom_in=bound.op == "ge"))
            else:
                reach = reach.meet(cls(top=at, top_in=bound.op == "le"))
        return reach

    @property
    def empty(self) -> bool:
        return self.bottom > self.top or (self.bottom == self.top and not (self.bottom_in and self.top_in))

    def meet(self, other: _Range) -> _Range:
        bottom, bottom_out = max((self.bottom, not self.bottom_in), (other.bottom, not other.bottom_in))
        top, top_in = min((self.top, self.top_in), (other.top, other.top_in))
        return _Range(bottom=bottom, bottom_in=not bottom_out, top=top, top_in=top_in)


def _touched(path: str, bad: Sequence[str]) -> bool:
    return any(fault == path or fault.startswith((f"{path}.", f"{path}[")) for fault in bad)


def _shown(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
