"""Biểu mẫu kiểm tra bảng sắp công bố."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DeskForm, WholeField
from tinnhiem.law import shelf

FIRST_KIND = "rating"
"""The kind of vote whose tables are published most stands first."""


class TableForm(DeskForm):
    """Bảng và các con số của đợt; those not known stay empty."""

    book = forms.ChoiceField(label=_("Quy định áp dụng"))
    returned = WholeField(label=_("Số phiếu thu về"))
    issued = WholeField(label=_("Số phiếu phát ra"))
    valid = WholeField(label=_("Số phiếu hợp lệ"))
    members = WholeField(label=_("Tổng số thành viên, đại biểu"))
    summoned = WholeField(label=_("Số triệu tập"))
    present = WholeField(label=_("Số có mặt"))
    file = forms.FileField(label=_("Tệp bảng kết quả"), required=False)
    table = forms.CharField(
        label=_("Hoặc dán bảng chép từ Word, Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "code"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        books = sorted(
            (shelf.book(one) for one in shelf.ids()),
            key=lambda one: (one.kind == FIRST_KIND, one.in_force.value),
            reverse=True,
        )
        choices = [(book.id, f"{book.symbol.value} – {book.title.value}") for book in books]
        self.fields["book"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A file or a table."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not str(cleaned.get("table") or "").strip():
            self.add_error("table", _("Chọn một tệp hoặc dán một bảng."))
        return cleaned
