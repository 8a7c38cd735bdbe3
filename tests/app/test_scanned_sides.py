"""Ballots with a back, 20 names on each side: which pages are one sheet, and what is done where the scanner lost one."""

from __future__ import annotations

import pytest

from tests.app.scanned import ScanScene, page
from tinnhiem.app.actions import scanning
from tinnhiem.app.actions.scanning import SheetsLackSides
from tinnhiem.app.models import Scan
from tinnhiem.app.scan_manifest import assembled

pytestmark = pytest.mark.django_db

FRONT, BACK = 1, 2


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 41)])


def scanned(scene: ScanScene, *which: tuple[int, str]) -> Scan:
    """Pages in scan order: a side, and the sign on all its lines."""
    pages = [page(sign * 20, side=side, first=1 if side == FRONT else 21) for side, sign in which]
    return scene.scan(scene.divide(12)[0], *pages)


def seen(scene: ScanScene, scan: Scan) -> list[tuple[str, tuple[int, ...]]]:
    """For each sheet the signs of its sides, and the first line that is missing."""
    return [
        ("".join((row.choice or "?")[0] for _, row in sheet.rows if row.line % 20 == 1), sheet.missing[:1])
        for sheet in assembled(scan, scene.manifest(scan)).sheets
    ]


def test_front_and_back_are_one_sheet(scene: ScanScene) -> None:
    scan = scanned(scene, (FRONT, "h"), (BACK, "m"), (FRONT, "l"), (BACK, "h"))
    assert seen(scene, scan) == [("hm", ()), ("lh", ())]


def test_a_pile_that_lay_the_other_way_round_is_read_the_same(scene: ScanScene) -> None:
    scan = scanned(scene, (BACK, "m"), (FRONT, "h"), (BACK, "h"), (FRONT, "l"))
    assert seen(scene, scan) == [("hm", ()), ("lh", ())]


def test_a_lost_front_never_mixes_two_sheets(scene: ScanScene) -> None:
    scan = scanned(scene, (FRONT, "h"), (BACK, "h"), (BACK, "m"), (FRONT, "l"), (BACK, "l"))
    assert seen(scene, scan) == [("hh", ()), ("m", (1,)), ("ll", ())]


def test_a_scan_with_a_sheet_that_lacks_a_side_is_not_finished(scene: ScanScene) -> None:
    scan = scanned(scene, (FRONT, "h"), (BACK, "h"), (FRONT, "m"))
    assert scene.faults(scan) == (SheetsLackSides(count=1, first=2),)


def test_a_lost_side_is_keyed_by_hand_into_its_own_sheet(scene: ScanScene) -> None:
    scan = scanned(scene, (FRONT, "h"), (BACK, "h"), (BACK, "m"), (FRONT, "l"), (BACK, "l"))
    scanning.key_missing_by_hand(scene.head, scene.pk, scan.pk, 2)
    assert [(one.sheet, one.line) for one in scene.points(scan)] == [(2, line) for line in range(1, 21)]


def test_a_refused_back_is_keyed_by_hand_as_a_back(scene: ScanScene) -> None:
    pages = [page("h" * 20), page("h" * 20, side=BACK, first=21), page("m" * 20), page("!code_unreadable")]
    scan = scene.scan(scene.divide(12)[0], *pages)
    (refused,) = scene.manifest(scan).refused
    scanning.key_sheet_by_hand(scene.head, scene.pk, scan.pk, refused.key)
    assert {(one.sheet, one.line) for one in scene.points(scan)} == {(2, line) for line in range(21, 41)}
