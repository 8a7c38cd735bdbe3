"""A scan on the disk: the plug pulled while pages are read, and every byte of the folder looked at afterwards."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from tests.app import hand_drawn
from tests.secrecy.data_folder import SCANNING, child, found_in, found_shapes
from tests.secrecy.scanning_child import SHEETS, pile

MOMENTS = 6


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder with a scan open, and the scanner's file of its batch."""
    place = tmp_path_factory.mktemp("scan")
    (place / "data").mkdir()
    running = child("prepare", place / "data", place / "tap-1.pdf", script=SCANNING)
    assert running.wait(timeout=300) == 0
    return place / "data", place / "tap-1.pdf"


@pytest.fixture(scope="module")
def scanned(prepared: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder after the whole file was read, and where temporary files would be."""
    folder, temporary = tmp_path_factory.mktemp("whole") / "data", tmp_path_factory.mktemp("temporary")
    shutil.copytree(prepared[0], folder)
    running = child("scan", folder, prepared[1], script=SCANNING, temporary=temporary)
    assert running.wait(timeout=300) == 0
    return folder, temporary


def told(folder: Path, file: Path) -> list[tuple[int, tuple[str, ...], str]]:
    """What is saved: the page's place in the file, its marks, its name."""
    running = child("tell", folder, file, script=SCANNING)
    content, _ = running.communicate(timeout=120)
    return [(index, tuple(marks), key) for index, marks, key in json.loads(content)]


def killed_at(prepared: tuple[Path, Path], folder: Path, pages: int, moment: float) -> int:
    """A copy of the folder, scanned into until it is killed `moment` seconds after `pages` were told as saved; the last number told."""
    if not folder.exists():
        shutil.copytree(prepared[0], folder)
    running = child("scan", folder, prepared[1], script=SCANNING)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    said = [running.stdout.readline() for _ in range(pages)]
    time.sleep(moment)
    running.kill()
    said += running.stdout.read().split()
    running.wait()
    numbers = [int(one) for one in said if one.strip().isdecimal()]
    return numbers[-1] if numbers else 0


def test_killed_while_pages_are_read_it_loses_nothing_saved_and_reads_no_page_twice(
    prepared: tuple[Path, Path], tmp_path: Path
) -> None:
    dice = random.Random()
    folder = tmp_path / "data"
    outcomes = []
    for moment in range(MOMENTS):
        saved = killed_at(prepared, folder, 1 + dice.randrange(4), dice.uniform(0, 0.15))
        pages = told(folder, prepared[1])
        outcomes.append((moment, saved <= len(pages), [index for index, _, _ in pages] == list(range(len(pages)))))
    assert outcomes == [(moment, True, True) for moment in range(MOMENTS)]
    running = child("scan", folder, prepared[1], script=SCANNING)
    assert running.wait(timeout=300) == 0
    assert [(index, marks) for index, marks, _ in told(folder, prepared[1])] == list(enumerate(pile()))


def test_read_off_the_request_by_several_processes_the_pages_stand_in_their_order(
    prepared: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(prepared[0], tmp_path / "data")
    running = child("background", tmp_path / "data", prepared[1], script=SCANNING)
    assert running.wait(timeout=300) == 0
    assert [(index, marks) for index, marks, _ in told(tmp_path / "data", prepared[1])] == list(enumerate(pile()))


def test_no_mark_stands_in_any_file(scanned: tuple[Path, Path]) -> None:
    assert [found for place in scanned for lines in pile() for found in found_in(place, lines)] == []


def test_nothing_of_the_scanners_file_stands_in_any_file(
    prepared: tuple[Path, Path], scanned: tuple[Path, Path]
) -> None:
    content = prepared[1].read_bytes()
    pieces = {str(at): content[at : at + 24] for at in range(0, len(content) - 24, len(content) // 200)}
    words = {word: word.encode() for word in (hand_drawn.MODEL, hand_drawn.OWNER, "tap-1.pdf")}
    wide = {word: word.encode("utf-16-be") for word in (hand_drawn.MODEL, hand_drawn.OWNER)}
    assert [found_shapes(place, shapes) for place in scanned for shapes in (pieces, words, wide)] == [[]] * 6


def test_nothing_is_left_where_temporary_files_would_be(scanned: tuple[Path, Path]) -> None:
    assert list(scanned[1].rglob("*")) == []


def test_a_backup_of_the_database_tells_no_mark(scanned: tuple[Path, Path], tmp_path: Path) -> None:
    with sqlite3.connect(scanned[0] / "tinnhiem.sqlite3") as database, sqlite3.connect(tmp_path / "copy") as copy:
        database.backup(copy)
    assert [found for lines in pile() for found in found_in(tmp_path, lines)] == []


def test_the_search_finds_what_is_not_sealed(prepared: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "left.tmp").write_bytes(prepared[1].read_bytes())
    assert found_shapes(tmp_path, {"maker": hand_drawn.MODEL.encode("utf-16-be")}) == ["maker in left.tmp"]


def images(folder: Path) -> list[Path]:
    return [path for path in (folder / "scans").rglob("*") if path.is_file()]


def test_every_image_has_a_random_name_and_the_one_time(scanned: tuple[Path, Path]) -> None:
    found = images(scanned[0])
    names = {len(path.stem) == 32 and path.suffix == ".sealed" for path in found}
    times = {path.stat().st_mtime for path in (*found, scanned[0] / "scans", *(scanned[0] / "scans").iterdir())}
    assert (len(found), names, times) == (SHEETS, {True}, {946_684_800.0})


def test_the_names_do_not_tell_the_order_of_the_pages(prepared: tuple[Path, Path], scanned: tuple[Path, Path]) -> None:
    keys = [key for _, _, key in told(scanned[0], prepared[1])]
    assert keys not in (sorted(keys), sorted(keys, reverse=True))


def test_the_length_of_an_image_tells_whole_steps_only(scanned: tuple[Path, Path]) -> None:
    # 24 bytes of nonce and 16 of seal round a multiple of 65,536.
    assert {(path.stat().st_size - 40) % 65_536 for path in images(scanned[0])} == {0}


def test_only_the_owner_reads_an_image(scanned: tuple[Path, Path]) -> None:
    assert {path.stat().st_mode & 0o777 for path in images(scanned[0])} == {0o600}
