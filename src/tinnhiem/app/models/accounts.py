"""Tài khoản và bàn làm việc: who logs in, and which desk of a round that person sits at.

Contract: an account is a log-in and a shown name, nothing about votes. A `Desk` gives an account one role in one round; which roles may
not meet in one person stands in `access`.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Vai trò trong một đợt."""

    ORGANISER = "organiser", _("Chuyên viên tổ chức")
    CHAIR = "chair", _("Chủ trì")
    BOARD_HEAD = "board_head", _("Trưởng Ban kiểm phiếu")
    BOARD = "board", _("Thành viên Ban kiểm phiếu")
    STATION = "station", _("Bàn nhập phiếu")


class Account(AbstractUser):
    """Tài khoản. `is_officer` may open rounds and accounts on this installation."""

    shown_name = models.CharField(_("Họ và tên hiển thị"), max_length=120, blank=True)
    is_officer = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("tài khoản")

    def __str__(self) -> str:
        return self.shown_name or self.username


class Desk(models.Model):
    """Bàn làm việc: one account's role in one round; `station` numbers the entry tables (1, 2, 3)."""

    round = models.ForeignKey("app.Round", on_delete=models.PROTECT, related_name="desks")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="desks")
    role = models.CharField(max_length=16, choices=Role.choices)
    station = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "account", "role"], name="one_desk_per_role")]

    def __str__(self) -> str:
        return f"{self.account} – {self.get_role_display()}"
