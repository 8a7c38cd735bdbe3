"""Danh sách của đợt: subjects, voters, the board; the order, who is left out, the ballot types.

Contract: what a page shows is what will be printed. Nothing is taken after the lists are frozen; the pages then say so and offer nothing. Suggestions
about who is voted on are the rulebook's and change nothing by themselves.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app.access import Permission
from tinnhiem.app.actions import lists as actions
from tinnhiem.app.actions.rounds import BEFORE_FREEZE
from tinnhiem.app.forms.lists import BallotTypesForm, ExemptionForm, SubjectForm
from tinnhiem.app.models import BallotType, Round, Subject
from tinnhiem.app.queries.subjects import subject_lines
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import REFUSED, crumbs, page, refuse, status_of
from tinnhiem.errors import TinnhiemError


def _open(round_: Round) -> bool:
    return round_.state in BEFORE_FREEZE


@round_page(Permission.PREPARE)
def subjects(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Danh sách người được lấy phiếu."""
    english = language() == "en"
    lines = subject_lines(round_, english=english)
    listed = [line for line in lines if line.subject.line is not None]
    context = {
        "groups": [
            {
                "title": kind.title,
                "lines": [line for line in listed if line.subject.ballot_type_id == kind.pk],
            }
            for kind in round_.ballot_types.all()
        ],
        "listed": listed,
        "regimes": any(line.regime for line in lines),
        "left_out": [line for line in lines if line.subject.line is None],
        "advised": [line for line in lines if line.advice is not None],
        "open_plan": _open(round_),
        "english": english,
        "crumbs": crumbs(round_, (_("Người được lấy phiếu"), "")),
    }
    return page(request, "lists/subjects.html", context, round_)


@require_POST
@round_page(Permission.PREPARE)
def order(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Sắp thứ tự in: numbers typed beside the names, or one person moved by one place."""
    listed = list(round_.subjects.filter(line__isnull=False).order_by("ballot_type__position", "line"))
    places = {subject.pk: 2 * (subject.line or 0) for subject in listed}  # doubled, so that there is room between two
    for subject in listed:
        typed = request.POST.get(f"place-{subject.pk}", "").strip()
        if typed.isdigit() and int(typed) != subject.line:
            # A number typed anew goes before whoever holds it now, or after when moved down.
            places[subject.pk] = 2 * int(typed) + (1 if int(typed) > (subject.line or 0) else -1)
    moved, _slash, way = request.POST.get("move", "").partition("/")
    if moved.isdigit() and int(moved) in places:
        places[int(moved)] += -3 if way == "up" else 3
    ordered = sorted(places, key=lambda pk: places[pk])
    try:
        actions.reorder_subjects(request.user, round_.pk, ordered)
    except TinnhiemError as error:
        for fault in error.each():
            messages.error(request, fault.sentence(language()))
    else:
        messages.success(request, _("Đã lưu thứ tự in."))
    return redirect("subjects", round_.pk)


@round_page(Permission.PREPARE)
def subject(request: OfficeRequest, round_: Round, subject_id: int) -> HttpResponse:
    """Một người được lấy phiếu: what is printed, the regime, and whether the person is voted on."""
    row = round_.subjects.filter(pk=subject_id).first()
    if row is None:
        raise Http404
    english = language() == "en"
    book = book_of(round_)
    part = request.POST.get("part", "")
    initial = {name: getattr(row, name) for name in SubjectForm.base_fields}
    form = SubjectForm(request.POST if part == "person" else None, initial=initial)
    exemption = ExemptionForm(
        request.POST if part == "exempt" else None,
        initial={"code": row.exemption, "reason": row.exemption_reason},
        prefix="exempt",
    )
    form.offer(book, english=english)
    exemption.offer(book, english=english)
    status = 200
    if request.method == "POST":
        done, status = _change(request, round_, row, form, exemption)
        if done:
            return redirect("subjects", round_.pk)
    advice = next((line for line in subject_lines(round_, english=english) if line.subject.pk == row.pk), None)
    context = {
        "subject": row,
        "form": form,
        "exemption": exemption,
        "line": advice,
        "english": english,
        "open_plan": _open(round_),
        "crumbs": crumbs(round_, (_("Người được lấy phiếu"), reverse("subjects", args=[round_.pk])), (row.name, "")),
    }
    return page(request, "lists/subject.html", context, round_, status)


def _change(
    request: OfficeRequest, round_: Round, row: Subject, form: SubjectForm, exemption: ExemptionForm
) -> tuple[bool, int]:
    """One of the three forms of the page; whether it was done, and the status of the page if not."""
    part = request.POST.get("part", "")
    sent = form if part == "person" else exemption
    if part != "restore" and not sent.is_valid():
        return False, REFUSED
    try:
        if part == "person":
            actions.change_subject(request.user, round_.pk, row.pk, **form.cleaned_data)
            messages.success(request, _("Đã lưu thông tin của {name}.").format(name=form.cleaned_data["name"]))
        elif part == "exempt":
            actions.exempt_subject(request.user, round_.pk, row.pk, **exemption.cleaned_data)
            messages.success(request, _("Không lấy phiếu đối với {name}.").format(name=row.name))
        else:
            actions.exempt_subject(request.user, round_.pk, row.pk, "", "")
            messages.success(request, _("{name} trở lại danh sách lấy phiếu.").format(name=row.name))
    except TinnhiemError as error:
        if not sent.is_bound:
            raise
        return False, refuse(sent, error)
    return True, 200


@round_page(Permission.PREPARE)
def voters(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Danh sách người ghi phiếu."""
    context = {
        "voters": list(round_.voters.order_by("pk")),
        "open_plan": _open(round_),
        "crumbs": crumbs(round_, (_("Người ghi phiếu"), "")),
    }
    return page(request, "lists/voters.html", context, round_)


@round_page(Permission.PREPARE)
def board(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Danh sách Ban kiểm phiếu, and who of it is also voted on."""
    voted_on = set(round_.subjects.filter(line__isnull=False).values_list("person_id", flat=True))
    members = list(round_.board.all())
    context = {
        "members": members,
        "clashing": [one for one in members if one.person_id in voted_on and not one.allowed_by],
        "few": 0 < len(members) < 3,
        "open_plan": _open(round_),
        "crumbs": crumbs(round_, (_("Ban kiểm phiếu"), "")),
    }
    return page(request, "lists/board.html", context, round_)


@round_page(Permission.PREPARE)
def ballot_types(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Loại phiếu: their names, and who stands on which."""
    kinds = list(round_.ballot_types.all())
    form = BallotTypesForm(
        request.POST or None, initial={"titles": "\n".join(kind.title for kind in kinds if kind.title)}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _set_types(request, round_, kinds, form.cleaned_data["titles"])
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã lưu các loại phiếu. Xem lại từng người đứng ở loại nào."))
                return redirect("ballot-types", round_.pk)
        status = max(status, status_of(form))
    people = round_.subjects.order_by("ballot_type__position", "line", "pk")
    context = {
        "form": form,
        "kinds": kinds,
        "people": people if len(kinds) > 1 else [],
        "open_plan": _open(round_),
        "crumbs": crumbs(round_, (_("Loại phiếu"), "")),
    }
    return page(request, "lists/ballot_types.html", context, round_, status)


def _set_types(request: OfficeRequest, round_: Round, kinds: list[BallotType], titles: list[str]) -> None:
    """Each person stays with the title he stood under, unless another place was chosen for him."""
    now = {kind.pk: place for place, kind in enumerate(kinds)}
    placing = {}
    for row in round_.subjects.all():
        chosen = request.POST.get(f"type-{row.pk}", "")
        placing[row.pk] = int(chosen) if chosen.isdigit() else now.get(row.ballot_type_id, 0)
    actions.set_ballot_types(request.user, round_.pk, titles if len(titles) > 1 else titles[:1], placing)
