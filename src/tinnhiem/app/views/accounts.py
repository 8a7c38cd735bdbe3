"""Tài khoản và bàn làm việc: who may log in, a password set anew, who sits at which desk of a round.

Contract: an officer makes accounts and sets passwords; the organiser of a round seats them. Roles that may not meet in one person are refused by the action, and the
sentence says whom to choose instead.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions import house
from tinnhiem.app.forms.accounts import AccountForm, PasswordForm, SeatForm
from tinnhiem.app.models import Account, Desk, Role, Round
from tinnhiem.app.queries.standing import standing_of
from tinnhiem.app.views.doors import OfficeRequest, round_page
from tinnhiem.app.views.frame import crumbs, office_page, page, refuse, status_of
from tinnhiem.errors import TinnhiemError


def _officer_only(request: OfficeRequest) -> None:
    if not request.user.is_officer:
        raise NotAllowed(who=_("chuyên viên tổ chức"))


@office_page
def accounts(request: OfficeRequest) -> HttpResponse:
    """Các tài khoản trên máy này."""
    _officer_only(request)
    rows = Account.objects.order_by("shown_name", "username").prefetch_related("desks__round")
    context = {"accounts": rows, "crumbs": crumbs(None, (_("Tài khoản"), ""))}
    return page(request, "accounts/list.html", context)


@office_page
def new(request: OfficeRequest) -> HttpResponse:
    """Lập tài khoản."""
    _officer_only(request)
    form = AccountForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            typed = form.cleaned_data
            try:
                house.create_account(request.user, typed["username"], typed["shown_name"], typed["password"])
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã lập tài khoản cho {name}.").format(name=typed["shown_name"]))
                return redirect("accounts")
        status = max(status, status_of(form))
    context = {
        "form": form,
        "title": _("Lập tài khoản"),
        "submit": _("Lập tài khoản"),
        "crumbs": crumbs(None, (_("Tài khoản"), reverse("accounts")), (_("Lập tài khoản"), "")),
    }
    return page(request, "accounts/form.html", context, status=status)


@office_page
def password(request: OfficeRequest, account_id: int) -> HttpResponse:
    """Đặt lại mật khẩu cho người quên."""
    _officer_only(request)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise Http404
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                house.set_password(request.user, account, form.cleaned_data["password"])
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã đặt lại mật khẩu cho {name}.").format(name=account))
                return redirect("accounts")
        status = max(status, status_of(form))
    title = _("Đặt lại mật khẩu cho {name}").format(name=account)
    context = {
        "form": form,
        "title": title,
        "submit": _("Đặt lại mật khẩu"),
        "crumbs": crumbs(None, (_("Tài khoản"), reverse("accounts")), (_("Đặt lại mật khẩu"), "")),
    }
    return page(request, "accounts/form.html", context, status=status)


@round_page(Permission.PREPARE)
def desks(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Giao bàn làm việc của đợt."""
    form = SeatForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            typed = form.cleaned_data
            try:
                seat = house.assign_desk(
                    request.user, round_.pk, typed["account"], Role(typed["role"]), typed["station"]
                )
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Đã giao: {seat}.").format(seat=seat))
                return redirect("desks", round_.pk)
        status = max(status, status_of(form))
    order = {role.value: place for place, role in enumerate(Role)}
    seats = sorted(
        Desk.objects.filter(round=round_).select_related("account"),
        key=lambda one: (order[one.role], one.station or 0, str(one.account)),
    )
    standing = standing_of(round_)
    context = {
        "form": form,
        "seats": seats,
        "standing": standing,
        "missing_tables": not standing.tables_seated,
        "tables_needed": 1 if round_.same_table else len(round_.keyed_stations),
        "officer": request.user.is_officer,
        "crumbs": crumbs(round_, (_("Giao bàn làm việc"), "")),
    }
    return page(request, "accounts/desks.html", context, round_, status)
