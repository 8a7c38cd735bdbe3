"""Tờ quét hai lần: pages with the same handwriting, anywhere in the round's count.

Contract: compares the traces inside the sealed manifests, in memory, through `paper.scan.duplicates`; the pair is noted at the later page, in its sealed
manifest. People settle it: the machine never leaves a page out by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from tinnhiem.app.models import Scan
from tinnhiem.app.scan_manifest import Manifest, ScannedPage, Twin
from tinnhiem.paper.scan.page_reading import PageReading

Duplicates = Callable[[Sequence[PageReading]], list[tuple[int, int]]]
"""Readings → pairs of places in the list that bear the same handwriting."""


def find_duplicates(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
    """Các cặp trang cùng nét chữ, as `paper.scan.duplicates` finds them."""
    from tinnhiem.paper.scan import duplicates

    return duplicates.find_duplicates(readings)


def with_twins(
    scan: Scan, manifest: Manifest, others: Sequence[tuple[Scan, Manifest]], duplicates: Duplicates
) -> Manifest:
    """Bản kê with the twins of its pages that have none yet, found among all pages that count of this scan and of the others."""
    all_pages = [(one, page) for one, its in (*others, (scan, manifest)) for page in its.counted if page.reading.trace]
    own = {page.key for page in manifest.pages}
    twins: dict[str, Twin] = {}
    for first, second in duplicates([page.reading for _, page in all_pages]) if all_pages else ():
        # Others come first in the list and this scan last: the second of a pair is the one that waits for people here.
        (other, its_page), (_, page) = all_pages[min(first, second)], all_pages[max(first, second)]
        if page.key in own and page.key not in twins:
            twins[page.key] = Twin(scan=str(other.pk), page=its_page.key)
    return Manifest(pages=tuple(_noted(page, twins.get(page.key)) for page in manifest.pages))


def _noted(page: ScannedPage, twin: Twin | None) -> ScannedPage:
    return page if twin is None or page.twin is not None else msgspec.structs.replace(page, twin=twin)
