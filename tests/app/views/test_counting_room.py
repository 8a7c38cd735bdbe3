"""Phòng kiểm phiếu qua trình duyệt: what the cards of scanned batches say, and when piles may still be divided anew."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.scanned import ScanScene
from tests.app.scene import Scene, sheets
from tinnhiem.app import vault

pytestmark = pytest.mark.django_db

CLEAR, DOUBTFUL = "hhm", "h?0"


def shown(scene: Scene) -> str:
    """The page as the head of the board has it."""
    client = Client()
    client.force_login(scene.head)
    return " ".join(client.get(reverse("counting", args=[scene.pk])).content.decode().split())


def cards(scene: Scene) -> list[tuple[str, str, str]]:
    """State, address and button of every batch."""
    found = re.findall(
        r'<h3>Tập .*?</h3><span class="chip[^"]*">(?:<[^>]*>)*(.*?)</span>.*?href="([^"]*)">(.*?)<', shown(scene)
    )
    return [(re.sub("<[^>]*>", "", state).strip(), url, label) for state, url, label in found]


def test_a_card_says_that_all_is_read_and_how_many_places_wait_and_leads_to_the_desk() -> None:
    scene = ScanScene()
    (batch,) = scene.divide(12)
    scene.scan(batch, *[CLEAR] * 11, DOUBTFUL)
    desk = reverse("adjudication", args=[scene.pk])
    assert cards(scene) == [("đã đọc xong, còn 2 chỗ chờ xem", desk, "Xem chỗ nghi vấn")]


def test_a_card_with_nothing_doubtful_leads_to_the_finish_of_its_scan() -> None:
    scene = ScanScene()
    (batch,) = scene.divide(12)
    scene.scan(batch, *[CLEAR] * 12)
    page = reverse("scanning", args=[scene.pk, batch.pk])
    assert cards(scene) == [("đã đọc xong, chờ bấm Xong lần quét", page, "Mở trang quét")]


def test_a_card_with_a_refused_page_leads_to_the_page_of_the_scan() -> None:
    scene = ScanScene()
    (batch,) = scene.divide(12)
    scene.scan(batch, *[CLEAR] * 11, "!markers_missing")
    page = reverse("scanning", args=[scene.pk, batch.pk])
    assert cards(scene) == [("đã đọc xong, còn 1 trang máy không nhận", page, "Mở trang quét")]


def test_a_batch_that_nobody_scanned_is_offered_to_the_scanner() -> None:
    scene = ScanScene()
    (batch,) = scene.divide(12)
    assert cards(scene) == [("chưa đọc", reverse("scanning", args=[scene.pk, batch.pk]), "Quét tập này")]


def test_dividing_anew_begins_from_the_sizes_there_are() -> None:
    scene = ScanScene()
    scene.divide(7, 5)
    page = shown(scene)
    assert ("Chia lại tập phiếu" in page, 'name="sizes"' in page, 'value="7, 5"' in page) == (True, True, True)


CLOSED = "Đã có tập được quét hoặc nhập nên không chia lại tập phiếu được."


def test_once_a_batch_is_scanned_the_piles_are_not_divided_anew() -> None:
    scene = ScanScene()
    first, _ = scene.divide(7, 5)
    scene.scan(first, *[CLEAR] * 7)
    assert (CLOSED in shown(scene), 'name="sizes"' in shown(scene)) == (True, False)


def test_once_a_batch_is_keyed_the_piles_are_not_divided_anew() -> None:
    scene = Scene()
    scene.open_box()
    (batch,) = scene.divide(12)
    scene.key(batch, 1, sheets(*["hml"] * 12))
    assert (CLOSED in shown(scene), 'name="sizes"' in shown(scene)) == (True, False)


def test_the_heading_over_the_passphrase_says_what_the_box_does() -> None:
    scene = ScanScene()
    scene.divide(12)
    open_ = shown(scene)
    vault.lock(scene.pk)
    locked = shown(scene)
    assert [re.findall(r'id="khoa"><h2>(.*?)</h2>', page) for page in (open_, locked)] == [
        ["Khóa dữ liệu phiếu"],
        ["Mở dữ liệu phiếu"],
    ]
    assert "#lock" not in open_
