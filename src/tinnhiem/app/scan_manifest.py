"""Bản kê một lần quét: the pages in scan order with what was read on each — sealed, and gone with its blob.

Contract: the only place where pages of a scan stand in an order; it is sealed with the round's key and bound to its row. A page is known by a random
`key`, which is also its image's file name. The sealed length tells how many pages there are and nothing of what is marked: every page takes the
bytes it would take with the longest mark on every line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import groupby, pairwise

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.models import Round, Scan
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout, Side
from tinnhiem.poll.sheet import line_marks

BY_HAND = "by_hand"
"""Row reason of a side whose marks people key from the paper."""

EMPTY_BACK = "empty_back"
"""`dropped` of a white page: the back of a one-sided sheet. A sheet lost that way shows in the number of sheets."""


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Trang giống một trang khác: the other page, in this scan or in another one of the round."""

    scan: str
    page: str


class ScannedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Một trang của lần quét.

    `key`: 32 random hex digits; `image`: whether a sealed image of that name was kept. `source` and `index` are the digest of the file it came from
    and its place there, so that no page is read twice. `dropped`: people's reason for leaving the page out, "" while it counts.
    `hand`: its marks are keyed by people (`reading` then says so on every line); `beside` is the page whose sheet it completes where the scanner
    lost a side, "" where it stands in its own place. `twin`: a page with the same handwriting.
    """

    key: str
    reading: PageReading
    source: str = ""
    index: int = 0
    image: bool = False
    dropped: str = ""
    hand: bool = False
    beside: str = ""
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
    """Một tờ phiếu: its pages by side, front first; `missing` are lines that no page of it bears. `number` counts from 1 in scan order."""

    number: int
    pages: tuple[ScannedPage, ...]
    missing: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[tuple[ScannedPage, RowReading], ...]:
        """Các dòng của tờ phiếu with the page each stands on, in the order of lines."""
        return tuple((page, row) for page in self.pages for row in page.reading.rows)

    @property
    def first(self) -> ScannedPage:
        """The first page that was scanned: what the whole sheet is known by."""
        return next((page for page in self.pages if not page.beside), self.pages[0])


class Assembled(msgspec.Struct, frozen=True, kw_only=True):
    """Các tờ phiếu của một lần quét; `astray` are pages that belong to no sheet of this batch (another type, a side too many).

    `apart`: sides that came out pile by pile (side, pages), all fronts before the first back; which back is whose is then not known and nothing is put together.
    """

    sheets: tuple[ScannedSheet, ...]
    apart: tuple[tuple[int, int], ...] = ()
    astray: tuple[ScannedPage, ...] = ()


def manifest_place(scan: Scan) -> str:
    """The name a scan's manifest is bound to."""
    return f"scan:{scan.batch_id}:{scan.attempt}"


def manifest_of(scan: Scan) -> Manifest:
    """Bản kê của một lần quét; raises `VaultShut`."""
    if not scan.manifest:
        return Manifest()
    content = vault.unseal(scan.batch.round_id, manifest_place(scan), bytes(scan.manifest))
    return Manifest(pages=tuple(_decoder.decode(line) for line in content.splitlines()))


def keep_manifest(scan: Scan, manifest: Manifest) -> None:
    """Niêm phong bản kê into the row (not saved yet), with the numbers of pages that stand in clear."""
    longest = max(map(len, line_marks(book_of(scan.batch.round))))
    trace = max((len(page.reading.trace) for page in manifest.pages), default=0)
    lines = [_padded(page, longest, trace) for page in manifest.pages]
    scan.manifest = vault.seal(scan.batch.round_id, manifest_place(scan), b"\n".join(lines))
    scan.pages = sum(1 for page in manifest.pages if not page.dropped)
    scan.refused = len(manifest.refused)


def manifests(round_: Round, *, but: Scan | None = None) -> tuple[tuple[Scan, Manifest], ...]:
    """Các lần quét đang dùng của lần kiểm này with their manifests, without `but`; raises `VaultShut`."""
    scans = Scan.objects.filter(batch__round=round_, batch__count_number=round_.count_number, current=True)
    return tuple((scan, manifest_of(scan)) for scan in scans.select_related("batch__round") if scan != but)


def assembled(scan: Scan, manifest: Manifest) -> Assembled:
    """Ghép các trang thành tờ phiếu của loại phiếu của tập, in scan order.

    A page joins the one before it only where it is the very next side, of the same printing, in the order in which this scan came out (front or back first),
    so that a side the scanner lost leaves two sheets open and never mixes two.
    """
    ballot = scan.batch.ballot_type.code or None
    lines = {row.line for side in layout_of(scan.batch.round).sides_of(ballot) for row in side.rows}
    of_type = [page for page in manifest.counted if page.reading.ballot == ballot]
    own = [page for page in of_type if not page.beside]
    follows, apart = _follows(own), _apart([page for page in own if not lines <= _lines([page])])
    piles: list[list[ScannedPage]] = []
    open_ = False
    for page in own:
        last = piles[-1][-1] if open_ and not apart else None
        if last and _side(page) in follows(_side(last)) and page.reading.layout == last.reading.layout:
            piles[-1].append(page)
        else:
            piles.append([page])
        open_ = not lines <= _lines(piles[-1])
    for pile in piles:
        known = {page.key for page in pile}
        pile += [page for page in of_type if page.beside in known]
    sheets = tuple(
        ScannedSheet(number=number, pages=tuple(sorted(pile, key=_side)), missing=tuple(sorted(lines - _lines(pile))))
        for number, pile in enumerate(piles, start=1)
    )
    astray = tuple(page for page in manifest.counted if page.reading.ballot != ballot)
    return Assembled(sheets=sheets, apart=apart, astray=astray)


def _side(page: ScannedPage) -> int:
    return page.reading.page or 1


def _lines(pile: Iterable[ScannedPage]) -> set[int]:
    return {row.line for page in pile for row in page.reading.rows}


def _follows(pages: Sequence[ScannedPage]) -> Callable[[int], tuple[int, ...]]:
    """Which sides may come after a side, as most pages of the scan have it."""
    steps = Counter((_side(one), _side(other)) for one, other in pairwise(pages))
    if steps[2, 1] > steps[1, 2]:
        return lambda side: (side - 1,) if side % 2 == 0 else (side + 3, side + 2)
    return lambda side: (side + 1,)


def _apart(pages: Sequence[ScannedPage]) -> tuple[tuple[int, int], ...]:
    """Tất cả mặt trước rồi tất cả mặt sau: the piles of sides, () where sides alternate, or too few pages came to tell."""
    piles = tuple((side, len(tuple(pile))) for side, pile in groupby(pages, key=_side))
    each_once = len({side for side, _ in piles}) == len(piles)
    return piles if len(piles) > 1 and each_once and all(size > 1 for _, size in piles) else ()


def hand_reading(side: Side, layout: SheetLayout) -> PageReading:
    """Kết quả đọc của một mặt do người nhập, of that printing: every line open, nothing proposed."""
    rows = tuple(RowReading(line=row.line, state="doubt", reason=BY_HAND, certainty=0.0) for row in side.rows)
    return PageReading(status="read", ballot=side.ballot, page=side.page, layout=layout.hash[:HASH_SHOWN], rows=rows)


def image_keys(round_: Round) -> frozenset[str]:
    """Tên các ảnh mà bản kê nào đó của đợt nhận, of every count; scans sealed with a lost key count nothing."""
    found: set[str] = set()
    for scan in Scan.objects.filter(batch__round=round_).select_related("batch__round"):
        with suppress(vault.SealBroken):
            found |= {page.key for page in manifest_of(scan).pages if page.image}
    return frozenset(found)


_decoder = msgspec.json.Decoder(ScannedPage)


def _padded(page: ScannedPage, longest: int, trace: int) -> bytes:
    """The page as one line of JSON, as long as it would be with the longest mark on every line and as much handwriting as any page has."""
    content = msgspec.json.encode(_slim(page))
    marks = [mark for row in page.reading.rows for mark in (row.choice, row.proposal)]
    spare = sum(longest + len('""') - (len(mark) + len('""') if mark else len("null")) for mark in marks)
    spare += (trace - len(page.reading.trace)) * 4 // 3 + 4
    return content.ljust(-(-(len(content) + spare) // vault.TEXT_STEP) * vault.TEXT_STEP)


def _slim(page: ScannedPage) -> ScannedPage:
    """Measures are kept of doubtful rows alone: those of a clear row can be taken again from the image."""
    rows = tuple(row if row.state != "marked" else msgspec.structs.replace(row, boxes=()) for row in page.reading.rows)
    return msgspec.structs.replace(page, reading=msgspec.structs.replace(page.reading, rows=rows))
