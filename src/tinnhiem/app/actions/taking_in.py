"""Nhận tệp quét: files are told by their bytes, wait in the tray, and each page is saved sealed the moment it is read.

Contract: a page is never read twice: what is saved is known by the digest of its file and its place there, in this batch and in every other batch of the count. What
fails (a file that is no image, a locked vault) is told in `Progress.troubles` and loses nothing saved. Reading goes on off the request, in processes that
keep nothing; one thread writes. An original in the watched folder goes only when all its pages are saved and could be opened. No event per file or page.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import msgspec
from django.db import connection

from tinnhiem import executors
from tinnhiem.app import scan_store, scan_tray, vault
from tinnhiem.app.access import Permission, require
from tinnhiem.app.actions.acting import acting, get_round
from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.actions.scan_frame import current_scan, keep_pages, replaced
from tinnhiem.app.models import Account, Round, Scan
from tinnhiem.app.queries.ballot_form import layouts_of
from tinnhiem.app.queries.ballot_prints import is_code_of
from tinnhiem.app.queries.scan_points import finder
from tinnhiem.app.scan_manifest import EMPTY_BACK, Manifest, ScannedPage, manifest_of, manifests
from tinnhiem.app.scan_tray import Tray, WaitingFile
from tinnhiem.app.scan_twins import Duplicates, find_duplicates, noted, twins
from tinnhiem.errors import TinnhiemError
from tinnhiem.paper.scan import read_files
from tinnhiem.paper.scan.intake import picture_to_keep
from tinnhiem.paper.scan.read_files import PAGES_OF_A_PIECE, PageRead, Piece, packed, read_piece

MOST_SENT = 400_000_000
"""Bytes: a file travels to the reading processes with every piece of work; larger pieces keep the sum below this."""

NOT_OPENED = ("unreadable_image", "too_large")
"""Reasons of pages whose original is not removed: the fault may lie in the copy."""


class ScanReadAlready(TinnhiemError):
    """A file that was read into another batch."""

    code = "scan_read_already"
    vi = "Tệp “{file}” đã đọc vào tập {batch}. Mỗi tệp chỉ đọc một lần; chọn đúng tệp của tập này."
    en = "The file “{file}” was read into batch {batch}. A file is read once; choose this batch's file."


class ReadingStopped(TinnhiemError):
    """Reading ended by something unforeseen."""

    code = "reading_stopped"
    vi = "Máy dừng đọc ngoài ý muốn. Trang đã đọc còn nguyên; bấm Đọc tiếp. Nếu lặp lại, khởi động lại chương trình rồi đưa tệp vào lại."
    en = "Reading stopped unexpectedly. Pages read are safe; let it go on. If it happens again, restart the program and bring the files again."


class FileTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Một tệp quét: its bytes in memory, or where it lies in the watched folder. `name` is used in refusals alone and is stored nowhere."""

    name: str
    data: bytes | Path


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Tiến độ đọc: pages saved in this scan, those refused, pages waiting; `pages_per_second` is 0 while nothing runs; sheets so far against the hand count,
    without those that people left out as scanned twice.

    `troubles`: files that were not taken, and why reading stopped.
    """

    pages: int
    refused: int
    waiting: int
    running: bool
    pages_per_second: float
    sheets: int
    size: int
    troubles: tuple[TinnhiemError, ...] = ()


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Cách đọc: what reads a piece of work and what finds sheets scanned twice; in how many processes (0: as many as the machine has), in the background or at once."""

    read: Callable[[Piece], tuple[PageRead, ...]] = read_piece
    duplicates: Duplicates = find_duplicates
    jobs: int = 0
    background: bool = True


USUAL = Reader()


def take_in(
    account: Account,
    round_id: UUID,
    scan_id: UUID,
    files: Sequence[FileTaken],
    *,
    in_place_of: str = "",
    reader: Reader = USUAL,
) -> None:
    """Nhận các tệp quét and begin to read them. `in_place_of` is the key of a refused page that the new pages take the place of.

    Raises `ScanClosed`, `CountingNotOpen`, `VaultShut`; what is wrong with one file is a trouble and the others are read.
    """
    from tinnhiem.paper.scan.image_errors import ScanFileRefused
    from tinnhiem.paper.scan.images import count_pages, let_go

    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        scan = current_scan(act, scan_id)
        if not vault.is_open(round_id):
            raise vault.VaultShut
        own = manifest_of(scan)
        elsewhere = _sources(manifests(act.round, but=scan))
    tray = scan_tray.tray(scan_id)
    tray.troubles.clear()
    waiting = {file.digest for file in tuple(tray.files)}
    for file in files:
        data = file.data if isinstance(file.data, bytes) else file.data.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest in waiting:
            continue
        if digest in elsewhere:
            tray.troubles.append(ScanReadAlready(file=file.name, batch=elsewhere[digest]))
            continue
        try:
            pages = count_pages(data, file.name)
        except ScanFileRefused as refusal:
            tray.troubles.append(refusal)
            continue
        finally:
            let_go()
        waiting.add(digest)
        indexes = tuple(index for index in range(pages) if not _is_saved(own, digest, index))
        original = file.data if isinstance(file.data, Path) else None
        tray.files.append(WaitingFile(file.name, data, digest, indexes, in_place_of=in_place_of, original=original))
    scan_tray.begin(scan_id, _reading(account, round_id, scan_id, reader), background=reader.background)


def progress(account: Account, round_id: UUID, scan_id: UUID) -> Progress:
    """Tiến độ of a scan; changes nothing. Raises `NotAllowed`, `VaultShut`."""
    round_ = get_round(round_id)
    require(account, Permission.COUNT, round_)
    scan = Scan.objects.select_related("batch__round", "batch__ballot_type").get(pk=scan_id, batch__round=round_)
    tray = scan_tray.tray(scan_id)
    return Progress(
        pages=scan.pages,
        refused=scan.refused,
        waiting=tray.waiting,
        running=tray.running,
        pages_per_second=tray.pages_per_second,
        sheets=len(finder(round_, scan).kept),
        size=scan.batch.size,
        troubles=tuple(tray.troubles),
    )


def cancel(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Dừng đọc: what was read stays; what waits stays in memory until `go_on`."""
    _require_open(account, round_id, scan_id)
    scan_tray.tray(scan_id).stop.set()


def go_on(account: Account, round_id: UUID, scan_id: UUID, *, reader: Reader = USUAL) -> None:
    """Đọc tiếp những trang đang chờ."""
    _require_open(account, round_id, scan_id)
    scan_tray.tray(scan_id).troubles.clear()
    scan_tray.begin(scan_id, _reading(account, round_id, scan_id, reader), background=reader.background)


def _require_open(account: Account, round_id: UUID, scan_id: UUID) -> None:
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        current_scan(act, scan_id)


def _sources(others: Sequence[tuple[Scan, Manifest]]) -> dict[str, str]:
    """Digest of a file → the batch it was read into."""
    return {page.source: batch_label(scan.batch) for scan, manifest in others for page in manifest.pages if page.source}


def _is_saved(manifest: Manifest, digest: str, index: int) -> bool:
    return any((page.source, page.index) == (digest, index) for page in manifest.pages)


def _reading(account: Account, round_id: UUID, scan_id: UUID, reader: Reader) -> Callable[[Tray], None]:
    """The work of the thread that reads; whatever stops it is told in the tray and never logged."""

    def work(tray: Tray) -> None:
        try:
            _read_all(account, round_id, scan_id, tray, reader)
        except TinnhiemError as refusal:
            tray.troubles.append(refusal)
        except Exception:  # noqa: BLE001 - a traceback could show a page; people get a sentence
            tray.troubles.append(ReadingStopped())
        finally:
            if reader.background:
                connection.close()

    return work


def _read_all(account: Account, round_id: UUID, scan_id: UUID, tray: Tray, reader: Reader) -> None:
    layouts = packed(layouts_of(get_round(round_id)))
    jobs = reader.jobs or min(executors.cores(), -(-tray.waiting // PAGES_OF_A_PIECE))
    with executors.executor(max(1, jobs)) as pool:
        while tray.files and not tray.stop.is_set():
            file = tray.files[0]
            with closing(_read_file(file, layouts, pool, jobs, reader)) as pieces:
                for taken in pieces:
                    _save(account, round_id, scan_id, file, taken)
                    tray.done += len(taken)
                    if tray.stop.is_set():
                        break
            if not file.indexes:
                tray.files.popleft()
                _remove_original(account, round_id, scan_id, file)
    find_twins(account, round_id, scan_id, reader.duplicates)


def _read_file(
    file: WaitingFile, layouts: bytes, pool: Executor, jobs: int, reader: Reader
) -> Generator[tuple[PageRead, ...]]:
    step = 1 if jobs <= 1 else max(PAGES_OF_A_PIECE, -(-len(file.indexes) * len(file.data) // MOST_SENT))
    source = read_files.Scan(name=file.name, source=file.data)
    work = [
        Piece(scan=source, indexes=file.indexes[at : at + step], layouts=layouts, picture=picture_to_keep)
        for at in range(0, len(file.indexes), step)
    ]
    yield from executors.in_order(pool, reader.read, work, ahead=0 if jobs <= 1 else jobs)


def _save(account: Account, round_id: UUID, scan_id: UUID, file: WaitingFile, taken: Sequence[PageRead]) -> None:
    """Images first, then the manifest that names them, in one transaction."""
    pages = []
    for one in taken:
        page = ScannedPage(
            key=secrets.token_hex(16),
            reading=one.reading,
            source=file.digest,
            index=one.index,
            image=bool(one.picture) and one.reading.reason != "blank_page",
            dropped=EMPTY_BACK if one.reading.reason == "blank_page" else "",
        )
        if page.image:
            scan_store.put(round_id, page.key, one.picture)
        pages.append(page)
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        scan = current_scan(act, scan_id)
        manifest = manifest_of(scan)
        new = tuple(page for page in pages if not _is_saved(manifest, page.source, page.index))
        if act.round.token_decision:
            new = _held_to_codes(act.round, scan, manifest, new)
        keep_pages(scan, _with(manifest, new, file))
    file.indexes = tuple(index for index in file.indexes if index not in {one.index for one in taken})


def _held_to_codes(
    round_: Round, scan: Scan, manifest: Manifest, new: tuple[ScannedPage, ...]
) -> tuple[ScannedPage, ...]:
    """Where the board decided on random codes: a page whose code was not printed for the round, or was met already, is refused."""
    counted = [page for _, its in manifests(round_, but=scan) for page in its.counted]
    met = {(page.reading.token, page.reading.page) for page in (*counted, *manifest.counted)}
    held: list[ScannedPage] = []
    for page in new:
        reading, mark = page.reading, (page.reading.token, page.reading.page)
        reason = ""
        if reading.status == "read":
            reason = "" if is_code_of(round_, reading.token) else "code_unknown"
            reason = reason or ("code_repeated" if mark in met else "")
            met.add(mark)
        refused = msgspec.structs.replace(reading, status="refused", reason=reason, rows=(), trace=b"")
        held.append(msgspec.structs.replace(page, reading=refused) if reason else page)
    return tuple(held)


def _with(manifest: Manifest, new: tuple[ScannedPage, ...], file: WaitingFile) -> Manifest:
    """At the end; or in the place of the refused page that was scanned again, which is then left out."""
    refused = manifest.page(file.in_place_of) if file.in_place_of else None
    if refused is None:
        return Manifest(pages=(*manifest.pages, *new))
    keys = [page.key for page in manifest.pages]
    after = keys.index(refused.key) + 1
    while after < len(keys) and manifest.pages[after].source == file.digest:
        after += 1
    if not refused.dropped:
        manifest = replaced(manifest, msgspec.structs.replace(refused, dropped="quét lại"))
    return Manifest(pages=(*manifest.pages[:after], *new, *manifest.pages[after:]))


def _remove_original(account: Account, round_id: UUID, scan_id: UUID, file: WaitingFile) -> None:
    if file.original is None:
        return
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        pages = [page for page in manifest_of(current_scan(act, scan_id)).pages if page.source == file.digest]
    if all(page.reading.reason not in NOT_OPENED for page in pages):
        with suppress(
            OSError
        ):  # taken away meanwhile, or held by the scanner: it is known by its bytes and not read again
            file.original.unlink()


def find_twins(account: Account, round_id: UUID, scan_id: UUID, duplicates: Duplicates = find_duplicates) -> None:
    """Phiếu quét hai lần: every page that has no twin yet against every page of the round's count.

    Done after each reading, and once more before the scan is finished: a pulled plug may have come between. Comparing takes a second or two in a large
    round, so it is done before the round is locked.
    """
    scan = Scan.objects.select_related("batch__round").get(pk=scan_id, batch__round=round_id)
    found = twins(scan, manifest_of(scan), manifests(scan.batch.round, but=scan), duplicates)
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        scan = current_scan(act, scan_id)
        if found:
            keep_pages(scan, noted(manifest_of(scan), found))
