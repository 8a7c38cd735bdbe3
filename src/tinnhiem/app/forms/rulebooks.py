"""Biểu mẫu điều chỉnh một giá trị chưa chắc, and the days tried out on the calendar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DayField, DeskForm


class CorrectionForm(DeskForm):
    """Điều chỉnh: the office's own value and the reason that the minutes print."""

    value = forms.CharField(label=_("Giá trị dùng cho đợt này"), max_length=400)
    reason = forms.CharField(
        label=_("Lý do, căn cứ"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In vào biên bản. Ghi văn bản đã đối chiếu hoặc ý kiến của cấp có thẩm quyền."),
    )

    def typed_as(self, now: str | int | bool) -> str | int | bool:  # noqa: FBT001 - a flag is one of the values of the law
        """What was typed, as the kind that stands there now; left as text where it does not fit, so that the law refuses it."""
        typed = str(self.cleaned_data["value"]).strip()
        if isinstance(now, bool):
            known = {"có": True, "yes": True, "không": False, "no": False}
            return known.get(typed.lower(), typed)
        if isinstance(now, int):
            return int(typed) if typed.lstrip("-").isdecimal() else typed
        day = DayField(required=False)
        try:
            parsed = day.clean(typed)
        except forms.ValidationError:
            return typed
        return parsed.isoformat() if parsed and _looks_like_a_day(now) else typed


def _looks_like_a_day(now: str) -> bool:
    parts = now.split("-")
    return len(parts) == 3 and all(part.isdecimal() for part in parts)


class CalendarForm(DeskForm):
    """Thử ngày khác: nothing is saved."""

    vote = DayField(label=_("Thử ngày lấy phiếu"), required=False)
    opening = DayField(label=_("Thử ngày khai mạc"), required=False)
