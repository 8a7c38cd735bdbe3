"""`tinnhiem check-table`: what an office runs before it publishes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Done, call, start, table, toml, write

COLUMNS = "line,post,high,medium,low,high_pct,medium_pct,low_pct"


def check(folder: Path, *rows: list[object], returned: int = 47) -> Done:
    return call(
        "check-table",
        *write(folder, toml("nq-96-2023", "2023-12-13", {"returned": returned}), table(COLUMNS, rows)),
        "--json",
    )


def test_a_table_that_agrees_with_itself_is_clean(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "Chủ tịch", 19, 2, 25, "40.43", "4.26%", '"53,19 %"'])
    assert (done.code, [row["verdict"] for row in done.document["rows"]]) == (0, ["ok"])


def test_a_percentage_that_its_count_does_not_give_is_told_with_the_right_one(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "A", 19, 2, 25, 40.43, 4.26, 53.91], [2, "B", 33, 8, 6, 70.21, 17.02, 12.77])
    assert (done.code, done.document["rows"][0]["faults"]) == (
        1,
        [{"field": "low_pct", "printed": "53.91", "expected": "53,19"}],
    )


def test_marks_beyond_the_ballots_are_impossible(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "A", 33, 10, 6, "", "", ""])
    assert (done.code, done.document["rows"][0]["verdict"]) == (1, "impossible")


def test_a_row_that_lacks_something_is_incomplete_and_no_fault(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "A", "", "", "", 70.21, "", ""])
    assert (done.code, done.document["rows"][0]) == (
        0,
        {"line": 1, "ballot": None, "verdict": "incomplete", "faults": []},
    )


def test_the_table_says_on_which_base_and_by_which_rounding_it_was_made(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "A", 19, 2, 25, 40.43, 4.26, 53.19], [2, "B", 33, 8, 6, 70.21, 17.02, 12.77])
    assert (done.document["bases_that_fit"], done.document["roundings_that_fit"]) == (
        [47],
        [{"digits": 2, "mode": "half-up"}],
    )


def test_a_program_of_its_own_ends_with_1_where_a_fault_is_found(tmp_path: Path) -> None:
    rows = table(COLUMNS, [[1, "A", 19, 2, 25, 40.43, 4.26, 53.91]])
    done = start("check-table", *write(tmp_path, toml("nq-96-2023", "2023-12-13", {"returned": 47}), rows), "--json")
    assert (done.code, done.err, done.document["rows"][0]["verdict"]) == (1, "", "impossible")


def test_a_malformed_percentage_is_refused(tmp_path: Path) -> None:
    done = check(tmp_path, [1, "A", 19, 2, 25, "bốn mươi", 4.26, 53.19])
    assert (done.code, done.out, done.codes) == (2, "", ["percentage_malformed"])


def test_the_human_answer_names_the_level_and_the_right_figure(tmp_path: Path) -> None:
    rows = table(COLUMNS, [[1, "A", 19, 2, 25, 40.43, 4.26, 53.91]])
    done = call("check-table", *write(tmp_path, toml("nq-96-2023", "2023-12-13", {"returned": 47}), rows))
    assert "Tín nhiệm thấp (%): in 53.91, tính ra 53,19" in done.out
