"""Kịch bản điều hành: the run of the meeting, with names filled in, in two prints.

Contract: the chair's copy has the spoken lines alone, one act to a page, in large type, because nobody at that table touches a screen; the
cue copy has hours, screens, papers and what to do if something goes wrong. Both are made of the same acts (`script_acts`). Unknown
numbers are blanks to write on. Nothing is recorded here: what was said and done is entered as acts of the round.
"""

from __future__ import annotations

import datetime

from tinnhiem.documents import passages
from tinnhiem.documents.form import Block, Form, NewPage, Paragraph, Ruled, Run, Title, line, words
from tinnhiem.documents.papers import Papers
from tinnhiem.documents.script_acts import Act, acts
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.slate import Slate

CHAIR_NAME = "kich-ban-chu-tri"
CHAIR_TITLE = "Kịch bản điều hành – bản của người chủ trì"
CUE_NAME = "kich-ban-ky-thuat"
CUE_TITLE = "Kịch bản điều hành – bản của bộ phận phục vụ"

CUE_TITLES = (
    "Giờ",
    "Phút",
    "Nội dung",
    "Người điều hành",
    "Người thực hiện",
    "Màn hình",
    "Tài liệu, phiếu",
    "Ghi chú (nếu …)",
)
CUE_WIDTHS = (6, 5, 20, 15, 16, 14, 18, 22)
NO_HOUR = "…"


def chair_copy(slate: Slate, book: Rulebook, papers: Papers) -> Form:
    """Bản của người chủ trì: one act per page, whoever speaks in it named above the lines."""
    blocks: list[Block] = []
    planned = acts(slate, book, papers)
    spoken = [(hour, act) for hour, act in zip(_hours(planned, papers), planned, strict=True) if act.lines]
    for position, (hour, act) in enumerate(spoken, start=1):
        if blocks:
            blocks.append(NewPage())
        when = f" ({hour})" if hour != NO_HOUR else ""
        blocks += [
            line(f"{position}. {act.title}{when}", role="act"),
            Paragraph(runs=(words(f"{act.led_by}:"),), role="cue"),
            *(line(text, role="spoken") for text in act.lines),
        ]
        if act.ask:
            blocks.append(line(words(act.ask, bold=True), role="spoken"))
    return Form(name=CHAIR_NAME, title=CHAIR_TITLE, blocks=tuple(blocks))


def cue_copy(slate: Slate, book: Rulebook, papers: Papers) -> Form:
    """Bản của bộ phận phục vụ: every act on a row."""
    planned = acts(slate, book, papers)
    rows = tuple(
        tuple(
            words(text)
            for text in (hour, str(act.minutes), act.title, act.led_by, act.done_by, act.screen, act.papers, act.if_so)
        )
        for hour, act in zip(_hours(planned, papers), planned, strict=True)
    )
    title = Title(kind="KỊCH BẢN ĐIỀU HÀNH", abstract=_abstract(book, papers), rule="none")
    table = Ruled(titles=CUE_TITLES, widths=CUE_WIDTHS, rows=rows, centred=(0, 1))
    return Form(name=CUE_NAME, title=CUE_TITLE, blocks=(title, table, _note()), landscape=True)


def _note() -> Paragraph:
    return line(Run(text="Thời lượng là dự kiến; giờ thực tế ghi vào nhật ký của đợt."), role="note")


def _abstract(book: Rulebook, papers: Papers) -> tuple[str, ...]:
    place = ", ".join(part for part in (papers.meeting, papers.place) if part)
    return tuple(part for part in (passages.about(book, papers), place) if part)


def _hours(planned: tuple[Act, ...], papers: Papers) -> list[str]:
    """The hour each act begins, from the meeting's; a sign where that is not set."""
    if papers.starts_at is None:
        return [NO_HOUR for _ in planned]
    moment = datetime.datetime.combine(datetime.date(2000, 1, 1), papers.starts_at)
    hours = []
    for act in planned:
        hours.append(f"{moment:%H:%M}")
        moment += datetime.timedelta(minutes=act.minutes)
    return hours
