"""Pages read for a count: what may be kept of them."""

from __future__ import annotations

import datetime

import pytest

from tinnhiem.law import shelf
from tinnhiem.paper.laying_out import lay_out
from tinnhiem.paper.scan.intake import picture_to_keep, white_places
from tinnhiem.paper.scan.page_reading import PageReading, RowReading
from tinnhiem.paper.scan.read_files import Piece, Scan, packed, read_piece
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType, Slate, Subject

FLAT = (8.0, 0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 1.0)
"""Eight pixels a millimetre, the page straight."""


def layout(*, signed: bool, large: bool = False) -> SheetLayout:
    people = tuple(Subject(line=line, name=f"Vũ Văn Dòng {line}", post="Ủy viên") for line in range(1, 6))
    return lay_out(
        Slate(types=(BallotType(),), subjects=people),
        shelf.book("qd-96-2023"),
        BallotForm(round_id="thu", signature=signed, large_print=large),
        body="Tỉnh ủy Bình Minh",
        date=datetime.date(2026, 12, 15),
    )


def read(printing: SheetLayout, **more: object) -> PageReading:
    rows = tuple(RowReading(line=line, state="marked", choice="high") for line in range(1, 6))
    usual = {"status": "read", "page": 1, "rows": rows, "transform": FLAT, "layout": printing.hash[:HASH_SHOWN]}
    return PageReading(**(usual | more))  # type: ignore[arg-type]


def refused(printing: SheetLayout, reason: str, **more: object) -> PageReading:
    return read(printing, status="refused", reason=reason, rows=(), **more)


def test_the_signatures_place_is_whitened_and_no_row_with_it() -> None:
    own = layout(signed=True)
    (place,) = white_places(read(own), [own]) or ()
    side = own.pages[0]
    assert side.signature is not None
    inside = (place.x <= side.signature.x, place.right >= side.signature.right, place.bottom >= side.signature.bottom)
    assert (inside, any(place.meets(row.area.grown(-0.01)) for row in side.rows)) == ((True,) * 3, False)


def test_a_ballot_that_is_not_signed_is_kept_as_it_is() -> None:
    own = layout(signed=False)
    assert white_places(read(own), [own]) == ()


def test_a_refused_page_whose_place_is_unknown_is_not_kept_where_a_voter_may_sign() -> None:
    signed, plain = layout(signed=True), layout(signed=False)
    unknown = refused(signed, "markers_missing", transform=(), page=None, layout="")
    assert (white_places(unknown, [signed]), white_places(unknown, [plain])) == (None, ())


def test_a_refused_page_whose_place_is_known_is_kept_with_a_wider_white_place() -> None:
    own = layout(signed=True)
    (narrow,), (wide,) = (
        white_places(read(own), [own]) or (),
        white_places(refused(own, "frames_mismatch"), [own]) or (),
    )
    assert (wide.w > narrow.w, wide.bottom > narrow.bottom) == (True, True)


@pytest.mark.parametrize("reason", ["other_round", "rehearsal_mixed", "not_a_ballot"])
def test_a_sheet_that_is_not_of_this_vote_is_never_kept(reason: str) -> None:
    own = layout(signed=False)
    assert white_places(refused(own, reason), [own]) is None


def test_the_place_is_that_of_the_printing_that_was_read() -> None:
    usual, large = layout(signed=True), layout(signed=True, large=True)
    assert white_places(read(large), [usual, large]) == white_places(read(large), [large])


def test_a_file_that_cannot_be_opened_is_a_refused_page() -> None:
    scan = Scan(name="anh.jpg", source=b"\xff\xd8\xff")
    layouts = packed([layout(signed=True)])
    (taken,) = read_piece(Piece(scan=scan, indexes=(0,), layouts=layouts, picture=picture_to_keep))
    assert (taken.reading.status, taken.reading.reason, taken.picture) == ("refused", "unreadable_image", b"")
