"""Báo cáo kết quả kiểm phiếu: what the head of the board reads out and sends up.

Contract: the order of the form annexed to QĐ 96 as far as it could be read (head with room for the hanging stamp; who gave the task, hour,
day, place; the board and its head; number of persons voted on; those present; ballots; the table), then the signature. It gives figures
and judges none. Councils read the same content by ballot type. The annex itself was not readable whole: keep this replaceable.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.figures import ballot_figures, meeting_figures, results_table
from tinnhiem.documents.form import Block, Form, NewPage, Run, Signatures, Title, line, results, words
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll import remarks
from tinnhiem.poll.record import CountRecord
from tinnhiem.typeset.words import NBSP, hour, in_words, long_date

NAME = "bao-cao-ket-qua-kiem-phieu"
TITLES = {"rating": "Báo cáo kết quả phiếu tín nhiệm"}
TITLE = "Báo cáo kết quả kiểm phiếu"


def compose(record: CountRecord, book: Rulebook, papers: Papers) -> Form:
    """Lập báo cáo kết quả."""
    title = TITLES.get(book.kind, TITLE)
    occasion = f"tại {papers.meeting or papers.wording.meeting} {passages.ACT[book.kind]}"
    blocks: list[Block] = [
        passages.letterhead(record, papers, stamp=book.hanging_stamp.value),
        Title(
            kind=title.upper(),
            abstract=tuple(
                part for part in (occasion, f"đối với {papers.subjects}" if papers.subjects else "") if part
            ),
            rule=papers.wording.title_rule,
        ),
        *_introduction(record, book, papers),
        line(f"1. Thành phần dự {papers.wording.meeting}", role="clause"),
        *_present(record, papers),
        line("2. Số phiếu", role="clause"),
        *_ballots(record, papers),
        NewPage(landscape=True),
        line("3. Kết quả đối với từng người", role="clause"),
        results(results_table(record, book, papers)),
        *passages.unsure_note(papers),
        Signatures(left=None, right=passages.board_signature(papers)),
    ]
    return Form(name=NAME, title=title, blocks=tuple(blocks))


def _introduction(record: CountRecord, book: Rulebook, papers: Papers) -> list[Block]:
    day = long_date(papers.date or record.date)
    meeting = papers.meeting or papers.wording.meeting
    size = f"{len(papers.board):02d}" if papers.board else "……"
    people = len(record.lines)
    head = papers.head
    called = f"{papers.person_word}{NBSP}"
    named = Run(text=head.name or passages.BLANK, key="board/1/name" if head.name else "")
    post = (words(", "), Run(text=head.post, key="board/1/post")) if head.post else ()
    return [
        line(
            f"Được {meeting} giao nhiệm vụ, hồi {hour(papers.opened_at)}, {day}, tại {papers.place or passages.BLANK}, Ban kiểm phiếu đã "
            f"kiểm phiếu {passages.ACT[book.kind]}."
        ),
        line(f"Ban kiểm phiếu gồm {size} người, do {called}", named, *post, " làm Trưởng ban."),
        line(
            f"Số người được {passages.ACT[book.kind] if book.kind == 'rating' else 'ghi trên phiếu'}: ",
            Run(text=str(people), key="round/subjects", figure=True),
            f"{NBSP}{papers.person_word} ({in_words(people, papers.zero_tens)} {papers.person_word}).",
        ),
    ]


def _present(record: CountRecord, papers: Papers) -> list[Block]:
    figures = [figure for figure in meeting_figures(record, papers) if figure.in_words]
    blocks: list[Block] = [*map(passages.figure_line, figures)]
    told = [remarks.sentence(remark) for remark in record.remarks if remark.code.startswith("quorum_")]
    return [*blocks, *passages.sentences(told)]


def _ballots(record: CountRecord, papers: Papers) -> list[Block]:
    shown = ("issued", "returned", "not_returned", "valid", "invalid")
    blocks: list[Block] = []
    for position, result in enumerate(record.types, start=1):
        if len(record.types) > 1:
            blocks.append(line(words(f"2.{position}. {result.title or result.ballot}", bold=True)))
        figures = {figure.key.rsplit("/", 1)[1]: figure for figure in ballot_figures(record, result, papers)}
        blocks.extend(
            passages.figure_line(figures[key]) for key in shown if key != "not_returned" or result.not_returned
        )
    return blocks
