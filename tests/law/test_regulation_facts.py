"""Every fact of the regulation notes is a value of a book, or is left out with a reason; none is lost in between.

The notes (`regulation.md`) lie beside the checkout. A fact there is a row of a table, an item of a list, or a paragraph, in the
sections named below; `tests/cases/regulation_facts.csv` says of each where it stands.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from tinnhiem.law import shelf
from tinnhiem.law.value_path import find

HERE = Path(__file__).resolve()
FACTS = HERE.parent.parent / "cases" / "regulation_facts.csv"
SECTIONS = ("A2", "A3", "A4", "A5", "A6", "A7", "A8", "B2", "B3", "B4", "B5", "B6", "B7", "C")

with FACTS.open(encoding="utf-8", newline="") as opened:
    ROWS = list(csv.DictReader(opened))


def notes() -> str:
    beside = [parent / "shared" for parent in HERE.parents[3:] if (parent / "shared" / "domain").is_dir()]
    shared = Path(os.environ.get("TINNHIEM_SHARED", (beside or [HERE.parents[3] / "shared"])[0]))
    path = shared / "domain" / "regulation.md"
    if not path.is_file():
        pytest.fail(
            f"The notes on the regulations are not at {path}. Put the folder `shared` beside the checkout, "
            "or name it in the environment variable TINNHIEM_SHARED.",
            pytrace=False,
        )
    return path.read_text(encoding="utf-8")


def count_facts(text: str) -> dict[str, int]:
    """How many rows, items and paragraphs stand under each section of the notes."""
    counted: dict[str, int] = {}
    section, inside = "", ""
    for line in text.splitlines():
        heading = re.match(r"#{1,2} (?:PART )?(\w+)", line)
        if heading:
            section, inside = heading.group(1), ""
        elif not line.strip() or set(line) == {"-"}:
            inside = ""
        elif re.fullmatch(r"\|[-| ]+\|", line):
            # the line under a table's head: the head just counted was none of its rows
            counted[section] -= 1
        else:
            kind = "row" if line.startswith("|") else "item" if re.match(r"\s*(- |\d+\. )", line) else "text"
            goes_on = kind == "text" and not line.startswith("**") and (inside == "text" or (inside and line[0] == " "))
            if not goes_on:
                counted[section] = counted.get(section, 0) + 1
                inside = kind
    return {name: counted.get(name, 0) for name in SECTIONS}


def test_each_section_of_the_notes_has_as_many_facts_as_are_accounted_for() -> None:
    told = {name: sum(1 for row in ROWS if row["section"] == name) for name in SECTIONS}
    assert told == count_facts(notes())


def test_the_facts_of_a_section_are_numbered_in_order() -> None:
    for name in SECTIONS:
        ordinals = [int(row["ordinal"]) for row in ROWS if row["section"] == name]
        assert ordinals == list(range(1, len(ordinals) + 1))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['section']}-{row['ordinal']}" for row in ROWS])
def test_a_fact_stands_in_its_book_or_is_left_out_with_a_reason(row: dict[str, str]) -> None:
    stands = row["stands"]
    if stands.startswith("left_out:"):
        assert len(stands.removeprefix("left_out:").split()) >= 5
        return
    for place in stands.split():
        book_id, _, path = place.partition(":")
        value = find(shelf.book(book_id), path).value
        assert isinstance(value, (str, int))
        assert value != ""


def test_few_facts_are_left_out() -> None:
    left_out = [row["words"] for row in ROWS if row["stands"].startswith("left_out:")]
    assert left_out == [
        "voters per post",
        "sources of the section",
        "valid or not",
        "timetable of one session",
        "after the rating",
        "cases",
        "rounds held",
        "how names are marked",
    ]


@pytest.mark.parametrize("book_id", ["qd-96-2023", "nq-96-2023", "nq-96-2023-bo-phieu"])
def test_a_book_in_force_tells_no_fact_that_the_notes_do_not_have(book_id: str) -> None:
    places = {place for row in ROWS for place in row["stands"].split()}
    strangers = [fact.code for fact in shelf.book(book_id).facts if f"{book_id}:facts.{fact.code}.text" not in places]
    assert strangers == []
