"""Thư mục dữ liệu: made for its owner only, and held by one running copy of the program.

Contract: the lock is the operating system's and dies with the process, so a crash or a pulled plug never leaves a folder locked. Two
copies on one folder would each hold a key of their own and count against each other; the second is refused.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinnhiem.cli.errors import FolderInUse, FolderRefused

LOCK = "serve.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Giữ thư mục trong lúc phục vụ. Raises `FolderRefused`, `FolderInUse`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FolderRefused(str(folder), reason=error.strerror or str(error)) from None
    try:
        try:
            _lock(descriptor)
        except OSError:
            raise FolderInUse(str(folder)) from None
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
