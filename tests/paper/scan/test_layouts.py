"""Which sheet a square code belongs to."""

from __future__ import annotations

import pytest

from tests.paper.rounds import FORMS, laid_out, people, two_types
from tinnhiem.paper.scan.layouts import Layouts, SheetCode, parse_code
from tinnhiem.poll.slate import Slate

LAYOUT = laid_out(two_types())
LARGE = laid_out(Slate(subjects=people(3)), FORMS["large"])


def test_what_the_printer_writes_into_a_code_leads_back_to_its_side():
    layouts = Layouts(LAYOUT, LARGE)
    found = [
        layouts.of(parse_code(layout.payload(side)) or SheetCode(hash="", kind=0, page=0, rehearsal=False))
        for layout in (LAYOUT, LARGE)
        for side in layout.pages
    ]
    assert found == [(layout, side) for layout in (LAYOUT, LARGE) for side in layout.pages]


def test_a_random_code_of_the_sheet_is_read_as_its_token():
    code = parse_code(LAYOUT.payload(LAYOUT.pages[0], "7Q2M4"))
    assert code == SheetCode(hash=LAYOUT.hash[:16].upper(), kind=1, page=1, rehearsal=False, token="7Q2M4")


def test_another_hash_is_no_sheet_of_this_round():
    assert Layouts(LAYOUT).of(SheetCode(hash="0" * 16, kind=1, page=1, rehearsal=False)) is None


def test_a_type_or_side_that_does_not_exist_is_no_sheet_either():
    known = LAYOUT.hash[:16].upper()
    codes = [SheetCode(hash=known, kind=kind, page=page, rehearsal=False) for kind, page in ((0, 1), (3, 1), (1, 9))]
    assert [Layouts(LAYOUT).of(code) for code in codes] == [None, None, None]


@pytest.mark.parametrize(
    "text",
    ["", "https://example.org", "TN1-12-01-01-O", "TN2-0123456789ABCDEF-01-01-O", "TN1-0123456789ABCDEF-01-01-X"],
)
def test_other_codes_are_not_ours(text):
    assert parse_code(text) is None


def test_no_layout_at_all_is_refused():
    with pytest.raises(ValueError, match=r"\(\)"):
        Layouts()
