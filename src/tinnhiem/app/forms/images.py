"""Biểu mẫu quyết định lưu ảnh quét."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DayField, DeskForm


class KeepImagesForm(DeskForm):
    """Quyết định lưu ảnh: what it is, its number and its day."""

    name = forms.CharField(label=_("Quyết định của"), max_length=80, help_text=_("Ví dụ: Ban Thường vụ Đảng ủy"))
    number = forms.CharField(label=_("Số"), max_length=60, help_text=_("Ví dụ: 15-QĐ/ĐU"))
    day = DayField(label=_("Ngày"))

    def decision(self) -> str:
        """As the round keeps it."""
        typed = self.cleaned_data
        return f"{typed['name'].strip()}, số {typed['number'].strip()} ngày {typed['day']:%d/%m/%Y}"
