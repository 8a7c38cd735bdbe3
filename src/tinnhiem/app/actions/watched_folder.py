"""Thư mục theo dõi: files that a network scanner drops are taken into the scan that watches, and removed once every page is sealed.

Contract: one folder for the house, one scan watching at a time, chosen by a person of the board since the program was started. A file is taken when its size has
not changed between two looks; its original goes when all its pages are saved, and stays where a page could not be opened.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from tinnhiem.app.models import Account


def folder() -> Path | None:
    """Thư mục theo dõi của máy này (TINNHIEM_WATCH), None where there is none."""
    raise NotImplementedError


def watch(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Cho lần quét này nhận tệp từ thư mục theo dõi."""
    raise NotImplementedError


def stop_watching(account: Account, round_id: UUID) -> None:
    """Thôi nhận tệp từ thư mục theo dõi."""
    raise NotImplementedError


def watching() -> UUID | None:
    """Lần quét đang nhận tệp từ thư mục, None where there is none."""
    raise NotImplementedError
