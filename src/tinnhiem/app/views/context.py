"""Ngữ cảnh chung của mọi trang: name, version, whether this is the demonstration, the server's clock."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tinnhiem import __version__


def house(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    """What `base.html` shows everywhere."""
    return {"product_version": __version__, "demo": settings.DEMO, "now": timezone.localtime()}
