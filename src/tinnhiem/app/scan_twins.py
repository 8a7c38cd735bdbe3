"""Tờ quét hai lần: pages with the same handwriting, anywhere in the round's count.

Contract: compares the traces inside the sealed manifests, in memory, through `paper.scan.duplicates`; the pair is noted at the later page, in its sealed
manifest. People settle it: the machine never leaves a page out by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from tinnhiem.app.models import Scan
from tinnhiem.app.scan_manifest import Manifest, Twin
from tinnhiem.paper.scan.page_reading import PageReading

Duplicates = Callable[[Sequence[PageReading]], list[tuple[int, int]]]
"""Readings → pairs of places in the list that bear the same handwriting."""


def find_duplicates(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
    """Các cặp trang cùng nét chữ, as `paper.scan.duplicates` finds them."""
    from tinnhiem.paper.scan import duplicates

    return duplicates.find_duplicates(readings)


def twins(
    scan: Scan, manifest: Manifest, others: Sequence[tuple[Scan, Manifest]], duplicates: Duplicates
) -> dict[str, Twin]:
    """Pages of this scan that have no twin yet → theirs, found among all pages that count of this scan and of the others."""
    all_pages = [(one, page) for one, its in (*others, (scan, manifest)) for page in its.counted if page.reading.trace]
    waiting = {page.key for page in manifest.pages if page.twin is None}
    found: dict[str, Twin] = {}
    for first, second in duplicates([page.reading for _, page in all_pages]) if all_pages and waiting else ():
        # Others come first in the list and this scan last: the second of a pair is the one that waits for people here.
        (other, its_page), (_, page) = all_pages[min(first, second)], all_pages[max(first, second)]
        if its_page.twin is not None and its_page.twin.page == page.key:
            continue  # this very pair waits, or was settled, at the other page
        if page.key in waiting and page.key not in found:
            found[page.key] = Twin(scan=str(other.pk), page=its_page.key)
    return found


def noted(manifest: Manifest, found: Mapping[str, Twin]) -> Manifest:
    """Bản kê with these twins."""
    return Manifest(
        pages=tuple(
            msgspec.structs.replace(page, twin=found[page.key]) if page.key in found else page
            for page in manifest.pages
        )
    )
