"""The judge: what counts against a reader and what for it."""

from __future__ import annotations

from bench.marked_pages.sheet import PageTruth
from bench.marked_pages.voter import RowTruth
from bench.page_judge import PageAnswer, RowAnswer, Tally, judge, matched

CLEAR = RowTruth(line=1, intent="high", kind="cross", clear=True, marked=("high",))
TWO = RowTruth(line=1, intent="over", kind="two_marks", clear=False, marked=("high", "low"))
DOT = RowTruth(line=1, intent="low", kind="dot", clear=False, marked=("low",))
EMPTY = RowTruth(line=1, intent="blank", kind="blank", clear=False)


def judged(row: RowTruth, answer: RowAnswer | None) -> Tally:
    tally = Tally()
    truth = PageTruth(type=None, page=1, stamp="in_area", signature=None, rows=(row,))
    judge(tally, truth, PageAnswer(page=1, rows=() if answer is None else (answer,), stamped=True))
    return tally


def said(choice: str | None, reason: str = "") -> RowAnswer:
    return RowAnswer(line=1, choice=choice, reason=reason)


def test_a_clear_row_read_as_meant_counts_against_nothing():
    assert judged(CLEAR, said("high")) == Tally(pages=1, clear=1)


def test_a_clear_row_read_as_another_choice_is_a_misread():
    assert judged(CLEAR, said("low")) == Tally(pages=1, clear=1, misread={"cross": 1}, misread_as={"another choice": 1})


def test_a_clear_row_that_was_passed_over_is_a_misread():
    assert judged(CLEAR, None) == Tally(pages=1, clear=1, misread={"cross": 1}, misread_as={"nothing": 1})


def test_a_clear_row_handed_to_people_is_a_false_flag():
    assert judged(CLEAR, said(None, "faint")) == Tally(
        pages=1, clear=1, flagged={"faint": 1}, flagged_kinds={"cross": 1}
    )


def test_a_doubtful_row_handed_to_people_is_right():
    assert judged(TWO, said(None, "over")) == Tally(pages=1, doubtful=1)


def test_a_doubtful_row_decided_as_meant_is_silent():
    assert judged(DOT, said("low")) == Tally(pages=1, doubtful=1, silent_as_meant={"dot": 1})


def test_a_doubtful_row_decided_otherwise_is_against_intent():
    assert judged(TWO, said("high")) == Tally(pages=1, doubtful=1, silent_against={"two_marks": 1})


def test_an_empty_row_that_was_decided_is_against_intent():
    assert judged(EMPTY, said("high")) == Tally(pages=1, blank=1, silent_against={"blank": 1})


def test_rows_of_a_refused_page_are_not_judged():
    tally = Tally()
    truth = PageTruth(type=None, page=1, stamp=None, signature=None, rows=(CLEAR,))
    judge(tally, truth, PageAnswer(refused="markers_missing"))
    assert tally == Tally(pages=1, refused={"markers_missing": 1})


def test_pairs_are_the_same_whichever_way_round_they_are_told():
    assert matched([(3, 1), (5, 6)], [(1, 3), (2, 4)]) == (1, 1)
