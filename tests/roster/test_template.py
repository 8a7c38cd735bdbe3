"""The official template: what it offers, and that what is filled in comes back."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tinnhiem.roster import errors, read_bytes
from tinnhiem.roster.read import grids_of_bytes, grids_of_file
from tinnhiem.roster.template import write_template

REASONS = ["Nghỉ chờ nghỉ hưu", "Mới được bầu trong năm"]


@pytest.fixture
def blank() -> bytes:
    buffer = io.BytesIO()
    write_template(buffer, reasons=REASONS, ballots=["Khối Đảng", "Khối chính quyền"])
    return buffer.getvalue()


def book_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_template_has_the_four_sheets_in_order(blank: bytes):
    book = book_of(blank)
    assert [page.title for page in book if page.sheet_state == "visible"] == [
        "Người được lấy phiếu",
        "Người ghi phiếu",
        "Ban kiểm phiếu",
        "Hướng dẫn",
    ]


def test_the_sheet_of_subjects_has_its_columns(blank: bytes):
    assert [cell.value for cell in book_of(blank)["Người được lấy phiếu"][1]] == [
        "STT*",
        "Họ và tên đệm*",
        "Tên*",
        "Ngày sinh (ngày/tháng/năm)",
        "Giới tính",
        "Chức vụ in trên phiếu*",
        "Đơn vị",
        "Ngày giữ chức vụ (ngày/tháng/năm)",
        "Số, ngày quyết định",
        "Loại phiếu / khối",
        "Nơi lấy phiếu thứ hai",
        "Không lấy phiếu (chọn lý do)",
        "Tên để xếp thứ tự",
        "Ghi chú",
    ]


def test_the_header_stays_in_sight_and_repeats_on_every_printed_page(blank: bytes):
    pages = [page for page in book_of(blank) if page.sheet_state == "visible"][:3]
    assert [(page.freeze_panes, page.print_title_rows) for page in pages] == [
        ("D2", "$1:$1"),
        ("C2", "$1:$1"),
        ("C2", "$1:$1"),
    ]


def test_drop_downs_offer_the_lists(blank: bytes):
    book = book_of(blank)
    lists = book["Danh mục"]
    offered = {}
    for page in book:
        for rule in page.data_validations.dataValidation:
            area = re.sub(r".*!", "", rule.formula1).replace("$", "")
            heading = page.cell(1, next(iter(rule.sqref.ranges)).min_col).value
            offered[heading] = [cell.value for (cell,) in lists[area]] if ":" in area else []
    assert offered == {
        "Giới tính": ["Nam", "Nữ"],
        "Loại phiếu / khối": ["Khối Đảng", "Khối chính quyền"],
        "Không lấy phiếu (chọn lý do)": REASONS,
        "Nhiệm vụ": ["Trưởng ban", "Phó trưởng ban", "Thư ký", "Ủy viên", "Tổ giúp việc"],
    }


def test_the_site_column_is_hidden_until_used(blank: bytes):
    columns = book_of(blank)["Người ghi phiếu"].column_dimensions
    assert [letter for letter, column in columns.items() if column.hidden] == ["G"]


def test_a_blank_template_is_told_as_an_empty_list(blank: bytes):
    assert read_bytes(blank).faults == (errors.NobodyListed("Người được lấy phiếu"),)


def test_no_text_of_the_template_is_a_formula(blank: bytes):
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [name for name in sheets if b"<f>" in archive.read(name)] == []


def test_what_is_filled_in_comes_back(blank: bytes):
    book = book_of(blank)
    book["Người được lấy phiếu"].append(
        [
            1,
            "Y Ghĭ",
            "Niê",
            datetime.date(1970, 4, 3),
            "Nam",
            "Bí thư Đảng ủy",
            "Đảng ủy",
            "3/4/2021",
            "12-QĐ/TU",
            "Khối Đảng",
            "HĐND",
            REASONS[0],
            "Ghĭ",
            "x",
        ]
    )
    filled = io.BytesIO()
    book.save(filled)
    (roster,) = read_bytes(filled.getvalue()).rosters
    (person,) = roster.people
    assert (roster.kind, roster.faults, person.birth.iso, person.since.iso) == (
        "subjects",
        (),
        "1970-04-03",
        "2021-04-03",
    )
    assert (person.full_name, person.sort_name, person.sex, person.post, person.unit) == (
        "Y Ghĭ Niê",
        "Ghĭ",
        "Nam",
        "Bí thư Đảng ủy",
        "Đảng ủy",
    )
    assert (person.decision, person.ballot, person.second_place, person.excluded_reason, person.note) == (
        "12-QĐ/TU",
        "Khối Đảng",
        "HĐND",
        REASONS[0],
        "x",
    )


def test_the_template_is_written_to_a_path_too(tmp_path: Path):
    write_template(tmp_path / "mẫu.xlsx")
    assert zipfile.is_zipfile(tmp_path / "mẫu.xlsx")


def test_another_office_program_opens_it_and_gives_the_same_headers(blank: bytes, tmp_path: Path):
    (tmp_path / "mau.xlsx").write_bytes(blank)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "mau.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours, theirs = grids_of_bytes(blank), grids_of_file(tmp_path / "mau.ods")
    assert [(grid.name, grid.rows[0]) for grid in theirs] == [(grid.name, grid.rows[0]) for grid in ours]
