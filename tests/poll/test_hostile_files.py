"""Whatever bytes arrive, a reader gives a value or refuses; it never falls over."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import rating_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.reading_file import read_readings
from tinnhiem.poll.round_file import read_round
from tinnhiem.poll.rows_file import read_printed, read_rows

HEAD = 'rulebook = "nq-96-2023"\nbody = "Bình An"\ndate = 2023-12-13\n'
ROUND = read_round(HEAD.encode("utf-8"))
KEYS = st.sampled_from(
    [
        "numbers",
        "issued",
        "returned",
        "ballot",
        "id",
        "subject",
        "post",
        "rounding",
        "digits",
        "correction",
        "date",
        "x",
    ]
)
VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "1.5",
        '"a"',
        "true",
        "2023-01-01",
        "[]",
        "{}",
        "[1]",
        "[[1]]",
        "{a = 1}",
        '"\\u0000"',
        "inf",
        "07:32:00",
    ]
)
CELLS = st.sampled_from(
    ["", "1", "2", "x", "-1", "1,5", '"', '"a', "a\nb", "１", "66,6 %", "high", "blank", "sheet:", "=1"]
)
COLUMNS = st.sampled_from(
    ["line", "post", "high", "medium", "low", "name", "ballot", "batch", "sheet", "mark", "high_pct"]
)


def tables(columns: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    rows = st.lists(st.lists(CELLS, max_size=7).map(",".join), max_size=4)
    return st.builds(lambda heading, lines: "\n".join([",".join(heading), *lines]), columns, rows)


@given(st.binary(max_size=60))
def test_random_bytes_are_refused_or_read(data: bytes) -> None:
    for read in (
        lambda: read_round(data),
        lambda: read_rows(data, "ROWS.csv", ROUND, rating_book()),
        lambda: read_printed(data, "ROWS.csv", ROUND, rating_book()),
        lambda: read_readings([(data, "A.csv")], ROUND, rating_book()),
    ):
        with contextlib.suppress(TinnhiemError):
            read()


@given(
    st.lists(st.one_of(st.builds("{} = {}".format, KEYS, VALUES), KEYS.map("[{}]".format), KEYS.map("[[{}]]".format)))
)
def test_any_toml_is_refused_or_read(lines: list[str]) -> None:
    with contextlib.suppress(TinnhiemError):
        read_round((HEAD + "\n".join(lines)).encode("utf-8"))


@given(tables(st.one_of(st.lists(COLUMNS, max_size=7), st.just(["line", "post", "high", "medium", "low"]))))
def test_any_table_is_refused_or_read(text: str) -> None:
    for read in (read_rows, read_printed):
        with contextlib.suppress(TinnhiemError):
            read(text.encode("utf-8"), "ROWS.csv", ROUND, rating_book())


@given(tables(st.just(["batch", "sheet", "line", "mark"])))
def test_any_keyed_file_is_refused_or_read(text: str) -> None:
    with contextlib.suppress(TinnhiemError):
        read_readings([(text.encode("utf-8"), "A.csv")], ROUND, rating_book())
