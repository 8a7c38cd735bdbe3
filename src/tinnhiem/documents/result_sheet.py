"""Bảng kết quả kiểm phiếu: the table alone, on landscape sheets, to hang, hand out or enclose.

Contract: the same `Table` as in the minutes, with a head of page, its title and the day; nothing else.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.figures import results_table
from tinnhiem.documents.form import Block, Form, Signatures, Title, line, results
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll import remarks
from tinnhiem.poll.record import CountRecord

NAME = "bang-ket-qua-kiem-phieu"
TITLE = "Bảng kết quả kiểm phiếu"


def compose(record: CountRecord, book: Rulebook, papers: Papers) -> Form:
    """Lập bảng kết quả."""
    blocks: list[Block] = [
        passages.letterhead(record, papers),
        Title(kind=TITLE.upper(), abstract=(passages.about(book, papers),), rule="none"),
        results(results_table(record, book, papers)),
    ]
    # A table goes from hand to hand without the minutes, so what limits its figures goes with it.
    told = [remarks.sentence(remark) for remark in record.remarks]
    if told:
        blocks.append(line("Điều cần ghi rõ: ", " ".join(told), role="note"))
    blocks += passages.unsure_note(papers)
    blocks.append(Signatures(left=None, right=passages.board_signature(papers)))
    return Form(name=NAME, title=TITLE, blocks=tuple(blocks), landscape=True)
