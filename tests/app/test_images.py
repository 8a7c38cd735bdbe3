"""Scanned images: gone with the signing unless a decision keeps them, and out of the house only as an encrypted whole."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from tests.app.scanned import ScanScene
from tinnhiem.app import scan_store
from tinnhiem.app.access import NotAllowed
from tinnhiem.app.actions import images, result
from tinnhiem.app.models import EventRow, Scan

pytestmark = pytest.mark.django_db

DECISION = "Quyết định số 05-QĐ/HU ngày 18/7/2023"


@pytest.fixture
def scene() -> ScanScene:
    return ScanScene()


def counted(scene: ScanScene) -> Scan:
    scan = scene.scan(scene.divide(12)[0], *["hml"] * 12)
    scene.finish(scan)
    result.make_count(scene.head, scene.pk)
    return scan


def sign(scene: ScanScene) -> None:
    scene.look_through()
    result.sign(scene.head, scene.pk)


def test_without_a_decision_the_images_go_with_the_signing(scene: ScanScene) -> None:
    counted(scene)
    sign(scene)
    assert (images.images_left(scene.round), EventRow.objects.get(code="images_deleted").data["count"]) == (0, 12)


def test_a_decision_with_its_number_keeps_them(scene: ScanScene) -> None:
    counted(scene)
    images.keep_images(scene.officer, scene.pk, DECISION)
    sign(scene)
    assert (images.images_left(scene.round), EventRow.objects.get(code="images_kept").data) == (
        12,
        {"decision": DECISION},
    )


def test_the_decision_is_not_taken_after_the_signing(scene: ScanScene) -> None:
    counted(scene)
    sign(scene)
    with pytest.raises(images.SignedAlready):
        images.keep_images(scene.officer, scene.pk, DECISION)


def test_images_are_not_deleted_before_the_count(scene: ScanScene) -> None:
    scene.scan(scene.divide(12)[0], *["hml"] * 12)
    with pytest.raises(images.ImagesStillNeeded):
        images.delete_images(scene.head, scene.pk)


def test_images_are_not_deleted_while_strips_are_still_to_be_looked_through(scene: ScanScene) -> None:
    counted(scene)
    with pytest.raises(images.ImagesStillNeeded):
        images.delete_images(scene.head, scene.pk)


def test_the_board_deletes_them_once_the_result_is_counted(scene: ScanScene) -> None:
    counted(scene)
    scene.look_through()
    assert (images.delete_images(scene.head, scene.pk), scan_store.folder(scene.pk).exists()) == (12, False)


def test_what_a_decision_keeps_needs_a_decision_to_go(scene: ScanScene) -> None:
    counted(scene)
    scene.look_through()
    images.keep_images(scene.officer, scene.pk, DECISION)
    with pytest.raises(images.ImagesKeptByDecision):
        images.delete_images(scene.head, scene.pk)


def test_a_table_does_not_delete_images(scene: ScanScene) -> None:
    counted(scene)
    with pytest.raises(NotAllowed):
        images.delete_images(scene.one, scene.pk)


def test_without_a_decision_nothing_is_copied_out(scene: ScanScene) -> None:
    counted(scene)
    with pytest.raises(images.ImagesNotKept):
        images.export_images(scene.head, scene.pk)


def exported(scene: ScanScene) -> zipfile.ZipFile:
    counted(scene)
    images.keep_images(scene.officer, scene.pk, DECISION)
    return zipfile.ZipFile(io.BytesIO(images.export_images(scene.head, scene.pk)))


def test_every_file_copied_out_stands_in_the_list_with_its_hash(scene: ScanScene) -> None:
    archive = exported(scene)
    names = [name for name in archive.namelist() if name != images.HASHES]
    listed = "".join(f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}\n" for name in sorted(names))
    assert archive.read(images.HASHES).decode("utf-8") == listed


def test_what_is_copied_out_is_the_sealed_files_as_they_lie(scene: ScanScene) -> None:
    archive = exported(scene)
    keys = scan_store.keys(scene.pk)
    assert [archive.read(f"{key}.sealed") for key in keys] == [
        scan_store.path_of(scene.pk, key).read_bytes() for key in keys
    ]


def test_the_copy_tells_no_time_no_system_and_no_order(scene: ScanScene) -> None:
    archive = exported(scene)
    entries = {
        (one.date_time, one.create_system, one.external_attr, one.extra, one.comment) for one in archive.infolist()
    }
    names = [name for name in archive.namelist() if name != images.HASHES]
    same = (images.ZIP_TIME, 0, images.ZIP_MODE, b"", b"")
    assert (entries, names, archive.comment) == ({same}, sorted(names), b"")


def test_a_copy_stands_in_the_ledger_with_the_hash_of_the_whole(scene: ScanScene) -> None:
    counted(scene)
    images.keep_images(scene.officer, scene.pk, DECISION)
    whole = images.export_images(scene.head, scene.pk)
    assert EventRow.objects.get(code="images_exported").data["digest"] == hashlib.sha256(whole).hexdigest()


def test_deleting_the_sheets_leaves_no_image_and_no_manifest(scene: ScanScene) -> None:
    scan = counted(scene)
    images.keep_images(scene.officer, scene.pk, DECISION)
    sign(scene)
    result.delete_sheets(scene.head, scene.pk, "Quyết định số 06")
    scan.refresh_from_db()
    assert (images.images_left(scene.round), bytes(scan.manifest), bytes(scan.looks)) == (0, b"", b"")
