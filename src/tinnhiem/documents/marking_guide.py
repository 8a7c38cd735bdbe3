"""Bài hướng dẫn ghi phiếu: half a page that the head of the board reads before the ballots go out.

Contract: how to mark and what spoils a ballot come from the rulebook, in its words and order; what was not checked against the instrument is
named below, so that nobody reads it out as law unawares.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.form import Block, Form, Title, line
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.slate import Slate
from tinnhiem.typeset.words import in_words

NAME = "huong-dan-ghi-phieu"
TITLE = "Hướng dẫn ghi phiếu"


def compose(slate: Slate, book: Rulebook, papers: Papers) -> Form:
    """Soạn bài hướng dẫn ghi phiếu."""
    blocks: list[Block] = [
        passages.letterhead(None, papers),
        Title(kind=TITLE.upper(), abstract=(passages.about(book, papers),), rule=papers.wording.title_rule),
        line(f"Kính thưa {everyone(papers)}, Ban kiểm phiếu xin hướng dẫn cách ghi phiếu như sau:", role="spoken"),
        *(line(f"{number}. {text}", role="spoken") for number, text in enumerate(steps(slate, book, papers), start=1)),
    ]
    doubtful = unchecked(book)
    if doubtful:
        blocks.append(line(f"Đề nghị kiểm tra với văn bản gốc trước khi đọc: {'; '.join(doubtful)}.", role="cue"))
    return Form(name=NAME, title=TITLE, blocks=tuple(blocks))


def everyone(papers: Papers) -> str:
    """Cách gọi chung cả hội trường."""
    return "các đồng chí" if papers.style == "party" else "các vị đại biểu"


def steps(slate: Slate, book: Rulebook, papers: Papers) -> list[str]:
    """Các ý của bài hướng dẫn, each one or two sentences."""
    person = "đồng chí" if papers.style == "party" else "đại biểu"
    box = papers.wording.box
    labels = [f"“{choice.label}”" for choice in book.choices]
    boxes = f"{', '.join(labels[:-1])} hoặc {labels[-1]}"
    how_many = in_words(len(labels), papers.zero_tens)
    told = [
        f"{_sheets(slate, person, papers)}",
        f"Với từng người có tên trên phiếu, đánh dấu X vào một trong {how_many} ô: {boxes}.",
        "Phiếu không hợp lệ đối với một người khi: " + _listed([reason.label for reason in book.line_invalid]) + ".",
        "Cả phiếu không hợp lệ khi: " + _listed([reason.label for reason in book.sheet_invalid]) + ".",
        "Người ghi phiếu có thể ký tên hoặc không ký tên vào phiếu."
        if book.signature.value
        else "Không ký tên và không ghi tên mình lên phiếu.",
        "Ghi hỏng thì đề nghị Ban kiểm phiếu đổi phiếu khác và nộp lại phiếu hỏng.",
        f"Ghi xong, gấp phiếu lại và bỏ vào {box}.",
    ]
    return [text for text in told if text]


def unchecked(book: Rulebook) -> list[str]:
    """Nội dung của bài chưa đối chiếu được với văn bản gốc: what is only recalled or unsure."""
    loose = ("recalled", "unsure")
    named = [f"“{reason.label}”" for reason in (*book.line_invalid, *book.sheet_invalid) if reason.basis in loose]
    if book.signature.basis in loose:
        named.append("việc ký tên trên phiếu")
    return named


def _sheets(slate: Slate, person: str, papers: Papers) -> str:
    people = len(slate.subjects)
    if len(slate.types) == 1:
        return f"Mỗi {person} nhận một phiếu; trên phiếu có tên {people} {papers.person_word} theo danh sách đã chốt."
    titles = "; ".join(kind.title or kind.id or "" for kind in slate.types)
    return f"Mỗi {person} nhận một bộ gồm {len(slate.types)} phiếu: {titles}. Ghi đủ cả bộ trước khi bỏ vào {papers.wording.box}."


def _listed(labels: list[str]) -> str:
    return "; ".join(label[:1].lower() + label[1:] for label in labels)
