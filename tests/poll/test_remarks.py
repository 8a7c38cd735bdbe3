"""What a count remarks, as people read it."""

from __future__ import annotations

from tinnhiem.poll.record import Remark
from tinnhiem.poll.remarks import sentence


def test_a_day_is_written_as_on_paper() -> None:
    values: dict[str, int | str | None] = {"date": "2026-12-15", "symbol": "262-QĐ/TW", "ended": "2023-02-02"}
    told = sentence(Remark(code="book_ended", values=values))
    assert told == "Ngày họp 15/12/2026 sau ngày 262-QĐ/TW hết hiệu lực (02/02/2023)."


def test_the_ballot_type_is_named_where_there_are_several() -> None:
    values: dict[str, int | str | None] = {"type_title": "Chủ tịch HĐND", "returned": 46, "issued": 47, "difference": 1}
    told = sentence(Remark(code="not_all_returned", values=values))
    assert told == "Thu về 46/47 phiếu (loại phiếu “Chủ tịch HĐND”); 1 phiếu không thu về."


def test_a_round_without_types_names_none() -> None:
    values: dict[str, int | str | None] = {"type_title": None, "returned": 46, "issued": 47, "difference": 1}
    told = sentence(Remark(code="not_all_returned", values=values), "en")
    assert told == "46 of 47 ballots returned; 1 did not come back."


def test_the_ballot_type_is_named_in_english_too() -> None:
    values: dict[str, int | str | None] = {"type_title": "Chủ tịch HĐND", "returned": 46, "issued": 47, "difference": 1}
    told = sentence(Remark(code="not_all_returned", values=values), "en")
    assert told == '46 of 47 ballots ("Chủ tịch HĐND") returned; 1 did not come back.'
