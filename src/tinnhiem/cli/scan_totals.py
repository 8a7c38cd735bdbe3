"""Từ các trang đã đọc đến ROWS.csv: the totals of a scan in which nothing is left for people.

Contract: refuses while any page, line, sheet or file is open, or a sheet may have been scanned twice; then counts as keyed sheets are counted, held against the numbers of the
round. No sheet is called invalid here: a ballot on which the stamp is looked for and not seen is open like an unclear mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tinnhiem.cli.ballot_input import LaidOut
from tinnhiem.cli.errors import ReadingOpen
from tinnhiem.cli.reading_document import ReadScans, stamp_missing
from tinnhiem.cli.round_input import count_ruled
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.poll.round_writer import write_rows
from tinnhiem.poll.rows_file import stated_slate
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally

KINDS = {
    "files": ("{} tệp không mở được", "{} files that could not be opened"),
    "pages": ("{} trang không nhận", "{} refused pages"),
    "blank": ("{} dòng để trống", "{} blank lines"),
    "lines": ("{} dòng chưa rõ", "{} unclear lines"),
    "stamps": ("{} phiếu không thấy dấu treo", "{} ballots without a stamp to be seen"),
    "doubles": ("{} cặp trang giống hệt nhau", "{} pairs of pages in the same hand"),
    "sides": ("{} phiếu thiếu mặt", "{} ballots with a side missing"),
}
"""What may be left for people, in Vietnamese and English."""


def totals(made: LaidOut, result: ReadScans, where: str, *, files_refused: int) -> bytes:
    """ROWS.csv of what was read. Raises `ReadingOpen` at `where`, or what the numbers of the round contradict."""
    readings = [page.reading for page in result.pages]
    types = [_of_type(made, kind.id, readings) for kind in made.round.file.types]
    left = {
        "files": files_refused,
        "pages": sum(reading.status == "refused" for reading in readings),
        "blank": sum(row.state == "blank" for reading in readings for row in reading.rows),
        "lines": sum(row.state == "doubt" for reading in readings for row in reading.rows),
        "stamps": sum(stamp_missing(made, reading) for reading in readings),
        "doubles": len(result.duplicates),
        "sides": sum(missing for _, missing in types),
    }
    if any(left.values()):
        what, what_en = (
            ", ".join(KINDS[kind][language].format(number) for kind, number in left.items() if number)
            for language in (0, 1)
        )
        raise ReadingOpen(where, what=what, what_en=what_en)
    slate = stated_slate(made.round.file)
    return write_rows(count_ruled(made.round, Tally(types=tuple(found for found, _ in types)), slate, made.round.name))


def _of_type(made: LaidOut, ballot: str | None, readings: Iterable[PageReading]) -> tuple[TypeTally, int]:
    """The tally of a ballot type, and how many sides its sheets lack: every line has to be read as often as every other."""
    marks: dict[int, Counter[str]] = {
        person.line: Counter() for person in made.round.file.subjects if person.ballot == ballot
    }
    for reading in readings:
        if reading.status == "read" and reading.ballot == ballot:
            for row in reading.rows:
                marks[row.line][row.choice or ""] += 1
    # A line that is not clear was read all the same.
    read = [line.total() for line in marks.values()]
    sheets = max(read, default=0)
    lacking = {sheets - each for each in read} - {0}
    codes = made.round.book.choice_codes()
    lines = tuple(LineTally(line=line, counts={code: marks[line][code] for code in codes}) for line in sorted(marks))
    return TypeTally(ballot=ballot, sheets=sheets, invalid_by_reason={}, lines=lines), max(lacking, default=0)
