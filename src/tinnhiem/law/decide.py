"""Khung kết quả và hệ quả: from the counts of one person to a band and what follows, with the numbers compared.

Contract: pure and exact. A share is compared with a threshold by cross-multiplying whole numbers (`count*den` against `base*num`);
no rounded figure and no float is ever compared. Every answer carries its trace: each comparison that was made, held or not.
There is one finding per instrument: the rulebook's own first, then the one of the person's regime (công chức, viên chức),
because instruments differ at the very threshold; the last is the one that binds. Which base the share is taken of was decided
before (`Rulebook.base`, `poll.count`); this module is given the number. Quorum (điều kiện tiến hành) is judged here as well.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from tinnhiem.law.errors import CountsUnfit, UnknownRegime
from tinnhiem.law.rulebook import OWN_REGIME, Band, Basis, Bound, Consequence, Modality, Operator, Rulebook

COMPARE: Mapping[Operator, Callable[[int, int], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Phép so sánh: one bound of one band, tested. `left` is count*den, `right` base*num: the two whole numbers compared."""

    band: str
    choice: str
    count: int
    base: int
    op: Operator
    num: int
    den: int
    left: int
    right: int
    holds: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Hệ quả của một người: what follows, who acts, by when ("" where the instrument sets no time)."""

    code: str
    modality: Modality
    what: str
    what_en: str
    who: str
    who_en: str
    by: str
    by_en: str
    clause: str
    basis: Basis


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Kết luận theo một văn bản.

    `band` is None where no band applies or the base is unknown or zero (then `trace` is empty: nothing was compared). `also`
    names lighter bands that hold as well, where the instrument overlaps itself.
    """

    regime: str
    instrument: str
    band: str | None
    label: str
    label_en: str
    clause: str | None
    basis: Basis | None
    also: tuple[str, ...]
    trace: tuple[Comparison, ...]
    outcomes: tuple[Outcome, ...]


class QuorumFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Điều kiện tiến hành: whether enough were present.

    `unknown` where a number needed to tell is not given; `not_asked` where the instrument sets no quorum. `needed` is the least
    number that meets it, `missing` how many were lacking (0 when met). `of` is `members` or `summoned`, `of_count` their number.
    """

    state: Literal["met", "unmet", "unknown", "not_asked"]
    present: int | None
    of: str | None
    of_count: int | None
    needed: int | None
    missing: int | None
    clause: str
    basis: Basis | None


def decide(
    book: Rulebook, counts: Mapping[str, int], base: int | None, regime: str = OWN_REGIME
) -> tuple[Finding, ...]:
    """Kết luận về một người: one finding per instrument, the binding one last.

    `counts` gives each choice of the book its whole number of marks; `base` is the denominator, None or 0 when there is none
    (then no band is found). Raises `UnknownRegime`, `CountsUnfit`.
    """
    judged_by = book.regime(regime)
    if judged_by is None and regime != OWN_REGIME:
        raise UnknownRegime(book.id, id=regime, known=", ".join(book.regime_ids()))
    _refuse_unfit(book, counts, base)
    findings = [_find(OWN_REGIME, book.symbol.value, book.bands, book.consequences, counts, base)]
    if judged_by is not None:
        findings.append(
            _find(judged_by.id, judged_by.instrument, judged_by.bands, judged_by.consequences, counts, base)
        )
    return tuple(findings)


def quorum(book: Rulebook, present: int | None, members: int | None, summoned: int | None) -> QuorumFinding:
    """Điều kiện tiến hành của buổi lấy phiếu: met, unmet or unknown, with the number needed. Whole persons: 2/3 of 47 is 32."""
    rule = book.quorum
    if rule is None:
        return QuorumFinding(
            state="not_asked", present=present, of=None, of_count=None, needed=None, missing=None, clause="", basis=None
        )
    of_count = members if rule.of == "members" else summoned
    needed = None if not of_count else -(-of_count * rule.num // rule.den)
    state: Literal["met", "unmet", "unknown"] = "unknown"
    missing = None
    if needed is not None and present is not None:
        missing = max(0, needed - present)
        state = "unmet" if missing else "met"
    return QuorumFinding(
        state=state,
        present=present,
        of=rule.of,
        of_count=of_count,
        needed=needed,
        missing=missing,
        clause=rule.clause,
        basis=rule.basis,
    )


def _find(
    regime: str,
    instrument: str,
    bands: tuple[Band, ...],
    consequences: tuple[Consequence, ...],
    counts: Mapping[str, int],
    base: int | None,
) -> Finding:
    trace: list[Comparison] = []
    holding: list[Band] = []
    if base:
        for band in bands:
            compared = [_compare(band, bound, counts[band.choice], base) for bound in band.bounds]
            trace.extend(compared)
            if all(comparison.holds for comparison in compared):
                holding.append(band)
    found = holding[-1] if holding else None
    return Finding(
        regime=regime,
        instrument=instrument,
        band=found.code if found else None,
        label=found.label if found else "",
        label_en=found.label_en if found else "",
        clause=found.clause if found else None,
        basis=found.basis if found else None,
        also=tuple(band.code for band in holding[:-1]),
        trace=tuple(trace),
        outcomes=tuple(_outcome(rule) for rule in consequences if found and rule.band == found.code),
    )


def _compare(band: Band, bound: Bound, count: int, base: int) -> Comparison:
    left, right = count * bound.den, base * bound.num
    return Comparison(
        band=band.code,
        choice=band.choice,
        count=count,
        base=base,
        op=bound.op,
        num=bound.num,
        den=bound.den,
        left=left,
        right=right,
        holds=COMPARE[bound.op](left, right),
    )


def _outcome(rule: Consequence) -> Outcome:
    return Outcome(
        code=rule.code,
        modality=rule.modality,
        what=rule.what,
        what_en=rule.what_en,
        who=rule.who,
        who_en=rule.who_en,
        by=rule.by,
        by_en=rule.by_en,
        clause=rule.clause,
        basis=rule.basis,
    )


def _refuse_unfit(book: Rulebook, counts: Mapping[str, int], base: int | None) -> None:
    if set(counts) != set(book.choice_codes()) or min(counts.values()) < 0 or (base is not None and base < 0):
        found = ", ".join(f"{code}={count}" for code, count in counts.items()) + f" / {base}"
        raise CountsUnfit(book.id, found=found, choices=", ".join(book.choice_codes()))
