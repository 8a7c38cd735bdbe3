"""Lời từ chối của phần quy định: what `law` refuses, apart from the faults of a book file (see `faults`).

Contract: every refusal below says which book, day or value it is about and what the organiser can do. Nothing here reads a
file or knows an instrument by name.

    LawError
    ├── UnknownBook           no book bears this id
    ├── NoBookGoverns         no book of this kind governs this kind of body
    ├── BookNotInForceYet     the day of the vote lies before the book
    ├── UnknownRegime         the book has no such regime
    ├── CountsUnfit           counts or base that no sheet of this book can give
    ├── UnknownValuePath      a correction names no value of the book
    ├── ValueIsCertain        a correction of a value that was read in the instrument
    ├── ValueOfAnotherKind    a correction that is not of the value's kind
    ├── CorrectionNeedsReason a correction without its reason
    ├── CorrectedTwice        two corrections of one value
    ├── UnknownExemption      a person is said to be exempt for a case that the book does not have
    └── BookFault             see `faults`
"""

from __future__ import annotations

from tinnhiem.errors import TinnhiemError


class LawError(TinnhiemError):
    """Lời từ chối của phần quy định."""

    code = "law"
    vi = "Quy định không cho phép việc này."
    en = "The regulation does not allow this."


class UnknownBook(LawError):
    """Không có bộ quy tắc mang mã này. Values: `id`, `known`."""

    code = "book_unknown"
    vi = "Không có bộ quy tắc mang mã “{id}”. Các mã đang có: {known}."
    en = "There is no rulebook with the id “{id}”. The ids are: {known}."


class NoBookGoverns(LawError):
    """Không có bộ quy tắc nào áp dụng cho loại tổ chức và loại phiếu này. Values: `body`, `kind`, `known`."""

    code = "book_none_governs"
    vi = "Không có bộ quy tắc loại “{kind}” cho tổ chức loại “{body}”. Chọn một bộ quy tắc theo mã: {known}."
    en = "No rulebook of kind “{kind}” governs a body of kind “{body}”. Name one by its id: {known}."


class BookNotInForceYet(LawError):
    """Ngày lấy phiếu trước ngày văn bản có hiệu lực. Values: `symbol`, `in_force`, `day` (dd/mm/yyyy)."""

    code = "book_not_in_force_yet"
    vi = "{symbol} có hiệu lực từ {in_force}; ngày lấy phiếu {day} đứng trước ngày đó. Sửa ngày hoặc chọn văn bản đang có hiệu lực khi ấy."
    en = "{symbol} is in force from {in_force}; the vote on {day} lies before it. Mend the date or choose the instrument then in force."


class UnknownRegime(LawError):
    """Bộ quy tắc không có chế độ này. Values: `id`, `known`."""

    code = "regime_unknown"
    vi = "Không có chế độ “{id}” trong bộ quy tắc. Các chế độ đang có: {known}."
    en = "The rulebook has no regime “{id}”. The regimes are: {known}."


class CountsUnfit(LawError):
    """Số phiếu hoặc mẫu số mà không phiếu nào của bộ quy tắc này cho ra được. Values: `found`, `choices`."""

    code = "counts_unfit"
    vi = "Số phiếu {found} không khớp với các mức của bộ quy tắc ({choices}): mỗi mức một số nguyên từ 0 trở lên. Kiểm tra lại bảng kiểm phiếu."
    en = "The counts {found} do not fit the choices of the rulebook ({choices}): a whole number from 0 up for each. Check the tally."


class UnknownValuePath(LawError):
    """Không có giá trị nào ở đường dẫn này, hoặc giá trị không phải loại điều chỉnh được. Values: `path`."""

    code = "value_path_unknown"
    vi = "Bộ quy tắc không có giá trị điều chỉnh được ở “{path}”. Chọn một giá trị trong danh sách chưa chắc của bộ quy tắc."
    en = "The rulebook has no value at “{path}” that can be corrected. Choose one from its list of unsure values."


class ValueIsCertain(LawError):
    """Giá trị đã đọc trong văn bản thì không điều chỉnh. Values: `path`, `clause`."""

    code = "value_is_certain"
    vi = "Giá trị “{path}” đã được đọc trong chính văn bản ({clause}) nên không điều chỉnh được. Bỏ điều chỉnh này."
    en = "“{path}” was read in the instrument itself ({clause}) and cannot be corrected. Remove this correction."


class ValueOfAnotherKind(LawError):
    """Giá trị điều chỉnh không đúng loại. Values: `path`, `found`, `now` (the value that stands there)."""

    code = "value_of_another_kind"
    vi = "“{found}” không cùng loại với giá trị đang có ở “{path}” ({now}). Ghi lại cùng loại: số, ngày (2023-07-01), có/không hoặc chữ."
    en = "“{found}” is not of the kind that stands at “{path}” ({now}). Write the same kind: a number, a date (2023-07-01), yes/no or text."


class CorrectionNeedsReason(LawError):
    """Điều chỉnh thiếu lý do. Values: `path`."""

    code = "correction_needs_reason"
    vi = "Điều chỉnh “{path}” chưa ghi lý do. Ghi lý do; biên bản sẽ in lý do này."
    en = "The correction of “{path}” has no reason. Give it; the minutes print it."


class CorrectedTwice(LawError):
    """Một giá trị được điều chỉnh hai lần. Values: `path`."""

    code = "corrected_twice"
    vi = "“{path}” được điều chỉnh hai lần. Giữ lại một lần."
    en = "“{path}” is corrected twice. Keep one of the two."


class UnknownExemption(LawError):
    """Trường hợp không lấy phiếu không có trong bộ quy tắc. Values: `found`, `known`."""

    code = "exemption_unknown"
    vi = "Quy định không có trường hợp “{found}”. Các trường hợp không lấy phiếu: {known}."
    en = "The rulebook has no case “{found}”. The cases exempt from the vote are: {known}."
