"""Điều cần ghi: the sentences of what a count remarks — never silent, never a refusal.

Contract: a `record.Remark` holds a code and values; the sentence is rendered here, outside the fingerprint, so that mending a word never
changes the mark of a count. A refusal is something else (`count`): it stops the count.
"""

from __future__ import annotations

import datetime

from tinnhiem.poll.record import Remark

SENTENCES: dict[str, tuple[str, str]] = {
    "quorum_unmet": (
        "Có mặt {present}/{of_count}, cần ít nhất {needed}: chưa đủ điều kiện tiến hành, còn thiếu {missing}.",
        "{present} of {of_count} present, at least {needed} needed: no quorum, {missing} short.",
    ),
    "quorum_unknown": (
        "Chưa xác định được điều kiện tiến hành: thiếu số người có mặt hoặc số người làm căn cứ.",
        "The quorum cannot be told: the number present, or the number it is taken of, is missing.",
    ),
    "not_all_returned": (
        "Thu về {returned}/{issued} phiếu{of_type}; {difference} phiếu không thu về.",
        "{returned} of {issued} ballots{of_type} returned; {difference} did not come back.",
    ),
    "types_unequal": (
        "Các loại phiếu phát ra theo bộ nhưng thu về không bằng nhau: {returned}.",
        "The types were issued as one set but came back unequal: {returned}.",
    ),
    "received_differs": (
        "Nhận {received} phiếu{of_type}, nhưng phát ra + hỏng + chưa sử dụng là {accounted}. Ghi rõ chênh lệch vào biên bản.",
        "{received} ballots{of_type} received, but issued + spoilt + unused is {accounted}. Write the difference into the minutes.",
    ),
    "issued_beyond_present": (
        "Phát ra {issued} phiếu{of_type}, nhiều hơn số người có mặt ({present}). Kiểm tra lại số phát ra.",
        "{issued} ballots{of_type} issued to {present} present. Check the number issued.",
    ),
    "base_unknown": (
        "Chưa có {base_label}{of_type} nên không tính được tỷ lệ.",
        "The base of the percentages ({base_label_en}){of_type} is not known, so no percentage is given.",
    ),
    "no_result": (
        "Không có phiếu thu về{of_type}: không có kết quả.",
        "No ballot{of_type} came back: there is no result.",
    ),
    "excluded_unknown": (
        "Chưa ghi số người được trừ khỏi số triệu tập; tạm tính là không có ai.",
        "The number of summoned persons to leave out is not given; it is taken as none.",
    ),
    "base_not_read": (
        "Mẫu số của tỷ lệ ({base_label}) chưa đối chiếu được với văn bản gốc.",
        "The base of the percentages ({base_label_en}) has not been checked against the instrument itself.",
    ),
    "book_ended": (
        "Ngày họp {date} sau ngày {symbol} hết hiệu lực ({ended}).",
        "The meeting of {date} is after {symbol} ended ({ended}).",
    ),
    "regime_not_yet_in_force": (
        "{instrument} có hiệu lực từ {in_force}, sau ngày họp {date}; vẫn xét theo chế độ {regime} như đã khai.",
        "{instrument} came into force on {in_force}, after the meeting of {date}; the regime {regime} is applied as declared.",
    ),
    "bands_overlap": (
        "Dòng {line}{of_type}: số phiếu đúng chỗ hai điều khoản của {instrument} cùng áp dụng; đã lấy khung nặng hơn. Đề nghị xem xét.",
        "Line {line}{of_type}: the count falls where two clauses of {instrument} both apply; the heavier is given. The authority should look.",
    ),
}
"""code → (Vietnamese, English), over the values of the remark."""


DAYS = ("date", "ended", "in_force")
"""Values that are days, kept as ISO text in the record."""


def sentence(remark: Remark, language: str = "vi") -> str:
    """Câu ghi vào biên bản, in the language asked for (`vi`, `en`)."""
    vi, en = SENTENCES[remark.code]
    values = {key: _shown(value) if key in DAYS else value for key, value in remark.values.items()}
    title = remark.values.get("type_title")
    of_type = ""
    if title:
        of_type = f' ("{title}")' if language == "en" else f" (loại phiếu “{title}”)"
    return (en if language == "en" else vi).format(**{**values, "of_type": of_type})


def _shown(day: int | str | None) -> str:
    """A day as it is written on paper, 15/12/2026."""
    return datetime.date.fromisoformat(str(day)).strftime("%d/%m/%Y")
