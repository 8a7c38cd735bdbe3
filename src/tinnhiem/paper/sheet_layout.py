"""Bố cục phiếu: where everything is on the ballots of a round, in millimetres.

Contract: one geometry for the printed sheet and for its reader; the PDF is drawn from it and marks are looked for by it, so the two cannot drift apart. Places are from the
page's top-left corner at 100 %. Machine marks keep out of the stamp area (dấu treo, 45 × 45 mm, right of the top-left marker: a stamp on the
marker would hide it). The signature area is known, so that it can be left unread. `hash` covers the round's random id, body, date, rulebook, types, ordered names and posts, the
geometry with every printed word, and the rehearsal flag: a sheet of another round, or of a cancelled vote, has another. It covers no person who votes and no number of a sheet.
"""

from __future__ import annotations

import msgspec

from tinnhiem.paper.drawing import Area, Stroke

HASH_SHOWN = 16
"""Hexadecimal digits of the hash in the code on the sheet: 8 bytes."""

FORMAT = 1


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """Mốc định vị: an ArUco sign of DICT_4X4_50; 0 top-left, then clockwise, 4 at mid-left."""

    code: int
    x: float
    y: float
    size: float


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Ô đánh dấu: the printed frame of one choice."""

    choice: str
    area: Area


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng: `name` holds the printed name and post, where any foreign ink matters."""

    line: int
    area: Area
    name: Area
    boxes: tuple[Box, ...]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Một mặt giấy: side `page` of `sides` of a ballot type. `calibration` is a printed empty box and a printed crossed one."""

    ballot: str | None
    page: int
    sides: int
    markers: tuple[Marker, ...]
    code: Area
    calibration: tuple[Area, Area]
    stamp: Area | None
    signature: Area | None
    rows: tuple[Row, ...]
    drawing: tuple[Stroke, ...]


class SheetLayout(msgspec.Struct, frozen=True, kw_only=True):
    """Bố cục các loại phiếu của một đợt, all types in the slate's order; `page_mm` is width and height."""

    hash: str = ""
    page_mm: tuple[float, float]
    rehearsal: bool
    types: tuple[str | None, ...]
    pages: tuple[Side, ...]

    def side(self, ballot: str | None, page: int) -> Side | None:
        """Mặt giấy of that type and number, None where the ballot has none."""
        return next((side for side in self.pages if side.ballot == ballot and side.page == page), None)

    def sides_of(self, ballot: str | None) -> tuple[Side, ...]:
        """The sides of one ballot type, in order."""
        return tuple(side for side in self.pages if side.ballot == ballot)

    def payload(self, side: Side, token: str = "") -> str:
        """Nội dung mã vuông: TN1-hash-type-side-O or T, and the sheet's random code where the board decided on one."""
        place = self.types.index(side.ballot) + 1
        flag = "T" if self.rehearsal else "O"
        text = f"TN{FORMAT}-{self.hash[:HASH_SHOWN].upper()}-{place:02}-{side.page:02}-{flag}"
        return f"{text}-{token}" if token else text
