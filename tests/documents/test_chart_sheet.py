from __future__ import annotations

from lxml import etree
from msgspec import structs

from tests.documents.invented import (
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tinnhiem.documents.chart_sheet import person_bar, rest_label
from tinnhiem.documents.form import Bars
from tinnhiem.documents.kinds import compose

SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_says_the_counts_and_the_printed_shares():
    record = counted(party_slate(9), party_book(), 47)
    drawing = etree.fromstring(person_bar(record, record.lines[0], party_book()))
    assert drawing.findtext(f"{SVG}title") == record.lines[0].name
    assert drawing.findtext(f"{SVG}desc") == (
        "Tín nhiệm cao: 38 phiếu, 80,85%; Tín nhiệm: 0 phiếu, 0,00%; Tín nhiệm thấp: 8 phiếu, 17,02%; Không hợp lệ: 1"
    )


def test_the_rest_of_a_bar_is_named_for_what_it_holds():
    assert rest_label("returned") == "Không hợp lệ"
    assert rest_label("members") == "Không hợp lệ, không có phiếu"


def test_a_person_without_a_base_has_an_empty_bar():
    record = counted(party_slate(1), party_book(), 14)
    line = structs.replace(record.lines[0], base=None, printed=dict.fromkeys(party_book().choice_codes()))
    drawing = etree.fromstring(person_bar(record, line, party_book()))
    assert drawing.findtext(f"{SVG}desc") == "Chưa có kết quả"


def test_bars_stand_in_printed_order_under_their_blocks():
    record = counted(council_slate(), state_book(), 47)
    (bars,) = (
        block for block in compose("chart", record, state_book(), state_papers()).blocks if isinstance(block, Bars)
    )
    assert len(bars.rows) == 28 + 2
    assert [row[0] for row in bars.rows if not row[2]] == ["I. KHỐI HỘI ĐỒNG NHÂN DÂN", "II. KHỐI ỦY BAN NHÂN DÂN"]
    assert bars.rows[1][0] == f"1. {record.lines[0].name}"


def test_the_chart_bears_the_code_of_its_count():
    record = counted(party_slate(3), party_book(), 20)
    assert compose("chart", record, party_book(), party_papers()).code.startswith("Mã đối chiếu: ")
