"""Trang Ảnh quét: kept only by decision, deleted by an act, copied out only sealed."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.scanned import ScanScene
from tinnhiem.app.actions import result
from tinnhiem.app.actions.images import images_left
from tinnhiem.app.models import EventRow

pytestmark = pytest.mark.django_db
CLEAR = ["hhh"] * 12
DECISION = {"name": "Ban Thường vụ Huyện ủy", "number": "15-QĐ/HU", "day": "18/07/2023"}


@pytest.fixture
def scene() -> ScanScene:
    """A round scanned and counted, its images on the disk."""
    made = ScanScene()
    made.finish(made.scan(made.divide(12)[0], *CLEAR))
    result.make_count(made.head, made.pk)
    made.look_through()
    return made


def at(account: object) -> Client:
    browser = Client()
    browser.force_login(account)  # type: ignore[arg-type]
    return browser


def address(scene: ScanScene, name: str = "images") -> str:
    return reverse(name, args=[scene.pk])


def shown(scene: ScanScene, account: object) -> str:
    return at(account).get(address(scene)).content.decode()


def test_by_default_nothing_is_kept_and_the_page_says_why(scene: ScanScene) -> None:
    page = shown(scene, scene.officer)
    assert ("<dd>không</dd>" in page, "Quét phiếu có thể bị coi là sao chụp phiếu" in page) == (True, True)


def test_keeping_needs_a_name_a_number_and_a_day(scene: ScanScene) -> None:
    answers = [
        at(scene.officer).post(address(scene, "images-keep"), {key: DECISION[key] for key in DECISION if key != left})
        for left in DECISION
    ]
    assert ([one.status_code for one in answers], scene.fresh().keep_images_decision) == ([422, 422, 422], "")


def test_the_decision_to_keep_is_recorded(scene: ScanScene) -> None:
    at(scene.officer).post(address(scene, "images-keep"), DECISION)
    told = EventRow.objects.get(round=scene.round, code="images_kept").data
    assert (scene.fresh().keep_images_decision, told) == (
        "Ban Thường vụ Huyện ủy, số 15-QĐ/HU ngày 18/07/2023",
        {"decision": "Ban Thường vụ Huyện ủy, số 15-QĐ/HU ngày 18/07/2023"},
    )


def test_the_decision_can_be_taken_back(scene: ScanScene) -> None:
    browser = at(scene.officer)
    browser.post(address(scene, "images-keep"), DECISION)
    browser.post(address(scene, "images-keep"), {"drop": "1"})
    assert scene.fresh().keep_images_decision == ""


def test_the_board_deletes_them_by_an_act(scene: ScanScene) -> None:
    before = images_left(scene.round)
    page = at(scene.head).post(address(scene, "images-delete"), follow=True).content.decode()
    assert (before, "Đã xóa 12 ảnh." in page, images_left(scene.round)) == (12, True, 0)


def test_without_a_decision_to_keep_nothing_is_copied_out(scene: ScanScene) -> None:
    answer = at(scene.head).post(address(scene, "images-export"), follow=True)
    assert "Đợt này không lưu ảnh quét nên không chép ra ngoài." in answer.content.decode()


def test_what_is_copied_out_is_sealed_files_and_their_hashes(scene: ScanScene) -> None:
    at(scene.officer).post(address(scene, "images-keep"), DECISION)
    answer = at(scene.head).post(address(scene, "images-export"))
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert (answer.headers["Content-Type"], [name for name in names if not name.endswith(".sealed")]) == (
        "application/zip",
        ["SHA256SUMS"],
    )


def test_the_organiser_does_not_copy_or_delete(scene: ScanScene) -> None:
    browser = at(scene.officer)
    statuses = [browser.post(address(scene, name)).status_code for name in ("images-delete", "images-export")]
    assert (statuses, images_left(scene.round)) == ([403, 403], 12)
