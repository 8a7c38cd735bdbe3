from __future__ import annotations

from msgspec import structs

from tests.documents.invented import (
    COUNCIL_TYPES,
    council_slate,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tinnhiem.documents.form import Labels, NewPage, Paragraph, TallyGrid
from tinnhiem.documents.kinds import compose
from tinnhiem.documents.papers import Batch


def grids(form):
    return [block for block in form.blocks if isinstance(block, TallyGrid)]


def labels(form):
    return [label for block in form.blocks if isinstance(block, Labels) for label in block.labels]


def test_a_tally_sheet_has_a_row_per_person_and_a_column_per_outcome():
    grid = grids(compose("tally_sheet", party_slate(9), party_book(), party_papers()))[0]
    assert [number for number, _ in grid.rows] == [str(number) for number in range(1, 10)]
    assert grid.outcomes == ("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp", "Không hợp lệ")


def test_each_batch_has_a_tally_sheet_with_the_size_of_its_pile():
    form = compose("tally_sheet", party_slate(9), party_book(), party_papers())
    assert [grid.pile for grid in grids(form)] == ["25", "22"]
    assert sum(isinstance(block, NewPage) for block in form.blocks) == 1


def test_a_pile_beyond_fifty_has_squares_enough():
    papers = structs.replace(party_papers(), batches=(Batch(number=1, sheets=58),))
    assert [grid.squares for grid in grids(compose("tally_sheet", party_slate(9), party_book(), papers))] == [12]


def test_before_there_are_batches_a_blank_sheet_is_printed_for_each_type():
    form = compose("tally_sheet", council_slate(), state_book(), state_papers())
    assert [(len(grid.rows), grid.pile) for grid in grids(form)] == [(1, "……"), (6, "……"), (1, "……"), (20, "……")]


def test_a_label_tells_the_batch_its_sheets_and_its_type():
    batches = (Batch(ballot="ct-ubnd", number=2, sheets=25),)
    form = compose("batch_labels", council_slate(), state_book(), structs.replace(state_papers(), batches=batches))
    assert [label[:3] for label in labels(form) if label[0].startswith("TẬP 2")] == [
        ("TẬP 2 – 25 phiếu", "Chủ tịch Ủy ban nhân dân", "Kỳ họp thứ 12")
    ]


def test_before_there_are_batches_blank_labels_are_printed_for_every_type():
    form = compose("batch_labels", council_slate(), state_book(), state_papers())
    assert [label[1] for label in labels(form)] == [kind.title for kind in COUNCIL_TYPES for _ in range(2)]


def test_a_tally_sheet_carries_no_code_because_nothing_is_counted_yet():
    form = compose("tally_sheet", party_slate(9), party_book(), party_papers())
    assert form.code == ""
    assert [block for block in form.blocks if isinstance(block, Paragraph) and "Mã đối chiếu" in str(block)] == []
