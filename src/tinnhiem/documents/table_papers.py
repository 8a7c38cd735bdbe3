"""Giấy tờ ở bàn kiểm phiếu: the tally sheet and the slips on the piles, printed before the count.

Contract: the lists are those that were frozen; batches are the round's, and where there are none yet blank papers are printed. Neither carries
a figure of the count. Squares are for marks in fives, as boards make them; persons are numbered at both ends of the row.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.form import Block, Form, Labels, NewPage, Ruled, TallyGrid, Title, line, words
from tinnhiem.documents.papers import Batch, Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.slate import BallotType, Slate
from tinnhiem.typeset.words import NBSP, long_date

TALLY_NAME = "bang-kiem-phieu"
TALLY_TITLE = "Bảng kiểm phiếu"
LABEL_NAME = "nhan-tap-phieu"
LABEL_TITLE = "Nhãn tập phiếu"

SQUARES = 10
MARKS_IN_A_SQUARE = 5
BLANK_LABELS = 8
INVALID = "Không hợp lệ"


def tally_sheets(slate: Slate, book: Rulebook, papers: Papers) -> Form:
    """Bảng kiểm phiếu: a sheet per ballot type and batch."""
    blocks: list[Block] = []
    for kind in slate.types:
        for batch in _batches(kind, papers):
            if blocks:
                blocks.append(NewPage(landscape=True))
            blocks += _tally_sheet(slate, kind, batch, book, papers)
    return Form(name=TALLY_NAME, title=TALLY_TITLE, blocks=tuple(blocks), landscape=True)


def _tally_sheet(
    slate: Slate, kind: BallotType, batch: Batch | None, book: Rulebook, papers: Papers
) -> tuple[Block, ...]:
    sheets = batch.sheets if batch is not None else None
    number = str(batch.number) if batch is not None else "……"
    pile = "……" if sheets is None else str(sheets)
    squares = max(SQUARES, -(-(sheets or 0) // MARKS_IN_A_SQUARE))
    typed = f"{NBSP}{NBSP}–{NBSP}{NBSP}{kind.title}" if kind.title else ""
    outcomes = (*(choice.label for choice in book.choices), INVALID)
    people = tuple((str(subject.line), subject.name or subject.post) for subject in slate.lines(kind.id))
    return (
        Title(kind=f"{TALLY_TITLE.upper()}{typed}", abstract=()),
        line(
            words(f"Tập số: {number}", bold=True),
            f"{NBSP * 8}Số phiếu của tập: ",
            words(pile, bold=True),
            f"{NBSP * 8}Bàn kiểm phiếu số: ……{NBSP * 8}{_held(papers)}",
            role="centre",
        ),
        TallyGrid(outcomes=outcomes, rows=people, squares=squares, pile=pile),
        Ruled(
            titles=("Người đọc", "Người ghi", "Người kiểm tra", "Giờ bắt đầu", "Giờ xong"),
            widths=(3, 3, 3, 2, 2),
            rows=(tuple(words("") for _ in range(5)),),
            row_height=12,
        ),
    )


def batch_labels(slate: Slate, book: Rulebook, papers: Papers) -> Form:
    """Nhãn tập phiếu: a slip for each batch, to cut and lay on the pile."""
    labels = []
    for kind in slate.types:
        for batch in _batches(kind, papers):
            count = BLANK_LABELS // len(slate.types) or 1 if batch is None else 1
            labels += [_label(kind, batch, book, papers)] * count
    return Form(name=LABEL_NAME, title=LABEL_TITLE, blocks=(Labels(labels=tuple(labels)),))


def _label(kind: BallotType, batch: Batch | None, book: Rulebook, papers: Papers) -> tuple[str, ...]:
    number = str(batch.number) if batch is not None else "……"
    sheets = "……" if batch is None or batch.sheets is None else str(batch.sheets)
    told = (kind.title or passages.ACT[book.kind].capitalize(), _held(papers))
    return (
        f"TẬP {number} – {sheets} phiếu",
        *(part for part in told if part),
        "Đếm tay: ………………………………",
        "Nhập lần 1: ……………………………",
        "Nhập lần 2: ……………………………",
    )


def _batches(kind: BallotType, papers: Papers) -> tuple[Batch | None, ...]:
    """The type's batches; one blank where the piles are not made yet."""
    return tuple(batch for batch in papers.batches if batch.ballot == kind.id) or (None,)


def _held(papers: Papers) -> str:
    day = long_date(papers.date) if papers.date is not None else ""
    return ", ".join(part for part in (papers.meeting, day) if part)
