"""Phụ lục các trường hợp Ban kiểm phiếu đã xem: what the machine could not decide and what the board decided, sealed with the ballots.

Contract: of a decision it shows the boxes of one row, why people looked and what they took it for; never a name, a line, a sheet, a batch, or who decided. The order is
that of the pictures' digests, which has nothing to do with the order of the sheets, and is the same whenever the paper is made again. It is
made on demand and is kept nowhere; once the pictures are deleted it says so, with the day. It belongs to no `Kind`, so that it never comes with the minutes or into a package.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

import msgspec

from tinnhiem.documents import passages, pdf
from tinnhiem.documents.form import Bars, Block, Form, Signatures, Title, finished, line, words
from tinnhiem.documents.kinds import REHEARSAL_MARK
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.typeset.words import long_date

NAME = "phu-luc-quyet-dinh"
TITLE = "Phụ lục các trường hợp Ban kiểm phiếu đã xem"

PNG_SIZE = slice(16, 24)
"""Width and height of a PNG, four bytes each (PNG, third edition, § 11.2.1)."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Một trường hợp. `picture`: PNG of the boxes of one row, b"" where the whole sheet was decided on or there is none; `how`: who decided, in words without a name."""

    picture: bytes
    reason: str
    decided: str
    how: str = ""


def render(decisions: Sequence[Decision], book: Rulebook, papers: Papers) -> bytes:
    """Lập phụ lục, PDF. Raises `LettersMissing` where a name cannot be drawn."""
    return pdf.draw(compose(decisions, book, papers))


def compose(decisions: Sequence[Decision], book: Rulebook, papers: Papers) -> Form:
    """Soạn phụ lục."""
    ordered = sorted(decisions, key=_digest)
    rows = [each for each in ordered if each.picture]
    sheets = [each for each in ordered if not each.picture]
    boxes = ", ".join(choice.label for choice in book.choices)
    blocks: list[Block] = [
        passages.letterhead(None, papers),
        Title(
            kind=TITLE.upper(), abstract=(f"kiểm phiếu {passages.about(book, papers)}",), rule=papers.wording.title_rule
        ),
        line(
            "Phụ lục này niêm phong cùng phiếu; không kèm biên bản kiểm phiếu và không gửi đi. Các trường hợp xếp lẫn, không theo thứ tự phiếu.",
            role="note",
        ),
    ]
    if papers.pictures_deleted is not None:
        blocks.append(
            line(
                words(
                    f"Bản này lập sau khi ảnh quét đã xóa theo việc ghi trong nhật ký {long_date(papers.pictures_deleted)}: không còn hình, chỉ còn nội dung kết luận.",
                    bold=True,
                )
            )
        )
    if rows:
        blocks += [
            line("I. Từng dòng", role="clause"),
            line(f"Mỗi hình là các ô của một dòng, từ trái sang phải: {boxes}.", role="note"),
            Bars(
                legend="",
                rows=tuple(
                    (f"{number}. {each.reason}", _told(each), _svg(each.picture))
                    for number, each in enumerate(rows, start=1)
                ),
            ),
        ]
    if sheets:
        blocks.append(line(f"{'II' if rows else 'I'}. Cả phiếu, và các dòng không có hình", role="clause"))
        blocks += passages.sentences([f"{each.reason}. {_told(each)}" for each in sheets])
    if not decisions:
        blocks.append(line("Không có trường hợp nào."))
    blocks += [
        Signatures(left=None, right=passages.board_signature(papers)),
        passages.member_signatures(papers),
    ]
    return finished(
        Form(name=NAME, title=TITLE, blocks=tuple(blocks)),
        code="Niêm phong cùng phiếu",
        mark=REHEARSAL_MARK if papers.rehearsal else "",
        spelling=papers.spelling,
    )


def _digest(decision: Decision) -> bytes:
    return hashlib.sha256(msgspec.json.encode(decision)).digest()


def _told(decision: Decision) -> str:
    return f"Kết luận: {decision.decided}{f' ({decision.how})' if decision.how else ''}"


def _svg(picture: bytes) -> str:
    """The picture as one `<svg>` element."""
    size = picture[PNG_SIZE]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")
    inside = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    )
