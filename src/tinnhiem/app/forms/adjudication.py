"""Biểu mẫu của bàn xem phiếu nghi vấn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DeskForm
from tinnhiem.app.models import BoardMember


class MemberForm(DeskForm):
    """Người xem: one member of the board."""

    def __init__(self, *args: Any, members: Iterable[BoardMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = forms.ChoiceField(
            label=_("Người xem"),
            widget=forms.RadioSelect,
            choices=[(str(one.pk), f"{one.name} – {one.get_duty_display()}") for one in members],
            error_messages={
                "required": _("Chọn tên người xem."),
                "invalid_choice": _("Chọn tên trong danh sách Ban kiểm phiếu."),
            },
        )


class RulingForm(DeskForm):
    """Kết luận của Ban kiểm phiếu về một chỗ."""

    sheet = forms.IntegerField(min_value=1)
    line = forms.IntegerField()
    mark = forms.CharField(max_length=32)
    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].error_messages["required"] = _("Chọn kết luận.")
        self.fields["reason"].error_messages["required"] = _("Ghi lý do kết luận.")
