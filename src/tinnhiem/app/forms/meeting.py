"""Biểu mẫu số liệu cuộc họp và số phiếu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DeskForm, WholeField


class AttendanceForm(DeskForm):
    """Số người: empty where not known yet."""

    members = WholeField(label=_("Tổng số thành viên"), help_text=_("Tổng số ủy viên, đại biểu theo danh sách."))
    summoned = WholeField(label=_("Số triệu tập"))
    present = WholeField(label=_("Có mặt lúc bỏ phiếu"))
    absent_with_leave = WholeField(label=_("Vắng có lý do"))
    absent_without_leave = WholeField(label=_("Vắng không lý do"))
    excluded = WholeField(
        label=_("Số người được trừ"), help_text=_("Chỉ ghi khi quy định cho trừ người khỏi số triệu tập.")
    )


class BallotNumbersForm(DeskForm):
    """Số phiếu của một loại, up to the close; what came back is the board's to tell."""

    received = WholeField(label=_("Nhận từ văn thư"))
    issued = WholeField(label=_("Phát ra"), help_text=_("Không tính phiếu đã đổi."))
    spoilt = WholeField(label=_("Đổi (hỏng)"))
    unused = WholeField(label=_("Chưa sử dụng"))
