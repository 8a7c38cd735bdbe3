"""Kết quả đọc một trang: what the reader answers for one page image.

Contract: values only, without an image and without a person. A row is `marked` where exactly one box is clean and nothing else was found in
the row; `blank` and `doubt` both go to people, with the reason. A page that cannot be placed is refused with a reason and has no rows.
Numbers are shares of a box (0…1) unless said otherwise.
"""

from __future__ import annotations

from typing import Literal

import msgspec

RowState = Literal["marked", "blank", "doubt"]
PageStatus = Literal["read", "refused"]


class BoxMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """Số đo một ô: `ink` hard and `soft` coverage of the inner box, `extent` the shorter span of the ink, `disc` the widest white disc left,
    `template` the ink that the blank sheet does not have (second scorer).
    """

    choice: str
    ink: float = 0.0
    soft: float = 0.0
    extent: float = 0.0
    disc: float = 1.0
    template: float = 0.0


class RowReading(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng đã đọc. `proposal` is the mark that is proposed to people: the choice of a marked row, a line fault of the book, or None; `reason` a code of `reasons`."""

    line: int
    state: RowState
    choice: str | None = None
    reason: str = ""
    certainty: float = 1.0
    proposal: str | None = None
    boxes: tuple[BoxMeasure, ...] = ()


class PageReading(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang đã đọc.

    `stamped` says whether the stamp area bears a stamp (None: cannot be told); `token` is the random code of the sheet, "" for identical sheets; `scale` the
    measured scale of the print, None where the image does not tell; `transform` takes millimetres of the layout to pixels of the image as loaded (nine numbers,
    row by row); `trace` describes the handwriting, to find a sheet scanned twice, empty where nothing is written. `layout` tells which printing was read (ordinary
    or large): the first 16 digits of its layout's hash, "" where it is not known.
    """

    status: PageStatus
    reason: str = ""
    ballot: str | None = None
    page: int | None = None
    rows: tuple[RowReading, ...] = ()
    stamped: bool | None = None
    layout: str = ""
    token: str = ""
    scale: float | None = None
    transform: tuple[float, ...] = ()
    trace: bytes = b""
