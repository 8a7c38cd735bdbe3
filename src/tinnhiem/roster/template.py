"""Tệp mẫu danh sách: the official template an office fills in.

Contract: four sheets an office sees (Người được lấy phiếu, Người ghi phiếu, Ban kiểm phiếu, Hướng dẫn) and one hidden sheet that
feeds the drop-downs. What the template offers, `read` takes back without a fault. Starred columns are needed, the rest may stay
empty. Written for Excel 2010 and later and LibreOffice; A4, header repeated on every printed page.
Reasons for not being voted on come from the rulebook through the caller: this module knows no law.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import msgspec
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tinnhiem.roster.grid import column_letter
from tinnhiem.roster.model import SheetKind
from tinnhiem.roster.person_row import DUTIES

FONT: Final = "Times New Roman"
LISTED_ROWS: Final = 500
"""Rows below the header that carry drop-downs."""

LISTS_SHEET: Final = "Danh mục"


class Column(msgspec.Struct, frozen=True):
    """Một cột của tệp mẫu: its heading (a star when needed), width in characters, what to write, and its drop-down."""

    heading: str
    width: float
    hint: str = ""
    choices: str = ""
    as_date: bool = False
    hidden: bool = False


SHEETS: Final[dict[SheetKind, tuple[str, tuple[Column, ...]]]] = {
    "subjects": (
        "Người được lấy phiếu",
        (
            Column("STT*", 6, "Theo thứ tự in trên phiếu: 1, 2, 3…"),
            Column("Họ và tên đệm*", 20, "Ví dụ: Nguyễn Văn. Không ghi Đ/c, học hàm, học vị, cấp bậc."),
            Column("Tên*", 9, "Chữ cuối của họ tên."),
            Column("Ngày sinh (ngày/tháng/năm)", 17, "05/01/1970, hoặc 01/1970, hoặc 1970.", as_date=True),
            Column("Giới tính", 8, "Nam hoặc Nữ.", "sex"),
            Column("Chức vụ in trên phiếu*", 32, "Ghi đúng như sẽ in trên phiếu."),
            Column("Đơn vị", 20),
            Column(
                "Ngày giữ chức vụ (ngày/tháng/năm)", 17, "Ngày được bầu, bổ nhiệm giữ chức vụ hiện tại.", as_date=True
            ),
            Column("Số, ngày quyết định", 17),
            Column("Loại phiếu / khối", 16, "Để trống nếu chỉ có một loại phiếu.", "ballots"),
            Column("Nơi lấy phiếu thứ hai", 16, "Nơi khác mà người này cũng được lấy phiếu, nếu có."),
            Column("Không lấy phiếu (chọn lý do)", 22, "Để trống nếu được lấy phiếu.", "reasons"),
            Column("Tên để xếp thứ tự", 12, "Để trống: lấy chữ cuối. Ghi khi tên không đứng cuối, như Y Ghĭ Niê: Ghĭ."),
            Column("Ghi chú", 18),
        ),
    ),
    "voters": (
        "Người ghi phiếu",
        (
            Column("STT*", 6),
            Column("Họ và tên*", 32, "Không ghi Đ/c, học hàm, học vị, cấp bậc."),
            Column("Chức vụ", 38),
            Column("Đơn vị", 26),
            Column("Tổ/đoàn", 16),
            Column("Số ghế", 9),
            Column("Điểm cầu", 18, "Chỉ ghi khi họp ở nhiều nơi.", hidden=True),
            Column("Ghi chú", 26),
        ),
    ),
    "board": (
        "Ban kiểm phiếu",
        (
            Column("STT", 6),
            Column("Họ và tên*", 32),
            Column("Chức vụ", 38),
            Column("Nhiệm vụ", 18, "Chọn trong danh sách.", "duties"),
            Column(
                "Ghi chú", 40, "Văn bản cho phép tổ giúp việc, hoặc cho phép người được lấy phiếu tham gia kiểm phiếu."
            ),
        ),
    ),
}

_GUIDE: Final = (
    "1. Điền ba trang tính: Người được lấy phiếu, Người ghi phiếu, Ban kiểm phiếu. Cột có dấu * cần điền, cột khác có thể để trống.",
    "2. Mỗi người một dòng. Không gộp ô, không chèn dòng tiêu đề nhóm; khối hoặc loại phiếu ghi ở cột riêng.",
    "3. Người được lấy phiếu xếp theo thứ tự sẽ in trên phiếu. Chức vụ ghi đúng như sẽ in, không viết tắt.",
    "4. Ngày tháng ghi 05/01/1970 (ngày trước, tháng sau); không rõ ngày thì ghi 01/1970 hoặc 1970.",
    "5. Họ tên gõ Unicode, không kèm Đ/c, TS., Đại tá. Giữ đúng chữ và dấu của tên đồng bào dân tộc (H'Lan Êban, Y Ghĭ Niê).",
    "6. Người thuộc diện lấy phiếu nhưng lần này không lấy thì vẫn ghi tên và chọn lý do.",
    "7. Lưu tệp dạng .xlsx, không đặt mật khẩu, rồi tải lên. Phần mềm báo lỗi theo từng ô; sửa xong mới lưu cả danh sách.",
)
_EXAMPLE: Final = (
    *("1", "Nguyễn Văn", "Mẫu", "05/01/1970", "Nam", "Giám đốc Sở Thí dụ", "Sở Thí dụ", "01/07/2021"),
    *("12-QĐ/TU ngày 25/6/2021", "", "", "", "", ""),
)


def write_template(target: Path | IO[bytes], *, reasons: Sequence[str] = (), ballots: Sequence[str] = ()) -> None:
    """Ghi tệp mẫu: the template .xlsx to a path or a binary stream.

    `reasons` are the reasons for not being voted on, as the rulebook words them; `ballots` the names of the ballot types.
    """
    with xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Mẫu danh sách lấy phiếu tín nhiệm"})
        lists = {"sex": ("Nam", "Nữ"), "duties": DUTIES, "reasons": tuple(reasons), "ballots": tuple(ballots)}
        style = _Style(workbook)
        for sheet, columns in SHEETS.values():
            _write_list(workbook.add_worksheet(sheet), columns, lists, style)
        _write_guide(workbook.add_worksheet("Hướng dẫn"), style)
        _write_choices(workbook.add_worksheet(LISTS_SHEET), lists)


class _Style:
    """The cell formats of the template."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        plain = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
        boxed = plain | {"border": 1, "text_wrap": True}
        self.header: Format = workbook.add_format(boxed | {"bold": True, "align": "center", "bg_color": "#E7E6E6"})
        self.cell: Format = workbook.add_format(plain | {"text_wrap": True})
        self.date: Format = workbook.add_format(plain | {"num_format": "dd/mm/yyyy", "align": "center"})
        self.example: Format = workbook.add_format(boxed)
        self.title: Format = workbook.add_format(plain | {"bold": True, "font_size": 14})
        self.text: Format = workbook.add_format(plain | {"text_wrap": True, "valign": "top"})


def _write_list(sheet: Worksheet, columns: Sequence[Column], lists: dict[str, tuple[str, ...]], style: _Style) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, style.date if column.as_date else style.cell, {"hidden": column.hidden})
        sheet.write_string(0, at, column.heading, style.header)
        if column.hint:
            sheet.write_comment(0, at, column.hint, {"author": "", "x_scale": 1.6, "font_name": FONT, "font_size": 10})
        if lists.get(column.choices):
            letter = column_letter(1 + list(lists).index(column.choices))
            source = f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(lists[column.choices])}"
            # "warning": a reason that is not listed may still be written, the office answers for it.
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sentence = {"error_title": "Ngoài danh sách", "error_message": "Nên chọn một mục trong danh sách."}
            sheet.data_validation(1, at, LISTED_ROWS, at, rule | sentence)
    sheet.set_row(0, 52)
    sheet.freeze_panes(1, 3 if columns[1].heading.startswith("Họ và tên đệm") else 2)
    _page(sheet, landscape=len(columns) > 6)
    sheet.repeat_rows(0)


def _write_guide(sheet: Worksheet, style: _Style) -> None:
    subjects = SHEETS["subjects"][1]
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 56)
    sheet.merge_range(0, 0, 0, 1, "Cách điền danh sách", style.title)
    for row, line in enumerate(_GUIDE, 2):
        sheet.merge_range(row, 0, row, 1, line, style.text)
        sheet.set_row(row, 36)
    sheet.set_row(1, 6)
    first = len(_GUIDE) + 3
    sheet.merge_range(first, 0, first, 1, "Ví dụ một dòng đã điền (trang “Người được lấy phiếu”)", style.title)
    for row, (column, value) in enumerate(zip(subjects, _EXAMPLE, strict=True), first + 1):
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, column.heading, style.header)
        sheet.write_string(row, 1, value, style.example)
    _page(sheet, landscape=False)


def _write_choices(sheet: Worksheet, lists: dict[str, tuple[str, ...]]) -> None:
    for column, values in enumerate(lists.values()):
        sheet.write_column(0, column, values)
    sheet.hide()


def _page(sheet: Worksheet, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&R&P/&N")
