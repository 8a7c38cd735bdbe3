"""Biểu mẫu của danh sách: one subject, who is left out, the ballot types, the upload."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.forms.desk_form import DayField, DeskForm
from tinnhiem.law.rulebook import OWN_REGIME, Rulebook


class SubjectForm(DeskForm):
    """Một người được lấy phiếu, as printed."""

    name = forms.CharField(label=_("Họ và tên in trên phiếu"), max_length=160)
    post = forms.CharField(label=_("Chức vụ in trên phiếu"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    since = DayField(label=_("Ngày giữ chức vụ"), required=False)
    retirement_notice = DayField(label=_("Ngày thông báo nghỉ chờ hưu"), required=False)
    regime = forms.ChoiceField(
        label=_("Chế độ áp dụng khi sử dụng kết quả"),
        help_text=_("Cán bộ theo chính quy định của đợt; công chức, viên chức còn theo nghị định riêng."),
    )
    second_place = forms.CharField(label=_("Nơi lấy phiếu thứ hai"), max_length=200, required=False)

    def offer(self, book: Rulebook, *, english: bool) -> None:
        """The regimes of the round's book."""
        own = (OWN_REGIME, _("Theo {symbol}").format(symbol=book.symbol.value))
        others = [(one.id, f"{one.label_en if english else one.label} ({one.instrument})") for one in book.regimes]
        self.fields["regime"].choices = [own, *others]  # type: ignore[attr-defined]


class ExemptionForm(DeskForm):
    """Không lấy phiếu: the book's case and the reason."""

    code = forms.ChoiceField(label=_("Trường hợp"))
    reason = forms.CharField(
        label=_("Lý do, số và ngày của giấy tờ"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def offer(self, book: Rulebook, *, english: bool) -> None:
        """The book's exemptions, and a case stated by the organiser."""
        known = [
            (one.code, f"{one.label_en if english else one.label}{f' ({one.clause})' if one.clause else ''}")
            for one in book.exemptions
        ]
        codes = [code for code, _label in known]
        other = [] if "stated" in codes else [("stated", _("Lý do khác, có văn bản"))]
        self.fields["code"].choices = [*known, *other]  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """Tệp danh sách hoặc bảng dán vào: one of the two."""

    file = forms.FileField(label=_("Tệp danh sách"), required=False)
    pasted = forms.CharField(
        label=_("Bảng chép từ Word hoặc Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Chọn cả bảng, kể cả dòng tiêu đề, rồi dán vào đây."),
    )

    def clean(self) -> dict[str, object]:
        """Something must be there."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not str(cleaned.get("pasted") or "").strip():
            raise forms.ValidationError(_("Chọn một tệp hoặc dán một bảng."))
        return cleaned


class BallotTypesForm(DeskForm):
    """Các loại phiếu: one title a line."""

    titles = forms.CharField(
        label=_("Tên các loại phiếu, mỗi dòng một loại"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Để trống nếu chỉ có một loại phiếu. Ví dụ: Chủ tịch Hội đồng nhân dân."),
    )

    def clean_titles(self) -> list[str]:
        """Mỗi dòng một tên, không trùng."""
        lines = [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]
        if len(set(lines)) != len(lines):
            raise forms.ValidationError(_("Có hai loại phiếu trùng tên. Sửa lại tên."))
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("Tên loại phiếu dài nhất 300 chữ."))
        return lines
