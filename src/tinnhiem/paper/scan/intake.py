"""Trang để lưu: scanned pages read for a count, each with the picture that may be kept of it.

Contract: what comes out of a page is its reading and grey pixels as JPEG, with the signature's place white and nothing of scanner, camera, name or hour. Where
a voter may sign and the place cannot be told (a refused page), or the sheet is not of this vote, no picture comes out at all: the paper is at hand. Nothing is
written anywhere. A page that cannot be opened is a refused reading, never an end of the work.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout, Side

if TYPE_CHECKING:
    from tinnhiem.paper.scan.page_image import PageImage

OVERSHOOT = 2.0
"""mm by which a signature may leave its place."""

UNSURE_PLACE = 6.0
"""mm around the place on a page that was refused, whose signs were found but whose boxes do not fit."""

FOREIGN = ("other_round", "rehearsal_mixed", "not_a_ballot")
"""Reasons of pages that are no sheets of this vote."""


def picture_to_keep(image: PageImage, reading: PageReading, layouts: Iterable[SheetLayout]) -> bytes:
    """Ảnh để lưu của một trang, b"" where none may be kept; the `picture` of a `Piece`."""
    from tinnhiem.paper.scan.kept_image import kept_jpeg

    places = white_places(reading, layouts)
    return b"" if places is None else kept_jpeg(image, reading, places)


def white_places(reading: PageReading, layouts: Iterable[SheetLayout]) -> tuple[Area, ...] | None:
    """Những chỗ phải xóa trắng, mm of the sheet; None where no picture may be kept."""
    if reading.reason in FOREIGN:
        return None
    known = tuple(layouts)
    if not any(side.signature for layout in known for side in layout.pages):
        return ()
    side = side_read(reading, known)
    if not reading.transform or side is None:
        return None
    around = OVERSHOOT if reading.status == "read" else UNSURE_PLACE
    return () if side.signature is None else (_place(side, side.signature, around),)


def side_read(reading: PageReading, layouts: Iterable[SheetLayout]) -> Side | None:
    """The side of the printing that was read; None where it is not known."""
    printing = next((layout for layout in layouts if layout.hash[:HASH_SHOWN] == reading.layout), None)
    return None if printing is None else printing.side(reading.ballot, reading.page or 0)


def _place(side: Side, signature: Area, around: float) -> Area:
    """The signature's place and a little around it, but never a row."""
    grown = signature.grown(around)
    top = max(grown.y, *(row.area.bottom for row in side.rows))
    return Area(grown.x, top, grown.w, grown.bottom - top)
