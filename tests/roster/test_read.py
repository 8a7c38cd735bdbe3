"""Files that are refused, each with one sentence, and what is read from those that are not."""

from __future__ import annotations

import contextlib
import datetime
import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.roster import FileRefused, errors, read_bytes, read_file
from tinnhiem.roster.file_checks import MAX_BYTES
from tinnhiem.roster.grid import Cell, Merge
from tinnhiem.roster.read import grids_of_bytes, grids_of_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[object]], sheet: str = "DS") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return buffer.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The same package with parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, text in changes.items():
            new.writestr(name, text)
    return buffer.getvalue()


def package(*parts: str, mimetype: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for part in parts:
            archive.writestr(part, "<x/>")
    return buffer.getvalue()


PLAIN = workbook([["STT", "Họ và tên", "Chức vụ"], [1, "Nguyễn Văn Mẫn", "Chủ tịch"]])
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def refusal(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_bytes(content, "ds.xlsx")
    return caught.value


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", errors.UnreadableFile("ds.xlsx")),
        (b"PK\x03\x04 cut off", errors.UnreadableFile("ds.xlsx")),
        (PLAIN[: len(PLAIN) // 2], errors.UnreadableFile("ds.xlsx")),
        (OLE + b"\x00" * 600, errors.UnreadableFile("ds.xlsx")),
        ("STT,Họ và tên\n1,A".encode(), errors.CsvRefused("ds.xlsx")),
        (b"%PDF-1.7", errors.NotASpreadsheet("ds.xlsx", found="PDF")),
        (b"<html><body>", errors.NotASpreadsheet("ds.xlsx", found="HTML")),
        (package("word/document.xml"), errors.NotASpreadsheet("ds.xlsx", found="Word")),
        (package("a.txt"), errors.NotASpreadsheet("ds.xlsx", found="ZIP")),
        (package("xl/workbook.bin"), errors.NotASpreadsheet("ds.xlsx", found=".xlsb")),
        (OLE + "WordDocument".encode("utf-16-le"), errors.NotASpreadsheet("ds.xlsx", found="Word")),
        (OLE + "EncryptedPackage".encode("utf-16-le"), errors.PasswordProtected("ds.xlsx")),
        (OLE + "Workbook_VBA_PROJECT".encode("utf-16-le"), errors.MacroFile("ds.xlsx")),
        (repacked(PLAIN, {"xl/vbaProject.bin": b"x"}), errors.MacroFile("ds.xlsx")),
        (package("content.xml", "Basic/script.xml", mimetype=ODS), errors.MacroFile("ds.xlsx")),
        (repacked(PLAIN, {"xl/media/image1.bmp": b"\x00" * 20_000_000}), errors.SwollenArchive("ds.xlsx")),
        (b"x" * (MAX_BYTES + 1), errors.FileTooLarge("ds.xlsx", size=11, limit=10)),
        (repacked(PLAIN, {"xl/workbook.xml": b"<nonsense"}), errors.UnreadableFile("ds.xlsx")),
        (workbook([["Tên hàng", "Giá"], ["Bút", 3]]), errors.HeaderNotFound("DS", rows=20)),
        (workbook([]), errors.HeaderNotFound(rows=20)),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_one_sentence(content: bytes, expected: FileRefused):
    assert refusal(content) == expected


def test_a_document_type_declaration_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="%s"/>' % SHEET.encode()
    assert refusal(repacked(PLAIN, {"xl/worksheets/sheet1.xml": bomb})) == errors.UnreadableFile("ds.xlsx")


@pytest.mark.parametrize("namespace", [SHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_one_cell_in_the_far_corner_does_not_fill_the_memory(namespace: str):
    far = f'<worksheet xmlns="{namespace}"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert refusal(repacked(PLAIN, {"xl/worksheets/sheet1.xml": far.encode()})) == errors.TooManyCells(
        "ds.xlsx", sheet="DS", limit=1_000_000
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(errors.FileNotThere) as caught:
        read_file(tmp_path / "không có.xlsx")
    assert caught.value == errors.FileNotThere("không có.xlsx", name="không có.xlsx")


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=len(PLAIN) - 1))
def test_a_damaged_file_is_read_or_refused_never_a_crash(junk: bytes, at: int):
    damaged = PLAIN[:at] + junk + PLAIN[at + len(junk) :]
    with contextlib.suppress(FileRefused):
        read_bytes(damaged, "ds.xlsx")


def test_cells_keep_their_place_and_kind():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("DS")
        page.write_string(2, 1, "Họ tên\nchức vụ")
        page.write_number(3, 1, 912000111)
        page.write_datetime(4, 1, datetime.datetime(1970, 1, 5), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        page.write_formula(5, 1, "=#REF!", None, "#REF!")
        page.merge_range("C1:E2", "Gộp")
        page.set_row(3, None, None, {"hidden": True})
    (grid,) = grids_of_bytes(buffer.getvalue())
    assert [grid.cell(row, 2) for row in range(1, 7)] == [
        Cell(),
        Cell(),
        Cell("Họ tên\nchức vụ"),
        Cell("912000111", "number"),
        Cell("1970-01-05", "date"),
        Cell("#REF!", "error"),
    ]
    assert (grid.hidden_rows, grid.merges, grid.cell(5, 2).shown) == ((4,), (Merge(1, 3, 2, 5),), "05/01/1970")


def test_hidden_sheets_are_not_read():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("DS").write_row(0, 0, ["Họ và tên", "Chức vụ"])
        hidden = book.add_worksheet("Cũ")
        hidden.hide()
    assert [grid.name for grid in grids_of_bytes(buffer.getvalue())] == ["DS"]


def old_excel() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("DS")
    for at, row in enumerate([["STT", "Họ và tên", "Chức vụ"], [1, "Nguyễn Văn Mẫn", "Chủ tịch"]]):
        for column, value in enumerate(row):
            page.write(at, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


OLD = old_excel()
SHEET_RECORD = OLD.index(b"\x85\x00\x0a\x00") + 4
SIZE_RECORD = OLD.index(b"\x00\x02\x0e\x00") + 4


@pytest.mark.parametrize(
    ("at", "false"),
    [
        (44, b"\xff\xff\xff\x00"),  # sectors of the file's own table
        (SHEET_RECORD, b"\xff\xff\xff\xfb"),  # where the sheet begins
        (SIZE_RECORD, b"\xff\xff\xff\x7f"),  # its first row
        (SIZE_RECORD + 4, b"\xff\xff\xff\x7f"),  # its last row
    ],
)
def test_sizes_that_cannot_be_true_are_refused_before_memory_is_asked_for(at: int, false: bytes):
    assert refusal(OLD[:at] + false + OLD[at + len(false) :]) == errors.UnreadableFile("ds.xlsx")


def test_a_list_of_too_many_rows_is_refused():
    content = workbook([["Họ và tên"], *[["Lý Hoà"]] * 5000])
    assert refusal(content) == errors.TooManyRows("DS", sheet="DS", rows=5001, limit=5000)


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=len(OLD) - 1))
def test_a_damaged_old_file_is_read_or_refused_never_a_crash(junk: bytes, at: int):
    with contextlib.suppress(FileRefused):
        read_bytes(OLD[:at] + junk + OLD[at + len(junk) :], "ds.xls")


def test_an_old_excel_file_tells_its_hidden_rows_and_failed_formulas(tmp_path: Path):
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("Bìa").write(0, 0, "x")
    page = book.add_sheet("Danh sách đại biểu")
    page.write(0, 0, "Họ và tên")
    page.write(1, 0, "Lý Hoà")
    page.row(1).hidden = True
    page.row(2).set_cell_error(1, "#REF!")
    book.save(str(tmp_path / "cu.xls"))
    _, grid = grids_of_file(tmp_path / "cu.xls")
    assert (grid.hidden_rows, grid.cell(2, 1), grid.cell(3, 2)) == ((2,), Cell("Lý Hoà"), Cell("#REF!", "error"))


def test_an_old_excel_file_reads_as_the_new_one_does():
    assert read_bytes(OLD) == read_bytes(PLAIN)


def test_five_hundred_people_are_read_within_a_second():
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Tổ", "Số ghế", "Ghi chú"]]
    rows += [
        [
            n,
            f"Nguyễn Văn Mẫn{'abcdefghij'[n % 10]} {'ab'[n % 2]}",
            "15/03/1970",
            f"Chuyên viên {n}",
            "Sở Thí dụ",
            "Tổ 1",
            f"A{n}",
            "",
        ]
        for n in range(1, 501)
    ]
    content = workbook(rows)
    # The processor's time, so that other tests running beside this one do not count; the old desk laptop is half as fast.
    begun = time.process_time()
    book = read_bytes(content)
    assert (len(book.people), time.process_time() - begun < 1) == (500, True)
