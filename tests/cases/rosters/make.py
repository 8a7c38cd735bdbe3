"""Writes the untidy rosters of this folder, one file for each case. Everyone in them is invented.

Run `python tests/cases/rosters/make.py` after changing a case, then look at what changed in its `expected.json` by hand. To add a case
no script is needed: a folder with any roster file and its `expected.json` is enough.
"""

from __future__ import annotations

import datetime
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

from tinnhiem.people.legacy import TCVN3, VNI
from tinnhiem.roster.template import write_template

HERE = Path(__file__).resolve().parent
Rows = list[list[object]]
TITLE: Rows = [
    ["TỈNH ỦY THÍ DỤ", "", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
    ["BAN TỔ CHỨC"],
    [],
    ["DANH SÁCH NGƯỜI ĐƯỢC LẤY PHIẾU TÍN NHIỆM"],
    ["(Kèm theo Kế hoạch số 12-KH/TU, ngày 05 tháng 7 năm 2023)"],
    [],
]


def xlsx(
    name: str,
    rows: Rows,
    merges: Iterable[str] = (),
    hidden: Iterable[int] = (),
    sheet: str = "Sheet1",
    change: Callable[[str], str] = str,
) -> None:
    """Write one sheet as .xlsx; text such as "=#REF!" becomes a failed formula, dates real dates."""
    path = HERE / name / "roster.xlsx"
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime.datetime(2023, 7, 5, tzinfo=datetime.UTC)})
        date = workbook.add_format({"num_format": "dd/mm/yyyy"})
        page = workbook.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    page.write_datetime(at, column, datetime.datetime.combine(value, datetime.time()), date)
                elif isinstance(value, str) and value.startswith("=#"):
                    page.write_formula(at, column, value, None, value[1:])
                elif isinstance(value, str) and value:
                    page.write_string(at, column, change(value))
                elif value != "":
                    page.write(at, column, value)
        for area in merges:
            page.merge_range(area, "")
            first = area.split(":")[0]
            row, column = int(first[1:]) - 1, ord(first[0]) - 65
            page.write(row, column, change(str(rows[row][column])))
        for row in hidden:
            page.set_row(row - 1, None, None, {"hidden": True})


def xls(name: str, rows: Rows, merges: Iterable[tuple[int, int, int, int]] = ()) -> None:
    """Write one sheet as Excel 97–2003."""
    path = HERE / name / "roster.xls"
    path.parent.mkdir(exist_ok=True)
    workbook = xlwt.Workbook(encoding="utf-8")
    page = workbook.add_sheet("DS")
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                page.write(at, column, value, date) if isinstance(value, datetime.date) else page.write(
                    at, column, value
                )
    for top, bottom, left, right in merges:
        page.merge(top, bottom, left, right)
    workbook.save(str(path))


def ods(name: str, rows: Rows, hidden: Iterable[int] = (), wide: Iterable[int] = ()) -> None:
    """Write one sheet as .ods; `wide` rows are one cell merged across five columns."""
    path = HERE / name / "roster.ods"
    path.parent.mkdir(exist_ok=True)
    body = []
    for number, row in enumerate(rows, 1):
        state = ' table:visibility="collapse"' if number in set(hidden) else ""
        cells = "".join(_ods_cell(value, 5 if number in set(wide) and at == 0 else 1) for at, value in enumerate(row))
        body.append(f"<table:table-row{state}>{cells or '<table:table-cell/>'}</table:table-row>")
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Trang_tính1">{"".join(body)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for part, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            entry = zipfile.ZipInfo(part, (2023, 7, 5, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)


def _ods_cell(value: object, across: int) -> str:
    span = f' table:number-columns-spanned="{across}"' if across > 1 else ""
    covered = "<table:covered-table-cell/>" * (across - 1)
    if value == "":
        return f"<table:table-cell{span}/>{covered}"
    if isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell {kind}{span}>{text}</table:table-cell>{covered}"


def pasted(name: str, file: str, text: str) -> None:
    """Write what the clipboard held."""
    path = HERE / name / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def html_row(cells: Iterable[tuple[str, str]], tag: str = "td") -> str:
    """One row of a table as Word copies it: (attributes, text with line breaks)."""
    return (
        "<tr>"
        + "".join(
            f"<{tag}{attributes}>"
            + "".join(
                f"<p class=MsoNormal><span style={quoteattr('font:12pt')}>{escape(line)}<o:p></o:p></span></p>"
                for line in text.split("\n")
            )
            + f"</{tag}>"
            for attributes, text in cells
        )
        + "</tr>\n"
    )


def in_tcvn3(text: str) -> str:
    """The text as typed in .VnTime: capitals with a tone fall back to small letters."""
    back = {letter: sign for sign, letter in TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text))


def in_vni(text: str) -> str:
    """The text as typed in VNI."""
    back = {letter: signs for signs, letter in reversed(VNI.items())}
    return "".join(back.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def group_rows_and_sex_columns() -> None:
    """Merged header of two rows, dates under Nam/Nữ, group rows, numbers that begin anew, the count and signatures below."""
    rows = [
        *TITLE,
        [],
        ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Chức vụ, đơn vị công tác", "Dân tộc", "Ghi chú"],
        ["", "", "Nam", "Nữ"],
        ["I. THƯỜNG TRỰC TỈNH ỦY"],
        [1, "Đ/c Nguyễn Văn Mẫn", datetime.date(1968, 5, 3), "", "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy", "Kinh", ""],
        [2, "Đ/c Trần Thị Thục", "", "15/08/1970", "Phó Bí thư Thường trực Tỉnh ủy", "Kinh", ""],
        ["II. ỦY VIÊN BAN THƯỜNG VỤ"],
        [
            1,
            "Đ/c Lê Hữu Thiện",
            "1969",
            "",
            "Ủy viên Ban Thường vụ,\nTrưởng Ban Tổ chức Tỉnh ủy",
            "Kinh",
            "mới bầu 3/2023",
        ],
        [2, "Đ/c Phạm Thị Ngọc Hiền", "", "12/1973", "UVBTV\nGiám đốc Sở Thí dụ", "Mường", ""],
        [3, "Đại tá Đỗ Mạnh Dũng", "01.05.70", "", "Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh", "Kinh", ""],
        [],
        ["", "Danh sách có 05 đồng chí"],
        ["", "", "", "", "Thí Dụ, ngày 05 tháng 7 năm 2023"],
        ["", "", "", "", "T/M BAN THƯỜNG VỤ"],
        ["", "", "", "", "PHÓ BÍ THƯ"],
        ["", "", "", "", "Hoàng Văn Ký"],
    ]
    merges = ["A4:G4", "A5:G5", "A8:A9", "B8:B9", "C8:D8", "E8:E9", "F8:F9", "G8:G9", "A10:G10", "A13:G13"]
    xlsx("01-nhom-va-cot-nam-nu", rows, merges)


def names_in_two_columns() -> None:
    """Họ và tên over two columns, Ê Đê, Gia Rai, Ba Na and Hmong names, a column Tên để xếp thứ tự, a code of telephone."""
    rows: Rows = [
        ["STT", "Họ và tên", "", "Giới tính", "Năm sinh", "Chức vụ", "Tên để xếp thứ tự", "Số điện thoại"],
        [1, "Y Ghĭ", "Niê", "Nam", 1971, "Phó Chủ tịch HĐND tỉnh", "Ghĭ", 912000111],
        [2, "H’Lan", "Êban", "Nữ", 1975, "Trưởng Ban Dân tộc HĐND tỉnh", "H’Lan", "0912 000 112"],
        [3, "Ksor", "H'Nga", "Nữ", 1980, "Phó Trưởng Ban Pháp chế HĐND tỉnh", "", ""],
        [4, "Điểu", "KʼLơi", "Nam", 1969, "Ủy viên UBND tỉnh", "", ""],
        [5, "Rơ Čăm", "Ƀlơ̆i", "Nam", 1977, "Giám đốc Sở Thí dụ", "", ""],
        [6, "Giàng A", "Chứ", "Nam", 1974, "Chánh Thanh tra tỉnh", "", ""],
        [7, "Siu Hñŭ", "Kpă", "Nữ", 1982, "Giám đốc Sở Ví dụ", "", ""],
    ]
    xlsx("02-ho-ten-hai-cot-e-de-gia-rai", rows, ["B1:C1"])


def old_excel() -> None:
    """Excel 2003: a title, abbreviations, text dates, a row with totals."""
    rows: Rows = [
        ["DANH SÁCH ĐẠI BIỂU ĐƯỢC TRIỆU TẬP"],
        [],
        ["STT", "HỌ VÀ TÊN", "CHỨC VỤ", "ĐƠN VỊ", "TỔ", "SỐ GHẾ", "GHI CHÚ"],
        ["01", "Bùi Văn Khang", "GĐ Sở", "Sở Thí dụ", "Tổ 1", "A12", ""],
        ["02", "Võ Thị Mơ", "CVP", "Văn phòng Thí dụ", "Tổ 1", "A13", "nghỉ chờ hưu từ 1/8"],
        ["03", "Tống Văn Cộng", "PCT", "UBND xã Thí Dụ", "Tổ 2", "B1", ""],
        ["", "Tổng cộng: 3 đại biểu", "", "", "", "", ""],
    ]
    xls("03-excel-2003", rows, [(0, 0, 0, 6)])


def libreoffice() -> None:
    """LibreOffice: a hidden row, a group row of one wide cell, real dates."""
    rows: Rows = [
        ["Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Ghi chú"],
        ["A. Khối Đảng", "", "", "", ""],
        ["Ngô Quang Vinh", datetime.date(1966, 12, 25), "Chánh Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy", ""],
        ["Đinh Thị Lụa", datetime.date(1979, 4, 3), "Phó Chánh Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy", "đi học"],
        ["B. Khối chính quyền", "", "", "", ""],
        ["Huỳnh Tấn Phát Đạt", datetime.date(1971, 9, 9), "Giám đốc Sở Thí dụ", "Sở Thí dụ", ""],
    ]
    for row in (rows[1], rows[4]):
        del row[1:]
    ods("04-libreoffice", rows, hidden=[4], wide=[2, 5])


def word_table() -> None:
    """A table pasted from Word: merged header, name over post in one cell, a nested span for every paragraph."""
    head = html_row(
        [
            (" rowspan=2", "STT"),
            (" rowspan=2", "Họ và tên,\nchức vụ"),
            (" colspan=2", "Ngày sinh"),
            (" rowspan=2", "Ghi chú"),
        ]
    )
    body = [
        html_row([("", "Nam"), ("", "Nữ")]),
        html_row([("", "1."), ("", "Lý Thị Mỹ\nGiám đốc Sở Thí dụ"), ("", " "), ("", "03/4/1970"), ("", "")]),
        html_row([("", "2."), ("", "Kim Thị Sa Rết\nPhó Giám đốc Sở Thí dụ"), ("", ""), ("", "17/11/1978"), ("", "")]),
        html_row([("", "3."), ("", "Danh Sóc - Chánh Văn phòng"), ("", "1972"), ("", ""), ("", "")]),
        html_row([(" colspan=5", "Danh sách có 03 đồng chí.")]),
    ]
    pasted(
        "05-bang-dan-tu-word",
        "pasted.html",
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style>p {margin:0}</style></head><body>\n'
        f"<!--StartFragment--><table class=MsoTableGrid border=1>\n{head}{''.join(body)}</table><!--EndFragment--></body></html>\n",
    )


def mac_unicode() -> None:
    """Decomposed Unicode, as a Mac writes it, with hard spaces."""
    rows: Rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"],
        [1, "Nguyễn\u00a0Thị Ngọc Ưng", "20/10/1972", "Trưởng Ban Tuyên giáo"],
        [2, "Đặng Hữu Nghĩa ", "1/9/1968", "Bí thư Đảng ủy"],
    ]
    xlsx("06-unicode-to-hop", rows, change=lambda text: unicodedata.normalize("NFD", text))


def tcvn3() -> None:
    """The whole sheet in .VnTime, its header and group row too; one name begins with a capital that TCVN3 lacks."""
    rows: Rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"],
        ["I", "Khối Mặt trận", "", "", ""],
        [1, "Nguyễn Đức Thuận", 1970, "Chủ tịch Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc"],
        [2, "Trần Thị Ánh", 1975, "Phó Chủ tịch Hội Liên hiệp Phụ nữ", "Hội Phụ nữ"],
        [3, "Vũ Hồng Quảng", 1968, "Bí thư Đoàn Thanh niên", "Tỉnh đoàn"],
        [4, "Phạm Nam", 1968, "Ủy viên", "Hội Nông dân"],
    ]
    xlsx("07-tcvn3", rows, change=in_tcvn3)


def tcvn3_capitals() -> None:
    """Names in .VnTimeH: small letters that the font draws as capitals; posts in Unicode."""
    rows: Rows = [
        ["STT", "Họ và tên", "Chức vụ"],
        [1, in_tcvn3("nguyễn đức thuận"), "Giám đốc Sở Thí dụ"],
        [2, in_tcvn3("trần thị ánh"), "Phó Giám đốc Sở Thí dụ"],
        [3, in_tcvn3("vũ hồng quảng"), "Chánh Văn phòng"],
    ]
    xlsx("08-tcvn3-vntimeh", rows)


def vni() -> None:
    """The names in VNI, the rest in Unicode."""
    rows: Rows = [
        ["STT", "Họ tên", "Chức danh", "Đơn vị"],
        [1, in_vni("Nguyễn Văn Đượm"), "Giám đốc", "Sở Thí dụ"],
        [2, in_vni("Trương Thị Mỹ Hạnh"), "Phó Giám đốc", "Sở Thí dụ"],
        [3, in_vni("Lê Quốc Khởi"), "Chánh Văn phòng", "Sở Thí dụ"],
    ]
    xlsx("09-vni", rows)


def titles_and_capitals() -> None:
    """Names in capitals, with Đ/c, degrees, ranks and (Nữ)."""
    rows: Rows = [
        ["STT", "Họ và tên", "Chức vụ"],
        [1, "TS. NGUYỄN THỊ THÙY DƯƠNG (Nữ)", "Hiệu trưởng"],
        [2, "Thiếu tướng LÊ VĂN QUÂN", "Giám đốc Công an tỉnh"],
        [3, "Đ/c PGS.TS. Hồ Sĩ Học", "Phó Hiệu trưởng"],
        [4, "ThS. BS. Ông Cao Minh", "Giám đốc Bệnh viện"],
    ]
    xlsx("10-danh-xung-chu-hoa", rows)


def broken_cells() -> None:
    """A failed formula, dates that do not exist, a missing post, a missing name, a birth date under both sexes."""
    rows: Rows = [
        ["STT", "Họ và tên", "Ngày sinh", "", "Chức vụ"],
        ["", "", "Nam", "Nữ", ""],
        [1, "Cao Văn Tuyển", "31/02/1970", "", "Giám đốc Sở Thí dụ"],
        [2, "Mai Thị Hoa", "", "12/13/1975", "=#REF!"],
        [3, "Tô Minh Khôi", "sinh năm bảy mươi", "", "Phó Giám đốc Sở Thí dụ"],
        [4, "", "1969", "", "Trưởng phòng Thí dụ"],
        [5, "Trịnh Thị Xoan", "20/11/1974", "20/11/1974", ""],
        [6, "=#N/A", "25/12/1974", "", "Chánh Thanh tra"],
    ]
    xlsx("11-o-loi", rows, ["C1:D1"])


def same_names() -> None:
    """The same people twice under other spellings, two people of one name, and a count that does not agree."""
    rows: Rows = [
        ["STT", "Họ và tên", "Năm sinh", "Chức vụ"],
        [1, "Nguyễn Thuý Hoà", 1970, "Ủy viên"],
        [2, "Lý Văn Hùng", 1968, "Ủy viên"],
        [3, "Nguyễn Văn Hùng", 1971, "Giám đốc Sở Thí dụ"],
        [4, "NGUYỄN THÚY HÒA", 1970, "Ủy viên"],
        [5, "Lí Văn Hùng", "", "Ủy viên"],
        [6, "Nguyễn Văn Hùng", 1980, "Chánh Văn phòng"],
        [7, "Nguyễn Văn Hưng", 1980, "Chánh Thanh tra"],
        ["", "(Danh sách có 47 người)"],
    ]
    xlsx("12-trung-ten-sai-so-nguoi", rows)


def day_or_month() -> None:
    """Nothing in the column tells whether 3/4/1970 is in March or April."""
    rows: Rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Ngày giữ chức vụ"],
        [1, "Hà Văn Xuân", "3/4/1970", "Chủ tịch", "15/3/2021"],
        [2, "Hà Thị Hạ", "5/5/1972", "Phó Chủ tịch", "1/4/2021"],
        [3, "Hà Văn Thu", "1973", "Ủy viên", "4/1/22"],
    ]
    xlsx("13-ngay-hay-thang", rows)


def american_dates() -> None:
    """Typed on a computer set to month/day: some dates were turned into real ones, the others stayed text."""
    rows: Rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Ngày bổ nhiệm"],
        [1, "Phan Văn Đông", datetime.date(1970, 3, 4), "Trưởng phòng", "7/25/2019"],
        [2, "Phan Thị Tây", "25/12/1971", "Phó Trưởng phòng", "2/3/2020"],
        [3, "Phan Văn Nam", datetime.date(1969, 11, 8), "Phó Trưởng phòng", "12/31/2020"],
    ]
    xlsx("14-ngay-kieu-my", rows)


def excel_clipboard() -> None:
    """Cells copied from Excel: tabs, quotes round a cell of two lines, a row of column numbers under the header."""
    pasted(
        "15-bang-dan-tu-excel",
        "pasted.txt",
        "STT\tHọ và tên đệm\tTên\tChức vụ\tTổ đại biểu\tDân tộc\n"
        "(1)\t(2)\t(3)\t(4)\t(5)\t(6)\n"
        '1\tLương Thị\tSen\t"Tỉnh ủy viên\nGiám đốc Sở Thí dụ"\tTổ số 1\tTày\n'
        '2\tNông Văn\tBách\t"Phó Chủ tịch\nUBND xã ""Thí Dụ"""\tTổ số 2\tNùng\n',
    )


def filled_template() -> None:
    """The official template, filled in: three lists in one file, one person in two of them that should not meet."""
    blank = io.BytesIO()
    write_template(blank, reasons=["Mới được bầu, bổ nhiệm trong năm"], ballots=["Khối Đảng", "Khối chính quyền"])
    import openpyxl

    workbook = openpyxl.load_workbook(blank)
    subjects, voters, board = (workbook[name] for name in ("Người được lấy phiếu", "Người ghi phiếu", "Ban kiểm phiếu"))
    subjects.append(
        [
            1,
            "Chu Thị",
            "Bưởi",
            datetime.date(1970, 1, 5),
            "Nữ",
            "Bí thư Đảng ủy",
            "Đảng ủy",
            "01/07/2021",
            "12-QĐ/TU",
            "Khối Đảng",
        ]
    )
    subjects.append(
        [
            2,
            "Y Khoa",
            "Mlô",
            "1975",
            "Nam",
            "Chủ tịch UBND",
            "UBND",
            "2023",
            "",
            "Khối chính quyền",
            "",
            "Mới được bầu, bổ nhiệm trong năm",
            "Khoa",
        ]
    )
    voters.append([1, "Chu Thị Bưởi", "Bí thư Đảng ủy", "Đảng ủy", "Tổ 1", "A1"])
    voters.append([2, "Tạ Văn Cam", "Chuyên viên", "Văn phòng", "Tổ 2", "A2", "Hội trường"])
    board.append([1, "CHU THỊ BƯỞI", "Bí thư Đảng ủy", "Trưởng ban"])
    board.append([2, "Tạ Văn Cam", "Chuyên viên", "Thành viên"])
    board.append([3, "Bạch Văn Quýt", "Chuyên viên", "Người gác cửa"])
    path = HERE / "16-tep-mau-da-dien" / "roster.xlsx"
    path.parent.mkdir(exist_ok=True)
    workbook.properties.created = workbook.properties.modified = datetime.datetime(2023, 7, 5)  # noqa: DTZ001
    workbook.save(path)


if __name__ == "__main__":
    group_rows_and_sex_columns()
    names_in_two_columns()
    old_excel()
    libreoffice()
    word_table()
    mac_unicode()
    tcvn3()
    tcvn3_capitals()
    vni()
    titles_and_capitals()
    broken_cells()
    same_names()
    day_or_month()
    american_dates()
    excel_clipboard()
    filled_template()
