"""Địa chỉ các trang: Vietnamese words without diacritics, because clerks read them over the shoulder."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from tinnhiem.app.views import entrance

urlpatterns = [
    path("mo-dau/", entrance.first_run, name="first-run"),
    path("dang-nhap/", entrance.Login.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
]
