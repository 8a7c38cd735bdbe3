"""Invented rounds for the tests of paper: books of two to four choices, lists of any length, forms of every size."""

from __future__ import annotations

import datetime

import msgspec
from hypothesis import strategies as st

from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Choice, Rulebook
from tinnhiem.paper.laying_out import lay_out
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType, Slate, Subject

BODY = "HĐND tỉnh Bình An"
DAY = datetime.date(2028, 12, 7)
FORMS = {
    "A4": BallotForm(round_id="mot-dot"),
    "A5": BallotForm(round_id="mot-dot", paper="A5"),
    "large": BallotForm(round_id="mot-dot", large_print=True),
}
SYLLABLES = (
    "Nguyễn Trần Lê Phạm Huỳnh Võ Thị Văn Đức Ngọc Nghiêng Thuỷ Quỳnh Ớt Bưởi Ổi Mít Cam Quýt Khế Trương Tường".split()
)
POSTS = (
    "Chủ tịch HĐND",
    "Giám đốc Sở Xây dựng",
    "Ủy viên Ban Thường vụ, Phó Bí thư Thường trực, Chủ tịch HĐND kiêm Trưởng Ban Pháp chế",
    "Chủ nhiệm Ủy ban Khoa học, Công nghệ và Môi trường của Quốc hội, Phó Chủ tịch Hội đồng tư vấn",
)


def book(choices: int = 3, *, signed: bool = True) -> Rulebook:
    """A rulebook with as many choices, whose voters may sign or not."""
    known = shelf.book("qd-96-2023")
    first = known.choices[0]
    labels = ("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp", "Không có ý kiến")
    made = tuple(
        Choice(code=f"c{place}", label=label, label_en=label, short=label, clause=first.clause, basis=first.basis)
        for place, label in enumerate(labels[:choices], start=1)
    )
    return msgspec.structs.replace(
        known, choices=made, signature=msgspec.structs.replace(known.signature, value=signed)
    )


def people(number: int, ballot: str | None = None) -> tuple[Subject, ...]:
    """As many invented people, every fourth with a post that fills several lines."""
    return tuple(
        Subject(
            line=line,
            ballot=ballot,
            name=" ".join(SYLLABLES[(line * step) % len(SYLLABLES)] for step in (1, 6, 11)),
            post=POSTS[line % len(POSTS)],
        )
        for line in range(1, number + 1)
    )


def two_types() -> Slate:
    """A round of two ballot types, of one person and of five."""
    return Slate(
        types=(BallotType(id="hdnd", title="Phó Chủ tịch HĐND"), BallotType(id="ubnd", title="Ủy viên UBND")),
        subjects=(*people(1, "hdnd"), *people(5, "ubnd")),
    )


def laid_out(slate: Slate, form: BallotForm = FORMS["A4"], rules: Rulebook | None = None) -> SheetLayout:
    """The slate laid out under the usual body and day."""
    return lay_out(slate, rules or book(), form, body=BODY, date=DAY)


names = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=7).map(" ".join)
posts = st.lists(st.sampled_from([*POSTS, *SYLLABLES]), min_size=1, max_size=4).map(", ".join)
forms = st.sampled_from(sorted(FORMS)).map(FORMS.__getitem__)


@st.composite
def slates(draw: st.DrawFn, most: int = 60) -> Slate:
    """A list of 1 to `most` people of one ballot type."""
    number = draw(st.integers(1, most))
    return Slate(
        types=(BallotType(title=draw(st.sampled_from(["", "Ủy viên UBND", ", ".join(POSTS)]))),),
        subjects=tuple(Subject(line=line, name=draw(names), post=draw(posts)) for line in range(1, number + 1)),
    )
