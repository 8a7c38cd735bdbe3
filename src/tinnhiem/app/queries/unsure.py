"""Giá trị chưa chắc của quy tắc, as an office meets them: each with a name in words and, where it was corrected, its reason.

Contract: the values are `law.correct.unsure_values`'; only the fields that change a count, a deadline or a printed word are offered, names of things are
not. The words for a path are taken from the book's own sections.
"""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from tinnhiem.app.models import Round
from tinnhiem.app.queries.book_sections import book_sections, shown
from tinnhiem.app.queries.values import corrections_of, shipped_book
from tinnhiem.law.correct import UnsureValue, unsure_values
from tinnhiem.law.rulebook import Correction


class UnsureLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một giá trị điều chỉnh được: its words, what the book says, and the office's own value with the reason, if any."""

    unsure: UnsureValue
    label: str
    field: str
    value: str
    own: Correction | None
    own_shown: str


def unsure_lines(round_: Round, language: str) -> tuple[UnsureLine, ...]:
    """Các giá trị điều chỉnh được của đợt; the doubtful ones first, then recalled, then second-hand."""
    book = shipped_book(round_)
    labels = {
        line.path: f"{section.title}: {line.label}" if line.label else section.title
        for section in book_sections(book, language)
        for line in section.lines
    }
    own = {one.path: one for one in corrections_of(round_)}
    order = {"unsure": 0, "recalled": 1, "secondary": 2, "read": 3}
    found = [
        UnsureLine(
            unsure=one,
            label=_label(one.path, labels),
            field=field_name(one.path),
            value=shown(one.value),
            own=own.get(one.path),
            own_shown=shown(own[one.path].value) if one.path in own else "",
        )
        for one in unsure_values(book)
    ]
    return tuple(sorted(found, key=lambda line: (line.own is None, order[line.unsure.basis])))


def _label(path: str, labels: dict[str, str]) -> str:
    """The words of the nearest line of the page that holds this value."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        known = labels.get(".".join(parts[:length]))
        if known:
            return known
    return path


def field_name(path: str) -> str:
    """Phần nào của giá trị: the last step of a path, in words."""
    words = {
        "num": _("tử số"),
        "den": _("mẫu số"),
        "of": _("tính trên"),
        "op": _("dấu so sánh"),
        "days": _("số ngày"),
        "months": _("số tháng"),
        "counts_from": _("tính từ ngày"),
        "digits": _("số chữ số"),
        "mode": _("cách làm tròn"),
        "kind": _("mẫu số của tỷ lệ"),
        "label": _("tên gọi"),
        "short": _("tên gọi ngắn"),
        "what": _("nội dung"),
        "who": _("ai thực hiện"),
        "by": _("thời hạn"),
        "modality": _("mức bắt buộc"),
        "post": _("chức danh"),
        "voters": _("người ghi phiếu"),
        "title": _("tên văn bản"),
        "text": _("nội dung"),
        "in_force": _("ngày có hiệu lực"),
        "instrument": _("văn bản"),
        "value": "",
    }
    last = path.rpartition(".")[2]
    return words.get(last, last)
