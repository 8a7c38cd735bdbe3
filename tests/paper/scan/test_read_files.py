"""Files of scans cut into pieces of work and read in the order given, wherever the work is done."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

import pytest
from PIL import Image

from tests.paper.rounds import book, laid_out, people
from tests.paper.scans import Marks, as_file, sheet
from tinnhiem.executors import Here, executor
from tinnhiem.paper.scan import read_files
from tinnhiem.paper.scan.read_files import CountedScan, PageRead, Piece, Scan, count_scans, packed, pieces, read_pieces
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.poll.slate import Slate

MARKS: tuple[Marks, ...] = tuple({1: [f"c{1 + place % 3}"], 2: [f"c{1 + place // 3 % 3}"]} for place in range(9))
"""Nine sheets, no two alike."""


@pytest.fixture(scope="module")
def layout() -> SheetLayout:
    return laid_out(Slate(subjects=people(2)), rules=book(3))


@pytest.fixture(scope="module")
def sheets(layout: SheetLayout) -> list[Image.Image]:
    return [page for marks in MARKS for page in sheet(layout, None, marks)]


@pytest.fixture
def scans(tmp_path: Path, sheets: list[Image.Image]) -> list[Scan]:
    """Nine sheets in a file of eight pages and one of a single page."""
    (tmp_path / "a.pdf").write_bytes(as_file(sheets[:8], "PDF"))
    (tmp_path / "b.png").write_bytes(as_file(sheets[8:], "PNG"))
    return [Scan(name=name, source=tmp_path / name) for name in ("a.pdf", "b.png")]


def read(scans: list[Scan], layout: SheetLayout, pool: Executor | None = None, jobs: int = 1) -> list[PageRead]:
    counted, _ = count_scans(scans)
    return list(read_pieces(pieces(counted, packed([layout])), pool or Here(), jobs))


def marks_of(page: PageRead) -> Marks:
    return {row.line: [row.choice or ""] for row in page.reading.rows}


def name_of_page(image: object, reading: object, layouts: object) -> bytes:
    """A picture as small as can be."""
    return type(image).__name__.encode("ascii")


def test_files_are_counted_in_their_order(scans: list[Scan]) -> None:
    counted, refused = count_scans(scans)
    assert ([(one.scan.name, one.pages) for one in counted], refused) == ([("a.pdf", 8), ("b.png", 1)], ())


def test_a_file_that_is_no_picture_is_refused_by_its_name(tmp_path: Path, scans: list[Scan]) -> None:
    (tmp_path / "thu.txt").write_bytes(b"no picture")
    counted, refused = count_scans([Scan(name="thu.txt", source=tmp_path / "thu.txt"), *scans])
    assert (len(counted), [(fault.code, fault.where) for fault in refused]) == (2, [("not_an_image", "thu.txt")])


def test_a_piece_never_spans_two_files() -> None:
    counted = [CountedScan(scan=Scan(name=name, source=b""), pages=pages) for name, pages in (("a", 11), ("b", 1))]
    cut = [(piece.scan.name, piece.indexes) for piece in pieces(counted, b"")]
    assert cut == [("a", (0, 1, 2, 3)), ("a", (4, 5, 6, 7)), ("a", (8, 9, 10)), ("b", (0,))]


def test_a_file_whose_bytes_travel_is_one_piece() -> None:
    cut = pieces([CountedScan(scan=Scan(name="a", source=b""), pages=19)], b"", whole=True)
    assert [piece.indexes for piece in cut] == [tuple(range(19))]


def test_pages_are_read_in_the_order_of_files_and_pages(scans: list[Scan], layout: SheetLayout) -> None:
    found = [(page.file, page.index, marks_of(page)) for page in read(scans, layout)]
    places = [*(("a.pdf", place) for place in range(8)), ("b.png", 0)]
    assert found == [(*place, dict(marks)) for place, marks in zip(places, MARKS, strict=True)]


def test_two_processes_read_what_one_reads(scans: list[Scan], layout: SheetLayout) -> None:
    with executor(2) as pool:
        assert read(scans, layout, pool, 2) == read(scans, layout)


def test_bytes_are_read_like_the_file(scans: list[Scan], layout: SheetLayout) -> None:
    held = [Scan(name=scan.name, source=scan.source.read_bytes()) for scan in scans if isinstance(scan.source, Path)]
    assert read(held, layout) == read(scans, layout)


def test_one_process_reads_no_page_before_it_is_asked_for(
    scans: list[Scan], layout: SheetLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    original = read_files.read_piece

    def noted(piece: Piece) -> tuple[PageRead, ...]:
        done.extend(piece.indexes)
        return original(piece)

    monkeypatch.setattr(read_files, "read_piece", noted)
    counted, _ = count_scans(scans)
    reading = read_pieces(pieces(counted, packed([layout])), Here(), 1)
    next(reading), next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert done == [0, 1]


def test_a_page_that_cannot_be_opened_is_refused_in_its_place(tmp_path: Path, layout: SheetLayout) -> None:
    (tmp_path / "a.png").write_bytes(as_file([Image.new("L", (600, 800), 255)], "PNG"))
    counted, _ = count_scans([Scan(name="a.png", source=tmp_path / "a.png")])
    (tmp_path / "a.png").write_bytes(b"gone meanwhile")
    page = next(read_pieces(pieces(counted, packed([layout])), Here(), 1))
    assert (page.file, page.index, page.reading.status, page.reading.reason) == (
        "a.png",
        0,
        "refused",
        "unreadable_image",
    )


def test_a_picture_is_made_of_each_page_where_one_is_asked_for(scans: list[Scan], layout: SheetLayout) -> None:
    counted, _ = count_scans(scans[1:])
    asked = pieces(counted, packed([layout]), picture=name_of_page)
    with executor(2) as pool:
        assert [page.picture for page in read_pieces(asked, pool, 2)] == [b"PageImage"]


def test_no_picture_is_made_unasked(scans: list[Scan], layout: SheetLayout) -> None:
    assert {page.picture for page in read(scans, layout)} == {b""}
