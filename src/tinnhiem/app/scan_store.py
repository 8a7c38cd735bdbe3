"""Kho ảnh quét: sealed image files, a folder for each round below `DATA/scans`.

Contract: a file's name is its page's random key; its content is sealed with the round's key and bound to that name; its length is a whole
multiple of `STEP`; its time is `ONE_TIME`, the same on every file and folder. What is written is what `paper.scan` made of the pixels:
the signature's place white, nothing of the scanner's or the camera's. Nothing else is ever written here.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

STEP = 65_536
"""Bytes: an image's length, which tells how much ink is on it, is hidden in whole steps."""

ONE_TIME = 946_684_800
"""Seconds since 1970: 1 January 2000, on every file."""


def folder(round_id: UUID) -> Path:
    """Thư mục ảnh của một đợt; it may not exist."""
    raise NotImplementedError


def put(round_id: UUID, key: str, image: bytes) -> None:
    """Cất một ảnh: sealed, on the disk for certain when this returns. Raises `VaultShut`."""
    raise NotImplementedError


def get(round_id: UUID, key: str) -> bytes:
    """Lấy một ảnh ra: the JPEG as it was given to `put`. Raises `ImageGone`, `VaultShut`, `SealBroken`."""
    raise NotImplementedError


def keys(round_id: UUID) -> tuple[str, ...]:
    """Các ảnh đang có của một đợt, by name."""
    raise NotImplementedError


def drop(round_id: UUID, key: str) -> None:
    """Xóa một ảnh; nothing to do where it is gone."""
    raise NotImplementedError


def clear(round_id: UUID) -> int:
    """Xóa mọi ảnh của một đợt; returns how many there were."""
    raise NotImplementedError
