"""The counting room: tables key, the board settles, and only what is settled is counted."""

from __future__ import annotations

import pytest

from tests.app.scene import PASSPHRASE, Scene, sheets
from tinnhiem.app import vault
from tinnhiem.app.access import NotAllowed
from tinnhiem.app.actions import batching, entering, house, process, reconciling, result, sealing, totals
from tinnhiem.app.models import Batch, CountRecordRow, EventRow, Keying, Settlement
from tinnhiem.app.queries.sealed import record_of, settled_sheets, sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import Faults
from tinnhiem.poll.count import ReturnedBeyondIssued
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.settle import RulingWithoutReason

pytestmark = pytest.mark.django_db

PILE = sheets("hhm", "hml", "hhh", "mmm", "lhh", "h0h", "hh*", "hhm", "mhh", "hhh", "hhl", "not_issued")


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.open_box()
    return made


@pytest.fixture
def batch(scene: Scene) -> Batch:
    return scene.divide(12)[0]


def read(scene: Scene, keying: Keying) -> list[object]:
    return list(sheets_of(keying, book_of(scene.round), 3))


def test_what_a_table_keys_is_kept_sheet_by_sheet_in_order(scene: Scene, batch: Batch) -> None:
    assert read(scene, scene.key(batch, 1, PILE)) == PILE


def test_a_sheet_keyed_over_replaces_the_one_before_and_is_counted_as_a_correction(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE[:3], finish=False)
    entering.save_sheet(scene.one, scene.pk, keying.pk, 2, PILE[0])
    keying.refresh_from_db()
    assert (read(scene, keying), keying.corrections) == ([PILE[0], PILE[0], PILE[2]], 1)


def test_the_same_sheet_sent_twice_is_one_sheet_and_no_correction(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE[:3], finish=False)
    entering.save_sheet(scene.one, scene.pk, keying.pk, 3, PILE[2])
    keying.refresh_from_db()
    assert (keying.sheets, keying.corrections) == (3, 0)


def test_a_sheet_out_of_turn_is_refused(scene: Scene, batch: Batch) -> None:
    keying = scene.begin(batch, 1)
    with pytest.raises(entering.SheetOutOfTurn):
        entering.save_sheet(scene.one, scene.pk, keying.pk, 2, PILE[0])


def test_no_more_sheets_are_keyed_than_were_counted_by_hand(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE, finish=False)
    with pytest.raises(entering.BatchFull):
        entering.save_sheet(scene.one, scene.pk, keying.pk, 13, PILE[0])


def test_a_batch_is_not_finished_short(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE[:11], finish=False)
    with pytest.raises(entering.BatchShort):
        entering.finish_keying(scene.one, scene.pk, keying.pk)


def test_a_table_does_not_key_the_other_tables_reading(scene: Scene, batch: Batch) -> None:
    with pytest.raises(entering.KeyingNotYours):
        entering.open_keying(scene.one, scene.pk, batch.pk, 2, reader="a", keyer="b")


def test_one_table_enters_twice_only_with_seats_changed(scene: Scene, batch: Batch) -> None:
    round_ = scene.fresh()
    round_.same_table = True
    round_.save()
    scene.key(batch, 1, PILE)
    with pytest.raises(entering.SameSeats):
        entering.open_keying(scene.one, scene.pk, batch.pk, 2, reader="Ngô Văn Nhập 1", keyer="Ngô Văn Nhập 1")


def test_the_head_of_the_board_does_not_key(scene: Scene, batch: Batch) -> None:
    with pytest.raises(NotAllowed):
        entering.open_keying(scene.head, scene.pk, batch.pk, 1, reader="a", keyer="b")


def test_batches_hold_exactly_the_ballots_returned(scene: Scene) -> None:
    with pytest.raises(batching.BatchesDiffer):
        scene.divide(6, 5)


def test_no_batch_is_smaller_than_five_sheets(scene: Scene) -> None:
    with pytest.raises(batching.BatchTooSmall):
        scene.divide(8, 4)


def test_more_ballots_back_than_issued_stop_the_round_before_counting() -> None:
    scene = Scene()
    scene.vote()
    process.record_act(scene.head, scene.pk, "box_opened", "08:30", ("Lý Thị Lan",))
    process.give_ballots(scene.head, scene.pk, scene.kind.pk, returned=13)
    with pytest.raises(Faults) as refused:
        process.record_act(scene.head, scene.pk, "returned_announced", "08:35", ("Lý Thị Lan",))
    assert refused.value.faults == (ReturnedBeyondIssued("", returned=13, issued=12, difference=1),)


def test_a_batch_read_alike_is_settled_with_its_sheets(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, PILE)
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    settlement = Settlement.objects.get(batch=batch)
    assert list(settled_sheets(settlement, book_of(scene.round), 3)) == PILE


def test_a_batch_read_differently_does_not_settle_itself(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("mhm"), *PILE[1:]])
    assert reconciling.settle_if_alike(scene.head, scene.pk, batch.pk) is False


def test_a_misreading_is_settled_by_a_third_look_at_the_paper(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("mhm"), *PILE[1:]])
    reconciling.settle_sheet(scene.head, scene.pk, batch.pk, 1, marks={1: "high"}, invalid=None, looked="Bùi Thị Xem")
    settlement = Settlement.objects.get(batch=batch)
    assert (list(settled_sheets(settlement, book_of(scene.round), 3)), settlement.misread) == (PILE, 1)


def test_who_keyed_a_batch_is_not_the_third_pair_of_eyes(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("mhm"), *PILE[1:]])
    with pytest.raises(reconciling.ThirdPairOfEyes):
        reconciling.settle_sheet(
            scene.head, scene.pk, batch.pk, 1, marks={1: "high"}, invalid=None, looked="Ngô Văn Nhập 1"
        )


def test_the_validity_of_a_line_is_a_ruling_with_a_reason(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("0hm"), *PILE[1:]])
    with pytest.raises(RulingWithoutReason):
        reconciling.settle_sheet(
            scene.head, scene.pk, batch.pk, 1, marks={1: "high"}, invalid=None, looked="Bùi Thị Xem"
        )


def test_a_ruling_stands_in_the_ledger_by_its_reason_and_no_sheet(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("0hm"), *PILE[1:]])
    reconciling.settle_sheet(
        scene.head, scene.pk, batch.pk, 1, marks={1: "high"}, invalid=None, looked="Bùi Thị Xem", reason="dấu rõ"
    )
    event = EventRow.objects.get(code="ruling_made")
    assert event.data == {"batch": "1", "reason": "dấu rõ"}


def test_a_batch_keyed_again_keeps_its_first_keying(scene: Scene, batch: Batch) -> None:
    first = scene.key(batch, 1, PILE)
    entering.key_again(scene.head, scene.pk, batch.pk, 1, "đọc nhầm dòng")
    first.refresh_from_db()
    assert (first.current, read(scene, first)) == (False, PILE)


def test_keying_again_needs_a_reason(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    with pytest.raises(ReasonMissing):
        entering.key_again(scene.head, scene.pk, batch.pk, 1, " ")


def test_nothing_is_counted_while_a_batch_is_open(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    with pytest.raises(Faults) as refused:
        result.make_count(scene.head, scene.pk)
    assert refused.value.faults == (result.BatchOpen(batch="1"),)


def settled(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, PILE)
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)


def test_a_count_says_what_the_sheets_say(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    record = result.make_count(scene.head, scene.pk)
    counts = [(line.counts["high"], line.counts["medium"], line.counts["low"], line.invalid) for line in record.lines]
    assert counts == [(8, 2, 1, 1), (8, 2, 0, 2), (5, 3, 2, 2)]


def test_a_count_is_sealed_until_the_minutes_are_signed(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    result.make_count(scene.head, scene.pk)
    row = CountRecordRow.objects.get()
    assert (row.content, row.fingerprint) == ("", "")


def test_a_signed_record_is_the_one_that_was_counted(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    record = result.make_count(scene.head, scene.pk)
    assert record_of(result.sign(scene.head, scene.pk)) == record


def test_without_the_passphrase_nothing_is_read(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE)
    vault.lock(scene.pk)
    with pytest.raises(vault.VaultShut):
        read(scene, keying)


def test_the_passphrase_opens_what_was_locked(scene: Scene, batch: Batch) -> None:
    keying = scene.key(batch, 1, PILE)
    vault.lock(scene.pk)
    sealing.open_vault(scene.head, scene.pk, PASSPHRASE)
    assert read(scene, keying) == PILE


def test_a_wrong_passphrase_opens_nothing(scene: Scene) -> None:
    vault.lock(scene.pk)
    with pytest.raises(vault.PassphraseWrong):
        sealing.open_vault(scene.head, scene.pk, "một cụm mật khẩu khác hẳn")


def test_sealed_sheets_cannot_change_places(scene: Scene, batch: Batch) -> None:
    one, two = scene.key(batch, 1, PILE), scene.key(batch, 2, PILE)
    two.sealed = one.sealed
    with pytest.raises(vault.SealBroken):
        read(scene, two)


def hand(scene: Scene, batch: Batch, first_line: tuple[int, int, int, int]) -> None:
    rows = [first_line, (8, 2, 0, 2), (5, 3, 2, 2)]
    figures = {
        line: dict(zip(("high", "medium", "low", "invalid"), row, strict=True)) for line, row in enumerate(rows, 1)
    }
    totals.type_hand_tally(scene.head, scene.pk, batch.pk, figures)


def test_a_hand_tally_that_differs_stops_the_count(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    hand(scene, batch, (7, 3, 1, 1))
    with pytest.raises(Faults) as refused:
        result.make_count(scene.head, scene.pk)
    assert refused.value.faults == (result.HandTallyDiffers(batch="1"),)


def test_a_hand_tally_that_agrees_lets_the_count_go_on(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    hand(scene, batch, (8, 2, 1, 1))
    assert result.make_count(scene.head, scene.pk).lines[0].counts == {"high": 8, "medium": 2, "low": 1}


def test_the_boards_written_ruling_lets_the_count_go_on(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    hand(scene, batch, (7, 3, 1, 1))
    totals.rule_on_hand_tally(scene.head, scene.pk, batch.pk, "Kiểm tay đếm nhầm một phiếu, đã đếm lại")
    assert result.make_count(scene.head, scene.pk).lines[0].counts == {"high": 8, "medium": 2, "low": 1}


def test_a_hand_tally_line_must_fill_its_pile(scene: Scene, batch: Batch) -> None:
    with pytest.raises(Faults) as refused:
        hand(scene, batch, (8, 2, 1, 0))
    assert refused.value.faults == (totals.TotalsIncomplete(line=1, sum=11, size=12),)


def signed(scene: Scene, batch: Batch) -> CountRecordRow:
    settled(scene, batch)
    result.make_count(scene.head, scene.pk)
    return result.sign(scene.head, scene.pk)


def test_a_recount_names_the_count_it_supersedes_and_both_stay(scene: Scene, batch: Batch) -> None:
    first = signed(scene, batch)
    result.decide_recount(scene.officer, scene.pk, "Quyết định số 01")
    settled(scene, scene.divide(12)[0])
    second = result.make_count(scene.head, scene.pk)
    assert (second.supersedes, CountRecordRow.objects.count()) == (first.fingerprint, 2)


def test_deleting_the_sheets_leaves_the_record_and_no_sheet(scene: Scene, batch: Batch) -> None:
    row = signed(scene, batch)
    result.delete_sheets(scene.head, scene.pk, "Quyết định số 02")
    row.refresh_from_db()
    left = [bytes(one.sealed) for one in Keying.objects.all()] + [bytes(one.sealed) for one in Settlement.objects.all()]
    assert (set(left), bool(row.content)) == ({b""}, True)


def test_sheets_are_not_deleted_before_the_signing(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    with pytest.raises(result.SheetsStillNeeded):
        result.delete_sheets(scene.head, scene.pk, "Quyết định số 02")


def test_two_people_type_totals_and_must_agree(scene: Scene) -> None:
    round_ = scene.fresh()
    round_.way = "totals"
    round_.save()
    for typing, (table, typist, high) in enumerate([(scene.one, "Vũ A", 9), (scene.two, "Vũ B", 8)], start=1):
        rows = {1: (high, 11 - high, 0, 1), 2: (8, 2, 0, 2), 3: (5, 3, 2, 2)}
        figures = {
            line: dict(zip(("high", "medium", "low", "invalid"), row, strict=True)) for line, row in rows.items()
        }
        totals.type_totals(table, scene.pk, scene.kind, typing, typist, figures)
    with pytest.raises(Faults) as refused:
        result.make_count(scene.head, scene.pk)
    assert refused.value.faults == (result.TotalsDiffer("", line=1),)


def test_a_batch_found_to_hold_another_number_is_corrected_with_a_reason(scene: Scene, batch: Batch) -> None:
    batching.resize_batch(scene.head, scene.pk, batch.pk, 11, "hai phiếu dính nhau đếm nhầm")
    batch.refresh_from_db()
    assert (batch.size, EventRow.objects.filter(code="batch_resized").count()) == (11, 1)


def test_the_number_returned_is_corrected_while_counting_and_stands_in_the_ledger(scene: Scene) -> None:
    process.correct_returned(scene.head, scene.pk, scene.kind.pk, 11, "đếm lại còn 11 phiếu")
    assert (scene.kind.returned, EventRow.objects.get(code="returned_corrected").data["reason"]) == (
        11,
        "đếm lại còn 11 phiếu",
    )


def test_the_number_returned_is_never_corrected_beyond_what_was_issued(scene: Scene) -> None:
    with pytest.raises(Faults):
        process.correct_returned(scene.head, scene.pk, scene.kind.pk, 13, "đếm lại")


def test_the_number_returned_is_not_corrected_after_the_signing(scene: Scene, batch: Batch) -> None:
    signed(scene, batch)
    with pytest.raises(process.NumbersSettled):
        process.correct_returned(scene.head, scene.pk, scene.kind.pk, 11, "đếm lại")


def test_a_batch_of_a_superseded_count_is_only_kept(scene: Scene, batch: Batch) -> None:
    signed(scene, batch)
    result.decide_recount(scene.officer, scene.pk, "Quyết định số 01")
    with pytest.raises(batching.BatchOfAnotherCount):
        reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)


def test_what_changed_after_the_count_is_not_signed(scene: Scene, batch: Batch) -> None:
    scene.key(batch, 1, PILE)
    scene.key(batch, 2, [*sheets("mhm"), *PILE[1:]])
    reconciling.settle_sheet(scene.head, scene.pk, batch.pk, 1, marks={1: "high"}, invalid=None, looked="Bùi Thị Xem")
    result.make_count(scene.head, scene.pk)
    reconciling.settle_sheet(scene.head, scene.pk, batch.pk, 1, marks={1: "medium"}, invalid=None, looked="Bùi Thị Xem")
    with pytest.raises(result.CountOutdated):
        result.sign(scene.head, scene.pk)


def test_a_lost_passphrase_costs_one_keying_from_the_paper(scene: Scene, batch: Batch) -> None:
    settled(scene, batch)
    sealing.renew_vault(scene.head, scene.pk, "một cụm mật khẩu mới tinh")
    settled(scene, batch)
    assert result.make_count(scene.head, scene.pk).lines[0].counts == {"high": 8, "medium": 2, "low": 1}


def test_what_was_sealed_under_a_lost_passphrase_is_kept(scene: Scene, batch: Batch) -> None:
    first = scene.key(batch, 1, PILE)
    sealing.renew_vault(scene.head, scene.pk, "một cụm mật khẩu mới tinh")
    kept = Keying.objects.get(pk=first.pk)
    assert (bytes(kept.sealed), kept.current) == (bytes(first.sealed), False)


def test_deleting_the_sheets_twice_is_deleting_them_once(scene: Scene, batch: Batch) -> None:
    signed(scene, batch)
    result.delete_sheets(scene.head, scene.pk, "Quyết định số 02")
    result.delete_sheets(scene.head, scene.pk, "Quyết định số 03")
    assert EventRow.objects.filter(code="sheets_deleted").count() == 2


def test_a_password_set_anew_during_the_count_stands_in_the_rounds_ledger(scene: Scene) -> None:
    house.set_password(scene.officer, scene.head, "mat-khau-moi-cua-truong-ban")
    assert EventRow.objects.get(code="board_password_set").round == scene.round


def test_an_empty_box_of_a_tally_sheet_is_not_a_nought(scene: Scene, batch: Batch) -> None:
    figures = {line: {"high": 12, "medium": 0, "low": 0} for line in (1, 2, 3)}
    with pytest.raises(Faults) as refused:
        totals.type_hand_tally(scene.head, scene.pk, batch.pk, figures)
    assert refused.value.faults == tuple(totals.TotalsBlank(line=line) for line in (1, 2, 3))
