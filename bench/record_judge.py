"""Chấm bản ghi: what was settled and counted against what the hands meant.

Contract: three looks at the same thing. Every settled sheet beside its truth; every figure of the record beside figures added up here, with nothing of the product's; the
whole record, conclusions too, beside the one that the true sheets give. A sentence for each difference, none where all agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bench.marked_piles import Pile, board_answer, meant
from bench.scanned_meeting import ScannedMeeting

if TYPE_CHECKING:
    from tinnhiem.app.models import Batch
    from tinnhiem.poll.record import CountRecord


def differences(meeting: ScannedMeeting, record: CountRecord, piles: Sequence[Pile]) -> list[str]:
    """Where settled sheets or the record are not what the hands meant; a sentence each."""
    return [
        *_differing_sheets(meeting.batches(), piles, len(record.lines)),
        *_differing_figures(meeting, record, piles),
        *_differing_record(meeting, record, piles),
    ]


def _differing_sheets(batches: Sequence[Batch], piles: Sequence[Pile], lines: int) -> Iterator[str]:
    from tinnhiem.app.queries.sealed import settled_sheets
    from tinnhiem.app.queries.values import book_of

    for batch, pile in zip(batches, piles, strict=True):
        settled = settled_sheets(batch.settlement, book_of(batch.round), lines)
        if len(settled) != len(pile.sheets):
            yield f"batch {batch.number}: {len(settled)} sheets settled, {len(pile.sheets)} marked"
        for number, (sheet, rows) in enumerate(zip(settled, pile.sheets, strict=False), start=1):
            ought_lines = meant(rows).lines
            if sheet.invalid is not None or len(sheet.lines) != len(ought_lines):
                yield f"batch {batch.number} sheet {number}: settled as {sheet}"
                continue
            for row, is_, ought in zip(rows, sheet.lines, ought_lines, strict=True):
                if is_ != ought:
                    yield f"batch {batch.number} sheet {number} line {row.line} ({row.kind}): {is_}, meant {ought}"


def _differing_figures(meeting: ScannedMeeting, record: CountRecord, piles: Sequence[Pile]) -> Iterator[str]:
    """Counted here, with nothing of the product's."""
    sheets = [sheet for pile in piles for sheet in pile.sheets]
    (kind,) = record.types
    told = (kind.issued, kind.returned, kind.not_returned, kind.valid, kind.invalid, kind.invalid_by_reason)
    if told != (meeting.sheets, meeting.sheets, 0, meeting.sheets, 0, {}):
        yield f"ballots {told}"
    for at, line in enumerate(record.lines):
        marks = Counter(board_answer(sheet[at]) for sheet in sheets)
        counts = {choice: marks[choice] for choice in line.counts}
        shares = {choice: (count, len(sheets)) for choice, count in counts.items()}
        valid = sum(counts.values())
        if (line.counts, line.valid, line.invalid, line.shares) != (counts, valid, len(sheets) - valid, shares):
            yield f"line {line.line}: {line.counts}, {line.invalid} invalid; meant {dict(marks)}"


def _differing_record(meeting: ScannedMeeting, record: CountRecord, piles: Sequence[Pile]) -> Iterator[str]:
    """The whole record, conclusions too, beside the one that the sheets as meant give."""
    from tinnhiem.app.queries.values import book_of, corrections_of, numbers_of, rounding_of, slate_of
    from tinnhiem.poll.count import count
    from tinnhiem.poll.record import fingerprint
    from tinnhiem.poll.sheet import tally

    round_ = meeting.fresh()
    book, slate = book_of(round_), slate_of(round_)
    ought = count(
        tally({slate.types[0].id: [meant(sheet) for pile in piles for sheet in pile.sheets]}, slate, book),
        numbers_of(round_),
        book,
        body=round_.body.name,
        date=round_.vote_date,
        slate=slate,
        rounding=rounding_of(round_),
        corrections=corrections_of(round_),
    )
    if fingerprint(record) != fingerprint(ought):
        yield "the fingerprint is not that of the sheets as meant"
