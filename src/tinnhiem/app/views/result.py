"""Kết quả: counting, the table and bars, signing, and what follows a signed result.

Contract: before the signing only the board sees this page's figures, and only after everything is settled and every strip that it must is
looked through; afterwards whoever holds RESULT. Figures are cells of `documents.figures`; nothing is computed here.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission, may
from tinnhiem.app.actions import process, result
from tinnhiem.app.models import CountRecordRow, Round
from tinnhiem.app.queries.bars import bars_of, figure_words, legend_of
from tinnhiem.app.queries.column_gallery import raised_left, unseen
from tinnhiem.app.queries.counting_step import after_settling
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.counting import act_cards, board_names, step_url
from tinnhiem.app.views.desk import link, step_for
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.documents.figures import ballot_figures, meeting_figures, results_table
from tinnhiem.poll import round as steps
from tinnhiem.poll.record import fingerprint, short_code
from tinnhiem.poll.remarks import sentence

AFTER_SIGNING: tuple[steps.ActCode, ...] = ("reported_to_chair", "ballots_sealed")
"""The board's acts once the minutes are signed."""


def visible_row(request: OfficeRequest, round_: Round) -> CountRecordRow | None:
    """The newest record this reader may see: a signed one, or the board's own once it has looked through every strip it must."""
    row = result.current_row(round_)
    if row is not None and row.content:
        return row
    if row is not None and _counts(request, round_) and not (unseen(round_) or raised_left(round_)):
        return row
    return CountRecordRow.objects.filter(round=round_).exclude(content="").order_by("-number").first()


def _counts(request: OfficeRequest, round_: Round) -> bool:
    return may(request.user, Permission.COUNT, round_) and vault.is_open(round_.pk)


@round_page(Permission.RESULT)
def page(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Trang kết quả."""
    row = visible_row(request, round_)
    board = may(request.user, Permission.COUNT, round_)
    context: dict[str, object] = {
        "round": round_,
        "board": board,
        "follow": may(request.user, Permission.FOLLOW, round_),
        "counting": round_.state == "counting",
        "row": row,
        "vault_open": vault.is_open(round_.pk),
        "next": steps.next_state(process.process_of(round_)),
        "records": CountRecordRow.objects.filter(round=round_).exclude(content=""),
        "acts": act_cards(round_, AFTER_SIGNING),
        "board_names": board_names(round_),
        "crumbs": crumbs(round_, (_("Kết quả"), "")),
    }
    counted = result.current_row(round_)
    if counted is not None and not counted.content and _counts(request, round_):
        # Whoever judges marks by the eye must not know what they add up to.
        context["withheld"] = row != counted
        before_signing = after_settling(round_)
        context["before_signing"] = before_signing if before_signing.place != "result" else None
        context["before_signing_url"] = step_url(round_, before_signing)
    if round_.state != "counting":
        context["step"] = _step(request, round_)
    if row is not None:
        record, book, papers = record_of(row), book_of(round_), papers_of(round_)
        context |= {
            "record": record,
            "table": results_table(record, book, papers),
            "meeting": figure_words(meeting_figures(record, papers)),
            "ballots": [(kind, figure_words(ballot_figures(record, kind, papers))) for kind in record.types],
            "bars": bars_of(record, book, language()),
            "remarks": [sentence(remark, language()) for remark in record.remarks],
            "short": short_code(row.fingerprint or fingerprint(record)),
            "fingerprint": row.fingerprint or fingerprint(record),
            "legend": legend_of(record, book, language()),
            "signed": bool(row.content),
        }
    return draw_page(request, "result/page.html", context, round_)


def _step(request: OfficeRequest, round_: Round) -> dict[str, str]:
    """Việc tiếp theo of the reader, as on the round's own page."""
    step = step_for(request.user, round_)
    method = "post" if step.place == "resume" else "get"
    return {"sentence": step.sentence, "label": step.label, "url": link(round_, step), "method": method}


@require_POST
@round_page(Permission.COUNT)
def make(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Tổng hợp kết quả."""
    told(request, lambda: result.make_count(request.user, round_.pk), _("Đã tổng hợp."))
    return redirect("result", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def sign(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Ghi nhận đã ký bản giấy."""
    told(request, lambda: result.sign(request.user, round_.pk), _("Đã ghi nhận Ban kiểm phiếu ký biên bản."))
    return redirect("result", round_.pk)


@require_POST
@round_page(Permission.FOLLOW)
def recount(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Phúc tra theo quyết định."""
    decision = request.POST.get("reason", "")
    told(request, lambda: result.decide_recount(request.user, round_.pk, decision), _("Đã mở lần kiểm mới."))
    return redirect("result", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def delete(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Xóa dữ liệu phiếu theo quyết định."""
    decision = request.POST.get("reason", "")
    told(request, lambda: result.delete_sheets(request.user, round_.pk, decision), _("Đã xóa dữ liệu phiếu."))
    return redirect("result", round_.pk)
