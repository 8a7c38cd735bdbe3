"""Kiểm tra ngẫu nhiên in the house: after the count, before the ballots are sealed, and nothing of a sheet is kept."""

from __future__ import annotations

import msgspec
import pytest

from tests.app.scanned import ScanScene, page
from tests.app.scene import PASSPHRASE, Scene, sheets
from tinnhiem.app import vault
from tinnhiem.app.access import NotAllowed
from tinnhiem.app.actions import process, random_check, reconciling, result, sealing
from tinnhiem.app.actions.batching import CountingNotOpen
from tinnhiem.app.models import Batch, ColumnLook, EventRow, Keying, RandomCheck, Round, Settlement
from tinnhiem.app.queries.random_checks import is_waited_for, recorded_sheet, stage_of
from tinnhiem.app.queries.scan_points import REMOVE
from tinnhiem.app.random_check_state import current, state_of
from tinnhiem.poll.random_check import PlaceNotDrawn
from tinnhiem.poll.random_check import RandomCheck as Check
from tinnhiem.poll.random_sample import Place, SeedNotTenDigits
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import Sheet

pytestmark = pytest.mark.django_db

PILE = sheets(*["hhm"] * 7, *["mhh"] * 4, "h0h", "lhh", "hhh", "mmm", "h*h", "hml", *["hmh"] * 3)
SEED = "4719302658"
CREW = random_check.Crew(drawn_by="Tạ Văn Bốc", read_by="Đỗ Văn Đọc", compared_by="Ngô Văn Nhập")


@pytest.fixture
def scene() -> Scene:
    """Twenty sheets in two batches, keyed twice, settled and counted."""
    made = Scene(voters=len(PILE))
    made.open_box()
    piles = [PILE[:12], PILE[12:]]
    for batch, pile in zip(made.divide(12, 8), piles, strict=True):
        made.key(batch, 1, pile)
        made.key(batch, 2, pile)
        reconciling.settle_if_alike(made.head, made.pk, batch.pk)
    result.make_count(made.head, made.pk)
    return made


def begin(scene: Scene) -> Check:
    random_check.begin_check(scene.head, scene.pk, SEED, CREW)
    return now(scene)


def now(scene: Scene) -> Check:
    row = current(scene.fresh())
    assert row is not None
    return state_of(row).check


def on_paper(place: Place) -> Sheet:
    return PILE[place.position - 1 + (12 if place.batch == 2 else 0)]


def read_all(scene: Scene, *, misread: int = 0) -> Check:
    """Everything that waits is read as it stands, but for the first `misread` sheets."""
    for number, place in enumerate(now(scene).awaited):
        sheet = on_paper(place)
        if number < misread:
            sheet = Sheet(lines=("high" if sheet.lines[0] != "high" else "low", *sheet.lines[1:]))
        random_check.enter_sheet(scene.head, scene.pk, place, sheet)
    return now(scene)


def test_before_the_count_there_is_nothing_to_draw_for() -> None:
    scene = Scene()
    scene.open_box()
    with pytest.raises(random_check.CheckNotNow):
        begin(scene)


def test_the_lot_draws_as_many_places_as_the_sample_says(scene: Scene) -> None:
    check = begin(scene)
    assert (check.seed, [sample.sheets for sample in check.samples], len(check.awaited)) == (
        SEED,
        [20],
        check.samples[0].size,
    )


def test_nine_digits_are_no_lot(scene: Scene) -> None:
    with pytest.raises(SeedNotTenDigits):
        random_check.begin_check(scene.head, scene.pk, "123456789", CREW)


def test_a_lot_is_not_drawn_over(scene: Scene) -> None:
    begin(scene)
    with pytest.raises(random_check.LotDrawnAlready):
        begin(scene)


def test_sheets_that_agree_with_the_paper_end_in_agreement(scene: Scene) -> None:
    begin(scene)
    assert read_all(scene).verdict == "agreed"


def test_a_check_ends_with_its_verdict_in_the_ledger(scene: Scene) -> None:
    begin(scene)
    read_all(scene)
    random_check.close_check(scene.head, scene.pk)
    last = EventRow.objects.filter(round=scene.round).order_by("seq").last()
    assert (last.code if last else "", stage_of(scene.fresh())) == ("random_check_agreed", "closed")


def test_a_check_is_not_ended_while_sheets_are_left(scene: Scene) -> None:
    check = begin(scene)
    with pytest.raises(random_check.CheckUnfinished) as refused:
        random_check.close_check(scene.head, scene.pk)
    assert refused.value == random_check.CheckUnfinished(left=len(check.awaited))


def test_one_difference_waits_for_its_explanation(scene: Scene) -> None:
    begin(scene)
    assert read_all(scene, misread=1).verdict == "unexplained"


def test_two_differences_send_every_sheet_back_to_the_reading(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=2)
    random_check.close_check(scene.head, scene.pk)
    assert (now(scene).verdict, stage_of(scene.fresh())) == ("full_reading", "closed")


def test_reading_every_sheet_again_opens_the_batches_and_keeps_what_was_read(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=2)
    random_check.close_check(scene.head, scene.pk)
    random_check.read_all_again(scene.head, scene.pk)
    assert (
        Keying.objects.filter(current=True).count(),
        Keying.objects.count(),
        Settlement.objects.count(),
        stage_of(scene.fresh()),
    ) == (0, 4, 0, "not_counted")


def test_after_every_sheet_was_read_again_another_lot_is_drawn(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=2)
    random_check.close_check(scene.head, scene.pk)
    random_check.read_all_again(scene.head, scene.pk)
    for batch, pile in zip(Batch.objects.filter(round=scene.round), [PILE[:12], PILE[12:]], strict=True):
        scene.key(batch, 1, pile)
        scene.key(batch, 2, pile)
        reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    result.make_count(scene.head, scene.pk)
    before = stage_of(scene.fresh())
    begin(scene)
    assert (before, RandomCheck.objects.filter(round=scene.round).count(), stage_of(scene.fresh())) == (
        "outdated",
        2,
        "going",
    )


def test_another_lot_is_not_drawn_before_every_sheet_was_read_again(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=2)
    random_check.close_check(scene.head, scene.pk)
    with pytest.raises(random_check.LotDrawnAlready):
        begin(scene)


def test_every_sheet_is_read_again_only_where_the_check_says_so(scene: Scene) -> None:
    begin(scene)
    read_all(scene)
    random_check.close_check(scene.head, scene.pk)
    with pytest.raises(random_check.FullReadingNotDue):
        random_check.read_all_again(scene.head, scene.pk)


def test_after_the_signature_only_a_recount_reads_again(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=2)
    random_check.close_check(scene.head, scene.pk)
    result.sign(scene.head, scene.pk)
    with pytest.raises(CountingNotOpen):
        random_check.read_all_again(scene.head, scene.pk)


def test_a_sheet_read_wrongly_is_read_again_with_the_reason(scene: Scene) -> None:
    begin(scene)
    place = read_all(scene, misread=1).differences[0].place
    random_check.enter_sheet(scene.head, scene.pk, place, on_paper(place), "đọc nhầm dòng")
    assert (now(scene).verdict, now(scene).at(place).again) == ("agreed", ("đọc nhầm dòng",))  # type: ignore[union-attr]


def test_an_explained_difference_asks_for_another_list(scene: Scene) -> None:
    begin(scene)
    place = read_all(scene, misread=1).differences[0].place
    assert random_check.explain(scene.head, scene.pk, place, "phiếu bị gấp khi quét").verdict == "next_list"


def test_another_list_comes_from_the_same_digits_and_agrees_in_the_end(scene: Scene) -> None:
    begin(scene)
    place = read_all(scene, misread=1).differences[0].place
    random_check.explain(scene.head, scene.pk, place, "phiếu bị gấp khi quét")
    random_check.next_list(scene.head, scene.pk)
    after = read_all(scene)
    assert (after.seed, after.lists, len(after.compared), after.verdict) == (SEED, 2, 20, "agreed")


def test_a_sheet_that_no_list_names_is_refused(scene: Scene) -> None:
    drawn = begin(scene).drawn(1)
    lying = [Place(ballot=None, batch=1, position=position) for position in range(1, 13)]
    free = next(place for place in lying if place not in drawn)
    with pytest.raises(PlaceNotDrawn):
        random_check.enter_sheet(scene.head, scene.pk, free, PILE[0])


def test_a_count_made_anew_with_other_figures_needs_a_new_lot(scene: Scene) -> None:
    begin(scene)
    Round.objects.filter(pk=scene.pk).update(digits=1)
    result.make_count(scene.head, scene.pk)
    assert stage_of(scene.fresh()) == "outdated"


def test_nobody_but_the_board_draws(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        random_check.begin_check(scene.officer, scene.pk, SEED, CREW)


def test_until_the_signing_the_check_is_sealed(scene: Scene) -> None:
    begin(scene)
    row = RandomCheck.objects.get(round=scene.round)
    assert (row.content, SEED.encode() in bytes(row.sealed), bool(row.sealed)) == ("", False, True)


def test_the_ledger_does_not_tell_how_many_sheets_were_drawn(scene: Scene) -> None:
    begin(scene)
    told = EventRow.objects.get(round=scene.round, code="random_check_begun")
    assert told.data == {"names": "Tạ Văn Bốc", "seed": SEED}


def test_entering_a_sheet_leaves_no_event(scene: Scene) -> None:
    begin(scene)
    before = EventRow.objects.filter(round=scene.round).count()
    read_all(scene)
    assert EventRow.objects.filter(round=scene.round).count() == before


def test_with_the_signature_the_check_comes_out_of_the_seal(scene: Scene) -> None:
    check = begin(scene)
    result.sign(scene.head, scene.pk)
    row = RandomCheck.objects.get(round=scene.round)
    assert (bytes(row.sealed), state_of(row).check) == (b"", check)


def test_the_check_goes_on_after_the_signature_and_stays_in_clear(scene: Scene) -> None:
    begin(scene)
    result.sign(scene.head, scene.pk)
    read_all(scene)
    vault.lock(scene.pk)
    assert now(scene).verdict == "agreed"


def test_what_is_kept_has_no_mark(scene: Scene) -> None:
    begin(scene)
    read_all(scene, misread=1)
    told = msgspec.json.encode(now(scene)).decode()
    assert [mark for mark in ("high", "medium", "low", "blank", "over") if mark in told] == []


def test_once_the_ballots_are_sealed_no_lot_is_drawn(scene: Scene) -> None:
    result.sign(scene.head, scene.pk)
    process.record_act(scene.head, scene.pk, "ballots_sealed", "11:00", ("Lý Thị Lan",))
    with pytest.raises(random_check.CheckNotNow):
        begin(scene)


def test_once_the_sheets_are_deleted_no_lot_is_drawn(scene: Scene) -> None:
    result.sign(scene.head, scene.pk)
    result.delete_sheets(scene.head, scene.pk, "12-QĐ/ĐU ngày 30/12/2023")
    with pytest.raises(random_check.CheckNotNow):
        begin(scene)


def test_a_lost_passphrase_takes_the_check_with_it(scene: Scene) -> None:
    begin(scene)
    vault.lock(scene.pk)
    sealing.renew_vault(scene.head, scene.pk, PASSPHRASE + " mới")
    assert (RandomCheck.objects.count(), stage_of(scene.fresh())) == (0, "not_counted")


def test_the_board_may_do_without_and_says_why(scene: Scene) -> None:
    random_check.decline_check(scene.head, scene.pk, "họp đã muộn")
    assert (stage_of(scene.fresh()), EventRow.objects.filter(code="random_check_declined").count()) == ("declined", 1)


def test_doing_without_needs_a_reason(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        random_check.decline_check(scene.head, scene.pk, " ")


def test_a_lot_once_drawn_is_not_declined(scene: Scene) -> None:
    begin(scene)
    with pytest.raises(random_check.CheckNotNow):
        random_check.decline_check(scene.head, scene.pk, "họp đã muộn")


def test_below_two_hundred_scanned_sheets_the_gallery_replaces_the_lot(scene: Scene) -> None:
    Round.objects.filter(pk=scene.pk).update(pairing="scan")
    before = stage_of(scene.fresh())
    for subject in scene.round.subjects.all():
        ColumnLook.objects.create(subject=subject, member="Lý Thị Lan", done=True)
    assert (before, stage_of(scene.fresh())) == ("gallery_first", "gallery")


def test_a_batch_that_is_read_again_holds_the_check_up(scene: Scene) -> None:
    begin(scene)
    Settlement.objects.filter(batch__number=2).update(complete=False, sealed=b"")
    assert stage_of(scene.fresh()) == "reopened"


def test_a_row_that_the_board_decided_on_is_no_misreading_of_the_machine() -> None:
    scanned = ScanScene("scan_keyed")
    batch = scanned.divide(12)[0]
    scan = scanned.scan(batch, "?hh", *["hhh"] * 11)
    for member in (0, 1):
        scanned.look(scan, 1, 1, member, "medium")
    scanned.finish(scan)
    scanned.key(batch, 2, sheets("mhh", *["hhh"] * 11))
    reconciling.settle_if_alike(scanned.head, scanned.pk, batch.pk)
    sheet, ruled = recorded_sheet(scanned.fresh(), Place(ballot=None, batch=1, position=1))
    clear = recorded_sheet(scanned.fresh(), Place(ballot=None, batch=1, position=2))
    assert (sheet.lines, ruled, clear) == (
        ("medium", "high", "high"),
        frozenset({1}),
        (Sheet(lines=("high", "high", "high")), frozenset()),
    )


def test_a_sheet_scanned_twice_does_not_move_the_decisions_of_those_after_it() -> None:
    scanned = ScanScene("scan_keyed")
    batch = scanned.divide(12)[0]
    twice = [page("hhh", trace=b"same"), page("hhh", trace=b"same")]
    scan = scanned.scan(batch, *twice, "?hh", *["hhh"] * 10)
    (twin, doubt) = scanned.points(scan)
    for member in (0, 1):
        scanned.look(scan, twin.sheet, twin.line, member, REMOVE, "cùng một tờ")
        scanned.look(scan, doubt.sheet, doubt.line, member, "medium")
    scanned.finish(scan)
    scanned.key(batch, 2, sheets("hhh", "mhh", *["hhh"] * 10))
    reconciling.settle_if_alike(scanned.head, scanned.pk, batch.pk)
    ruled = [recorded_sheet(scanned.fresh(), Place(ballot=None, batch=1, position=n))[1] for n in (1, 2, 3)]
    assert ruled == [frozenset(), frozenset({1}), frozenset()]


def test_keyed_rounds_may_check_but_are_not_asked_to(scene: Scene) -> None:
    assert (stage_of(scene.fresh()), is_waited_for(scene.fresh())) == ("ready", False)


def test_a_round_of_typed_totals_has_no_sheet_to_check() -> None:
    scene = Scene()
    Round.objects.filter(pk=scene.pk).update(way="totals")
    assert stage_of(scene.fresh()) == "no_sheets"


def test_the_check_changes_no_keying(scene: Scene) -> None:
    before = [bytes(one.sealed) for one in Keying.objects.order_by("pk")]
    begin(scene)
    read_all(scene)
    assert [bytes(one.sealed) for one in Keying.objects.order_by("pk")] == before
