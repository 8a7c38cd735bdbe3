"""Biểu mẫu tài khoản, mật khẩu và bàn làm việc."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DeskForm
from tinnhiem.app.models import Account, Role


class PasswordForm(DeskForm):
    """Mật khẩu, hai lần."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Ít nhất 8 ký tự."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, object]:
        """The two are the same."""
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau. Nhập lại."))
        return cleaned


class AccountForm(PasswordForm):
    """Tài khoản mới."""

    field_order = ("shown_name", "username", "password", "again")
    shown_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=60, help_text=_("Viết liền, không dấu. Ví dụ: bannhap1.")
    )


class SeatForm(DeskForm):
    """Giao một bàn làm việc: who, as what, at which table."""

    account = forms.ModelChoiceField(
        label=_("Tài khoản"), queryset=Account.objects.order_by("shown_name", "username"), empty_label=_("Chọn người")
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    station = forms.TypedChoiceField(
        label=_("Bàn nhập số"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Không phải bàn nhập")), (1, "1"), (2, "2"), (3, "3")],
    )

    def clean(self) -> dict[str, object]:
        """A station has a number, nobody else has one."""
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.STATION and cleaned.get("station") is None:
            self.add_error("station", _("Chọn số của bàn nhập: 1, 2 hoặc 3."))
        elif cleaned.get("role") != Role.STATION:
            cleaned["station"] = None
        return cleaned
