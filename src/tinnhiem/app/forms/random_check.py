"""Biểu mẫu bốc thăm kiểm tra ngẫu nhiên."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DeskForm


class LotForm(DeskForm):
    """Mười chữ số vừa bốc và những người thực hiện."""

    seed = forms.CharField(
        label=_("Mười chữ số, theo thứ tự bốc"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 16}),
    )
    drawn_by = forms.CharField(label=_("Người bốc thăm"), max_length=120)
    read_by = forms.CharField(label=_("Người đọc phiếu giấy"), max_length=120)
    compared_by = forms.CharField(label=_("Người nhập lời đọc vào máy"), max_length=120)
    ticked_by = forms.CharField(label=_("Người đánh dấu"), max_length=120, required=False)
