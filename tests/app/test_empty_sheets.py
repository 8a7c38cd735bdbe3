"""A sheet on which nothing is marked: one question for all its lines, answered by two members, or its lines one by one."""

from __future__ import annotations

import pytest

from tests.app.scanned import ScanScene, page
from tests.app.scene import sheets
from tinnhiem.app.actions import adjudicating
from tinnhiem.app.actions.adjudicating import BY_LINE, EMPTY, VALID, WHOLE_SHEET, Point
from tinnhiem.app.models import EventRow, Scan
from tinnhiem.app.queries.column_gallery import strip
from tinnhiem.poll.sheet import SheetReasonUnknown

pytestmark = pytest.mark.django_db

ASKED = Point(sheet=2, line=WHOLE_SHEET, reason="empty_sheet", proposal=None, stage="first")


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def scan(scene: ScanScene) -> Scan:
    """Sheet 2 bears no mark at all, sheet 3 none on two lines."""
    return scene.scan(scene.divide(12)[0], "hhm", "000", "00h")


def of_sheet_2(scene: ScanScene, scan: Scan) -> list[tuple[int, str, str]]:
    return [(one.line, one.reason, one.stage) for one in scene.points(scan) if one.sheet == 2]


def test_an_empty_sheet_is_one_place_and_not_one_for_every_line(scene: ScanScene, scan: Scan) -> None:
    assert [(one.sheet, one.line) for one in scene.points(scan)] == [(2, 0), (3, 1), (3, 2)]
    assert scene.points(scan)[0] == ASKED


def test_one_member_alone_does_not_settle_an_empty_sheet(scene: ScanScene, scan: Scan) -> None:
    assert scene.look(scan, 2, WHOLE_SHEET, 0, EMPTY).stage == "second"


def test_two_members_settle_every_line_of_an_empty_sheet_as_blank(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], "hhm", "000")
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, EMPTY)
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("hhm", "000")


def test_a_scan_with_empty_sheets_is_finished_by_two_answers_each(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], *["hhm"] * 10, "000", "000")
    for sheet in (11, 12):
        for member in (0, 1):
            scene.look(scan, sheet, WHOLE_SHEET, member, EMPTY)
    scene.finish(scan)
    told = EventRow.objects.get(code="scan_closed").data
    assert (scene.again(scan).closed_at is not None, told["points"], told["changed"]) == (True, 2, 0)


def test_an_empty_sheet_leaves_no_event_of_its_own(scene: ScanScene, scan: Scan) -> None:
    before = EventRow.objects.count()
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, EMPTY)
    assert EventRow.objects.count() == before


def test_a_member_who_wants_the_lines_opens_them_for_everybody(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, WHOLE_SHEET, 0, BY_LINE)
    assert of_sheet_2(scene, scan) == [(line, "blank", "first") for line in (1, 2, 3)]


def test_a_second_member_may_still_ask_for_the_lines(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, WHOLE_SHEET, 0, EMPTY)
    scene.look(scan, 2, WHOLE_SHEET, 1, BY_LINE)
    assert of_sheet_2(scene, scan) == [(line, "blank", "first") for line in (1, 2, 3)]


def test_asking_for_the_lines_is_taken_back_like_any_answer(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, WHOLE_SHEET, 0, BY_LINE)
    back = adjudicating.take_back(scene.head, scene.pk, scan.pk, 2, WHOLE_SHEET, member_id=scene.members[0])
    assert back == ASKED


def test_asking_for_the_lines_is_no_decision(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, WHOLE_SHEET, 0, BY_LINE)
    assert adjudicating.decided(scene.round, scene.again(scan)) == ()


def test_looking_at_one_line_of_an_empty_sheet_asks_about_its_lines_instead(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, 1, 0, "blank")
    assert of_sheet_2(scene, scan) == [(1, "blank", "settled"), (2, "blank", "first"), (3, "blank", "first")]


def test_a_sheet_whose_lines_are_asked_about_can_still_be_held_invalid_by_two(scene: ScanScene, scan: Scan) -> None:
    scene.look(scan, 2, WHOLE_SHEET, 0, BY_LINE)
    scene.look(scan, 2, WHOLE_SHEET, 0, "not_issued", "phiếu lạ")
    assert of_sheet_2(scene, scan)[0] == (WHOLE_SHEET, "raised", "second")
    scene.look(scan, 2, WHOLE_SHEET, 1, "not_issued", "phiếu lạ")
    assert of_sheet_2(scene, scan) == [(WHOLE_SHEET, "raised", "settled")]


def test_an_empty_sheet_is_held_invalid_by_two_members(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], "hhm", "000")
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, "not_issued", "phiếu lạ")
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("hhm", "not_issued")


def test_a_line_that_two_members_see_otherwise_later_is_no_longer_blank(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], "hhm", "000")
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, EMPTY)
    scene.look(scan, 2, 3, 2, "low")
    assert of_sheet_2(scene, scan) == [(WHOLE_SHEET, "empty_sheet", "settled"), (3, "blank", "second")]
    scene.look(scan, 2, 3, 3, "low")
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("hhm", "00l")


def test_a_sheet_that_bears_marks_is_not_held_empty(scene: ScanScene, scan: Scan) -> None:
    with pytest.raises(SheetReasonUnknown):
        scene.look(scan, 3, WHOLE_SHEET, 0, EMPTY)


def test_a_ballot_with_one_name_left_blank_is_asked_about_as_its_line() -> None:
    scene = ScanScene(names=("Vũ Văn Một",))
    scan = scene.scan(scene.divide(12)[0], "h", "0")
    assert [(one.sheet, one.line, one.proposal) for one in scene.points(scan)] == [(2, 1, "blank")]


def test_a_back_that_bears_a_mark_keeps_the_sheet_from_being_empty() -> None:
    scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 41)])
    pages = [page("0" * 20), page("0" * 19 + "h", side=2, first=21), page("0" * 20), page("0" * 20, side=2, first=21)]
    scan = scene.scan(scene.divide(12)[0], *pages)
    assert [one.line for one in scene.points(scan) if one.sheet == 1] == list(range(1, 40))
    assert [one.line for one in scene.points(scan) if one.sheet == 2] == [WHOLE_SHEET]


def test_an_empty_sheet_without_a_stamp_is_asked_about_once(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("hhm", stamped=True), page("000", stamped=False))
    assert of_sheet_2(scene, scan) == [(WHOLE_SHEET, "unstamped", "first")]
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, EMPTY)
    assert list(adjudicating.sheets_as_decided(scene.round, scene.again(scan))) == sheets("hhm", "000")


def test_an_empty_sheet_without_a_stamp_held_valid_is_then_looked_at_line_by_line(scene: ScanScene) -> None:
    scan = scene.scan(scene.divide(12)[0], page("hhm", stamped=True), page("000", stamped=False))
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, VALID)
    assert of_sheet_2(scene, scan)[1:] == [(line, "blank", "first") for line in (1, 2, 3)]


def test_the_lines_of_an_empty_sheet_stand_among_the_blank_ones_of_each_person(scene: ScanScene, scan: Scan) -> None:
    for member in (0, 1):
        scene.look(scan, 2, WHOLE_SHEET, member, EMPTY)
    person = scene.round.subjects.get(line=3)
    assert [row.mark for row in strip(person)] == ["high", "medium", "blank"]
