"""`tinnhiem roster`: who is in a file, and which cells must be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import call, start

CASES = sorted((Path(__file__).parents[1] / "cases" / "rosters").glob("*/roster.*"))
FILES = [path for path in CASES if path.suffix in {".xlsx", ".xls", ".ods"}]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_exit_code_says_whether_the_list_could_be_saved(path: Path) -> None:
    done = call("roster", path, "--json")
    assert (done.code, len(done.faults)) == (2 if done.document["faults"] else 0, len(done.document["faults"]))


def test_a_fault_names_its_cell() -> None:
    wrong = next(path for path in FILES if path.parent.name == "11-o-loi")
    done = call("roster", wrong, "--json")
    assert (done.code, done.faults, {"code", "where", "message"} - set(done.faults[0])) == (
        2,
        done.document["faults"],
        set(),
    )


def test_people_come_with_family_and_given_name_apart() -> None:
    filled = next(path for path in FILES if path.parent.name == "16-tep-mau-da-dien")
    document = start("roster", filled, "--json").document
    person = document["people"][0]
    assert f"{person['family_name']} {person['given_name']}" == person["full_name"]


def test_the_human_answer_lists_the_people_and_the_faults_apart() -> None:
    wrong = next(path for path in FILES if path.parent.name == "11-o-loi")
    done = call("roster", wrong)
    assert (done.code, "Họ và tên" in done.out, len(done.err.splitlines())) == (
        2,
        True,
        len(call("roster", wrong, "--json").faults),
    )
