"""Đoạn dùng chung: passages that several papers have in the same words — head of page, the board, the figures, signatures.

Contract: every function returns blocks or runs and keys what a reader may check: `board/N/name`, `board/N/post`, `round/present`,
`type1/issued` and, for a number written out, the same key with `/words`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tinnhiem.documents.figures import Figure
from tinnhiem.documents.form import Letterhead, Paragraph, Role, Run, Signature, SigningList, line, words
from tinnhiem.documents.papers import Papers, Person
from tinnhiem.law.rulebook import Kind, Rulebook
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.slate import Slate, Subject
from tinnhiem.typeset.headings import heading
from tinnhiem.typeset.words import NBSP, long_date

BLANK = "……………"
"""Chỗ trống để ghi tay."""

ACT: dict[Kind, str] = {
    "rating": "lấy phiếu tín nhiệm",
    "confidence_vote": "bỏ phiếu tín nhiệm",
    "election": "bầu cử",
}
"""Tên việc, by the kind of vote."""


def letterhead(record: CountRecord | None, papers: Papers, *, board: bool = True, stamp: bool = False) -> Letterhead:
    """Đầu trang, ending at the left with the meeting and the counting board that the paper comes from."""
    body = papers.body or (record.body if record is not None else BLANK)
    below = tuple(part for part in (papers.meeting, "Ban kiểm phiếu" if board else "") if part)
    day = papers.date or (record.date if record is not None else None)
    head = heading(
        papers.style,
        superior=papers.superior,
        body=body,
        below_body=below,
        number=papers.number if board else "",
        place=papers.town,
        day=day,
        stamp=stamp,
        secrecy=papers.secrecy,
    )
    return Letterhead(heading=head)


def about(book: Rulebook, papers: Papers) -> str:
    """Trích yếu: "lấy phiếu tín nhiệm đối với …", "bầu …"."""
    if book.kind == "election" and papers.subjects:
        return f"bầu {papers.subjects}"
    return f"{ACT[book.kind]} đối với {papers.subjects}" if papers.subjects else ACT[book.kind]


def own_basis(book: Rulebook) -> str:
    """Căn cứ là chính quy định: title, full symbol, day and issuer as the book has them."""
    return f"{book.title.value} (số {book.symbol.value}, {long_date(book.issued.value)}, {book.issuer.value})"


def titled(papers: Papers) -> str:
    """Cách gọi đứng trước tên, with a capital: "Đồng chí", "Ông/bà"."""
    return papers.person_word[:1].upper() + papers.person_word[1:]


def person_runs(person: Person, key: str, papers: Papers, *, called: bool = True) -> tuple[Run, ...]:
    """Một người: how one calls them, full name, post, and what they do here."""
    runs = [words(f"{titled(papers)}{NBSP}")] if called else []
    runs.append(Run(text=person.name or BLANK, key=f"{key}/name" if person.name else ""))
    if person.post:
        runs += [words(", "), Run(text=person.post, key=f"{key}/post")]
    if person.duty:
        runs += [words(" – "), Run(text=person.duty, key=f"{key}/duty")]
    return tuple(runs)


def people_list(people: Sequence[Person], key: str, papers: Papers) -> list[Paragraph]:
    """Danh sách đánh số: "1. Đồng chí …"."""
    return [
        Paragraph(
            runs=(words(f"{number}.{NBSP}"), *person_runs(person, f"{key}/{number}", papers)),
            role="numbered",
        )
        for number, person in enumerate(people, start=1)
    ]


def figure_runs(figure: Figure) -> tuple[Run, ...]:
    """Con số trong lời văn: "47 phiếu (bốn mươi bảy phiếu)"; dots to write on where it is not known."""
    if not figure.in_words:
        return (words(f"…… {figure.unit}"),)
    return (
        Run(text=figure.text, key=figure.key, figure=True),
        words(f"{NBSP}{figure.unit} ("),
        Run(text=figure.in_words, key=f"{figure.key}/words", figure=True),
        words(f" {figure.unit})"),
    )


def figure_line(figure: Figure, role: Role = "item") -> Paragraph:
    """Một dòng số liệu: "Số phiếu phát ra: 47 phiếu (bốn mươi bảy phiếu)."."""
    return line(f"{figure.label}: ", *figure_runs(figure), ".", role=role)


def sentences(texts: Sequence[str], role: Role = "item") -> list[Paragraph]:
    """Các câu ghi thêm, each a line of its own ending in a full stop."""
    return [line(text if text.endswith((".", "…")) else f"{text}.", role=role) for text in texts]


def unsure_note(papers: Papers) -> tuple[Paragraph, ...]:
    """Dòng ghi chú về nội dung chưa đối chiếu được với văn bản gốc; nothing where all was read."""
    if not papers.unsure:
        return ()
    told = "; ".join(text.rstrip(".") for text in papers.unsure)
    return (line(f"Nội dung chưa đối chiếu được với văn bản gốc: {told}.", role="note"),)


def board_signature(papers: Papers) -> Signature:
    """Chữ ký của Trưởng ban, thay mặt Ban kiểm phiếu."""
    return Signature(
        titles=(f"{papers.wording.on_behalf} BAN KIỂM PHIẾU", "TRƯỞNG BAN"),
        name=Run(text=papers.head.name, key="board/1/name" if papers.head.name else "", bold=True),
    )


def member_signatures(papers: Papers) -> SigningList:
    """Các thành viên ký: every member of the board, the head again among them, as offices lay it out."""
    return SigningList(
        title="CÁC THÀNH VIÊN BAN KIỂM PHIẾU KÝ TÊN",
        people=tuple(
            (
                Run(text=person.name, key=f"board/{number}/name"),
                Run(text=person.duty, key=f"board/{number}/duty"),
            )
            for number, person in enumerate(papers.board, start=1)
        ),
    )


def slate_of(source: CountRecord | Slate) -> Slate:
    """Danh sách in trên phiếu, from a slate or from the record that counted it."""
    if isinstance(source, Slate):
        return source
    return Slate(
        types=source.ballot_types(),
        subjects=tuple(
            Subject(line=row.line, post=row.post, name=row.name, ballot=row.ballot, regime=row.regime)
            for row in source.lines
        ),
    )
