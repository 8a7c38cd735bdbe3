"""Từ các trang đã đọc đến ROWS.csv: the totals of a scan in which nothing is left for people.

Contract: refuses while any page, line, sheet or file is open, or a sheet may have been scanned twice; then counts as keyed sheets are counted, held against the numbers of the
round. No sheet is called invalid here: a ballot on which the stamp is looked for and not seen is open like an unclear mark. Where the images have no colour the stamp cannot
be looked for; the board does that on paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tinnhiem.cli.ballot_input import LaidOut
from tinnhiem.cli.errors import ReadingOpen
from tinnhiem.cli.reading_document import ReadScans
from tinnhiem.cli.round_input import count_ruled
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.poll.round_writer import write_rows
from tinnhiem.poll.rows_file import stated_slate
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally


def totals(made: LaidOut, result: ReadScans, where: str, *, files_refused: int) -> bytes:
    """ROWS.csv of what was read. Raises `ReadingOpen` at `where`, or what the numbers of the round contradict."""
    readings = [page.reading for page in result.pages]
    count = files_refused + len(result.duplicates) + sum(_open(made, reading) for reading in readings)
    types = [_of_type(made, kind.id, readings) for kind in made.round.file.types]
    count += sum(missing for _, missing in types)
    if count:
        raise ReadingOpen(where, count=count)
    slate = stated_slate(made.round.file)
    return write_rows(count_ruled(made.round, Tally(types=tuple(found for found, _ in types)), slate, made.round.name))


def _open(made: LaidOut, reading: PageReading) -> int:
    """How many places of a page people have to look at."""
    if reading.status == "refused":
        return 1
    wanted = made.round.book.hanging_stamp.value if made.form.stamp is None else made.form.stamp
    return sum(row.state != "marked" for row in reading.rows) + (wanted and reading.stamped is False)


def _of_type(made: LaidOut, ballot: str | None, readings: Iterable[PageReading]) -> tuple[TypeTally, int]:
    """The tally of a ballot type, and how many sides its sheets lack: every line has to be read as often as every other."""
    marks: dict[int, Counter[str]] = {
        person.line: Counter() for person in made.round.file.subjects if person.ballot == ballot
    }
    for reading in readings:
        if reading.status == "read" and reading.ballot == ballot:
            for row in reading.rows:
                marks[row.line][row.choice or ""] += 1
    read = [line.total() for line in marks.values()]
    sheets = max(read, default=0)
    lacking = {sheets - each for each in read} - {0}
    codes = made.round.book.choice_codes()
    lines = tuple(LineTally(line=line, counts={code: marks[line][code] for code in codes}) for line in sorted(marks))
    return TypeTally(ballot=ballot, sheets=sheets, invalid_by_reason={}, lines=lines), max(lacking, default=0)
