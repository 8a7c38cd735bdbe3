"""Khung của việc quét: the open scan, locked, and its pages kept — what every act on a scan stands in.

Contract: an act on a scan finds it open and of the count that is under way, or is refused.
"""

from __future__ import annotations

from uuid import UUID

from tinnhiem.app.actions.acting import Act
from tinnhiem.app.actions.batching import refuse_unless_counting
from tinnhiem.app.models import Scan
from tinnhiem.app.scan_manifest import Manifest, ScannedPage, keep_manifest
from tinnhiem.errors import TinnhiemError


class ScanNotAsked(TinnhiemError):
    """The round's readings are all keyed by people."""

    code = "scan_not_asked"
    vi = "Đợt này nhập phiếu bằng tay, không quét. Cách đọc phiếu đặt ở Thiết lập của đợt, trước khi chốt danh sách."
    en = "The sheets of this round are keyed, not scanned. That is set in the round's settings, before the lists are frozen."


class ScanClosed(TinnhiemError):
    """The scan was finished, or put aside for another one."""

    code = "scan_closed"
    vi = "Lần quét này đã xong. Nếu phải quét lại, Ban kiểm phiếu mở lại tập và ghi lý do."
    en = "This scan is finished. To scan the batch again the board opens it with a reason."


class ScanPageUnknown(TinnhiemError):
    """No such page in this scan."""

    code = "scan_page_unknown"
    vi = "Không có trang này trong lần quét. Mở lại trang Quét phiếu rồi chọn."
    en = "There is no such page in this scan. Open the scanning page again and choose."


def current_scan(act: Act, scan_id: UUID) -> Scan:
    """Lần quét đang mở, locked; raises `CountingNotOpen`, `ScanClosed`."""
    refuse_unless_counting(act)
    found = Scan.objects.select_for_update(of=("self",)).select_related("batch__round", "batch__ballot_type")
    scan = found.get(pk=scan_id, batch__round=act.round)
    if scan.closed_at is not None or not scan.current:
        raise ScanClosed
    return scan


def keep_pages(scan: Scan, manifest: Manifest) -> None:
    """Lưu bản kê của một lần quét."""
    keep_manifest(scan, manifest)
    scan.save(update_fields=["manifest", "pages", "refused"])


def replaced(manifest: Manifest, page: ScannedPage) -> Manifest:
    """Bản kê with that page instead of the one with its key."""
    return Manifest(pages=tuple(page if one.key == page.key else one for one in manifest.pages))
