"""Biểu mẫu lập đợt, sao chép đợt và thiết lập của đợt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.actions.rounds import SETTINGS
from tinnhiem.app.forms.desk_form import DayField, DeskForm
from tinnhiem.app.models import Round
from tinnhiem.law.rulebook import BodyKind, Kind

BODY_KINDS: dict[BodyKind, object] = {
    "party_committee": _("Cấp ủy (tỉnh ủy, huyện ủy, đảng ủy, chi ủy)"),
    "agency": _("Cơ quan, đơn vị"),
    "people_council": _("Hội đồng nhân dân"),
    "national_assembly": _("Quốc hội"),
    "party_congress": _("Đại hội đảng bộ"),
}
KINDS: dict[Kind, object] = {
    "rating": _("Lấy phiếu tín nhiệm"),
    "confidence_vote": _("Bỏ phiếu tín nhiệm"),
    "election": _("Bầu cử"),
}
PERSON_WORDS = ("đồng chí", "ông/bà", "đại biểu")


class RoundForm(DeskForm):
    """Lập đợt lấy phiếu mới."""

    title = forms.CharField(
        label=_("Tên đợt"), max_length=200, help_text=_("Ví dụ: Lấy phiếu tín nhiệm giữa nhiệm kỳ 2025–2030")
    )
    kind = forms.ChoiceField(label=_("Hình thức"), choices=list(KINDS.items()))
    body_kind = forms.ChoiceField(label=_("Nơi lấy phiếu là"), choices=list(BODY_KINDS.items()))
    body_name = forms.CharField(label=_("Tên cơ quan, tổ chức"), max_length=200)
    superior = forms.CharField(
        label=_("Cơ quan cấp trên"), max_length=200, required=False, help_text=_("In ở dòng trên cùng của văn bản.")
    )
    vote_date = DayField(
        label=_("Ngày lấy phiếu"), help_text=_("Ngày này quyết định quy định nào được áp dụng và các thời hạn.")
    )
    opening_date = DayField(
        label=_("Ngày khai mạc kỳ họp"),
        required=False,
        help_text=_("Ghi khi lấy phiếu tại kỳ họp Quốc hội, Hội đồng nhân dân: một số thời hạn tính từ ngày này."),
    )
    meeting = forms.CharField(
        label=_("Hội nghị, kỳ họp"), max_length=200, required=False, help_text=_("Ví dụ: Hội nghị lần thứ 12")
    )
    place = forms.CharField(label=_("Địa danh"), max_length=80, required=False, help_text=_("Ví dụ: Bình Minh"))
    rehearsal = forms.BooleanField(
        label=_("Chạy thử"),
        required=False,
        help_text=_("Mọi trang và mọi văn bản in dấu CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ."),
    )


class CopyForm(DeskForm):
    """Sao chép từ đợt trước."""

    source = forms.ModelChoiceField(label=_("Đợt trước"), queryset=Round.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Tên đợt mới"), max_length=200)
    vote_date = DayField(label=_("Ngày lấy phiếu"))


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Thiết lập của đợt: until the lists are frozen. `one_table` says whether one table may enter twice."""

    digits = forms.TypedChoiceField(
        label=_("Tỷ lệ in"), coerce=int, choices=[(2, _("hai chữ số thập phân")), (1, _("một chữ số thập phân"))]
    )
    rounding = forms.ChoiceField(
        label=_("Cách làm tròn"),
        choices=[("half-up", _("từ 5 trở lên thì làm tròn lên")), ("truncate", _("cắt bỏ phần sau"))],
    )
    list_order = forms.ChoiceField(
        label=_("Thứ tự in"),
        choices=[("approved", _("theo danh sách đã duyệt")), ("alphabet", _("theo vần A, B, C của tên"))],
    )
    person_word = forms.ChoiceField(label=_("Cách xưng hô"), choices=[(word, word) for word in PERSON_WORDS])

    class Meta:
        model = Round
        fields = SETTINGS
        help_texts = {
            "pairing": _(
                "Phiếu in từ trang Phiếu thì máy quét đọc được. Có thêm một bàn nhập thì mỗi phiếu được đọc hai lần độc lập: máy và người."
            ),
            "batch_size": _("Mỗi tập 10, 20 hoặc 25 phiếu; dưới 60 phiếu thì có thể để một tập."),
            "same_table": _("Chỉ dùng khi không quá 60 phiếu. Biên bản ghi rõ việc này."),
            "code_in_footer": _("Tám chữ số để đối chiếu bản giấy với bản ghi trong máy."),
        }

    def __init__(self, *args: Any, one_table: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not one_table and not self.instance.same_table:
            del self.fields["same_table"]
        for field in self.fields.values():
            field.error_messages["required"] = _("Ô này chưa ghi.")

    def clean_batch_size(self) -> int:
        """Một tập không nhỏ hơn năm phiếu."""
        size: int = self.cleaned_data["batch_size"]
        if not 5 <= size <= 100:
            raise forms.ValidationError(_("Mỗi tập từ 5 đến 100 phiếu; tập nhỏ hơn dễ lộ ý kiến."))
        return size

    def clean(self) -> dict[str, Any]:
        """A single table enters twice, not three times."""
        cleaned = super().clean() or {}
        if cleaned.get("same_table") and cleaned.get("pairing") != Round.Pairing.TWO:
            self.add_error(
                "same_table", _("Một bàn chỉ thay được hai bàn nhập. Chọn hai lần nhập, hoặc lập đủ bàn nhập.")
            )
        return cleaned
