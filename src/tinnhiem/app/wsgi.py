"""Điểm vào của máy chủ: what granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinnhiem.app.settings")
application = get_wsgi_application()
