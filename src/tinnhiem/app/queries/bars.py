"""Kết quả từng người cho màn hình: the bar, the figures in words, the band and the two numbers compared.

Contract: figures are the record's own; the trace shows the comparison that put a person into a band, with its clause and how sure it is.
"""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tinnhiem.documents.chart_sheet import person_bar
from tinnhiem.law.decide import Comparison, Finding
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord, LineResult

SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}


class PersonFigure(msgspec.Struct, frozen=True, kw_only=True):
    """Một mức: its label, its count and its printed share."""

    label: str
    count: int | None
    percent: str


class PersonBar(msgspec.Struct, frozen=True, kw_only=True):
    """Một người trên trang kết quả. `svg` is drawn by `typeset` from the record and safe to print."""

    line: int
    name: str
    post: str
    svg: SafeString
    label: str
    figures: tuple[PersonFigure, ...]
    band: str
    trace: tuple[str, ...]


def bars_of(record: CountRecord, book: Rulebook, language: str) -> tuple[PersonBar, ...]:
    """Các thanh kết quả, in the order of the list."""
    return tuple(_bar(record, line, book, language) for line in record.lines)


def _bar(record: CountRecord, line: LineResult, book: Rulebook, language: str) -> PersonBar:
    english = language == "en"
    figures = [
        PersonFigure(
            label=choice.label_en if english else choice.label,
            count=line.counts[choice.code],
            percent=line.printed[choice.code] or "",
        )
        for choice in book.choices
    ]
    figures.append(PersonFigure(label=_("Không hợp lệ"), count=line.invalid, percent=""))
    binding = line.binding
    return PersonBar(
        line=line.line,
        name=line.name,
        post=line.post,
        svg=mark_safe(person_bar(record, line, book)),  # noqa: S308 - drawn and escaped by typeset.charts
        label="; ".join(f"{one.label}: {one.count if one.count is not None else '–'}" for one in figures),
        figures=tuple(figures),
        band=(binding.label_en if english else binding.label) if binding.band else "",
        trace=tuple(sentence for finding in line.findings for sentence in _reasons(finding, english=english)),
    )


def _reasons(finding: Finding, *, english: bool) -> list[str]:
    """Why a band was found: the instrument, its clause, the two whole numbers of each bound, and what follows."""
    if finding.band is None:
        return []
    held = [_compared(one) for one in finding.trace if one.band == finding.band]
    where = " ".join(part for part in (finding.instrument, finding.clause or "") if part)
    told = [f"{where}: {'; '.join(held)}"]
    told.extend(
        f"{one.what_en if english else one.what} – {one.who_en if english else one.who}" for one in finding.outcomes
    )
    return told


def _compared(one: Comparison) -> str:
    return f"{one.count} × {one.den} = {one.left} {SIGNS[one.op]} {one.base} × {one.num} = {one.right}"
