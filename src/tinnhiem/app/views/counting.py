"""Phòng kiểm phiếu: the board's one page — the box, the passphrase, the piles, how far each table is.

Contract: no figure by choice stands here. The page shows for each batch how many sheets each table has keyed and whether the batch is settled.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import counting, process
from tinnhiem.app.forms.counting import ActForm, NewPassphraseForm, PassphraseForm
from tinnhiem.app.models import BallotType, Batch, Keying, Round, Seal
from tinnhiem.app.queries.counting_step import next_sentence
from tinnhiem.app.queries.values import types_of
from tinnhiem.app.views.doors import OfficeRequest, round_page, told
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.poll import round as steps
from tinnhiem.poll.batches import divide


def _acts(round_: Round) -> list[dict[str, object]]:
    """The board's acts, done or waiting, with the one that comes next first to fill in."""
    now = process.process_of(round_)
    wanted: tuple[steps.ActCode, ...] = ("box_opened", "box_mixed", "returned_announced")
    return [
        {
            "code": code,
            "name": steps.ACT_NAMES[code][0],
            "done": now.done(code),
            "form": ActForm(prefix=code),
            "here": round_.state in steps.ACT_STATES[code],
        }
        for code in wanted
    ]


def _returned_rows(round_: Round) -> list[dict[str, object]]:
    return [{"kind": kind, "name": f"returned_{kind.pk}"} for kind in types_of(round_)]


def _batch_cards(round_: Round) -> list[dict[str, object]]:
    cards: list[dict[str, object]] = []
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    for batch in batches:
        keyings = {one.station: one for one in Keying.objects.filter(batch=batch, current=True)}
        settlement = getattr(batch, "settlement", None)
        settled = bool(settlement and settlement.complete)
        closed = sum(1 for one in keyings.values() if one.closed_at)
        ready = closed >= round_.readings
        stations = []
        for station in range(1, round_.readings + 1):
            one = keyings.get(station)
            if one is None:
                state = _("chưa nhập")
            elif one.closed_at:
                state = _("xong {n} phiếu").format(n=one.sheets)
            else:
                state = _("đang nhập {a}/{b}").format(a=one.sheets, b=batch.size)
            stations.append({"label": _("Lần {n}").format(n=station), "state_label": state})
        cards.append(
            {
                "title": _("Tập {n}").format(n=counting.batch_label(batch)),
                "sheets": batch.size,
                "state_label": _("đã thống nhất")
                if settled
                else _("chờ đối chiếu")
                if ready
                else _("đang nhập")
                if keyings
                else _("chưa nhập"),
                "tone": "done" if settled else "warn" if ready else "now" if keyings else "",
                "stations": stations,
                "url": reverse("reconcile", args=[round_.pk, batch.pk]),
                "action": _("Đối chiếu") if ready and not settled else _("Xem tập"),
                "primary": ready and not settled,
                "settled": settled,
            }
        )
    return cards


@round_page(Permission.COUNT)
def room(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Phòng kiểm phiếu."""
    cards = _batch_cards(round_)
    made = Seal.objects.filter(round=round_).exists()
    types = [
        {
            "kind": kind,
            "suggested": ", ".join(str(size) for size in divide(kind.returned or 0, size=round_.batch_size)),
            "batches": Batch.objects.filter(round=round_, ballot_type=kind, count_number=round_.count_number).exists(),
        }
        for kind in types_of(round_)
    ]
    context = {
        "round": round_,
        "sentence": next_sentence(
            round_,
            batches=len(cards),
            waiting=sum(1 for card in cards if card["primary"]),
            settled=sum(1 for card in cards if card["settled"]),
        ),
        "acts": _acts(round_),
        "returned": _returned_rows(round_),
        "process": process.process_of(round_),
        "types": types,
        "cards": cards,
        "all_settled": bool(cards) and all(card["settled"] for card in cards),
        "vault_made": made,
        "vault_open": vault.is_open(round_.pk),
        "passphrase_form": PassphraseForm() if made else NewPassphraseForm(),
        "new_passphrase_form": NewPassphraseForm(prefix="new"),
        "stations": range(1, round_.readings + 1),
        "sheets_way": round_.way == Round.Way.SHEETS,
    }
    return draw_page(request, "counting/room.html", context, round_)


@require_POST
@round_page(Permission.COUNT)
def passphrase(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Đặt hoặc nhập cụm mật khẩu."""
    made = Seal.objects.filter(round=round_).exists()
    form = PassphraseForm(request.POST) if made else NewPassphraseForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return redirect("counting", round_.pk)
    act = counting.open_vault if made else counting.make_vault
    told(
        request,
        lambda: act(request.user, round_.pk, form.cleaned_data["passphrase"]),
        _("Dữ liệu phiếu đã mở.") if made else _("Đã đặt cụm mật khẩu. Phiếu được mã hóa từ phiếu đầu tiên."),
    )
    return redirect("counting", round_.pk)


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
        lambda: counting.renew_vault(request.user, round_.pk, form.cleaned_data["passphrase"]),
        _("Đã đặt cụm mật khẩu mới. Nhập lại các tập từ phiếu giấy."),
    )
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def lock(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Khóa dữ liệu phiếu."""
    told(request, lambda: counting.lock_vault(request.user, round_.pk), _("Đã khóa dữ liệu phiếu."))
    return redirect("counting", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def act(request: OfficeRequest, round_: Round, code: str) -> HttpResponse:
    """Ghi nhận một việc của Ban kiểm phiếu; with the numbers returned where the act announces them."""
    form = ActForm(request.POST, prefix=code)
    if not form.is_valid():
        told(request, lambda: _refuse_act(code))
        return redirect("counting", round_.pk)

    def do() -> None:
        if code == "returned_announced":
            for kind in types_of(round_):
                value = request.POST.get(f"returned_{kind.pk}", "").strip()
                process.give_ballots(
                    request.user, round_.pk, kind.pk, returned=int(value) if value.isdecimal() else None
                )
        process.record_act(
            request.user,
            round_.pk,
            msgspec.convert(code, steps.ActCode),
            form.cleaned_data["hour"].strftime("%H:%M"),
            form.told_names(),
        )

    told(request, do, _("Đã ghi nhận."))
    return redirect("counting", round_.pk)


def _refuse_act(code: str) -> None:
    raise steps.ActWithoutNames(act=steps.ACT_NAMES[msgspec.convert(code, steps.ActCode)][0])


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
        lambda: counting.make_batches(request.user, round_.pk, kind, sizes),
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
        lambda: counting.resize_batch(request.user, round_.pk, batch_id, _number(request, "size"), reason),
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
        lambda: counting.key_again(request.user, round_.pk, batch_id, station, reason),
        _("Đã mở lại tập. Lần nhập trước được giữ."),
    )
    return redirect("reconcile", round_.pk, batch_id)
