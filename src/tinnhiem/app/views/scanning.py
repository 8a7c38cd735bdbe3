"""Quét phiếu: bringing a batch's files, watching them being read, and dealing with pages the machine did not accept.

Contract: numbers of pages and sheets only; no mark, no picture. The page asks for itself again while pages are read. Every act is a POST of its own that comes
back to this page with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import adjudicating, batching, scanning, watched_folder
from tinnhiem.app.models import Batch, Round, Scan
from tinnhiem.app.scan_manifest import EMPTY_BACK, Manifest, ScannedPage, assembled, manifest_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.paper.scan.reasons import PAGE_ADVICE, PAGE_REASONS

ACCEPT = ".pdf,.tif,.tiff,.jpg,.jpeg,.png"


@round_page(Permission.COUNT)
def page(request: OfficeRequest, round_: Round, batch_id: UUID) -> HttpResponse:
    """Trang quét của một tập."""
    batch = Batch.objects.select_related("ballot_type", "round").get(pk=batch_id, round=round_)
    title = _("Quét tập {n}").format(n=batching.batch_label(batch))
    scan = Scan.objects.filter(batch=batch, current=True).select_related("batch__round", "batch__ballot_type").first()
    context: dict[str, object] = {
        "round": round_,
        "batch": batch,
        "title": title,
        "scan": scan,
        "open": vault.is_open(round_.pk),
        "counting": round_.state == "counting" and batch.count_number == round_.count_number,
        "asked": round_.scanned,
        "accept": ACCEPT,
        "crumbs": crumbs(round_, (_("Phòng kiểm phiếu"), reverse("counting", args=[round_.pk])), (title, "")),
    }
    if scan is not None and context["open"]:
        context |= _standing(request, round_, scan)
    return draw_page(request, "scanning/page.html", context, round_)


def _standing(request: OfficeRequest, round_: Round, scan: Scan) -> dict[str, object]:
    """Where the scan stands: progress, refused pages by reason, sheets that lack a side, how many doubtful places wait."""
    manifest = manifest_of(scan)
    together = assembled(scan, manifest)
    now = scanning.progress(request.user, round_.pk, scan.pk)
    all_pages = now.pages + now.waiting
    points = () if now.running else adjudicating.points(round_, scan)
    waiting = sum(1 for point in points if point.stage != "settled")
    refused = _refused(manifest)
    lacking = [sheet.number for sheet in together.sheets if sheet.missing]
    quiet = not now.running and not now.waiting
    done = scan.closed_at is not None
    ready = quiet and not refused and not together.astray and not lacking and not waiting
    return {
        "now": now,
        "all_pages": all_pages,
        "speed": f"{now.pages_per_second:.1f}".replace(".", "," if language() == "vi" else "."),
        "seconds_left": round(now.waiting / now.pages_per_second) if now.pages_per_second else None,
        "troubles": [trouble.sentence(language()) for trouble in now.troubles],
        "refused": refused,
        "astray": [("page", one.key) for one in together.astray],
        "lacking": lacking,
        "apart": together.apart,
        "empty_backs": sum(1 for one in manifest.pages if one.dropped == EMPTY_BACK),
        "points": waiting,
        "looked": len(points) - waiting,
        "adjudication_url": reverse("adjudication", args=[round_.pk]),
        "may_finish": ready and now.sheets == now.size and not done,
        "differs": ready and now.sheets != now.size,
        "folder": watched_folder.folder() is not None,
        "watching": watched_folder.watching() == scan.pk,
        "done": done,
    }


def _refused(manifest: Manifest) -> list[dict[str, object]]:
    """Refused pages, those of one reason together, with the clerk's words and what to do."""
    column = 1 if language() == "en" else 0
    groups: dict[str, list[tuple[int, ScannedPage]]] = {}
    for number, one in enumerate(manifest.pages, start=1):
        if one in manifest.refused:
            groups.setdefault(one.reading.reason, []).append((number, one))
    return [
        {
            "reason": PAGE_REASONS.get(reason, (reason, reason))[column],
            "advice": PAGE_ADVICE.get(reason, ("", ""))[column],
            "pages": [{"number": number, "key": one.key, "hidden": [("page", one.key)]} for number, one in pages],
            "all": [("page", one.key) for _, one in pages],
        }
        for reason, pages in groups.items()
    ]


@require_POST
@round_page(Permission.COUNT)
def act(request: OfficeRequest, round_: Round, batch_id: UUID, what: str) -> HttpResponse:
    """Một việc trên lần quét của tập: `what` names it."""
    batch = Batch.objects.get(pk=batch_id, round=round_)
    if what == "mo":
        operator = request.POST.get("operator", "")[:120]
        told(request, lambda: scanning.open_scan(request.user, round_.pk, batch.pk, operator=operator))
        return redirect("scanning", round_.pk, batch.pk)
    if what == "quet-lai":
        reason = request.POST.get("reason", "")
        told(
            request,
            lambda: scanning.scan_again(request.user, round_.pk, batch.pk, reason),
            _("Đã mở lại tập để quét. Lần quét trước được giữ."),
        )
        return redirect("scanning", round_.pk, batch.pk)
    scan = Scan.objects.filter(batch=batch, current=True).first()
    if scan is None or what not in ACTS:
        raise Http404
    perform, done = ACTS[what]
    if told(request, lambda: perform(request, round_, scan), str(done)) and what == "xong":
        return redirect("counting", round_.pk)
    return redirect("scanning", round_.pk, batch.pk)


def _files(request: OfficeRequest, round_: Round, scan: Scan) -> None:
    sent = request.FILES.getlist("files")
    files = [scanning.FileTaken(name=one.name or "", data=bytes(one.read())) for one in sent]
    scanning.take_in(request.user, round_.pk, scan.pk, files, in_place_of=request.POST.get("in_place_of", ""))


def _drop(request: OfficeRequest, round_: Round, scan: Scan) -> None:
    pages = tuple(request.POST.getlist("page"))
    scanning.drop_pages(request.user, round_.pk, scan.pk, pages, reason=request.POST.get("reason", ""))


def _by_hand(request: OfficeRequest, round_: Round, scan: Scan) -> None:
    scanning.key_sheet_by_hand(request.user, round_.pk, scan.pk, request.POST.get("page", ""))


def _missing(request: OfficeRequest, round_: Round, scan: Scan) -> None:
    sheet = request.POST.get("sheet", "")
    scanning.key_missing_by_hand(request.user, round_.pk, scan.pk, int(sheet) if sheet.isdecimal() else 0)


Perform = Callable[[OfficeRequest, Round, Scan], object]
ACTS: dict[str, tuple[Perform, object]] = {
    "tep": (_files, ""),
    "dung": (lambda request, round_, scan: scanning.cancel(request.user, round_.pk, scan.pk), ""),
    "doc-tiep": (lambda request, round_, scan: scanning.go_on(request.user, round_.pk, scan.pk), ""),
    "bo-trang": (_drop, gettext_lazy("Đã bỏ trang khỏi lần quét.")),
    "nhap-tay": (_by_hand, gettext_lazy("Hai thành viên Ban kiểm phiếu nhập tờ này ở trang Xem chỗ nghi vấn.")),
    "mat-thieu": (_missing, gettext_lazy("Hai thành viên Ban kiểm phiếu nhập mặt còn thiếu ở trang Xem chỗ nghi vấn.")),
    "them-to": (
        lambda request, round_, scan: scanning.add_sheet_by_hand(request.user, round_.pk, scan.pk),
        gettext_lazy("Đã thêm một tờ. Hai thành viên Ban kiểm phiếu nhập tờ này ở trang Xem chỗ nghi vấn."),
    ),
    "xong": (
        lambda request, round_, scan: scanning.finish_scan(request.user, round_.pk, scan.pk),
        gettext_lazy("Đã xong lần quét."),
    ),
    "theo-doi": (
        lambda request, round_, scan: watched_folder.watch(request.user, round_.pk, scan.pk),
        gettext_lazy("Lần quét này nhận tệp từ thư mục theo dõi."),
    ),
    "thoi-theo-doi": (
        lambda request, round_, _scan: watched_folder.stop_watching(request.user, round_.pk),
        gettext_lazy("Đã thôi nhận tệp từ thư mục theo dõi."),
    ),
}
"""Address → what is done, and the sentence once it is done."""
