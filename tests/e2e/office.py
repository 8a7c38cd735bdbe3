"""Người và danh sách bịa: the workbook an office hands over, and the sheets that lie on the counting table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

SUBJECTS = (
    ("Nguyễn Văn", "An", "05/01/1970", "Bí thư Đảng ủy"),
    ("Trần Thị", "Bích", "31/02/1970", "Phó Bí thư Thường trực Đảng ủy"),
    ("Lê Quang", "Cường", "1971", "Phó Bí thư Đảng ủy, Chủ tịch Ủy ban nhân dân xã"),
    ("Phạm Minh", "Dũng", "12/1974", "Ủy viên Ban Thường vụ, Trưởng Ban Xây dựng Đảng"),
    ("H'Lan", "Êban", "20/10/1979", "Ủy viên Ban Thường vụ, Chủ nhiệm Ủy ban Kiểm tra Đảng ủy"),
    ("Hoàng Đức", "Hải", "1975", "Ủy viên Ban Thường vụ, Chỉ huy trưởng Ban Chỉ huy Quân sự xã"),
    ("Võ Thanh", "Lâm", "1980", "Ủy viên Ban Thường vụ, Trưởng Công an xã"),
)
"""Family and middle name, given name, born, post; the second one's day is none."""
OTHERS = (
    "Đỗ Thị Mai",
    "Ngô Văn Nghĩa",
    "Lý Thị Lan",
    "Bùi Hữu Phúc",
    "Hồ Kim Oanh",
    "Dương Văn Quý",
    "Phan Thị Sen",
    "Vũ Đức Tâm",
    "Đặng Thu Uyên",
)
BOARD = (
    ("Lý Thị Lan", "Trưởng ban"),
    ("Bùi Hữu Phúc", "Thư ký"),
    ("Hồ Kim Oanh", "Ủy viên"),
    ("Dương Văn Quý", "Ủy viên"),
    ("Phan Thị Sen", "Ủy viên"),
    ("Trịnh Ngọc Khánh", "Tổ giúp việc"),
    ("Cao Xuân Việt", "Tổ giúp việc"),
)


COUNCIL = (
    ("Đinh Công", "Bảo", "1968", "Chủ tịch Hội đồng nhân dân tỉnh", "Chủ tịch Hội đồng nhân dân"),
    ("Tạ Thị", "Duyên", "1972", "Phó Chủ tịch Hội đồng nhân dân tỉnh", "Phó Chủ tịch, Trưởng Ban Hội đồng nhân dân"),
    ("Mai Văn", "Giáp", "1975", "Trưởng Ban Pháp chế", "Phó Chủ tịch, Trưởng Ban Hội đồng nhân dân"),
    ("Lương Hữu", "Hiền", "1970", "Chủ tịch Ủy ban nhân dân tỉnh", "Chủ tịch Ủy ban nhân dân"),
    ("Chu Thị", "Lựu", "1976", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "Phó Chủ tịch, Ủy viên Ủy ban nhân dân"),
    ("Giàng A", "Páo", "1979", "Giám đốc Sở Tài chính", "Phó Chủ tịch, Ủy viên Ủy ban nhân dân"),
)
"""The same of a Council, and last the ballot each one stands on."""


def write_roster(target: Path, subjects: Sequence[Sequence[str]] = SUBJECTS) -> Path:
    """Tệp danh sách của cơ quan: three sheets, a title above the header; of `SUBJECTS` one day does not exist."""
    with xlsxwriter.Workbook(str(target)) as book:
        _sheet(
            book,
            "Người được lấy phiếu",
            ("STT", "Họ và tên đệm", "Tên", "Ngày sinh", "Chức vụ in trên phiếu", "Loại phiếu / khối")[
                : len(subjects[0]) + 1
            ],
            [(n, *one) for n, one in enumerate(subjects, 1)],
        )
        everyone = [*(f"{family} {given}" for family, given, *_ in subjects), *OTHERS]
        _sheet(
            book,
            "Người ghi phiếu",
            ("STT", "Họ và tên", "Chức vụ"),
            [(n, name, "Ủy viên Ban Chấp hành") for n, name in enumerate(everyone, 1)],
        )
        _sheet(
            book,
            "Ban kiểm phiếu",
            ("STT", "Họ và tên", "Chức vụ", "Nhiệm vụ"),
            [(n, name, "Ủy viên Ban Chấp hành", duty) for n, (name, duty) in enumerate(BOARD, 1)],
        )
    return target


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, "ĐẢNG ỦY XÃ SUỐI ĐÁ")
    sheet.write_string(2, 0, f"DANH SÁCH {name.upper()}")
    sheet.write_row(4, 0, columns)
    for place, row in enumerate(rows, 5):
        sheet.write_row(place, 0, row)
    sheet.write_string(len(rows) + 6, 1, f"Danh sách có {len(rows)} đồng chí.")
