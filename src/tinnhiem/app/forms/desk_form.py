"""Biểu mẫu của bàn làm việc: one way of saying what is missing, dates as Vietnamese offices write them.

Contract: shape only; a field's fault names the field. Dates are typed day/month/year, so that no browser's own setting turns them around.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class DeskForm(forms.Form):
    """Biểu mẫu: faults in the words of the desk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Ô này chưa ghi.")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Chọn một mục trong danh sách.")


class DayField(forms.DateField):
    """Ngày: typed as 05/07/2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATE_FORMATS)
        kwargs.setdefault(
            "widget",
            forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "05/07/2026", "inputmode": "numeric"}),
        )
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Ghi ngày/tháng/năm, ví dụ 05/07/2026.")


class WholeField(forms.IntegerField):
    """Số nguyên từ 0: a number of people or of sheets."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 99_999)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Ghi một số nguyên.")
        self.error_messages["min_value"] = _("Số này nhỏ nhất là %(limit_value)s.")
        self.error_messages["max_value"] = _("Số này lớn nhất là %(limit_value)s.")
