"""The plug pulled while a table keys: at most the sheet on the screen is lost, and nothing that was marked lies on the disk."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from tests.secrecy.data_folder import child, found_in, saved_sheets
from tests.secrecy.keying_child import pile

MOMENTS = 50


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    running = child("prepare", folder)
    assert running.wait(timeout=120) == 0
    return folder


def killed_at(prepared: Path, folder: Path, sheets: int, moment: float) -> int:
    """A copy of the folder keyed in until it is killed `moment` seconds after `sheets` were told as saved; the last number told."""
    shutil.copytree(prepared, folder)
    running = child("key", folder)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    told = [running.stdout.readline() for _ in range(sheets)]
    time.sleep(moment)
    running.kill()
    told += running.stdout.read().split()
    running.wait()
    return int(told[-1]) if told else 0


def test_killed_at_fifty_moments_it_loses_at_most_the_sheet_on_the_screen(prepared: Path, tmp_path: Path) -> None:
    dice = random.Random()
    outcomes = []
    for number in range(MOMENTS):
        folder = tmp_path / str(number)
        told = killed_at(prepared, folder, dice.randrange(30), dice.uniform(0, 0.05))
        sheets = saved_sheets(folder)
        outcomes.append((told <= len(sheets) <= told + 1, sheets == pile()[: len(sheets)]))
        shutil.rmtree(folder)
    assert outcomes == [(True, True)] * MOMENTS


def test_after_the_kill_no_mark_stands_in_any_file(prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    told = killed_at(prepared, folder, 10, 0.02)
    assert [found for lines in pile()[: told + 1] for found in found_in(folder, lines)] == []


def test_the_search_finds_a_sheet_that_is_not_sealed(prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    with sqlite3.connect(folder / "tinnhiem.sqlite3") as database:
        database.execute("UPDATE app_round SET process = ?", ['["' + '","'.join(pile()[0]) + '"]'])
    assert found_in(folder, pile()[0]) != []
