"""Quét phiếu: opening a scan, what to do with pages that were refused, and closing it as station 1's reading.

Contract: a refused page holds the batch up until it is scanned again, keyed by people or left out with a reason. A scan is finished when its sheets are as many as
were counted by hand and nothing is open; it is then a `Keying` like any other. A batch scanned again keeps its first scan. Taking pages in is `intake`'s.
No event and no time is written per page.
"""

from __future__ import annotations

import secrets
from uuid import UUID

import msgspec
from django.db.models import Max

from tinnhiem.app import scan_store, scan_tray, sheet_code, vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import adjudicating
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.batching import batch_label, current_batch, refuse_settled
from tinnhiem.app.actions.reconciling import lines_of, settle_single_reading
from tinnhiem.app.actions.scan_frame import (
    ScanClosed,
    ScanNotAsked,
    ScanPageUnknown,
    current_scan,
    keep_pages,
    replaced,
)
from tinnhiem.app.actions.taking_in import (
    FileTaken,
    Progress,
    Reader,
    cancel,
    find_twins,
    go_on,
    progress,
    take_in,
)
from tinnhiem.app.models import Account, Keying, Scan
from tinnhiem.app.queries.ballot_form import layout_of, layouts_of
from tinnhiem.app.queries.scan_points import finder
from tinnhiem.app.queries.sealed import keying_place
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.scan_manifest import (
    Manifest,
    ScannedPage,
    ScannedSheet,
    assembled,
    hand_reading,
    manifest_of,
)
from tinnhiem.app.scan_twins import Duplicates, find_duplicates
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.sheet_layout import HASH_SHOWN
from tinnhiem.poll.round import ReasonMissing

__all__ = [
    "FileTaken",
    "Progress",
    "Reader",
    "ScanClosed",
    "ScanNotAsked",
    "ScanPageUnknown",
    "add_sheet_by_hand",
    "cancel",
    "drop_page",
    "drop_pages",
    "finish_scan",
    "go_on",
    "key_missing_by_hand",
    "key_sheet_by_hand",
    "may_finish",
    "open_scan",
    "progress",
    "scan_again",
    "take_in",
]

SCAN_STATION = 1
"""The scan, where the pairing has one, is the first reading."""

MACHINE = "máy quét"
"""Who "read" the sheets of a scan, as the entry journal prints it."""


class ScanPageWaits(TinnhiemError):
    """Pages of this scan are still being read, or wait to be."""

    code = "scan_page_waits"
    vi = "Còn {count} trang chưa đọc. Chờ máy đọc xong, hoặc bấm Đọc tiếp."
    en = "{count} pages are not read yet. Wait until they are, or let the reading go on."


class RefusedPagesLeft(TinnhiemError):
    """Pages that the machine did not accept and nobody has dealt with."""

    code = "refused_pages_left"
    vi = "Còn {count} trang máy không nhận. Với mỗi trang: quét lại, nhập tay tờ này, hoặc bỏ trang kèm lý do."
    en = "{count} pages were refused. Scan each again, key its sheet by hand, or leave it out with a reason."


class SheetsLackSides(TinnhiemError):
    """Sheets of which a side is missing."""

    code = "sheets_lack_sides"
    vi = "Thiếu một mặt ở {count} tờ (tờ đầu tiên: tờ thứ {first}). Quét lại tờ ấy, hoặc nhập tay mặt còn thiếu."
    en = "{count} sheets lack a side (the first of them: sheet {first}). Scan the sheet again, or key the side by hand."


class SidesApart(TinnhiemError):
    """All fronts came before the first back."""

    code = "sides_apart"
    vi = (
        "Quét được {pages} mặt {side} rồi {others} mặt {other}: không biết chắc mặt nào cùng tờ với mặt nào nên máy không ghép. "
        "Quét lại cả tập ở chế độ hai mặt (duplex)."
    )
    en = (
        "{pages} pages of side {side} came before {others} of side {other}: which belong together is not certain, so they are not put together. "
        "Scan the batch again on both sides at once (duplex)."
    )


class PagesAstray(TinnhiemError):
    """Pages of another ballot type than the batch's."""

    code = "pages_astray"
    vi = "Có {count} trang thuộc loại phiếu khác. Chuyển tờ ấy về đúng tập của nó và bỏ trang khỏi lần quét này."
    en = "{count} pages are of another ballot type. Put the sheet into its own batch and leave the page out of this scan."


class ScanCountDiffers(TinnhiemError):
    """More or fewer sheets scanned than counted by hand."""

    code = "scan_count_differs"
    vi = "Tập {batch} đếm tay {size} phiếu, quét được {scanned}. Đếm lại tập phiếu; tìm tờ dính nhau, tờ quét hai lần hoặc quét sót."
    en = "Batch {batch} holds {size} sheets by hand, {scanned} were scanned. Count it again; look for sheets stuck together, scanned twice or missed."


def open_scan(account: Account, round_id: UUID, batch_id: UUID, *, operator: str) -> Scan:
    """Mở lần quét của một tập; goes on where it was left. Raises `ScanNotAsked`, `VaultShut`."""
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        if not act.round.scanned:
            raise ScanNotAsked
        scan = Scan.objects.filter(batch=batch, current=True).first()
        if scan is not None:
            act.silent = True
            return scan
        refuse_settled(batch)
        vault.seal(act.round.pk, "probe", b"")  # shut vault: say so before the first page, not after it
        before = Scan.objects.filter(batch=batch).aggregate(last=Max("attempt"))["last"] or 0
        scan = Scan.objects.create(batch=batch, attempt=before + 1, operator=operator.strip(), opened_at=act.at)
        act.record("scan_opened", batch=batch_label(batch), operator=scan.operator or "–")
        return scan


def drop_page(account: Account, round_id: UUID, scan_id: UUID, page: str, *, reason: str) -> None:
    """Bỏ một trang khỏi lần quét, by its key, with the reason; its image is deleted, its place in the order is kept."""
    drop_pages(account, round_id, scan_id, (page,), reason=reason)


def drop_pages(account: Account, round_id: UUID, scan_id: UUID, pages: tuple[str, ...], *, reason: str) -> None:
    """Bỏ nhiều trang cùng một lý do; one event for all of them."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        manifest = manifest_of(scan)
        for key in pages:
            page = _page(manifest, key)
            # A page that people keep out says nothing any more of what is on it.
            bare = msgspec.structs.replace(page.reading, status="refused", rows=(), trace=b"", transform=())
            manifest = replaced(
                manifest, msgspec.structs.replace(page, dropped=reason.strip(), image=False, twin=None, reading=bare)
            )
        keep_pages(scan, manifest)
        act.record("scan_pages_dropped", batch=batch_label(scan.batch), count=len(pages), reason=reason.strip())
    for key in pages:
        scan_store.drop(round_id, key)


def key_sheet_by_hand(account: Account, round_id: UUID, scan_id: UUID, page: str, *, side: int | None = None) -> None:
    """Nhập tay một mặt phiếu máy không nhận: its lines become open points that two members answer from the paper.

    `side` counts from 1; None takes the side that is expected at this place.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        manifest = manifest_of(scan)
        refused = _page(manifest, page)
        if refused.reading.status != "refused" or refused.dropped:
            raise ScanPageUnknown
        reading = _expected(scan, manifest, refused, side)
        manifest = replaced(manifest, msgspec.structs.replace(refused, hand=True, reading=reading))
        keep_pages(scan, manifest)
        act.record("scan_keyed_by_hand", batch=batch_label(scan.batch), count=1)


def key_missing_by_hand(account: Account, round_id: UUID, scan_id: UUID, sheet: int) -> None:
    """Nhập tay các mặt còn thiếu của tờ thứ `sheet`."""
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        manifest = manifest_of(scan)
        found = next((one for one in assembled(scan, manifest).sheets if one.number == sheet and one.missing), None)
        if found is None:
            raise ScanPageUnknown
        sides = _sides_with(scan, found)
        made = tuple(_hand_page(reading, beside=found.first.key) for reading in sides)
        keep_pages(scan, Manifest(pages=(*manifest.pages, *made)))
        act.record("scan_keyed_by_hand", batch=batch_label(scan.batch), count=len(made))


def add_sheet_by_hand(account: Account, round_id: UUID, scan_id: UUID) -> None:
    """Thêm một tờ máy quét không kéo được: a whole sheet whose lines people answer from the paper."""
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        layout = layout_of(act.round)
        sides = [hand_reading(side, layout) for side in layout.sides_of(scan.batch.ballot_type.code or None)]
        first = _hand_page(sides[0])
        rest = tuple(_hand_page(side, beside=first.key) for side in sides[1:])
        manifest = manifest_of(scan)
        keep_pages(scan, Manifest(pages=(*manifest.pages, first, *rest)))
        act.record("scan_keyed_by_hand", batch=batch_label(scan.batch), count=len(sides))


def finish_scan(account: Account, round_id: UUID, scan_id: UUID, *, duplicates: Duplicates = find_duplicates) -> Keying:
    """Xong lần quét: seals the sheets as station 1's reading. Raises `Faults` with everything that is still open.

    Where the round asks for the scan alone, the batch is settled by it.
    """
    find_twins(account, round_id, scan_id, duplicates)
    with acting(account, Permission.COUNT, round_id) as act:
        scan = current_scan(act, scan_id)
        batch = scan.batch
        refuse_settled(batch)
        manifest = manifest_of(scan)
        faults = _open_faults(scan, manifest)
        if faults:
            raise Faults(faults)
        sheets = adjudicating.sheets_as_decided(act.round, scan)
        if len(sheets) != batch.size:
            raise ScanCountDiffers(batch=batch_label(batch), size=batch.size, scanned=len(sheets))
        book, decided = book_of(act.round), adjudicating.decided(act.round, scan)
        # A scan that was opened again is a reading of its own; the earlier one is kept.
        before = Keying.objects.filter(batch=batch, station=SCAN_STATION).aggregate(last=Max("attempt"))["last"] or 0
        keying = Keying(
            batch=batch,
            station=SCAN_STATION,
            attempt=before + 1,
            reader=MACHINE,
            keyer=scan.operator,
            opened_at=scan.opened_at,
            closed_at=act.at,
            sheets=len(sheets),
            corrections=len({one.point.sheet for one in decided if one.changed}),
        )
        keying.sealed = vault.seal(round_id, keying_place(keying), sheet_code.encode(sheets, lines_of(batch), book))
        keying.save()
        scan.closed_at = act.at
        scan.save(update_fields=["closed_at"])
        act.record(
            "scan_closed",
            batch=batch_label(batch),
            sheets=len(sheets),
            points=len(decided),
            changed=sum(one.changed for one in decided),
        )
        _record_who_looked(act, scan, decided)
        settle_single_reading(act, batch)
    scan_tray.empty(scan_id)
    return keying


def _record_who_looked(act: Act, scan: Scan, decided: tuple[adjudicating.Decided, ...]) -> None:
    """Who took part, once a batch and in the order of the board's list: which of them saw which place stays sealed."""
    looked = {member for one in decided for member in one.members}
    names = [member.name for member in act.round.board.all() if member.pk in looked]
    if names:
        act.record("desk_sat", batch=batch_label(scan.batch), names=", ".join(names))


def may_finish(scan: Scan) -> bool:
    """Whether `finish_scan` would take the scan as it stands: nothing open, and as many sheets as were counted by hand. Raises `VaultShut`."""
    sheets = len(finder(scan.batch.round, scan).kept)
    return sheets == scan.batch.size and not _open_faults(scan, manifest_of(scan))


def scan_again(account: Account, round_id: UUID, batch_id: UUID, reason: str) -> None:
    """Quét lại cả tập, with a reason; the first scan and its reading are kept, out of the count."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        refuse_settled(batch)
        scan = Scan.objects.get(batch=batch, current=True)
        scan.current = False
        scan.save(update_fields=["current"])
        Keying.objects.filter(batch=batch, station=SCAN_STATION, current=True).update(current=False)
        act.record("scan_again", batch=batch_label(batch), attempt=scan.attempt + 1, reason=reason.strip())
    scan_tray.empty(scan.pk)


def _page(manifest: Manifest, key: str) -> ScannedPage:
    page = manifest.page(key)
    if page is None:
        raise ScanPageUnknown
    return page


def _hand_page(reading: PageReading, *, beside: str = "") -> ScannedPage:
    return ScannedPage(key=secrets.token_hex(16), reading=reading, hand=True, beside=beside)


def _expected(scan: Scan, manifest: Manifest, refused: ScannedPage, number: int | None) -> PageReading:
    """The side, of the page's own printing where that is known, that makes the fewest sheets lack one when the page is taken for it."""
    ballot, printing = scan.batch.ballot_type.code or None, refused.reading.layout
    layouts = [one for one in layouts_of(scan.batch.round) if printing in ("", one.hash[:HASH_SHOWN])]
    readings = [
        hand_reading(side, layout)
        for layout in layouts
        for side in layout.sides_of(ballot)
        if number in (None, side.page)
    ]
    if not readings:
        raise ScanPageUnknown

    def lacking(reading: PageReading) -> int:
        tried = replaced(manifest, msgspec.structs.replace(refused, reading=reading))
        return sum(1 for sheet in assembled(scan, tried).sheets if sheet.missing)

    return min(readings, key=lacking)


def _sides_with(scan: Scan, sheet: ScannedSheet) -> tuple[PageReading, ...]:
    """The sides, of the sheet's printing, that bear its missing lines and no others."""
    ballot, wanted = scan.batch.ballot_type.code or None, set(sheet.missing)
    for layout in layouts_of(scan.batch.round):
        sides = tuple(side for side in layout.sides_of(ballot) if {row.line for row in side.rows} <= wanted)
        same = layout.hash[:HASH_SHOWN] == sheet.first.reading.layout
        if same and {row.line for side in sides for row in side.rows} == wanted:
            return tuple(hand_reading(side, layout) for side in sides)
    raise ScanPageUnknown


def _open_faults(scan: Scan, manifest: Manifest) -> list[TinnhiemError]:
    tray = scan_tray.tray(scan.pk)
    together = assembled(scan, manifest)
    lacking = [sheet.number for sheet in together.sheets if sheet.missing]
    faults: list[TinnhiemError] = []
    if tray.running or tray.waiting:
        faults.append(ScanPageWaits(count=tray.waiting))
    if manifest.refused:
        faults.append(RefusedPagesLeft(count=len(manifest.refused)))
    if together.astray:
        faults.append(PagesAstray(count=len(together.astray)))
    if together.apart:
        (side, pages), (other, others) = together.apart[:2]
        faults.append(SidesApart(pages=pages, side=side, others=others, other=other))
    elif lacking:
        faults.append(SheetsLackSides(count=len(lacking), first=lacking[0]))
    waiting = sum(1 for point in adjudicating.points(scan.batch.round, scan) if point.stage != "settled")
    if waiting:
        faults.append(adjudicating.PointsOpen(count=waiting))
    return faults
