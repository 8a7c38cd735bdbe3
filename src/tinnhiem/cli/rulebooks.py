"""`tinnhiem rulebooks`: the books there are, and every value of one of them with its clause and basis.

Contract: nothing of a book is left out: the table walks the model itself, so a field added to `law.rulebook` is shown without a line
changed here. What was not read in the instrument is marked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from tinnhiem.cli.help_page import CommandGroup, HelpPage
from tinnhiem.cli.voice import answer, draw, json_option, say
from tinnhiem.law import shelf
from tinnhiem.law.errors import UnknownBook
from tinnhiem.law.rulebook import Bound, Cited, Rulebook

BASIS = {
    "read": "đã đọc văn bản",
    "secondary": "theo nguồn dẫn lại",
    "recalled": "theo thông lệ",
    "unsure": "CHƯA CHẮC",
}
"""Căn cứ, as a reader is told it."""

FIELDS = {
    "symbol": "Số, ký hiệu",
    "title": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "issued": "Ngày ban hành",
    "in_force": "Có hiệu lực từ",
    "ends": "Hết hiệu lực sau",
    "replaces": "Thay thế",
    "replaced_by": "Được thay bằng",
    "frequency": "Định kỳ",
    "choices": "Mức in trên phiếu",
    "ballot_title": "Tên phiếu",
    "signature": "Người ghi phiếu được ký tên",
    "hanging_stamp": "Đóng dấu treo",
    "max_places": "Số nơi lấy phiếu đối với một người",
    "subjects": "Người được lấy phiếu",
    "exemptions": "Không lấy phiếu",
    "quorum": "Điều kiện tiến hành",
    "base": "Mẫu số của tỷ lệ",
    "line_invalid": "Dòng không hợp lệ",
    "sheet_invalid": "Phiếu không hợp lệ",
    "bands": "Khung kết quả",
    "consequences": "Sử dụng kết quả",
    "regimes": "Chế độ",
    "deadlines": "Thời hạn",
    "rounding": "Làm tròn khi in",
    "documents": "Văn bản phải lập",
    "facts": "Nội dung khác",
}
"""Field of a rulebook → what it is called in the table."""

SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
MODALITIES = {"must": "phải", "may": "có thể", "consider": "xem xét"}
COUNTED_FROM = {"vote": "ngày lấy phiếu", "opening": "ngày khai mạc"}
CODES = {
    "of": {"members": "trên tổng số", "summoned": "trên số triệu tập"},
    "counts_from": COUNTED_FROM,
    "modality": MODALITIES,
    "mode": {"half-up": "nửa trở lên tính thêm một", "truncate": "cắt bỏ phần thừa"},
}
"""Fields that hold a code → code → words."""

SAID = {"num": "{}", "den": "/ {}", "digits": "{} chữ số", "months": "{} tháng", "days": "{} ngày trước"}
"""Fields that hold a number → how it is said."""


def named(book_id: str) -> Rulebook:
    """Bộ quy tắc mang mã đã gõ. Raises `UnknownBook`, placed at the argument."""
    try:
        return shelf.book(book_id)
    except UnknownBook as unknown:
        raise UnknownBook("MÃ", **unknown.values) from None


@click.group(
    "rulebooks",
    cls=CommandGroup,
    invoke_without_command=True,
    subcommand_metavar="LỆNH …",
)
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Xem các bộ quy tắc. Một bộ: tinnhiem rulebooks show MÃ."""
    if ctx.invoked_subcommand is not None:
        return
    books = [shelf.book(book_id) for book_id in shelf.ids()]
    if as_json:
        answer([_summary(book) for book in books])
        return
    rows = [
        [book.id, book.symbol.value, book.title.value, _in_force(book), ", ".join(one.short for one in book.choices)]
        for book in books
    ]
    draw(["Mã", "Số, ký hiệu", "Trích yếu", "Hiệu lực", "Các mức"], rows)


@click.command("show", cls=HelpPage)
@click.argument("book_id", metavar="MÃ")
@json_option
@click.pass_context
def show(ctx: click.Context, book_id: str, *, as_json: bool) -> None:
    """Xem mọi giá trị của bộ quy tắc MÃ, kèm điều khoản và căn cứ."""
    book = named(book_id)
    if as_json or (ctx.parent is not None and ctx.parent.params.get("as_json")):
        answer(msgspec.to_builtins(book) | {"digest": book.digest()})
        return
    say(f"{book.id} – {book.symbol.value}")
    rows = [
        [named, value, cited.clause, BASIS[cited.basis] + (f". {cited.note}" if cited.note else "")]
        for named, value, cited in _values(book)
    ]
    draw(["Mục", "Giá trị", "Điều khoản", "Căn cứ"], rows)
    unsure = sum(cited.basis == "unsure" for _, _, cited in _values(book))
    if unsure:
        say(f"{unsure} giá trị chưa chắc: cơ quan có thể điều chỉnh cho đợt của mình, kèm lý do.")
    say(f"Mã băm của bộ quy tắc: {book.digest()}")


command.add_command(show)


def _summary(book: Rulebook) -> dict[str, Any]:
    return {
        "id": book.id,
        "kind": book.kind,
        "style": book.style,
        "bodies": list(book.bodies),
        "symbol": book.symbol.value,
        "title": book.title.value,
        "title_en": book.title.value_en,
        "issued": book.issued.value.isoformat(),
        "in_force": book.in_force.value.isoformat(),
        "ends": book.ends.value.isoformat() if book.ends is not None else None,
        "choices": list(book.choice_codes()),
        "regimes": list(book.regime_ids()),
        "base": book.base.kind,
        "digest": book.digest(),
    }


def _in_force(book: Rulebook) -> str:
    start = f"từ {book.in_force.value:%d/%m/%Y}"
    return f"{start} đến {book.ends.value:%d/%m/%Y}" if book.ends is not None else start


def _values(book: Rulebook) -> Iterator[tuple[str, str, Cited]]:
    """Every cited value of the book, in the model's order: its field's name (once), what it says, the value itself."""
    for field in book.__struct_fields__:
        value = getattr(book, field)
        entries = value if isinstance(value, tuple) else (value,)
        named = FIELDS.get(field, field)
        for entry in entries:
            if isinstance(entry, Cited):
                yield named, _said(entry), entry
                named = ""
                # A regime holds bands and consequences of its own.
                for inner in (getattr(entry, name) for name in entry.__struct_fields__):
                    for part in inner if isinstance(inner, tuple) else ():
                        if isinstance(part, Cited):
                            yield "", f"  {_said(part)}", part


def _said(entry: Cited) -> str:
    """What one value says, in a line; every field of it that holds a Vietnamese text or a number."""
    parts: list[str] = []
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        if name in Cited.__struct_fields__ or name.endswith("_en") or value in ("", 0, ()):
            continue
        if name == "bounds":
            parts.append(" và ".join(_bound(bound) for bound in value))
        elif not isinstance(value, tuple):
            parts.append(_worded(name, value))
    return " · ".join(part for part in parts if part)


def _worded(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if name in CODES:
        return CODES[name][str(value)]
    return SAID.get(name, "{}").format(value)


def _bound(bound: Bound) -> str:
    return f"{SIGNS[bound.op]} {bound.num}/{bound.den}"
