"""Kiểm tra ngẫu nhiên: the lot, the list of places, what the board reads, the verdict, the page for the minutes.

Contract: the recorded sheet never reaches this page; a place shows only whether paper and record agree, and in how many rows they do not. The digits are shown once more in
large before they count. Rules and refusals are the actions'.
"""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import Permission
from tinnhiem.app.actions import random_check as actions
from tinnhiem.app.forms.random_check import LotForm
from tinnhiem.app.models import Round
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.app.queries.random_checks import ToCheck, begun_check, counted_row, stage_of, to_check
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of, slate_of
from tinnhiem.app.views.counting import board_names
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.entry import FAULT_KEYS, SentSheet
from tinnhiem.app.views.frame import REFUSED, crumbs, sentences, status_of
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.app.views.papers import MEDIA
from tinnhiem.documents import random_check_sheet
from tinnhiem.documents.papers import Person
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.random_check import CheckedSheet, RandomCheck
from tinnhiem.poll.random_sample import GALLERY_BELOW, Place, checked_seed
from tinnhiem.poll.record import CountRecord, fingerprint, short_code
from tinnhiem.poll.sheet import Sheet

PAPER_FORMATS = ("pdf", "docx")
BEGUN = ("going", "closed", "sealed", "deleted", "reopened")
"""Stages in which the lists that were drawn are shown."""


@round_page(Permission.COUNT)
def page(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Trang kiểm tra ngẫu nhiên."""
    return _page(request, round_)


def _page(
    request: OfficeRequest, round_: Round, form: LotForm | None = None, digits: str = "", status: int = 200
) -> HttpResponse:
    stage = stage_of(round_)
    counted = counted_row(round_)
    context: dict[str, object] = {
        "round": round_,
        "stage": stage,
        "least": GALLERY_BELOW,
        "board_names": board_names(round_),
        "crumbs": crumbs(round_, (_("Kết quả"), reverse("result", args=[round_.pk])), (_("Kiểm tra ngẫu nhiên"), "")),
    }
    if counted is not None and stage not in ("shut", "no_sheets", "not_counted"):
        record = record_of(counted)
        context["short"] = short_code(fingerprint(record))
        begun = None if stage in ("ready", "gallery", "declined") else begun_check(round_)
        if stage in ("ready", "outdated", "gallery"):
            context |= _sizes(to_check(round_, record), record)
            context |= {"form": form or LotForm(), "digits": digits}
        if begun is not None and stage in BEGUN:
            context["row"] = begun[0]
            context |= _progress(round_, begun[1].check, record)
    return draw_page(request, "random_check/page.html", context, round_, status)


def _sizes(found: ToCheck, record: CountRecord) -> dict[str, object]:
    def title(ballot: str | None) -> str:
        return record.type_of(ballot).title or _("Phiếu tín nhiệm")

    return {
        "samples": [{"title": title(one.ballot), "sample": one} for one in found.drawn],
        "gallery": [{"title": title(one.ballot), "sample": one} for one in found.gallery],
        "total": sum(one.size for one in found.drawn),
    }


def _progress(round_: Round, check: RandomCheck, record: CountRecord) -> dict[str, object]:
    """The lists as the board ticks them off, and what waits for it."""
    several = len(record.types) > 1
    awaited = check.awaited
    found = {each.place: each for each in check.compared}
    lists = []
    for number in range(1, check.lists + 1):
        drawn = check.drawn(number)
        piles: dict[tuple[str | None, int], list[dict[str, object]]] = {}
        for place in drawn:
            each = found.get(place)
            piles.setdefault((place.ballot, place.batch), []).append(
                {
                    "position": place.position,
                    "found": each,
                    "url": "" if each else _sheet_url(round_, check, place),
                    "next": place == (awaited[0] if awaited else None),
                }
            )
        lists.append(
            {
                "number": number,
                "size": len(drawn),
                "piles": [
                    {"title": _pile_title(record, ballot, batch, several=several), "places": places}
                    for (ballot, batch), places in piles.items()
                ],
            }
        )
    return {
        "check": check,
        "verdict": check.verdict,
        "lists": lists,
        "read": len(check.compared),
        "left": len(awaited),
        "next_title": _place_title(record, awaited[0]) if awaited else "",
        "next_url": _sheet_url(round_, check, awaited[0]) if awaited else "",
        "differences": [_difference(round_, check, record, each) for each in check.differences],
    }


def _difference(round_: Round, check: RandomCheck, record: CountRecord, each: CheckedSheet) -> dict[str, object]:
    return {
        "title": _place_title(record, each.place),
        "rows": each.accepted + each.ruled,
        "ruled": each.ruled,
        "explanation": each.explanation,
        "again": each.again,
        "key": _key(check, each.place),
        "url": _sheet_url(round_, check, each.place),
    }


def _pile_title(record: CountRecord, ballot: str | None, batch: int, *, several: bool) -> str:
    title = _("Tập {n}").format(n=batch)
    return f"{title} – {record.type_of(ballot).title or ballot}" if several else title


def _place_title(record: CountRecord, place: Place) -> str:
    title = _("tập {n}, phiếu thứ {k}").format(n=place.batch, k=place.position)
    return f"{title} ({record.type_of(place.ballot).title or place.ballot})" if len(record.types) > 1 else title


def _key(check: RandomCheck, place: Place) -> str:
    """A place as an address: the type's number, batch and position."""
    number = next(sample.number for sample in check.samples if sample.ballot == place.ballot)
    return f"{number}-{place.batch}-{place.position}"


def _sheet_url(round_: Round, check: RandomCheck, place: Place) -> str:
    return reverse("random-check-sheet", args=[round_.pk, _key(check, place)])


def _place(check: RandomCheck, key: str) -> Place:
    """The place of an address; raises Http404 where no list names it."""
    for number in range(1, check.lists + 1):
        for place in check.drawn(number):
            if _key(check, place) == key:
                return place
    raise Http404


def _check(round_: Round) -> RandomCheck:
    begun = begun_check(round_)
    if begun is None:
        raise Http404
    return begun[1].check


@require_POST
@round_page(Permission.COUNT)
def begin(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Ghi số bốc thăm: the digits are shown in large first, and count once they are confirmed."""
    form = LotForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, form, status=status_of(form))
    try:
        digits = checked_seed(form.cleaned_data["seed"])
    except TinnhiemError as error:
        form.add_error("seed", " ".join(sentences(error)))
        return _page(request, round_, form, status=REFUSED)
    if "confirmed" not in request.POST:
        return _page(request, round_, form, digits=" ".join(digits))
    crew = actions.Crew(**{name: form.cleaned_data[name] for name in actions.Crew.__struct_fields__})
    told(
        request,
        lambda: actions.begin_check(request.user, round_.pk, digits, crew),
        _("Đã ghi số bốc thăm và lập danh sách phiếu."),
    )
    return redirect("random-check", round_.pk)


@round_page(Permission.COUNT)
def sheet(request: OfficeRequest, round_: Round, key: str) -> HttpResponse:
    """Ghi một phiếu được bốc, on the grid of the entry table; the recorded sheet is not shown."""
    check = _check(round_)
    place = _place(check, key)
    reason = request.GET.get("reason", "").strip()
    if check.at(place) is not None and not reason:
        return redirect("random-check", round_.pk)
    config = _grid_config(request, round_, place, key, reason)
    return draw_page(request, "random_check/sheet.html", {"entry_config": config}, round_)


def _grid_config(request: OfficeRequest, round_: Round, place: Place, key: str, reason: str) -> dict[str, object]:
    book = book_of(round_)
    slate = slate_of(round_)
    english = language() == "en"
    title = next(kind.title for kind in slate.types if kind.id == place.ballot)
    save = reverse("random-check-save", args=[round_.pk, key])
    return {
        "saveUrl": f"{save}?{request.GET.urlencode()}" if reason else save,
        "finishUrl": reverse("random-check-onward", args=[round_.pk]),
        "csrf": get_token(request),
        "batch": place.batch,
        "pile": 1,
        "next": 1,
        "single": True,
        "station": _("Kiểm tra ngẫu nhiên"),
        "ballotTitle": title,
        "subjects": [{"line": one.line, "name": one.name, "post": one.post} for one in slate.lines(place.ballot)],
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
        "words": {
            "title": _("Tập {n}, phiếu thứ {k}").format(n=place.batch, k=place.position),
            "rekeyNone": _("Mỗi lần chỉ ghi một phiếu."),
            "doneTitle": _("Tập {n}, phiếu thứ {k}: đã ghi").format(n=place.batch, k=place.position),
            "doneAsk": _("Đã ghi phiếu thứ {k} của tập {n}. Trả phiếu về đúng chỗ.").format(
                n=place.batch, k=place.position
            ),
            "doneButton": _("Phiếu tiếp theo"),
            "doneHint": _("Enter để sang phiếu tiếp theo."),
            "cleared": _("Đã xóa phiếu đang ghi. Ghi lại từ dòng đầu."),
            "fullReady": _("Đủ {b} dòng. So lại với phiếu giấy rồi bấm Enter để lưu."),
        },
    }


@require_POST
@round_page(Permission.COUNT)
def save(request: OfficeRequest, round_: Round, key: str) -> HttpResponse:
    """Lưu phiếu vừa đọc: 200 {saved, next, message}, or 409 {message} and nothing is saved."""
    try:
        sent = msgspec.json.decode(request.body, type=SentSheet)
    except msgspec.MsgspecError:
        return JsonResponse({"message": _("Phiếu gửi lên không đọc được. Ghi lại phiếu này.")}, status=409)
    try:
        place = _place(_check(round_), key)
        read = Sheet(lines=sent.lines or (), invalid=sent.invalid)
        after = actions.enter_sheet(request.user, round_.pk, place, read, request.GET.get("reason", ""))
    except TinnhiemError as error:
        return JsonResponse({"message": error.sentence(language())}, status=409)
    found = after.at(place)
    agrees = found is not None and found.agrees
    return JsonResponse(
        {"saved": sent.sheet, "next": sent.sheet + 1, "message": _("Khớp.") if agrees else _("Có chỗ không khớp.")}
    )


@require_POST
@round_page(Permission.COUNT)
def onward(request: OfficeRequest, round_: Round) -> HttpResponse:  # noqa: ARG001 - the shape of every page
    """Sang phiếu tiếp theo, or back to the list when it is read."""
    check = _check(round_)
    if check.verdict == "reading":
        return redirect(_sheet_url(round_, check, check.awaited[0]))
    return redirect("random-check", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def explain(request: OfficeRequest, round_: Round, key: str) -> HttpResponse:
    """Giải thích một chỗ không khớp."""
    place = _place(_check(round_), key)
    words = request.POST.get("reason", "")
    told(request, lambda: actions.explain(request.user, round_.pk, place, words), _("Đã ghi giải thích."))
    return redirect("random-check", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def next_list(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Lập danh sách tiếp theo."""
    told(request, lambda: actions.next_list(request.user, round_.pk), _("Đã lập danh sách tiếp theo."))
    return redirect("random-check", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def close(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Kết thúc kiểm tra."""
    told(request, lambda: actions.close_check(request.user, round_.pk), _("Đã ghi kết luận kiểm tra ngẫu nhiên."))
    return redirect("random-check", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def reread(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Đọc lại toàn bộ phiếu."""
    done = told(
        request,
        lambda: actions.read_all_again(request.user, round_.pk),
        _("Các tập đã mở lại. Giao phiếu cho hai bàn nhập, đọc lại từ đầu."),
    )
    return redirect("counting" if done else "random-check", round_.pk)


@require_POST
@round_page(Permission.COUNT)
def decline(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Không kiểm tra ngẫu nhiên, with the board's reason."""
    reason = request.POST.get("reason", "")
    told(request, lambda: actions.decline_check(request.user, round_.pk, reason), _("Đã ghi nhận."))
    return redirect("random-check", round_.pk)


@round_page(Permission.COUNT)
def paper(request: OfficeRequest, round_: Round, file_format: str) -> HttpResponse:  # noqa: ARG001 - the shape of every page
    """Biên bản kiểm tra ngẫu nhiên, PDF or Word."""
    begun, counted = begun_check(round_), counted_row(round_)
    chosen = next((one for one in MEDIA if one == file_format and one in PAPER_FORMATS), None)
    if begun is None or counted is None or chosen is None:
        raise Http404
    row, state = begun
    started = timezone.localtime(row.begun_at)
    sitting = random_check_sheet.Sitting(
        day=started.date(),
        started_at=started.time().replace(second=0, microsecond=0),
        ended_at=timezone.localtime(row.closed_at).time().replace(second=0, microsecond=0) if row.closed_at else None,
        drawn_by=Person(name=row.drawn_by),
        read_by=Person(name=row.read_by),
        compared_by=Person(name=row.compared_by),
        ticked_by=Person(name=row.ticked_by),
    )
    record = record_of(counted)
    content = random_check_sheet.render(state.check, record, book_of(round_), papers_of(round_), sitting, chosen)
    response = HttpResponse(content, content_type=MEDIA[chosen])
    response["Content-Disposition"] = f'attachment; filename="{random_check_sheet.NAME}.{chosen}"'
    return response
