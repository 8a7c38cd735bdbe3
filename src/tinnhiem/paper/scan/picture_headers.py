"""Phần đầu của ảnh JPEG và PNG: size, colour, resolution and turn, read before anything is unpacked.

Contract: a picture that stops before its end, or whose parts contradict each other, raises `BadHeader`: decoders would fill the rest with grey or
white and say nothing. Sources: ISO/IEC 10918-1 annex B, JFIF 1.02, EXIF 2.32 § 4.6.4, PNG 2nd edition (ISO/IEC 15948) § 5 and 11, APNG.
"""

from __future__ import annotations

import struct
import zlib

import msgspec

from tinnhiem.paper.scan.tiff_fields import ORIENTATION, exif_directory

START_OF_SCAN = 0xDA
END_OF_IMAGE = b"\xff\xd9"
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
NOT_FRAMES = {0xC4, 0xC8, 0xCC}
"""Tables among the markers C0–CF, which otherwise start a frame."""

ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length after them."""

INCH = 0.0254


class BadHeader(ValueError):
    """What the header says cannot be, or the picture is not whole."""


class PictureHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Phần đầu của một ảnh. `dpi`: across, down; noughts where it does not say. `orientation`: 1–8 as EXIF numbers them."""

    width: int
    height: int
    channels: int
    """JPEG: 1 grey, 3 colour, 4 ink colours. PNG: 1 grey, 3 colour or palette."""

    dpi: tuple[float, float] = (0.0, 0.0)
    orientation: int = 1
    scans: int = 1
    """JPEG: passes over the picture; more than one in progressive files."""

    see_through: bool = False
    moving: bool = False


def jpeg_header(data: bytes) -> PictureHeader:
    """Phần đầu của JPEG. Raises `BadHeader`."""
    frame: tuple[int, int, int] | None = None
    dpi, exif_dpi, orientation, progressive = (0.0, 0.0), (0.0, 0.0), 1, False
    at = 2
    while True:
        marker, body, at = _segment(data, at)
        if marker == START_OF_SCAN:
            break
        if 0xC0 <= marker <= 0xCF and marker not in NOT_FRAMES:
            if frame is not None or len(body) < 6:
                raise BadHeader(marker)
            height, width, channels = struct.unpack_from(">HHB", body, 1)
            frame, progressive = (width, height, channels), marker in PROGRESSIVE
        elif marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 12:
            unit, across, down = struct.unpack_from(">BHH", body, 7)
            per_inch = {1: 1.0, 2: 2.54}.get(unit, 0.0)
            dpi = (across * per_inch, down * per_inch)
        elif marker == 0xE1 and body.startswith(b"Exif\0\0") and (told := exif_directory(body[6:])):
            exif_dpi, orientation = told.dpi(), int(told.first(ORIENTATION, 1))
    # Looked for from the back, where it stands; small pictures within the notes at the front have one too, and do not count.
    end = data.rfind(END_OF_IMAGE, at)
    if frame is None or end < 0:
        raise BadHeader("stops before its end")
    scans = 1 + data.count(b"\xff\xda", at, end) if progressive else 1
    width, height, channels = frame
    return PictureHeader(
        width=width,
        height=height,
        channels=channels,
        dpi=dpi if dpi[0] > 1 else exif_dpi,
        orientation=orientation,
        scans=scans,
    )


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Marker, what it holds, where the next one starts."""
    while True:
        if at + 2 > len(data) or data[at] != 0xFF:
            raise BadHeader(at)
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in ALONE:
            at += 2
        else:
            break
    if marker in (0x00, 0xD9) or at + 4 > len(data):
        raise BadHeader(at)
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    if length < 2 or at + 2 + length > len(data):
        raise BadHeader(at)
    return marker, data[at + 4 : at + 2 + length], at + 2 + length


def png_header(data: bytes) -> PictureHeader:
    """Phần đầu của PNG; every chunk's checksum is proved on the way. Raises `BadHeader`."""
    size: tuple[int, int] | None = None
    colour, see_through, moving, dpi, orientation, ended = 0, False, False, (0.0, 0.0), 1, False
    at = 8
    while not ended:
        name, body, at = _chunk(data, at)
        if (size is None) != (name == b"IHDR"):
            raise BadHeader(name)
        if name == b"IHDR":
            if len(body) != 13:
                raise BadHeader(name)
            width, height, _depth, colour = struct.unpack_from(">IIBB", body)
            size, see_through = (width, height), colour in (4, 6)
        elif name == b"tRNS":
            see_through = True
        elif name == b"acTL":
            moving = True
        elif name == b"pHYs" and len(body) == 9 and body[8] == 1:
            across, down = struct.unpack_from(">II", body)
            dpi = (across * INCH, down * INCH)
        elif name == b"eXIf" and (told := exif_directory(bytes(body))):
            orientation = int(told.first(ORIENTATION, 1))
        ended = name == b"IEND"
    if size is None:
        raise BadHeader("no size")
    return PictureHeader(
        width=size[0],
        height=size[1],
        channels=3 if colour in (2, 3, 6) else 1,
        dpi=dpi,
        orientation=orientation,
        see_through=see_through,
        moving=moving,
    )


def _chunk(data: bytes, at: int) -> tuple[bytes, memoryview, int]:
    """Name, what it holds, where the next one starts."""
    if at + 12 > len(data):
        raise BadHeader(at)
    length = int.from_bytes(data[at : at + 4], "big")
    end = at + 8 + length
    if end + 4 > len(data):
        raise BadHeader(at)
    view = memoryview(data)
    if zlib.crc32(view[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
        raise BadHeader(at)
    return data[at + 4 : at + 8], view[at + 8 : end], end + 4
