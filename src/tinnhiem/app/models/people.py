"""Cơ quan, chức vụ, con người: records of their own, kept across rounds, with dates.

Contract: one file per person however many rounds name that person; a membership says from when to when a person held a post of a body. What
a round prints is copied onto the round's own lists when they are made, so that an old round never changes with a person's file.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.Model):
    """Cơ quan, tổ chức nơi lấy phiếu. `kind` is one of the rulebooks' kinds of body; `superior` is printed above the name."""

    name = models.CharField(_("Tên cơ quan, tổ chức"), max_length=200)
    kind = models.CharField(_("Loại"), max_length=32)
    superior = models.CharField(_("Cơ quan cấp trên"), max_length=200, blank=True)
    place = models.CharField(_("Địa danh"), max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Con người: one file per person. `birth` is kept as it was written (a year alone is common)."""

    family_name = models.CharField(_("Họ và tên đệm"), max_length=120, blank=True)
    given_name = models.CharField(_("Tên"), max_length=60)
    sort_name = models.CharField(_("Tên để xếp thứ tự"), max_length=60, blank=True)
    birth = models.CharField(_("Ngày sinh"), max_length=20, blank=True)
    sex = models.CharField(_("Giới tính"), max_length=8, blank=True)
    folded = models.CharField(max_length=200, db_index=True, editable=False)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Họ và tên as printed, family name first."""
        return f"{self.family_name} {self.given_name}".strip()


class Post(models.Model):
    """Chức vụ của một cơ quan."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("Chức vụ"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="one_post_per_title")]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """Thời gian giữ chức vụ: `since`/`until` None where not known or not ended."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("Từ ngày"), null=True, blank=True)
    until = models.DateField(_("Đến ngày"), null=True, blank=True)
    decision = models.CharField(_("Số, ngày quyết định"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.person} – {self.post}"
