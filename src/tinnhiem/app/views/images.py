"""Ảnh quét: whether they are kept, deleting them, and copying the encrypted whole to a USB stick.

Contract: no picture is shown here. Without a decision the images go with the signing; what leaves the house is sealed files and their hashes. Rules are the actions'.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import Permission, may
from tinnhiem.app.actions import images as actions
from tinnhiem.app.forms.images import KeepImagesForm
from tinnhiem.app.models import EventRow, Round
from tinnhiem.app.queries.random_checks import counted_row
from tinnhiem.app.views.doors import OfficeRequest, round_page, told
from tinnhiem.app.views.frame import REFUSED, crumbs, page
from tinnhiem.poll import round as steps

TOLD = ("images_kept", "images_not_kept", "images_deleted", "images_exported")
"""Events that this page shows, in the ledger's own sentences."""


@round_page(Permission.PREPARE, Permission.COUNT)
def images(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Trang Ảnh quét."""
    return _page(request, round_)


def _page(request: OfficeRequest, round_: Round, form: KeepImagesForm | None = None, status: int = 200) -> HttpResponse:
    place = steps.STATES.index(round_.state) if round_.state in steps.STATES else -1
    context = {
        "form": form or KeepImagesForm(),
        "left": actions.images_left(round_),
        "kept": round_.keep_images_decision,
        "signed": place >= steps.STATES.index("signed"),
        "counted": counted_row(round_) is not None,
        "decides": may(request.user, Permission.PREPARE, round_),
        "board": may(request.user, Permission.COUNT, round_),
        "told": EventRow.objects.filter(round=round_, code__in=TOLD).order_by("seq"),
        "crumbs": crumbs(round_, (_("Ảnh quét"), "")),
    }
    return page(request, "images/page.html", context, round_, status)


@require_POST
@round_page(Permission.PREPARE)
def keep(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Ghi quyết định lưu ảnh, or take it back."""
    if "drop" in request.POST:
        told(request, lambda: actions.keep_images(request.user, round_.pk, ""), _("Ảnh quét sẽ không lưu."))
        return redirect("images", round_.pk)
    form = KeepImagesForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, form, REFUSED)
    told(
        request,
        lambda: actions.keep_images(request.user, round_.pk, form.decision()),
        _("Đã ghi quyết định lưu ảnh quét."),
    )
    return redirect("images", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def delete(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Xóa ảnh quét, a recorded act."""
    found: list[int] = []
    decision = request.POST.get("reason", "")
    if told(request, lambda: found.append(actions.delete_images(request.user, round_.pk, decision))):
        messages.success(request, _("Đã xóa {n} ảnh.").format(n=found[0]))
    return redirect("images", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def export(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Chép ra USB: the encrypted whole."""
    found: list[bytes] = []
    if not told(request, lambda: found.append(actions.export_images(request.user, round_.pk))):
        return redirect("images", round_.pk)
    response = HttpResponse(found[0], content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="anh-quet-niem-phong.zip"'
    return response
