"""Lý do phải xem: what a counting board calls each kind of doubt, and what the machine saw, in full.

Contract: words only. A board knows few kinds (forms.md: để trống, đánh từ hai ô, gạch tên, ghi thêm, dấu không rõ, không có dấu treo); whatever the reader tells
apart beyond these is one kind to it, and stands in the words of the single place.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from tinnhiem.app.queries.scan_points import DUPLICATE, EMPTY_SHEET, RAISED, UNSTAMPED
from tinnhiem.app.scan_manifest import BY_HAND
from tinnhiem.paper.scan.reasons import ROW_REASONS

OWN: dict[str, tuple[str, str]] = {
    UNSTAMPED: ("Không có dấu treo", "No hanging stamp"),
    EMPTY_SHEET: ("Để trống cả tờ", "Whole sheet left blank"),
    DUPLICATE: ("Quét hai lần", "Scanned twice"),
    RAISED: ("Ban kiểm phiếu yêu cầu xem lại", "Asked again by the board"),
    BY_HAND: ("Nhập từ phiếu giấy", "Keyed from the paper"),
}
"""Reasons that no row reading has."""

KINDS = ("blank", "over", "struck", "written")
"""Reasons of the reader that a board has its own word for."""

UNCLEAR = "unsure"

OF_PEOPLE = (RAISED, BY_HAND)
"""Reasons that people gave: of these the machine saw nothing."""


def words_of(reason: str, language: str) -> str:
    """Lý do bằng chữ, in full."""
    vi, en = OWN.get(reason) or ROW_REASONS[reason]
    return en if language == "en" else vi


def why_asked(reason: str, language: str) -> str:
    """Vì sao phải xem: what the machine saw, told as such; what people asked for stands alone."""
    words = words_of(reason, language)
    return words if reason in OF_PEOPLE else _("Máy thấy: {reason}").format(reason=words[:1].lower() + words[1:])


def kind_of(reason: str, language: str) -> str:
    """Loại lý do as a board says it."""
    return words_of(reason if reason in OWN or reason in KINDS else UNCLEAR, language)
