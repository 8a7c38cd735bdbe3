"""Biểu mẫu lập tài khoản đầu tiên."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FirstOfficerForm(forms.Form):
    """Tài khoản đầu tiên: shown name, log-in name, password twice."""

    shown_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)
    password = forms.CharField(
        label=_("Mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, object]:
        """The two passwords are the same."""
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau. Nhập lại."))
        return cleaned
