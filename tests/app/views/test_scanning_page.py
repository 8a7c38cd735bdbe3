"""The scanning page: files in, numbers out, refused pages with what to do; never a mark."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.app.scanned import ScanScene, page
from tinnhiem.app import scan_tray
from tinnhiem.app.models import Batch, Scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def batch(scene: ScanScene) -> Batch:
    return scene.divide(12)[0]


@pytest.fixture
def browser(scene: ScanScene) -> Client:
    client = Client()
    client.force_login(scene.head)
    return client


def address(scene: ScanScene, batch: Batch, what: str = "") -> str:
    return (
        reverse("scanning-act", args=[scene.pk, batch.pk, what])
        if what
        else reverse("scanning", args=[scene.pk, batch.pk])
    )


def text(browser: Client, url: str) -> str:
    content = browser.get(url).content.decode("utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def test_a_scan_is_opened_by_who_scans(scene: ScanScene, batch: Batch, browser: Client) -> None:
    browser.post(address(scene, batch, "mo"), {"operator": "Vũ Văn Quét"})
    assert Scan.objects.get().operator == "Vũ Văn Quét"


def test_the_page_holds_sheets_scanned_against_the_hand_count(scene: ScanScene, batch: Batch, browser: Client) -> None:
    scene.scan(batch, *["hhh"] * 11)
    assert "Quét được 11 phiếu, đếm tay 12." in text(browser, address(scene, batch))


def test_a_refused_page_is_shown_with_its_reason_and_what_to_do(
    scene: ScanScene, batch: Batch, browser: Client
) -> None:
    scene.scan(batch, *["hhh"] * 11, "!code_unreadable")
    shown = text(browser, address(scene, batch))
    assert [
        words in shown for words in ("Không đọc được mã vuông", "Lau kính máy quét", "Nhập tay tờ này", "Quét lại")
    ] == [True] * 4


def test_a_refused_page_is_left_out_from_the_page(scene: ScanScene, batch: Batch, browser: Client) -> None:
    scan = scene.scan(batch, *["hhh"] * 12, "!not_a_ballot")
    (refused,) = scene.manifest(scan).refused
    browser.post(address(scene, batch, "bo-trang"), {"page": refused.key, "reason": "tờ bìa"})
    assert scene.manifest(scan).refused == ()


def test_a_whole_scan_is_finished_from_the_page(scene: ScanScene, batch: Batch, browser: Client) -> None:
    scan = scene.scan(batch, *["hhh"] * 12)
    browser.post(address(scene, batch, "xong"))
    assert scene.again(scan).closed_at is not None


def test_no_mark_and_no_name_stands_on_the_page(scene: ScanScene, batch: Batch, browser: Client) -> None:
    scene.scan(batch, *["h?0"] * 12)
    content = browser.get(address(scene, batch)).content.decode("utf-8")
    assert [word for word in ("high", "blank", "Tín nhiệm cao", "Trần Văn Bình") if word in content] == []


def test_the_page_asks_for_itself_while_pages_are_read(scene: ScanScene, batch: Batch, browser: Client) -> None:
    scan = scene.scan(batch, *["hhh"] * 3)
    scan_tray.tray(scan.pk).running = True
    content = browser.get(address(scene, batch)).content.decode("utf-8")
    scan_tray.empty(scan.pk)
    assert 'hx-trigger="every 1s"' in content


def test_a_table_does_not_open_the_page(scene: ScanScene, batch: Batch) -> None:
    client = Client()
    client.force_login(scene.one)
    assert client.get(address(scene, batch)).status_code == 403


def test_an_upload_of_any_size_never_touches_the_disk(
    scene: ScanScene, batch: Batch, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.scan(batch)
    made: list[object] = []
    for place in ("tempfile.NamedTemporaryFile", "django.core.files.temp.NamedTemporaryFile"):
        monkeypatch.setattr(place, lambda *args, **_: made.append(args))
    large = SimpleUploadedFile("tap.pdf", b"%PDF-1.4 " + bytes(30_000_000))
    browser.post(address(scene, batch, "tep"), {"files": large})
    assert made == []


def test_a_pile_scanned_fronts_first_is_told_with_what_to_do() -> None:
    scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 41)])
    batch = scene.divide(12)[0]
    fronts, backs = [page("h" * 20)] * 12, [page("m" * 20, side=2, first=21)] * 12
    scene.scan(batch, *fronts, *backs)
    browser = Client()
    browser.force_login(scene.head)
    told = text(browser, address(scene, batch))
    assert "12 mặt 1 rồi 12 mặt 2" in told
    assert "bấm Quét lại từ đầu, chọn quét hai mặt (duplex, 2-sided)" in told
    assert ("Nhập tay mặt còn thiếu" in told, told.count("Quét lại từ đầu")) == (False, 2)
