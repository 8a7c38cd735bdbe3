"""Cài đặt: one place for every setting, all of them read from the environment that `tinnhiem serve` prepares.

Contract: nothing here reaches for the network, nothing writes outside the data folder, and no log records a page of the counting room.
`TINNHIEM_DATA` (folder) · `TINNHIEM_DATABASE_URL` (empty: SQLite in the folder; `postgresql://…` for many bodies) · `TINNHIEM_HOSTS` (host
names beside 127.0.0.1, comma-separated) · `TINNHIEM_HTTPS` (1 when served over HTTPS) · `TINNHIEM_DEMO` (1 for the demonstration) · `TINNHIEM_WATCH` (folder a network scanner writes to).
Each is described in `docs/reference/settings.md`, which a test holds against this file.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

DATA = Path(os.environ.get("TINNHIEM_DATA", "tinnhiem-data")).absolute()
HERE = Path(__file__).parent


def _secret_key() -> str:
    """The session key of this installation, made once; it protects log-ins, never sheets (see `vault`)."""
    place = DATA / "session.key"
    if place.is_file():
        return place.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    if DATA.is_dir():
        place.touch(mode=0o600)  # before anything stands in it
        place.write_text(key, encoding="ascii")
    return key


def _database(url: str) -> dict[str, object]:
    """Django's database setting for an address; SQLite in the data folder when there is none."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "tinnhiem.sqlite3"),
            "OPTIONS": {
                # A count survives the plug being pulled, and what is deleted is overwritten (SECURITY.md).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    parts = urlsplit(url)
    extra = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.get("host", [parts.hostname or ""])[0],
        "PORT": extra.get("port", [str(parts.port or "")])[0],
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret_key()
DEBUG = False
DEMO = os.environ.get("TINNHIEM_DEMO") == "1"
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *(name.strip() for name in os.environ.get("TINNHIEM_HOSTS", "").split(",") if name.strip()),
]
WATCH = Path(os.environ["TINNHIEM_WATCH"]).absolute() if os.environ.get("TINNHIEM_WATCH") else None
HTTPS = os.environ.get("TINNHIEM_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "tinnhiem.app",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinnhiem.app.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tinnhiem.app.middleware.Headers",
    "tinnhiem.app.middleware.FirstRun",
]
ROOT_URLCONF = "tinnhiem.app.urls"
WSGI_APPLICATION = "tinnhiem.app.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinnhiem.app.views.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
DATABASES = {"default": _database(os.environ.get("TINNHIEM_DATABASE_URL", ""))}
AUTH_USER_MODEL = "app.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = DATA / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["tinnhiem.app.uploads.InMemoryOnly"]  # an upload is never spooled to a temporary file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a meeting day; a log-out in mid-count is a known grievance
SESSION_COOKIE_NAME = "tinnhiem"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a sentence never waits in the browser
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing about a request is logged: the time and order of requests in the counting room are side data about sheets.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"tinnhiem": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
    "root": {"handlers": [], "level": "CRITICAL"},
}
