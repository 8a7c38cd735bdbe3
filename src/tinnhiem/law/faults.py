"""Lỗi trong tệp quy tắc: every kind of fault a rulebook file can have.

Contract: a fault names the place three ways: the file, the path of the value (`bands[1].bounds[0].op`) and, where its entry
cites one, the clause; and its sentence ends with the cure, in Vietnamese and in English. `load` finds the faults of form,
`soundness` those of sense; all of a file's faults are raised together.

    BookFault
    ├── NotToml             the text is no TOML
    ├── UnknownKey          a key the model does not have
    ├── MissingValue        a value the model needs
    ├── WrongType           text for a number, and the like
    ├── NotOneOf            a word outside the closed list
    ├── EmptyText           text that says nothing
    ├── UnfitCode           an id or code that is no plain ASCII name
    ├── NoteInOneLanguage   a note without its twin
    ├── ReadWithoutClause   basis `read`, and no clause to show for it
    ├── NothingListed       an empty list where one entry is the least
    ├── DuplicateCode       two entries of one list under one code
    ├── UnknownChoice       a band on a choice the sheet does not have
    ├── UnknownBand         a consequence (or overlap) of a band that is not there
    ├── UnfitRatio          a denominator below 1, a numerator outside 0..denominator
    ├── EmptyBand           bounds that no share can meet
    ├── BandsOverlap        two bands that one share meets, undeclared
    ├── DatesOutOfOrder     issued after in force, ended before it began
    └── UnfitNumber         months, days, digits, places outside what they can be
"""

from __future__ import annotations

from tinnhiem.law.errors import LawError


class BookFault(LawError):
    """Lỗi của tệp quy tắc. `path` and `clause` ("" where the entry cites none) are kept apart for tools and tests."""

    code = "book_fault"

    def __init__(self, where: str, path: str, clause: str = "", /, **values: object) -> None:
        self.path = path
        self.clause = clause
        place = f"{path} ({clause})" if path and clause else path
        super().__init__(", ".join(part for part in (where, place) if part), **values)


class NotToml(BookFault):
    """Tệp không phải TOML. Values: `line`, `column` (from 1; the line after the last at the end of the file)."""

    code = "book_not_toml"
    vi = "Tệp không đọc được theo định dạng TOML ở dòng {line}, cột {column}. Sửa chỗ đó; thường là thiếu dấu ngoặc kép hay dấu bằng."
    en = "The file is not TOML at line {line}, column {column}. Mend that place; often a quote or an equals sign is missing."


class UnknownKey(BookFault):
    """Khóa lạ. Values: `key`, `known`."""

    code = "book_unknown_key"
    vi = "Không có mục “{key}” ở chỗ này. Xóa đi, hoặc dùng một trong các mục: {known}."
    en = "There is no “{key}” here. Remove it or use one of: {known}."


class MissingValue(BookFault):
    """Thiếu giá trị. Values: `key`."""

    code = "book_missing_value"
    vi = "Thiếu mục “{key}”. Thêm mục này vào."
    en = "“{key}” is missing. Add it."


class WrongType(BookFault):
    """Sai kiểu giá trị. Values: `found`, `expected`, `expected_en`."""

    code = "book_wrong_type"
    vi = "Giá trị {found} không phải là {expected}. Ghi lại cho đúng kiểu."
    en = "{found} is not {expected_en}. Write it as one."


class NotOneOf(BookFault):
    """Giá trị ngoài danh sách. Values: `found`, `known`."""

    code = "book_not_one_of"
    vi = "Không có giá trị “{found}” ở chỗ này. Dùng một trong các giá trị: {known}."
    en = "“{found}” is no value here. Use one of: {known}."


class EmptyText(BookFault):
    """Chữ để trống."""

    code = "book_empty_text"
    vi = "Mục này đang để trống. Ghi nội dung vào."
    en = "This text is empty. Write it."


class UnfitCode(BookFault):
    """Mã không đúng dạng. Values: `found`."""

    code = "book_unfit_code"
    vi = "Mã “{found}” không đúng dạng. Bắt đầu bằng chữ thường không dấu hoặc số, chỉ gồm chữ thường không dấu, số, “_” và “-”."
    en = "“{found}” is no code. Use lower-case ASCII letters, digits, “_” and “-”, beginning with a letter or digit."


class NoteInOneLanguage(BookFault):
    """Ghi chú chỉ có một thứ tiếng. Values: `key`."""

    code = "book_note_in_one_language"
    vi = "Ghi chú mới có một thứ tiếng. Thêm “{key}”, hoặc bỏ cả hai."
    en = "The note stands in one language only. Add “{key}”, or remove both."


class ReadWithoutClause(BookFault):
    """Ghi là đã đọc trong văn bản mà không nêu điều khoản."""

    code = "book_read_without_clause"
    vi = "Ghi “read” mà không nêu điều khoản. Ghi điều khoản vào “clause”, hoặc đổi “basis” thành secondary, recalled hay unsure."
    en = "“read” without a clause. Give the clause, or make the basis secondary, recalled or unsure."


class NothingListed(BookFault):
    """Danh sách trống."""

    code = "book_nothing_listed"
    vi = "Danh sách này đang trống. Ghi ít nhất một mục."
    en = "This list is empty. Give at least one entry."


class DuplicateCode(BookFault):
    """Trùng mã. Values: `found`, `first`."""

    code = "book_duplicate_code"
    vi = "Mã “{found}” đã dùng ở {first}. Đặt mã khác, hoặc bỏ một trong hai mục."
    en = "The code “{found}” is taken by {first}. Give another, or remove one of the two."


class UnknownChoice(BookFault):
    """Khung kết quả tính trên một mức không có trên phiếu. Values: `found`, `known`."""

    code = "book_unknown_choice"
    vi = "Trên phiếu không có mức “{found}”. Dùng một trong các mức: {known}."
    en = "The sheet has no choice “{found}”. Use one of: {known}."


class UnknownBand(BookFault):
    """Hệ quả của một khung kết quả không có. Values: `found`, `known`."""

    code = "book_unknown_band"
    vi = "Không có khung kết quả “{found}” ở chỗ này. Dùng một trong các khung: {known}."
    en = "There is no band “{found}” here. Use one of: {known}."


class UnfitRatio(BookFault):
    """Tỷ lệ không đúng. Values: `num`, `den`."""

    code = "book_unfit_ratio"
    vi = "Tỷ lệ {num}/{den} không dùng được: mẫu số từ 1 trở lên, tử số từ 0 đến mẫu số. Sửa tử số hoặc mẫu số."
    en = "The ratio {num}/{den} cannot be used: the denominator is 1 or more, the numerator from 0 to it. Mend either."


class EmptyBand(BookFault):
    """Khung kết quả không tỷ lệ nào đạt được. Values: `band`."""

    code = "book_empty_band"
    vi = "Không tỷ lệ nào từ 0 đến 1 nằm trong khung “{band}”. Sửa dấu so sánh hoặc ngưỡng."
    en = "No share from 0 to 1 lies in the band “{band}”. Mend an operator or a threshold."


class BandsOverlap(BookFault):
    """Hai khung kết quả chồng lên nhau. Values: `band`, `other`."""

    code = "book_bands_overlap"
    vi = 'Khung “{band}” và khung “{other}” cùng đúng với một tỷ lệ. Sửa ngưỡng; nếu văn bản đúng là như vậy, ghi overlaps = ["{other}"].'
    en = 'One share meets both “{band}” and “{other}”. Mend a threshold; if the instrument says so itself, write overlaps = ["{other}"].'


class DatesOutOfOrder(BookFault):
    """Các ngày không đúng thứ tự. Values: `earlier`, `later` (names of the two), `found`, `other` (dd/mm/yyyy)."""

    code = "book_dates_out_of_order"
    vi = "Ngày “{later}” ({found}) đứng trước ngày “{earlier}” ({other}). Sửa một trong hai ngày."
    en = "“{later}” ({found}) lies before “{earlier}” ({other}). Mend one of the two dates."


class UnfitNumber(BookFault):
    """Số ngoài phạm vi. Values: `found`, `least`, `most`."""

    code = "book_unfit_number"
    vi = "Số {found} nằm ngoài phạm vi từ {least} đến {most}. Sửa lại số."
    en = "{found} lies outside {least} to {most}. Mend the number."
