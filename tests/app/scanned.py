"""A round that is scanned: its board, and files whose pages say what a test wants them to say.

The files are real TIFFs, counted by the real reader; what stands on their pages is told here instead of drawn, so that a test of the counting room
draws nothing. `tests/app/test_scanned_paper.py` goes all the way from paper.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache

import msgspec
import pytest
from PIL import Image

from tests.app.scene import NAMES, Scene, person, roster
from tinnhiem.app.actions import adjudicating, gallery, lists, rounds, scanning
from tinnhiem.app.models import Batch, Scan
from tinnhiem.app.queries.column_gallery import unseen
from tinnhiem.app.scan_manifest import Manifest, manifest_of
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.scan.read_files import PageRead, Piece
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout

BOARD = ("Lý Thị Lan", "Đinh Văn Mạnh", "Hồ Thị Nga", "Tạ Văn Oanh")
CLEAR = {"h": "high", "m": "medium", "l": "low"}
DOUBT = {"0": ("blank", "blank", "blank"), "*": ("doubt", "over", "over"), "?": ("doubt", "unsure", None)}
_told: dict[str, tuple[PageRead, ...]] = {}


def rows(signs: str, first: int = 1) -> tuple[RowReading, ...]:
    """Rows from shorthand: h, m, l clear; 0 blank and * over, both proposed; ? unclear without a proposal."""
    read = []
    for line, sign in enumerate(signs, start=first):
        if sign in CLEAR:
            read.append(RowReading(line=line, state="marked", choice=CLEAR[sign]))
        else:
            state, reason, proposal = DOUBT[sign]
            read.append(RowReading(line=line, state=state, reason=reason, proposal=proposal, certainty=0.5))
    return tuple(read)


def page(
    signs: str, *, side: int = 1, trace: bytes = b"", stamped: bool | None = None, first: int = 1, layout: str = ""
) -> PageReading:
    """A page that was read; `signs` as `rows` takes them, or "!reason" for a page that was refused. `layout`: of another printing than the round's own."""
    if signs.startswith("!"):
        return PageReading(status="refused", reason=signs[1:])
    return PageReading(
        status="read",
        ballot=None,
        page=side,
        rows=rows(signs, first),
        trace=trace,
        stamped=stamped,
        layout=layout,
        transform=(1.0,) * 9,
    )


def file(*pages: PageReading | str, name: str = "tap.tif", salt: str = "") -> scanning.FileTaken:
    """A TIFF of as many pages, which the reader of these tests reads as told."""
    readings = [page(one) if isinstance(one, str) else one for one in pages]
    sheets = [Image.new("L", (1000, 1400), 255) for _ in readings]
    content = io.BytesIO()
    note = f"{salt}{len(_told)}"
    sheets[0].save(content, "TIFF", save_all=True, append_images=sheets[1:], description=note)
    data = content.getvalue()
    _told[hashlib.sha256(data).hexdigest()] = tuple(
        PageRead(file=name, index=index, reading=reading, picture=f"picture {index} of {note}".encode())
        for index, reading in enumerate(readings)
    )
    return scanning.FileTaken(name=name, data=data)


def told(piece: Piece) -> tuple[PageRead, ...]:
    """Reads the pages of a file as the test told them, each of the round's own printing unless the test says otherwise."""
    assert isinstance(piece.scan.source, bytes)
    pages = _told[hashlib.sha256(piece.scan.source).hexdigest()]
    return tuple(_of_printing(pages[index], printing(piece.layouts)) for index in piece.indexes)


@lru_cache(maxsize=2)
def printing(layouts: bytes) -> str:
    """How a page tells that it is of the first of these layouts."""
    return msgspec.msgpack.decode(layouts, type=tuple[SheetLayout, ...])[0].hash[:HASH_SHOWN]


def _of_printing(page: PageRead, layout: str) -> PageRead:
    if page.reading.status != "read" or page.reading.layout:
        return page
    return msgspec.structs.replace(page, reading=msgspec.structs.replace(page.reading, layout=layout))


def same_trace(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
    """Two pages are the same sheet where their traces are."""
    return [
        (first, second)
        for second, other in enumerate(readings)
        for first, one in enumerate(readings[:second])
        if one.trace and one.trace == other.trace
    ]


TOLD = scanning.Reader(read=told, duplicates=same_trace, jobs=1, background=False)


class ScanScene(Scene):
    """A round whose batches are scanned; `members` are the ids of its board."""

    def __init__(self, pairing: str = "scan", names: Sequence[str] = NAMES, voters: int = 12) -> None:
        super().__init__(names, voters)
        rounds.change_settings(self.officer, self.pk, pairing=pairing)
        lists.import_list(
            self.officer, self.pk, roster("board", [person(n, name, "Ủy viên") for n, name in enumerate(BOARD, 1)])
        )
        self.members = list(self.round.board.values_list("pk", flat=True))
        self.fresh()
        self.open_box()

    def scan(self, batch: Batch, *pages: PageReading | str) -> Scan:
        """A batch scanned, its pages read."""
        scan = scanning.open_scan(self.head, self.pk, batch.pk, operator="Vũ Văn Quét")
        if pages:
            self.take(scan, file(*pages))
        return self.again(scan)

    def take(self, scan: Scan, *files: scanning.FileTaken, in_place_of: str = "") -> None:
        scanning.take_in(self.head, self.pk, scan.pk, files, in_place_of=in_place_of, reader=TOLD)

    def again(self, scan: Scan) -> Scan:
        """The scan as it is stored now."""
        return Scan.objects.select_related("batch__round", "batch__ballot_type").get(pk=scan.pk)

    def manifest(self, scan: Scan) -> Manifest:
        return manifest_of(self.again(scan))

    def look(self, scan: Scan, sheet: int, line: int, member: int, mark: str, reason: str = "") -> adjudicating.Point:
        """What member number `member` (from 0) of the board sees."""
        return adjudicating.look(
            self.head, self.pk, scan.pk, sheet, line, member_id=self.members[member], mark=mark, reason=reason
        )

    def points(self, scan: Scan) -> tuple[adjudicating.Point, ...]:
        return adjudicating.points(self.round, self.again(scan))

    def finish(self, scan: Scan) -> None:
        scanning.finish_scan(self.head, self.pk, scan.pk, duplicates=same_trace)

    def faults(self, scan: Scan) -> tuple[TinnhiemError, ...]:
        """What keeps the scan from being finished."""
        with pytest.raises(Faults) as refused:
            self.finish(scan)
        return refused.value.faults

    def look_through(self) -> None:
        """Every strip that the board must see before it signs, seen."""
        for subject in unseen(self.fresh()):
            number = 0
            look = gallery.begin(self.head, self.pk, subject.pk, member_id=self.members[0])
            while not look.done:
                look = gallery.pass_screen(self.head, self.pk, subject.pk, number)
                number += 1
