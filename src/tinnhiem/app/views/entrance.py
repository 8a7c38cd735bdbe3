"""Cửa vào: the first-run page, log-in and log-out."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tinnhiem.app.actions.house import open_house
from tinnhiem.app.forms.entrance import FirstOfficerForm
from tinnhiem.app.models import Account
from tinnhiem.errors import TinnhiemError


class Login(LoginView):
    """Đăng nhập."""

    template_name = "entrance/login.html"
    redirect_authenticated_user = True


def first_run(request: HttpRequest) -> HttpResponse:
    """Trang mở đầu: makes the first officer's account on an empty installation, then opens the desk."""
    if Account.objects.exists():
        return redirect("login")
    form = FirstOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = open_house(
                form.cleaned_data["username"], form.cleaned_data["shown_name"], form.cleaned_data["password"]
            )
        except TinnhiemError as error:
            form.add_error(None, error.message)
        else:
            login(request, account)
            return redirect("desk")
    return render(request, "entrance/first_run.html", {"form": form})
