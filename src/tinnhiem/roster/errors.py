"""Lỗi của danh sách: every reason why a roster file, or a cell of it, is not taken.

Contract: a refusal about a cell names it in `where` as the office would ("Dòng 14, cột D (Ngày sinh)") and carries the address
in `values["cell"]` ("D14"), so that a preview can open that cell. A `Question` is a refusal that a person may answer instead of
mending the file: its `answer` goes into `Choices.answered`.
Source of the sentences: the mistakes that rosters from offices really carry.

The tree:

    TinnhiemError
    ├── FileRefused                 the file as a whole
    │   ├── FileNotThere
    │   ├── FileTooLarge
    │   ├── TooManyCells
    │   ├── TooManyRows
    │   ├── SwollenArchive
    │   ├── PasswordProtected
    │   ├── MacroFile
    │   ├── CsvRefused
    │   ├── NotASpreadsheet
    │   ├── UnreadableFile
    │   ├── HeaderNotFound
    │   └── NobodyListed
    └── CellFault                   one cell or row
        ├── CellInError
        ├── NotADate
        ├── TwoBirthDates
        ├── NameMissing
        ├── NotAName
        ├── PostMissing
        ├── SexUnknown
        ├── DutyUnknown
        ├── TextRefused
        └── Question                a person may answer it instead
            ├── DayOrMonthUnclear
            ├── SameNameTwice
            ├── FewerThanDeclared
            └── MoreThanDeclared
"""

from __future__ import annotations

from tinnhiem.errors import TinnhiemError


class FileRefused(TinnhiemError):
    """Tệp không nhận được: the file as a whole cannot be read as a roster."""

    code = "roster_file_refused"


class FileNotThere(FileRefused):
    """Không có tệp này."""

    code = "roster_file_missing"
    vi = "Không tìm thấy tệp “{name}”. Kiểm tra lại tên tệp và thư mục."
    en = "There is no file “{name}”. Check the name and the folder."


class FileTooLarge(FileRefused):
    """Tệp quá lớn."""

    code = "roster_file_too_large"
    vi = "Tệp nặng {size} MB, quá {limit} MB. Chép riêng danh sách sang tệp mới (bỏ ảnh, bỏ trang tính khác) rồi tải lên lại."
    en = "The file has {size} MB, more than {limit} MB. Copy the list alone into a new file and load that."


class TooManyCells(FileRefused):
    """Trang tính quá nhiều ô."""

    code = "roster_too_many_cells"
    vi = "Trang tính “{sheet}” trải rộng quá {limit} ô. Chép riêng danh sách sang tệp mới rồi tải lên lại."
    en = "Sheet “{sheet}” spreads over more than {limit} cells. Copy the list alone into a new file and load that."


class TooManyRows(FileRefused):
    """Danh sách quá nhiều dòng."""

    code = "roster_too_many_rows"
    vi = "Trang tính “{sheet}” có {rows} dòng, quá {limit} dòng. Chép riêng danh sách sang tệp mới rồi tải lên lại."
    en = "Sheet “{sheet}” holds {rows} rows, more than {limit}. Copy the list alone into a new file and load that."


class SwollenArchive(FileRefused):
    """Tệp nén bất thường (zip bomb)."""

    code = "roster_swollen_archive"
    vi = "Tệp nén bất thường, không mở để bảo đảm an toàn. Mở bằng Excel, lưu thành tệp .xlsx mới rồi tải lên lại."
    en = "The file unpacks to an abnormal size and was not opened. Save it anew as .xlsx in Excel and load that."


class PasswordProtected(FileRefused):
    """Tệp có mật khẩu."""

    code = "roster_password"
    vi = "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lên lại."
    en = "The file has a password. Remove the password and load it again."


class MacroFile(FileRefused):
    """Tệp có macro."""

    code = "roster_macro"
    vi = "Tệp có macro. Trong Excel chọn “Lưu thành”, kiểu .xlsx, rồi tải tệp mới lên."
    en = "The file holds macros. In Excel choose “Save as”, type .xlsx, and load the new file."


class CsvRefused(FileRefused):
    """Không nhận tệp CSV."""

    code = "roster_csv"
    vi = "Tệp văn bản (.csv, .txt) dễ sai dấu và mất số 0 đầu nên không nhận. Lưu thành .xlsx, hoặc chép bảng rồi dán vào."
    en = "Text files (.csv, .txt) lose letters and leading zeros, so they are not taken. Save as .xlsx, or paste the table."


class NotASpreadsheet(FileRefused):
    """Không phải tệp bảng tính."""

    code = "roster_not_a_spreadsheet"
    vi = "Tệp này thuộc loại {found}, không phải bảng tính. Nhận tệp .xlsx, .xls, .ods, hoặc bảng chép từ Word và dán vào."
    en = "This file is of type {found}, not a spreadsheet. Load .xlsx, .xls or .ods, or paste the table copied from Word."


class UnreadableFile(FileRefused):
    """Tệp hỏng."""

    code = "roster_unreadable"
    vi = "Tệp bị hỏng hoặc chưa tải đủ. Mở bằng Excel, lưu thành tệp .xlsx mới rồi tải lên lại."
    en = "The file is damaged or incomplete. Open it in Excel, save it as a new .xlsx and load that."


class HeaderNotFound(FileRefused):
    """Không thấy dòng tiêu đề."""

    code = "roster_header_not_found"
    vi = "Trong {rows} dòng đầu không thấy dòng tiêu đề có cột “Họ và tên”. Thêm dòng tiêu đề, hoặc dùng tệp mẫu."
    en = "The first {rows} rows hold no header with a column “Họ và tên”. Add a header row, or use the template."


class NobodyListed(FileRefused):
    """Danh sách trống."""

    code = "roster_nobody"
    vi = "Dưới dòng tiêu đề không có người nào. Nhập danh sách rồi tải lên lại."
    en = "Nobody is listed under the header row. Enter the list and load it again."


class CellFault(TinnhiemError):
    """Lỗi ở một ô: `values["cell"]` is the address, such as "D14"."""

    code = "roster_cell"

    @property
    def cell(self) -> str:
        """The address of the cell, "" where the fault is of a whole row or column."""
        return str(self.values.get("cell", ""))


class CellInError(CellFault):
    """Ô lỗi công thức."""

    code = "roster_cell_error"
    vi = "Ô {cell} đang lỗi công thức ({value}). Sửa trong tệp rồi tải lên lại."
    en = "Cell {cell} holds a formula error ({value}). Mend it in the file and load it again."


class NotADate(CellFault):
    """Không phải ngày tháng."""

    code = "roster_not_a_date"
    vi = "“{value}” không phải là ngày tháng. Ghi ngày/tháng/năm, tháng/năm hoặc năm."
    en = "“{value}” is not a date. Write day/month/year, month/year or the year."


class TwoBirthDates(CellFault):
    """Ngày sinh ghi ở cả cột Nam và cột Nữ."""

    code = "roster_two_birth_dates"
    vi = "Ngày sinh ghi ở cả cột Nam và cột Nữ. Xóa một ô."
    en = "There is a birth date under both Nam and Nữ. Clear one of them."


class NameMissing(CellFault):
    """Thiếu họ tên."""

    code = "roster_name_missing"
    vi = "Thiếu họ và tên. Nhập họ và tên hoặc xóa dòng này."
    en = "The name is missing. Enter it or delete the row."


class NotAName(CellFault):
    """Không phải họ tên."""

    code = "roster_not_a_name"
    vi = "“{value}” không phải là họ và tên. Nhập lại ô này."
    en = "“{value}” is not a name. Enter this cell again."


class PostMissing(CellFault):
    """Thiếu chức vụ in trên phiếu."""

    code = "roster_post_missing"
    vi = "Thiếu chức vụ in trên phiếu của “{name}”. Nhập chức vụ."
    en = "The post to be printed for “{name}” is missing. Enter it."


class SexUnknown(CellFault):
    """Giới tính ghi không rõ."""

    code = "roster_sex_unknown"
    vi = "“{value}” không phải là giới tính. Ghi Nam hoặc Nữ."
    en = "“{value}” is not a sex. Write Nam or Nữ."


class DutyUnknown(CellFault):
    """Nhiệm vụ trong Ban kiểm phiếu ghi không rõ."""

    code = "roster_duty_unknown"
    vi = "“{value}” không có trong các nhiệm vụ: {duties}. Chọn một nhiệm vụ."
    en = "“{value}” is not one of the duties: {duties}. Choose one."


class TextRefused(CellFault):
    """Ô có ký tự không in được hoặc quá dài."""

    code = "roster_text_refused"
    vi = "Ô có ký tự không in được hoặc dài quá {limit} chữ. Nhập lại ô này."
    en = "The cell holds unprintable characters or more than {limit} letters. Enter it again."


class Question(CellFault):
    """Câu hỏi: a doubt that a person settles by mending the file or by answering; `answer` is the key of that answer."""

    code = "roster_question"

    @property
    def answer(self) -> str:
        """The key to put into `Choices.answered`, such as "same_name:12,31"."""
        return f"{self.code.removeprefix('roster_')}:{self.values.get('key', '')}"


class DayOrMonthUnclear(Question):
    """Chưa rõ ngày hay tháng đứng trước; answered by `Choices.date_order`."""

    code = "roster_day_or_month"
    vi = "Chưa rõ ngày hay tháng đứng trước ({value}). Chọn cách đọc, hoặc ghi “(ngày/tháng/năm)” ở tiêu đề cột."
    en = "It is unclear whether day or month comes first ({value}). Choose, or write “(ngày/tháng/năm)” in the header."


class SameNameTwice(Question):
    """Hai dòng cùng họ tên, không có gì phân biệt."""

    code = "roster_same_name"
    vi = "Dòng {rows} cùng họ tên “{name}”. Là một người hay hai người?"
    en = "Rows {rows} hold the same name “{name}”. One person or two?"


class FewerThanDeclared(Question):
    """Số ghi cuối danh sách nhiều hơn số dòng."""

    code = "roster_fewer_than_declared"
    vi = "Cuối danh sách ghi {declared} người nhưng chỉ có {found} dòng họ tên. Kiểm tra lại danh sách."
    en = "The end of the list says {declared} people, but only {found} rows hold a name. Check the list."


class MoreThanDeclared(Question):
    """Số ghi cuối danh sách ít hơn số dòng."""

    code = "roster_more_than_declared"
    vi = "Cuối danh sách ghi {declared} người nhưng có đến {found} dòng họ tên. Kiểm tra lại danh sách."
    en = "The end of the list says {declared} people, but {found} rows hold a name. Check the list."
