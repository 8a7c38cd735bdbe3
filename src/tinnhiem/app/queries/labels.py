"""Tên cột: what a field is called on the screens, for sentences about it."""

from __future__ import annotations

from django.db import models


def label_of(model: type[models.Model] | models.Model, name: str) -> str:
    """Tên gọi của một cột, as its form shows it."""
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's documented door
    return str(getattr(field, "verbose_name", name))
