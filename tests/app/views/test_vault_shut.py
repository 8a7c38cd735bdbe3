"""Pages that need the sheets open: each leads to where the board types the passphrase, and from there back."""

from __future__ import annotations

import html
import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.scanned import ScanScene
from tests.app.scene import PASSPHRASE
from tinnhiem.app import vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def browser(scene: ScanScene) -> Client:
    client = Client()
    client.force_login(scene.head)
    return client


def pages(scene: ScanScene) -> dict[str, str]:
    batch: UUID = scene.divide(12)[0].pk
    return {
        "scanning": reverse("scanning", args=[scene.pk, batch]),
        "adjudication": reverse("adjudication", args=[scene.pk]),
        "gallery": reverse("gallery", args=[scene.pk]),
    }


@pytest.mark.parametrize("name", ["scanning", "adjudication", "gallery"])
def test_a_locked_page_leads_to_the_passphrase_and_comes_back(scene: ScanScene, browser: Client, name: str) -> None:
    here = pages(scene)[name]
    vault.lock(scene.pk)
    (way,) = re.findall(r'<a class="button button--primary" href="([^"]+)"', browser.get(here).content.decode())
    room = browser.get(html.unescape(way).partition("#")[0]).content.decode()
    (after,) = re.findall(r'name="sau" value="([^"]+)"', room)
    answer = browser.post(reverse("counting-passphrase", args=[scene.pk]), {"passphrase": PASSPHRASE, "sau": after})
    assert (answer["Location"], vault.is_open(scene.pk)) == (here, True)


def test_a_wrong_passphrase_does_not_lose_the_way_back(scene: ScanScene, browser: Client) -> None:
    here = pages(scene)["gallery"]
    vault.lock(scene.pk)
    address = reverse("counting-passphrase", args=[scene.pk])
    answer = browser.post(address, {"passphrase": "sai hẳn rồi đấy", "sau": here}, follow=True)
    assert f'name="sau" value="{here}"' in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://vidu.vn/", "//vidu.vn/", "/\\vidu.vn", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_to_another_house(scene: ScanScene, browser: Client, elsewhere: str) -> None:
    vault.lock(scene.pk)
    sent = {"passphrase": PASSPHRASE, "sau": elsewhere}
    answer = browser.post(reverse("counting-passphrase", args=[scene.pk]), sent)
    assert answer["Location"] == reverse("counting", args=[scene.pk])
