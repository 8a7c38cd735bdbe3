"""Nhật ký: rulings told apart by where they were made, who sat at the desk, and what nobody outside the board reads before the signing."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.scanned import BOARD, ScanScene
from tests.app.scene import Scene, sheets
from tinnhiem.app.actions import adjudicating, entering, reconciling, result
from tinnhiem.app.models import Account, Scan
from tinnhiem.app.queries.journal import batch_journal
from tinnhiem.app.sentences import BOARDS_OWN_WORDS, EVENTS

pytestmark = pytest.mark.django_db
REASON = "họ tên bị gạch"
WITHHELD = "Lý do: xem được sau khi Ban kiểm phiếu ký biên bản."
PILE = ["hhm", *["hhh"] * 10]
"""Eleven clear sheets; each test adds a twelfth."""


def page(scene: Scene, account: Account) -> str:
    browser = Client()
    browser.force_login(account)
    return browser.get(reverse("journal", args=[scene.pk])).content.decode()


def lines(scene: Scene, account: Account) -> list[str]:
    """The sentences of the ledger as this account reads them."""
    told = re.findall(r"<li value.*?</li>", page(scene, account), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).split(": ", 1)[1] for one in told]


def about(scene: Scene, account: Account, words: str) -> list[str]:
    return [one for one in lines(scene, account) if words in one]


def ruled_on(scene: ScanScene, *, finish: bool = True) -> Scan:
    """One batch, three members, three opinions, one ruling; the last member of the list looked first."""
    scan = scene.scan(scene.divide(12)[0], *PILE, "h?h")
    for member, mark in ((3, "low"), (0, "blank"), (2, "medium")):
        scene.look(scan, 12, 2, member, mark)
    adjudicating.rule(scene.head, scene.pk, scan.pk, 12, 2, mark="struck", reason=REASON)
    if finish:
        scene.finish(scan)
    return scan


def signed(scene: ScanScene) -> None:
    result.make_count(scene.head, scene.pk)
    scene.look_through()
    result.sign(scene.head, scene.pk)


def test_nobody_outside_the_board_reads_the_reason_of_a_ruling_before_the_signing() -> None:
    scene = ScanScene()
    ruled_on(scene)
    told = [f"Ban kiểm phiếu kết luận một trường hợp ở tập 1 khi xem phiếu nghi vấn. {WITHHELD}"]
    assert [about(scene, one, "một trường hợp") for one in (scene.officer, scene.chair)] == [told, told]
    assert [REASON in page(scene, one) for one in (scene.officer, scene.chair)] == [False, False]


def test_the_board_reads_its_own_reasons_at_once() -> None:
    scene = ScanScene()
    ruled_on(scene, finish=False)
    assert about(scene, scene.head, "một trường hợp") == [
        f"Ban kiểm phiếu kết luận một trường hợp ở tập 1 khi xem phiếu nghi vấn. Lý do: {REASON}"
    ]


def test_once_the_minutes_are_signed_everybody_reads_the_reason() -> None:
    scene = ScanScene()
    ruled_on(scene)
    signed(scene)
    assert about(scene, scene.chair, "một trường hợp") == about(scene, scene.head, "một trường hợp")


def test_a_recount_withholds_nothing_that_was_read_before_it() -> None:
    scene = ScanScene()
    ruled_on(scene)
    signed(scene)
    result.decide_recount(scene.officer, scene.pk, "quyết định số 5")
    assert about(scene, scene.chair, "một trường hợp") == about(scene, scene.head, "một trường hợp")


def test_the_reason_of_a_ruling_between_two_tables_is_withheld_too() -> None:
    scene = Scene()
    scene.open_box()
    (batch,) = scene.divide(12)
    for station, last in ((1, "hhh"), (2, "0hh")):
        scene.key(batch, station, sheets(*PILE, last))
    reconciling.settle_sheet(
        scene.head, scene.pk, batch.pk, 12, marks={1: "blank"}, invalid=None, looked="Bùi Thị Xem", reason=REASON
    )
    assert about(scene, scene.officer, "một trường hợp") == [
        f"Ban kiểm phiếu kết luận một trường hợp ở tập 1 khi đối chiếu. {WITHHELD}"
    ]


def test_why_a_batch_is_keyed_again_is_withheld_too() -> None:
    scene = Scene()
    scene.open_box()
    (batch,) = scene.divide(12)
    scene.key(batch, 1, sheets(*PILE, "hhh"))
    entering.key_again(scene.head, scene.pk, batch.pk, 1, REASON)
    assert REASON not in page(scene, scene.officer)


def test_what_is_withheld_is_a_part_of_its_sentence() -> None:
    assert [code for code, value in BOARDS_OWN_WORDS.items() if f"{{{value}}}" not in EVENTS[code][0]] == []


def test_who_sat_at_the_desk_is_named_once_a_batch_in_the_order_of_the_boards_list() -> None:
    scene = ScanScene()
    ruled_on(scene)
    names = f"{BOARD[0]}, {BOARD[2]}, {BOARD[3]}"
    assert about(scene, scene.head, "đã xem chỗ nghi vấn") == [
        f"Tập 1: các thành viên Ban kiểm phiếu đã xem chỗ nghi vấn: {names}."
    ]


def test_nobody_is_named_where_nothing_was_doubtful() -> None:
    scene = ScanScene()
    scene.finish(scene.scan(scene.divide(12)[0], *PILE, "hhh"))
    assert about(scene, scene.head, "đã xem chỗ nghi vấn") == []


def test_a_scan_that_stands_alone_is_not_said_to_be_reconciled() -> None:
    scene = ScanScene()
    ruled_on(scene)
    assert (about(scene, scene.head, "đối chiếu xong"), about(scene, scene.head, "kết quả quét")) == (
        [],
        ["Tập 1: kết quả quét đưa vào tổng hợp; không có lần đọc khác để đối chiếu."],
    )


def test_the_table_counts_the_rulings_at_the_desk_as_the_log_tells_them() -> None:
    scene = ScanScene()
    ruled_on(scene)
    (batch,) = batch_journal(scene.fresh())
    assert (batch.desk_rulings, batch.misread, batch.rulings) == (1, None, None)


def test_rulings_at_the_desk_and_while_reconciling_are_counted_apart() -> None:
    scene = ScanScene("scan_keyed")
    scan = ruled_on(scene)
    scene.key(scan.batch, 2, sheets(*PILE, "h-h"))
    reconciling.settle_if_alike(scene.head, scene.pk, scan.batch_id)
    (batch,) = batch_journal(scene.fresh())
    assert (batch.desk_rulings, batch.misread, batch.rulings) == (1, 0, 0)


def test_whoever_worked_the_scanner_is_not_called_a_keyer() -> None:
    scene = ScanScene()
    ruled_on(scene)
    told = page(scene, scene.head)
    assert ("<td>Vũ Văn Quét (quét)</td>" in told, "<th>Người nhập</th>" in told) == (True, False)


def test_an_act_that_the_minutes_do_not_print_is_not_said_to_be_printed_there() -> None:
    scene = ScanScene()
    ruled_on(scene)
    signed(scene)
    browser = Client()
    browser.force_login(scene.head)
    told = browser.get(reverse("act", args=[scene.pk, "reported_to_chair"])).content.decode()
    assert ("in vào biên bản" in told, "Ghi giờ và họ tên vào nhật ký." in told) == (False, True)


def test_an_act_whose_hour_the_minutes_print_says_so() -> None:
    scene = Scene()
    scene.freeze()
    browser = Client()
    browser.force_login(scene.officer)
    told = browser.get(reverse("act", args=[scene.pk, "box_checked_and_sealed"])).content.decode()
    assert "Ghi giờ và họ tên; giờ in vào biên bản kiểm phiếu." in told
