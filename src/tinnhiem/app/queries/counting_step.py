"""Việc tiếp theo của Ban kiểm phiếu: one sentence for wherever the counting stands.

Contract: the first of the waiting things, in the order of the table; "" when the counting room has nothing to do.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from tinnhiem.app import vault
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import Round, Seal


def next_sentence(round_: Round, *, batches: int, waiting: int, settled: int) -> str:
    """Câu “Việc tiếp theo”: `waiting` batches can be reconciled now, `settled` are done."""
    now = process_of(round_)
    sheets = round_.way == Round.Way.SHEETS
    made = Seal.objects.filter(round=round_).exists()
    in_turn = {
        "closed": (
            (now.done("box_opened") is None, _("Mở thùng phiếu và ghi giờ, người mở.")),
            (
                now.done("returned_announced") is None,
                _("Đếm phiếu thu về, ghi số phiếu và công bố với cuộc họp."),
            ),
            (True, _("Chuyển sang bước kiểm phiếu.")),
        ),
        "counting": (
            (not made, _("Đặt cụm mật khẩu của Ban kiểm phiếu trước khi nhập phiếu đầu tiên.")),
            (not vault.is_open(round_.pk), _("Nhập cụm mật khẩu để mở dữ liệu phiếu.")),
            (
                not sheets,
                _("Hai người nhập tổng từ bảng kiểm phiếu ở bàn nhập, sau đó tổng hợp ở trang Kết quả."),
            ),
            (not batches, _("Chia tập phiếu và ghi số phiếu đếm tay của từng tập.")),
            (bool(waiting), _("Đối chiếu tập đã nhập đủ số lần.")),
            (settled == batches, _("Các tập đã thống nhất. Tổng hợp kết quả.")),
            (True, _("Các bàn tiếp tục nhập phiếu.")),
        ),
    }
    return next((sentence for holds, sentence in in_turn.get(round_.state, ()) if holds), "")
