"""Kho ảnh quét: sealed image files, a folder for each round below `DATA/scans`.

Contract: a file's name is its page's random key; its content is sealed with the round's key and bound to that name; its length is a whole
multiple of `STEP`; its time is `ONE_TIME`, the same on every file and folder. What is put here is what `paper.scan.intake` made of the pixels:
the signature's place white, nothing of the scanner's or the camera's. Nothing else is ever written here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tinnhiem.app import vault
from tinnhiem.errors import TinnhiemError

STEP = 65_536
"""Bytes: an image's length, which tells how much ink is on it, is hidden in whole steps."""

ONE_TIME = 946_684_800
"""Seconds since 1970: 1 January 2000, on every file."""

LENGTH = 8
"""Bytes that hold the image's true length, inside the seal."""


class ImageGone(TinnhiemError):
    """A page whose image was deleted, or never kept."""

    code = "image_gone"
    vi = "Ảnh của trang này không có trong máy: đã xóa, hoặc không được lưu. Xem tờ phiếu giấy."
    en = "The picture of this page is not on the machine: deleted, or never kept. Look at the paper."


def folder(round_id: UUID) -> Path:
    """Thư mục ảnh của một đợt; it may not exist."""
    return Path(settings.DATA) / "scans" / round_id.hex


def path_of(round_id: UUID, key: str) -> Path:
    """Tệp của một trang; raises ValueError for anything that is no key."""
    if len(key) != 32 or not set(key) <= set("0123456789abcdef"):
        raise ValueError(key)
    return folder(round_id) / f"{key}.sealed"


def put(round_id: UUID, key: str, image: bytes) -> None:
    """Cất một ảnh: sealed, on the disk for certain when this returns. Raises `VaultShut`."""
    content = len(image).to_bytes(LENGTH, "big") + image
    whole = -(-len(content) // STEP) * STEP
    sealed = vault.seal(round_id, _place(key), content.ljust(whole, b"\0"))
    path = path_of(round_id, key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    ) as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    one_time(path)


def get(round_id: UUID, key: str) -> bytes:
    """Lấy một ảnh ra: the JPEG as it was given to `put`. Raises `ImageGone`, `VaultShut`, `SealBroken`."""
    try:
        sealed = path_of(round_id, key).read_bytes()
    except FileNotFoundError as error:
        raise ImageGone from error
    content = vault.unseal(round_id, _place(key), sealed)
    return content[LENGTH : LENGTH + int.from_bytes(content[:LENGTH], "big")]


def keys(round_id: UUID) -> tuple[str, ...]:
    """Các ảnh đang có của một đợt, by name."""
    return tuple(sorted(path.stem for path in folder(round_id).glob("*.sealed")))


def drop(round_id: UUID, key: str) -> None:
    """Xóa một ảnh; nothing to do where it is gone."""
    path = path_of(round_id, key)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        one_time(path.parent)


def sweep(round_id: UUID, kept: frozenset[str]) -> None:
    """Dọn ảnh không trang nào nhận: what a pulled plug left between an image and its page."""
    for key in keys(round_id):
        if key not in kept:
            drop(round_id, key)


def clear(round_id: UUID) -> int:
    """Xóa mọi ảnh của một đợt; returns how many there were."""
    found = len(keys(round_id))
    if folder(round_id).is_dir():
        shutil.rmtree(folder(round_id))
        one_time(folder(round_id).parent)
    return found


def one_time(path: Path) -> None:
    """Cùng một giờ cho tệp, thư mục của nó và thư mục trên."""
    for each in (path, *(parent for parent in path.parents if parent.is_relative_to(Path(settings.DATA) / "scans"))):
        os.utime(each, (ONE_TIME, ONE_TIME))


def _place(key: str) -> str:
    return f"image:{key}"
