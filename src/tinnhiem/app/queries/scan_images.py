"""Ảnh cho bàn xem phiếu và dải ô: crops of sealed pictures, made as they are asked for and kept nowhere.

Contract: a picture is asked for by the key of its page, which tells neither batch nor position. What comes out is `paper.scan.crops`' PNG; a page whose picture was
never kept or is deleted raises `ImageGone`, a key of no page here `PictureUnknown`. Raises `VaultShut` while the vault is shut.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

import msgspec

from tinnhiem.app import scan_store
from tinnhiem.app.models import Round, Scan
from tinnhiem.app.queries.ballot_form import layouts_of
from tinnhiem.app.scan_manifest import ScannedPage, assembled, manifest_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.paper.sheet_layout import HASH_SHOWN, Row, SheetLayout, Side


class PictureUnknown(TinnhiemError):
    """No such page or row."""

    code = "picture_unknown"
    vi = "Không có ảnh này trong lần quét. Mở lại danh sách rồi chọn."
    en = "There is no such picture in this scan. Open the list again and choose."


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang và chỗ của nó trên mẫu phiếu."""

    page: ScannedPage
    side: Side
    page_mm: tuple[float, float]

    def row(self, line: int) -> Row:
        """Raises `PictureUnknown`."""
        found = next((row for row in self.side.rows if row.line == line), None)
        if found is None:
            raise PictureUnknown
        return found


def placed(round_: Round, page: ScannedPage) -> Placed | None:
    """Mặt giấy của một trang, of the printing that was read; None where there is no picture, or it cannot be placed."""
    reading = page.reading
    if not page.image or not reading.transform:
        return None
    for layout in _layouts(round_.pk, round_.sheet_id):
        if layout.hash[:HASH_SHOWN] == reading.layout:
            side = layout.side(reading.ballot, reading.page or 1)
            return None if side is None else Placed(page=page, side=side, page_mm=layout.page_mm)
    return None


@lru_cache(maxsize=4)
def _layouts(round_id: UUID, _sheet_id: str) -> tuple[SheetLayout, ...]:
    """Lists are frozen long before anything is scanned, and a screen asks for forty crops."""
    return layouts_of(Round.objects.select_related("body").get(pk=round_id))


def page_at(round_: Round, scan_id: UUID, key: str) -> Placed:
    """Trang theo mã. Raises `PictureUnknown`."""
    scan = Scan.objects.filter(pk=scan_id, batch__round=round_).select_related("batch__round").first()
    page = manifest_of(scan).page(key) if scan else None
    found = placed(round_, page) if page is not None else None
    if found is None:
        raise PictureUnknown
    return found


def row_picture(round_: Round, scan_id: UUID, key: str, line: int) -> bytes:
    """Ảnh một dòng, over its whole width."""
    from tinnhiem.paper.scan import crops

    found = page_at(round_, scan_id, key)
    return crops.row_png(scan_store.get(round_.pk, key), found.page.reading.transform, found.row(line))


def strip_picture(round_: Round, scan_id: UUID, key: str, line: int) -> bytes:
    """Ảnh các ô của một dòng, cut close, for a screen full of them."""
    from tinnhiem.paper.scan import crops

    found = page_at(round_, scan_id, key)
    return crops.strip_png(scan_store.get(round_.pk, key), found.page.reading.transform, found.row(line))


def head_picture(round_: Round, scan_id: UUID, key: str) -> bytes:
    """Ảnh phần đầu phiếu."""
    from tinnhiem.paper.scan import crops

    found = page_at(round_, scan_id, key)
    return crops.head_png(scan_store.get(round_.pk, key), found.page.reading.transform, found.page_mm)


def side_picture(round_: Round, scan_id: UUID, key: str) -> bytes:
    """Ảnh cả mặt phiếu, covered but for print and boxes."""
    from tinnhiem.paper.scan import crops

    found = page_at(round_, scan_id, key)
    picture = scan_store.get(round_.pk, key)
    return crops.side_png(picture, found.page.reading.transform, found.side, found.page_mm)


def sheet_picture(round_: Round, scan_id: UUID, key: str) -> bytes:
    """Ảnh cả tờ phiếu, its sides side by side; `key` is that of any of its pages."""
    from tinnhiem.paper.scan import crops

    asked = page_at(round_, scan_id, key)
    scan = Scan.objects.select_related("batch__round", "batch__ballot_type").get(pk=scan_id)
    sheets = assembled(scan, manifest_of(scan)).sheets
    pages = next((sheet.pages for sheet in sheets if asked.page in sheet.pages), (asked.page,))
    sides = [found for page in pages if (found := placed(round_, page)) is not None]
    return crops.pair_png(
        [(scan_store.get(round_.pk, one.page.key), one.page.reading.transform, one.side) for one in sides],
        asked.page_mm,
    )


def pair_picture(round_: Round, scan_id: UUID, key: str) -> bytes:
    """Ảnh hai tờ nghi là một, side by side."""
    from tinnhiem.paper.scan import crops

    first = page_at(round_, scan_id, key)
    twin = first.page.twin
    if twin is None:
        raise PictureUnknown
    both = (first, page_at(round_, UUID(twin.scan), twin.page))
    return crops.pair_png(
        [(scan_store.get(round_.pk, one.page.key), one.page.reading.transform, one.side) for one in both],
        # A sheet in large print may be compared with an ordinary one on smaller paper.
        max((one.page_mm for one in both), key=lambda size: size[1]),
    )


def boxes_span(row: Row) -> tuple[float, float]:
    """Where the boxes stand within the row's picture: start and length, parts of its width."""
    from tinnhiem.paper.scan import crops

    whole, boxes = crops.row_area(row), crops.boxes_area(row)
    return (boxes.x - whole.x) / whole.w, boxes.w / whole.w


def place_on_side(found: Placed, row: Row) -> tuple[float, float]:
    """Where the row stands on the picture of its side: top and height, parts of its height."""
    return row.area.y / found.page_mm[1], row.area.h / found.page_mm[1]
