"""A table as it is copied out of Word: what its columns are taken for."""

from __future__ import annotations

import pytest

from tinnhiem.app.queries.table_to_check import columns_of
from tinnhiem.law import shelf


@pytest.mark.parametrize("share", ["%", "Tỷ lệ", "Tỷ lệ %", "Tỉ lệ (%)"])
def test_a_bare_share_belongs_to_the_count_on_its_left(share: str) -> None:
    rows = [
        ["STT", "Họ và tên", "Tín nhiệm cao", share, "Tín nhiệm thấp", share],
        ["1", "Trần Ánh", "40", "85,11", "7", "14,89"],
    ]
    held = [column.holds for column in columns_of(rows, shelf.book("qd-96-2023"), {})]
    assert held == ["line", "name", "high", "high_pct", "low", "low_pct"]


def test_a_share_beside_no_count_is_left_to_the_reader() -> None:
    rows = [["STT", "Họ và tên", "Tỷ lệ %"], ["1", "Trần Ánh", "85,11"]]
    assert [column.holds for column in columns_of(rows, shelf.book("qd-96-2023"), {})] == ["line", "name", ""]
