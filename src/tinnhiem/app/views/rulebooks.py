"""Quy định: the books on the shelf, the round's own book with an office's corrections, the calendar of deadlines.

Contract: every value stands with its clause and how sure it is; a corrected value shows both the book's and the office's own, with the reason. Trying out
another day on the calendar saves nothing.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.rounds import BEFORE_FREEZE, correct_book
from tinnhiem.app.forms.rounds import BODY_KINDS, KINDS
from tinnhiem.app.forms.rulebooks import CalendarForm, CorrectionForm
from tinnhiem.app.models import Round
from tinnhiem.app.queries.book_sections import book_sections
from tinnhiem.app.queries.due_dates import DueDate, due_dates
from tinnhiem.app.queries.unsure import UnsureLine, unsure_lines
from tinnhiem.app.queries.values import book_of, corrections_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs, office_page, page, refuse, status_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Correction, Rulebook


def _summary(book: Rulebook) -> dict[str, object]:
    english = language() == "en"
    return {
        "id": book.id,
        "symbol": book.symbol.value,
        "title": book.title.value_en if english and book.title.value_en else book.title.value,
        "kind": KINDS[book.kind],
        "bodies": ", ".join(str(BODY_KINDS[body]) for body in book.bodies),
        "in_force": book.in_force.value,
        "ends": book.ends.value if book.ends else None,
    }


@office_page
def rulebooks(request: OfficeRequest) -> HttpResponse:
    """Các quy định đang có, the newest first."""
    books = sorted((shelf.book(one) for one in shelf.ids()), key=lambda book: book.in_force.value, reverse=True)
    context = {"books": [_summary(book) for book in books], "crumbs": crumbs(None, (_("Các quy định"), ""))}
    return page(request, "rulebooks/list.html", context)


@office_page
def rulebook(request: OfficeRequest, book_id: str) -> HttpResponse:
    """Một bộ quy tắc, whole."""
    if book_id not in shelf.ids():
        raise Http404
    book = shelf.book(book_id)
    context = {
        "book": _summary(book),
        "sections": book_sections(book, language()),
        "digest": book.digest()[:16],
        "crumbs": crumbs(None, (_("Các quy định"), reverse("rulebooks")), (book.symbol.value, "")),
    }
    return page(request, "rulebooks/book.html", context)


@round_page(*Permission)
def round_book(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Quy định của đợt: as it counts for this round."""
    book = book_of(round_)
    context = {
        "book": _summary(book),
        "sections": book_sections(book, language()),
        "digest": book.digest()[:16],
        "corrections": corrections_of(round_),
        "unsure": (lines := unsure_lines(round_, language())),
        "doubtful": sum(line.unsure.basis == "unsure" and line.own is None for line in lines),
        "open_plan": round_.state in BEFORE_FREEZE,
        "notices": [one.en if language() == "en" else one.vi for one in shelf.check_date(book, round_.vote_date)],
        "crumbs": crumbs(round_, (_("Quy định của đợt"), "")),
    }
    return page(request, "rulebooks/round_book.html", context, round_)


@round_page(Permission.PREPARE)
def correct(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Điều chỉnh một giá trị chưa chắc: the value's path is in `?gia-tri=`."""
    wanted = request.GET.get("gia-tri", "")
    line = next((one for one in unsure_lines(round_, language()) if one.unsure.path == wanted), None)
    if line is None:
        raise Http404
    form = CorrectionForm(request.POST or None, initial=_initial(line))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            value = form.typed_as(line.unsure.value)
            correction = Correction(path=wanted, value=value, reason=form.cleaned_data["reason"])
            try:
                correct_book(request.user, round_.pk, correction)
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã điều chỉnh cho đợt này. Biên bản sẽ in giá trị và lý do."))
                return redirect("round-book", round_.pk)
        status = max(status, status_of(form))
    context = {
        "form": form,
        "line": line,
        "open_plan": round_.state in BEFORE_FREEZE,
        "crumbs": crumbs(
            round_, (_("Quy định của đợt"), reverse("round-book", args=[round_.pk])), (_("Điều chỉnh"), "")
        ),
    }
    return page(request, "rulebooks/correct.html", context, round_, status)


def _initial(line: UnsureLine) -> dict[str, object]:
    return {"value": line.own_shown or line.value, "reason": line.own.reason if line.own else ""}


def _upcoming(due: DueDate) -> dict[str, str]:
    english = language() == "en"
    day = due.due.strftime("%d/%m/%Y") if due.due else ""
    return {"what": due.what_en if english else due.what, "who": due.who_en if english else due.who, "due": day}


@round_page(*Permission)
def calendar(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Lịch thời hạn; `?vote=` and `?opening=` try other days without saving."""
    trying = "vote" in request.GET or "opening" in request.GET
    form = CalendarForm(
        request.GET if trying else None, initial={"vote": round_.vote_date, "opening": round_.opening_date}
    )
    days = form.cleaned_data if trying and form.is_valid() else {}
    refusal = ""
    dates: tuple[DueDate, ...] = ()
    try:
        dates = due_dates(round_, timezone.localdate(), days.get("vote"), days.get("opening"))
    except TinnhiemError as error:
        refusal = error.sentence(language())
    ahead = next((one for one in dates if one.nearness in ("soon", "later")), None)
    context = {
        "dates": dates,
        "upcoming": _upcoming(ahead) if ahead else None,
        "form": form,
        "tried": bool(days.get("vote") or days.get("opening")),
        "refusal": refusal,
        "english": language() == "en",
        "needs_opening": any(one.counts_from == "opening" for one in dates),
        "crumbs": crumbs(round_, (_("Lịch thời hạn"), "")),
    }
    return page(request, "rulebooks/calendar.html", context, round_)
