"""Thư mục theo dõi: files that a network scanner drops are taken into the scan that watches, and removed once every page is sealed.

Contract: one folder for the house, one scan watching at a time, chosen by a person of the board since the program was started and remembered in memory alone. A
file is taken when its size and hour have not changed between two looks; its original goes when all its pages are saved, and stays where a page could not be
opened. Nothing is written into the folder.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection

from tinnhiem.app import scan_tray
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import acting
from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.actions.scan_frame import current_scan
from tinnhiem.app.actions.taking_in import USUAL, FileTaken, Reader, go_on, take_in
from tinnhiem.app.models import Account
from tinnhiem.errors import TinnhiemError

EVERY = 2.0
"""Seconds between two looks."""

Stamp = tuple[int, int]
"""Size and hour of a file, as the folder tells them."""


class NoWatchedFolder(TinnhiemError):
    """The program was started without a folder to watch."""

    code = "no_watched_folder"
    vi = "Máy này chưa đặt thư mục theo dõi. Mở chương trình bằng lệnh tinnhiem serve --watch THƯ-MỤC, hoặc chọn tệp quét ở trang này."
    en = "No folder is watched on this machine. Start the program with tinnhiem serve --watch FOLDER, or choose the files on this page."


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """Lần quét đang nhận tệp, and on whose word."""

    account: Account
    round_id: UUID
    scan_id: UUID


class _State:
    def __init__(self) -> None:
        self.now: Watching | None = None
        self.seen: dict[Path, Stamp] = {}
        self.taken: set[tuple[Path, Stamp]] = set()


_state = _State()
_guard = threading.Lock()


def folder() -> Path | None:
    """Thư mục theo dõi của máy này (TINNHIEM_WATCH), None where there is none."""
    place: Path | None = settings.WATCH
    return place


def watch(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Cho lần quét này nhận tệp từ thư mục theo dõi; another scan that watched stops. Raises `NoWatchedFolder`, `ScanClosed`."""
    if folder() is None:
        raise NoWatchedFolder
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        act.record("scan_watches", batch=batch_label(scan.batch))
    with _guard:
        _state.now = Watching(account=account, round_id=round_id, scan_id=scan_id)
        _state.seen, _state.taken = {}, set()


def stop_watching(account: Account, round_id: UUID) -> None:
    """Thôi nhận tệp từ thư mục theo dõi."""
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
    with _guard:
        if _state.now is not None and _state.now.round_id == round_id:
            _state.now = None


def watching() -> UUID | None:
    """Lần quét đang nhận tệp từ thư mục, None where there is none."""
    return _state.now.scan_id if _state.now else None


def look_once(reader: Reader = USUAL) -> None:
    """Xem thư mục một lần: takes in what has not changed since the last look; a scan that is closed or locked stops the watching."""
    now, place = _state.now, folder()
    if now is None or place is None:
        return
    try:
        ready = _ready(place)
        tray = scan_tray.tray(now.scan_id)
        if ready:
            files = [FileTaken(name=path.name, data=path) for path in ready]
            take_in(now.account, now.round_id, now.scan_id, files, reader=reader)
        elif tray.files and not tray.running and not tray.stop.is_set() and not tray.troubles:
            go_on(now.account, now.round_id, now.scan_id, reader=reader)
    except OSError:
        return  # the folder or a file is away for a moment; the next look finds it
    except TinnhiemError as refusal:
        scan_tray.tray(now.scan_id).troubles.append(refusal)
        with _guard:
            _state.now = None


def _ready(place: Path) -> list[Path]:
    """Files that lie still, by name, each once."""
    found: dict[Path, Stamp] = {}
    for path in place.iterdir():
        if path.is_file() and not path.name.startswith("."):
            told = path.stat()
            found[path] = (told.st_size, told.st_mtime_ns)
    ready = [
        path
        for path, stamp in sorted(found.items())
        if stamp[0] and _state.seen.get(path) == stamp and (path, stamp) not in _state.taken
    ]
    _state.seen = found
    _state.taken |= {(path, found[path]) for path in ready}
    return ready


def begin() -> None:
    """Bắt đầu theo dõi, in a thread of the serving process; nothing to do without a folder."""
    if folder() is not None:
        threading.Thread(target=_keep_looking, daemon=True, name="watched-folder").start()


def _keep_looking() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        # Whatever went wrong (a busy database, a folder out of reach) is tried again; a traceback could show a page.
        with suppress(Exception):
            look_once()
        connection.close()
