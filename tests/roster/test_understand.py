"""Rows, columns and cells taken for what they are."""

from __future__ import annotations

import pytest

from tinnhiem.roster import Cell, Grid, as_json, read_pasted, understand, understand_all
from tinnhiem.roster.grid import Merge


def grid(*rows: list[str], name: str = "DS", merges: tuple[Merge, ...] = ()) -> Grid:
    width = max(map(len, rows))
    cells = tuple(tuple(Cell(text) for text in [*row, *[""] * (width - len(row))]) for row in rows)
    return Grid(name=name, rows=cells, merges=merges)


def people(*rows: list[str], header: list[str] | None = None) -> list[str]:
    return [person.full_name for person in understand(grid(header or ["STT", "Họ và tên", "Chức vụ"], *rows)).people]


@pytest.mark.parametrize(
    "row",
    [
        ["I", "Thường trực Tỉnh ủy", ""],
        ["I. THƯỜNG TRỰC TỈNH ỦY", "", ""],
        ["", "Khối Đảng", ""],
        ["A.", "Khối Đảng", ""],
        ["", "Sở Thí dụ", ""],
        ["", "", "Khối chính quyền"],
        ["", "", ""],
        ["3", "", ""],
        ["", "Cộng:", "1"],
    ],
)
def test_a_row_without_a_person_is_passed_over(row: list[str]):
    assert people(["1", "Lý Hoà", "Ủy viên"], row, ["2", "Cao Lan", "Ủy viên"]) == ["Lý Hoà", "Cao Lan"]


@pytest.mark.parametrize(
    "name", ["Tống Văn Cộng", "Đoàn Thị Tổ", "Tô Ban", "Ông Ích Khối", "Sơ Rơ Đăm", "A Phong", "Y Ban", "Hồ Đại Biểu"]
)
def test_a_numbered_person_is_never_a_title(name: str):
    assert people(["1", name, "Ủy viên"]) == [name]


@pytest.mark.parametrize("name", ["Tống Văn Cộng", "Đoàn Thị Lan", "Tô Văn Ban", "H Lan Êban", "Y Ban"])
def test_without_a_column_of_numbers_people_are_still_people(name: str):
    assert people([name, "Ủy viên"], header=["Họ và tên", "Chức vụ"]) == [name]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Danh sách có 02 đồng chí", ""],
        ["", "", "Thí Dụ, ngày 05 tháng 7 năm 2023"],
        ["Nơi nhận:", "", ""],
        ["", "NGƯỜI LẬP BIỂU", ""],
    ],
)
def test_nothing_below_the_end_of_the_list_is_a_person(row: list[str]):
    rows = [
        ["1", "Lý Hoà", "Ủy viên"],
        ["2", "Cao Lan", "Ủy viên"],
        row,
        ["", "", "TRƯỞNG BAN"],
        ["", "Hoàng Văn Ký", ""],
    ]
    assert people(*rows) == ["Lý Hoà", "Cao Lan"]


def test_a_post_alone_is_a_person_whose_name_is_missing():
    roster = understand(grid(["STT", "Họ và tên", "Chức vụ"], ["1", "Lý Hoà", "Ủy viên"], ["", "", "Phó Bí thư"]))
    assert [(fault.code, fault.cell) for fault in roster.faults] == [("roster_name_missing", "B3")]


def test_a_name_merged_over_two_rows_has_two_posts():
    rows = [
        ["STT", "Họ và tên", "Chức vụ"],
        ["1", "Lý Hoà", "Tỉnh ủy viên"],
        ["", "", "Giám đốc Sở"],
        ["2", "Cao Lan", "Ủy viên"],
    ]
    roster = understand(grid(*rows, merges=(Merge(2, 1, 3, 1), Merge(2, 2, 3, 2))))
    assert [(p.full_name, p.post) for p in roster.people] == [
        ("Lý Hoà", "Tỉnh ủy viên, Giám đốc Sở"),
        ("Cao Lan", "Ủy viên"),
    ]


def test_a_title_that_speaks_of_names_is_not_the_header():
    roster = understand(grid(["DANH SÁCH HỌ VÀ TÊN, CHỨC VỤ CÁN BỘ"], ["Họ và tên", "Chức vụ"], ["Lý Hoà", "Ủy viên"]))
    assert (roster.header_rows, roster.columns) == ((2, 2), {"A": "full_name", "B": "post"})


def test_remarks_in_brackets_under_the_header_belong_to_it():
    sheet = grid(
        ["Họ và tên", "Ngày sinh", "Chức vụ"],
        ["(chữ in hoa)", "(ngày/tháng/năm)", ""],
        ["Lý Hoà", "3/4/1970", "Ủy viên"],
    )
    roster = understand(sheet)
    assert (roster.header_rows, [person.birth.iso for person in roster.people]) == ((1, 2), ["1970-04-03"])


def test_a_count_inside_the_list_does_not_end_it():
    rows = [["1", "Lý Hoà", "Ủy viên"], ["", "Tổng số: 1 đồng chí", ""], ["2", "Cao Lan", "Ủy viên"]]
    assert people(*rows) == ["Lý Hoà", "Cao Lan"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Họ, tên", "full_name"), ("HỌ VÀ TÊN (chữ in hoa)", "full_name"), ("Ngày, tháng, năm sinh", "birth"), ("Năm sinh", "birth"),
        ("Chức danh, đơn vị công tác", "post"), ("Cơ quan, đơn vị", "unit"), ("Tổ đại biểu", "group"), ("Tổ/đoàn", "group"),
        ("Số ghế", "seat"), ("Điểm cầu", "site"), ("Điện thoại liên hệ", "phone"), ("Ngày bổ nhiệm chức vụ hiện tại", "since"),
        ("Số, ngày quyết định", "decision"), ("Không lấy phiếu (chọn lý do)", "excluded_reason"), ("Nhiệm vụ", "duty"),
        ("Dân tộc", None), ("Quê quán", None), ("Ngày vào Đảng", None), ("Trình độ chuyên môn", None), ("Nơi sinh", None),
        ("Chøc vô", "post"), ("Chöùc vuï", "post"),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_words(header: str, field: str | None):
    names = "Họ và tên" if field != "full_name" else "Dân tộc"
    found = understand(grid([names, header, "Ghi chú"], ["Lý Hoà", "Lý Hoà", ""])).columns
    assert found.get("B") == field


def test_a_unit_merged_over_several_rows_belongs_to_each():
    sheet = grid(
        ["STT", "Họ và tên", "Đơn vị"], ["1", "Lý Hoà", "Sở Thí dụ"], ["2", "Cao Lan", ""], merges=(Merge(2, 3, 3, 3),)
    )
    assert [person.unit for person in understand(sheet).people] == ["Sở Thí dụ", "Sở Thí dụ"]


@pytest.mark.parametrize(
    ("sheet", "title", "header", "kind"),
    [
        ("Người ghi phiếu", "", ["Họ và tên", "Chức vụ"], "voters"),
        ("Sheet1", "DANH SÁCH NGƯỜI ĐƯỢC LẤY PHIẾU TÍN NHIỆM", ["Họ và tên", "Đơn vị"], "subjects"),
        ("Sheet1", "DANH SÁCH BAN KIỂM PHIẾU", ["Họ và tên", "Chức vụ"], "board"),
        ("Sheet1", "", ["Họ và tên", "Nhiệm vụ"], "board"),
        ("Sheet1", "", ["Họ và tên", "Chức vụ", "Số ghế"], "voters"),
        ("Sheet1", "", ["Họ và tên", "Chức vụ", "Ngày sinh"], "subjects"),
        ("Sheet1", "", ["Họ và tên", "Đơn vị"], "voters"),
    ],
)
def test_the_kind_of_list_is_told_by_sheet_title_or_columns(sheet: str, title: str, header: list[str], kind: str):
    assert understand(grid([title], header, ["Lý Hoà", "Ủy viên"], name=sheet)).kind == kind


def test_names_written_with_ong_and_ba_throughout_lose_them():
    assert people(["1", "Ông Lý Hoà", "Ủy viên"], ["2", "Bà Cao Lan", "Ủy viên"]) == ["Lý Hoà", "Cao Lan"]


def test_a_cell_with_hidden_signs_is_refused_with_its_address():
    (fault,) = understand(grid(["Họ và tên", "Chức vụ"], ["Lý\u202eHoà", "Ủy viên"])).faults
    assert (fault.code, fault.cell, fault.where) == ("roster_text_refused", "A2", "Dòng 2, cột A (Họ và tên)")


def test_a_sentence_of_a_fault_names_row_column_and_heading():
    (fault,) = understand(
        grid(["STT", "Họ và tên", "Chức vụ", "Ngày sinh"], ["1", "Lý Hoà", "Ủy viên", "31/02/1970"])
    ).faults
    assert fault.sentence() == (
        "Dòng 2, cột D (Ngày sinh): “31/02/1970” không phải là ngày tháng. Ghi ngày/tháng/năm, tháng/năm hoặc năm."
    )


def test_faults_come_in_the_order_of_the_sheet():
    rows = [["1", "Lý Hoà", "", "32/1/1970"], ["2", "", "Ủy viên", "1970"], ["3", "Lý Hoà", "", "x/y"]]
    faults = understand(grid(["STT", "Họ và tên", "Chức vụ", "Ngày sinh"], *rows), None).faults
    assert [(fault.code, fault.cell) for fault in faults] == [
        ("roster_post_missing", "C2"),
        ("roster_not_a_date", "D2"),
        ("roster_name_missing", "B3"),
        ("roster_same_name", "B4"),
        ("roster_post_missing", "C4"),
        ("roster_not_a_date", "D4"),
    ]


def test_several_lists_put_the_sheet_into_the_place_of_a_fault():
    first = grid(["Họ và tên", "Chức vụ"], ["Lý Hoà", "Ủy viên"], name="Người được lấy phiếu")
    second = grid(["Họ và tên", "Nhiệm vụ"], ["Cao Lan", "Gác cửa"], name="Ban kiểm phiếu")
    (fault,) = understand_all((first, second)).faults
    assert fault.where == "Trang “Ban kiểm phiếu”, dòng 2, cột B (Nhiệm vụ)"


def test_a_sheet_without_names_is_left_out_with_a_note():
    first = grid(["Họ và tên", "Chức vụ"], ["Lý Hoà", "Ủy viên"])
    book = understand_all((first, grid(["Mã", "Giá"], ["1", "2"], name="Giá")))
    assert ([note.code for note in book.notes], len(book.rosters)) == (["sheet_left_out"], 1)


def test_the_command_line_gets_people_and_faults():
    found = as_json(read_pasted("Họ và tên\tChức vụ\tNgày sinh\nLý Hoà\tỦy viên\t1970\nCao Lan\t\t\n"))
    assert [(p["kind"], p["line"], p["full_name"], p["birth"]) for p in found["people"]] == [
        ("subjects", 1, "Lý Hoà", {"typed": "1970", "year": 1970, "month": None, "day": None}),
        ("subjects", 2, "Cao Lan", None),
    ]
    assert found["faults"] == [
        {
            "code": "roster_post_missing",
            "where": "Dòng 3, cột B (Chức vụ)",
            "message": "Thiếu chức vụ in trên phiếu của “Cao Lan”. Nhập chức vụ.",
            "message_en": "The post to be printed for “Cao Lan” is missing. Enter it.",
        }
    ]
