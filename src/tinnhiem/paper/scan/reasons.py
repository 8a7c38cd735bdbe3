"""Lý do: what the reader's codes are called by people who count ballots.

Contract: every reason that a row or page can bear stands here, with the clerk's words (vi) and English (en); pages also with what to do next. Words only; the codes are fixed by `page_reading`'s contract.
"""

from __future__ import annotations

ROW_REASONS: dict[str, tuple[str, str]] = {
    "blank": ("Để trống", "Left blank"),
    "over": ("Đánh từ hai ô", "Two boxes marked or more"),
    "struck": ("Gạch tên", "Name struck out"),
    "written": ("Ghi thêm", "Something written in"),
    "faint": ("Dấu mờ", "Faint mark"),
    "dot": ("Dấu chấm, nét ngắn", "Dot or short stroke"),
    "scribble": ("Ô bị tô hoặc gạch xóa", "Box filled or scribbled over"),
    "outside": ("Dấu nằm ngoài ô", "Mark outside the box"),
    "frame": ("Khung ô không rõ", "Box frame unclear"),
    "streak": ("Vệt máy quét", "Scanner streak"),
    "unsure": ("Dấu không rõ", "Mark unclear"),
}
"""Lý do của một dòng, code → (vi, en); a row that is marked has none."""

PAGE_REASONS: dict[str, tuple[str, str]] = {
    "not_a_ballot": ("Không phải phiếu tín nhiệm", "Not a ballot"),
    "blank_page": ("Trang trắng", "Blank page"),
    "markers_missing": ("Không thấy đủ ba mốc ở góc phiếu", "Fewer than three corner signs are visible"),
    "code_unreadable": ("Không đọc được mã vuông", "The square code cannot be read"),
    "other_round": (
        "Phiếu của đợt khác hoặc của lần phát phiếu đã hủy",
        "A ballot of another round, or of a cancelled vote",
    ),
    "code_unknown": ("Mã ngẫu nhiên không phải của đợt này", "The random code is not one of this round"),
    "code_repeated": ("Mã ngẫu nhiên đã có ở tờ khác", "The random code stands on another sheet already"),
    "rehearsal_mixed": ("Lẫn phiếu thử với phiếu chính thức", "Rehearsal and official ballots mixed"),
    "wrong_scale": ("Phiếu không in đúng 100 %", "Not printed at 100 %"),
    "frames_mismatch": ("Khung ô không khớp với mẫu phiếu", "The boxes do not lie where the ballot has them"),
    "print_unclear": ("Bản in hoặc ảnh quét quá nhạt hay quá đậm", "Print or scan too pale or too dark"),
    "page_streaked": ("Vệt máy quét chạy qua các cột ô", "Scanner streaks run through the columns of boxes"),
    "too_small": ("Ảnh quá nhỏ để đọc chắc chắn", "The image is too small to be read with certainty"),
    "too_large": ("Ảnh quá lớn", "The image is too large"),
    "unreadable_image": ("Không mở được ảnh của trang", "The page's image cannot be opened"),
}
"""Lý do không nhận một trang, code → (vi, en)."""

PAGE_ADVICE: dict[str, tuple[str, str]] = {
    "not_a_ballot": (
        "Lấy tờ này ra khỏi tập phiếu; nếu đúng là phiếu, quét lại ngay ngắn.",
        "Take this sheet out of the batch; if it is a ballot, scan it again straight.",
    ),
    "code_unknown": (
        "Tờ này không do đợt này in ra. Để riêng, báo Trưởng Ban kiểm phiếu.",
        "This sheet was not printed for the round. Put it aside and tell the head of the board.",
    ),
    "code_repeated": (
        "Cùng một tờ quét hai lần, hoặc phiếu sao chụp. Tìm hai tờ cùng mã; quét hai lần thì bỏ trang này, có hai tờ thì báo Trưởng Ban kiểm phiếu.",
        "One sheet scanned twice, or a photocopy. Look for two sheets; leave this page out if there is one, tell the head of the board if there are two.",
    ),
    "blank_page": (
        "Không cần làm gì nếu là mặt sau để trắng; nếu phải có chữ, kiểm tra tờ có úp ngược không rồi quét lại.",
        "Nothing to do for an empty back; if there ought to be print, see whether the sheet lay face down and scan it again.",
    ),
    "markers_missing": (
        "Vuốt thẳng góc phiếu bị gập, đặt ngay ngắn rồi quét lại.",
        "Smooth out folded corners, lay the sheet straight and scan it again.",
    ),
    "code_unreadable": (
        "Lau kính máy quét, vuốt phẳng phiếu rồi quét lại ở 200 dpi trở lên; nếu mã bị che, nhập phiếu bằng tay.",
        "Clean the glass, flatten the sheet and scan at 200 dpi or more; if the code is covered, enter the sheet by hand.",
    ),
    "other_round": (
        "Để riêng tờ này và báo Ban kiểm phiếu; không tính vào đợt đang kiểm.",
        "Put the sheet aside and tell the counting board; it does not belong to this count.",
    ),
    "rehearsal_mixed": (
        "Để riêng tờ này và báo Ban kiểm phiếu: phiếu thử và phiếu chính thức không kiểm chung.",
        "Put the sheet aside and tell the counting board: rehearsal and official ballots are not counted together.",
    ),
    "wrong_scale": (
        "Quét lại, tắt co giãn trong máy quét; nếu phiếu đã in sai tỷ lệ, nhập phiếu bằng tay.",
        "Scan again with scaling switched off; if the ballot was printed at another scale, enter the sheet by hand.",
    ),
    "frames_mismatch": (
        "Vuốt phẳng phiếu rồi quét lại; nếu vẫn vậy, nhập phiếu bằng tay.",
        "Flatten the sheet and scan it again; failing that, enter it by hand.",
    ),
    "print_unclear": (
        "Chỉnh độ sáng của máy quét về mức thường rồi quét lại; nếu phiếu in mờ, nhập phiếu bằng tay.",
        "Set the scanner's brightness to normal and scan again; if the print itself is pale, enter the sheet by hand.",
    ),
    "page_streaked": (
        "Lau dải kính hẹp của khay nạp giấy rồi quét lại cả tập.",
        "Clean the narrow glass of the feeder and scan the whole batch again.",
    ),
    "too_small": (
        "Quét lại ở 200 dpi; nếu chụp bằng điện thoại, chụp gần hơn cho phiếu đầy khung hình.",
        "Scan again at 200 dpi; with a phone, go closer until the sheet fills the picture.",
    ),
    "too_large": (
        "Quét lại ở 200 hoặc 300 dpi, đúng khổ giấy của phiếu.",
        "Scan again at 200 or 300 dpi, at the sheet's own size.",
    ),
    "unreadable_image": (
        "Chép lại tệp từ máy quét; nếu vẫn vậy, quét lại tờ này.",
        "Copy the file from the scanner again; failing that, scan the sheet again.",
    ),
}
"""Việc cần làm với một trang không nhận, code → (vi, en)."""
