"""Two stations' readings brought together: what agrees is taken, what differs is told as what it is."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import piles, rating_book, sheets
from tinnhiem.poll.discrepancy import Differing, Disagreement, Misplaced, Missing
from tinnhiem.poll.reconcile import Reading, Reconciliation, ReconciliationOpen, reconcile
from tinnhiem.poll.sheet import Sheet, tally
from tinnhiem.poll.slate import Slate, Subject

MARKS = {"h": "high", "m": "medium", "l": "low", "b": "blank", "o": "over", "s": "struck"}
INVALID = {"!": "not_issued", "?": "no_stamp"}
PILE = "hhhm hmml llhh hmhm mmmm hhll lhlh mhhm"
LINES = 4


def pile(text: str) -> tuple[Sheet, ...]:
    """`pile("hhm !")`: a sheet of high, high, medium, and a wholly invalid one."""
    return tuple(
        Sheet(invalid=INVALID[sheet]) if sheet in INVALID else Sheet(lines=tuple(MARKS[mark] for mark in sheet))
        for sheet in text.split()
    )


def keyed(*texts: str, counted: int | None = None, must_agree: int | None = None) -> Reconciliation:
    """One batch, number 3, as each station keyed it."""
    by_hand = None if counted is None else {(None, 3): counted}
    return reconcile([{(None, 3): pile(text)} for text in texts], by_hand, must_agree)


def told(found: Reconciliation) -> list[str]:
    return [finding.sentence() for finding in (*found.disagreements, *found.missing)]


def without(place: int, text: str = PILE) -> str:
    """The pile without its sheet at `place`, counted from 1."""
    parts = text.split()
    return " ".join(parts[: place - 1] + parts[place:])


def turned(text: str = PILE) -> str:
    return " ".join(reversed(text.split()))


def test_readings_that_agree_leave_nothing_open() -> None:
    found = keyed(PILE, PILE, counted=8)
    assert (found.open, told(found), found.sheets()) == (0, [], {None: pile(PILE)})


def test_a_misread_line_is_one_disagreement_with_both_readings() -> None:
    found = keyed(PILE, PILE.replace("hhll", "hhlm"))
    assert found.disagreements == (
        Disagreement(
            ballot=None,
            batch=3,
            sheet=6,
            places=(6, 6),
            keyed=(*pile("hhll"), *pile("hhlm")),
            lines=(Differing(line=4, marks=("low", "medium")),),
        ),
    )
    assert (found.missing, found.open) == ((), 1)
    assert told(found) == ["Phiếu thứ 6 của tập 3: các lần nhập khác nhau ở dòng 4."]


def test_the_agreed_sheets_of_an_open_batch_leave_the_open_one_out() -> None:
    found = keyed("hhhm hmml llhh", "hhhm hmmm llhh")
    assert found.agreed[0].sheets == (*pile("hhhm"), None, *pile("llhh"))


def test_sheets_are_not_handed_on_while_something_is_open() -> None:
    with pytest.raises(ReconciliationOpen) as caught:
        keyed(PILE, PILE.replace("hhll", "hhlm")).sheets()
    assert caught.value.message.startswith("Còn 1 chỗ")


def test_a_skipped_sheet_is_told_as_a_skipped_sheet() -> None:
    found = keyed(without(7), PILE)
    assert found.missing == (Missing(kind="sheet", ballot=None, batch=3, station=1, number=1, first=7, last=7),)
    assert found.disagreements == ()
    assert told(found) == ["Lần 1 thiếu phiếu thứ 7 của tập 3. Kiểm tra hai phiếu dính nhau."]


@pytest.mark.parametrize("place", range(1, 9))
def test_a_skipped_sheet_is_found_wherever_it_lay(place: int) -> None:
    found = keyed(PILE, without(place))
    assert [(one.kind, one.station, one.first, one.last) for one in found.missing] == [("sheet", 2, place, place)]


def test_a_skipped_sheet_and_a_misread_one_are_two_findings() -> None:
    found = keyed(PILE, without(3).replace("lhlh", "lhlm"))
    assert [(one.first, one.last) for one in found.missing] == [(3, 3)]
    assert [(one.sheet, one.places) for one in found.disagreements] == [(7, (7, 6))]


def test_two_sheets_skipped_one_after_the_other_are_one_finding() -> None:
    found = keyed(PILE, without(4, without(4)))
    assert told(found) == ["Lần 2 thiếu 2 phiếu, từ thứ 4 đến thứ 5 của tập 3. Kiểm tra hai phiếu dính nhau."]


def test_among_like_sheets_the_skipped_one_has_a_range() -> None:
    found = keyed("hhhh hmml hmml hmml llhh", "hhhh hmml hmml llhh")
    assert [(one.number, one.first, one.last) for one in found.missing] == [(1, 2, 4)]
    assert told(found) == [
        "Lần 2 thiếu 1 phiếu trong khoảng từ thứ 2 đến thứ 4 của tập 3. Kiểm tra hai phiếu dính nhau."
    ]


def test_by_the_hand_count_a_doubled_sheet_is_told_as_too_many() -> None:
    found = keyed("hhhm hmml hmml llhh", "hhhm hmml llhh", counted=3)
    assert told(found) == [
        "Lần 1 thừa 1 phiếu trong khoảng từ thứ 2 đến thứ 3 của tập 3. Có thể một phiếu đã nhập hai lần."
    ]


def test_a_pile_keyed_from_the_other_end_is_one_finding_and_changes_nothing() -> None:
    found = keyed(PILE, turned())
    assert found.disagreements == (Misplaced(kind="reversed", ballot=None, batch=3, station=2, against=1),)
    assert told(found) == ["Tập 3 xếp ngược thứ tự so với lần 1 (ở lần 2). Kết quả không đổi."]
    assert (found.open, found.sheets()) == (0, {None: pile(PILE)})


def test_in_a_turned_pile_a_misread_sheet_is_still_one_disagreement() -> None:
    found = keyed(PILE, turned(PILE.replace("hhll", "hhlm")))
    assert [type(finding) for finding in found.disagreements] == [Misplaced, Disagreement]
    assert found.disagreements[1].places == (6, 3)


def test_in_a_turned_pile_a_skipped_sheet_is_still_one_gap() -> None:
    found = keyed(PILE, turned(without(2)))
    assert [(one.station, one.first, one.last) for one in found.missing] == [(2, 2, 2)]
    assert len(found.disagreements) == 1


@pytest.mark.parametrize("turn", [False, True])
def test_two_neighbours_the_other_way_round_are_told_as_that(turn: bool) -> None:
    parts = PILE.split()
    other = " ".join([*parts[:3], parts[4], parts[3], *parts[5:]])
    found = keyed(other, PILE) if turn else keyed(PILE, other)
    assert found.disagreements == (
        Misplaced(kind="swapped", ballot=None, batch=3, station=2, against=1, sheets=(4, 5)),
    )
    assert told(found) == ["Tập 3: lần 2 nhập đổi chỗ hai phiếu 4 và 5 so với lần 1. Kết quả không đổi."]
    assert found.open == 0


def test_each_pair_of_swapped_neighbours_is_told() -> None:
    found = keyed(PILE, "hmml hhhm llhh hmhm hhll mmmm lhlh mhhm")
    assert [finding.sheets for finding in found.disagreements] == [(1, 2), (5, 6)]


def test_a_range_of_like_sheets_stops_at_the_end_of_the_pile() -> None:
    found = keyed("hhhh hhhh hmml llhh hhhh", "hhhh hmml llhh hhhh")
    assert [(one.first, one.last, one.doubled) for one in found.missing] == [(1, 2, True)]


def test_agreed_sheets_bear_their_numbers_at_the_first_station() -> None:
    found = keyed("hhhm hmml llhh", "hhhm llhh")
    assert (found.agreed[0].numbers, found.agreed[0].sheets) == ((1, 3), pile("hhhm llhh"))


def test_of_two_swapped_neighbours_one_may_be_misread_besides() -> None:
    found = keyed(PILE, "hhhm hmml llhh mmmm hmhl hhll lhlh mhhm")
    assert [type(finding) for finding in found.disagreements] == [Misplaced, Disagreement]
    assert (found.disagreements[1].places, found.missing) == ((4, 5), ())


def test_a_sheet_read_wholly_differently_is_one_disagreement() -> None:
    found = keyed(PILE, PILE.replace("llhh", "hhll", 1))
    assert [(one.places, len(one.lines)) for one in found.disagreements] == [((3, 3), 4)]
    assert found.missing == ()


def test_a_dropped_and_gathered_pile_is_matched_by_content() -> None:
    parts = PILE.split()
    random.Random(5).shuffle(parts)
    found = keyed(PILE, " ".join(parts))
    assert [finding.kind for finding in found.disagreements] == ["shuffled"]
    assert (found.open, sorted(found.sheets()[None], key=repr)) == (0, sorted(pile(PILE), key=repr))


def test_a_sheet_one_station_holds_invalid_is_a_question_of_validity() -> None:
    found = keyed("hhhm hmml", "hhhm !")
    assert found.disagreements[0].validity
    assert told(found) == [
        "Phiếu thứ 2 của tập 3: các lần nhập khác nhau về hợp lệ (lần 1: hợp lệ, lần 2: not_issued)."
    ]


def test_a_sheet_held_invalid_for_two_reasons_is_a_question_of_validity() -> None:
    assert keyed("!", "?").disagreements[0].validity


def test_one_name_ballots_are_compared_sheet_by_sheet() -> None:
    found = keyed("h h m h l h h m", "h h m m l h h m")
    assert [(one.sheet, one.lines) for one in found.disagreements] == [
        (4, (Differing(line=1, marks=("high", "medium")),))
    ]


def test_a_batch_one_station_has_not_keyed_is_missing() -> None:
    found = reconcile([{(None, 1): pile(PILE), (None, 2): pile(PILE)}, {(None, 1): pile(PILE)}])
    assert told(found) == ["Lần 2 chưa nhập tập 2."]
    assert found.open == 1


def test_a_batch_counted_by_hand_that_nobody_keyed_is_missing() -> None:
    found = reconcile([{}, {}], {("hdnd", 1): 25})
    assert told(found) == [
        "Lần 1 chưa nhập tập 1 (loại phiếu hdnd).",
        "Lần 2 chưa nhập tập 1 (loại phiếu hdnd).",
    ]


def test_readings_that_agree_on_another_number_than_the_hand_count_are_open() -> None:
    found = keyed(PILE, PILE, counted=9)
    assert told(found) == [
        "Tập 3 ghi 9 phiếu nhưng lần 1 nhập 8. Đếm lại tập phiếu.",
        "Tập 3 ghi 9 phiếu nhưng lần 2 nhập 8. Đếm lại tập phiếu.",
    ]


def test_with_three_stations_all_must_agree_unless_said_otherwise() -> None:
    other = PILE.replace("hhll", "hhlm")
    assert (keyed(PILE, PILE, other).open, keyed(PILE, PILE, other, must_agree=2).open) == (1, 0)
    assert keyed(PILE, other, PILE, must_agree=2).sheets() == {None: pile(PILE)}


def test_with_three_stations_each_line_needs_its_own_majority() -> None:
    found = keyed("hhhh", "hhhm", "hhmh", must_agree=2)
    assert found.sheets() == {None: pile("hhhh")}
    assert keyed("hhhh", "hhhm", "hhhl", must_agree=2).open == 1


def test_of_three_stations_the_one_that_skipped_a_sheet_is_named() -> None:
    assert [(one.kind, one.station, one.first) for one in keyed(PILE, without(7), PILE).missing] == [("sheet", 2, 7)]


def test_of_three_stations_the_one_that_keyed_a_sheet_twice_is_named() -> None:
    found = keyed("hhhm hmml llhh", "hhhm hmml llhh", "hhhm hmml hmml llhh")
    assert [(one.kind, one.station, one.first, one.last, one.doubled) for one in found.missing] == [
        ("extra", 3, 2, 3, True)
    ]


def test_a_sheet_only_the_middle_reading_lacks_is_one_gap() -> None:
    found = keyed(without(4), PILE, PILE)
    assert [(one.kind, one.station, one.first) for one in found.missing] == [("sheet", 1, 4)]


@pytest.mark.parametrize(("readings", "must_agree"), [(1, None), (0, None), (2, 3), (3, 1)])
def test_fewer_than_two_readings_are_no_reconciliation(readings: int, must_agree: int | None) -> None:
    with pytest.raises(ValueError):
        reconcile([{}] * readings, None, must_agree)


def test_findings_are_sentences_in_both_languages_and_plain_data() -> None:
    found = keyed(without(7), PILE.replace("hhll", "hhlm"))
    assert found.as_dict() == {
        "disagreements": [
            {
                "kind": "marks",
                "ballot": None,
                "batch": 3,
                "sheet": 6,
                "places": [6, 6],
                "invalid": [None, None],
                "lines": [{"line": 4, "marks": ["low", "medium"]}],
                "open": True,
                "message": "Phiếu thứ 6 của tập 3: các lần nhập khác nhau ở dòng 4.",
                "message_en": "Sheet 6 of batch 3: the entries differ on line 4.",
            }
        ],
        "missing": [
            {
                "kind": "sheet",
                "ballot": None,
                "batch": 3,
                "station": 1,
                "number": 1,
                "first": 7,
                "last": 7,
                "doubled": False,
                "open": True,
                "message": "Lần 1 thiếu phiếu thứ 7 của tập 3. Kiểm tra hai phiếu dính nhau.",
                "message_en": "Entry 1 lacks sheet 7 of batch 3. See whether two sheets stick together.",
            }
        ],
    }


SLATE = Slate(subjects=tuple(Subject(line=line, post=f"{line}") for line in range(1, LINES + 1)))


@given(piles(rating_book(), LINES), st.data())
def test_order_of_sheets_batches_and_stations_never_changes_the_tally(pile: list[Sheet], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(pile)))
    parts = [pile[:cut], pile[cut:]]
    first: Reading = {(None, batch): part for batch, part in enumerate(parts, start=1)}
    second: Reading = {
        (None, batch): data.draw(st.permutations(part)) for batch, part in reversed(list(enumerate(parts, start=1)))
    }
    expected = tally({None: pile}, SLATE, rating_book())
    for readings in ([first, second], [second, first]):
        found = reconcile(readings)
        assert found.open == 0
        assert tally(found.sheets(), SLATE, rating_book()) == expected


@given(piles(rating_book(), LINES), st.data())
def test_nothing_that_differs_is_ever_taken_as_agreed(pile: list[Sheet], data: st.DataObject) -> None:
    """Whatever two stations keyed: if their sheets are not the same ones, something is open."""
    other = list(pile)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(other)))
        act = data.draw(st.sampled_from(["add", "drop", "alter"]))
        if act == "add":
            other.insert(place, data.draw(sheets(rating_book(), LINES)))
        elif place < len(other):
            other[place : place + 1] = [] if act == "drop" else [data.draw(sheets(rating_book(), LINES))]
    same = sorted(map(repr, pile)) == sorted(map(repr, other))
    found = reconcile([{(None, 1): pile}, {(None, 1): other}])
    assert (found.open == 0) == same


@given(st.lists(piles(rating_book(), LINES, largest=6), min_size=3, max_size=3), st.data())
def test_the_seats_of_three_stations_do_not_matter(readings: list[list[Sheet]], data: st.DataObject) -> None:
    seats = data.draw(st.permutations(range(3)))
    found, again = (reconcile([{(None, 1): readings[seat]} for seat in order], None, 2) for order in ((0, 1, 2), seats))
    assert (found.open == 0) == (again.open == 0)
    if not found.open:
        assert tally(found.sheets(), SLATE, rating_book()) == tally(again.sheets(), SLATE, rating_book())


@given(piles(rating_book(), LINES, largest=20), st.data())
def test_no_line_is_lost(pile: list[Sheet], data: st.DataObject) -> None:
    """Every sheet of the first station is agreed, told of, or part of a gap."""
    other = [data.draw(sheets(rating_book(), LINES)) if data.draw(st.booleans()) else sheet for sheet in pile]
    found = reconcile([{(None, 1): pile}, {(None, 1): other}])
    gaps = sum(gap.number for gap in found.missing if gap.station == 2)
    assert len(found.agreed[0].sheets) + gaps == len(pile)
    doubtful = [finding for finding in found.disagreements if isinstance(finding, Disagreement)]
    assert found.agreed[0].sheets.count(None) == len(doubtful)


def test_two_thousand_sheets_are_reconciled_and_added_up_within_a_second() -> None:
    pen = random.Random(7)
    slate = Slate(subjects=tuple(Subject(line=line, post=f"{line}") for line in range(1, 61)))
    keyed_once = {
        (None, batch): [Sheet(lines=tuple(pen.choices(("high", "medium", "low"), (7, 2, 1), k=60))) for _ in range(25)]
        for batch in range(1, 81)
    }
    keyed_again = {place: [Sheet(lines=(*sheet.lines,)) for sheet in part] for place, part in keyed_once.items()}
    started = time.perf_counter()
    found = reconcile([keyed_once, keyed_again])
    added = tally(found.sheets(), slate, rating_book())
    spent = time.perf_counter() - started
    assert added.types[0].sheets == 2_000
    assert spent < 1


def marked(*lines: str) -> Sheet:
    return Sheet(lines=lines)


def test_batches_stand_in_the_order_of_types_and_then_of_numbers() -> None:
    reading = dict.fromkeys([("b", 1), ("a", 2), ("b", 3), ("a", 10)], (marked("high", "low"),))
    found = reconcile([reading, reading])
    assert [(batch.ballot, batch.batch) for batch in found.agreed] == [("a", 2), ("a", 10), ("b", 1), ("b", 3)]


def test_sheets_keyed_alike_keep_their_numbers() -> None:
    alike = (marked("high", "low"), marked("low", "low"), Sheet(invalid="no_stamp"))
    (batch,) = reconcile([{(None, 1): alike}, {(None, 1): alike}]).agreed
    assert (batch.sheets, batch.numbers) == (alike, (1, 2, 3))


A, B, C, D, E, F = (
    marked("high", "high", "high"),
    marked("low", "low", "low"),
    marked("medium", "medium", "medium"),
    marked("high", "low", "blank"),
    marked("blank", "blank", "blank"),
    marked("low", "medium", "over"),
)


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [((A, B, C, D, E, F), (B, C, E, D, F), (4, 5)), ((B, C, E, D, F), (A, B, C, D, E, F), (3, 4))],
)
def test_two_sheets_the_other_way_round_are_told_by_the_places_of_the_first_entry(
    first: tuple[Sheet, ...], second: tuple[Sheet, ...], places: tuple[int, ...]
) -> None:
    found = reconcile([{("hdnd", 1): first}, {("hdnd", 1): second}])
    told = [
        (one.kind, one.ballot, one.station, one.against, one.sheets)
        for one in found.disagreements
        if isinstance(one, Misplaced)
    ]
    assert told == [("swapped", "hdnd", 2, 1, places)]


def test_a_skipped_sheet_like_those_at_the_end_may_be_any_of_them() -> None:
    found = reconcile([{(None, 1): (A, B, B, B)}, {(None, 1): (A, B, B)}])
    assert [(gap.station, gap.number, gap.first, gap.last, gap.doubled) for gap in found.missing] == [
        (2, 1, 2, 4, True)
    ]


def test_gaps_side_by_side_are_one_finding_and_stay_doubled() -> None:
    found = reconcile([{(None, 1): (A, B, B, C, D, F)}, {(None, 1): (A, B, D, F)}])
    assert [(gap.station, gap.number, gap.first, gap.last, gap.doubled) for gap in found.missing] == [
        (2, 2, 2, 4, True)
    ]


def test_a_sheet_that_only_the_middle_entry_lacks_is_one_gap() -> None:
    whole = (A, B, C, D, F, A, B, C, D, F)
    misread = tuple(marked("over", *sheet.lines[1:]) for sheet in whole)
    last = tuple(marked(*sheet.lines[:2], "struck") for sheet in whole)
    found = reconcile([{(None, 1): whole}, {(None, 1): (*misread, E)}, {(None, 1): (*last, E)}])
    assert [(gap.kind, gap.station, gap.number, gap.first) for gap in found.missing] == [("sheet", 1, 1, 11)]
