"""Lời nhắc khi nhập danh sách: the sentences of notes, which tell what was done and stop nothing.

Contract: `note` fills one of the sentences below; a code not listed here is a mistake of the program (KeyError).
"""

from __future__ import annotations

from typing import Final

from tinnhiem.roster.model import Note

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "header_taken": (
        "Đã nhận dòng {rows} làm tiêu đề. Chọn lại nếu chưa đúng.",
        "Row {rows} was taken as the header. Choose again if that is wrong.",
    ),
    "group_rows_skipped": (
        "Bỏ qua {count} dòng tiêu đề nhóm (dòng {rows}).",
        "{count} group rows were skipped (row {rows}).",
    ),
    "total_rows_skipped": ("Bỏ qua dòng cộng (dòng {rows}).", "Rows with totals were skipped (row {rows})."),
    "hidden_rows": (
        "Có {count} dòng đang bị ẩn trong tệp (dòng {rows}). Lấy cả {count} dòng này?",
        "{count} rows are hidden in the file (row {rows}). Take these {count} too?",
    ),
    "hidden_rows_left_out": (
        "Không lấy {count} dòng đang bị ẩn trong tệp (dòng {rows}).",
        "{count} hidden rows were left out (row {rows}).",
    ),
    "legacy_encoding": (
        "Cột {column} dùng bảng mã {encoding}. Xem trước bản chuyển sang Unicode: “{before}” → “{after}”.",
        "Column {column} is typed in {encoding}. See the Unicode text first: “{before}” → “{after}”.",
    ),
    "decomposed_unicode": (
        "Tệp dùng Unicode tổ hợp (thường từ máy Mac). Đã chuyển sang Unicode dựng sẵn.",
        "The file holds decomposed Unicode, as Macs write it. It was composed.",
    ),
    "name_and_post_split": (
        "Dòng {row}: họ tên và chức vụ nằm chung một ô. Đã tách thành “{name}” và “{post}”.",
        "Row {row}: name and post share a cell. They were taken as “{name}” and “{post}”.",
    ),
    "titles_moved": (
        "Đã tách danh xưng khỏi họ tên ở {count} dòng (dòng {rows}).",
        "Titles were taken off the name in {count} rows (row {rows}).",
    ),
    "all_capitals": (
        "Họ tên ở {count} dòng viết hoa toàn bộ. Giữ nguyên, hoặc chọn viết hoa chữ đầu.",
        "The name is all in capitals in {count} rows. Keep it, or choose capitals for first letters only.",
    ),
    "same_name_told_apart": (
        "Dòng {rows} cùng họ tên “{name}”, khác ngày sinh, chức vụ hoặc đơn vị. Là một người hay hai người?",
        "Rows {rows} hold the same name “{name}” with another birth date, post or unit. One person or two?",
    ),
    "dates_maybe_turned": (
        "Cột {column}: vừa có ngày dạng chữ, vừa có ngày thật đều từ mùng 1 đến 12; ngày và tháng có thể đã bị đảo (dòng {rows}).",
        "Column {column}: beside dates typed as text all real dates lie on days 1 to 12; day and month may be turned (row {rows}).",
    ),
    "month_first": (
        "Cột {column}: ngày ghi theo thứ tự tháng/ngày/năm.",
        "Column {column}: dates are written month/day/year.",
    ),
    "subject_on_board": (
        "“{name}” vừa được lấy phiếu vừa có tên trong Ban kiểm phiếu. Thay người hoặc ghi quyết định cho phép.",
        "“{name}” is voted on and sits on the counting board. Replace them or record the decision that allows it.",
    ),
    "sheet_left_out": (
        "Trang tính “{sheet}” không có dòng tiêu đề họ tên, không lấy.",
        "Sheet “{sheet}” has no header with names and was left out.",
    ),
}


def note(code: str, where: str = "", /, **values: object) -> Note:
    """Lời nhắc: the sentence of `code` with its values, at `where`."""
    vi, en = SENTENCES[code]
    return Note(code=code, where=where, message=vi.format(**values), message_en=en.format(**values))


def row_list(rows: list[int]) -> str:
    """Danh sách dòng: 10, 15, 27; more than twelve are cut with "…"."""
    return ", ".join(map(str, rows[:12])) + (", …" if len(rows) > 12 else "")
