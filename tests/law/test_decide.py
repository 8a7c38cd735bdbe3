"""Bands, consequences and quorum: the thresholds of every book, from both sides and on the very point."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.law import shelf
from tinnhiem.law.decide import Comparison, Outcome, QuorumFinding, decide, quorum
from tinnhiem.law.errors import CountsUnfit, UnknownRegime
from tinnhiem.law.load import load
from tinnhiem.law.rulebook import OWN_REGIME, Rulebook

EXTRA = Path(__file__).parent.parent / "cases" / "books_extra"

# count of the band's choice → band found, of 30 returned (or of 30 members, or of a base of 30 in the election)
BOUNDARIES = {
    "qd-96-2023": {15: None, 16: "low", 19: "low", 20: "very_low", 21: "very_low"},
    "nq-96-2023": {15: None, 16: "low", 19: "low", 20: "very_low", 21: "very_low"},
    "nq-85-2014": {15: None, 16: "low", 19: "low", 20: "very_low", 21: "very_low"},
    "nq-35-2012": {15: None, 16: "low", 19: "low", 20: "low", 21: "very_low"},
    "qd-262-2014": {15: None, 16: "low", 19: "low", 20: "very_low", 21: "very_low"},
    "nq-96-2023-bo-phieu": {15: None, 16: "no_confidence", 19: "no_confidence", 20: "no_confidence"},
    "qd-190-2024-khong-so-du": {15: None, 16: "elected", 19: "elected", 20: "elected"},
}


def counts_of(book: Rulebook, choice: str, number: int) -> dict[str, int]:
    return {code: number if code == choice else 0 for code in book.choice_codes()}


def every_book() -> tuple[Rulebook, ...]:
    four_levels = EXTRA / "bon-muc-thu-nghiem.toml"
    return (
        *(shelf.book(book_id) for book_id in shelf.ids()),
        load(four_levels.read_text(encoding="utf-8"), four_levels.name),
    )


def test_every_book_on_the_shelf_has_its_boundaries_tested() -> None:
    assert set(BOUNDARIES) == set(shelf.ids())


@pytest.mark.parametrize(
    ("book_id", "number", "band"),
    [(book_id, number, band) for book_id, cases in BOUNDARIES.items() for number, band in cases.items()],
)
def test_the_band_at_and_beside_every_threshold_of_every_book(book_id: str, number: int, band: str | None) -> None:
    book = shelf.book(book_id)
    (finding,) = decide(book, counts_of(book, book.bands[0].choice, number), 30)
    assert finding.band == band


@pytest.mark.parametrize("book_id", ["qd-96-2023", "nq-96-2023"])
@pytest.mark.parametrize(
    ("regime", "low", "band", "also"),
    [
        (OWN_REGIME, 20, "very_low", ()),
        ("cong-chuc", 15, None, ()),
        ("cong-chuc", 16, "low", ()),
        ("cong-chuc", 19, "low", ()),
        ("cong-chuc", 20, "very_low", ("low",)),
        ("cong-chuc", 21, "very_low", ()),
        ("vien-chuc", 15, None, ()),
        ("vien-chuc", 16, "low", ()),
        ("vien-chuc", 20, "low", ()),
        ("vien-chuc", 21, "very_low", ()),
    ],
)
def test_the_regimes_differ_at_exactly_two_thirds(
    book_id: str, regime: str, low: int, band: str | None, also: tuple[str, ...]
) -> None:
    book = shelf.book(book_id)
    binding = decide(book, counts_of(book, "low", low), 30, regime)[-1]
    assert (binding.regime, binding.band, binding.also) == (regime, band, also)


def test_the_books_own_finding_stands_before_the_one_of_the_regime() -> None:
    book = shelf.book("qd-96-2023")
    findings = decide(book, counts_of(book, "low", 20), 30, "vien-chuc")
    assert [(finding.instrument, finding.band) for finding in findings] == [
        ("96-QĐ/TW", "very_low"),
        ("85/2023/NĐ-CP", "low"),
    ]


def test_a_finding_carries_every_comparison_with_the_two_numbers_compared() -> None:
    book = shelf.book("qd-96-2023")
    (finding,) = decide(book, {"high": 3, "medium": 8, "low": 19}, 30)
    compared = {"choice": "low", "count": 19, "base": 30}
    assert finding.trace == (
        Comparison(band="low", op="gt", num=1, den=2, left=38, right=30, holds=True, **compared),
        Comparison(band="low", op="lt", num=2, den=3, left=57, right=60, holds=True, **compared),
        Comparison(band="very_low", op="ge", num=2, den=3, left=57, right=60, holds=False, **compared),
    )


def test_a_finding_names_its_clause_basis_and_label() -> None:
    book = shelf.book("qd-96-2023")
    (finding,) = decide(book, counts_of(book, "low", 19), 30)
    assert (finding.clause, finding.basis, finding.label, finding.label_en) == (
        "Đ.11 k.2",
        "secondary",
        "Quá nửa đến dưới hai phần ba tín nhiệm thấp",
        "More than half and less than two thirds low confidence",
    )


def test_the_outcomes_are_those_of_the_band_found_with_who_acts_and_by_when() -> None:
    book = shelf.book("nq-96-2023")
    (finding,) = decide(book, counts_of(book, "low", 20), 30)
    assert finding.outcomes == (
        Outcome(
            code="dismissal_submitted",
            modality="must",
            what="Trình miễn nhiệm hoặc phê chuẩn việc miễn nhiệm",
            what_en="Submit dismissal or approval of dismissal",
            who="Cơ quan, người đã giới thiệu để bầu hoặc đề nghị phê chuẩn",
            who_en="The body or person that nominated",
            by="Tại kỳ họp đó hoặc kỳ họp gần nhất",
            by_en="At that session or the nearest one",
            clause="Đ.12 k.3",
            basis="secondary",
        ),
    )


def test_a_band_may_have_several_outcomes_in_the_order_of_the_book() -> None:
    book = shelf.book("nq-96-2023")
    (finding,) = decide(book, counts_of(book, "low", 16), 30)
    assert [(outcome.code, outcome.modality) for outcome in finding.outcomes] == [
        ("may_resign", "may"),
        ("confidence_vote", "must"),
    ]


def test_no_band_has_no_clause_and_no_outcomes_but_a_trace() -> None:
    book = shelf.book("nq-96-2023")
    (finding,) = decide(book, counts_of(book, "low", 15), 30)
    empty = (finding.clause, finding.basis, finding.label, finding.label_en, finding.also, finding.outcomes)
    assert (empty, len(finding.trace)) == ((None, None, "", "", (), ()), 3)


@pytest.mark.parametrize("base", [None, 0])
def test_without_a_base_there_is_no_band_and_nothing_was_compared(base: int | None) -> None:
    book = shelf.book("qd-96-2023")
    findings = decide(book, counts_of(book, "low", 0), base, "cong-chuc")
    assert [(finding.band, finding.trace) for finding in findings] == [(None, ()), (None, ())]


@pytest.mark.parametrize(
    ("book_id", "known"), [("qd-262-2014", "can-bo"), ("qd-96-2023", "can-bo, cong-chuc, vien-chuc")]
)
def test_a_regime_the_book_does_not_have_is_refused_with_those_it_has(book_id: str, known: str) -> None:
    book = shelf.book(book_id)
    with pytest.raises(UnknownRegime) as refused:
        decide(book, counts_of(book, "low", 1), 30, "hop-dong")
    assert refused.value == UnknownRegime(book_id, id="hop-dong", known=known)


@pytest.mark.parametrize(
    ("counts", "base", "found"),
    [
        ({"high": 1, "medium": 2}, 30, "high=1, medium=2 / 30"),
        ({"high": 1, "medium": 2, "low": 3, "none": 0}, 30, "high=1, medium=2, low=3, none=0 / 30"),
        ({"high": 1, "medium": -2, "low": 3}, 30, "high=1, medium=-2, low=3 / 30"),
        ({"high": 1, "medium": 2, "low": 3}, -1, "high=1, medium=2, low=3 / -1"),
    ],
)
def test_counts_that_no_sheet_of_the_book_can_give_are_refused(counts: dict[str, int], base: int, found: str) -> None:
    with pytest.raises(CountsUnfit) as refused:
        decide(shelf.book("qd-96-2023"), counts, base)
    assert refused.value == CountsUnfit("qd-96-2023", found=found, choices="high, medium, low")


@given(base=st.integers(1, 10**12), part=st.integers(0, 10**12), at=st.integers(0, 7))
def test_the_band_found_is_the_one_exact_fractions_give(base: int, part: int, at: int) -> None:
    book = every_book()[at]
    number = part % (base + 1)
    (finding,) = decide(book, counts_of(book, book.bands[0].choice, number), base)
    share = Fraction(number, base)
    exact = {
        "gt": lambda threshold: share > threshold,
        "ge": lambda threshold: share >= threshold,
        "lt": lambda threshold: share < threshold,
        "le": lambda threshold: share <= threshold,
    }
    holding = [
        band.code
        for band in book.bands
        if all(exact[bound.op](Fraction(bound.num, bound.den)) for bound in band.bounds)
    ]
    assert [*finding.also, finding.band] == (holding or [None])


@given(base=st.integers(1, 10**6), part=st.integers(0, 10**6), at=st.integers(0, 7))
def test_every_comparison_of_a_trace_can_be_checked_by_hand(base: int, part: int, at: int) -> None:
    book = every_book()[at]
    (finding,) = decide(book, counts_of(book, book.bands[0].choice, part % (base + 1)), base)
    assert [(one.left, one.right) for one in finding.trace] == [
        (one.count * one.den, one.base * one.num) for one in finding.trace
    ]


def test_a_book_with_four_levels_decides_without_a_line_of_code_changed() -> None:
    book = every_book()[-1]
    bands = [decide(book, counts_of(book, "poor", poor), 60)[0].band for poor in (14, 15, 23, 24, 40, 41)]
    assert bands == [None, "warned", "warned", "reviewed", "reviewed", "replaced"]


@pytest.mark.parametrize(
    ("present", "summoned", "state", "needed", "missing"),
    [
        (32, 47, "met", 32, 0),
        (31, 47, "unmet", 32, 1),
        (20, 30, "met", 20, 0),
        (19, 30, "unmet", 20, 1),
        (47, 47, "met", 32, 0),
        (None, 47, "unknown", 32, None),
        (31, None, "unknown", None, None),
        (0, 0, "unknown", None, None),
    ],
)
def test_the_quorum_is_two_thirds_of_whole_persons(
    present: int | None, summoned: int | None, state: str, needed: int | None, missing: int | None
) -> None:
    assert quorum(shelf.book("qd-96-2023"), present, None, summoned) == QuorumFinding(
        state=state,
        present=present,
        of="summoned",
        of_count=summoned,
        needed=needed,
        missing=missing,
        clause="Đ.3",
        basis="secondary",
    )


def test_the_quorum_of_an_elected_body_counts_all_its_members() -> None:
    finding = quorum(shelf.book("nq-96-2023"), 47, 70, 47)
    assert (finding.state, finding.of, finding.needed) == ("met", "members", 47)


def test_a_book_without_a_quorum_asks_for_none() -> None:
    assert quorum(shelf.book("qd-262-2014"), 5, 30, 30) == QuorumFinding(
        state="not_asked", present=5, of=None, of_count=None, needed=None, missing=None, clause="", basis=None
    )


@given(present=st.integers(0, 10**6), members=st.integers(1, 10**6))
def test_the_quorum_is_met_exactly_when_the_fraction_is_reached(present: int, members: int) -> None:
    finding = quorum(shelf.book("nq-96-2023"), present, members, None)
    assert (finding.state == "met") == (Fraction(present, members) >= Fraction(2, 3))
