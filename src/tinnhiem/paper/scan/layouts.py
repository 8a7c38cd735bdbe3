"""Các bố cục đang dùng: the layouts a reader may meet, found by what the square code on the sheet says.

Contract: a round is printed in one geometry or in several (ordinary and large print); each has its own hash. A code of another hash is another round's, or of a cancelled vote, and is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tinnhiem.paper.drawing import Area
from tinnhiem.paper.sheet_layout import FORMAT, HASH_SHOWN, Marker, SheetLayout, Side

_CODE = re.compile(rf"TN{FORMAT}-([0-9A-F]{{{HASH_SHOWN}}})-(\d\d)-(\d\d)-([OT])(?:-([0-9A-Z]+))?")


class SheetCode(msgspec.Struct, frozen=True, kw_only=True):
    """Mã vuông đã đọc: `hash` as printed (16 digits), `kind` and `page` counted from 1, `token` "" for identical sheets."""

    hash: str
    kind: int
    page: int
    rehearsal: bool
    token: str = ""


class Geometry(msgspec.Struct, frozen=True, kw_only=True):
    """Khung định vị: what has to be known of a sheet before its code can be read."""

    page_mm: tuple[float, float]
    markers: tuple[Marker, ...]
    code: Area


class Layouts:
    """Các bố cục của một đợt: one or more `SheetLayout`. Raises ValueError where none is given."""

    def __init__(self, *layouts: SheetLayout) -> None:
        if not layouts:
            raise ValueError(layouts)
        self.all = layouts
        self._by_hash = {layout.hash[:HASH_SHOWN].upper(): layout for layout in layouts}

    def __iter__(self) -> Iterator[SheetLayout]:
        return iter(self.all)

    @property
    def rehearsal(self) -> bool:
        """Whether these are rehearsal sheets."""
        return self.all[0].rehearsal

    def of(self, code: SheetCode) -> tuple[SheetLayout, Side] | None:
        """The layout and side that bear `code`; None where it is another round's, or names a side that does not exist."""
        layout = self._by_hash.get(code.hash)
        if layout is None or not 1 <= code.kind <= len(layout.types):
            return None
        side = layout.side(layout.types[code.kind - 1], code.page)
        return None if side is None else (layout, side)

    def side(self, ballot: str | None, page: int) -> tuple[SheetLayout, Side] | None:
        """The first layout's side of that type and number; layouts of one round may split their sides differently, so prefer `of`."""
        for layout in self.all:
            found = layout.side(ballot, page)
            if found is not None:
                return layout, found
        return None

    def geometries(self) -> tuple[Geometry, ...]:
        """Every different geometry of markers and code, each once."""
        seen = dict.fromkeys((layout.page_mm, side.markers, side.code) for layout in self.all for side in layout.pages)
        return tuple(Geometry(page_mm=page_mm, markers=markers, code=code) for page_mm, markers, code in seen)


def parse_code(text: str) -> SheetCode | None:
    """What the square code says; None where it is no code of ours."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return None
    digits, kind, page, flag, token = found.groups()
    return SheetCode(hash=digits, kind=int(kind), page=int(page), rehearsal=flag == "T", token=token or "")
