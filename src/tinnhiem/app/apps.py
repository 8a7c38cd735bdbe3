"""Cấu hình ứng dụng Django: the one app of the house."""

from __future__ import annotations

from django.apps import AppConfig


class TinnhiemConfig(AppConfig):
    """Ứng dụng Tín nhiệm."""

    name = "tinnhiem.app"
    label = "app"
    verbose_name = "Tín nhiệm"
    default_auto_field = "django.db.models.BigAutoField"
