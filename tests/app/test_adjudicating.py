"""Doubtful places: one member may follow the machine, two are needed to say otherwise, a third where they differ, the board where all do."""

from __future__ import annotations

import pytest

from tests.app.scanned import ScanScene, page
from tests.app.scene import sheets
from tinnhiem.app.access import NotAllowed
from tinnhiem.app.actions import adjudicating
from tinnhiem.app.actions.adjudicating import KEEP, REMOVE, TWIN, VALID, WHOLE_SHEET, Point
from tinnhiem.app.models import BoardMember, EventRow, Scan
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import SheetMarkUnknown, SheetReasonUnknown

pytestmark = pytest.mark.django_db

PILE = ("hhm", "hml", "hhh", "mmm", "lhh", "hhh", "hhm", "hhm", "mhh", "h?h", "hh0", "*hl")
"""Sheet 10 is unclear on line 2, sheet 11 blank on line 3, sheet 12 marked twice on line 1."""


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def scan(scene: ScanScene) -> Scan:
    return scene.scan(scene.divide(12)[0], *PILE)


def stages(scene: ScanScene, scan: Scan) -> list[tuple[int, int, str]]:
    return [(one.sheet, one.line, one.stage) for one in scene.points(scan)]


def waiting(scene: ScanScene, scan: Scan, member: int) -> list[tuple[int, int, str | None]]:
    found = adjudicating.waiting_for(scene.round, scene.again(scan), scene.members[member])
    return [(one.sheet, one.line, one.proposal) for one in found]


def test_every_doubtful_row_waits_with_the_machines_proposal(scene: ScanScene, scan: Scan) -> None:
    assert scene.points(scan) == (
        Point(sheet=10, line=2, reason="unsure", proposal=None, stage="first"),
        Point(sheet=11, line=3, reason="blank", proposal="blank", stage="first"),
        Point(sheet=12, line=1, reason="over", proposal="over", stage="first"),
    )


def test_a_member_who_sees_what_the_machine_proposes_settles_the_place(scene: ScanScene, scan: Scan) -> None:
    assert scene.look(scan, 11, 3, 0, "blank").stage == "settled"


def test_a_member_who_sees_otherwise_needs_a_second(scene: ScanScene, scan: Scan) -> None:
    assert scene.look(scan, 11, 3, 0, "low").stage == "second"


def test_where_the_machine_proposes_nothing_two_members_are_needed(scene: ScanScene, scan: Scan) -> None:
    assert scene.look(scan, 10, 2, 0, "high").stage == "second"


def test_two_members_who_see_the_same_settle_the_place(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    assert scene.look(scan, 11, 3, 1, "low").stage == "settled"


def test_a_second_member_who_agrees_with_the_machine_does_not_outvote_the_first(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    assert scene.look(scan, 11, 3, 1, "blank").stage == "third"


def test_a_third_member_decides_between_two(scene: ScanScene, scan: Scan) -> None:
    for member, mark in enumerate(("low", "blank", "low")):
        last = scene.look(scan, 11, 3, member, mark)
    assert (last.stage, [one.mark for one in adjudicating.decided(scene.round, scene.again(scan))]) == (
        "settled",
        ["low"],
    )


def test_three_members_who_see_three_things_leave_it_to_the_board(scene: ScanScene, scan: Scan) -> None:
    for member, mark in enumerate(("low", "blank", "medium")):
        last = scene.look(scan, 11, 3, member, mark)
    assert last.stage == "ruling"


def test_the_board_rules_with_a_reason(scene: ScanScene, scan: Scan) -> None:
    for member, mark in enumerate(("low", "blank", "medium")):
        scene.look(scan, 11, 3, member, mark)
    ruled = adjudicating.rule(scene.head, scene.pk, scan.pk, 11, 3, mark="blank", reason="nét mờ, không rõ ý")
    assert (ruled.stage, EventRow.objects.get(code="desk_ruling_made").data) == (
        "settled",
        {"batch": "1", "reason": "nét mờ, không rõ ý"},
    )


def test_the_board_does_not_rule_before_three_members_looked(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    with pytest.raises(adjudicating.RulingNotDue):
        adjudicating.rule(scene.head, scene.pk, scan.pk, 11, 3, mark="blank", reason="nét mờ")


def test_the_board_does_not_rule_without_a_reason(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(ReasonMissing):
        adjudicating.rule(scene.head, scene.pk, scan.pk, 11, 3, mark="blank", reason=" ")


def test_a_member_does_not_meet_a_place_twice(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    assert waiting(scene, scan, 0) == [(10, 2, None), (12, 1, "over")]


def test_a_member_does_not_answer_twice(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    with pytest.raises(adjudicating.LookedAlready):
        scene.look(scan, 11, 3, 0, "blank")


def test_the_second_member_sees_neither_the_first_answer_nor_the_proposal(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    assert waiting(scene, scan, 1) == [(10, 2, None), (11, 3, None), (12, 1, "over")]


def test_same_reasons_come_together(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], "0hh", "?hh", "hh0", "h?h")
    assert [one.reason for one in adjudicating.waiting_for(scene.round, scene.again(scan), scene.members[0])] == [
        "blank",
        "blank",
        "unsure",
        "unsure",
    ]


def test_a_settled_place_takes_no_further_look(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "blank")
    with pytest.raises(adjudicating.PointSettled):
        scene.look(scan, 11, 3, 1, "low")


def test_a_slip_of_the_key_is_taken_back(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    back = adjudicating.take_back(scene.head, scene.pk, scan.pk, 11, 3, member_id=scene.members[0])
    assert back.stage == "first"


def test_an_answer_is_not_taken_back_after_somebody_else_looked(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "low")
    scene.look(scan, 11, 3, 1, "low")
    with pytest.raises(adjudicating.PointUnknown):
        adjudicating.take_back(scene.head, scene.pk, scan.pk, 11, 3, member_id=scene.members[0])


def test_a_helper_is_no_member_of_the_board(scene: ScanScene, scan: Scan) -> None:
    BoardMember.objects.filter(pk=scene.members[3]).update(duty=BoardMember.Duty.HELPER)
    with pytest.raises(adjudicating.NoSuchMember):
        scene.look(scan, 11, 3, 3, "blank")


def test_a_table_does_not_adjudicate(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(NotAllowed):
        adjudicating.look(scene.one, scene.pk, scan.pk, 11, 3, member_id=scene.members[0], mark="blank")


def test_a_mark_the_rulebook_does_not_know_is_refused(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(SheetMarkUnknown):
        scene.look(scan, 11, 3, 0, "tốt")


def test_looking_leaves_no_event(scene: ScanScene, scan: Scan) -> None:
    before = EventRow.objects.count()
    scene.look(scan, 11, 3, 0, "blank")
    assert EventRow.objects.count() == before


def test_a_clear_row_that_a_member_reads_otherwise_is_open(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 1, 1, 0, "low")
    assert scene.points(scan)[0] == Point(sheet=1, line=1, reason="raised", proposal="high", stage="second")


def test_one_member_alone_does_not_change_a_clear_row(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], *["hhh"] * 12)
    scene.look(scan, 1, 1, 0, "low")
    assert scene.faults(scan) == (adjudicating.PointsOpen(count=1),)


def test_two_members_change_a_clear_row(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 1, 1, 0, "low")
    scene.look(scan, 1, 1, 1, "low")
    (decided,) = adjudicating.decided(scene.round, scene.again(scan))
    assert (decided.mark, decided.changed, decided.members) == ("low", True, tuple(scene.members[:2]))


def test_what_was_decided_is_on_the_sheets(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 11, 3, 0, "blank")
    scene.look(scan, 12, 1, 0, "over")
    for member in (0, 1):
        scene.look(scan, 10, 2, member, "medium")
    done = adjudicating.sheets_as_decided(scene.round, scene.again(scan))
    assert list(done) == sheets(*PILE[:9], "hmh", "hh0", "*hl")


def test_a_sheet_without_the_stamp_the_others_bear_is_a_place_of_its_own(scene: ScanScene) -> None:
    pages = [page("hhh", stamped=True), page("hhh", stamped=False), page("hhh", stamped=None)]
    scan = scene.scan(scene.divide(12)[0], *pages)
    assert scene.points(scan) == (Point(sheet=2, line=0, reason="unstamped", proposal=None, stage="first"),)


def test_where_no_sheet_shows_a_stamp_none_is_missed(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("hhh", stamped=False), page("hhh", stamped=None))
    assert scene.points(scan) == ()


def test_two_members_hold_a_whole_sheet_invalid(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("h?h", stamped=False), page("hhh", stamped=True))
    for member in (0, 1):
        scene.look(scan, 1, WHOLE_SHEET, member, "no_stamp", "không có dấu treo")
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("no_stamp", "hhh")


def test_the_lines_of_an_invalid_sheet_no_longer_wait(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("h?h", stamped=False), page("hhh", stamped=True))
    for member in (0, 1):
        scene.look(scan, 1, WHOLE_SHEET, member, "no_stamp", "không có dấu treo")
    assert stages(scene, scan) == [(1, WHOLE_SHEET, "settled")]


def test_a_sheet_held_valid_keeps_its_marks(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("hmh", stamped=False), page("hhh", stamped=True))
    for member in (0, 1):
        scene.look(scan, 1, WHOLE_SHEET, member, VALID)
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("hmh", "hhh")


def test_a_sheet_is_not_held_invalid_without_a_reason(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(ReasonMissing):
        scene.look(scan, 1, WHOLE_SHEET, 0, "no_stamp")


def test_an_invalid_sheet_bears_a_reason_of_the_rulebook(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(SheetReasonUnknown):
        scene.look(scan, 1, WHOLE_SHEET, 0, "xấu", "chữ xấu")


def twice(scene: ScanScene) -> tuple[Scan, Scan]:
    """Sheet 2 of the first batch is sheet 1 of the second as well."""
    first, second = scene.divide(6, 6)
    one = scene.scan(first, page("hhh", trace=b"a"), page("hml", trace=b"b"))
    return one, scene.scan(second, page("hml", trace=b"b"), page("hhh", trace=b"c"))


def test_a_sheet_scanned_twice_is_found_across_batches(scene: ScanScene) -> None:
    first, second = twice(scene)
    other = scene.manifest(first).pages[1].key
    assert scene.points(second) == (
        Point(sheet=1, line=TWIN, reason="duplicate", proposal=None, stage="first", twin=(str(first.pk), other)),
    )


def test_a_sheet_scanned_twice_is_left_out_by_two_members_with_a_reason(scene: ScanScene) -> None:
    _, second = twice(scene)
    for member in (0, 1):
        scene.look(second, 1, TWIN, member, REMOVE, "tờ nằm lẫn khi quét tập sau")
    done = adjudicating.sheets_as_decided(scene.round, scene.again(second))
    assert (list(done), EventRow.objects.get(code="duplicate_left_out").data) == (
        sheets("hhh"),
        {"batch": "2", "reason": "tờ nằm lẫn khi quét tập sau"},
    )


def test_a_sheet_scanned_twice_is_not_left_out_without_a_reason(scene: ScanScene) -> None:
    _, second = twice(scene)
    with pytest.raises(ReasonMissing):
        scene.look(second, 1, TWIN, 0, REMOVE)


def test_two_sheets_that_only_look_alike_both_count(scene: ScanScene) -> None:
    _, second = twice(scene)
    for member in (0, 1):
        scene.look(second, 1, TWIN, member, KEEP)
    assert len(adjudicating.sheets_as_decided(scene.round, scene.again(second))) == 2


def test_a_twin_that_was_left_out_is_no_twin_any_more(scene: ScanScene) -> None:
    from tinnhiem.app.actions import scanning

    first, second = twice(scene)
    scanning.drop_page(scene.head, scene.pk, first.pk, scene.manifest(first).pages[1].key, reason="quét nhầm tập")
    assert scene.points(second) == ()
