"""Lỗi của tệp đầu vào: everything that can be wrong with ROUND.toml, ROWS.csv and the keyed files, one class each.

Contract: each class is one thing that a clerk can mend, said in one sentence; `where` names the file and the line, column or key.
Readers collect these and raise them together (`errors.Faults`). Classes shared by several readers stand here; contradictions
between the numbers of a count belong to `count`.

    FileFault
    ├── FileEmpty            nothing in the file, or a heading without a row
    ├── FileTooLarge         more bytes than any round can need
    ├── FileNotText          a workbook, archive, PDF or picture in place of a text file
    ├── FileNotUtf8          bytes that are not UTF-8: UTF-16, TCVN3, VNI, a Windows code page
    ├── HiddenCharacter      a control or invisible character
    ├── LineTooLong          more characters on one line than any text of a round needs
    ├── TomlMalformed        not TOML
    ├── KeyUnknown           a key that ROUND.toml does not have
    ├── KeyMissing           a key that ROUND.toml must have
    ├── ValueUnfit           a value of the wrong kind
    ├── ColumnMissing        a needed column is not in the heading
    ├── ColumnUnknown        a column that this file does not have
    ├── ColumnTwice          the same column twice
    ├── SemicolonsFound      Excel's semicolons in place of commas
    ├── CsvMalformed         quotes that do not close, or another breach of CSV
    ├── CellsExtra           more cells than the heading has columns
    ├── CellsMissing         fewer cells than the heading has columns
    ├── CellEmpty            a needed cell is empty
    ├── NumberMalformed      not a whole number in the digits 0 to 9
    ├── NumberNegative       a number below zero
    ├── NumberTooLarge       a number beyond any round
    ├── NumberTooSmall       line, batch and sheet numbers begin at 1
    ├── PercentageMalformed  not a percentage as printed in a table
    ├── LineTwice            one line of one ballot type given twice
    ├── LinesTooMany         more lines than any round has
    ├── BallotUnknown        a ballot type that ROUND.toml does not name
    ├── BallotNotStated      a round with several types, and a line that does not say which
    ├── BallotTwice          two ballot types of one id
    ├── SubjectDiffers       ROUND.toml and ROWS.csv say different things of one line
    ├── SubjectWithoutRow    a person named in ROUND.toml has no row
    ├── RowWithoutSubject    a row for a line that ROUND.toml does not have
    ├── TypeWithoutLines     a ballot type nobody stands on
    ├── PresentBeyond        more present than there are
    ├── AbsencesDiffer       present and absent do not add up to the summoned
    ├── ExcludedBeyond       more persons left out of the base than were summoned
    └── SheetIncomplete      a keyed sheet lacks lines, repeats one, or has lines beside a reason for the whole sheet
"""

from __future__ import annotations

from tinnhiem.errors import TinnhiemError


class FileFault(TinnhiemError):
    """Lỗi của một tệp đầu vào: the parent of what follows."""

    code = "file_fault"
    vi = "Tệp không đọc được."
    en = "The file cannot be read."


class FileEmpty(FileFault):
    """Nothing in the file, or a heading without a row."""

    code = "file_empty"
    vi = "Tệp không có nội dung. Kiểm tra lại tệp rồi chọn đúng tệp có dữ liệu."
    en = "The file has no content. Check it and choose the file that holds the data."


class FileTooLarge(FileFault):
    """More bytes than any round can need."""

    code = "file_too_large"
    vi = "Tệp lớn {size} byte, quá giới hạn {limit} byte. Kiểm tra xem có chọn nhầm tệp không."
    en = "The file has {size} bytes, beyond the limit of {limit}. Check whether it is the right file."


class FileNotText(FileFault):
    """A workbook, archive, PDF or picture in place of a text file."""

    code = "file_not_text"
    vi = "Đây là tệp {kind}, không phải tệp chữ. Mở tệp gốc và lưu lại thành CSV UTF-8 (hoặc TOML)."
    en = "This is a {kind} file, not a text file. Open the original and save it as CSV UTF-8 (or TOML)."


class FileNotUtf8(FileFault):
    """Bytes that are not UTF-8: UTF-16, TCVN3, VNI, a Windows code page."""

    code = "file_not_utf8"
    vi = "Tệp không dùng bảng mã UTF-8 (sai từ byte thứ {at}). Lưu lại tệp theo dạng UTF-8."
    en = "The file is not UTF-8 (wrong from byte {at}). Save it again as UTF-8."


class HiddenCharacter(FileFault):
    """A control or invisible character."""

    code = "hidden_character"
    vi = "Có ký tự ẩn {mark}. Xóa ký tự này rồi nhập lại."
    en = "There is a hidden character {mark}. Delete it and enter the text again."


class LineTooLong(FileFault):
    """More characters on one line than any text of a round needs."""

    code = "line_too_long"
    vi = "Dòng này dài {found} ký tự, quá giới hạn {limit}. Rút ngắn nội dung hoặc tách dòng."
    en = "This line has {found} characters, beyond the limit of {limit}. Shorten it or break it up."


class TomlMalformed(FileFault):
    """Not TOML; `detail` is the parser's own place and reason."""

    code = "toml_malformed"
    vi = "Tệp viết chưa đúng cú pháp TOML: {detail}. Sửa chỗ này rồi chạy lại."
    en = "The file is not well-formed TOML: {detail}. Mend this place and run again."


class KeyUnknown(FileFault):
    """A key that ROUND.toml does not have."""

    code = "key_unknown"
    vi = "Không có mục “{key}” ở đây. Các mục dùng được: {allowed}."
    en = "There is no key “{key}” here. The keys are: {allowed}."


class KeyMissing(FileFault):
    """A key that ROUND.toml must have."""

    code = "key_missing"
    vi = "Thiếu mục “{key}”. Ghi thêm mục này."
    en = "The key “{key}” is missing. Add it."


class ValueUnfit(FileFault):
    """A value of the wrong kind."""

    code = "value_unfit"
    vi = "Giá trị “{found}” không dùng được; ở đây cần {expected}."
    en = "The value “{found}” does not fit; {expected_en} is needed here."


class ColumnMissing(FileFault):
    """A needed column is not in the heading."""

    code = "column_missing"
    vi = "Thiếu cột “{column}”. Thêm cột này vào dòng tiêu đề."
    en = "The column “{column}” is missing. Add it to the heading."


class ColumnUnknown(FileFault):
    """A column that this file does not have."""

    code = "column_unknown"
    vi = "Không có cột “{column}”. Các cột dùng được: {allowed}."
    en = "There is no column “{column}”. The columns are: {allowed}."


class ColumnTwice(FileFault):
    """The same column twice."""

    code = "column_twice"
    vi = "Cột “{column}” có hai lần trong dòng tiêu đề. Bỏ bớt một cột."
    en = "The column “{column}” stands twice in the heading. Take one out."


class SemicolonsFound(FileFault):
    """Excel's semicolons in place of commas."""

    code = "semicolons_found"
    vi = "Các cột đang ngăn cách bằng dấu chấm phẩy. Lưu lại tệp với dấu phẩy ngăn cách các cột."
    en = "The columns are separated by semicolons. Save the file with commas between the columns."


class CsvMalformed(FileFault):
    """Quotes that do not close, or another breach of CSV."""

    code = "csv_malformed"
    vi = "Dòng này viết chưa đúng dạng CSV (thường do dấu ngoặc kép chưa khép). Sửa dòng này."
    en = "This line is not well-formed CSV (often a quote that is not closed). Mend the line."


class CellsExtra(FileFault):
    """More cells than the heading has columns."""

    code = "cells_extra"
    vi = "Dòng có {found} ô, tiêu đề chỉ có {expected} cột. Bỏ ô thừa; số có dấu phẩy phải đặt trong ngoặc kép."
    en = "The row has {found} cells but the heading {expected} columns. Take out what is extra; quote a number that holds a comma."


class CellsMissing(FileFault):
    """Fewer cells than the heading has columns."""

    code = "cells_missing"
    vi = "Dòng có {found} ô, tiêu đề có {expected} cột. Thêm ô còn thiếu."
    en = "The row has {found} cells but the heading {expected} columns. Add what is missing."


class CellEmpty(FileFault):
    """A needed cell is empty."""

    code = "cell_empty"
    vi = "Ô này chưa có giá trị. Ghi giá trị vào ô."
    en = "This cell is empty. Fill it in."


class NumberMalformed(FileFault):
    """Not a whole number in the digits 0 to 9."""

    code = "number_malformed"
    vi = "“{found}” không phải số nguyên. Ghi bằng các chữ số 0–9, không có dấu chấm, dấu phẩy hay chữ."
    en = "“{found}” is not a whole number. Write it with the digits 0–9, without point, comma or letters."


class NumberNegative(FileFault):
    """A number below zero."""

    code = "number_negative"
    vi = "“{found}” là số âm. Số phiếu và số người phải từ 0 trở lên."
    en = "“{found}” is negative. Ballots and persons are counted from 0 up."


class NumberTooLarge(FileFault):
    """A number beyond any round."""

    code = "number_too_large"
    vi = "“{found}” quá lớn; số lớn nhất nhận được là {limit}. Kiểm tra lại số này."
    en = "“{found}” is too large; the largest number taken is {limit}. Check it."


class NumberTooSmall(FileFault):
    """Line, batch and sheet numbers begin at 1."""

    code = "number_too_small"
    vi = "Số thứ tự phải từ 1 trở lên. Sửa lại số này."
    en = "Numbering begins at 1. Mend this number."


class PercentageMalformed(FileFault):
    """Not a percentage as printed in a table."""

    code = "percentage_malformed"
    vi = "“{found}” không phải tỷ lệ phần trăm. Ghi như 66,67 hoặc 66.67, có thể kèm %."
    en = "“{found}” is not a percentage. Write it as 66,67 or 66.67, with or without %."


class LineTwice(FileFault):
    """One line of one ballot type given twice."""

    code = "line_twice"
    vi = "Dòng phiếu số {line} đã có ở trên. Mỗi dòng phiếu chỉ ghi một lần."
    en = "Ballot line {line} stands above already. Give each line once."


class LinesTooMany(FileFault):
    """More lines than any round has."""

    code = "lines_too_many"
    vi = "Có {found} dòng, quá giới hạn {limit} dòng của một đợt. Kiểm tra xem có chọn nhầm tệp không."
    en = "There are {found} lines, beyond the limit of {limit} for a round. Check whether it is the right file."


class BallotUnknown(FileFault):
    """A ballot type that ROUND.toml does not name."""

    code = "ballot_unknown"
    vi = "Không có loại phiếu “{ballot}” trong đợt này. Các loại phiếu: {known}."
    en = "There is no ballot type “{ballot}” in this round. The types are: {known}."


class BallotNotStated(FileFault):
    """A round with several types, and a line that does not say which."""

    code = "ballot_not_stated"
    vi = "Chưa ghi loại phiếu. Đợt này có các loại: {known}."
    en = "The ballot type is not stated. The round has the types: {known}."


class BallotTwice(FileFault):
    """Two ballot types of one id."""

    code = "ballot_twice"
    vi = "Loại phiếu “{ballot}” được khai hai lần. Bỏ bớt một lần."
    en = "The ballot type “{ballot}” is given twice. Take one out."


class SubjectDiffers(FileFault):
    """ROUND.toml and ROWS.csv say different things of one line."""

    code = "subject_differs"
    vi = "Dòng phiếu {line}: tệp này ghi “{found}”, ROUND.toml ghi “{expected}”. Sửa cho khớp."
    en = "Ballot line {line}: this file says “{found}”, ROUND.toml says “{expected}”. Make them agree."


class SubjectWithoutRow(FileFault):
    """A person named in ROUND.toml has no row."""

    code = "subject_without_row"
    vi = "Dòng phiếu {line} ({post}) có trong ROUND.toml nhưng không có ở đây. Ghi thêm dòng này."
    en = "Ballot line {line} ({post}) is in ROUND.toml but not here. Add the row."


class RowWithoutSubject(FileFault):
    """A row for a line that ROUND.toml does not have."""

    code = "row_without_subject"
    vi = "Dòng phiếu {line} không có trong danh sách của ROUND.toml. Kiểm tra số dòng."
    en = "Ballot line {line} is not in the list of ROUND.toml. Check the number."


class TypeWithoutLines(FileFault):
    """A ballot type nobody stands on."""

    code = "type_without_lines"
    vi = "Loại phiếu “{ballot}” chưa có người nào. Ghi thêm các dòng hoặc bỏ loại phiếu này."
    en = "Nobody stands on the ballot type “{ballot}”. Add its lines or take the type out."


class PresentBeyond(FileFault):
    """More present than there are."""

    code = "present_beyond"
    vi = "Có mặt {present} người, nhiều hơn {of} ({total}). Kiểm tra lại hai số này."
    en = "{present} are present, more than the {total} {of_en}. Check the two numbers."


class AbsencesDiffer(FileFault):
    """Present and absent do not add up to the summoned."""

    code = "absences_differ"
    vi = "Có mặt {present} + vắng {absent} không bằng số triệu tập {summoned}. Kiểm tra lại ba số này."
    en = "{present} present + {absent} absent is not the {summoned} summoned. Check the three numbers."


class ExcludedBeyond(FileFault):
    """More persons left out of the base than were summoned."""

    code = "excluded_beyond"
    vi = "Trừ {excluded} người, nhiều hơn số triệu tập ({summoned}). Kiểm tra lại hai số này."
    en = "{excluded} are left out, more than the {summoned} summoned. Check the two numbers."


class SheetIncomplete(FileFault):
    """A keyed sheet lacks lines, repeats one, or has lines beside a reason for the whole sheet."""

    code = "sheet_incomplete"
    vi = "Phiếu {sheet} của tập {batch}: {what}. Xuất lại tệp từ bàn nhập phiếu."
    en = "Sheet {sheet} of batch {batch}: {what_en}. Export the file again from the station."
