"""Bản kê một lần quét: the pages in scan order with what was read on each — sealed, and gone with its blob.

Contract: the only place where pages of a scan stand in an order; it is sealed with the round's key and bound to its row. A page is known by a random
`key`, which is also its image's file name. The sealed length tells how many pages there are and nothing of what is marked: every page takes the
bytes it would take with the longest mark on every line.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.models import Scan
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.sheet_layout import Side

BY_HAND = "by_hand"
"""Row reason of a side whose marks people key from the paper."""


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Trang giống một trang khác: the other page, in this scan or in another one of the round."""

    scan: str
    page: str


class ScannedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang của lần quét.

    `key`: 32 random hex digits; `image`: whether a sealed image of that name was kept. `source` and `index` are the digest of the file it came from
    and its place there, so that no page is read twice. `dropped`: people's reason for leaving the page out, "" while it counts.
    `hand`: its marks are keyed by people (`reading` then says so on every line). `twin`: a page with the same handwriting.
    """

    key: str
    reading: PageReading
    source: str = ""
    index: int = 0
    image: bool = False
    dropped: str = ""
    hand: bool = False
    twin: Twin | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Bản kê: the pages in scan order."""

    pages: tuple[ScannedPage, ...] = ()

    def page(self, key: str) -> ScannedPage | None:
        """Trang theo mã, None where it is not here."""
        return next((page for page in self.pages if page.key == key), None)

    @property
    def counted(self) -> tuple[ScannedPage, ...]:
        """Các trang còn tính: placed and not dropped, in scan order."""
        return tuple(page for page in self.pages if not page.dropped and page.reading.status == "read")

    @property
    def refused(self) -> tuple[ScannedPage, ...]:
        """Các trang máy không nhận và chưa được giải quyết."""
        return tuple(page for page in self.pages if not page.dropped and page.reading.status == "refused")


class ScannedSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Một tờ phiếu: its pages by side, front first; None where a side is missing. `number` counts from 1 in scan order."""

    number: int
    pages: tuple[ScannedPage | None, ...]

    @property
    def whole(self) -> bool:
        """Whether every side is there."""
        return all(page is not None for page in self.pages)

    @property
    def rows(self) -> tuple[tuple[ScannedPage, RowReading], ...]:
        """Các dòng của tờ phiếu with the page each stands on, in the order of lines."""
        return tuple((page, row) for page in self.pages if page is not None for row in page.reading.rows)

    @property
    def first(self) -> ScannedPage:
        """The first page there is: what the whole sheet is known by."""
        return next(page for page in self.pages if page is not None)


class Assembled(msgspec.Struct, frozen=True, kw_only=True):
    """Các tờ phiếu của một lần quét; `astray` are pages that belong to no sheet of this batch (another type, a side too many)."""

    sheets: tuple[ScannedSheet, ...]
    astray: tuple[ScannedPage, ...] = ()


def manifest_place(scan: Scan) -> str:
    """The name a scan's manifest is bound to."""
    return f"scan:{scan.batch_id}:{scan.attempt}"


def manifest_of(scan: Scan) -> Manifest:
    """Bản kê của một lần quét; raises `VaultShut`."""
    raise NotImplementedError


def keep_manifest(scan: Scan, manifest: Manifest) -> None:
    """Niêm phong bản kê into the row (not saved yet), with the numbers of pages that stand in clear."""
    raise NotImplementedError


def assembled(scan: Scan, manifest: Manifest) -> Assembled:
    """Ghép các trang thành tờ phiếu của loại phiếu của tập, through `paper.scan.assemble`."""
    raise NotImplementedError


def hand_reading(side: Side) -> PageReading:
    """Kết quả đọc của một mặt do người nhập: every line open, nothing proposed."""
    rows = tuple(RowReading(line=row.line, state="doubt", reason=BY_HAND, certainty=0.0) for row in side.rows)
    return PageReading(status="read", ballot=side.ballot, page=side.page, rows=rows)


__all__ = ["Manifest", "ScannedPage", "ScannedSheet", "Twin", "vault"]
