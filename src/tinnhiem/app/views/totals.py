"""Nhập số tổng: totals from the tally sheets, twice by two people; and a batch's hand tally beside the machine's."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.actions import batching, entering, totals
from tinnhiem.app.models import BallotType, Batch, HandTally, Round, TypedTotals
from tinnhiem.app.queries.hand_tally import hand_differences
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.law.rulebook import Rulebook

INVALID = "invalid"


def _columns(book: Rulebook) -> list[tuple[str, str]]:
    shown = [(one.code, one.label_en if language() == "en" else one.label) for one in book.choices]
    return [*shown, (INVALID, _("Không hợp lệ"))]


def _rows(kind: BallotType, columns: list[tuple[str, str]], sent: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "line": one.line,
            "name": one.name,
            "post": one.post,
            "cells": [
                {
                    "name": f"{one.line}-{code}",
                    "value": sent.get(f"{one.line}-{code}", ""),
                    "label": f"{one.name}, {label}",
                }
                for code, label in columns
            ],
        }
        for one in kind.subjects.filter(line__isnull=False).order_by("line")
    ]


def _figures(sent: Mapping[str, str]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for name, value in sent.items():
        line, dash, code = name.partition("-")
        if dash and line.isdecimal() and value.strip().isdecimal():
            found.setdefault(int(line), {})[code] = int(value)
    return found


@round_page(Permission.KEY)
def type_totals(request: OfficeRequest, round_: Round, kind_id: int, typing: int) -> HttpResponse:
    """Nhập tổng của một loại phiếu, lần `typing`; what the other person typed is never shown."""
    kind = BallotType.objects.get(pk=kind_id, round=round_)
    entering.refuse_other_station(request.user, round_, typing)
    columns = _columns(book_of(round_))
    sent = {key: str(value) for key, value in request.POST.items()}
    typist = sent.get("typist", "")
    if request.method == "POST" and told(
        request,
        lambda: totals.type_totals(request.user, round_.pk, kind, typing, typist, _figures(sent)),
        _("Đã ghi số tổng."),
    ):
        return redirect("entry-start", round_.pk)
    context = {
        "round": round_,
        "title": _("Nhập tổng từ bảng kiểm phiếu – lần {n}").format(n=typing),
        "kind": kind,
        "size": kind.returned,
        "columns": [label for _code, label in columns],
        "rows": _rows(kind, columns, sent),
        "crumbs": crumbs(round_, (_("Bàn nhập phiếu"), reverse("entry-start", args=[round_.pk])), (_("Nhập tổng"), "")),
        "typist": typist,
        "ask_typist": True,
        "done": TypedTotals.objects.filter(ballot_type=kind, typing=typing, count_number=round_.count_number).exists(),
    }
    return draw_page(request, "counting/totals.html", context, round_)


@round_page(Permission.COUNT)
def hand_tally(request: OfficeRequest, round_: Round, batch_id: UUID) -> HttpResponse:
    """Kiểm song song một tập: type it, see where it differs from the machine, rule."""
    batch = Batch.objects.select_related("ballot_type", "round").get(pk=batch_id, round=round_)
    columns = _columns(book_of(round_))
    sent = {key: str(value) for key, value in request.POST.items()}
    if request.method == "POST":
        if "ruling" in sent:
            act = lambda: totals.rule_on_hand_tally(request.user, round_.pk, batch.pk, sent["ruling"])  # noqa: E731 - one expression
        else:
            act = lambda: totals.type_hand_tally(request.user, round_.pk, batch.pk, _figures(sent))  # noqa: E731 - one expression
        if told(request, act, _("Đã ghi nhận.")):
            return redirect("hand-tally", round_.pk, batch.pk)
    hand = HandTally.objects.filter(batch=batch).first()
    context = {
        "round": round_,
        "title": _("Kiểm song song – tập {n}").format(n=batching.batch_label(batch)),
        "kind": batch.ballot_type,
        "size": batch.size,
        "columns": [label for _code, label in columns],
        "rows": _rows(batch.ballot_type, columns, sent),
        "crumbs": crumbs(
            round_,
            (_("Phòng kiểm phiếu"), reverse("counting", args=[round_.pk])),
            (_("Tập {n}").format(n=batching.batch_label(batch)), reverse("reconcile", args=[round_.pk, batch.pk])),
            (_("Kiểm song song"), ""),
        ),
        "hand": hand,
        "differences": hand_differences(hand) if hand else None,
        "labels": dict(columns),
        "done": hand is not None,
    }
    return draw_page(request, "counting/totals.html", context, round_)
