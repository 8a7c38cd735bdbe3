"""The watched folder: a network scanner's files are read once they lie still, and their originals go once every page is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django

from tests.app.scanned import TOLD, ScanScene, file
from tinnhiem.app import vault
from tinnhiem.app.actions import scanning, watched_folder
from tinnhiem.app.models import Scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    settings.WATCH = tmp_path
    return tmp_path


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


@pytest.fixture
def scan(scene: ScanScene, folder: Path) -> Iterator[Scan]:
    made = scene.scan(scene.divide(12)[0])
    watched_folder.watch(scene.head, scene.pk, made.pk)
    yield made
    watched_folder.stop_watching(scene.head, scene.pk)


def dropped(folder: Path, name: str, *pages: str) -> Path:
    """A file as the scanner leaves it."""
    path = folder / name
    path.write_bytes(bytes(file(*pages).data))  # type: ignore[arg-type]
    return path


def looks(times: int) -> None:
    for _ in range(times):
        watched_folder.look_once(TOLD)


def read(scene: ScanScene, scan: Scan) -> int:
    return scanning.progress(scene.head, scene.pk, scan.pk).pages


def test_a_file_is_taken_once_it_lies_still(scene: ScanScene, scan: Scan, folder: Path) -> None:
    dropped(folder, "0001.tif", "hhh", "mmm")
    looks(1)
    before = read(scene, scan)
    looks(1)
    assert (before, read(scene, scan)) == (0, 2)


def test_a_file_that_still_grows_is_left_alone(scene: ScanScene, scan: Scan, folder: Path) -> None:
    path = dropped(folder, "0001.tif", "hhh", "mmm")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    looks(1)
    path.write_bytes(whole)
    looks(1)
    assert read(scene, scan) == 0


def test_the_original_goes_when_its_pages_are_saved(scan: Scan, folder: Path) -> None:
    dropped(folder, "0001.tif", "hhh", "mmm")
    looks(2)
    assert list(folder.iterdir()) == []


def test_the_original_stays_where_a_page_could_not_be_opened(scan: Scan, folder: Path) -> None:
    path = dropped(folder, "0001.tif", "hhh", "!unreadable_image")
    looks(3)
    assert list(folder.iterdir()) == [path]


def test_a_file_that_is_no_scan_stays_where_it_is(scene: ScanScene, scan: Scan, folder: Path) -> None:
    (folder / "huong-dan.txt").write_text("không phải ảnh", encoding="utf-8")
    looks(3)
    assert ([path.name for path in folder.iterdir()], read(scene, scan)) == (["huong-dan.txt"], 0)


def test_files_are_read_in_the_order_of_their_names(scene: ScanScene, scan: Scan, folder: Path) -> None:
    dropped(folder, "0002.tif", "mmm")
    dropped(folder, "0001.tif", "hhh")
    looks(2)
    seen = [page.reading.rows[0].choice for page in scene.manifest(scan).pages]
    assert seen == ["high", "medium"]


def test_nothing_is_taken_while_no_scan_watches(scene: ScanScene, scan: Scan, folder: Path) -> None:
    watched_folder.stop_watching(scene.head, scene.pk)
    path = dropped(folder, "0001.tif", "hhh")
    looks(3)
    assert list(folder.iterdir()) == [path]


def test_a_locked_vault_ends_the_watching_and_the_file_stays(scene: ScanScene, scan: Scan, folder: Path) -> None:
    path = dropped(folder, "0001.tif", "hhh")
    looks(1)
    vault.lock(scene.pk)
    looks(1)
    assert (watched_folder.watching(), list(folder.iterdir())) == (None, [path])


def test_without_a_folder_no_scan_watches(scene: ScanScene, settings: pytest_django.Settings) -> None:
    settings.WATCH = None
    made = scene.scan(scene.divide(12)[0])
    with pytest.raises(watched_folder.NoWatchedFolder):
        watched_folder.watch(scene.head, scene.pk, made.pk)
