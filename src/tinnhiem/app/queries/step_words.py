"""Lời của từng bước: the sentence, the button and the question of every passage of a round.

Contract: one entry for each state that a person reaches by a button; `poll.round` says which passages there are. The question is what the page of the
passage asks before anything happens, in the words an office uses aloud.
"""

from __future__ import annotations

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinnhiem.poll.round import State

Words = str | Promise


class StepWords(msgspec.Struct, frozen=True):
    """Lời của một bước."""

    sentence: Words
    label: Words
    question: Words


STEP_WORDS: dict[State, StepWords] = {
    "submitted": StepWords(
        _("Trình lãnh đạo duyệt kế hoạch lấy phiếu."),
        _("Trình duyệt kế hoạch"),
        _("Ghi nhận kế hoạch đã trình lãnh đạo duyệt?"),
    ),
    "plan_approved": StepWords(
        _("Kế hoạch được ký ban hành thì ghi nhận ở đây."),
        _("Ghi nhận đã ban hành kế hoạch"),
        _("Ghi nhận kế hoạch lấy phiếu đã được ký ban hành?"),
    ),
    "dossiers_in": StepWords(
        _("Nhận đủ hồ sơ, báo cáo của người được lấy phiếu."),
        _("Ghi nhận đã nhận hồ sơ"),
        _("Ghi nhận đã nhận đủ hồ sơ, báo cáo của người được lấy phiếu?"),
    ),
    "dossiers_out": StepWords(
        _("Gửi hồ sơ, báo cáo đến người ghi phiếu."),
        _("Ghi nhận đã gửi hồ sơ"),
        _("Ghi nhận hồ sơ, báo cáo đã gửi đến người ghi phiếu?"),
    ),
    "lists_frozen": StepWords(
        _("Rà soát lần cuối rồi chốt danh sách."),
        _("Chốt danh sách"),
        _("Chốt danh sách? Sau bước này không sửa được danh sách, loại phiếu, thiết lập và quy tắc của đợt."),
    ),
    "ready": StepWords(
        _("Kiểm tra lần cuối: giấy tờ đã in, máy đã thử, các bàn đã có người."),
        _("Chốt chuẩn bị"),
        _("Chốt chuẩn bị? Đợt chuyển sang sẵn sàng cho cuộc họp."),
    ),
    "voting": StepWords(
        _("Bắt đầu bỏ phiếu khi người chủ trì cho phép."),
        _("Bắt đầu bỏ phiếu"),
        _("Bắt đầu bỏ phiếu?"),
    ),
    "closed": StepWords(
        _("Kết thúc bỏ phiếu khi mọi người đã bỏ phiếu."),
        _("Kết thúc bỏ phiếu"),
        _("Kết thúc bỏ phiếu? Sau bước này không nhận thêm phiếu vào thùng phiếu."),
    ),
    "counting": StepWords(
        _("Công bố số phiếu thu về rồi bắt đầu kiểm phiếu."),
        _("Bắt đầu kiểm phiếu"),
        _("Bắt đầu kiểm phiếu? Số phiếu phát ra, thu về không sửa được nữa."),
    ),
    "announced": StepWords(
        _("Trưởng Ban kiểm phiếu công bố kết quả với cuộc họp."),
        _("Ghi nhận đã công bố kết quả"),
        _("Ghi nhận kết quả đã được công bố với cuộc họp?"),
    ),
    "reported": StepWords(
        _("Gửi báo cáo kết quả lên cấp trên."),
        _("Ghi nhận đã báo cáo"),
        _("Ghi nhận kết quả đã được báo cáo lên cấp trên?"),
    ),
    "follow_up": StepWords(
        _("Theo dõi việc sử dụng kết quả lấy phiếu."),
        _("Chuyển sang theo dõi"),
        _("Chuyển đợt sang bước theo dõi việc sử dụng kết quả?"),
    ),
    "archived": StepWords(
        _("Xong các việc sau lấy phiếu thì đưa đợt vào lưu trữ."),
        _("Đưa vào lưu trữ"),
        _("Đưa đợt vào lưu trữ? Các văn bản vẫn xem và in lại được."),
    ),
}
"""state → its words. `signed` is not here: the board records it on the page of the result."""


def words_of(state: State) -> StepWords:
    """Lời của bước tới `state`."""
    return STEP_WORDS[state]
