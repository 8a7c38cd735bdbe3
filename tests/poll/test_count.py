"""The count: what it refuses, what it remarks, and which number a percentage is taken of."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from typing import Any

import msgspec
import pytest

from tinnhiem.errors import Faults
from tinnhiem.law import shelf
from tinnhiem.law.decide import quorum
from tinnhiem.law.rulebook import CitedDay, Correction, Rulebook
from tinnhiem.poll import count as counting
from tinnhiem.poll.count import count, printed_share
from tinnhiem.poll.record import (
    BallotNumbers,
    CountRecord,
    Numbers,
    Remark,
    RoundingUsed,
    canonical,
    fingerprint,
    short_code,
)
from tinnhiem.poll.sheet import LineTally, Sheet, Tally, TypeTally, tally
from tinnhiem.poll.slate import BallotType, Slate, Subject

DAY = datetime.date(2023, 12, 7)
ONE = Slate(subjects=(Subject(line=1, post="Chủ tịch", name="Trần Văn Bình"),))


def totals(high: int, medium: int, low: int, ballot: str | None = None) -> TypeTally:
    counts = {"high": high, "medium": medium, "low": low}
    return TypeTally(ballot=ballot, sheets=None, invalid_by_reason=None, lines=(LineTally(line=1, counts=counts),))


def counted(book: Rulebook, part: TypeTally, ballots: dict[str, Any] | None = None, **numbers: Any) -> CountRecord:
    own = BallotNumbers(**(ballots or {}))
    return count(
        Tally(types=(part,)), Numbers(ballots=(own,), **numbers), book, body="HĐND tỉnh Bình Minh", date=DAY, slate=ONE
    )


def council() -> Rulebook:
    return shelf.book("nq-96-2023")


def refused(part: TypeTally, ballots: dict[str, Any]) -> tuple[object, ...]:
    with pytest.raises(Faults) as caught:
        counted(council(), part, ballots)
    return caught.value.faults


def codes(record: CountRecord) -> list[str]:
    return [remark.code for remark in record.remarks if remark.code not in ("quorum_unknown", "base_not_read")]


@pytest.mark.parametrize(
    ("num", "den", "digits", "mode", "told"),
    [
        (25, 47, 2, "half-up", "53,19"),
        (46, 52, 2, "half-up", "88,46"),
        (18, 32, 1, "half-up", "56,3"),
        (38, 53, 2, "truncate", "71,69"),
        (2, 14, 1, "truncate", "14,2"),
        (0, 47, 2, "half-up", "0,00"),
        (47, 47, 2, "half-up", "100,00"),
        (1, 3, 0, "half-up", "33"),
        (2, 3, 0, "half-up", "67"),
        (1, 2000, 2, "half-up", "0,05"),
    ],
)
def test_a_share_is_printed_as_offices_print_it(num: int, den: int, digits: int, mode: Any, told: str) -> None:
    assert printed_share(num, den, digits, mode) == told


def test_more_returned_than_issued_is_refused_with_the_difference() -> None:
    assert refused(totals(40, 5, 2), {"issued": 46, "returned": 47}) == (
        counting.ReturnedBeyondIssued("", returned=47, issued=46, difference=1),
    )


def test_as_many_returned_as_issued_is_counted() -> None:
    assert counted(council(), totals(40, 5, 2), {"issued": 47, "returned": 47}).types[0].not_returned == 0


def test_more_marks_than_ballots_are_refused() -> None:
    assert refused(totals(40, 5, 3), {"returned": 47}) == (counting.MarksBeyondBallots("dòng 1", marks=48, ballots=47),)


def test_marks_fit_into_the_valid_ballots_and_not_only_into_the_returned() -> None:
    assert refused(totals(40, 5, 2), {"returned": 47, "invalid": 1}) == (
        counting.MarksBeyondBallots("dòng 1", marks=47, ballots=46),
    )


def test_without_a_number_returned_marks_fit_into_the_issued() -> None:
    assert refused(totals(40, 5, 3), {"issued": 47}) == (counting.MarksBeyondBallots("dòng 1", marks=48, ballots=47),)


def test_sheets_keyed_are_as_many_as_came_back() -> None:
    book = council()
    pile = tally({None: [Sheet(lines=("high",))] * 4}, ONE, book)
    with pytest.raises(Faults) as caught:
        counted(book, pile.types[0], {"returned": 5})
    assert caught.value.faults == (counting.SheetsNotReturned("", returned=5, sheets=4),)


def test_the_invalid_sheets_stated_are_the_ones_counted() -> None:
    book = council()
    pile = tally({None: [Sheet(lines=("high",)), Sheet(invalid=book.sheet_invalid[0].code)]}, ONE, book)
    with pytest.raises(Faults) as caught:
        counted(book, pile.types[0], {"returned": 2, "invalid": 0})
    assert caught.value.faults == (counting.InvalidSheetsDiffer("", stated=0, counted=1),)


def test_valid_and_invalid_make_up_the_returned() -> None:
    assert refused(totals(1, 0, 0), {"returned": 10, "valid": 8, "invalid": 1}) == (
        counting.ValidInvalidDiffer("", valid=8, invalid=1, returned=10),
    )


def test_more_valid_than_returned_is_refused() -> None:
    assert refused(totals(1, 0, 0), {"returned": 10, "valid": 11}) == (
        counting.ValidInvalidDiffer("", valid=11, invalid=-1, returned=10),
    )


def test_valid_and_invalid_alone_give_the_returned() -> None:
    assert counted(council(), totals(40, 5, 1), {"valid": 46, "invalid": 1}).types[0].returned == 47


def test_returned_and_valid_alone_give_the_invalid() -> None:
    assert counted(council(), totals(46, 4, 1), {"returned": 52, "valid": 51}).types[0].invalid == 1


def test_the_invalid_of_a_person_are_the_sheets_without_a_mark_for_them() -> None:
    assert counted(council(), totals(19, 2, 25), {"returned": 47}).lines[0].invalid == 1


def test_the_invalid_of_a_person_are_not_known_without_the_returned() -> None:
    assert counted(shelf.book("nq-85-2014"), totals(19, 2, 25), {}, members=58).lines[0].invalid is None


def test_a_share_is_the_count_over_the_base_and_never_reduced() -> None:
    assert counted(council(), totals(15, 10, 5), {"returned": 30}).lines[0].shares == {
        "high": (15, 30),
        "medium": (10, 30),
        "low": (5, 30),
    }


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        ("returned", 47),
        ("valid", 46),
        ("members", 60),
        ("summoned", 58),
        ("summoned_less_excluded", 55),
        ("present", 50),
    ],
)
def test_each_kind_of_base_is_its_number(kind: Any, base: int) -> None:
    book = council()
    other = msgspec.structs.replace(book, base=msgspec.structs.replace(book.base, kind=kind))
    record = counted(
        other,
        totals(40, 3, 2),
        {"returned": 47, "invalid": 1, "issued": 50},
        members=60,
        summoned=58,
        excluded=3,
        present=50,
    )
    assert record.lines[0].base == base


def test_an_unknown_base_gives_no_percentage_and_says_so() -> None:
    record = counted(shelf.book("nq-85-2014"), totals(40, 3, 2), {"returned": 45})
    assert (record.lines[0].printed["high"], codes(record)) == (None, ["book_ended", "base_unknown"])


def test_nothing_returned_gives_no_result_and_no_percentage() -> None:
    record = counted(council(), totals(0, 0, 0), {"issued": 5, "returned": 0})
    assert (record.lines[0].shares["low"], codes(record)) == (None, ["not_all_returned", "no_result"])


def test_nothing_returned_gives_no_percentage_of_all_members_either() -> None:
    record = counted(shelf.book("nq-85-2014"), totals(0, 0, 0), {"issued": 5, "returned": 0}, members=9)
    line = record.lines[0]
    assert (line.base, line.shares["low"], line.printed["low"], line.binding.band) == (9, None, None, None)


@pytest.mark.parametrize("ballots", [{"returned": 47}, {}])
def test_more_ballots_than_persons_in_the_base_are_refused(ballots: dict[str, Any]) -> None:
    book = shelf.book("nq-85-2014")
    with pytest.raises(Faults) as caught:
        counted(book, totals(40, 5, 2), ballots, members=46)
    labels = {"base_label": book.base.label, "base_label_en": book.base.label_en}
    assert caught.value.faults == (counting.BallotsBeyondBase("", found=47, base=46, **labels),)


def test_as_many_ballots_as_persons_in_the_base_are_counted() -> None:
    record = counted(shelf.book("nq-85-2014"), totals(40, 5, 1), {"returned": 46}, members=46)
    assert record.lines[0].shares["high"] == (40, 46)


def test_a_space_too_many_gives_no_other_fingerprint() -> None:
    def printed(body: str, post: str) -> str:
        slate = Slate(subjects=(Subject(line=1, post=post, name="Trần Văn Bình"),))
        part = Tally(types=(totals(40, 5, 1),))
        numbers = Numbers(ballots=(BallotNumbers(returned=46),))
        return fingerprint(count(part, numbers, council(), body=body, date=DAY, slate=slate))

    assert printed("HĐND  tỉnh", "Chủ\u00a0tịch ") == printed("HĐND tỉnh", "Chủ tịch")


def test_ballots_that_stayed_out_are_remarked_with_their_number() -> None:
    record = counted(council(), totals(40, 5, 1), {"issued": 47, "returned": 46})
    values = {"type_title": None, "returned": 46, "issued": 47, "difference": 1}
    assert Remark(code="not_all_returned", values=values) in record.remarks


def test_received_that_does_not_add_up_is_an_equation_that_does_not_hold() -> None:
    ballots = {"received": 60, "issued": 47, "spoilt": 1, "unused": 11, "returned": 47}
    record = counted(council(), totals(40, 5, 2), ballots)
    failing = [(equation.name, equation.left, equation.right) for equation in record.equations if not equation.holds]
    assert (failing, codes(record)) == ([("received = issued + spoilt + unused", 60, 59)], ["received_differs"])


def test_received_that_adds_up_is_not_remarked() -> None:
    ballots = {"received": 59, "issued": 47, "spoilt": 1, "unused": 11, "returned": 47}
    assert codes(counted(council(), totals(40, 5, 2), ballots)) == []


def test_more_issued_than_present_is_remarked() -> None:
    record = counted(council(), totals(40, 5, 2), {"issued": 47, "returned": 47}, present=46)
    assert codes(record) == ["issued_beyond_present"]


def test_an_unmet_quorum_is_remarked_with_what_is_missing() -> None:
    record = counted(shelf.book("qd-96-2023"), totals(20, 5, 2), {"returned": 27}, summoned=47, present=27)
    values = {"present": 27, "of_count": 47, "needed": 32, "missing": 5}
    assert Remark(code="quorum_unmet", values=values) in record.remarks


def test_an_unknown_quorum_is_remarked() -> None:
    record = counted(shelf.book("qd-96-2023"), totals(20, 5, 2), {"returned": 27})
    assert "quorum_unknown" in [remark.code for remark in record.remarks]


def test_a_met_quorum_is_no_remark() -> None:
    record = counted(shelf.book("qd-96-2023"), totals(20, 5, 2), {"returned": 32}, summoned=47, present=32)
    assert "quorum" not in " ".join(remark.code for remark in record.remarks)


def test_a_book_that_has_ended_is_remarked() -> None:
    book = council()
    ended = msgspec.structs.replace(
        book, ends=CitedDay(clause="Đ.22", basis="read", value=DAY - datetime.timedelta(days=1))
    )
    assert codes(counted(ended, totals(1, 0, 0), {"returned": 1})) == ["book_ended"]


def test_on_its_last_day_a_book_has_not_ended() -> None:
    book = msgspec.structs.replace(council(), ends=CitedDay(clause="Đ.22", basis="read", value=DAY))
    assert codes(counted(book, totals(1, 0, 0), {"returned": 1})) == []


def test_who_was_left_out_of_the_summoned_is_asked_for() -> None:
    book = msgspec.structs.replace(
        council(), base=msgspec.structs.replace(council().base, kind="summoned_less_excluded")
    )
    record = counted(book, totals(1, 0, 0), {"returned": 1}, summoned=5)
    assert (record.lines[0].base, codes(record)) == (5, ["excluded_unknown"])


def typed_round(issued: tuple[int | None, int | None], returned: tuple[int, int]) -> CountRecord:
    slate = Slate(
        types=(BallotType(id="a", title="Chủ tịch"), BallotType(id="b", title="Ủy viên")),
        subjects=(Subject(line=1, post="Chủ tịch", ballot="a"), Subject(line=1, post="Ủy viên", ballot="b")),
    )
    ballots = tuple(
        BallotNumbers(ballot=ballot, issued=out, returned=back)
        for ballot, out, back in zip(("a", "b"), issued, returned, strict=True)
    )
    parts = (totals(returned[0], 0, 0, "a"), totals(returned[1], 0, 0, "b"))
    return count(Tally(types=parts), Numbers(ballots=ballots), council(), body="HĐND", date=DAY, slate=slate)


def test_types_issued_as_a_set_that_come_back_unequal_are_remarked() -> None:
    record = typed_round((47, 47), (47, 46))
    values = {"type_title": None, "returned": "Chủ tịch: 47, Ủy viên: 46"}
    assert Remark(code="types_unequal", values=values) in record.remarks


def test_types_issued_apart_are_not_compared() -> None:
    assert "types_unequal" not in codes(typed_round((47, 46), (47, 46)))


def test_each_type_has_its_own_base() -> None:
    assert [line.base for line in typed_round((47, 47), (47, 46)).lines] == [47, 46]


def test_the_overlap_of_two_clauses_is_remarked_with_the_line() -> None:
    slate = Slate(subjects=(Subject(line=1, post="Giám đốc", regime="cong-chuc"),))
    record = count(
        Tally(types=(totals(5, 5, 20),)),
        Numbers(ballots=(BallotNumbers(returned=30),)),
        shelf.book("qd-96-2023"),
        body="Sở Nội vụ",
        date=datetime.date(2026, 7, 1),
        slate=slate,
    )
    values = {"type_title": None, "line": 1, "instrument": "170/2025/NĐ-CP"}
    assert Remark(code="bands_overlap", values=values) in record.remarks


def test_a_regime_from_after_the_meeting_is_remarked() -> None:
    slate = Slate(subjects=(Subject(line=1, post="Giám đốc", regime="cong-chuc"),))
    record = count(
        Tally(types=(totals(5, 5, 2),)),
        Numbers(ballots=(BallotNumbers(returned=30),)),
        shelf.book("qd-96-2023"),
        body="Sở Nội vụ",
        date=datetime.date(2025, 6, 30),
        slate=slate,
    )
    assert "regime_not_yet_in_force" in codes(record)


def test_the_offices_rounding_goes_before_the_books() -> None:
    record = count(
        Tally(types=(totals(38, 10, 5),)),
        Numbers(ballots=(BallotNumbers(returned=53),)),
        council(),
        body="HĐND",
        date=DAY,
        slate=ONE,
        rounding=RoundingUsed(digits=2, mode="truncate"),
    )
    assert record.lines[0].printed["high"] == "71,69"


def test_the_books_rounding_holds_where_the_office_says_nothing() -> None:
    assert counted(council(), totals(38, 10, 5), {"returned": 53}).lines[0].printed["high"] == "71,70"


def test_the_fingerprint_is_of_the_canonical_bytes() -> None:

    record = counted(council(), totals(38, 10, 5), {"returned": 53})
    assert fingerprint(record) == hashlib.sha256(canonical(record)).hexdigest()


def test_a_decomposed_name_gives_the_same_fingerprint() -> None:

    def of(name: str) -> str:
        slate = Slate(subjects=(Subject(line=1, post="Chủ tịch", name=name),))
        tallied = Tally(types=(totals(1, 0, 0),))
        numbers = Numbers(ballots=(BallotNumbers(returned=1),))
        return fingerprint(count(tallied, numbers, council(), body="HĐND", date=DAY, slate=slate))

    assert of(unicodedata.normalize("NFD", "Trần Thị Bưởi")) == of("Trần Thị Bưởi")


def test_a_recount_has_a_fingerprint_of_its_own() -> None:
    record = counted(council(), totals(38, 10, 5), {"returned": 53})
    again = msgspec.structs.replace(record, supersedes=fingerprint(record))
    assert fingerprint(again) != fingerprint(record)


def test_the_short_code_is_the_first_eight_digits() -> None:
    assert short_code("a1b2c3d4" + "0" * 56) == "A1B2-C3D4"


def test_the_absent_are_those_with_and_without_leave() -> None:
    record = counted(council(), totals(1, 0, 0), {"returned": 1}, summoned=50, absent_with_leave=2, present=47)
    assert record.absent == 2


def test_where_leave_is_not_told_the_absent_are_the_summoned_not_present() -> None:
    assert counted(council(), totals(1, 0, 0), {"returned": 1}, summoned=50, present=47).absent == 3


def test_the_absent_are_not_known_without_the_present() -> None:
    assert counted(council(), totals(1, 0, 0), {"returned": 1}, summoned=50).absent is None


def stated_round(book: Rulebook, *ballots: BallotNumbers, parts: tuple[TypeTally, ...], **numbers: Any) -> CountRecord:
    """A round of the two types a and b, each with one line."""
    slate = Slate(
        types=(BallotType(id="a", title="Chủ tịch"), BallotType(id="b")),
        subjects=(
            Subject(line=1, post="Chủ tịch", name="Trần Văn Bình", ballot="a"),
            Subject(line=1, post="Ủy viên", name="Lê Thị Bưởi", ballot="b"),
        ),
    )
    return count(Tally(types=parts), Numbers(ballots=ballots, **numbers), book, body="HĐND", date=DAY, slate=slate)


def test_every_number_given_stands_in_the_record() -> None:
    book = council()
    own = BallotNumbers(received=60, issued=47, spoilt=1, unused=12, returned=46, invalid=1)
    persons = {
        "members": 60,
        "summoned": 52,
        "present": 48,
        "absent_with_leave": 3,
        "absent_without_leave": 1,
        "excluded": 2,
    }
    record = count(
        Tally(types=(totals(40, 3, 2),)),
        Numbers(ballots=(own,), **persons),
        book,
        body="HĐND tỉnh",
        date=DAY,
        slate=ONE,
        corrections=(Correction(path="quorum.num", value=1, reason="Theo quy chế"),),
        supersedes="ab" * 32,
    )
    assert {name: getattr(record, name) for name in persons} == persons
    assert (record.body, record.date, record.rulebook, record.rulebook_digest, record.base_kind, record.supersedes) == (
        "HĐND tỉnh",
        DAY,
        "nq-96-2023",
        book.digest(),
        "returned",
        "ab" * 32,
    )
    assert record.corrections == (Correction(path="quorum.num", value=1, reason="Theo quy chế"),)
    assert record.quorum == quorum(book, 48, 60, 52)
    (kind,) = record.types
    assert msgspec.structs.asdict(kind) == {
        "ballot": None,
        "title": "",
        "received": 60,
        "issued": 47,
        "spoilt": 1,
        "unused": 12,
        "returned": 46,
        "not_returned": 1,
        "valid": 45,
        "invalid": 1,
        "invalid_by_reason": None,
    }
    (line,) = record.lines
    assert (line.line, line.ballot, line.name, line.post, line.counts, line.valid, line.invalid, line.base) == (
        1,
        None,
        "Trần Văn Bình",
        "Chủ tịch",
        {"high": 40, "medium": 3, "low": 2},
        45,
        1,
        46,
    )
    assert line.printed == {"high": "86,96", "medium": "6,52", "low": "4,35"}


def test_every_equation_of_every_type_is_written_with_both_sides() -> None:
    record = stated_round(
        council(),
        BallotNumbers(ballot="a", received=60, issued=47, spoilt=0, unused=13, returned=46),
        BallotNumbers(ballot="b", received=60, issued=47, spoilt=2, unused=0, returned=47),
        parts=(totals(40, 3, 2, "a"), totals(40, 3, 2, "b")),
    )
    told = [(one.ballot, one.name, one.left, one.right, one.holds) for one in record.equations]
    assert told == [
        ("a", "received = issued + spoilt + unused", 60, 60, True),
        ("a", "issued = returned + not_returned", 47, 47, True),
        ("a", "line 1: valid + invalid = returned", 46, 46, True),
        ("b", "received = issued + spoilt + unused", 60, 49, False),
        ("b", "issued = returned + not_returned", 47, 47, True),
        ("b", "line 1: valid + invalid = returned", 47, 47, True),
    ]


@pytest.mark.parametrize("unknown", ["received", "issued", "spoilt", "unused"])
def test_what_was_received_is_not_accounted_for_while_a_number_is_unknown(unknown: str) -> None:
    known = {"received": 60, "issued": 47, "spoilt": 1, "unused": 1, "returned": 47}
    record = counted(council(), totals(40, 5, 2), {key: known[key] for key in known if key != unknown})
    assert [one.name for one in record.equations if one.name.startswith("received")] == []
    assert codes(record) == []


def test_without_issued_or_returned_there_is_no_equation_of_what_came_back() -> None:
    issued = counted(council(), totals(40, 5, 2), {"issued": 47})
    returned = counted(council(), totals(40, 5, 2), {"returned": 47})
    assert [one.name for one in issued.equations] == []
    assert [one.name for one in returned.equations] == ["line 1: valid + invalid = returned"]


def test_every_remark_on_a_type_names_it_with_its_numbers() -> None:
    record = stated_round(
        council(),
        BallotNumbers(ballot="a", received=60, issued=47, spoilt=1, unused=1, returned=46),
        BallotNumbers(ballot="b", issued=5, returned=0),
        parts=(totals(40, 3, 2, "a"), totals(0, 0, 0, "b")),
        present=45,
        members=50,
    )
    assert [(remark.code, remark.values) for remark in record.remarks if remark.code != "base_not_read"] == [
        ("not_all_returned", {"type_title": "Chủ tịch", "returned": 46, "issued": 47, "difference": 1}),
        ("received_differs", {"type_title": "Chủ tịch", "received": 60, "accounted": 49}),
        ("issued_beyond_present", {"type_title": "Chủ tịch", "issued": 47, "present": 45}),
        ("not_all_returned", {"type_title": "b", "returned": 0, "issued": 5, "difference": 5}),
        ("no_result", {"type_title": "b"}),
    ]


@pytest.mark.parametrize(
    ("basis", "remarked"), [("read", False), ("secondary", False), ("recalled", True), ("unsure", True)]
)
def test_a_base_that_nobody_read_in_the_instrument_is_remarked(basis: Any, remarked: bool) -> None:
    book = council()
    other = msgspec.structs.replace(book, base=msgspec.structs.replace(book.base, basis=basis))
    labels = {"type_title": None, "base_label": book.base.label, "base_label_en": book.base.label_en}
    found = [remark for remark in counted(other, totals(1, 0, 0), {"returned": 1}).remarks if "base" in remark.code]
    assert found == [Remark(code="base_not_read", values=labels)] * remarked


def test_an_unknown_base_is_remarked_with_its_name_and_type() -> None:
    book = shelf.book("nq-85-2014")
    record = stated_round(
        book,
        BallotNumbers(ballot="a", returned=45),
        BallotNumbers(ballot="b", returned=45),
        parts=(totals(40, 3, 2, "a"), totals(40, 3, 2, "b")),
    )
    labels = {"base_label": book.base.label, "base_label_en": book.base.label_en}
    assert [remark.values for remark in record.remarks if remark.code == "base_unknown"] == [
        {"type_title": "Chủ tịch", **labels},
        {"type_title": "b", **labels},
    ]


def test_a_book_that_has_ended_and_a_regime_not_yet_there_are_remarked_with_their_days() -> None:
    ended = msgspec.structs.replace(
        council(), ends=CitedDay(clause="Đ.22", basis="read", value=datetime.date(2023, 12, 6))
    )
    slate = Slate(subjects=(Subject(line=1, post="Giám đốc", regime="cong-chuc"),))
    own = Numbers(ballots=(BallotNumbers(returned=12),))
    record = count(Tally(types=(totals(5, 5, 2),)), own, ended, body="HĐND", date=DAY, slate=slate)
    regime = ended.regime("cong-chuc")
    assert regime is not None
    told = {remark.code: remark.values for remark in record.remarks}
    assert told["book_ended"] == {
        "type_title": None,
        "date": "2023-12-07",
        "symbol": ended.symbol.value,
        "ended": "2023-12-06",
    }
    assert told["regime_not_yet_in_force"] == {
        "type_title": None,
        "instrument": regime.instrument,
        "in_force": regime.in_force.isoformat(),
        "date": "2023-12-07",
        "regime": regime.label,
    }


def test_every_contradiction_names_its_type_by_title_or_else_by_id() -> None:
    with pytest.raises(Faults) as caught:
        stated_round(
            council(),
            BallotNumbers(ballot="a", issued=40, returned=41),
            BallotNumbers(ballot="b", issued=40, returned=42),
            parts=(totals(40, 1, 1, "a"), totals(40, 2, 1, "b")),
        )
    assert caught.value.faults == (
        counting.ReturnedBeyondIssued("Chủ tịch", returned=41, issued=40, difference=1),
        counting.MarksBeyondBallots("Chủ tịch, dòng 1", marks=42, ballots=41),
        counting.ReturnedBeyondIssued("b", returned=42, issued=40, difference=2),
        counting.MarksBeyondBallots("b, dòng 1", marks=43, ballots=42),
    )


def test_nothing_spoilt_is_a_number_like_any_other() -> None:
    ballots = {"received": 60, "issued": 47, "spoilt": 0, "unused": 13, "returned": 47}
    assert codes(counted(council(), totals(40, 5, 2), ballots)) == []


def test_a_type_without_numbers_is_counted_from_its_marks() -> None:
    record = count(Tally(types=(totals(1, 0, 0),)), Numbers(ballots=()), council(), body="HĐND", date=DAY, slate=ONE)
    assert (record.types[0].returned, record.lines[0].valid, codes(record)) == (None, 1, ["base_unknown"])


def test_the_summoned_less_the_excluded_are_not_known_without_the_summoned() -> None:
    book = msgspec.structs.replace(
        council(), base=msgspec.structs.replace(council().base, kind="summoned_less_excluded")
    )
    assert counted(book, totals(1, 0, 0), {"returned": 1}, excluded=2).lines[0].base is None
