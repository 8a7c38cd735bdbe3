"""The counting room leads a board through whatever way of reading the round has, one thing at a time."""

from __future__ import annotations

import pytest

from tests.app.scanned import ScanScene
from tests.app.scene import PASSPHRASE, Scene, sheets
from tinnhiem.app import vault
from tinnhiem.app.actions import reconciling, result, sealing
from tinnhiem.app.models import Batch, Keying, Round, Settlement
from tinnhiem.app.queries.counting_step import RoomStep, room_step
from tinnhiem.app.queries.papers import papers_of

pytestmark = pytest.mark.django_db
CLEAR = ("hhm", "hmh", "hhh", "mmh", "hhh", "hmh", "hhm", "hhh", "mhh", "hhh", "hhm", "hhh")


def step_of(scene: Scene) -> RoomStep:
    """What the room says now."""
    round_ = scene.fresh()
    batches = list(Batch.objects.filter(round=round_, count_number=round_.count_number))
    settled = Settlement.objects.filter(batch__in=batches, complete=True).count()
    closed = [Keying.objects.filter(batch=one, current=True, closed_at__isnull=False).count() for one in batches]
    ready = sum(count >= round_.readings for count in closed)
    return room_step(round_, batches=len(batches), waiting=ready - settled, settled=settled)


def test_the_passphrase_comes_first() -> None:
    scene = ScanScene()
    vault.lock(scene.pk)
    assert step_of(scene).sentence == "Nhập cụm mật khẩu để mở dữ liệu phiếu."


def test_then_the_piles_are_divided() -> None:
    assert step_of(ScanScene()).sentence == "Chia tập phiếu và ghi số phiếu đếm tay của từng tập."


def test_a_batch_is_led_to_the_scanner() -> None:
    scene = ScanScene()
    first, _second = scene.divide(6, 6)
    step = step_of(scene)
    assert (step.label, step.place, step.arguments) == ("Quét tập 1", "scanning", (str(first.pk),))


def test_doubtful_places_are_led_to_the_desk() -> None:
    scene = ScanScene()
    scene.scan(scene.divide(12)[0], "h?m", *CLEAR[1:])
    assert (step_of(scene).label, step_of(scene).place) == ("Xem chỗ nghi vấn", "adjudication")


def test_a_scan_without_a_doubt_is_to_be_finished() -> None:
    scene = ScanScene()
    batch = scene.divide(12)[0]
    scene.scan(batch, *CLEAR)
    step = step_of(scene)
    assert (step.label, step.place, step.arguments) == ("Tiếp tục tập 1", "scanning", (str(batch.pk),))


def test_the_next_batch_follows() -> None:
    scene = ScanScene()
    first, second = scene.divide(6, 6)
    scene.finish(scene.scan(first, *CLEAR[:6]))
    assert step_of(scene).arguments == (str(second.pk),)


def test_once_all_is_scanned_the_result_is_counted() -> None:
    scene = ScanScene()
    scene.finish(scene.scan(scene.divide(12)[0], *CLEAR))
    assert (step_of(scene).label, step_of(scene).place) == ("Tổng hợp kết quả", "result")


def test_after_the_count_the_columns_are_looked_through() -> None:
    scene = ScanScene()
    scene.finish(scene.scan(scene.divide(12)[0], *CLEAR))
    result.make_count(scene.head, scene.pk)
    assert (step_of(scene).label, step_of(scene).place) == ("Xem dải ô theo người", "gallery")


def test_where_the_gallery_replaces_the_check_the_minutes_are_signed_next() -> None:
    scene = ScanScene()
    scene.finish(scene.scan(scene.divide(12)[0], *CLEAR))
    result.make_count(scene.head, scene.pk)
    scene.look_through()
    step = step_of(scene)
    assert (step.sentence, step.place) == (
        "In biên bản, đọc lại từng số, Ban kiểm phiếu ký rồi ghi nhận đã ký.",
        "result",
    )


def test_with_a_table_beside_the_scanner_the_table_is_waited_for() -> None:
    scene = ScanScene("scan_keyed")
    scene.finish(scene.scan(scene.divide(12)[0], *CLEAR))
    assert step_of(scene).sentence == "Các bàn tiếp tục nhập phiếu."


def test_scan_and_table_are_reconciled() -> None:
    scene = ScanScene("scan_keyed")
    batch = scene.divide(12)[0]
    scene.finish(scene.scan(batch, *CLEAR))
    scene.key(batch, 2, sheets(*CLEAR))
    assert step_of(scene).sentence == "Đối chiếu tập đã nhập đủ số lần."


def test_after_scan_and_table_the_lot_is_drawn_before_the_signing() -> None:
    scene = ScanScene("scan_keyed")
    batch = scene.divide(12)[0]
    scene.finish(scene.scan(batch, *CLEAR))
    scene.key(batch, 2, sheets(*CLEAR))
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    result.make_count(scene.head, scene.pk)
    scene.look_through()
    step = step_of(scene)
    assert (step.sentence, step.place) == (
        "In biên bản có mã đối chiếu, rồi bốc thăm kiểm tra ngẫu nhiên trước khi ký.",
        "random-check",
    )


def test_a_keyed_round_is_never_sent_to_a_scanner() -> None:
    scene = Scene()
    scene.open_box()
    scene.divide(12)
    assert (step_of(scene).sentence, step_of(scene).place) == ("Các bàn tiếp tục nhập phiếu.", "")


def test_a_keyed_round_is_signed_without_gallery_or_lot() -> None:
    scene = Scene()
    scene.open_box()
    batch = scene.divide(12)[0]
    for station in (1, 2):
        scene.key(batch, station, sheets(*CLEAR))
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    result.make_count(scene.head, scene.pk)
    assert step_of(scene).place == "result"


def test_typed_totals_go_straight_to_the_result() -> None:
    scene = Scene()
    scene.open_box()
    Round.objects.filter(pk=scene.pk).update(way="totals")
    assert step_of(scene).place == "result"


def test_a_lost_passphrase_begins_at_the_scanner_again() -> None:
    scene = ScanScene()
    batch = scene.divide(12)[0]
    scene.finish(scene.scan(batch, *CLEAR))
    vault.lock(scene.pk)
    sealing.renew_vault(scene.head, scene.pk, PASSPHRASE + " mới")
    assert step_of(scene).arguments == (str(batch.pk),)


@pytest.mark.parametrize(
    ("pairing", "told"),
    [
        ("two", ("Nhập từng phiếu vào máy 2 lần độc lập, đối chiếu khớp toàn bộ rồi mới tổng hợp.",)),
        (
            "scan",
            (
                "Phiếu được đọc bằng máy quét; chỗ nào máy nghi vấn thì thành viên Ban kiểm phiếu xem phiếu và kết luận, kết luận khác đề xuất của máy thì hai người xem độc lập.",
                "Ảnh quét không lưu.",
            ),
        ),
    ],
)
def test_the_minutes_tell_how_the_sheets_were_read(pairing: str, told: tuple[str, ...]) -> None:
    scene = Scene()
    Round.objects.filter(pk=scene.pk).update(pairing=pairing)
    assert papers_of(scene.fresh()).counting_method == told
