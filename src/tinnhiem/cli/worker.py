"""Tiến trình phục vụ: what granian's one worker serves.

Contract: the worker ends when the process that `tinnhiem serve` started ends, however it ended, so that a killed window never leaves a
server behind that still holds the sheets' key.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait

from tinnhiem.app.wsgi import application

__all__ = ["application"]


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)


def _watch() -> None:
    from tinnhiem.app.actions import watched_folder  # after Django is set up, which the application does

    watched_folder.begin()


_watch()
_parent = multiprocessing.parent_process()
if _parent is not None:
    threading.Thread(target=_end_with, args=(_parent.sentinel,), daemon=True, name="end-with-parent").start()
