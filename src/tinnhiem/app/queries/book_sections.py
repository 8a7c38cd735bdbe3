"""Trang của một bộ quy tắc: every value of a book in sections, each line with its clause and how sure it is.

Contract: nothing of a book is left out and nothing is said that the book does not say; a line carries the paths of the values it shows, so that what an
office may correct is reached from the line. Text is in the reader's language.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec
from django.utils.translation import gettext as _

from tinnhiem.law.rulebook import Band, Basis, Bound, Cited, Consequence, Deadline, Rulebook


class BookLine(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng: what it is, what it says, the clause, the basis, and the path of its record in the book."""

    label: str
    text: str
    clause: str
    basis: Basis
    note: str
    path: str


class BookSection(msgspec.Struct, frozen=True, kw_only=True):
    """Một phần của bộ quy tắc."""

    title: str
    lines: tuple[BookLine, ...]


class _Writer:
    """Turns the records of a book into lines in one language."""

    def __init__(self, book: Rulebook, language: str) -> None:
        self.book = book
        self.english = language == "en"

    def words(self, record: object, name: str) -> str:
        """A text of a record, in English where there is one and it is asked for."""
        other = getattr(record, f"{name}_en", "") if self.english else ""
        return str(other or getattr(record, name))

    def line(self, record: Cited, path: str, label: str, text: str) -> BookLine:
        note = record.note_en if self.english and record.note_en else record.note
        return BookLine(label=label, text=text, clause=record.clause, basis=record.basis, note=note, path=path)

    def named(self, name: str, label: str) -> Iterable[BookLine]:
        """One value at the top of the book, if the book has it."""
        record = getattr(self.book, name)
        if record is not None:
            yield self.line(record, f"{name}.value", label, shown(record.value, self.words(record, "value")))

    def entries(self, name: str, label: str, text: str) -> Iterable[BookLine]:
        """The entries of a list: `label` and `text` name their fields."""
        for record in getattr(self.book, name):
            said = self.words(record, label)
            yield self.line(record, f"{name}.{record.code}", said, self.words(record, text) if text else "")


def shown(value: object, words: str = "") -> str:
    """Một giá trị như người đọc thấy: dates as 05/07/2023, yes and no in words."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return words or str(value)


def book_sections(book: Rulebook, language: str) -> tuple[BookSection, ...]:
    """Cả bộ quy tắc, in the order an official reads it."""
    write = _Writer(book, language)
    sections = (
        (_("Văn bản quy định"), _instrument(write)),
        (_("Mức ghi trên phiếu"), write.entries("choices", "label", "short")),
        (_("Ai được lấy phiếu, ai ghi phiếu"), write.entries("subjects", "post", "voters")),
        (_("Không lấy phiếu"), write.entries("exemptions", "label", "")),
        (_("Điều kiện tiến hành và mẫu số"), _measures(write)),
        (_("Dòng không hợp lệ"), write.entries("line_invalid", "label", "")),
        (_("Cả phiếu không hợp lệ"), write.entries("sheet_invalid", "label", "")),
        (_("Ngưỡng"), tuple(_bands(write, book.bands, "bands"))),
        (_("Sử dụng kết quả"), tuple(_consequences(write, book.consequences, "consequences"))),
        *(
            (
                _("Chế độ {name}: {instrument}").format(name=write.words(one, "label"), instrument=one.instrument),
                (
                    write.line(one, f"regimes.{one.id}.in_force", _("Có hiệu lực từ"), shown(one.in_force)),
                    *_bands(write, one.bands, f"regimes.{one.id}.bands"),
                    *_consequences(write, one.consequences, f"regimes.{one.id}.consequences"),
                ),
            )
            for one in book.regimes
        ),
        (_("Thời hạn"), tuple(_deadline(write, one) for one in book.deadlines)),
        (_("Văn bản phải lập"), write.entries("documents", "title", "")),
        (
            _("Nội dung khác"),
            tuple(write.line(one, f"facts.{one.code}", "", write.words(one, "text")) for one in book.facts),
        ),
    )
    return tuple(BookSection(title=title, lines=found) for title, lines in sections if (found := tuple(lines)))


def _instrument(write: _Writer) -> Iterable[BookLine]:
    yield from write.named("symbol", _("Ký hiệu"))
    yield from write.named("title", _("Tên văn bản"))
    yield from write.named("issuer", _("Cơ quan ban hành"))
    yield from write.named("issued", _("Ngày ban hành"))
    yield from write.named("in_force", _("Có hiệu lực từ"))
    yield from write.named("ends", _("Hết hiệu lực"))
    yield from write.named("replaces", _("Thay thế"))
    yield from write.named("replaced_by", _("Được thay thế bằng"))
    yield from write.named("frequency", _("Bao lâu lấy phiếu một lần"))
    yield from write.named("ballot_title", _("Tên in trên phiếu"))
    yield from write.named("signature", _("Người ghi phiếu được ký tên"))
    yield from write.named("hanging_stamp", _("Phiếu có dấu treo"))
    yield from write.named("max_places", _("Một người được lấy phiếu nhiều nhất ở mấy nơi"))


def _measures(write: _Writer) -> Iterable[BookLine]:
    book = write.book
    if book.quorum is not None:
        of = _("tổng số thành viên") if book.quorum.of == "members" else _("số người được triệu tập")
        share = _("ít nhất {num}/{den} {of} có mặt").format(num=book.quorum.num, den=book.quorum.den, of=of)
        yield write.line(book.quorum, "quorum", _("Điều kiện tiến hành"), share)
    yield write.line(book.base, "base", _("Tỷ lệ tính trên"), write.words(book.base, "label"))
    mode = _("từ 5 trở lên thì làm tròn lên") if book.rounding.mode == "half-up" else _("cắt bỏ phần sau")
    text = _("{digits} chữ số thập phân, {mode}").format(digits=book.rounding.digits, mode=mode)
    yield write.line(book.rounding, "rounding", _("Cách làm tròn"), text)


def _bands(write: _Writer, bands: Iterable[Band], path: str) -> Iterable[BookLine]:
    for band in bands:
        choice = next(one for one in write.book.choices if one.code == band.choice)
        label = write.words(choice, "label")
        text = f"{label}: {', '.join(_bound(bound) for bound in band.bounds)}"
        yield write.line(band, f"{path}.{band.code}", write.words(band, "label"), text)


def _bound(bound: Bound) -> str:
    if (bound.op, bound.num, bound.den) == ("gt", 1, 2):
        return _("quá nửa")
    words = {
        "gt": _("trên {share}"),
        "ge": _("từ {share} trở lên"),
        "lt": _("dưới {share}"),
        "le": _("đến {share}"),
    }
    return words[bound.op].format(share=f"{bound.num}/{bound.den}")


def _consequences(write: _Writer, consequences: Iterable[Consequence], path: str) -> Iterable[BookLine]:
    modality = {"must": _("phải"), "may": _("có thể"), "consider": _("xem xét")}
    for one in consequences:
        by = f" ({write.words(one, 'by')})" if one.by else ""
        text = f"{write.words(one, 'what')} – {write.words(one, 'who')}{by}"
        yield write.line(one, f"{path}.{one.code}", f"{_band_name(write, one, path)} – {modality[one.modality]}", text)


def _band_name(write: _Writer, one: Consequence, path: str) -> str:
    regime = write.book.regime(path.split(".")[1]) if path.startswith("regimes.") else None
    bands = regime.bands if regime else write.book.bands
    band = next((band for band in bands if band.code == one.band), None)
    return write.words(band, "label") if band else one.band


def _deadline(write: _Writer, one: Deadline) -> BookLine:
    day = _("ngày khai mạc") if one.counts_from == "opening" else _("ngày lấy phiếu")
    when = _("chậm nhất {n} ngày trước {day}") if one.days >= 0 else _("trong {n} ngày sau {day}")
    text = f"{when.format(n=abs(one.days), day=day)} – {write.words(one, 'who')}"
    return write.line(one, f"deadlines.{one.code}", write.words(one, "what"), text)
