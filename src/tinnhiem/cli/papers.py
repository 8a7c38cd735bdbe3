"""Văn bản từ một kết quả lập bằng dòng lệnh.

Contract: the same papers as at the web desk; what two files cannot tell (names of the board, hours, places) prints as a blank to write on.
What was not read in the law and bears on the figures is named on the minutes.
"""

from __future__ import annotations

from typing import Literal

from tinnhiem.cli.round_input import Counted
from tinnhiem.documents import Format, Papers, render
from tinnhiem.law.correct import unsure_values
from tinnhiem.law.rulebook import Style

KINDS: dict[Format, str] = {"docx": "minutes", "pdf": "minutes", "xlsx": "table"}
"""Format → which paper is written in it."""

BEARS_ON_FIGURES = ("quorum", "base", "line_invalid", "sheet_invalid", "bands", "regimes", "consequences", "rounding")
"""Parts of a rulebook that a count rests on; what else is unsure concerns the days before the vote."""


def papers_of(result: Counted, style: Style | None) -> Papers:
    """Hồ sơ: what the two files say, and no more."""
    book, record = result.book, result.record
    return Papers(
        style=style or book.style,
        body=record.body,
        date=record.date,
        members=record.members,
        summoned=record.summoned,
        corrections=tuple(f"{one.path} = {one.value}. Lý do: {one.reason}" for one in record.corrections),
        unsure=_unsure(result),
    )


def paper(result: Counted, file_format: Literal["docx", "pdf", "xlsx"], style: Style | None) -> bytes:
    """Một văn bản ở một dạng. Raises what `documents.render` raises."""
    return render(KINDS[file_format], result.record, result.book, papers_of(result, style), file_format)


def _unsure(result: Counted) -> tuple[str, ...]:
    corrected = {one.path for one in result.record.corrections}
    told: list[str] = []
    for one in unsure_values(result.book, ("recalled", "unsure")):
        if one.path.split(".")[0] in BEARS_ON_FIGURES and one.path not in corrected:
            named = " ".join(part for part in (one.label, f"({one.clause})" if one.clause else "") if part)
            told.append(": ".join(part for part in (named, one.note) if part) or f"{one.path} = {one.value}")
    return tuple(dict.fromkeys(told))
