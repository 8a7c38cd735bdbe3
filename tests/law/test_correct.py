"""An office's own values: only where the law is unsure, with a reason, and the book stays sound."""

from __future__ import annotations

import datetime

import pytest

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.correct import UnsureValue, correct, unsure_values
from tinnhiem.law.errors import (
    CorrectedTwice,
    CorrectionNeedsReason,
    UnknownValuePath,
    ValueIsCertain,
    ValueOfAnotherKind,
)
from tinnhiem.law.faults import NotOneOf, UnfitRatio
from tinnhiem.law.rulebook import Correction, Rulebook
from tinnhiem.law.value_path import find


def corrected(book_id: str, path: str, value: str | int | bool, reason: str = "Theo kế hoạch 12-KH/TU") -> Rulebook:
    return correct(shelf.book(book_id), [Correction(path=path, value=value, reason=reason)])


def refusals(book_id: str, *corrections: Correction) -> tuple[TinnhiemError, ...]:
    with pytest.raises(Faults) as refused:
        correct(shelf.book(book_id), corrections)
    return refused.value.each()


@pytest.mark.parametrize(
    ("path", "value", "stands"),
    [
        ("quorum.num", 1, 1),
        ("deadlines.explanation.days", 5, 5),
        ("rounding.mode", "truncate", "truncate"),
        ("bands.low.bounds.1.op", "lt", "lt"),
        ("signature.value", False, False),
        ("in_force.value", "2023-03-01", datetime.date(2023, 3, 1)),
        ("base.kind", "valid", "valid"),
        ("line_invalid.struck.label", "Gạch họ tên", "Gạch họ tên"),
        ("regimes.cong-chuc.bands.low.bounds.0.op", "ge", "ge"),
    ],
)
def test_an_unsure_value_can_be_corrected(path: str, value: str | int | bool, stands: object) -> None:
    assert find(corrected("qd-96-2023", path, value), path).value == stands


def test_a_correction_changes_its_value_and_nothing_else() -> None:
    book = corrected("qd-96-2023", "rounding.digits", 1)
    assert correct(book, [Correction(path="rounding.digits", value=2, reason="Trả lại")]) == shelf.book("qd-96-2023")


def test_no_corrections_leave_the_book_as_it_is() -> None:
    assert correct(shelf.book("nq-85-2014"), []) == shelf.book("nq-85-2014")


def test_a_corrected_book_has_another_digest() -> None:
    assert corrected("qd-96-2023", "rounding.digits", 1).digest() != shelf.book("qd-96-2023").digest()


def test_the_shipped_book_is_not_touched() -> None:
    before = shelf.book("qd-96-2023").digest()
    corrected("qd-96-2023", "rounding.digits", 1)
    assert shelf.book("qd-96-2023").digest() == before


@pytest.mark.parametrize(
    ("path", "clause"),
    [("in_force.value", "Đ.22"), ("choices.confidence.label", "Đ.3 k.2"), ("replaces.value", "Đ.22")],
)
def test_what_was_read_in_the_instrument_cannot_be_corrected(path: str, clause: str) -> None:
    refused = refusals("nq-96-2023-bo-phieu", Correction(path=path, value="x", reason="x"))
    assert refused == (ValueIsCertain("nq-96-2023-bo-phieu", path=path, clause=clause),)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "quorum",
        "quorum.of_whom",
        "deadlines.dossier.days",
        "deadlines.0.days",
        "bands.low.bounds.2.op",
        "bands.low.bounds.x.op",
        "bands.low.choice",
        "base.basis",
        "base.clause",
        "base.note",
        "choices.high.code",
        "id",
        "kind",
        "bodies.0",
        "ends.value",
        "quorum.num.real",
    ],
)
def test_a_path_that_leads_to_no_value_of_the_law_is_refused(path: str) -> None:
    assert refusals("qd-96-2023", Correction(path=path, value=1, reason="x")) == (
        UnknownValuePath("qd-96-2023", path=path),
    )


@pytest.mark.parametrize(
    ("path", "value", "now"),
    [
        ("quorum.num", "1", 2),
        ("quorum.num", True, 2),
        ("signature.value", 1, True),
        ("rounding.mode", 2, "half-up"),
        ("in_force.value", "01/03/2023", "2023-02-02"),
        ("in_force.value", 2023, "2023-02-02"),
    ],
)
def test_a_value_of_another_kind_is_refused(path: str, value: str | int | bool, now: object) -> None:
    assert refusals("qd-96-2023", Correction(path=path, value=value, reason="x")) == (
        ValueOfAnotherKind("qd-96-2023", path=path, found=value, now=now),
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(reason: str) -> None:
    assert refusals("qd-96-2023", Correction(path="rounding.digits", value=1, reason=reason)) == (
        CorrectionNeedsReason("qd-96-2023", path="rounding.digits"),
    )


def test_one_value_is_corrected_once() -> None:
    one = Correction(path="rounding.digits", value=1, reason="x")
    assert refusals("qd-96-2023", one, one) == (CorrectedTwice("qd-96-2023", path="rounding.digits"),)


def test_a_corrected_book_is_checked_as_a_file_is() -> None:
    (fault,) = refusals("qd-96-2023", Correction(path="bands.low.bounds.0.den", value=0, reason="x"))
    assert fault == UnfitRatio("qd-96-2023", "bands[0].bounds[0]", "Đ.11 k.2", num=1, den=0)


def test_a_word_outside_the_list_is_refused_with_the_list() -> None:
    (fault,) = refusals("qd-96-2023", Correction(path="quorum.of", value="present", reason="x"))
    assert fault == NotOneOf("qd-96-2023", "quorum.of", "Đ.3", found="present", known="members, summoned")


def test_all_refusals_are_told_together() -> None:
    found = refusals(
        "qd-96-2023",
        Correction(path="no.such", value=1, reason=""),
        Correction(path="quorum.num", value="x", reason="x"),
    )
    assert [type(refusal) for refusal in found] == [CorrectionNeedsReason, UnknownValuePath, ValueOfAnotherKind]


@pytest.mark.parametrize("book_id", shelf.ids())
def test_every_value_listed_as_unsure_can_be_written_back_as_it_stands(book_id: str) -> None:
    book = shelf.book(book_id)
    same = [Correction(path=one.path, value=one.value, reason="Như cũ") for one in unsure_values(book)]
    assert correct(book, same) == book


@pytest.mark.parametrize("book_id", shelf.ids())
def test_no_value_that_was_read_is_listed_as_unsure(book_id: str) -> None:
    assert "read" not in {one.basis for one in unsure_values(shelf.book(book_id))}


def test_an_unsure_value_is_listed_with_what_is_known_of_it() -> None:
    listed = {one.path: one for one in unsure_values(shelf.book("qd-96-2023"), ("unsure",))}
    assert listed["deadlines.dossier_in.days"] == UnsureValue(
        path="deadlines.dossier_in.days",
        value=20,
        label="",
        clause="",
        basis="unsure",
        note="Thấy trong kế hoạch của một tỉnh; chưa rõ có nằm trong chính quy định hay không.",
        note_en="Seen in a province's plan; whether the regulation itself says so is not known.",
    )


def test_the_list_can_be_narrowed_to_what_the_minutes_name() -> None:
    assert {one.basis for one in unsure_values(shelf.book("qd-96-2023"), ("recalled", "unsure"))} == {
        "recalled",
        "unsure",
    }


def test_the_thresholds_of_a_band_are_listed_one_by_one() -> None:
    listed = [one.path for one in unsure_values(shelf.book("qd-96-2023")) if one.path.startswith("bands.low.")]
    assert listed == [
        "bands.low.label",
        "bands.low.bounds.0.op",
        "bands.low.bounds.0.num",
        "bands.low.bounds.0.den",
        "bands.low.bounds.1.op",
        "bands.low.bounds.1.num",
        "bands.low.bounds.1.den",
    ]


def test_an_entry_with_a_name_of_its_own_is_listed_under_it() -> None:
    listed = {one.path: one.label for one in unsure_values(shelf.book("qd-96-2023"))}
    assert listed["line_invalid.struck.label"] == "Gạch tên người được lấy phiếu"


@pytest.mark.parametrize("book_id", shelf.ids())
def test_english_twins_and_empty_texts_are_not_listed_apart(book_id: str) -> None:
    listed = unsure_values(shelf.book(book_id))
    assert [one.path for one in listed if one.path.endswith("_en") or one.value == ""] == []
