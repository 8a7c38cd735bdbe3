"""Biểu mẫu mẫu phiếu, quyết định in mã ngẫu nhiên, số bản in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DayField, DeskForm, WholeField
from tinnhiem.app.models import Round
from tinnhiem.law.rulebook import CitedFlag, Rulebook

OWN: dict[str, bool | None] = {"book": None, "yes": True, "no": False}
"""As the book says, or the office's own choice."""


def flag_told(flag: CitedFlag, yes: str | Promise, no: str | Promise) -> str:
    """Điều quy định nói, with its clause where the place is known."""
    told = str(yes if flag.value else no)
    return f"{told} ({flag.clause})" if flag.clause else told


class BallotFormForm(DeskForm):
    """Mẫu phiếu của đợt. `book` gives what is printed unless the office decides otherwise; the band is asked for only where there are several types."""

    sheet_paper = forms.ChoiceField(label=_("Khổ giấy"), choices=Round.Paper.choices)
    sheet_large_print = forms.BooleanField(
        label=_("Chữ lớn cho cả đợt (khổ A4)"),
        required=False,
        help_text=_(
            "Mọi phiếu cùng loại phải giống nhau: chỉ một phiếu chữ lớn trong thùng là biết ngay của ai. Có người cần chữ lớn thì in chữ lớn cho tất cả."
        ),
    )
    sheet_band = forms.BooleanField(
        label=_("In dải ở mép để phân biệt loại phiếu"),
        required=False,
        help_text=_("Dùng khi không có giấy màu. Có giấy màu thì mỗi loại phiếu in trên một màu."),
    )
    sheet_signature = forms.ChoiceField(label=_("Chỗ ký tên của người ghi phiếu"))
    sheet_stamp = forms.ChoiceField(label=_("Dấu treo ở góc trên bên trái"))
    meeting = forms.CharField(label=_("Hội nghị, kỳ họp in trên phiếu"), max_length=200, required=False)
    subject_words = forms.CharField(
        label=_("Đối với (in dưới tên phiếu)"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: các chức danh do Hội đồng nhân dân bầu. Hai ô này cũng in trên biên bản."),
    )

    def __init__(self, *args: Any, book: Rulebook, several: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not several:
            del self.fields["sheet_band"]
        signature = flag_told(book.signature, _("có chỗ ký"), _("không có chỗ ký"))
        stamp = flag_told(book.hanging_stamp, _("có dấu"), _("không có dấu"))
        self._offer("sheet_signature", signature, _("Có chỗ ký"), _("Không có chỗ ký"))
        self._offer("sheet_stamp", stamp, _("Có đóng dấu"), _("Không đóng dấu"))

    def _offer(self, name: str, told: str, yes: str | Promise, no: str | Promise) -> None:
        field = self.fields[name]
        by_book = gettext("Theo quy định: {what}").format(what=told)
        if isinstance(field, forms.ChoiceField):
            field.choices = [("book", by_book), ("yes", yes), ("no", no)]

    @staticmethod
    def initial_of(round_: Round) -> dict[str, object]:
        """What the round has now."""
        own = {value: key for key, value in OWN.items()}
        return {
            "sheet_paper": round_.sheet_paper,
            "sheet_large_print": round_.sheet_large_print,
            "sheet_band": round_.sheet_band,
            "sheet_signature": own[round_.sheet_signature],
            "sheet_stamp": own[round_.sheet_stamp],
            "meeting": round_.meeting,
            "subject_words": round_.subject_words,
        }

    def settings(self) -> dict[str, str | bool | None]:
        """Các thiết lập as the action takes them."""
        typed = dict(self.cleaned_data)
        return typed | {name: OWN[typed[name]] for name in ("sheet_signature", "sheet_stamp")}


class CodesForm(DeskForm):
    """Quyết định in mã ngẫu nhiên: number and date, both."""

    number = forms.CharField(
        label=_("Số quyết định của Ban kiểm phiếu"), max_length=80, help_text=_("Ví dụ: 01-QĐ/BKP")
    )
    day = DayField(label=_("Ngày"))

    def decision(self) -> str:
        """As the round keeps it."""
        return f"{self.cleaned_data['number'].strip()} ngày {self.cleaned_data['day']:%d/%m/%Y}"


class CopiesForm(DeskForm):
    """Số bản in của một loại phiếu."""

    copies = WholeField(label=_("Số phiếu"), required=True, min_value=1, max_value=5_000)
