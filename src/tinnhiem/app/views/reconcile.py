"""Đối chiếu một tập: only what differs, both readings side by side, and the answer from the paper."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import Permission
from tinnhiem.app.actions import batching, reconciling
from tinnhiem.app.models import Batch, HandTally, Round
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Choice, Invalidity, Rulebook
from tinnhiem.poll.discrepancy import Disagreement
from tinnhiem.poll.sheet import line_marks


def _words(book: Rulebook) -> dict[str, str]:
    """Every mark and reason of the book, as people read it."""
    english = language() == "en"
    values: list[Choice | Invalidity] = [*book.choices, *book.line_invalid, *book.sheet_invalid]
    return {one.code: one.label_en if english else one.label for one in values}


@round_page(Permission.COUNT)
def page(request: OfficeRequest, round_: Round, batch_id: UUID) -> HttpResponse:
    """Trang đối chiếu của một tập."""
    batch = Batch.objects.select_related("ballot_type", "round").get(pk=batch_id, round=round_)
    settlement = getattr(batch, "settlement", None)
    keyings = reconciling.current_keyings(batch)
    context: dict[str, object] = {
        "round": round_,
        "batch": batch,
        "title": _("Đối chiếu tập {n}").format(n=batching.batch_label(batch)),
        "keyings": [one for one in keyings if one.station in round_.keyed_stations],
        "scanned": round_.scanned,
        "settled": bool(settlement and settlement.complete),
        "hand": HandTally.objects.filter(batch=batch).first(),
        "counting": round_.state == "counting",
        "crumbs": crumbs(
            round_,
            (_("Phòng kiểm phiếu"), reverse("counting", args=[round_.pk])),
            (_("Đối chiếu tập {n}").format(n=batching.batch_label(batch)), ""),
        ),
    }
    if not context["settled"] and round_.state == "counting":
        try:
            context |= _open_points(batch, book_of(round_))
        except reconciling.NotReadyToReconcile as error:
            context["waiting"] = error.sentence(language())
    return draw_page(request, "counting/reconcile.html", context, round_)


def _open_points(batch: Batch, book: Rulebook) -> dict[str, object]:
    looks = reconciling.looks_of(batch)
    first = reconciling.reconciliation_of(batch)
    words = _words(book)
    titles = {batch.ballot_type.code or None: batch.ballot_type.title}
    names = {one.line: one for one in batch.ballot_type.subjects.filter(line__isnull=False)}
    answered = {look.sheet: look for look in looks}
    items: list[dict[str, object]] = []
    for found in first.disagreements:
        if not isinstance(found, Disagreement) or not found.open:
            continue
        look = answered.get(found.sheet)
        items.append(
            {
                "number": found.sheet,
                "places": found.places,
                "sentence": found.sentence(language(), titles),
                "validity": found.validity,
                "whole": [words[sheet.invalid] if sheet.invalid else _("hợp lệ") for sheet in found.keyed],
                "lines": [
                    {
                        "line": line.line,
                        "subject": names.get(line.line or 0),
                        "marks": [words[mark] if mark else "–" for mark in line.marks],
                    }
                    for line in found.lines
                ],
                "look": look,
                "first": look is None and not any(item["first"] for item in items),
            }
        )
    misplaced = [one.sentence(language(), titles) for one in first.disagreements if not isinstance(one, Disagreement)]
    return {
        "items": items,
        "left": sum(1 for item in items if item["look"] is None),
        "gaps": [gap.sentence(language(), titles) for gap in first.missing],
        "misplaced": misplaced,
        "alike": not items and not first.missing,
        "marks": [(code, words[code]) for code in line_marks(book)],
        "reasons": [(one.code, words[one.code]) for one in book.sheet_invalid],
        "size": batch.size,
    }


@require_POST
@round_page(Permission.COUNT)
def settle(request: OfficeRequest, round_: Round, batch_id: UUID) -> HttpResponse:
    """Ghi một kết luận, or accept a batch in which nothing differs."""
    sent: Mapping[str, str] = request.POST
    try:
        if not sent.get("number"):
            done = reconciling.settle_if_alike(request.user, round_.pk, batch_id)
        else:
            done = reconciling.settle_sheet(
                request.user,
                round_.pk,
                batch_id,
                int(sent["number"]),
                marks={
                    int(name.removeprefix("line-")): mark
                    for name, mark in sent.items()
                    if name.startswith("line-") and mark
                },
                invalid=sent.get("invalid") or None,
                looked=sent.get("looked", ""),
                reason=sent.get("reason", ""),
            )
    except TinnhiemError as error:
        for fault in error.each():
            messages.error(request, fault.sentence(language()))
    else:
        messages.success(request, _("Tập đã thống nhất.") if done else _("Đã ghi kết luận."))
        if done:
            return redirect("counting", round_.pk)
    return redirect("reconcile", round_.pk, batch_id)
