"""Địa chỉ các trang: Vietnamese words without diacritics, because clerks read them over the shoulder."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from tinnhiem.app.counting_urls import counting_urls
from tinnhiem.app.organiser_urls import organiser_urls
from tinnhiem.app.views import entrance

urlpatterns = [
    path("mo-dau/", entrance.first_run, name="first-run"),
    path("dang-nhap/", entrance.Login.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    *organiser_urls,
    path("dot/<uuid:round_id>/", include(counting_urls)),
]
