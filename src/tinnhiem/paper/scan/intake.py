"""Trang để lưu: scanned pages read for a count, each with the picture that may be kept of it.

Contract: what comes out of a page is its reading and grey pixels as JPEG, with the signature's place white and nothing of scanner, camera, name or hour. Where
a voter may sign and the place cannot be told (a refused page), or the sheet is not of this vote, no picture comes out at all: the paper is at hand. Nothing is
written anywhere. A page that cannot be opened is a refused reading, never an end of the work.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import threading
from collections.abc import Sequence
from multiprocessing.connection import wait
from pathlib import Path

import msgspec

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.sheet_layout import SheetLayout, Side

QUALITY = 82
"""JPEG quality: a pencil's faint stroke is still to be seen, a page of 200 dpi takes half a megabyte."""

OVERSHOOT = 2.0
"""mm by which a signature may leave its place."""

UNSURE_PLACE = 6.0
"""mm around the place on a page that was refused, whose signs were found but whose boxes do not fit."""

FOREIGN = ("other_round", "rehearsal_mixed", "not_a_ballot")
"""Reasons of pages that are no sheets of this vote."""


class PagesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Một phần việc: `indexes` of pages of one file, from 0; `layouts` is what `read_files.packed` made."""

    data: bytes | Path
    name: str
    indexes: tuple[int, ...]
    layouts: bytes


class PageTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang đã đọc: its index within the file, the reading, and the picture to keep (b"": none)."""

    index: int
    reading: PageReading
    image: bytes = b""


def read_pages(asked: PagesAsked) -> tuple[PageTaken, ...]:
    """Đọc một phần việc: what a process does; picklable, and the same wherever it runs."""
    _end_with_the_parent()
    layouts = _unpacked(asked.layouts)
    return tuple(_read(asked, index, layouts) for index in asked.indexes)


def _read(asked: PagesAsked, index: int, layouts: tuple[SheetLayout, ...]) -> PageTaken:
    from tinnhiem.paper.scan.image_errors import ImageTooLarge, ScanFileRefused
    from tinnhiem.paper.scan.images import load_page
    from tinnhiem.paper.scan.kept_image import kept_jpeg
    from tinnhiem.paper.scan.layouts import Layouts
    from tinnhiem.paper.scan.read_page import read_page

    try:
        image = load_page(asked.data, asked.name, index)
    except ScanFileRefused as refusal:
        reason = "too_large" if isinstance(refusal, ImageTooLarge) else "unreadable_image"
        return PageTaken(index=index, reading=PageReading(status="refused", reason=reason))
    reading = read_page(image, Layouts(*layouts))
    places = white_places(reading, layouts)
    return PageTaken(index=index, reading=reading, image=b"" if places is None else kept_jpeg(image, reading, places))


def white_places(reading: PageReading, layouts: Sequence[SheetLayout]) -> tuple[Area, ...] | None:
    """Những chỗ phải xóa trắng, mm of the sheet; None where no picture may be kept.

    Layouts of one round may share a type and side (ordinary and large print): the places of all that have the same lines are whitened.
    """
    if reading.reason in FOREIGN:
        return None
    if not any(side.signature for layout in layouts for side in layout.pages):
        return ()
    lines = [row.line for row in reading.rows]
    sides = [
        side
        for layout in layouts
        for side in layout.pages
        if (side.ballot, side.page) == (reading.ballot, reading.page)
        and (not lines or [row.line for row in side.rows] == lines)
    ]
    if not reading.transform or not sides:
        return None
    around = OVERSHOOT if reading.status == "read" else UNSURE_PLACE
    return tuple(_place(side, side.signature, around) for side in sides if side.signature)


def _place(side: Side, signature: Area, around: float) -> Area:
    """The signature's place and a little around it, but never a row."""
    grown = signature.grown(around)
    top = max(grown.y, *(row.area.bottom for row in side.rows))
    return Area(grown.x, top, grown.w, grown.bottom - top)


@functools.lru_cache(maxsize=4)
def _unpacked(layouts: bytes) -> tuple[SheetLayout, ...]:
    import cv2

    cv2.setNumThreads(1)
    return msgspec.msgpack.decode(layouts, type=tuple[SheetLayout, ...])


@functools.cache
def _end_with_the_parent() -> None:
    """A process that reads pages ends when the program that started it ends, however that happened: it holds pages in memory."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True, name="end-with-parent").start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
