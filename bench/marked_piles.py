"""Những tập phiếu đã đánh dấu: piles of marked sheets as a scanner hands them over, and what a board would write down for each row.

Contract: sheets are drawn on the round's own ballot as it is printed, by `bench.marked_pages`; the same round and seeds give the same marks. The answer for a row
follows from what the hand meant and from the rulebook alone, never from what the reader saw.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bench.scanned_meeting import ScannedMeeting

if TYPE_CHECKING:
    from bench.marked_pages.sheet import Manner, MarkedSheet
    from bench.marked_pages.voter import RowTruth
    from tinnhiem.poll.sheet import Sheet


class Pile(msgspec.Struct, kw_only=True):
    """Một tập đã đánh dấu và quét: the scanner's file and the rows of every sheet, in the order of the ballot."""

    file: Path
    sheets: tuple[tuple[RowTruth, ...], ...]


def board_answer(row: RowTruth) -> str:
    """Ban kiểm phiếu ghi gì cho một dòng: the rulebook's mark for what the hand meant.

    Words added are left aside and the printed name counts (the book's note to `added_name`); a cross between two boxes stands in none.
    """
    if row.intent == "written":
        return row.marked[0]
    return "blank" if row.intent == "unclear" else row.intent


def meant(rows: Sequence[RowTruth]) -> Sheet:
    """Tờ phiếu as the board would write it down, row by row."""
    from tinnhiem.poll.sheet import Sheet

    return Sheet(lines=tuple(board_answer(row) for row in rows))


_form: Any = None


def marked(meeting: ScannedMeeting, folder: Path, *, seed: int, doubtful: float, blank: float, jobs: int) -> list[Pile]:
    """Những tập đã đánh dấu, one for each batch; `doubtful` and `blank` are shares of rows, sheets are numbered from `seed` on."""
    from bench.marked_pages import files
    from bench.marked_pages.blank import Frame
    from bench.marked_pages.sheet import Manner
    from tinnhiem.app.queries.ballot_form import layout_of
    from tinnhiem.cli.layout import layout_document
    from tinnhiem.paper import print as ballot_print

    layout = layout_of(meeting.fresh())
    pdf, places = folder / "ballot.pdf", folder / "layout.json"
    pdf.write_bytes(ballot_print.draw(layout))
    places.write_text(json.dumps(layout_document(layout)), encoding="utf-8", newline="\n")
    sign = layout.pages[-1].signature
    manner = Manner(
        doubtful=doubtful,
        blank=blank,
        sign_at=Frame(sign.x, sign.y, sign.w, sign.h) if sign else None,
        signed=0.1 if sign else 0.0,
    )
    piles: list[Pile] = []
    first = seed
    with ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_open_maker, initargs=(pdf, places)
    ) as makers:
        for batch in meeting.batches():
            made = list(makers.map(partial(_make, manner=manner), range(first, first + batch.size)))
            first += batch.size
            path = folder / f"tap-{batch.number}.pdf"
            path.write_bytes(files.gathered_pdf([page for sheet in made for page in sheet.pages], layout.page_mm))
            rows = tuple(tuple(row for page in sheet.truth.pages for row in page.rows) for sheet in made)
            piles.append(Pile(file=path, sheets=rows))
    return piles


def _open_maker(pdf: Path, places: Path) -> None:
    import cv2

    from bench.marked_pages import blank

    global _form  # noqa: PLW0603 once a process
    cv2.setNumThreads(1)
    _form = blank.load(pdf, json.loads(places.read_text(encoding="utf-8")))


def _make(seed: int, manner: Manner) -> MarkedSheet:
    from bench.marked_pages.sheet import make_sheet

    return make_sheet(_form, seed, "feeder", manner=manner)
