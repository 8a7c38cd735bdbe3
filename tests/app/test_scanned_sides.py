"""Ballots with a back, 20 names on each side: which pages are one sheet, and what is done where the scanner lost one."""

from __future__ import annotations

import pytest

from tests.app.scanned import ScanScene, page
from tinnhiem.app.actions import scanning
from tinnhiem.app.actions.scanning import SheetsLackSides, SidesApart
from tinnhiem.app.models import Scan
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.scan_manifest import assembled
from tinnhiem.paper.sheet_layout import HASH_SHOWN

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


PILES = {
    "in the same order": ((FRONT, "h"), (FRONT, "m"), (FRONT, "l"), (BACK, "h"), (BACK, "m"), (BACK, "l")),
    "turned over": ((FRONT, "h"), (FRONT, "m"), (FRONT, "l"), (BACK, "l"), (BACK, "m"), (BACK, "h")),
    "backs first": ((BACK, "h"), (BACK, "m"), (BACK, "l"), (FRONT, "h"), (FRONT, "m"), (FRONT, "l")),
}


@pytest.mark.parametrize("pile", PILES)
def test_all_fronts_and_then_all_backs_are_never_put_together(scene: ScanScene, pile: str) -> None:
    scan = scanned(scene, *PILES[pile])
    assert [len(sheet.pages) for sheet in assembled(scan, scene.manifest(scan)).sheets] == [1] * 6


def test_all_fronts_and_then_all_backs_are_told_as_what_they_are(scene: ScanScene) -> None:
    scan = scanned(scene, *PILES["turned over"])
    assert scene.faults(scan) == (SidesApart(pages=3, side=1, others=3, other=2),)


def test_one_lost_back_and_the_next_sheets_lost_front_are_not_taken_for_piles(scene: ScanScene) -> None:
    scan = scanned(scene, (FRONT, "h"), (FRONT, "m"), (BACK, "m"))
    assert (seen(scene, scan), assembled(scan, scene.manifest(scan)).apart) == ([("h", (21,)), ("mm", ())], ())


def test_a_back_in_large_print_is_no_back_of_an_ordinary_front(scene: ScanScene) -> None:
    large = layout_of(scene.round, large_print=True).hash[:HASH_SHOWN]
    pages = [page("h" * 20), page("m" * 20, side=BACK, first=21, layout=large)]
    scan = scene.scan(scene.divide(12)[0], *pages)
    assert seen(scene, scan) == [("h", (21,)), ("m", (1,))]


def test_a_missing_side_is_keyed_by_hand_as_its_own_printing_has_it(scene: ScanScene) -> None:
    layout = layout_of(scene.round, large_print=True)
    first, *rest = layout.sides_of(None)
    lines = [row.line for row in first.rows]
    scan = scene.scan(scene.divide(12)[0], page("h" * len(lines), layout=layout.hash[:HASH_SHOWN]))
    scanning.key_missing_by_hand(scene.head, scene.pk, scan.pk, 1)
    (sheet,) = assembled(scan, scene.manifest(scan)).sheets
    assert [[row.line for row in one.reading.rows] for one in sheet.pages[1:]] == [
        [row.line for row in side.rows] for side in rest
    ]
