"""Thẻ TIFF: the numbers in a TIFF directory, the shape that TIFF files and EXIF blocks share.

Contract: reads from the header's own words where each page starts and how large it is, without unpacking a pixel, and never follows an offset
twice. Classic TIFF and BigTIFF. Anything that points outside the file raises `BadDirectory`. Source: TIFF 6.0, sections 2 and 8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import msgspec

WIDTH, HEIGHT, BITS, COMPRESSION, INK = 256, 257, 258, 259, 262
STRIP_OFFSETS, SAMPLES, STRIP_LENGTHS = 273, 277, 279
ACROSS_DPI, DOWN_DPI, DPI_UNIT, ORIENTATION = 282, 283, 296, 274
KIND_OF_PAGE, TILE_OFFSETS, TILE_LENGTHS = 254, 324, 325

SIZES = {1: 1, 3: 2, 4: 4, 5: 8, 13: 4, 16: 8, 18: 8}
"""Bytes of one value: BYTE, SHORT, LONG, RATIONAL, IFD, LONG8, IFD8. Other types hold nothing that matters here."""

LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
MOST_VALUES = 1_000_000
MOST_ENTRIES = 4096


class BadDirectory(ValueError):
    """A directory that points outside the file, or at itself."""


class Directory(msgspec.Struct, frozen=True):
    """Một thư mục thẻ: tag → values; `place` counts every directory of the chain from nought."""

    place: int
    values: dict[int, tuple[float, ...]]

    def first(self, tag: int, otherwise: float = 0) -> float:
        """The first value of the tag."""
        found = self.values.get(tag)
        return found[0] if found else otherwise

    def dpi(self) -> tuple[float, float]:
        """Pixels an inch across and down; nought where the file does not say. Centimetres are turned into inches."""
        per_inch = {2: 1.0, 3: 2.54}.get(int(self.first(DPI_UNIT, 2)), 0.0)
        return self.first(ACROSS_DPI) * per_inch, self.first(DOWN_DPI) * per_inch


def directories(stream: BinaryIO, size: int, most: int) -> Iterator[Directory]:
    """The chain of directories, at most `most` + 1 of them. Raises `BadDirectory`."""
    opening = _take(stream, 0, 16 if size >= 16 else 8, size)
    order = {b"II": "<", b"MM": ">"}.get(opening[:2])
    if order is None:
        raise BadDirectory(opening[:2])
    big = struct.unpack_from(order + "H", opening, 2)[0] == 43
    if big and len(opening) < 16:
        raise BadDirectory(size)
    at = struct.unpack_from(order + ("Q" if big else "I"), opening, 8 if big else 4)[0]
    seen: set[int] = set()
    while at and len(seen) <= most:
        if at in seen:
            raise BadDirectory(at)
        seen.add(at)
        values, following = _directory(stream, size, at, order, big=big)
        yield Directory(len(seen) - 1, values)
        at = following


def exif_directory(block: bytes) -> Directory | None:
    """The first directory of an EXIF block, None when it is not whole: a photo is not refused for its notes."""
    try:
        return next(directories(BytesIO(block), len(block), 1), None)
    except (BadDirectory, struct.error):
        return None


def _take(stream: BinaryIO, at: int, length: int, size: int) -> bytes:
    if at + length > size:
        raise BadDirectory(at)
    stream.seek(at)
    taken = stream.read(length)
    if len(taken) != length:
        raise BadDirectory(at)
    return taken


def _directory(
    stream: BinaryIO, size: int, at: int, order: str, *, big: bool
) -> tuple[dict[int, tuple[float, ...]], int]:
    """Values of one directory and where the next one starts."""
    counter, entry_length, pointer = ("Q", 20, "Q") if big else ("H", 12, "I")
    head = struct.calcsize(order + counter)
    count = struct.unpack(order + counter, _take(stream, at, head, size))[0]
    if not 0 < count <= MOST_ENTRIES:
        raise BadDirectory(at)
    tail = struct.calcsize(order + pointer)
    body = _take(stream, at + head, count * entry_length + tail, size)
    values = {}
    for start in range(0, count * entry_length, entry_length):
        tag, kind, number = struct.unpack_from(order + "HH" + pointer, body, start)
        if kind not in SIZES or not 0 < number <= MOST_VALUES:
            continue
        length = SIZES[kind] * number
        inline = entry_length - 4 - tail
        slot = start + 4 + tail
        if length <= inline:
            raw = body[slot : slot + length]
        else:
            raw = _take(stream, struct.unpack_from(order + pointer, body, slot)[0], length, size)
        values[tag] = _numbers(raw, kind, number, order)
    return values, struct.unpack_from(order + pointer, body, count * entry_length)[0]


def _numbers(raw: bytes, kind: int, number: int, order: str) -> tuple[float, ...]:
    if kind != 5:
        return struct.unpack(f"{order}{number}{LETTERS[kind]}", raw)
    parts = struct.unpack(f"{order}{2 * number}I", raw)
    return tuple(above / below if below else 0.0 for above, below in zip(parts[::2], parts[1::2], strict=True))
