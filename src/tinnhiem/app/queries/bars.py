"""Kết quả từng người cho màn hình: the bar, the figures in words, the band and the two numbers compared.

Contract: figures are the record's own; the trace shows the comparison that put a person into a band, with its clause and how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinnhiem.documents.chart_sheet import person_bar, rest_label
from tinnhiem.documents.figures import Figure
from tinnhiem.law.decide import Comparison, Finding
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord, LineResult
from tinnhiem.typeset.charts import legend

SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}


FIGURES_SHOWN = (
    gettext_lazy("Tổng số ủy viên"),
    gettext_lazy("Tổng số đại biểu"),
    gettext_lazy("Số người được triệu tập"),
    gettext_lazy("Có mặt lúc bỏ phiếu"),
    gettext_lazy("Vắng mặt"),
    gettext_lazy("Trong đó, có lý do"),
    gettext_lazy("Không có lý do"),
    gettext_lazy("Số phiếu nhận từ bộ phận in"),
    gettext_lazy("Số phiếu phát ra"),
    gettext_lazy("Số phiếu hỏng đã đổi"),
    gettext_lazy("Số phiếu chưa sử dụng"),
    gettext_lazy("Số phiếu thu về"),
    gettext_lazy("Số phiếu không thu về"),
    gettext_lazy("Số phiếu không hợp lệ cả phiếu"),
    gettext_lazy("Số phiếu hợp lệ"),
)
"""Labels of `documents.figures` that the page of the result says in the reader's language; papers stay Vietnamese."""


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


def legend_of(record: CountRecord, book: Rulebook, language: str) -> SafeString:
    """Chú giải của các thanh, in the reader's language."""
    labels = [choice.label_en if language == "en" else choice.label for choice in book.choices]
    drawn = legend("bar-legend", labels, _(rest_label(record.base_kind)))
    return mark_safe(drawn)  # noqa: S308 - drawn and escaped by typeset.charts


def figure_words(figures: Iterable[Figure]) -> list[dict[str, str]]:
    """Các con số của cuộc họp và của phiếu: key, label in the reader's language, text as printed."""
    return [{"key": one.key, "label": _(one.label), "text": one.text} for one in figures]


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
