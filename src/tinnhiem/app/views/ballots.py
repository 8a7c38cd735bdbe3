"""Phiếu: the form of the ballots of a round, what each side looks like, the downloads, and the board's decision on random codes.

Contract: pictures bear PHIẾU MẪU; the sample bears no machine mark, so that one in the box is not read as a ballot. Whatever was downloaded before a change that the reader would
refuse is told on top. Rules are the actions'.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions import ballots as actions
from tinnhiem.app.actions.rounds import BEFORE_FREEZE
from tinnhiem.app.forms.ballots import BallotFormForm, CodesForm, CopiesForm
from tinnhiem.app.models import BallotType, Round
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.queries.ballot_prints import is_printed, prints_of, unread_prints
from tinnhiem.app.queries.values import book_of, types_of
from tinnhiem.app.views.doors import OfficeRequest, round_page, told
from tinnhiem.app.views.frame import REFUSED, crumbs, page, refuse, sentences, status_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.sheet_layout import SheetLayout

PRINTABLE = ("lists_frozen", "ready", "voting")


@round_page(Permission.PREPARE)
def ballots(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Trang Phiếu; a POST saves the form."""
    kinds = types_of(round_)
    form = _form(request, round_, kinds)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            colours = {kind.pk: request.POST.get(f"colour-{kind.pk}", kind.colour) for kind in kinds}
            try:
                actions.change_ballot_form(request.user, round_.pk, colours, **form.settings())
            except NotAllowed:
                raise
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã lưu mẫu phiếu."))
                return redirect("ballots", round_.pk)
        status = max(status, status_of(form))
    return _page(request, round_, form=form, status=status)


def _form(request: OfficeRequest, round_: Round, kinds: tuple[BallotType, ...]) -> BallotFormForm:
    return BallotFormForm(
        request.POST if request.method == "POST" and "sheet_paper" in request.POST else None,
        initial=BallotFormForm.initial_of(round_),
        book=book_of(round_),
        several=len(kinds) > 1,
    )


def _page(
    request: OfficeRequest,
    round_: Round,
    *,
    form: BallotFormForm | None = None,
    codes: CodesForm | None = None,
    copies: CopiesForm | None = None,
    copies_of: int = 0,
    status: int = 200,
) -> HttpResponse:
    kinds = types_of(round_)
    book = book_of(round_)
    shown = form or _form(request, round_, kinds)
    open_form = actions.form_is_open(round_)
    if not open_form:
        for field in shown.fields.values():
            field.disabled = True
    context: dict[str, object] = {
        "form": shown,
        "codes": codes or CodesForm(),
        "refused": copies.non_field_errors() if copies is not None else (),
        "open_form": open_form,
        "frozen": round_.state not in BEFORE_FREEZE,
        "printable": round_.state in PRINTABLE,
        "book": book,
        "signature": book.signature,
        "stamp": book.hanging_stamp,
        "kinds": kinds,
        "prints": prints_of(round_),
        "crumbs": crumbs(round_, (_("Phiếu"), "")),
    }
    try:
        layout = layout_of(round_)
    except TinnhiemError as error:
        context["faults"] = sentences(error)
    else:
        first, second = layout.pages[0].markers[:2]
        context |= {
            "unread": unread_prints(round_),
            "printed": is_printed(round_),
            "sheets": [_sheet(round_, layout, kind, copies, copies_of) for kind in kinds],
            "across": f"{second.x + second.size - first.x:g}",
            "box": f"{layout.pages[0].rows[0].boxes[0].area.w:g}",
            "both_sides": any(side.page > 1 for side in layout.pages),
        }
    return page(request, "ballots/page.html", context, round_, status)


def _sheet(
    round_: Round, layout: SheetLayout, kind: BallotType, copies: CopiesForm | None, copies_of: int
) -> dict[str, object]:
    sides = layout.sides_of(kind.code or None)
    wanted = round_.summoned or round_.voters.count() or 1
    own = copies if copies is not None and copies_of == kind.pk else CopiesForm(initial={"copies": wanted})
    return {
        "kind": kind,
        "title": kind.title or _("Phiếu tín nhiệm"),
        "people": sum(len(side.rows) for side in sides),
        "copies": own,
        "sides": [
            {"page": side.page, "url": reverse("ballot-picture", args=[round_.pk, kind.pk, side.page])}
            for side in sides
        ],
        "leaves": (len(sides) + 1) // 2,
    }


@require_POST
@round_page(Permission.PREPARE)
def codes(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Ghi quyết định in mã ngẫu nhiên, or drop it."""
    if "drop" in request.POST:
        told(request, lambda: actions.decide_on_codes(request.user, round_.pk, ""), _("Các phiếu in giống hệt nhau."))
        return redirect("ballots", round_.pk)
    form = CodesForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, codes=form, status=REFUSED)
    told(
        request,
        lambda: actions.decide_on_codes(request.user, round_.pk, form.decision()),
        _("Đã ghi quyết định. Mỗi phiếu tải về từ nay có một mã ngẫu nhiên."),
    )
    return redirect("ballots", round_.pk)


@require_POST
@round_page(Permission.PREPARE)
def take(request: OfficeRequest, round_: Round, kind_id: int) -> HttpResponse:
    """Tải phiếu để in, for the reader or without machine marks."""
    form = CopiesForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, copies=form, copies_of=kind_id, status=REFUSED)
    try:
        pile = actions.take_ballots(
            request.user, round_.pk, kind_id, form.cleaned_data["copies"], plain="plain" in request.POST
        )
    except NotAllowed:
        raise
    except TinnhiemError as error:
        return _page(request, round_, copies=form, copies_of=kind_id, status=refuse(form, error))
    return _file(pile.content, pile.name)


@round_page(Permission.PREPARE)
def sample(request: OfficeRequest, round_: Round, kind_id: int) -> HttpResponse:  # noqa: ARG001 - the shape of every page
    """Phiếu mẫu: one sheet, watermarked, with a right mark, without machine marks."""
    layout, kind = layout_of(round_), _kind(round_, kind_id)
    content = ballot_print.draw(layout, sides=layout.sides_of(kind.code or None), plain=True, sample=True)
    return _file(content, f"phieu-mau{f'-{kind.position}' if kind.code else ''}.pdf")


@round_page(Permission.PREPARE)
def picture(request: OfficeRequest, round_: Round, kind_id: int, side: int) -> HttpResponse:  # noqa: ARG001 - the shape of every page
    """Ảnh một mặt phiếu."""
    layout, kind = layout_of(round_), _kind(round_, kind_id)
    found = layout.side(kind.code or None, side)
    if found is None:
        raise Http404
    return HttpResponse(ballot_print.picture(layout, found), content_type="image/png")


def _kind(round_: Round, kind_id: int) -> BallotType:
    found = next((kind for kind in types_of(round_) if kind.pk == kind_id), None)
    if found is None:
        raise Http404
    return found


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
