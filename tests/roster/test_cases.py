"""Untidy rosters: every folder of tests/cases/rosters holds a file and what must be understood of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.roster.told import read_case, told

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "cases" / "rosters").glob("*/expected.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_an_untidy_roster_is_understood_as_its_golden_file_says(folder: Path):
    assert told(read_case(folder)) == json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def test_there_are_at_least_twelve_untidy_rosters():
    assert len(CASES) >= 12
