"""Xem trước danh sách: a preview of `roster` as the page shows it, and the boxes of the page as edits of that preview.

Contract: what was typed into a box is an edit only where it differs from what the box showed; a line break inside a cell is shown as ↵, because a
one-line box cannot hold it. Cells are shown in Unicode, with what stood in the file beside them where an old encoding was converted. Nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.utils.translation import gettext_lazy as _

from tinnhiem.roster.encodings import in_unicode
from tinnhiem.roster.errors import CellFault, DayOrMonthUnclear, Question
from tinnhiem.roster.grid import Cell, Grid, address, column_letter, column_number
from tinnhiem.roster.headers import Header, header_at
from tinnhiem.roster.model import Choices, Field, Roster
from tinnhiem.roster.preview import Preview
from tinnhiem.roster.row_kinds import sort_rows

BREAK = " ↵ "
FIELD_LABELS: dict[Field, object] = {
    "number": _("Số thứ tự"),
    "full_name": _("Họ và tên"),
    "family_name": _("Họ và tên đệm"),
    "given_name": _("Tên"),
    "sort_name": _("Tên để xếp thứ tự"),
    "birth": _("Ngày sinh"),
    "birth_male": _("Ngày sinh (cột Nam)"),
    "birth_female": _("Ngày sinh (cột Nữ)"),
    "sex": _("Giới tính"),
    "male": _("Đánh dấu Nam"),
    "female": _("Đánh dấu Nữ"),
    "post": _("Chức vụ"),
    "unit": _("Đơn vị"),
    "since": _("Ngày giữ chức vụ"),
    "decision": _("Số, ngày quyết định"),
    "ballot": _("Loại phiếu, khối"),
    "second_place": _("Nơi lấy phiếu thứ hai"),
    "excluded_reason": _("Không lấy phiếu (lý do)"),
    "duty": _("Nhiệm vụ trong Ban kiểm phiếu"),
    "group": _("Tổ, đoàn"),
    "seat": _("Số ghế"),
    "site": _("Điểm cầu"),
    "phone": _("Điện thoại"),
    "note": _("Ghi chú"),
}
DATE_FIELDS = ("birth", "birth_male", "birth_female", "since")


class BoxCell(msgspec.Struct, frozen=True, kw_only=True):
    """Một ô của bảng xem trước, for parts/preview_table.html."""

    name: str
    value: str
    label: str
    fault: str = ""
    was: str = ""


class BoxRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng: its boxes, or why it is no person."""

    number: int
    cells: tuple[BoxCell, ...] = ()
    skipped: str = ""


class ColumnChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Một cột của tệp: its letter and words, and the field it was taken for ("" for none)."""

    letter: str
    words: str
    field: str
    dated: bool


class PreviewTable(msgspec.Struct, frozen=True, kw_only=True):
    """Bảng xem trước: columns that were taken, rows, the choice for every column, faults without a box, questions left to answer."""

    columns: tuple[str, ...]
    rows: tuple[BoxRow, ...]
    choices: tuple[ColumnChoice, ...]
    loose: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


def grid_of(preview: Preview, sheet: str) -> Grid:
    """Trang tính với các ô đã sửa."""
    return next(grid for grid in preview.sheets if grid.name == sheet)


def _shown(grid: Grid, roster: Roster) -> tuple[Grid, Header]:
    first, last = roster.header_rows
    converted, _notes = in_unicode(grid, header_at(grid, first, last))
    return converted, header_at(converted, first, last)


def preview_table(preview: Preview, roster: Roster, language: str) -> PreviewTable:
    """Vẽ bảng xem trước của một trang tính."""
    grid = grid_of(preview, roster.sheet)
    converted, header = _shown(grid, roster)
    taken = msgspec.structs.replace(
        header, fields={column_number(letter): field for letter, field in roster.columns.items()}
    )
    columns = sorted(column for column, field in taken.fields.items() if field != "number")
    faults: dict[str, list[str]] = {}
    loose, questions = [], []
    rows_shown = {entry.row for entry in sort_rows(converted, taken) if entry.kind == "person"}
    for fault in roster.faults:
        cell = fault.cell if isinstance(fault, CellFault) else ""
        text = fault.message_en if language == "en" else fault.message
        if isinstance(fault, Question) and not isinstance(fault, DayOrMonthUnclear):
            questions.append((fault.answer, fault.sentence(language)))
        elif cell and _row(cell) in rows_shown and column_number(cell.rstrip("0123456789")) in columns:
            faults.setdefault(cell, []).append(text)
        else:
            loose.append(fault.sentence(language))
    rows = []
    for entry in sort_rows(converted, taken):
        if entry.kind == "person":
            cells = tuple(_box(converted, grid, entry.row, column, taken.fields[column], faults) for column in columns)
            rows.append(BoxRow(number=entry.row, cells=cells))
        elif entry.kind != "empty":
            rows.append(BoxRow(number=entry.row, skipped=entry.text))
    return PreviewTable(
        columns=tuple(f"{column_letter(column)} – {FIELD_LABELS[taken.fields[column]]}" for column in columns),
        rows=tuple(rows),
        choices=tuple(_choice(taken, column) for column in range(1, grid.width + 1) if _has_words(taken, column)),
        loose=tuple(loose),
        questions=tuple(questions),
    )


def _has_words(header: Header, column: int) -> bool:
    return column in header.words or column in header.fields


def _choice(header: Header, column: int) -> ColumnChoice:
    field = header.fields.get(column, "")
    return ColumnChoice(
        letter=column_letter(column), words=header.words.get(column, ""), field=field, dated=field in DATE_FIELDS
    )


def _box(converted: Grid, grid: Grid, row: int, column: int, field: Field, faults: Mapping[str, list[str]]) -> BoxCell:
    place = address(row, column)
    cell, was = converted.cell(row, column), grid.cell(row, column)
    return BoxCell(
        name=f"cell-{place}",
        value=_text(cell),
        label=f"{place} – {FIELD_LABELS[field]}",
        fault=" ".join(faults.get(place, ())),
        was=_text(was) if was != cell and was.kind == "text" else "",
    )


def _text(cell: Cell) -> str:
    return cell.shown.replace("\r", "").replace("\n", BREAK)


def with_boxes(preview: Preview, roster: Roster, sent: Mapping[str, str]) -> Preview:
    """Các ô vừa gõ thành sửa đổi; the choices of columns, dates and rows as they were chosen."""
    grid = grid_of(preview, roster.sheet)
    converted, _header = _shown(grid, roster)
    changed = preview
    for row in range(1, len(grid.rows) + 1):
        for column in range(1, grid.width + 1):
            typed = sent.get(f"cell-{address(row, column)}")
            if typed is not None and typed != _text(converted.cell(row, column)):
                changed = changed.edit(roster.sheet, address(row, column), typed.replace("↵", "\n").strip())
    return changed.choose(roster.sheet, _choices(preview, roster, grid, sent))


def _choices(preview: Preview, roster: Roster, grid: Grid, sent: Mapping[str, str]) -> Choices:
    before = preview.choices.get(roster.sheet, preview.choices.get("", Choices()))
    columns, orders = dict(before.columns), dict(before.date_order)
    for column in range(1, grid.width + 1):
        letter = column_letter(column)
        field = next((known for known in FIELD_LABELS if known == sent.get(f"column-{letter}")), "")
        if f"column-{letter}" in sent and field != roster.columns.get(letter, ""):
            columns[letter] = field  # type: ignore[assignment]
        match sent.get(f"order-{letter}"):
            case "day-first" | "month-first" as order:
                orders[letter] = order
    return msgspec.structs.replace(
        before,
        columns=columns,
        date_order=orders,
        header_rows=_header_rows(before, roster, sent),
        take_hidden_rows="leave_hidden" not in sent,
        proper_case="proper_case" in sent,
        answered=tuple(dict.fromkeys((*before.answered, *_answers(sent)))),
    )


def _answers(sent: Mapping[str, str]) -> list[str]:
    return [name.removeprefix("answer-") for name in sent if name.startswith("answer-")]


def _header_rows(before: Choices, roster: Roster, sent: Mapping[str, str]) -> tuple[int, int] | None:
    first, last = sent.get("header_first", ""), sent.get("header_last", "")
    if not (first.isdigit() and last.isdigit()) or (int(first), int(last)) == roster.header_rows:
        return before.header_rows
    return (int(first), int(last)) if 1 <= int(first) <= int(last) <= 60 else before.header_rows


def _row(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
