"""Kết quả đọc ảnh quét: the document that `read --json` prints, and the same for people.

Contract: `pages`, `duplicates`, `seconds`, `pages_per_second`, as `docs/reference/cli.md` lists them. Nothing is added up by person here: while people still have lines to
look at, nobody is shown a running total.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from tinnhiem.cli.ballot_input import LaidOut
from tinnhiem.cli.voice import draw, say
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.scan.read_files import PageRead
from tinnhiem.paper.scan.reasons import PAGE_REASONS, ROW_REASONS

CERTAINTY_DIGITS = 4


class ReadScans(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả đọc: pages in the order given, pairs of places in `pages` that hold one sheet twice, and the time it took."""

    pages: tuple[PageRead, ...]
    duplicates: tuple[tuple[int, int], ...]
    seconds: float

    @property
    def pages_per_second(self) -> float:
        """Tốc độ đọc."""
        return len(self.pages) / self.seconds if self.seconds else 0.0


def document(result: ReadScans) -> dict[str, Any]:
    """Kết quả đọc → tài liệu JSON."""
    return {
        "pages": [_page(page) for page in result.pages],
        "duplicates": [list(pair) for pair in result.duplicates],
        "seconds": round(result.seconds, 3),
        "pages_per_second": round(result.pages_per_second, 2),
    }


def _page(page: PageRead) -> dict[str, Any]:
    reading = page.reading
    return {
        "file": page.file,
        "index": page.index,
        "type": reading.ballot,
        "page": reading.page,
        "status": reading.status,
        "reason": reading.reason,
        "rows": [_row(row) for row in reading.rows] if reading.status == "read" else [],
    }


def _row(row: RowReading) -> dict[str, Any]:
    return {
        "line": row.line,
        "state": row.state,
        "choice": row.choice,
        "reason": row.reason,
        "confidence": round(row.certainty, CERTAINTY_DIGITS),
    }


def show(made: LaidOut, result: ReadScans) -> None:
    """In kết quả cho người đọc: how much was read, and every place that people have to look at."""
    _show_types(made, result)
    reasons = Counter(row.reason for page in result.pages for row in page.reading.rows if row.state != "marked")
    if reasons:
        counted = [[ROW_REASONS[reason][0], str(number)] for reason, number in reasons.most_common()]
        draw(["Lý do cần người xem", "Số dòng"], counted, numbers=(1,))
    for place, page in enumerate(result.pages):
        _show_page(made, page)
        for first in (first for first, second in result.duplicates if second == place):
            say(f"{named(page)}: giống hệt {named(result.pages[first])}. Kiểm tra xem một tờ có quét hai lần không.")
    say(f"{result.seconds:.1f} giây, {result.pages_per_second:.1f} trang mỗi giây.")


def _show_types(made: LaidOut, result: ReadScans) -> None:
    read = [page.reading for page in result.pages if page.reading.status == "read"]
    rows = []
    for kind in made.round.file.types:
        own = [reading for reading in read if reading.ballot == kind.id]
        states = Counter(row.state for reading in own for row in reading.rows)
        numbers = [len(own), states["marked"], states["blank"], states["doubt"]]
        rows.append([kind.title or kind.id or "–", *map(str, numbers)])
    draw(["Loại phiếu", "Trang", "Dòng rõ", "Dòng để trống", "Dòng chưa rõ"], rows, numbers=(1, 2, 3, 4))
    refused = len(result.pages) - len(read)
    say(f"{len(result.pages)} trang: {len(read)} trang đọc được, {refused} trang không nhận.")


def _show_page(made: LaidOut, page: PageRead) -> None:
    if page.reading.status == "refused":
        say(f"{named(page)}: không nhận. {PAGE_REASONS[page.reading.reason][0]}")
    if stamp_missing(made, page.reading):
        say(f"{named(page)}: không thấy dấu treo.")
    for row in page.reading.rows:
        if row.state != "marked":
            say(f"{named(page)}, dòng {row.line}: {ROW_REASONS[row.reason][0]}")


def stamp_missing(made: LaidOut, reading: PageReading) -> bool:
    """Phiếu không thấy dấu treo, where this round's ballots have to bear one."""
    wanted = made.round.book.hanging_stamp.value if made.form.stamp is None else made.form.stamp
    return wanted and reading.stamped is False


def named(page: PageRead) -> str:
    """Trang theo cách người đọc tìm: pages counted from 1."""
    return f"{page.file}, trang {page.index + 1}"
