"""Danh sách Excel của đợt mẫu: a workbook as an office hands it over, with three lists and a head of two rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from tinnhiem.demo.invented import Cast, Somebody

DUTIES = ("Trưởng ban", "Thư ký", "Ủy viên", "Ủy viên", "Ủy viên")


def write_roster(target: Path, cast: Cast) -> None:
    """Ghi tệp Excel: sheets Người được lấy phiếu, Người ghi phiếu, Ban kiểm phiếu."""
    book = xlsxwriter.Workbook(str(target))
    head = book.add_format(
        {"bold": True, "font_name": "Times New Roman", "align": "center", "text_wrap": True, "border": 1}
    )
    text = book.add_format({"font_name": "Times New Roman", "text_wrap": True, "border": 1, "valign": "top"})
    title = book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 13})

    def sheet(name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]) -> None:
        page = book.add_worksheet(name)
        page.write(0, 0, cast.body.upper(), title)
        page.write(2, 0, f"DANH SÁCH {name.upper()}", title)
        for place, (heading, width) in enumerate(columns):
            page.write(4, place, heading, head)
            page.set_column(place, place, width)
        for line, row in enumerate(rows, start=5):
            for place, value in enumerate(row):
                page.write(line, place, value, text)
        page.write(len(rows) + 6, 1, f"Danh sách có {len(rows)} đồng chí.", title)
        page.freeze_panes(5, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    sheet(
        "Người được lấy phiếu",
        (
            ("STT", 6),
            ("Họ và tên đệm", 24),
            ("Tên", 10),
            ("Ngày sinh", 12),
            ("Giới tính", 10),
            ("Chức vụ in trên phiếu", 60),
            ("Tên để xếp thứ tự", 16),
        ),
        [
            (n, one.family, one.given, str(one.born), one.sex, one.post, one.sort_name)
            for n, one in enumerate(cast.subjects, 1)
        ],
    )
    sheet(
        "Người ghi phiếu",
        (("STT", 6), ("Họ và tên", 30), ("Chức vụ", 60)),
        [(n, one.full, one.post) for n, one in enumerate(cast.voters, 1)],
    )
    sheet(
        "Ban kiểm phiếu",
        (("STT", 6), ("Họ và tên", 30), ("Chức vụ", 40), ("Nhiệm vụ", 20), ("Ghi chú", 40)),
        [*_board(cast.board), *_helpers(cast.helpers, len(cast.board))],
    )
    book.close()


def _board(board: Sequence[Somebody]) -> list[tuple[str | int, ...]]:
    return [(n, one.full, one.post, duty, "") for n, (one, duty) in enumerate(zip(board, DUTIES, strict=True), 1)]


def _helpers(helpers: Sequence[Somebody], after: int) -> list[tuple[str | int, ...]]:
    allowed = "Hội nghị Ban Chấp hành"
    return [(n, one.full, one.post, "Tổ giúp việc", allowed) for n, one in enumerate(helpers, after + 1)]
