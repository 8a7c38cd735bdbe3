"""The page `docs/reference/round-file.md` held against the readers: its examples are read, and every key stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.strategies import rating_book
from tinnhiem.poll.reading_file import read_readings
from tinnhiem.poll.round_file import (
    BALLOT_KEYS,
    BALLOTS,
    CORRECTION_KEYS,
    PERSONS,
    ROUND_KEYS,
    ROUNDING_KEYS,
    SHEET_KEYS,
    SUBJECT_KEYS,
    RoundFile,
    read_round,
)
from tinnhiem.poll.rows_file import read_rows

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "round-file.md").read_text(encoding="utf-8")


def example(kind: str, number: int = 0) -> bytes:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)[number].encode("utf-8")


def round_of_the_page() -> RoundFile:
    return read_round(example("toml"))


@pytest.mark.parametrize(
    "key",
    sorted(
        {*ROUND_KEYS, *PERSONS, *BALLOTS, *BALLOT_KEYS, *SUBJECT_KEYS, *CORRECTION_KEYS, *ROUNDING_KEYS, *SHEET_KEYS}
    ),
)
def test_every_key_stands_in_the_reference(key: str) -> None:
    assert re.search(rf"`\[?\[?{key}\]?\]?`", PAGE) is not None


def test_the_round_of_the_page_is_read() -> None:
    assert [kind.id for kind in round_of_the_page().types] == ["hdnd", "ubnd"]


def test_the_rows_of_the_page_are_read() -> None:
    rows = read_rows(example("csv"), "ROWS.csv", round_of_the_page(), rating_book())
    assert [subject.regime for subject in rows.slate.subjects] == ["can-bo", "cong-chuc"]


def test_the_keyed_sheets_of_the_page_are_read() -> None:
    keyed = read_readings([(example("csv", 1), "A.csv")], round_of_the_page(), rating_book())
    assert [(place, len(pile)) for place, pile in keyed.readings[0].items()] == [(("hdnd", 1), 2), (("ubnd", 1), 1)]
