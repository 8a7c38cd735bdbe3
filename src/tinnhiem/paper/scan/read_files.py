"""Đọc nhiều tệp quét: files → pieces of work → readings, in the order given.

Contract: a file that gives no picture is told and left out, the others are read; a page that gives none is a refused reading and stays in its place. Readings come in
the order of files and pages, whatever executor does the work, and are the same with any number of processes. Nothing is written, in no process: who
asked gets values. Closing the iterator stops the work; begun again with what is left, no page is read twice.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tinnhiem.executors import in_order
from tinnhiem.paper.scan.image_errors import ImageTooLarge, ScanFileRefused
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.sheet_layout import SheetLayout

if TYPE_CHECKING:
    from tinnhiem.paper.scan.layouts import Layouts
    from tinnhiem.paper.scan.page_image import PageImage

Picture = Callable[["PageImage", PageReading, "Layouts"], bytes]
"""What makes a picture of a page that was read; a function at the top of a module, so that it can be named in another process."""

PAGES_OF_A_PIECE = 4
"""Neighbouring pages read by one process in one go: few, because what a process has begun it ends, and a stop waits for it."""

PIECES_AHEAD = 2
"""Pieces that wait for each process, so that none is idle."""


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """Một tệp quét: `source` is its path on this machine, or its bytes where whoever reads may not have the file."""

    name: str
    source: Path | bytes


class CountedScan(msgspec.Struct, frozen=True, kw_only=True):
    """Một tệp quét đọc được và số trang của nó."""

    scan: Scan
    pages: int


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Một phần việc: `indexes` of pages of one file, from 0. `layouts` is what `packed` made; `picture` is made of each page where it is given."""

    scan: Scan
    indexes: tuple[int, ...]
    layouts: bytes
    picture: Picture | None = None


class PageRead(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang đã đọc: file as given, `index` of the page within it from 0, and the picture that was asked for (b"" for none)."""

    file: str
    index: int
    reading: PageReading
    picture: bytes = b""

    def without_picture(self) -> PageRead:
        """The page without its picture, once that lies where it belongs."""
        return msgspec.structs.replace(self, picture=b"")


def count_scans(scans: Sequence[Scan]) -> tuple[tuple[CountedScan, ...], tuple[ScanFileRefused, ...]]:
    """Các tệp mở được với số trang, and a refusal for every other one; order kept."""
    from tinnhiem.paper.scan.images import count_pages, let_go

    counted: list[CountedScan] = []
    refused: list[ScanFileRefused] = []
    for scan in scans:
        try:
            counted.append(CountedScan(scan=scan, pages=count_pages(scan.source, scan.name)))
        except ScanFileRefused as refusal:
            refused.append(refusal)
    let_go()
    return tuple(counted), tuple(refused)


def packed(layouts: Sequence[SheetLayout]) -> bytes:
    """Các bố cục được nhận, as they travel to whoever reads; unpacked once in each process."""
    return msgspec.msgpack.encode(tuple(layouts))


def pieces(
    scans: Sequence[CountedScan], layouts: bytes, *, picture: Picture | None = None, whole: bool = False
) -> list[Piece]:
    """Chia việc; `whole` keeps each file together, for where its bytes travel with the piece."""
    cut: list[Piece] = []
    for counted in scans:
        step = counted.pages if whole else PAGES_OF_A_PIECE
        for start in range(0, counted.pages, step):
            indexes = tuple(range(start, min(start + step, counted.pages)))
            cut.append(Piece(scan=counted.scan, indexes=indexes, layouts=layouts, picture=picture))
    return cut


def read_pieces(work: Iterable[Piece], pool: Executor, jobs: int) -> Iterator[PageRead]:
    """Đọc từng trang, in the order of the pieces. `jobs`: how many are read at once; 1 reads a page no sooner than it is asked for."""
    from tinnhiem.paper.scan.images import let_go

    ahead = 0 if jobs <= 1 else jobs * PIECES_AHEAD
    # One process alone reads page by page, so that progress is seen and a stop is obeyed at once.
    single = (msgspec.structs.replace(piece, indexes=(index,)) for piece in work for index in piece.indexes)
    try:
        for done in in_order(pool, read_piece, work if ahead else single, ahead=ahead):
            yield from done
    finally:
        let_go()


def read_piece(piece: Piece) -> tuple[PageRead, ...]:
    """Đọc một phần việc: what a process does; picklable, and the same wherever it runs."""
    layouts = _unpacked(piece.layouts)
    return tuple(_read(piece, index, layouts) for index in piece.indexes)


@functools.lru_cache(maxsize=4)
def _unpacked(layouts: bytes) -> Layouts:
    """Unpacked once in a process; OpenCV is told here not to start threads of its own beside our processes."""
    import cv2

    from tinnhiem.paper.scan.layouts import Layouts

    cv2.setNumThreads(1)
    return Layouts(*msgspec.msgpack.decode(layouts, type=tuple[SheetLayout, ...]))


def _read(piece: Piece, index: int, layouts: Layouts) -> PageRead:
    from tinnhiem.paper.scan.images import load_page
    from tinnhiem.paper.scan.read_page import read_page

    name = piece.scan.name
    try:
        image = load_page(piece.scan.source, name, index)
    except ScanFileRefused as refusal:
        reason = "too_large" if isinstance(refusal, ImageTooLarge) else "unreadable_image"
        return PageRead(file=name, index=index, reading=PageReading(status="refused", reason=reason))
    reading = read_page(image, layouts)
    picture = piece.picture(image, reading, layouts) if piece.picture is not None else b""
    return PageRead(file=name, index=index, reading=reading, picture=picture)
