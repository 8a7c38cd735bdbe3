"""Đợt lấy phiếu: making one, copying one, its overview and its settings.

Contract: the overview shows the state, the steps, one next step and one primary button, whatever the role. Rules are the actions'; a form that was refused
comes back with what was typed and the reason.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tinnhiem.app.access import NotAllowed, Permission, may
from tinnhiem.app.actions import rounds as actions
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.forms.rounds import CopyForm, RoundForm, SettingsForm
from tinnhiem.app.models import Desk, Role, Round
from tinnhiem.app.queries.due_dates import near_dates
from tinnhiem.app.queries.overview import acts_of, steps_of
from tinnhiem.app.queries.standing import is_small, one_table_allowed, standing_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.desk import link, step_for
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs, office_page, page, refuse, status_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.poll.round import PAUSABLE

EVERY_ROLE = tuple(Permission)


def _officer_only(request: OfficeRequest) -> None:
    if not request.user.is_officer:
        raise NotAllowed(who=_("chuyên viên tổ chức"))


@office_page
def new(request: OfficeRequest) -> HttpResponse:
    """Lập đợt lấy phiếu mới."""
    _officer_only(request)
    form = RoundForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = actions.create_round(request.user, msgspec.convert(form.cleaned_data, actions.Plan))
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                _tell_warnings(request, made)
                messages.success(
                    request, _("Đã lập đợt theo {book}.").format(book=shelf.book(made.book_id).symbol.value)
                )
                return redirect("round", made.pk)
        status = max(status, status_of(form))
    context = {"form": form, "crumbs": crumbs(None, (_("Lập đợt lấy phiếu mới"), ""))}
    return page(request, "rounds/new.html", context, status=status)


def _tell_warnings(request: OfficeRequest, made: Round) -> None:
    for warning in shelf.check_date(shelf.book(made.book_id), made.vote_date):
        messages.warning(request, warning.en if language() == "en" else warning.vi)


@office_page
def copy(request: OfficeRequest) -> HttpResponse:
    """Sao chép từ đợt trước."""
    _officer_only(request)
    form = CopyForm(request.POST or None)
    form.fields["source"].queryset = (  # type: ignore[attr-defined]
        Round.objects.filter(desks__account=request.user, desks__role=Role.ORGANISER).distinct().order_by("-vote_date")
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = actions.copy_round(request.user, **form.cleaned_data)
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                _tell_warnings(request, made)
                messages.success(
                    request, _("Đã sao chép thiết lập. Danh sách được nhập mới vì người và chức vụ có thể đã đổi.")
                )
                return redirect("round", made.pk)
        status = max(status, status_of(form))
    context = {"form": form, "crumbs": crumbs(None, (_("Sao chép từ đợt trước"), ""))}
    return page(request, "rounds/copy.html", context, status=status)


@round_page(*EVERY_ROLE)
def overview(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Tổng quan của đợt."""
    return page(request, "rounds/overview.html", overview_context(request, round_), round_)


def overview_context(request: OfficeRequest, round_: Round) -> dict[str, Any]:
    """What the overview shows; also drawn when an act on it was refused."""
    standing = standing_of(round_)
    step = step_for(request.user, round_, standing)
    prepares = may(request.user, Permission.PREPARE, round_)
    leads = may(request.user, Permission.MEETING, round_)
    counts = may(request.user, Permission.COUNT, round_)
    open_plan = round_.state in actions.BEFORE_FREEZE
    return {
        "next_step": {
            "sentence": step.sentence,
            "label": step.label,
            "url": link(round_, step),
            "method": "post" if step.place == "resume" else "get",
        },
        "blocked": step.blocked,
        "steps": (lines := steps_of(round_, language())),
        "passed": [line for line in lines if line.reason],
        "acts": acts_of(round_, language()),
        "standing": standing,
        "book": book_of(round_).symbol.value,
        "near": near_dates(round_, timezone.localdate()) if prepares else (),
        "english": language() == "en",
        "prepares": prepares,
        "leads": leads,
        "counts": counts,
        "keys": may(request.user, Permission.KEY, round_),
        "results": may(request.user, Permission.RESULT, round_),
        "records": may(request.user, Permission.RECORD, round_),
        "open_plan": open_plan,
        "small": prepares and is_small(round_),
        "may_pause": leads and round_.state in PAUSABLE,
        "may_cancel": prepares and round_.state not in ("cancelled", "archived"),
        "paused": process_of(round_).state == "paused",
        "seats": Desk.objects.filter(round=round_).select_related("account").order_by("role", "station"),
    }


@round_page(Permission.PREPARE)
def settings(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Thiết lập của đợt."""
    form = SettingsForm(request.POST or None, instance=round_, one_table=one_table_allowed(round_))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.change_settings(request.user, round_.pk, **form.cleaned_data)
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã lưu thiết lập."))
                return redirect("round", round_.pk)
        status = max(status, status_of(form))
    open_plan = round_.state in actions.BEFORE_FREEZE
    if not open_plan:
        for field in form.fields.values():
            field.disabled = True
    context = {
        "form": form,
        "open_plan": open_plan,
        "small": is_small(round_),
        "crumbs": crumbs(round_, (_("Thiết lập"), "")),
    }
    return page(request, "rounds/settings.html", context, round_, status)
