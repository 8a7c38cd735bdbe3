"""Biểu mẫu của phòng kiểm phiếu."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CrewForm(forms.Form):
    """Người ngồi ở bàn nhập: two or three people."""

    reader = forms.CharField(label=_("Người đọc phiếu"), max_length=120)
    keyer = forms.CharField(label=_("Người nhập"), max_length=120)
    checker = forms.CharField(label=_("Người kiểm tra"), max_length=120, required=False)


class PassphraseForm(forms.Form):
    """Cụm mật khẩu của Ban kiểm phiếu."""

    passphrase = forms.CharField(
        label=_("Cụm mật khẩu của Ban kiểm phiếu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=True,
    )


class NewPassphraseForm(PassphraseForm):
    """Cụm mật khẩu lần đầu: typed twice."""

    again = forms.CharField(
        label=_("Nhập lại cụm mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=True
    )

    def clean(self) -> dict[str, object]:
        """Hai lần nhập phải giống nhau."""
        cleaned = super().clean() or {}
        if cleaned.get("passphrase") != cleaned.get("again"):
            self.add_error("again", _("Hai lần nhập cụm mật khẩu không giống nhau. Nhập lại."))
        return cleaned


class ActForm(forms.Form):
    """Một việc được ghi nhận: its hour and the names."""

    # Typed, not picked: a browser's own clock shows AM and PM on many office machines.
    hour = forms.TimeField(
        label=_("Giờ"),
        input_formats=["%H:%M", "%H giờ %M", "%Hh%M", "%H.%M"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "09:18", "size": 8}),
        error_messages={"required": _("Ô này chưa ghi."), "invalid": _("Ghi giờ và phút, ví dụ 09:18.")},
    )
    names = forms.CharField(
        label=_("Họ tên người thực hiện, chứng kiến"),
        help_text=_("Mỗi người cách nhau bằng dấu phẩy."),
        max_length=400,
        error_messages={"required": _("Ô này chưa ghi.")},
    )

    def told_names(self) -> tuple[str, ...]:
        """Các họ tên đã ghi."""
        return tuple(name.strip() for name in self.cleaned_data["names"].split(",") if name.strip())


class ReasonForm(forms.Form):
    """Một lý do hoặc kết luận bằng chữ."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
