"""A table held against its record whatever order its rows and columns came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.invented import (
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tinnhiem.documents.edited_table import compare, same_figure
from tinnhiem.documents.figures import results_table
from tinnhiem.documents.reading import Piece, Reading

TABLES = (
    results_table(counted(party_slate(20), party_book(), 47), party_book(), party_papers()),
    results_table(counted(council_slate(), state_book(), 47), state_book(), state_papers()),
)


def reading_of(table, rows, places):
    """What a reader would make of the printed table, its rows and columns in the order given."""
    head = [[column.group or column.title for column in table.columns], [column.title for column in table.columns]]
    cells = [*head, *([cell.text for cell in row] for row in rows)]
    grid = tuple(
        tuple(Piece(line[place], f"hàng {number}, cột {step}") for step, place in enumerate(places, start=1))
        for number, line in enumerate(cells, start=1)
    )
    return Reading(tables=(grid,), lines=())


@st.composite
def shuffled(draw):
    table = draw(st.sampled_from(TABLES))
    rows = draw(st.permutations(table.rows()))
    places = draw(st.permutations(range(len(table.columns))))
    return table, rows, places


@given(shuffled())
def test_rows_and_columns_in_any_order_are_no_difference(given_table):
    table, rows, places = given_table
    assert compare(table, reading_of(table, rows, places)) == []


@given(shuffled(), st.data())
def test_one_changed_figure_is_told_as_that_figure_and_nothing_else(given_table, data):
    table, rows, places = given_table
    reading = reading_of(table, rows, places)
    grid = [list(row) for row in reading.tables[0]]
    number = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(
        st.sampled_from([place for place, column in enumerate(table.columns) if column.kind in ("number", "share")])
    )
    step = list(places).index(field)
    cell = rows[number][field]
    place = grid[number + 2][step].place
    grid[number + 2][step] = Piece("731", place)
    changed = Reading(tables=(tuple(tuple(row) for row in grid),), lines=())
    assert [(one.key, one.expected, one.found, one.place) for one in compare(table, changed)] == [
        (cell.key, cell.text, "731", place)
    ]


@given(shuffled(), st.data())
def test_one_deleted_row_is_told_as_that_person(given_table, data):
    table, rows, places = given_table
    gone = data.draw(st.sampled_from(rows))
    left = [row for row in rows if row is not gone]
    told = compare(table, reading_of(table, left, places))
    assert {one.key for one in told} == {gone[1].key} | {
        cell.key for cell, column in zip(gone, table.columns, strict=True) if column.kind in ("number", "share")
    }


@pytest.mark.parametrize(
    ("printed", "found", "same"),
    [
        ("80,90", "80,9", True),
        ("80,90", "80.90", True),
        ("80,90", "80,90 %", True),
        ("47", "047", True),
        ("47", "4 7", True),
        ("47", "48", False),
        ("80,90", "80,91", False),
        ("–", "–", True),
        ("–", "0", False),
        ("0", "", False),
    ],
)
def test_a_figure_is_compared_as_a_value(printed, found, same):
    assert same_figure(printed, found) is same
