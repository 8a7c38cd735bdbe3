"""What leaves the house after a scanned round: every paper and data file, opened down to its properties, holds nothing of a sheet, a page or a scan."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.conftest import cheap_hashing
from tests.app.scanned import ScanScene
from tests.secrecy.data_folder import shapes_of
from tinnhiem.app import scan_store
from tinnhiem.app.actions import images, result
from tinnhiem.app.views.papers import DATA_FILES
from tinnhiem.documents.kinds import KINDS

__all__ = ["cheap_hashing"]

LINES = 24
SIGNS = {"h": "high", "m": "medium", "l": "low"}


@pytest.fixture
def scene(db: None) -> ScanScene:
    """A round of twelve sheets, scanned, signed, its images kept by decision."""
    made = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, LINES + 1)])
    scan = made.scan(made.divide(12)[0], *pile())
    images.keep_images(made.officer, made.pk, "Quyết định số 05-QĐ/HU")
    made.finish(scan)
    result.make_count(made.head, made.pk)
    made.look_through()
    result.sign(made.head, made.pk)
    return made


def pile() -> list[str]:
    dice = random.Random(96)
    return ["".join(dice.choice("hml") for _ in range(LINES)) for _ in range(12)]


def exported(scene: ScanScene) -> Iterator[tuple[str, bytes]]:
    """Every file a person can download, and every part of those that are packed."""
    browser = Client()
    browser.force_login(scene.head)
    papers = [(one.id, form) for one in KINDS for form in one.formats]
    addresses = [reverse("paper", args=[scene.pk, *one]) for one in papers]
    addresses += [reverse("papers-data", args=[scene.pk, name]) for name in DATA_FILES]
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer) if answer.streaming else answer.content
        yield address, content
        if content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from ((f"{address} {name}", archive.read(name)) for name in archive.namelist())


def test_no_exported_file_holds_a_sheet(scene: ScanScene) -> None:
    shapes = [shape for signs in pile() for shape in shapes_of(tuple(SIGNS[sign] for sign in signs)).values()]
    found = [where for where, content in exported(scene) if any(shape in content for shape in shapes)]
    assert found == []


def test_no_exported_file_names_a_page_or_a_scanned_file(scene: ScanScene) -> None:
    names = [*(key.encode() for key in scan_store.keys(scene.pk)), b"tap.tif"]
    found = [where for where, content in exported(scene) if any(name in content for name in names)]
    assert (len(names), found) == (13, [])


def test_who_scanned_is_named_in_the_minutes_alone_among_the_boards_helpers(scene: ScanScene) -> None:
    found = {where for where, content in exported(scene) if "Vũ Văn Quét".encode() in content}
    assert {where.partition("/van-ban/")[2].partition(" ")[0] for where in found} == {"minutes.docx"}


def test_the_properties_of_an_office_file_name_nobody(scene: ScanScene) -> None:
    told = {
        word
        for where, content in exported(scene)
        if where.endswith("docProps/core.xml")
        for word in ("Lý Thị Lan", "truongban", "Vũ Văn Quét")
        if word in content.decode("utf-8")
    }
    assert told == set()
