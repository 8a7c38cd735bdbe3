"""Số liệu trên giấy: turns a count record into printed cells, once, for every output.

Contract: whatever a page, a .docx, a PDF, an .xlsx or a screen shows of a result comes out of `results_table` and `meeting_figures`, `ballot_figures`; no
renderer computes, rounds or sorts. Each cell has a key (`type 1-based / line / field`) that is the same in every output. What the
record does not know is printed "–". Nothing here judges: no band, no threshold, no order by score.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import BaseKind, Rulebook
from tinnhiem.people.names import Name, split_name
from tinnhiem.people.order import SortKey, sort_key, tone_order_words
from tinnhiem.poll.record import CountRecord, LineResult, TypeResult
from tinnhiem.typeset.headings import WORDING
from tinnhiem.typeset.words import in_words, roman, spelled

UNKNOWN = "–"
"""Ô chưa có số liệu."""

ColumnKind = Literal["order", "name", "post", "number", "share", "note"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Một ô: its key, the text as printed, and the whole number behind it where it is one (for spreadsheets)."""

    key: str
    text: str
    number: int | None = None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """Một cột: the field its cells are keyed by, its title, and the title it stands under ("" for none)."""

    field: str
    title: str
    kind: ColumnKind
    group: str = ""

    @property
    def full_title(self) -> str:
        """Tên cột đầy đủ, with the title above it: "Tín nhiệm cao, %"."""
        return f"{self.group}, {self.title}" if self.group else self.title


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Khối: rows under one title ("" when the round has one block)."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Bảng kết quả: columns, blocks of rows, and the sentences under it (base of the percentages, order)."""

    title: str
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Các dòng của mọi khối, in printed order."""
        return tuple(row for block in self.blocks for row in block.rows)

    def figures(self) -> dict[str, str]:
        """Mọi ô số liệu: key → printed text, for numbers and shares."""
        kinds = [column.kind for column in self.columns]
        return {
            cell.key: cell.text
            for row in self.rows()
            for cell, kind in zip(row, kinds, strict=True)
            if kind in ("number", "share")
        }


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Một con số trong lời văn: key, label, digits, unit and the number in words ("" where unknown)."""

    key: str
    label: str
    text: str
    unit: str
    in_words: str


def results_table(record: CountRecord, book: Rulebook, papers: Papers) -> Table:
    """Bảng kết quả kiểm phiếu: one row per person, numbered through the blocks."""
    columns = _columns(book, named=any(line.name for line in record.lines))
    blocks: list[Block] = []
    number = 0
    for title, lines in _blocks(record, papers):
        rows = []
        for line in lines:
            number += 1
            rows.append(_row(record, line, number, columns))
        blocks.append(Block(title=title, rows=tuple(rows)))
    notes = [" ".join(_base_sentences(record, book, papers))]
    if papers.order == "name":
        notes.append(f"Danh sách xếp theo thứ tự A, B, C của tên (thứ tự thanh: {tone_order_words()}).")
    return Table(
        title="Kết quả kiểm phiếu",
        columns=columns,
        blocks=tuple(blocks),
        notes=tuple(spelled(note, papers.spelling) for note in notes),
    )


def meeting_figures(record: CountRecord, papers: Papers) -> tuple[Figure, ...]:
    """Số người dự họp: members, summoned, present, absent; those the record does not know are left as a blank to write on."""
    wording = WORDING[papers.style]
    unit = papers.people_unit
    of = papers.members_label or wording.members
    given = (
        ("members", of, record.members),
        ("summoned", "Số người được triệu tập", record.summoned),
        ("present", "Có mặt lúc bỏ phiếu", record.present),
        ("absent", "Vắng mặt", record.absent),
        ("absent_with_leave", "Trong đó, có lý do", record.absent_with_leave),
        ("absent_without_leave", "Không có lý do", record.absent_without_leave),
    )
    return tuple(_figure(f"round/{name}", label, number, unit, papers) for name, label, number in given)


def ballot_figures(record: CountRecord, result: TypeResult, papers: Papers) -> tuple[Figure, ...]:
    """Số phiếu của một loại: received, issued, exchanged, unused, returned, not returned, wholly invalid and valid."""
    place = type_place(record, result.ballot)
    given = (
        ("received", "Số phiếu nhận từ bộ phận in", result.received),
        ("issued", "Số phiếu phát ra", result.issued),
        ("spoilt", "Số phiếu hỏng đã đổi", result.spoilt),
        ("unused", "Số phiếu chưa sử dụng", result.unused),
        ("returned", "Số phiếu thu về", result.returned),
        ("not_returned", "Số phiếu không thu về", result.not_returned),
        ("invalid", "Số phiếu không hợp lệ cả phiếu", result.invalid),
        ("valid", "Số phiếu hợp lệ", result.valid),
    )
    return tuple(_figure(f"type{place}/{name}", label, number, "phiếu", papers) for name, label, number in given)


def invalid_reasons(record: CountRecord, result: TypeResult, book: Rulebook, papers: Papers) -> tuple[Figure, ...]:
    """Lý do không hợp lệ của cả phiếu: one figure per reason that occurred, labelled as the book words it."""
    place = type_place(record, result.ballot)
    labels = {reason.code: reason.label for reason in book.sheet_invalid}
    return tuple(
        _figure(f"type{place}/invalid/{code}", labels.get(code, code), number, "phiếu", papers)
        for code, number in (result.invalid_by_reason or {}).items()
        if number
    )


def type_place(record: CountRecord, ballot: str | None) -> int:
    """Thứ tự của loại phiếu trong đợt, from 1: what keys name it by."""
    return [result.ballot for result in record.types].index(ballot) + 1


def _figure(key: str, label: str, number: int | None, unit: str, papers: Papers) -> Figure:
    return Figure(
        key=key,
        label=label,
        text=UNKNOWN if number is None else str(number),
        unit=unit,
        in_words="" if number is None else in_words(number, papers.zero_tens),
    )


def _columns(book: Rulebook, *, named: bool) -> tuple[Column, ...]:
    """A published table may give posts alone; then there is no column of names."""
    levels = []
    for choice in book.choices:
        levels.append(Column(field=f"count:{choice.code}", title="Số phiếu", kind="number", group=choice.label))
        levels.append(Column(field=f"share:{choice.code}", title="%", kind="share", group=choice.label))
    return (
        Column(field="order", title="STT", kind="order"),
        *((Column(field="name", title="Họ và tên", kind="name"),) if named else ()),
        Column(field="post", title="Chức vụ", kind="post"),
        Column(field="issued", title="Phát ra", kind="number"),
        Column(field="returned", title="Thu về", kind="number"),
        Column(field="valid", title="Hợp lệ", kind="number"),
        Column(field="invalid", title="Không hợp lệ", kind="number"),
        *levels,
        Column(field="note", title="Ghi chú", kind="note"),
    )


def _row(record: CountRecord, line: LineResult, order: int, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    result = record.type_of(line.ballot)
    numbers = {
        "order": order,
        "issued": result.issued,
        "returned": result.returned,
        "valid": line.valid,
        "invalid": line.invalid,
        **{f"count:{code}": number for code, number in line.counts.items()},
    }
    texts: dict[str, str] = {"name": line.name, "post": line.post, "note": ""}
    texts |= {f"share:{code}": printed or UNKNOWN for code, printed in line.printed.items()}
    place = type_place(record, line.ballot)
    cells = []
    for column in columns:
        key = f"type{place}/{line.line}/{column.field}"
        if column.field in numbers:
            number = numbers[column.field]
            cells.append(Cell(key=key, text=UNKNOWN if number is None else str(number), number=number))
        else:
            cells.append(Cell(key=key, text=texts[column.field]))
    return tuple(cells)


def _blocks(record: CountRecord, papers: Papers) -> list[tuple[str, list[LineResult]]]:
    """Rows by khối as the papers group the types, else by type; a round of one type has no block title."""
    grouped = [(block.title, block.ballots) for block in papers.blocks]
    taken = {ballot for _, ballots in grouped for ballot in ballots}
    rest = [result for result in record.types if result.ballot not in taken]
    if grouped or len(record.types) > 1:
        grouped += [(result.title or result.ballot or "", (result.ballot,)) for result in rest]
    else:
        return [("", _ordered(list(record.lines), papers))]
    return [
        (
            f"{roman(position)}. {title.upper()}",
            _ordered([line for ballot in ballots for line in record.lines if line.ballot == ballot], papers),
        )
        for position, (title, ballots) in enumerate(grouped, start=1)
    ]


def _ordered(lines: list[LineResult], papers: Papers) -> list[LineResult]:
    # The approved list is the order of rank; A, B, C is the only other one offered, and score is none.
    return sorted(lines, key=lambda line: _name_key(line.name, papers)) if papers.order == "name" else lines


def _name_key(full: str, papers: Papers) -> SortKey:
    family, given = split_name(full)
    return sort_key(Name(family=family, given=given, sort_name=papers.sort_names.get(full, "")))


def _base_sentences(record: CountRecord, book: Rulebook, papers: Papers) -> list[str]:
    bases = {result.ballot: _base_of(record, result) for result in record.types}
    known = {base for base in bases.values() if base is not None}
    unit = _base_unit(record.base_kind, papers)
    sentences = []
    if len(known) == 1 and None not in bases.values():
        sentences.append(f"Tỷ lệ tính trên {book.base.label} ({min(known)} {unit}).")
    elif known:
        listed = "; ".join(
            f"{result.title or result.ballot}: {_or_unknown(bases[result.ballot])} {unit}" for result in record.types
        )
        sentences.append(f"Tỷ lệ tính trên {book.base.label}, riêng từng loại phiếu ({listed}).")
    else:
        sentences.append(f"Chưa có {book.base.label} nên không tính tỷ lệ.")
    if known or not sentences:
        how_many = in_words(len(book.choices), papers.zero_tens)
        sentences.append(f"Tổng {how_many} tỷ lệ có thể không bằng 100%.")
    return sentences


def _base_of(record: CountRecord, result: TypeResult) -> int | None:
    return next((line.base for line in record.lines if line.ballot == result.ballot), None)


def _base_unit(kind: BaseKind, papers: Papers) -> str:
    return "phiếu" if kind in ("returned", "valid") else papers.people_unit


def _or_unknown(number: int | None) -> str:
    return UNKNOWN if number is None else str(number)
