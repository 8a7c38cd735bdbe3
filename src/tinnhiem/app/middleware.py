"""Lớp trung gian: headers that every page carries, and the first-run page of an empty house.

Contract: scripts and styles come from this house only; nothing is framed; entry and result pages are never kept by the browser.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from tinnhiem.app.models import Account

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Next = Callable[[HttpRequest], HttpResponseBase]


class Headers:
    """Tiêu đề bảo vệ của mọi trang."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Adds the content policy and forbids keeping."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class ChosenLanguage:
    """Ngôn ngữ: Vietnamese unless the reader chose English on the page; what a browser was installed in decides nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activates the language of the cookie that the footer's switch sets."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class FirstRun:
    """Trang mở đầu: while there is no account, every page leads to the one that makes the first officer's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.settled = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Redirects to the first-run page until an account exists."""
        if not self.settled:
            self.settled = Account.objects.exists()
        first = reverse("first-run")
        if not self.settled and request.path != first and not request.path.startswith("/static/"):
            return redirect(first)
        return self.get_response(request)
