"""Rounds that were really held, as they were published: counted and checked through the command line."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Done, call, table, toml, write

LEVELS = ("high", "medium", "low")
BOOKS = {"2014": ("nq-35-2012", "2014-07-10"), "2018": ("nq-85-2014", None), "2023": ("nq-96-2023", None)}
"""Year in a round's name → its book, and its day where the page does not print it."""

ONE_DIGIT = {"hdnd-khanhhoa-2023"}
TRUNCATED = {"hdnd-camau-2018"}


def rounds(results: Path) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads((results / "rounds.json").read_text(encoding="utf-8"))
    return known


def rows(results: Path, name: str) -> list[dict[str, str]]:
    with (results / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def round_toml(results: Path, name: str, more: str = "") -> str:
    about = rounds(results)[name]
    book, stated = BOOKS[name[-4:]]
    day = stated or (about["date"][:10] if len(about["date"]) >= 10 else f"{about['date']}-06")
    numbers = {"returned": about["ballots"]}
    if about.get("delegates"):
        numbers["members"] = about["delegates"]
    return toml(book, day, numbers, more, body=about["body"])


def shown(share: str | None) -> str | None:
    """A share with the trailing zeros dropped, as the press prints it, and a decimal point."""
    return None if share is None else format(Decimal(share.replace(",", ".")).normalize(), "f")


def names(results: Path) -> list[str]:
    return sorted(rounds(results))


def tabulated(results: Path, folder: Path, name: str) -> Done:
    """The `ok` rows of a round, counted under its own book."""
    good = [row for row in rows(results, name) if row["check"] == "ok"]
    cells = [[row["line"], f'"{row["post"]}"', *(row[level] for level in LEVELS)] for row in good]
    more = "[rounding]\ndigits = 1\n" if name in ONE_DIGIT else ""
    paths = write(folder, round_toml(results, name, more), table("line,post,high,medium,low", cells))
    return call("tabulate", *paths, "--json")


def test_every_row_that_agrees_with_itself_comes_out_to_the_printed_digit(shared_results: Path, tmp_path: Path) -> None:
    differing, compared = [], 0
    for name in names(shared_results):
        good = [row for row in rows(shared_results, name) if row["check"] == "ok"]
        if not good:
            continue
        done = tabulated(shared_results, tmp_path, name)
        for row, printed in zip(done.document["rows"], good, strict=True):
            for level in LEVELS:
                if printed[f"{level}_pct"]:
                    compared += 1
                    if shown(row["shares"][level]["printed"]) != shown(printed[f"{level}_pct"]):
                        differing.append(
                            (name, row["line"], level, row["shares"][level]["printed"], printed[f"{level}_pct"])
                        )
    assert (differing, compared) == ([], 101)


def test_every_base_is_the_one_that_the_printed_percentages_used(shared_results: Path, tmp_path: Path) -> None:
    differing = []
    for name in names(shared_results):
        used = rounds(shared_results)[name]["denominator"]
        if used is None or not any(row["check"] == "ok" for row in rows(shared_results, name)):
            continue
        value = tabulated(shared_results, tmp_path, name).document["base"]["value"]
        if value != used:
            differing.append((name, value, used))
    assert differing == []


def checked(results: Path, folder: Path, name: str) -> Done:
    """The whole table of a round as it was printed, held against arithmetic."""
    columns = ["line", "post", *LEVELS, *(f"{level}_pct" for level in LEVELS)]
    cells = [[row["line"], f'"{row["post"]}"', *(row[column] for column in columns[2:])] for row in rows(results, name)]
    paths = write(folder, round_toml(results, name), table(",".join(columns), cells))
    return call("check-table", *paths, "--json")


def test_every_bad_row_is_impossible_and_no_good_one_is(shared_results: Path, tmp_path: Path) -> None:
    wrong = []
    for name in names(shared_results):
        done = checked(shared_results, tmp_path, name)
        for printed, row in zip(rows(shared_results, name), done.document["rows"], strict=True):
            if printed["check"] != "partial" and (printed["check"] == "bad") != (row["verdict"] == "impossible"):
                wrong.append((name, printed["line"], printed["check"], row["verdict"]))
    assert wrong == []


def test_a_percentage_that_no_convention_gives_is_told_even_where_its_count_is_missing(
    shared_results: Path, tmp_path: Path
) -> None:
    # Cà Mau 2018 printed "2" where 1 of 53 gives 1,88 (cut off) or 1,89.
    row = checked(shared_results, tmp_path, "hdnd-camau-2018").document["rows"][1]
    assert (row["verdict"], [fault["field"] for fault in row["faults"]]) == ("impossible", ["low_pct"])


def test_the_exit_code_says_whether_a_table_may_be_published(shared_results: Path, tmp_path: Path) -> None:
    codes = {name: checked(shared_results, tmp_path, name).code for name in names(shared_results)}
    assert [name for name, code in codes.items() if code] == [
        "hdnd-camau-2018",
        "hdnd-khanhhoa-2023",
        "hdnd-langson-2018",
    ]


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("hdnd-camau-2018", {"digits": 2, "mode": "truncate"}),
        ("hdnd-khanhhoa-2023", {"digits": 1, "mode": "half-up"}),
        ("hdnd-thuathienhue-2018", {"digits": 2, "mode": "half-up"}),
    ],
)
def test_the_convention_of_a_table_is_recognised(
    shared_results: Path, tmp_path: Path, name: str, best: dict[str, object]
) -> None:
    assert checked(shared_results, tmp_path, name).document["roundings_that_fit"] == [best]


@pytest.mark.parametrize(
    ("name", "base"), [("hdnd-vinhphuc-2023", 47), ("hdnd-camau-2018", 53), ("hdnd-langson-2018", 58)]
)
def test_the_base_of_a_table_is_recognised(shared_results: Path, tmp_path: Path, name: str, base: int) -> None:
    assert checked(shared_results, tmp_path, name).document["bases_that_fit"] == [base]
