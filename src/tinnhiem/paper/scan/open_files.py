"""Tệp đang mở: the last files with many pages stay open, so that page 500 does not cost five hundred times page 1.

Contract: at most `MOST_OPEN` files, one use at a time (PDFium may be in one thread only). `let_go` closes all of them: on Windows a file that is
open cannot be moved or removed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from tinnhiem.paper.scan.scan_file import ScanFile

MOST_OPEN = 2
"""Two: the fronts in one file, the backs in another."""


class Closeable(Protocol):
    """What can be kept open."""

    def close(self) -> None:
        """Đóng tệp."""


Opened = TypeVar("Opened", bound=Closeable)

_kept: list[tuple[ScanFile, Closeable]] = []
_one_at_a_time = threading.RLock()


@contextmanager
def opened(file: ScanFile, kind: type[Opened], open_it: Callable[[ScanFile], Opened]) -> Iterator[Opened]:
    """The file, opened now or before; nobody else uses an open file meanwhile. One that fails inside is closed and forgotten."""
    with _one_at_a_time:
        at = next(
            (n for n, (known, thing) in enumerate(_kept) if isinstance(thing, kind) and known.same_as(file)), None
        )
        if at is None:
            while len(_kept) >= MOST_OPEN:
                _kept.pop(0)[1].close()
            _kept.append((file, open_it(file)))
        else:
            _kept.append(_kept.pop(at))
        thing = _kept[-1][1]
        if not isinstance(thing, kind):
            raise TypeError(kind)
        try:
            yield thing
        except BaseException:
            _kept.pop()[1].close()
            raise


def let_go() -> None:
    """Đóng mọi tệp đang mở, để tệp gốc chuyển đi hoặc xóa được."""
    with _one_at_a_time:
        while _kept:
            _kept.pop()[1].close()
