"""Lời trên phiếu: title, head and the short lines that say how to mark, as a clerk words them.

Contract: what spoils a line comes from the rulebook's own facts of marking, never from here; these are the words that every ballot of the kind bears. Party and
State words are never mixed on a page. Sources: the shape of the forms, in the office's custom; annexes of the regulations could not be read.
"""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.law.rulebook import Rulebook, Style
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType
from tinnhiem.typeset.headings import WORDING
from tinnhiem.typeset.words import NBSP, in_words, long_date

SIGNATURE = ("NGƯỜI GHI PHIẾU", "(ký tên hoặc không ký tên)")
REHEARSAL = "PHIẾU CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ"
SAMPLE = "PHIẾU MẪU"
CALIBRATION = ("Ô của máy", "không đánh dấu")
HEADS = ("STT", "Họ và tên", "Chức danh, chức vụ")
RIGHT_MARK = "Ghi đúng:"


class SheetWords(msgspec.Struct, frozen=True, kw_only=True):
    """Lời của một loại phiếu: `about` are the lines under the title, `how` the lines that say how to mark."""

    style: Style
    superior: str
    body: str
    title: str
    about: tuple[str, ...]
    how: tuple[str, ...]
    person: str


def words_of(
    book: Rulebook, form: BallotForm, kind: BallotType, *, body: str, date: datetime.date, people: int
) -> SheetWords:
    """Lời in trên một loại phiếu có `people` người."""
    style = form.style or book.style
    wording = WORDING[style]
    where = f"tại {form.meeting}, " if form.meeting else ""
    about = (_about(book, form, kind), f"({where}{long_date(date).replace(' ', NBSP)})")
    return SheetWords(
        style=style,
        superior=form.superior.upper(),
        body=(form.body or body).upper(),
        title=book.ballot_title.value.upper(),
        about=tuple(line for line in about if line),
        how=_how(book, wording.person, people),
        person=wording.person,
    )


def _about(book: Rulebook, form: BallotForm, kind: BallotType) -> str:
    """What follows the title: the type's own title, without the words that the title already says."""
    title = kind.title or form.subjects
    begins = book.ballot_title.value.casefold()
    if title.casefold().startswith(begins):
        title = title[len(begins) :].strip(" ,:–-")
    if not title:
        return ""
    return title if title.casefold().startswith("đối với") else f"đối với {title}"


def _how(book: Rulebook, person: str, people: int) -> tuple[str, ...]:
    boxes = in_words(len(book.choices))
    each = f"ứng với mỗi {person}" if people > 1 else f"ứng với {person} có tên"
    return (
        f"Cách ghi phiếu: đánh dấu X vào một trong {boxes} ô {each}.",
        "Không gạch tên, không sửa, không ghi thêm. Ghi hỏng thì đề nghị đổi phiếu khác.",
    )


def overleaf(page: int, sides: int) -> str:
    """Dòng báo còn mặt sau: bold on every side that is not the last."""
    if page % 2:
        return "Phiếu còn mặt sau. Đề nghị ghi tiếp mặt sau." if sides == 2 else "Đề nghị ghi tiếp mặt sau."
    return "Đề nghị ghi tiếp tờ sau."


def side_number(page: int, sides: int) -> str:
    """Số mặt."""
    return f"Mặt {page}/{sides}"
