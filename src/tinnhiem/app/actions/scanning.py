"""Quét phiếu: taking pages in, reading them off the request, and closing a scan as station 1's reading.

Contract: a page is saved sealed, image and reading together, the moment it is read, and never read twice: files are told by their bytes. Cancelling
or a pulled plug costs the pages not read yet. A refused page holds the batch up until it is scanned again, keyed by people or dropped with a reason.
A scan is finished when its sheets are as many as were counted by hand and nothing is open; it is then a `Keying` like any other.
No event and no time is written per page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from tinnhiem.app.models import Account, Keying, Scan


class FileTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Một tệp quét: its bytes in memory, or where it lies in the watched folder. `name` is used in refusals alone and is stored nowhere."""

    name: str
    data: bytes | Path


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Tiến độ đọc: pages saved in this scan, pages waiting, speed of the running reading in pages a second (0 while none runs), and sentences about files that were not taken."""

    pages: int
    refused: int
    waiting: int
    running: bool
    pages_per_second: float
    sheets: int
    size: int
    troubles: tuple[str, ...] = ()


def open_scan(account: Account, round_id: UUID, batch_id: UUID, *, operator: str) -> Scan:
    """Mở lần quét của một tập; goes on where it was left."""
    raise NotImplementedError


def take_in(account: Account, round_id: UUID, scan_id: UUID, files: Sequence[FileTaken]) -> None:
    """Nhận các tệp quét: reading begins in the background; `progress` tells how far it is."""
    raise NotImplementedError


def progress(account: Account, round_id: UUID, scan_id: UUID) -> Progress:
    """Tiến độ of a scan; changes nothing."""
    raise NotImplementedError


def cancel(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Dừng đọc: what was read stays; what waits stays in memory until `go_on`."""
    raise NotImplementedError


def go_on(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Đọc tiếp những trang đang chờ."""
    raise NotImplementedError


def drop_page(account: Account, round_id: UUID, scan_id: UUID, page: str, *, reason: str) -> None:
    """Bỏ một trang máy không nhận (quét lại, hoặc không phải phiếu), by its key, with the reason; its image is deleted."""
    raise NotImplementedError


def key_sheet_by_hand(account: Account, round_id: UUID, scan_id: UUID, page: str, *, side: int | None = None) -> None:
    """Nhập tay một mặt phiếu máy không nhận: its lines become open points that two members answer from the paper."""
    raise NotImplementedError


def add_sheet_by_hand(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Thêm một tờ máy quét không kéo được: a whole sheet whose lines people answer from the paper."""
    raise NotImplementedError


def finish_scan(account: Account, round_id: UUID, scan_id: UUID) -> Keying:
    """Xong lần quét: seals the sheets as station 1's reading; refuses while anything is open or sheets ≠ the hand count."""
    raise NotImplementedError


def scan_again(account: Account, round_id: UUID, batch_id: UUID, reason: str) -> None:
    """Quét lại cả tập, with a reason; the first scan is kept, out of the count."""
    raise NotImplementedError
