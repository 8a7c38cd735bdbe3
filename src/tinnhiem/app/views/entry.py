"""Bàn nhập phiếu: choosing a batch, the grid, saving one sheet, finishing the batch.

Contract: nothing that was marked ever comes back to a station — no earlier sheet, no total, nothing of the other table. The answers of the grid's door
are JSON with one sentence each.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import batching, entering
from tinnhiem.app.forms.counting import CrewForm
from tinnhiem.app.models import Batch, Desk, Keying, Role, Round
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.sheet import Sheet

FAULT_KEYS = {"blank": "0", "over": "*", "struck": "-"}
"""The keys of the line faults on the number pad (forms.md, entry.keys)."""


class SentSheet(msgspec.Struct, forbid_unknown_fields=True):
    """Một phiếu do bảng nhập gửi lên."""

    sheet: int
    lines: tuple[str, ...] | None = None
    invalid: str | None = None


def _stations(request: OfficeRequest, round_: Round) -> tuple[int, ...]:
    """The readings this account may key: its own, or all of them where one table enters twice."""
    seats = Desk.objects.filter(round=round_, account=request.user, role=Role.STATION)
    if round_.same_table:
        return round_.keyed_stations
    return tuple(sorted({seat.station or 1 for seat in seats} & set(round_.keyed_stations)))


@round_page(Permission.KEY)
def start(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Chọn tập để nhập: this table's own batches, how far each is, and who sits here."""
    stations = _stations(request, round_)
    last = Keying.objects.filter(batch__round=round_, station__in=stations).order_by("opened_at").last()
    form = CrewForm(
        request.POST or None,
        initial={"reader": last.reader, "keyer": last.keyer, "checker": last.checker} if last else None,
    )
    if request.method == "POST" and form.is_valid():
        batch_id, _slash, chosen = request.POST.get("batch", "").partition("/")
        opened: list[Keying] = []
        if told(
            request,
            lambda: opened.append(
                entering.open_keying(request.user, round_.pk, UUID(batch_id), int(chosen or 1), **form.cleaned_data)
            ),
        ):
            return redirect("entry", round_.pk, opened[0].pk)
    rows = []
    for batch in _batches(round_):
        for station in stations:
            keying = Keying.objects.filter(batch=batch, station=station, current=True).first()
            rows.append(
                {
                    "value": f"{batch.pk}/{station}",
                    "title": batching.batch_label(batch),
                    "station": station,
                    "size": batch.size,
                    "sheets": keying.sheets if keying else 0,
                    "closed": bool(keying and keying.closed_at),
                    "url": reverse("entry", args=[round_.pk, keying.pk]) if keying and not keying.closed_at else "",
                }
            )
    waiting = next((row for row in rows if not row["closed"]), None)
    context = {
        "round": round_,
        "form": form,
        "rows": rows,
        "waiting": waiting,
        "counting": round_.state == "counting",
        "open": vault.is_open(round_.pk),
        "totals": round_.way == Round.Way.TOTALS,
        "types": round_.ballot_types.all(),
        "stations": stations,
        "crumbs": crumbs(round_, (_("Bàn nhập phiếu"), "")),
    }
    return draw_page(request, "counting/start.html", context, round_)


def _batches(round_: Round) -> list[Batch]:
    return list(Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type"))


@round_page(Permission.KEY)
def entry(request: OfficeRequest, round_: Round, keying_id: UUID) -> HttpResponse:
    """Bảng nhập phiếu."""
    keying = Keying.objects.select_related("batch__ballot_type").get(pk=keying_id, batch__round=round_)
    if keying.station not in _stations(request, round_):
        raise entering.KeyingNotYours(station=keying.station)
    if keying.closed_at is not None or not keying.current:
        return redirect("entry-start", round_.pk)
    config = _grid_config(request, round_, keying)
    return draw_page(request, "counting/entry.html", {"entry_config": config, "round": round_}, round_)


def _grid_config(request: HttpRequest, round_: Round, keying: Keying) -> dict[str, object]:
    book: Rulebook = book_of(round_)
    batch = keying.batch
    english = language() == "en"
    subjects = batch.ballot_type.subjects.filter(line__isnull=False).order_by("line")
    return {
        "saveUrl": reverse("entry-save", args=[round_.pk, keying.pk]),
        "finishUrl": reverse("entry-finish", args=[round_.pk, keying.pk]),
        "csrf": get_token(request),
        "batch": batch.number,
        "pile": batch.size,
        "next": keying.sheets + 1,
        "station": _("Lần {station}").format(station=keying.station),
        "ballotTitle": batch.ballot_type.title,
        "subjects": [{"line": one.line, "name": one.name, "post": one.post} for one in subjects],
        "choices": [
            {"code": one.code, "label": one.label_en if english else one.label, "short": one.short}
            for one in book.choices
        ],
        "lineFaults": [
            {"code": one.code, "label": one.label_en if english else one.label, "key": FAULT_KEYS[one.code]}
            for one in book.line_invalid
            if one.code in FAULT_KEYS
        ],
        "sheetReasons": [
            {"code": one.code, "label": one.label_en if english else one.label} for one in book.sheet_invalid
        ],
    }


@require_POST
@round_page(Permission.KEY)
def save(request: OfficeRequest, round_: Round, keying_id: UUID) -> HttpResponse:
    """Lưu một phiếu: 200 {saved, next, message}, or 409 {message} and nothing is saved."""
    try:
        sent = msgspec.json.decode(request.body, type=SentSheet)
    except msgspec.MsgspecError:
        return JsonResponse({"message": _("Phiếu gửi lên không đọc được. Nhập lại phiếu này.")}, status=409)
    sheet = Sheet(lines=sent.lines or (), invalid=sent.invalid)
    try:
        saved = entering.save_sheet(request.user, round_.pk, keying_id, sent.sheet, sheet)
    except TinnhiemError as error:
        return JsonResponse({"message": error.sentence(language())}, status=409)
    message = _("Phiếu thứ {n} đã lưu.").format(n=sent.sheet)
    return JsonResponse({"saved": sent.sheet, "next": saved + 1, "message": message})


@require_POST
@round_page(Permission.KEY)
def finish(request: OfficeRequest, round_: Round, keying_id: UUID) -> HttpResponse:
    """Xong tập."""
    keying = Keying.objects.select_related("batch").get(pk=keying_id, batch__round=round_)
    done = _("Xong tập {n}: đã nhập {a}/{b} phiếu.").format(n=keying.batch.number, a=keying.sheets, b=keying.batch.size)
    if told(request, lambda: entering.finish_keying(request.user, round_.pk, keying_id), done):
        return redirect("entry-start", round_.pk)
    return redirect("entry", round_.pk, keying_id)
