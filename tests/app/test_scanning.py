"""Scanning a batch: pages are taken in once, refused pages are dealt with, and a finished scan is a reading like any other."""

from __future__ import annotations

import msgspec
import pytest

from tests.app.scanned import TOLD, ScanScene, file, page, told
from tests.app.scene import PASSPHRASE, sheets
from tinnhiem.app import scan_store, scan_tray, vault
from tinnhiem.app.access import NotAllowed
from tinnhiem.app.actions import adjudicating, batching, entering, reconciling, result, scanning, sealing
from tinnhiem.app.actions.scanning import (
    PagesAstray,
    RefusedPagesLeft,
    ScanCountDiffers,
    ScanPageWaits,
)
from tinnhiem.app.actions.taking_in import ReadingStopped, ScanReadAlready
from tinnhiem.app.models import Batch, EventRow, Keying, Scan, Settlement
from tinnhiem.app.queries.sealed import settled_sheets, sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.paper.scan.image_errors import NotAnImage
from tinnhiem.paper.scan.read_files import PageRead, Piece
from tinnhiem.poll.round import ReasonMissing

pytestmark = pytest.mark.django_db

PILE = ("hhm", "hml", "hhh", "mmm", "lhh", "hhh", "hhm", "hhm", "mhh", "hhh", "hhl", "lll")


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def batch(scene: ScanScene) -> Batch:
    return scene.divide(12)[0]


def signs(scene: ScanScene, scan: Scan) -> list[str]:
    """What was read on each page that counts, in scan order."""
    return ["".join((row.choice or "?")[0] for row in page.reading.rows) for page in scene.manifest(scan).counted]


def test_pages_are_kept_in_scan_order(scene: ScanScene, batch: Batch) -> None:
    assert signs(scene, scene.scan(batch, *PILE)) == list(PILE)


def test_every_page_has_an_image_of_its_name(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE)
    assert sorted(page.key for page in scene.manifest(scan).pages) == list(scan_store.keys(scene.pk))


def test_a_file_brought_twice_is_read_once(scene: ScanScene, batch: Batch) -> None:
    scan, brought = scene.scan(batch), file(*PILE)
    scene.take(scan, brought)
    scene.take(scan, brought)
    assert signs(scene, scan) == list(PILE)


def test_a_file_that_was_read_into_another_batch_is_refused(scene: ScanScene) -> None:
    first, second = scene.divide(6, 6)
    brought = file(*PILE[:6], name="tap-1.tif")
    scene.take(scene.scan(first), brought)
    other = scene.scan(second)
    scene.take(other, brought)
    now = scanning.progress(scene.head, scene.pk, other.pk)
    assert (now.pages, now.troubles) == (0, (ScanReadAlready(file="tap-1.tif", batch="1"),))


def test_a_file_that_is_no_image_is_told_and_the_others_are_read(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch)
    scene.take(scan, scanning.FileTaken(name="ghi-chu.txt", data=b"khong phai anh"), file(*PILE))
    now = scanning.progress(scene.head, scene.pk, scan.pk)
    assert (now.pages, now.troubles) == (12, (NotAnImage("ghi-chu.txt"),))


def stopping_after(scan: Scan, pages: int) -> scanning.Reader:
    """A reader during whose work somebody presses stop."""
    seen: list[int] = []

    def read(piece: Piece) -> tuple[PageRead, ...]:
        seen.extend(piece.indexes)
        if len(seen) == pages:
            scan_tray.tray(scan.pk).stop.set()
        return told(piece)

    return scanning.Reader(read=read, duplicates=TOLD.duplicates, jobs=1, background=False)


def test_stopped_reading_keeps_what_was_read_and_what_waits(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch)
    scanning.take_in(scene.head, scene.pk, scan.pk, [file(*PILE)], reader=stopping_after(scan, 5))
    now = scanning.progress(scene.head, scene.pk, scan.pk)
    assert (now.pages, now.waiting, now.running) == (5, 7, False)


def test_reading_goes_on_with_the_first_page_not_read(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch)
    scanning.take_in(scene.head, scene.pk, scan.pk, [file(*PILE)], reader=stopping_after(scan, 5))
    scanning.go_on(scene.head, scene.pk, scan.pk, reader=TOLD)
    assert signs(scene, scan) == list(PILE)


def test_after_the_program_ended_the_same_file_is_read_from_where_it_was(scene: ScanScene, batch: Batch) -> None:
    scan, brought = scene.scan(batch), file(*PILE)
    scanning.take_in(scene.head, scene.pk, scan.pk, [brought], reader=stopping_after(scan, 5))
    scan_tray.empty(scan.pk)
    asked: list[int] = []

    def read(piece: Piece) -> tuple[PageRead, ...]:
        asked.extend(piece.indexes)
        return told(piece)

    again = scanning.Reader(read=read, duplicates=TOLD.duplicates, jobs=1, background=False)
    scanning.take_in(scene.head, scene.pk, scan.pk, [brought], reader=again)
    assert (asked, signs(scene, scan)) == ([5, 6, 7, 8, 9, 10, 11], list(PILE))


def test_what_goes_wrong_while_reading_is_told_and_nothing_saved_is_lost(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:3])

    def read(piece: Piece) -> tuple[PageRead, ...]:
        raise ZeroDivisionError

    broken = scanning.Reader(read=read, duplicates=TOLD.duplicates, jobs=1, background=False)
    scanning.take_in(scene.head, scene.pk, scan.pk, [file(*PILE[3:])], reader=broken)
    now = scanning.progress(scene.head, scene.pk, scan.pk)
    assert (now.pages, now.waiting, now.troubles) == (3, 9, (ReadingStopped(),))


def test_a_vault_locked_while_reading_stops_it_without_loss(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch)

    def read(piece: Piece) -> tuple[PageRead, ...]:
        if piece.indexes == (4,):
            vault.lock(scene.pk)
        return told(piece)

    locking = scanning.Reader(read=read, duplicates=TOLD.duplicates, jobs=1, background=False)
    scanning.take_in(scene.head, scene.pk, scan.pk, [file(*PILE)], reader=locking)
    sealing.open_vault(scene.head, scene.pk, PASSPHRASE)
    now = scanning.progress(scene.head, scene.pk, scan.pk)
    assert (now.pages, now.waiting, now.troubles) == (4, 8, (vault.VaultShut(),))


def test_an_image_whose_page_was_never_saved_goes_when_the_vault_is_opened(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE)
    scan_store.put(scene.pk, "0" * 32, b"left by a pulled plug")
    sealing.open_vault(scene.head, scene.pk, PASSPHRASE)
    assert list(scan_store.keys(scene.pk)) == sorted(page.key for page in scene.manifest(scan).pages)


def test_a_white_back_is_left_out_without_a_word(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, "hhh", "!blank_page", "mmm", "!blank_page")
    assert (signs(scene, scan), scene.manifest(scan).refused) == (["hhh", "mmm"], ())


def test_a_table_does_not_scan(scene: ScanScene, batch: Batch) -> None:
    with pytest.raises(NotAllowed):
        scanning.open_scan(scene.one, scene.pk, batch.pk, operator="Vũ Văn Quét")


def test_a_round_that_is_keyed_is_not_scanned() -> None:
    scene = ScanScene("two")
    with pytest.raises(scanning.ScanNotAsked):
        scene.scan(scene.divide(12)[0])


def test_batches_are_not_divided_anew_once_one_is_scanned(scene: ScanScene, batch: Batch) -> None:
    scene.scan(batch)
    with pytest.raises(batching.BatchInHand):
        scene.divide(6, 6)


def test_a_scan_with_a_refused_page_is_not_finished(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:11], "!markers_missing")
    assert scene.faults(scan) == (RefusedPagesLeft(count=1),)


def test_a_scan_with_pages_that_wait_is_not_finished(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch)
    scanning.take_in(scene.head, scene.pk, scan.pk, [file(*PILE)], reader=stopping_after(scan, 5))
    assert scene.faults(scan) == (ScanPageWaits(count=7),)


def test_a_scan_with_a_doubtful_row_is_not_finished(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:11], "h?0")
    assert scene.faults(scan) == (adjudicating.PointsOpen(count=2),)


@pytest.mark.parametrize("scanned", [PILE[:11], (*PILE, "hhh")])
def test_a_scan_whose_sheets_are_not_the_hand_count_is_not_finished(
    scene: ScanScene, batch: Batch, scanned: tuple[str, ...]
) -> None:
    scan = scene.scan(batch, *scanned)
    with pytest.raises(ScanCountDiffers) as refused:
        scene.finish(scan)
    assert refused.value == ScanCountDiffers(batch="1", size=12, scanned=len(scanned))


def test_a_page_scanned_again_stands_in_the_place_of_the_refused_one(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:4], "!markers_missing", *PILE[5:])
    (refused,) = scene.manifest(scan).refused
    scene.take(scan, file(PILE[4]), in_place_of=refused.key)
    assert signs(scene, scan) == list(PILE)


def test_a_page_left_out_leaves_no_image_and_no_reading(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE)
    key = scene.manifest(scan).pages[0].key
    scanning.drop_page(scene.head, scene.pk, scan.pk, key, reason="không phải phiếu")
    assert (key in scan_store.keys(scene.pk), scene.manifest(scan).pages[0].reading.rows) == (False, ())


def test_a_page_is_not_left_out_without_a_reason(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE)
    with pytest.raises(ReasonMissing):
        scanning.drop_page(scene.head, scene.pk, scan.pk, scene.manifest(scan).pages[0].key, reason=" ")


def test_pages_left_out_stand_in_the_ledger_by_number_and_reason(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE, "!not_a_ballot")
    (refused,) = scene.manifest(scan).refused
    scanning.drop_page(scene.head, scene.pk, scan.pk, refused.key, reason="tờ bìa")
    assert EventRow.objects.get(code="scan_pages_dropped").data == {"batch": "1", "count": 1, "reason": "tờ bìa"}


def test_a_sheet_that_could_not_be_read_is_keyed_by_two_members(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:11], "!markers_missing")
    (refused,) = scene.manifest(scan).refused
    scanning.key_sheet_by_hand(scene.head, scene.pk, scan.pk, refused.key)
    for member in (0, 1):
        adjudicating.look_at_sheet(
            scene.head, scene.pk, scan.pk, 12, member_id=scene.members[member], marks=dict.fromkeys((1, 2, 3), "low")
        )
    scene.finish(scan)
    assert list(sheets_of(Keying.objects.get(), book_of(scene.round), 3)) == sheets(*PILE)


def test_a_sheet_the_scanner_could_not_draw_in_is_added_by_hand(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE[:11])
    scanning.add_sheet_by_hand(scene.head, scene.pk, scan.pk)
    assert [(one.sheet, one.line, one.reason) for one in scene.points(scan)] == [(12, n, "by_hand") for n in (1, 2, 3)]


def test_a_finished_scan_is_station_one_and_its_sheets_are_what_was_read(scene: ScanScene, batch: Batch) -> None:
    scene.finish(scene.scan(batch, *PILE))
    keying = Keying.objects.get()
    assert (keying.station, list(sheets_of(keying, book_of(scene.round), 3))) == (1, sheets(*PILE))


def test_where_the_scan_stands_alone_it_settles_the_batch(scene: ScanScene, batch: Batch) -> None:
    scene.finish(scene.scan(batch, *PILE))
    assert list(settled_sheets(Settlement.objects.get(), book_of(scene.round), 3)) == sheets(*PILE)


def test_a_scanned_round_is_counted_like_any_other(scene: ScanScene, batch: Batch) -> None:
    scene.finish(scene.scan(batch, *PILE))
    record = result.make_count(scene.head, scene.pk)
    counts = [(line.counts["high"], line.counts["medium"], line.counts["low"]) for line in record.lines]
    assert counts == [(8, 2, 2), (9, 2, 1), (5, 4, 3)]


def test_a_scan_and_a_table_are_held_against_each_other() -> None:
    scene = ScanScene("scan_keyed")
    batch = scene.divide(12)[0]
    scene.finish(scene.scan(batch, *PILE))
    scene.key(batch, 2, sheets("mhm", *PILE[1:]))
    found = reconciling.reconciliation_of(batch).disagreements
    assert [one.sheet for one in found] == [1]


def test_a_scan_and_a_table_that_say_the_same_settle_the_batch() -> None:
    scene = ScanScene("scan_keyed")
    batch = scene.divide(12)[0]
    scene.finish(scene.scan(batch, *PILE))
    scene.key(batch, 2, sheets(*PILE))
    assert reconciling.settle_if_alike(scene.head, scene.pk, batch.pk) is True


def test_the_scanners_reading_is_not_keyed(scene: ScanScene, batch: Batch) -> None:
    with pytest.raises(entering.StationScanned):
        scene.begin(batch, 1)


def test_a_finished_scan_takes_no_more_pages(scene: ScanScene, batch: Batch) -> None:
    scan = scene.scan(batch, *PILE)
    scene.finish(scan)
    with pytest.raises(scanning.ScanClosed):
        scene.take(scan, file("hhh"))


def test_a_batch_scanned_again_keeps_its_first_scan() -> None:
    scene = ScanScene("scan_keyed")
    batch = scene.divide(12)[0]
    first = scene.scan(batch, *PILE)
    scene.finish(first)
    scanning.scan_again(scene.head, scene.pk, batch.pk, "quét lẫn hai tập")
    scene.finish(scene.scan(batch, *PILE))
    kept = [(one.attempt, one.current) for one in Scan.objects.all()]
    assert (kept, [(one.attempt, one.current) for one in Keying.objects.all()]) == ([(1, False), (2, True)],) * 2


def test_a_batch_is_not_scanned_again_without_a_reason(scene: ScanScene, batch: Batch) -> None:
    scene.scan(batch)
    with pytest.raises(ReasonMissing):
        scanning.scan_again(scene.head, scene.pk, batch.pk, " ")


def test_pages_of_another_ballot_type_hold_the_batch_up(scene: ScanScene, batch: Batch) -> None:
    stray = msgspec.structs.replace(page("hhh"), ballot="khac")
    assert scene.faults(scene.scan(batch, *PILE, stray)) == (PagesAstray(count=1),)
