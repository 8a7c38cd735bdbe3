"""Câu ghi sổ: the readable sentence of every event code, Vietnamese first.

Contract: an event's sentence is rendered once, when it happens, and kept as it was; no sentence has a place for a mark, a figure of a person, or a
voter. What the board writes of a sheet in its own words may say what stands on a ballot: `outside_sentence` leaves it out. `docs/reference/events.md` lists these codes, and a test holds the page against this table.
"""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: dict[str, tuple[str, str]] = {
    "house_opened": ("Lập tài khoản đầu tiên: {name}.", "First account made: {name}."),
    "account_created": ("Lập tài khoản: {name}.", "Account made: {name}."),
    "board_password_set": (
        "Đặt lại mật khẩu của {name} trong khi kiểm phiếu.",
        "Password of {name} set anew during the count.",
    ),
    "password_set": ("Đặt lại mật khẩu cho {name}.", "Password set anew for {name}."),
    "round_opened": ("Lập đợt “{title}”.", "Round “{title}” opened."),
    "round_made": (
        "Lập đợt “{title}” của {body}, ngày lấy phiếu {date}, theo {book} (mã quy tắc {digest}).",
        "Round “{title}” of {body}, vote on {date}, under {book} (book {digest}).",
    ),
    "round_copied": ("Sao chép thiết lập từ đợt “{source}”.", "Settings copied from the round “{source}”."),
    "round_warned": ("Lưu ý khi lập đợt: {sentence}", "Warned when the round was made: {sentence}"),
    "settings_changed": ("Sửa thiết lập: {what}.", "Settings changed: {what}."),
    "book_corrected": (
        "Điều chỉnh giá trị chưa chắc “{path}” thành “{value}”. Lý do: {reason}",
        "Unsure value “{path}” set to “{value}”. Reason: {reason}",
    ),
    "desk_assigned": ("Giao {name} làm {role}.", "{name} seated as {role}."),
    "list_imported": (
        "Nhập {what} từ tệp: {people} người.",
        "{what} imported from a file: {people} people.",
    ),
    "subject_changed": ("Sửa thông tin {name}: {what}.", "{name} changed: {what}."),
    "subject_exempted": ("Không lấy phiếu đối với {name}: {reason}", "{name} is not voted on: {reason}"),
    "subject_restored": ("Đưa {name} trở lại danh sách lấy phiếu.", "{name} is on the list again."),
    "order_changed": ("Sắp xếp lại danh sách in trên phiếu.", "The printed order was changed."),
    "ballot_types_set": ("Đặt {count} loại phiếu: {titles}.", "{count} ballot types set: {titles}."),
    "state_reached": ("Chuyển sang: {state}.", "Reached: {state}."),
    "step_not_applied": ("Bước “{state}” không áp dụng. Lý do: {reason}", "Step “{state}” does not apply: {reason}"),
    "round_paused": ("Tạm dừng. Lý do: {reason}", "Paused: {reason}"),
    "round_resumed": ("Tiếp tục.", "Resumed."),
    "round_cancelled": ("Hủy cuộc bỏ phiếu theo {decision}.", "Vote cancelled by {decision}."),
    "numbers_given": ("Ghi số liệu cuộc họp: {what}.", "Numbers of the meeting: {what}."),
    "ballots_given": ("Ghi số phiếu{of_type}: {what}.", "Ballots{of_type}: {what}."),
    "act_done": ("{act}: {names}, lúc {hour}.", "{act}: {names}, at {hour}."),
    "vault_made": (
        "Ban kiểm phiếu đặt cụm mật khẩu; phiếu nhập vào máy được mã hóa từ phiếu đầu tiên.",
        "The board set its passphrase; sheets are encrypted from the first one.",
    ),
    "vault_renewed": (
        "Ban kiểm phiếu mất cụm mật khẩu và đặt cụm mới; các tập của lần kiểm này được nhập lại từ phiếu giấy.",
        "The passphrase was lost and a new one set; the batches of this count are keyed again from the paper.",
    ),
    "vault_opened": ("Ban kiểm phiếu mở khóa dữ liệu phiếu.", "The board opened the sheets."),
    "vault_locked": ("Ban kiểm phiếu khóa dữ liệu phiếu.", "The board locked the sheets."),
    "batches_made": ("Chia {count} tập phiếu{of_type}: {sizes}.", "{count} batches{of_type}: {sizes}."),
    "batch_resized": (
        "Sửa số phiếu đếm tay của tập {batch}: {before} thành {size}. Lý do: {reason}",
        "Sheets counted by hand in batch {batch} corrected from {before} to {size}: {reason}",
    ),
    "returned_corrected": (
        "Sửa số phiếu thu về{of_type}: {before} thành {returned}. Lý do: {reason}",
        "Ballots returned{of_type} corrected from {before} to {returned}: {reason}",
    ),
    "keying_opened": (
        "Tập {batch}, lần {station}: bắt đầu nhập (đọc: {reader}; nhập: {keyer}; kiểm tra: {checker}).",
        "Batch {batch}, reading {station} opened (reader {reader}, keyer {keyer}, checker {checker}).",
    ),
    "keying_closed": (
        "Tập {batch}, lần {station}: nhập xong {sheets} phiếu, sửa {corrections} phiếu.",
        "Batch {batch}, reading {station} closed: {sheets} sheets, {corrections} corrected.",
    ),
    "keying_again": (
        "Tập {batch}, lần {station}: nhập lại lần thứ {attempt}. Lần nhập trước được giữ. Lý do: {reason}",
        "Batch {batch}, reading {station} keyed again (attempt {attempt}): {reason}",
    ),
    "scan_opened": ("Tập {batch}: bắt đầu quét (người quét: {operator}).", "Batch {batch}: scan opened ({operator})."),
    "scan_watches": (
        "Tập {batch}: nhận tệp quét từ thư mục theo dõi.",
        "Batch {batch}: files are taken from the watched folder.",
    ),
    "scan_pages_dropped": (
        "Tập {batch}: bỏ {count} trang khỏi lần quét. Lý do: {reason}",
        "Batch {batch}: {count} pages left out of the scan: {reason}",
    ),
    "scan_keyed_by_hand": (
        "Tập {batch}: {count} mặt phiếu máy không đọc được, Ban kiểm phiếu nhập tay từ phiếu giấy.",
        "Batch {batch}: {count} sides that the machine could not read are keyed by the board from the paper.",
    ),
    "duplicate_left_out": (
        "Tập {batch}: bỏ một tờ đã quét hai lần. Lý do: {reason}",
        "Batch {batch}: a sheet that was scanned twice is left out: {reason}",
    ),
    "scan_closed": (
        "Tập {batch}: quét xong {sheets} phiếu; Ban kiểm phiếu xem {points} chỗ nghi vấn, kết luận khác đề xuất của máy {changed} chỗ.",
        "Batch {batch}: {sheets} sheets scanned; the board looked at {points} doubtful places and decided otherwise than proposed on {changed}.",
    ),
    "desk_sat": (
        "Tập {batch}: các thành viên Ban kiểm phiếu đã xem chỗ nghi vấn: {names}.",
        "Batch {batch}: members of the board who looked at doubtful places: {names}.",
    ),
    "scan_again": (
        "Tập {batch}: quét lại lần thứ {attempt}. Lần quét trước được giữ. Lý do: {reason}",
        "Batch {batch} scanned again (attempt {attempt}): {reason}",
    ),
    "scan_reopened": (
        "Tập {batch}: Ban kiểm phiếu mở lại lần quét để xem lại một số dòng. Lần đọc trước được giữ.",
        "Batch {batch}: the board opened the scan again to look at some rows. The earlier reading is kept.",
    ),
    "columns_looked": (
        "Ban kiểm phiếu đã xem hết các dải ô phải xem lại trước khi ký (người xem: {names}).",
        "The board looked through every strip of marks that had to be seen before the signing ({names}).",
    ),
    "images_kept": (
        "Quyết định lưu ảnh quét: {decision}.",
        "Decision to keep the scanned images: {decision}.",
    ),
    "images_not_kept": (
        "Không lưu ảnh quét: ảnh được xóa khi Ban kiểm phiếu ký biên bản.",
        "Scanned images are not kept: they are deleted when the board signs.",
    ),
    "images_deleted": (
        "Xóa ảnh quét khỏi máy ({count} ảnh). Căn cứ: {decision}",
        "Scanned images deleted ({count}): {decision}",
    ),
    "images_exported": (
        "Chép {count} ảnh quét đã mã hóa ra ngoài máy theo {decision}. Mã băm của tệp: {digest}",
        "{count} encrypted images copied out by {decision}. Hash of the file: {digest}",
    ),
    "batch_settled": (
        "Tập {batch}: đối chiếu các lần đọc xong; khi đối chiếu, {misread} phiếu lấy theo phiếu giấy, {rulings} phiếu Ban kiểm phiếu kết luận.",
        "Batch {batch}: readings reconciled; of the sheets that differed {misread} were settled by the paper, {rulings} by ruling of the board.",
    ),
    "scan_accepted": (
        "Tập {batch}: kết quả quét đưa vào tổng hợp; không có lần đọc khác để đối chiếu.",
        "Batch {batch}: the scan goes into the count; there is no other reading to reconcile it with.",
    ),
    "ruling_made": (
        "Ban kiểm phiếu kết luận một trường hợp ở tập {batch} khi đối chiếu. Lý do: {reason}",
        "The board ruled on one case in batch {batch} while reconciling: {reason}",
    ),
    "desk_ruling_made": (
        "Ban kiểm phiếu kết luận một trường hợp ở tập {batch} khi xem phiếu nghi vấn. Lý do: {reason}",
        "The board ruled on one case in batch {batch} at the adjudication desk: {reason}",
    ),
    "hand_tally_typed": ("Ghi kết quả kiểm tay của tập {batch}.", "Hand tally of batch {batch} typed."),
    "hand_tally_ruled": (
        "Kiểm tay và kiểm máy của tập {batch} khác nhau; Ban kiểm phiếu kết luận: {ruling}",
        "Hand and machine differ on batch {batch}; the board ruled: {ruling}",
    ),
    "totals_typed": (
        "Nhập tổng từ bảng kiểm phiếu{of_type}, lần {typing}, người nhập {typist}.",
        "Totals typed{of_type}, typing {typing} by {typist}.",
    ),
    "counted": ("Tổng hợp kết quả kiểm phiếu lần {number}.", "Count {number} made."),
    "signed": (
        "Ban kiểm phiếu đã ký biên bản bản giấy; mã đối chiếu {short}.",
        "The board signed the minutes on paper; code {short}.",
    ),
    "recount_decided": (
        "Phúc tra theo {decision}; kết quả lần {number} được giữ và thay bằng lần kiểm mới.",
        "Recount by {decision}; count {number} is kept and superseded by a new one.",
    ),
    "ballots_taken": (
        "Tải phiếu để in{of_type}: {copies} bản, {how}, mã mẫu phiếu {layout}.",
        "Ballots taken for printing{of_type}: {copies} copies, {how}, form {layout}.",
    ),
    "ballot_form_changed": ("Sửa mẫu phiếu: {what}.", "Form of the ballot changed: {what}."),
    "tokens_decided": (
        "In mã ngẫu nhiên trên từng phiếu theo {decision}.",
        "A random code on each sheet, by {decision}.",
    ),
    "tokens_dropped": ("Thôi in mã ngẫu nhiên, các phiếu giống hệt nhau.", "No random code, all sheets alike."),
    "random_check_begun": (
        "Kiểm tra ngẫu nhiên: {names} bốc thăm được mười chữ số {seed}.",
        "Random check: {names} drew the ten digits {seed}.",
    ),
    "random_check_listed": (
        "Kiểm tra ngẫu nhiên: lập danh sách phiếu lần {list}.",
        "Random check: list {list} drawn up.",
    ),
    "random_check_agreed": (
        "Kiểm tra ngẫu nhiên xong: phiếu giấy khớp với bản đã ghi.",
        "Random check ended: the paper agrees with the record.",
    ),
    "random_check_full_reading": (
        "Kiểm tra ngẫu nhiên xong: có chỗ không khớp, toàn bộ phiếu phải đọc lại.",
        "Random check ended: there are differences, every sheet is read again.",
    ),
    "random_check_reread": (
        "Đọc lại toàn bộ phiếu bằng hai lần nhập theo kết luận kiểm tra ngẫu nhiên; các lần đọc trước được giữ.",
        "Every sheet is keyed twice anew after the random check; the readings before are kept.",
    ),
    "random_check_declined": (
        "Ban kiểm phiếu không kiểm tra ngẫu nhiên. Lý do: {reason}",
        "The board does without the random check. Reason: {reason}",
    ),
    "sheets_deleted": (
        "Xóa dữ liệu phiếu đã nhập theo {decision}. Biên bản và bản ghi kết quả được giữ.",
        "Keyed sheets deleted by {decision}. Minutes and count record are kept.",
    ),
}
"""code → (Vietnamese, English), over the event's values."""

BOARDS_OWN_WORDS: dict[str, str] = {
    "ruling_made": "reason",
    "desk_ruling_made": "reason",
    "hand_tally_ruled": "ruling",
    "duplicate_left_out": "reason",
    "scan_pages_dropped": "reason",
    "scan_again": "reason",
    "keying_again": "reason",
}
"""code → the value in which the board writes, in its own words, what it saw of sheets."""

WITHHELD = ("xem được sau khi Ban kiểm phiếu ký biên bản.", "shown once the board has signed the minutes.")


def outside_sentence(code: str, values: Mapping[str, str | int | None], language: str = "vi") -> str | None:
    """Câu cho người ngoài Ban kiểm phiếu trước khi ký biên bản, without the board's own words; None where the whole sentence may be read."""
    own = BOARDS_OWN_WORDS.get(code)
    if own is None:
        return None
    return event_sentence(code, {**values, own: WITHHELD[1 if language == "en" else 0]}, language)


def event_sentence(code: str, values: Mapping[str, str | int | None], language: str = "vi") -> str:
    """Câu của một việc; `of_type` becomes " (loại phiếu …)" where a type has a title."""
    vi, en = EVENTS[code]
    title = values.get("of_type")
    shown = {key: "" if value is None else value for key, value in values.items()}
    if "{of_type}" in vi:
        shown["of_type"] = (f' ("{title}")' if language == "en" else f" (loại phiếu “{title}”)") if title else ""
    return (en if language == "en" else vi).format(**shown)
