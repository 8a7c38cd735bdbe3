"""Every finding of a reconciliation, as it is said and as it is handed on."""

from __future__ import annotations

import pytest

from tinnhiem.poll.discrepancy import Differing, Disagreement, Misplaced, Missing
from tinnhiem.poll.sheet import Sheet

HIGH, LOW, TORN = Sheet(lines=("high", "high")), Sheet(lines=("low", "low")), Sheet(invalid="no_stamp")

MARKS = Disagreement(
    ballot="hdnd",
    batch=2,
    sheet=5,
    places=(5, 6),
    keyed=(HIGH, LOW),
    lines=(Differing(line=1, marks=("high", "low")), Differing(line=2, marks=("high", "low"))),
)
VALIDITY = Disagreement(ballot=None, batch=2, sheet=5, places=(5, 6), keyed=(HIGH, TORN), lines=())


def gap(kind: str, number: int, first: int, last: int, *, doubled: bool = False) -> Missing:
    return Missing(kind=kind, ballot=None, batch=3, station=1, number=number, first=first, last=last, doubled=doubled)


def order(kind: str, *sheets: int) -> Misplaced:
    return Misplaced(kind=kind, ballot=None, batch=3, station=2, against=1, sheets=sheets)


STUCK, STUCK_EN = "Kiểm tra hai phiếu dính nhau.", "See whether two sheets stick together."


@pytest.mark.parametrize(
    ("finding", "vi", "en"),
    [
        (
            MARKS,
            "Phiếu thứ 5 của tập 2 (loại phiếu hdnd): các lần nhập khác nhau ở dòng 1, 2.",
            "Sheet 5 of batch 2 (hdnd): the entries differ on line 1, 2.",
        ),
        (
            VALIDITY,
            "Phiếu thứ 5 của tập 2: các lần nhập khác nhau về hợp lệ (lần 1: hợp lệ, lần 2: no_stamp).",
            "Sheet 5 of batch 2: validity differs (entry 1: valid, entry 2: no_stamp).",
        ),
        (
            order("reversed"),
            "Tập 3 xếp ngược thứ tự so với lần 1 (ở lần 2). Kết quả không đổi.",
            "Batch 3 lies in reverse order against entry 1 (at entry 2). No figure changes.",
        ),
        (
            order("swapped", 4, 5),
            "Tập 3: lần 2 nhập đổi chỗ hai phiếu 4 và 5 so với lần 1. Kết quả không đổi.",
            "Batch 3: entry 2 has sheets 4 and 5 of entry 1 the other way round. No figure changes.",
        ),
        (
            order("shuffled"),
            "Tập 3: lần 2 nhập theo thứ tự khác lần 1. Các phiếu đã được so theo nội dung.",
            "Batch 3: entry 2 has another order than entry 1. The sheets were matched by content.",
        ),
        (
            gap("sheet", 1, 7, 7),
            f"Lần 1 thiếu phiếu thứ 7 của tập 3. {STUCK}",
            f"Entry 1 lacks sheet 7 of batch 3. {STUCK_EN}",
        ),
        (
            gap("sheet", 3, 7, 9),
            f"Lần 1 thiếu 3 phiếu, từ thứ 7 đến thứ 9 của tập 3. {STUCK}",
            f"Entry 1 lacks 3 sheets, 7 to 9 of batch 3. {STUCK_EN}",
        ),
        (
            gap("sheet", 1, 7, 9, doubled=True),
            f"Lần 1 thiếu 1 phiếu trong khoảng từ thứ 7 đến thứ 9 của tập 3. {STUCK}",
            f"Entry 1 lacks 1 of the sheets 7 to 9 of batch 3. {STUCK_EN}",
        ),
        (
            gap("extra", 1, 7, 7),
            f"Lần 1 thừa phiếu thứ 7 của tập 3. {STUCK}",
            f"Entry 1 has sheet 7 of batch 3 too many. {STUCK_EN}",
        ),
        (
            gap("extra", 2, 7, 8),
            f"Lần 1 thừa 2 phiếu, từ thứ 7 đến thứ 8 của tập 3. {STUCK}",
            f"Entry 1 has 2 sheets too many, 7 to 8 of batch 3. {STUCK_EN}",
        ),
        (
            gap("extra", 1, 7, 8, doubled=True),
            "Lần 1 thừa 1 phiếu trong khoảng từ thứ 7 đến thứ 8 của tập 3. Có thể một phiếu đã nhập hai lần.",
            "Entry 1 has 1 too many among the sheets 7 to 8 of batch 3. One sheet may have been keyed twice.",
        ),
        (
            Missing(kind="batch", ballot="hdnd", batch=3, station=2),
            "Lần 2 chưa nhập tập 3 (loại phiếu hdnd).",
            "Entry 2 has not keyed batch 3 (hdnd).",
        ),
        (
            Missing(kind="count", ballot=None, batch=3, station=2, keyed=24, counted=25),
            "Tập 3 ghi 25 phiếu nhưng lần 2 nhập 24. Đếm lại tập phiếu.",
            "Batch 3 holds 25 sheets by hand but entry 2 keyed 24. Count the batch again.",
        ),
    ],
)
def test_a_finding_is_one_sentence_in_each_language(
    finding: Disagreement | Misplaced | Missing, vi: str, en: str
) -> None:
    assert (finding.sentence(), finding.sentence("en")) == (vi, en)
    told = finding.as_dict()
    assert (told["message"], told["message_en"], told["batch"], told["open"]) == (vi, en, finding.batch, finding.open)


def test_the_title_of_a_type_is_said_where_it_is_known() -> None:
    titles = {"hdnd": "Khối HĐND"}
    assert MARKS.sentence("vi", titles).startswith("Phiếu thứ 5 của tập 2 (loại phiếu Khối HĐND):")
    assert MARKS.sentence("en", titles).startswith("Sheet 5 of batch 2 (Khối HĐND):")


def test_only_a_difference_of_validity_is_a_question_of_validity() -> None:
    assert (MARKS.validity, VALIDITY.validity) == (False, True)


def test_order_never_stands_in_the_way_and_a_gap_always_does() -> None:
    assert (order("reversed").open, gap("sheet", 1, 7, 7).open) == (False, True)


def test_a_question_of_validity_is_handed_on_with_every_reading() -> None:
    assert VALIDITY.as_dict() == {
        "kind": "validity",
        "ballot": None,
        "batch": 2,
        "sheet": 5,
        "places": [5, 6],
        "invalid": [None, "no_stamp"],
        "lines": [],
        "open": True,
        "message": VALIDITY.sentence(),
        "message_en": VALIDITY.sentence("en"),
    }


def test_an_order_is_handed_on_with_its_stations() -> None:
    finding = order("swapped", 4, 5)
    assert finding.as_dict() == {
        "kind": "swapped",
        "ballot": None,
        "batch": 3,
        "station": 2,
        "against": 1,
        "sheets": [4, 5],
        "open": False,
        "message": finding.sentence(),
        "message_en": finding.sentence("en"),
    }


def test_numbers_that_do_not_apply_are_left_out() -> None:
    finding = Missing(kind="count", ballot=None, batch=3, station=2, keyed=24, counted=25)
    assert {key: finding.as_dict()[key] for key in ("kind", "ballot", "station", "keyed", "counted")} == {
        "kind": "count",
        "ballot": None,
        "station": 2,
        "keyed": 24,
        "counted": 25,
    }
    assert "keyed" not in gap("sheet", 1, 7, 7).as_dict()


@pytest.mark.parametrize(
    ("finding", "vi", "en"),
    [
        (
            Misplaced(kind="reversed", ballot="hdnd", batch=3, station=2, against=1),
            "Tập 3 (loại phiếu Khối HĐND) xếp ngược thứ tự so với lần 1 (ở lần 2). Kết quả không đổi.",
            "Batch 3 (Khối HĐND) lies in reverse order against entry 1 (at entry 2). No figure changes.",
        ),
        (
            Missing(kind="batch", ballot="hdnd", batch=3, station=2),
            "Lần 2 chưa nhập tập 3 (loại phiếu Khối HĐND).",
            "Entry 2 has not keyed batch 3 (Khối HĐND).",
        ),
    ],
)
def test_order_and_gaps_are_said_with_the_title_of_the_type(finding: Misplaced | Missing, vi: str, en: str) -> None:
    titles = {"hdnd": "Khối HĐND"}
    assert (finding.sentence("vi", titles), finding.sentence("en", titles)) == (vi, en)
