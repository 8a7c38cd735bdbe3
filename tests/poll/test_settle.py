"""Decisions put into a reconciliation: by the paper, or by a ruling of the board."""

from __future__ import annotations

import pytest

from tests.strategies import rating_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.reconcile import Reconciliation, reconcile
from tinnhiem.poll.settle import Decision, settle
from tinnhiem.poll.sheet import Sheet

FIRST = (Sheet(lines=("high", "low")), Sheet(lines=("high", "medium")), Sheet(invalid="no_stamp"))
SECOND = (Sheet(lines=("high", "low")), Sheet(lines=("low", "over")), Sheet(lines=("high", "high")))


def found(first: tuple[Sheet, ...] = FIRST, second: tuple[Sheet, ...] = SECOND) -> Reconciliation:
    return reconcile([{(None, 1): first}, {(None, 1): second}])


def paper(sheet: int, line: int | None, mark: str) -> Decision:
    return Decision(kind="paper", ballot=None, batch=1, sheet=sheet, line=line, mark=mark)


def ruling(
    sheet: int, invalid: str | None = None, line: int | None = None, mark: str | None = None, reason: str = "Dấu mờ"
) -> Decision:
    return Decision(
        kind="ruling", ballot=None, batch=1, sheet=sheet, line=line, mark=mark, invalid=invalid, reason=reason
    )


def refused(*decisions: Decision, of: Reconciliation | None = None) -> list[str]:
    with pytest.raises(TinnhiemError) as caught:
        settle(of or found(), decisions, rating_book())
    return [fault.code for fault in caught.value.each()]


def test_paper_and_ruling_close_what_was_open() -> None:
    decisions = [paper(2, 1, "high"), ruling(2, line=2, mark="over"), ruling(3)]
    settled = settle(found(), decisions, rating_book())
    assert settled.open == 0
    assert settled.sheets() == {
        None: (
            Sheet(lines=("high", "low")),
            Sheet(lines=("high", "over")),
            Sheet(lines=("high", "high")),
        )
    }


def test_first_readings_stay_beside_what_was_decided() -> None:
    settled = settle(found(), [ruling(3, invalid="no_stamp")], rating_book())
    assert [(one.disagreement.keyed, one.sheet) for one in settled.settled] == [
        ((FIRST[2], SECOND[2]), Sheet(invalid="no_stamp"))
    ]


def test_a_sheet_answered_in_part_stays_open() -> None:
    settled = settle(found(), [paper(2, 1, "high")], rating_book())
    assert (settled.open, settled.agreed) == (found().open, found().agreed)


def test_decisions_may_come_one_sheet_at_a_time() -> None:
    once = settle(found(), [ruling(3, invalid="no_stamp")], rating_book())
    twice = settle(once, [paper(2, 1, "high"), paper(2, 2, "medium")], rating_book())
    assert (once.open, twice.open, len(twice.settled)) == (1, 0, 2)


def test_a_whole_sheet_may_be_ruled_invalid_though_only_lines_differ() -> None:
    settled = settle(found(FIRST[:2], SECOND[:2]), [ruling(2, invalid="not_issued")], rating_book())
    assert settled.sheets()[None][1] == Sheet(invalid="not_issued")


def test_validity_is_never_settled_without_a_ruling_and_its_reason() -> None:
    assert refused(Decision(kind="paper", ballot=None, batch=1, sheet=3)) == ["ruling_without_reason"]
    assert refused(ruling(3, reason=" ")) == ["ruling_without_reason"]
    assert refused(ruling(2, line=1, mark="high", reason="")) == ["ruling_without_reason"]


def test_a_sheet_nobody_keyed_line_by_line_cannot_be_ruled_valid() -> None:
    both = found((Sheet(invalid="no_stamp"),), (Sheet(invalid="not_issued"),))
    assert refused(ruling(1), of=both) == ["sheet_keyed_invalid_by_all"]


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (paper(1, 1, "high"), "decision_unfit"),
        (paper(9, 1, "high"), "decision_unfit"),
        (Decision(kind="paper", ballot="hdnd", batch=1, sheet=2, line=1, mark="high"), "decision_unfit"),
        (paper(2, 3, "high"), "decision_unfit"),
        (paper(2, 1, "highest"), "sheet_mark_unknown"),
        (ruling(3, invalid="rained_on"), "sheet_reason_unknown"),
    ],
)
def test_a_decision_that_answers_nothing_is_refused(decision: Decision, code: str) -> None:
    assert refused(decision) == [code]


def test_what_is_not_open_takes_no_decision() -> None:
    turned = found(FIRST[:1] + SECOND[2:], SECOND[2:] + FIRST[:1])
    assert [finding.open for finding in turned.disagreements] == [False]
    assert refused(paper(0, 1, "high"), of=turned) == ["decision_unfit"]
    voted = reconcile([{(None, 1): FIRST[:2]}, {(None, 1): FIRST[:2]}, {(None, 1): SECOND[:2]}], None, 2)
    assert [finding.open for finding in voted.disagreements] == [False]
    assert refused(paper(2, 1, "high"), of=voted) == ["decision_unfit"]
    assert refused(paper(2, 1, "highest"), of=voted) == ["decision_unfit"]


def test_a_refused_reason_is_told_with_those_of_the_book() -> None:
    with pytest.raises(TinnhiemError) as caught:
        settle(found(), [ruling(3, invalid="rained_on"), paper(2, 1, "highest")], rating_book())
    told = [fault.values["allowed"] for fault in caught.value.each()]
    assert told == [
        "high, medium, low, blank, over, struck",
        ", ".join(reason.code for reason in rating_book().sheet_invalid),
    ]


def test_two_decisions_on_one_point_are_refused() -> None:
    assert refused(paper(2, 1, "high"), paper(2, 1, "low")) == ["decided_twice"]


def test_one_refused_decision_leaves_everything_as_it_was() -> None:
    before = found()
    with pytest.raises(TinnhiemError):
        settle(before, [ruling(3), paper(2, 9, "high")], rating_book())
    assert before == found()


def test_a_skipped_sheet_cannot_be_settled_away() -> None:
    gap = found(FIRST[:2], (FIRST[0],))
    assert refused(paper(2, 1, "high"), of=gap) == ["decision_unfit"]
    assert settle(gap, [], rating_book()).open == 1


def told(*decisions: Decision) -> list[dict[str, object]]:
    with pytest.raises(TinnhiemError) as caught:
        settle(found(), decisions, rating_book())
    return [dict(fault.values) for fault in caught.value.each()]


def test_a_decision_that_fits_nowhere_is_told_with_its_sheet_and_batch() -> None:
    assert told(paper(9, 1, "high")) == [{"sheet": 9, "batch": 1}]


def test_a_refused_mark_or_reason_is_told_as_it_was_entered() -> None:
    assert [values["mark"] for values in told(paper(2, 1, "highest"))] == ["highest"]
    assert [values["reason"] for values in told(ruling(3, invalid="rained_on"))] == ["rained_on"]
