"""Khay giấy: files that wait to be read, in the memory of the one serving process and nowhere else.

Contract: an uploaded file lies here, whole and unsealed, until its pages are read; it is never written to the disk. When the program ends it is gone, and the
same file brought again is read from the first page that was not saved. Nothing here says what is on a page.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from tinnhiem.errors import TinnhiemError


class WaitingFile:
    """Một tệp chờ đọc: `indexes` are its pages still to be read; `in_place_of` the refused page it replaces; `original` is removed once all are saved."""

    def __init__(
        self,
        name: str,
        data: bytes,
        digest: str,
        indexes: tuple[int, ...],
        *,
        in_place_of: str = "",
        original: Path | None = None,
    ) -> None:
        self.name = name
        self.data = data
        self.digest = digest
        self.indexes = indexes
        self.in_place_of = in_place_of
        self.original = original


class Tray:
    """Khay của một lần quét."""

    def __init__(self) -> None:
        self.files: deque[WaitingFile] = deque()
        self.troubles: list[TinnhiemError] = []
        self.stop = threading.Event()
        self.running = False
        self.done = 0
        self.began = 0.0

    @property
    def waiting(self) -> int:
        """Số trang chờ đọc."""
        return sum(len(file.indexes) for file in tuple(self.files))

    @property
    def pages_per_second(self) -> float:
        """Tốc độ đọc since this reading began, 0 while none runs."""
        took = time.monotonic() - self.began
        return self.done / took if self.running and self.done and took > 0 else 0.0


_trays: dict[UUID, Tray] = {}
_guard = threading.Lock()


def tray(scan_id: UUID) -> Tray:
    """Khay của một lần quét, made where there is none."""
    with _guard:
        return _trays.setdefault(scan_id, Tray())


def empty(scan_id: UUID) -> None:
    """Bỏ khay: what waits is forgotten."""
    with _guard:
        gone = _trays.pop(scan_id, None)
    if gone is not None:
        gone.stop.set()


def any_running() -> bool:
    """Whether pages of any scan are being read now."""
    with _guard:
        return any(here.running for here in _trays.values())


def begin(scan_id: UUID, work: Callable[[Tray], None], *, background: bool) -> None:
    """Bắt đầu đọc, in a thread of its own unless told otherwise; nothing happens where reading is under way."""
    here = tray(scan_id)
    with _guard:
        if here.running:
            return
        here.running, here.done, here.began = True, 0, time.monotonic()
        here.stop.clear()
    if background:
        threading.Thread(target=_work, args=(here, work), daemon=True, name="reading").start()
    else:
        _work(here, work)


def _work(here: Tray, work: Callable[[Tray], None]) -> None:
    while True:
        try:
            work(here)
        finally:
            with _guard:
                # A file that came in the last moment is read as well; after a trouble or a stop somebody has to say so.
                again = bool(here.files) and not here.troubles and not here.stop.is_set()
                here.running = again
        if not again:
            return
