"""Every figure of a record is read back out of every output, and nothing else stands in its place."""

from __future__ import annotations

import pytest

from tests.documents.invented import (
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tests.documents.printed import html_cells, locked_fields, pdf_rows, workbook_rows
from tinnhiem.documents import render, results_table
from tinnhiem.documents.figures import ballot_figures, meeting_figures

ROUNDS = {
    "một người": (party_slate(1), party_book, party_papers, 14),
    "chín người": (party_slate(9), party_book, party_papers, 47),
    "bốn loại phiếu": (council_slate(), state_book, state_papers, 47),
    "sáu mươi người": (party_slate(60), party_book, party_papers, 188),
}


@pytest.fixture(name="held", params=ROUNDS, scope="module")
def one_round(request):
    slate, book, papers, returned = ROUNDS[request.param]
    return counted(slate, book(), returned), book(), papers()


def expected_rows(held):
    record, book, papers = held
    return [[cell.text for cell in row] for row in results_table(record, book, papers).rows()]


def test_every_figure_is_a_locked_field_of_the_docx(held):
    record, book, papers = held
    fields = locked_fields(render("minutes", record, book, papers, "docx"))
    table = results_table(record, book, papers).figures()
    assert len(table) == len(record.lines) * (4 + 2 * len(book.choices))
    assert {key: fields.get(key) for key in table} == table


def test_every_number_of_the_text_is_a_locked_field_of_the_docx(held):
    record, book, papers = held
    fields = locked_fields(render("minutes", record, book, papers, "docx"))
    figures = [*meeting_figures(record, papers)]
    for result in record.types:
        figures += [figure for figure in ballot_figures(record, result, papers) if not figure.key.endswith("/valid")]
    assert len(figures) == 6 + 7 * len(record.types)
    assert [(fields[figure.key], fields[f"{figure.key}/words"]) for figure in figures] == [
        (figure.text, figure.in_words) for figure in figures
    ]


@pytest.mark.parametrize("kind", ["minutes", "report", "table"])
def test_every_row_is_read_back_out_of_the_pdf(held, kind):
    record, book, papers = held
    assert pdf_rows(render(kind, record, book, papers, "pdf")) == expected_rows(held)


def test_every_row_is_read_back_out_of_the_workbook(held):
    record, book, papers = held
    assert workbook_rows(render("table", record, book, papers, "xlsx")) == expected_rows(held)


def test_every_cell_is_read_back_out_of_the_page(held):
    record, book, papers = held
    cells = html_cells(render("table", record, book, papers, "html").decode("utf-8"))
    table = results_table(record, book, papers)
    assert cells == {cell.key: cell.text for row in table.rows() for cell in row}
