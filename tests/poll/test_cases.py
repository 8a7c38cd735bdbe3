"""The golden folders: `tests/cases/rounds` counted, `tests/cases/reconcile` brought together. A new folder is a new test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tinnhiem.law import shelf
from tinnhiem.poll.count import count
from tinnhiem.poll.reading_file import read_readings
from tinnhiem.poll.reconcile import reconcile
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.round_file import read_round
from tinnhiem.poll.rows_file import read_rows
from tinnhiem.poll.sheet import tally

CASES = Path(__file__).parent.parent / "cases"
ROUNDS = sorted(path for path in (CASES / "rounds").iterdir() if path.is_dir())
RECONCILED = sorted(path for path in (CASES / "reconcile").iterdir() if path.is_dir())


def expected(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def counted(case: Path) -> CountRecord:
    round_file = read_round((case / "round.toml").read_bytes())
    book = shelf.book(round_file.rulebook)
    rows = read_rows((case / "rows.csv").read_bytes(), "rows.csv", round_file, book)
    return count(
        rows.tally,
        round_file.numbers,
        book,
        body=round_file.body,
        date=round_file.date,
        slate=rows.slate,
        rounding=round_file.rounding,
    )


@pytest.mark.parametrize("case", ROUNDS, ids=lambda case: case.name)
def test_a_round_counts_to_its_expected_figures(case: Path) -> None:
    record = counted(case)
    lines = [
        {
            "line": line.line,
            "ballot": line.ballot,
            "printed": line.printed,
            "invalid": line.invalid,
            "band": line.binding.band,
        }
        for line in record.lines
    ]
    remarks = [remark.code for remark in record.remarks if remark.code != "base_not_read"]
    assert {"lines": lines, "remarks": remarks} == expected(case)


@pytest.mark.parametrize("case", RECONCILED, ids=lambda case: case.name)
def test_keyed_files_reconcile_to_their_expected_findings(case: Path) -> None:
    round_file = read_round((case / "round.toml").read_bytes())
    book = shelf.book(round_file.rulebook)
    files = [(path.read_bytes(), path.name) for path in sorted(case.glob("?.csv"))]
    keyed = read_readings(files, round_file, book)
    found = reconcile(keyed.readings)
    rows: list[dict[str, int]] = []
    if not found.open:
        added = tally(found.sheets(), keyed.slate, book)
        rows = [line.counts for kind in added.types for line in kind.lines]
    assert {
        "disagreements": [finding.sentence() for finding in found.disagreements],
        "missing": [finding.sentence() for finding in found.missing],
        "rows": rows,
    } == expected(case)
