"""From a round to its papers: how the minutes tell a scan, the gallery, rulings, and pictures that are gone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.app.scanned import BOARD, ScanScene
from tests.app.scene import Scene
from tinnhiem.app.actions import adjudicating, images, result
from tinnhiem.app.models import Round
from tinnhiem.app.queries.papers import papers_of

pytestmark = pytest.mark.django_db
CLEAR = ["hhh"] * 12


def scanned(*, looked: bool = True) -> ScanScene:
    """A round scanned and counted, every strip looked through."""
    scene = ScanScene()
    scene.finish(scene.scan(scene.divide(12)[0], *CLEAR))
    result.make_count(scene.head, scene.pk)
    if looked:
        scene.look_through()
    return scene


def test_whoever_worked_the_scanner_is_named_in_the_minutes() -> None:
    told = papers_of(scanned().fresh()).counting_method[0]
    assert told.startswith("Phiếu được đọc bằng máy quét (người quét: Vũ Văn Quét); ")


@pytest.mark.parametrize(
    ("pairing", "work"),
    [("scan", "quét phiếu"), ("scan_keyed", "quét và nhập phiếu"), ("two", "nhập phiếu"), ("three", "nhập phiếu")],
)
def test_helpers_are_said_to_have_done_what_they_did(pairing: str, work: str) -> None:
    scene = Scene()
    Round.objects.filter(pk=scene.pk).update(pairing=pairing)
    assert papers_of(scene.fresh()).helpers_work == work


def test_the_gallery_is_told_where_it_took_the_place_of_the_random_check() -> None:
    assert papers_of(scanned().fresh()).counting_method[1] == (
        "Thay cho kiểm tra ngẫu nhiên (số phiếu thu về dưới 200), trước khi ký biên bản, Ban kiểm phiếu xem lại từng ô của tất cả "
        f"những người được lấy phiếu (người xem: {BOARD[0]})."
    )


def test_the_gallery_of_a_large_round_is_not_told_as_the_random_check() -> None:
    scene = scanned()
    scene.round.ballot_types.update(returned=200)
    assert papers_of(scene.fresh()).counting_method[1] == (
        f"Trước khi ký biên bản, Ban kiểm phiếu xem lại hết các dải ô phải xem lại (người xem: {BOARD[0]})."
    )


def test_a_gallery_that_nobody_looked_through_is_not_told() -> None:
    assert papers_of(scanned(looked=False).fresh()).counting_method[1:] == ("Ảnh quét không lưu.",)


def test_rulings_of_one_reason_are_told_once_with_their_number() -> None:
    scene = ScanScene()
    scan = scene.scan(scene.divide(12)[0], *CLEAR[:9], "?hh", "?hh", "h?h")
    reasons = ("họ tên bị gạch", "Họ tên bị  gạch.", "nét mờ, không rõ ý")
    for sheet, (line, reason) in enumerate(zip((1, 1, 2), reasons, strict=True), start=10):
        for member, mark in enumerate(("low", "blank", "medium")):
            scene.look(scan, sheet, line, member, mark)
        adjudicating.rule(scene.head, scene.pk, scan.pk, sheet, line, mark="struck", reason=reason)
    assert papers_of(scene.fresh()).rulings == ("Họ tên bị gạch: 2 trường hợp", "Nét mờ, không rõ ý: 1 trường hợp")


def test_before_the_signing_no_picture_is_said_to_be_deleted() -> None:
    assert papers_of(scanned().fresh()).pictures_deleted is None


def test_the_day_on_which_the_pictures_went_comes_from_the_ledger() -> None:
    scene = scanned()
    result.sign(scene.head, scene.pk)
    assert papers_of(scene.fresh()).pictures_deleted == timezone.localdate()


def test_the_button_of_the_annex_says_that_its_pictures_are_gone() -> None:
    scene = scanned()
    browser = Client()
    browser.force_login(scene.head)
    before = browser.get(reverse("adjudication", args=[scene.pk])).content.decode()
    result.sign(scene.head, scene.pk)
    after = browser.get(reverse("adjudication", args=[scene.pk])).content.decode()
    day = timezone.localdate().strftime("%d/%m/%Y")
    told = (f"Ảnh quét đã xóa ngày {day}", "Tải phụ lục không còn hình (PDF)", "Tải phụ lục (PDF)")
    assert ([words in before for words in told], [words in after for words in told]) == (
        [False, False, True],
        [True, True, False],
    )


def test_pictures_deleted_before_the_signing_are_not_promised_on_the_page_of_the_result() -> None:
    scene = scanned()
    images.delete_images(scene.head, scene.pk)
    browser = Client()
    browser.force_login(scene.head)
    shown = browser.get(reverse("result", args=[scene.pk])).content.decode()
    assert ("Tải phụ lục không còn hình (PDF)" in shown, "ký xong ảnh bị xóa" in shown) == (True, False)
