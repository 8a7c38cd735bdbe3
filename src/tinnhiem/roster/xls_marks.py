"""Dấu vết trong tệp .xls: hidden rows and failed formulas of an Excel 97–2003 file, which the fast reader leaves out.

Contract: for each sheet by its name its `SheetMarks`. The reader of the cells trusts the sizes an .xls file states and would ask for
all the memory of the machine, so sizes that cannot be true raise `UnreadableFile` here, before it is asked. No part of the file
is followed twice.
Source: [MS-CFB] (sectors, FAT, directory); [MS-XLS] records BoundSheet8, Row, Formula, BoolErr and the error codes BErr.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from tinnhiem.roster.errors import UnreadableFile
from tinnhiem.roster.sheet_marks import SheetMarks

_FREE_SECTORS: Final = 0xFFFFFFFA
"""Sector numbers from here on mean "end", "free" or "the table itself"."""

_BOF, _EOF, _BOUNDSHEET, _ROW, _FORMULA, _BOOLERR = 0x0809, 0x000A, 0x0085, 0x0208, 0x0006, 0x0205
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_MOST_ROWS: Final = 65536
_MOST_COLUMNS: Final = 256
_ROW_HIDDEN: Final = 0x20
_WORKSHEET: Final = 0
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def marks_of_xls(content: bytes) -> dict[str, SheetMarks]:
    """The marks of every sheet of an .xls file."""
    try:
        stream = _workbook_stream(content)
        _refuse_false_sizes(stream)
        return {name: _marks_of_sheet(stream, offset) for name, offset in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError):
        raise UnreadableFile from None


def _refuse_false_sizes(stream: bytes) -> None:
    for kind, record in _records(stream, 0):
        if kind == _DIMENSIONS:
            first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", record)
            if not (first_row <= end_row <= _MOST_ROWS and first_column <= end_column <= _MOST_COLUMNS):
                raise UnreadableFile
        elif kind == _STRINGS:
            # Each of the strings takes at least three bytes of the stream.
            in_cells, different = struct.unpack_from("<II", record)
            if different * 3 > len(stream) or in_cells > _MOST_ROWS * _MOST_COLUMNS:
                raise UnreadableFile


def _workbook_stream(content: bytes) -> bytes:
    sector_size = 1 << struct.unpack_from("<H", content, 30)[0]
    mini_size = 1 << struct.unpack_from("<H", content, 32)[0]
    fat_sectors, first_directory = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
    smallest, first_mini_fat = struct.unpack_from("<I", content, 56)[0], struct.unpack_from("<I", content, 60)[0]
    tables = (fat_sectors, *(struct.unpack_from("<I", content, at)[0] for at in (40, 64, 72)))
    if sector_size not in (512, 4096) or mini_size != 64 or max(tables) > len(content) // sector_size:
        raise UnreadableFile
    # The 109 places of the header suffice for the 7 MB that such a file may have; larger files keep their first part.
    places = struct.unpack_from("<109I", content, 76)[: min(fat_sectors, 109)]
    fat = _numbers(b"".join(_sector(content, place, sector_size) for place in places))
    directory = _chain(content, fat, first_directory, sector_size)
    entries = {
        directory[at : at + struct.unpack_from("<H", directory, at + 64)[0]].decode("utf-16-le").rstrip("\x00"): (
            struct.unpack_from("<I", directory, at + 116)[0],
            struct.unpack_from("<I", directory, at + 120)[0],
        )
        for at in range(0, len(directory) - 127, 128)
    }
    start, size = entries.get("Workbook") or entries.get("Book") or (_FREE_SECTORS, 0)
    if size >= smallest:
        return _chain(content, fat, start, sector_size)[:size]
    mini_fat = _numbers(_chain(content, fat, first_mini_fat, sector_size))
    minis = _chain(content, fat, entries["Root Entry"][0], sector_size) if "Root Entry" in entries else b""
    return b"".join(minis[at * mini_size : (at + 1) * mini_size] for at in _links(mini_fat, start))[:size]


def _sector(content: bytes, number: int, size: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _links(fat: tuple[int, ...], start: int) -> Iterator[int]:
    seen: set[int] = set()
    while start < _FREE_SECTORS and start < len(fat) and start not in seen:
        seen.add(start)
        yield start
        start = fat[start]


def _chain(content: bytes, fat: tuple[int, ...], start: int, size: int) -> bytes:
    return b"".join(_sector(content, number, size) for number in _links(fat, start))


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, record in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET and record[5] == _WORKSHEET:
            letters, wide = record[6], record[7] & 1
            name = record[8 : 8 + letters * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1"), struct.unpack_from("<I", record)[0]


def _marks_of_sheet(stream: bytes, offset: int) -> SheetMarks:
    marks, depth = SheetMarks(), 0
    for kind, record in _records(stream, offset):
        if kind == _BOF:
            depth += 1  # a chart inside the sheet is a stream of its own
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind == _ROW and record[12] & _ROW_HIDDEN:
            marks.hidden.add(struct.unpack_from("<H", record)[0] + 1)
        elif depth == 1 and kind in (_FORMULA, _BOOLERR):
            row, column = struct.unpack_from("<HH", record)
            error = _failed_formula(record) if kind == _FORMULA else _failed_value(record)
            if error:
                marks.errors[row + 1, column + 1] = error
    return marks


def _failed_formula(record: bytes) -> str:
    # A result that is no number ends in FFFF; its first byte 2 says "error", its third which one.
    return _ERRORS.get(record[8], "#N/A") if record[12:14] == b"\xff\xff" and record[6] == 2 else ""


def _failed_value(record: bytes) -> str:
    return _ERRORS.get(record[6], "#N/A") if record[7] else ""
