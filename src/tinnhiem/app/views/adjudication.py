"""Bàn xem phiếu nghi vấn: who sits, the desk of one member, its answers, the board's rulings, and the pictures.

Contract: a page belongs to one member of the board, chosen once; it is handed the places that wait for that member and nothing of what another answered. The desk's door
answers in JSON with one sentence each. Pictures are made as they are asked for and kept by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import adjudicating, scanning
from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.forms.adjudication import MemberForm, RulingForm
from tinnhiem.app.models import BoardMember, Round, Scan
from tinnhiem.app.queries import scan_images
from tinnhiem.app.queries.adjudication_desk import (
    FAULT_KEYS,
    batches_at_desk,
    mark_words,
    point_told,
    points_for,
    sheet_reasons,
)
from tinnhiem.app.queries.decision_annex import decisions_of
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.app.queries.scan_points import LEAVES_VALID, TWIN, WHOLE_SHEET, Point, finder
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.scan_store import ImageGone
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.documents import decision_annex
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.sheet import line_marks

SEATED = "adjudicator"
"""Session: round → the member who sits at this machine's desk."""


class SentLook(msgspec.Struct, forbid_unknown_fields=True):
    """Một câu trả lời do bàn gửi lên; without `mark` the last one is taken back."""

    sheet: int
    line: int
    mark: str = ""


def seated_member(request: OfficeRequest, round_: Round) -> BoardMember | None:
    """Thành viên đang ngồi ở máy này, None where nobody was chosen yet."""
    chosen = request.session.get(SEATED, {}).get(str(round_.pk))
    return members_of(round_).filter(pk=chosen).first() if chosen else None


def members_of(round_: Round) -> QuerySet[BoardMember]:
    """Các thành viên Ban kiểm phiếu, helpers left out."""
    return BoardMember.objects.filter(round=round_).exclude(duty=BoardMember.Duty.HELPER)


@round_page(Permission.COUNT)
def start(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Chọn người xem, and the batches that wait for that member."""
    form = MemberForm(request.POST or None, members=members_of(round_))
    if request.method == "POST" and form.is_valid():
        seats: dict[str, int] = request.session.get(SEATED, {})
        request.session[SEATED] = {**seats, str(round_.pk): int(form.cleaned_data["member"])}
        return redirect("gallery" if request.POST.get("next") == "gallery" else "adjudication", round_.pk)
    member = seated_member(request, round_)
    counting, open_ = round_.state == "counting", vault.is_open(round_.pk)
    batches = batches_at_desk(round_, member.pk if member else None) if counting and open_ else ()
    mine, left = sum(batch.mine for batch in batches), sum(batch.open for batch in batches)
    ruled = sum(len(batch.rulings) for batch in batches)
    finishable = {batch.scan.pk for batch in batches if not batch.open and scanning.may_finish(batch.scan)}
    context: dict[str, object] = {
        "form": form,
        "member": member,
        "counting": counting,
        "open": open_,
        "batches": batches,
        "mine": mine,
        "left": left,
        # Nothing but rulings of the whole board needs nobody else at the desk.
        "for_others": left - ruled,
        "others_turn": not mine and left > ruled,
        "ruling_next": 0 < ruled == left,
        "first": next((batch for batch in batches if batch.mine), None),
        "finishable": finishable,
        # Looking is done: whoever sat here last ends the scan without going round by its page.
        "finish": next((batch for batch in batches if batch.scan.pk in finishable), None) if not left else None,
        "rulings": [item for batch in batches for item in _rulings(round_, batch.scan, batch.rulings)],
        "marks": _line_words(book_of(round_)),
        "crumbs": crumbs(
            round_, (_("Phòng kiểm phiếu"), reverse("counting", args=[round_.pk])), (_("Phiếu nghi vấn"), "")
        ),
    }
    return draw_page(request, "adjudication/start.html", context, round_)


def _line_words(book: Rulebook) -> list[tuple[str, str]]:
    words = mark_words(book, language())
    return [(code, words[code]) for code in line_marks(book)]


def _rulings(round_: Round, scan: Scan, points: tuple[Point, ...]) -> list[dict[str, object]]:
    """Chỗ ba thành viên thấy ba kiểu, each with its picture and what may be ruled."""
    found, book = finder(round_, scan), book_of(round_)
    people = {one.line or 0: one for one in scan.batch.ballot_type.subjects.filter(line__isnull=False)}
    items = []
    for point in points:
        told_ = point_told(round_, scan, found, point, people, language())
        answers = told_["answers"]
        marks = [(one["mark"], one["label"]) for one in answers] if isinstance(answers, list) else _line_words(book)
        items.append({**told_, "scan": scan, "batch": batch_label(scan.batch), "marks": marks})
    return items


@round_page(Permission.COUNT)
def desk(request: OfficeRequest, round_: Round, scan_id: UUID) -> HttpResponse:
    """Bàn của một thành viên, one batch."""
    member = seated_member(request, round_)
    scan = _scan(round_, scan_id)
    shut = not vault.is_open(round_.pk)
    if member is None or shut or round_.state != "counting" or scan.closed_at is not None or not scan.current:
        return redirect("adjudication", round_.pk)
    book, english = book_of(round_), language() == "en"
    config = {
        "lookUrl": reverse("adjudication-look", args=[round_.pk, scan.pk]),
        "backUrl": reverse("adjudication-back", args=[round_.pk, scan.pk]),
        "leaveUrl": reverse("adjudication", args=[round_.pk]),
        "csrf": get_token(request),
        "batch": _("Tập {n}").format(n=batch_label(scan.batch)),
        "member": member.name,
        "choices": [
            {"code": one.code, "label": one.label_en if english else one.label, "short": one.short}
            for one in book.choices
        ],
        "lineFaults": [
            {"code": one.code, "label": one.label_en if english else one.label, "key": FAULT_KEYS[one.code]}
            for one in book.line_invalid
            if one.code in FAULT_KEYS
        ],
        "sheetReasons": [{"code": one["mark"], "label": one["label"]} for one in sheet_reasons(book, language())],
        "points": points_for(round_, scan, member.pk, language()),
    }
    return draw_page(request, "adjudication/desk.html", {"desk_config": config}, round_)


def _scan(round_: Round, scan_id: UUID) -> Scan:
    found = Scan.objects.filter(pk=scan_id, batch__round=round_).select_related("batch__round", "batch__ballot_type")
    scan = found.first()
    if scan is None:
        raise Http404
    return scan


Done = Callable[[SentLook, BoardMember], object]


def _answer(request: OfficeRequest, round_: Round, act: Done) -> JsonResponse:
    """200 {sheet, line}, or 409 {message} and nothing changed."""
    member = seated_member(request, round_)
    try:
        sent = msgspec.json.decode(request.body, type=SentLook)
    except msgspec.MsgspecError:
        return JsonResponse({"message": _("Câu trả lời gửi lên không đọc được. Tải lại trang.")}, status=409)
    if member is None:
        return JsonResponse({"message": _("Chưa chọn người xem. Về danh sách và chọn tên.")}, status=409)
    try:
        act(sent, member)
    except TinnhiemError as error:
        return JsonResponse({"message": error.sentence(language())}, status=409)
    return JsonResponse({"sheet": sent.sheet, "line": sent.line})


@require_POST
@round_page(Permission.COUNT)
def look(request: OfficeRequest, round_: Round, scan_id: UUID) -> HttpResponse:
    """Ghi điều một thành viên thấy; what takes a sheet out is written down with its own words as the reason."""
    words = mark_words(book_of(round_), "vi")

    def done(sent: SentLook, member: BoardMember) -> object:
        grave = sent.line == TWIN or (sent.line == WHOLE_SHEET and sent.mark not in LEAVES_VALID)
        return adjudicating.look(
            request.user,
            round_.pk,
            scan_id,
            sent.sheet,
            sent.line,
            member_id=member.pk,
            mark=sent.mark,
            reason=words.get(sent.mark, "") if grave else "",
        )

    return _answer(request, round_, done)


@require_POST
@round_page(Permission.COUNT)
def back(request: OfficeRequest, round_: Round, scan_id: UUID) -> HttpResponse:
    """Rút lại điều vừa ghi."""
    return _answer(
        request,
        round_,
        lambda sent, member: adjudicating.take_back(
            request.user, round_.pk, scan_id, sent.sheet, sent.line, member_id=member.pk
        ),
    )


@require_POST
@round_page(Permission.COUNT)
def rule(request: OfficeRequest, round_: Round, scan_id: UUID) -> HttpResponse:
    """Ban kiểm phiếu kết luận where three members saw three things."""
    form = RulingForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return redirect("adjudication", round_.pk)
    sent: Mapping[str, object] = form.cleaned_data
    told(
        request,
        lambda: adjudicating.rule(
            request.user,
            round_.pk,
            scan_id,
            form.cleaned_data["sheet"],
            form.cleaned_data["line"],
            mark=str(sent["mark"]),
            reason=str(sent["reason"]),
        ),
        _("Đã ghi kết luận của Ban kiểm phiếu."),
    )
    return redirect("adjudication", round_.pk)


@round_page(Permission.COUNT)
def picture(_request: OfficeRequest, round_: Round, scan_id: UUID, key: str, kind: str, line: int) -> HttpResponse:
    """Một mảnh ảnh, PNG."""
    draw: Mapping[str, Callable[[], bytes]] = {
        "row": lambda: scan_images.row_picture(round_, scan_id, key, line),
        "strip": lambda: scan_images.strip_picture(round_, scan_id, key, line),
        "head": lambda: scan_images.head_picture(round_, scan_id, key),
        "side": lambda: scan_images.side_picture(round_, scan_id, key),
        "sheet": lambda: scan_images.sheet_picture(round_, scan_id, key),
        "pair": lambda: scan_images.pair_picture(round_, scan_id, key),
    }
    if kind not in draw:
        raise Http404
    try:
        return HttpResponse(draw[kind](), content_type="image/png")
    except (scan_images.PictureUnknown, ImageGone) as error:
        raise Http404 from error


@round_page(Permission.COUNT)
def annex(_request: OfficeRequest, round_: Round) -> HttpResponse:
    """Phụ lục các trường hợp đã xem, to be sealed with the ballots."""
    content = decision_annex.render(decisions_of(round_), book_of(round_), papers_of(round_))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{decision_annex.NAME}.pdf"'
    return response
