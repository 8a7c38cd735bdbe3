"""`tinnhiem reconcile`: two stations, or three, held against each other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.cli.running import Done, call, start, toml

STATE = "nq-96-2023"
MARKS = ("high", "medium", "low", "blank", "over", "struck")


def sheets(size: int, seed: int = 7) -> list[list[str]]:
    """Invented sheets of three lines."""
    pen = random.Random(seed)
    return [[pen.choices(MARKS, (60, 25, 10, 3, 1, 1))[0] for _ in range(3)] for _ in range(size)]


def station(path: Path, pile: list[list[str]]) -> Path:
    rows = ["batch,sheet,line,mark"]
    for number, marks in enumerate(pile, start=1):
        if marks[0].startswith("sheet:"):
            rows.append(f"1,{number},,{marks[0]}")
        else:
            rows += [f"1,{number},{line},{mark}" for line, mark in enumerate(marks, start=1)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def reconciled(folder: Path, *piles: list[list[str]], more: tuple[str | Path, ...] = (), returned: int = 30) -> Done:
    subjects = "".join(f'[[subject]]\npost = "Chức danh {line}"\n' for line in (1, 2, 3))
    (folder / "ROUND.toml").write_text(toml(STATE, "2023-12-13", {"returned": returned}, subjects), encoding="utf-8")
    files = [station(folder / f"{name}.csv", pile) for name, pile in zip("ABC", piles, strict=False)]
    return call("reconcile", folder / "ROUND.toml", *files, *more, "--json")


def test_two_stations_that_agree_give_rows(tmp_path: Path) -> None:
    pile = sheets(30)
    document = reconciled(tmp_path, pile, pile).document
    counts = {code: sum(sheet[0] == code for sheet in pile) for code in MARKS[:3]}
    first = {key: document["rows"][0][key] for key in ("line", "ballot", "post", "counts")}
    assert (document["disagreements"], document["missing"], first) == (
        [],
        [],
        {"line": 1, "ballot": None, "post": "Chức danh 1", "counts": counts},
    )


def test_a_differing_mark_is_told_with_both_readings_and_no_rows(tmp_path: Path) -> None:
    pile = sheets(30)
    other = [list(sheet) for sheet in pile]
    pile[6][1], other[6][1] = "high", "low"
    done = reconciled(tmp_path, pile, other)
    told = [(one["batch"], one["sheet"], one["lines"]) for one in done.document["disagreements"]]
    assert (done.code, told, done.document["rows"]) == (0, [(1, 7, [{"line": 2, "marks": ["high", "low"]}])], [])


def test_a_skipped_sheet_is_told_as_a_skipped_sheet(tmp_path: Path) -> None:
    pile = sheets(30)
    pile[6] = ["low", "over", "struck"]
    document = reconciled(tmp_path, pile[:6] + pile[7:], pile).document
    assert (
        document["disagreements"],
        [(one["station"], one["first"], one["message"]) for one in document["missing"]],
    ) == (
        [],
        [(1, 7, "Lần 1 thiếu phiếu thứ 7 của tập 1. Kiểm tra hai phiếu dính nhau.")],
    )


def test_a_pile_keyed_from_the_other_end_still_gives_rows(tmp_path: Path) -> None:
    pile = sheets(30)
    document = reconciled(tmp_path, pile, pile[::-1]).document
    assert ([one["kind"] for one in document["disagreements"]], len(document["rows"])) == (["reversed"], 3)


def test_the_rows_written_are_those_that_tabulate_reads(tmp_path: Path) -> None:
    pile = [*sheets(29), ["sheet:not_issued"]]
    out = tmp_path / "ROWS.csv"
    document = reconciled(tmp_path, pile, pile, more=("--rows-out", out)).document
    rows = call("tabulate", tmp_path / "ROUND.toml", out, "--json").document["rows"]
    assert [row["counts"] for row in rows] == [row["counts"] for row in document["rows"]]


def test_no_rows_are_written_while_something_is_open(tmp_path: Path) -> None:
    pile = sheets(30)
    other = [list(sheet) for sheet in pile]
    pile[6][1], other[6][1] = "high", "low"
    done = reconciled(tmp_path, pile, other, more=("--rows-out", tmp_path / "out.csv"))
    assert (done.code, done.codes, len(done.document["disagreements"]), (tmp_path / "out.csv").exists()) == (
        2,
        ["reconciliation_open"],
        1,
        False,
    )


def test_three_stations_must_agree(tmp_path: Path) -> None:
    pile = sheets(30)
    other = [list(sheet) for sheet in pile]
    pile[0][0], other[0][0] = "high", "low"
    told = reconciled(tmp_path, pile, pile, other).document["disagreements"]
    assert [one["lines"] for one in told] == [[{"line": 1, "marks": ["high", "high", "low"]}]]


def test_sheets_that_are_not_as_many_as_came_back_are_refused(tmp_path: Path) -> None:
    pile = sheets(30)
    done = reconciled(tmp_path, pile, pile, returned=31)
    assert (done.code, done.out, done.codes) == (2, "", ["sheets_not_returned"])


def test_one_file_is_not_two_stations(tmp_path: Path) -> None:
    (tmp_path / "ROUND.toml").write_text(toml(STATE, "2023-12-13", {"returned": 3}), encoding="utf-8")
    file = station(tmp_path / "A.csv", sheets(3))
    done = call("reconcile", tmp_path / "ROUND.toml", file, tmp_path / "." / "A.csv", "--json")
    assert (done.code, done.codes) == (2, ["input_twice"])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("1,1,1,excellent\n", "sheet_mark_unknown"),
        ("1,1,,sheet:torn\n", "sheet_reason_unknown"),
        ("1,1,1,high\n", "sheet_incomplete"),
        ("1,1,1,high\n1,1,1,low\n", "line_twice"),
        ("1,0,1,high\n", "number_too_small"),
        ("1,x,1,high\n", "number_malformed"),
        ("1,1,1\n", "cells_missing"),
    ],
)
def test_a_malformed_station_file_is_refused(tmp_path: Path, rows: str, code: str) -> None:
    reconciled(tmp_path, sheets(30), sheets(30))
    (tmp_path / "B.csv").write_text("batch,sheet,line,mark\n" + rows, encoding="utf-8")
    done = start("reconcile", tmp_path / "ROUND.toml", tmp_path / "A.csv", tmp_path / "B.csv", "--json")
    assert (done.code, done.out, done.codes) == (2, "", [code])


def test_the_human_answer_says_where_to_look(tmp_path: Path) -> None:
    pile = sheets(30)
    pile[6] = ["low", "over", "struck"]
    reconciled(tmp_path, pile[:6] + pile[7:], pile)
    plain = call("reconcile", tmp_path / "ROUND.toml", tmp_path / "A.csv", tmp_path / "B.csv").out
    assert plain.splitlines() == [
        "Lần 1 thiếu phiếu thứ 7 của tập 1. Kiểm tra hai phiếu dính nhau.",
        "Còn 1 chỗ chưa thống nhất.",
    ]
