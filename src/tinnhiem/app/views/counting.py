"""Phòng kiểm phiếu: the board's one page — the box, the passphrase, the piles, how far each table is.

Contract: no figure by choice stands here. The page shows for each batch how many sheets each table has keyed and whether the batch is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import scan_tray, vault
from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions import batching, entering, process, sealing
from tinnhiem.app.forms.counting import ActForm, NewPassphraseForm, PassphraseForm
from tinnhiem.app.models import BallotType, Batch, Keying, Round, Scan, Seal
from tinnhiem.app.queries.adjudication_desk import BatchAtDesk, batches_at_desk
from tinnhiem.app.queries.counting_step import RoomStep, room_step
from tinnhiem.app.queries.overview import act_name
from tinnhiem.app.queries.values import types_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import REFUSED, crumbs, sentences
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll import round as steps
from tinnhiem.poll.batches import divide

AFTER = "sau"
"""The page that sent people here because the sheets are locked; they go back to it once these are open."""

ROOM_ACTS: tuple[steps.ActCode, ...] = ("box_opened", "box_mixed", "returned_announced")
"""The board's acts between the close and the count, in the order of the table."""


def act_cards(
    round_: Round, wanted: tuple[steps.ActCode, ...], sent: dict[str, ActForm] | None = None
) -> list[dict[str, object]]:
    """Các việc của Ban kiểm phiếu, done or waiting; the first that is waited for is `next`. `sent` keeps what was typed and refused."""
    now = process.process_of(round_)
    here = [code for code in wanted if now.done(code) is None and round_.state in steps.ACT_STATES[code]]
    needed = [code for code in here if any(code in acts for acts in steps.GUARDS.values())]
    hour = timezone.localtime().strftime("%H:%M")
    return [
        {
            "code": code,
            "name": act_name(code, language()),
            "done": now.done(code),
            "form": (sent or {}).get(code) or ActForm(prefix=code, initial={"hour": hour}),
            "here": code in here,
            "next": code in needed[:1],
            "open": code in needed[:1] or code in (sent or {}),
        }
        for code in wanted
    ]


def _returned_rows(request: OfficeRequest, round_: Round) -> list[dict[str, object]]:
    rows = []
    for kind in types_of(round_):
        name = f"returned_{kind.pk}"
        known = "" if kind.returned is None else str(kind.returned)
        rows.append({"kind": kind, "name": name, "value": request.POST.get(name, known)})
    return rows


def _batch_cards(round_: Round) -> list[dict[str, object]]:
    cards: list[dict[str, object]] = []
    looked = {one.scan.pk: one for one in batches_at_desk(round_, None)} if _scans_known(round_) else {}
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    for batch in batches:
        keyings = {one.station: one for one in Keying.objects.filter(batch=batch, current=True)}
        settlement = getattr(batch, "settlement", None)
        settled = bool(settlement and settlement.complete)
        closed = sum(1 for one in keyings.values() if one.closed_at)
        ready = closed >= round_.readings
        stations = []
        scan = Scan.objects.filter(batch=batch, current=True).first() if round_.scanned else None
        for station in range(1, round_.readings + 1):
            one = keyings.get(station)
            if one is None and scan is not None and station not in round_.keyed_stations:
                state = _("đã đọc {n} trang").format(n=scan.pages)
            elif one is None:
                state = _("chưa nhập") if station in round_.keyed_stations else _("chưa quét")
            elif one.closed_at:
                state = _("xong {n} phiếu").format(n=one.sheets)
            else:
                state = _("đang nhập {a}/{b}").format(a=one.sheets, b=batch.size)
            label = _("Lần {n}").format(n=station) if station in round_.keyed_stations else _("Máy quét")
            stations.append({"label": label, "state_label": state})
        read = _after_reading(round_, scan, looked.get(scan.pk)) if scan is not None else None
        to_scan = round_.scanned and not settled and (1 not in keyings or not keyings[1].closed_at)
        cards.append(
            {
                "title": _("Tập {n}").format(n=batching.batch_label(batch)),
                "sheets": batch.size,
                "state_label": _("đã thống nhất")
                if settled
                else _("chờ đối chiếu")
                if ready
                else read["state_label"]
                if read
                else (_("đang đọc") if round_.scanned else _("đang nhập"))
                if keyings or scan
                else (_("chưa đọc") if round_.scanned else _("chưa nhập")),
                "tone": "done" if settled else "warn" if ready or read else "now" if keyings or scan else "",
                "stations": stations,
                "url": read["url"]
                if read
                else reverse("scanning" if to_scan else "reconcile", args=[round_.pk, batch.pk]),
                "action": read["action"]
                if read
                else (_("Tiếp tục quét") if scan else _("Quét tập này"))
                if to_scan
                else _("Đối chiếu")
                if ready and not settled
                else _("Xem tập"),
                "waiting": ready and not settled,
                "primary": ready and not settled and not any(card["waiting"] for card in cards),
                "settled": settled,
            }
        )
    return cards


def _scans_known(round_: Round) -> bool:
    return round_.scanned and round_.state == "counting" and vault.is_open(round_.pk)


def _after_reading(round_: Round, scan: Scan, at_desk: BatchAtDesk | None) -> dict[str, str] | None:
    """What a card says once every page is read: places that wait, pages that were refused, or nothing but the finish; None before that."""
    tray = scan_tray.tray(scan.pk)
    if at_desk is None or not scan.pages or tray.running or tray.waiting:
        return None
    page = reverse("scanning", args=[round_.pk, scan.batch_id])
    if scan.refused:
        label = _("đã đọc xong, còn {n} trang máy không nhận").format(n=scan.refused)
        return {"state_label": label, "url": page, "action": _("Mở trang quét")}
    if at_desk.open:
        label = _("đã đọc xong, còn {n} chỗ chờ xem").format(n=at_desk.open)
        desk = reverse("adjudication", args=[round_.pk])
        return {"state_label": label, "url": desk, "action": _("Xem chỗ nghi vấn")}
    return {"state_label": _("đã đọc xong, chờ bấm Xong lần quét"), "url": page, "action": _("Mở trang quét")}


@round_page(Permission.COUNT)
def room(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Phòng kiểm phiếu."""
    return _room(request, round_)


def _type_to_divide(round_: Round, kind: BallotType) -> dict[str, object]:
    """A ballot type and its piles: their sizes as they are, or as they are suggested; `in_hand` once one of them is scanned or keyed."""
    made = Batch.objects.filter(round=round_, ballot_type=kind, count_number=round_.count_number).order_by("number")
    sizes = [one.size for one in made] or divide(kind.returned or 0, size=round_.batch_size)
    return {
        "kind": kind,
        "suggested": ", ".join(str(size) for size in sizes),
        "batches": bool(made),
        "in_hand": batching.in_hand(kind, round_.count_number),
    }


def _room(
    request: OfficeRequest, round_: Round, sent: dict[str, ActForm] | None = None, refused: Sequence[str] = ()
) -> HttpResponse:
    """The page; after a refusal with what was typed (`sent`) and why it was not taken."""
    cards = _batch_cards(round_)
    made = Seal.objects.filter(round=round_).exists()
    types = [_type_to_divide(round_, kind) for kind in types_of(round_)]
    first_to_divide = next((one["kind"] for one in types if not one["batches"]), None)
    step = room_step(
        round_,
        batches=len(cards),
        waiting=sum(1 for card in cards if card["waiting"]),
        settled=sum(1 for card in cards if card["settled"]),
    )
    context = {
        "round": round_,
        "step": step,
        "step_url": step_url(round_, step),
        "acts": act_cards(round_, ROOM_ACTS, sent),
        "may_begin": round_.state == "closed" and not steps.missing_acts(process.process_of(round_), "counting"),
        "board": board_names(round_),
        "returned": _returned_rows(request, round_),
        "refused": refused,
        "crumbs": crumbs(round_, (_("Phòng kiểm phiếu"), "")),
        "types": types,
        "first_to_divide": first_to_divide,
        "cards": cards,
        "all_settled": bool(cards) and all(card["settled"] for card in cards),
        "vault_made": made,
        "after": _after(request),
        "vault_open": vault.is_open(round_.pk),
        "passphrase_form": PassphraseForm() if made else NewPassphraseForm(),
        "new_passphrase_form": NewPassphraseForm(prefix="new"),
        "stations": range(1, round_.readings + 1),
        "sheets_way": round_.way == Round.Way.SHEETS,
    }
    return draw_page(request, "counting/room.html", context, round_, REFUSED if refused or sent else 200)


def step_url(round_: Round, step: RoomStep) -> str:
    """Địa chỉ của việc tiếp theo; "" where it is done on this page."""
    return reverse(step.place, args=[round_.pk, *step.arguments]) if step.place else ""


def board_names(round_: Round) -> str:
    """Ban kiểm phiếu, to be copied from: their names, helpers left out."""
    return ", ".join(round_.board.exclude(duty="helper").values_list("name", flat=True)[:12])


@require_POST
@round_page(Permission.COUNT)
def passphrase(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Đặt hoặc nhập cụm mật khẩu."""
    made = Seal.objects.filter(round=round_).exists()
    form = PassphraseForm(request.POST) if made else NewPassphraseForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return _back_to_passphrase(request, round_)
    act = sealing.open_vault if made else sealing.make_vault
    opened = told(
        request,
        lambda: act(request.user, round_.pk, form.cleaned_data["passphrase"]),
        _("Dữ liệu phiếu đã mở.") if made else _("Đã đặt cụm mật khẩu. Phiếu được mã hóa từ phiếu đầu tiên."),
    )
    if not opened:
        return _back_to_passphrase(request, round_)
    return redirect(_after(request) or reverse("counting", args=[round_.pk]))


def _after(request: OfficeRequest) -> str:
    """Trang đã gửi người tới đây vì dữ liệu khóa: an address of this machine, "" for none."""
    asked = request.POST.get(AFTER, "") or request.GET.get(AFTER, "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def _back_to_passphrase(request: OfficeRequest, round_: Round) -> HttpResponse:
    """The room again, where the passphrase is typed; what comes after it is not forgotten."""
    room, after = reverse("counting", args=[round_.pk]), _after(request)
    return redirect(f"{room}?{urlencode({AFTER: after})}#khoa" if after else room)


@require_POST
@round_page(Permission.COUNT)
def renew(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Mất cụm mật khẩu: a new one, and everything of this count keyed again."""
    form = NewPassphraseForm(request.POST, prefix="new")
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return redirect("counting", round_.pk)
    told(
        request,
        lambda: sealing.renew_vault(request.user, round_.pk, form.cleaned_data["passphrase"]),
        _("Đã đặt cụm mật khẩu mới. Nhập lại các tập từ phiếu giấy."),
    )
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def lock(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Khóa dữ liệu phiếu."""
    told(request, lambda: sealing.lock_vault(request.user, round_.pk), _("Đã khóa dữ liệu phiếu."))
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def act(request: OfficeRequest, round_: Round, code: str) -> HttpResponse:
    """Ghi nhận một việc của Ban kiểm phiếu; with the numbers returned where the act announces them."""
    known = next((one for one in steps.ACT_NAMES if one == code), None)
    if known is None:
        raise Http404
    form = ActForm(request.POST, prefix=code)
    if not form.is_valid():
        return _room(request, round_, {code: form})
    try:
        if known == "returned_announced":
            for kind in types_of(round_):
                value = request.POST.get(f"returned_{kind.pk}", "").strip()
                returned = int(value) if value.isdecimal() and len(value) < 7 else None
                process.give_ballots(request.user, round_.pk, kind.pk, returned=returned)
        hour = form.cleaned_data["hour"].strftime("%H:%M")
        process.record_act(request.user, round_.pk, known, hour, form.told_names())
    except NotAllowed:
        raise
    except TinnhiemError as error:
        return _room(request, round_, {code: form}, sentences(error))
    messages.success(request, _("Đã ghi nhận: {act}.").format(act=act_name(known, language())))
    return redirect("counting" if known in ROOM_ACTS else "result", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def begin(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Bắt đầu kiểm phiếu."""
    told(request, lambda: process.advance(request.user, round_.pk, "counting"), _("Bắt đầu kiểm phiếu."))
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def batches(request: OfficeRequest, round_: Round, kind_id: int) -> HttpResponse:
    """Chia tập phiếu: sizes as counted by hand, separated by commas."""
    kind = BallotType.objects.get(pk=kind_id, round=round_)
    sizes = [
        int(part) for part in request.POST.get("sizes", "").replace(";", ",").split(",") if part.strip().isdecimal()
    ]
    told(
        request,
        lambda: batching.make_batches(request.user, round_.pk, kind, sizes),
        _("Đã chia {n} tập phiếu.").format(n=len(sizes)),
    )
    return redirect("counting", round_.pk)


def _number(request: OfficeRequest, name: str) -> int:
    """A whole number as typed; -1 for anything else, which the actions refuse."""
    typed = request.POST.get(name, "").strip()
    return int(typed) if typed.isdecimal() and len(typed) < 7 else -1


@require_POST
@round_page(Permission.COUNT)
def correct_returned(request: OfficeRequest, round_: Round, kind_id: int) -> HttpResponse:
    """Sửa số phiếu thu về đã công bố."""
    reason = request.POST.get("reason", "")
    told(
        request,
        lambda: process.correct_returned(request.user, round_.pk, kind_id, _number(request, "returned"), reason),
        _("Đã sửa số phiếu thu về."),
    )
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def resize(request: OfficeRequest, round_: Round, batch_id: UUID) -> HttpResponse:
    """Sửa số phiếu đếm tay của một tập."""
    reason = request.POST.get("reason", "")
    told(
        request,
        lambda: batching.resize_batch(request.user, round_.pk, batch_id, _number(request, "size"), reason),
        _("Đã sửa số phiếu của tập."),
    )
    return redirect("reconcile", round_.pk, batch_id)


@require_POST
@round_page(Permission.COUNT)
def again(request: OfficeRequest, round_: Round, batch_id: UUID, station: int) -> HttpResponse:
    """Mở lại tập để nhập lại."""
    reason = request.POST.get("reason", "").strip()
    told(
        request,
        lambda: entering.key_again(request.user, round_.pk, batch_id, station, reason),
        _("Đã mở lại tập. Lần nhập trước được giữ."),
    )
    return redirect("reconcile", round_.pk, batch_id)
