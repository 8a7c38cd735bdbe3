"""Hypothesis strategies that several test modules share: texts, slates, sheets, piles and counted rounds."""

from __future__ import annotations

import datetime
import unicodedata

from hypothesis import strategies as st

from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.count import count
from tinnhiem.poll.record import BallotNumbers, CountRecord, Numbers, RoundingUsed
from tinnhiem.poll.sheet import Sheet, line_marks, tally
from tinnhiem.poll.slate import BallotType, Slate, Subject
from tinnhiem.poll.text_file import hidden_character

VOTE_DAY = datetime.date(2028, 12, 7)

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáạữợƀŏĭ ',;.-\"\\'"


def rating_book() -> Rulebook:
    """A rulebook with three levels, percentages of ballots returned and three regimes."""
    return shelf.book("nq-96-2023")


def one_line_texts(least: int = 1) -> st.SearchStrategy[str]:
    """Names and posts: one line, composed, without spaces at the ends, as the readers give them."""

    def clean(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip(" \u00a0")

    any_letter = st.characters(codec="utf-8").filter(lambda character: hidden_character(character) is None)
    return (
        st.text(st.one_of(st.sampled_from(LETTERS), any_letter), min_size=least, max_size=24)
        .map(clean)
        .filter(lambda text: len(text) >= least and clean(text) == text)
    )


@st.composite
def slates(draw: st.DrawFn, book: Rulebook, largest: int = 5) -> Slate:
    """One type without an id, or up to three with ids; each with its lines numbered from 1."""
    ids = draw(
        st.one_of(
            st.just([None]), st.lists(st.sampled_from(["hdnd", "ubnd", "ban"]), min_size=1, max_size=3, unique=True)
        )
    )
    types = tuple(BallotType(id=ballot, title=draw(one_line_texts(least=0))) for ballot in ids)
    subjects = [
        Subject(
            line=line,
            post=draw(one_line_texts()),
            name=draw(one_line_texts(least=0)),
            ballot=ballot,
            regime=draw(st.sampled_from(book.regime_ids())),
        )
        for ballot in ids
        for line in range(1, draw(st.integers(1, largest)) + 1)
    ]
    return Slate(types=types, subjects=tuple(subjects))


def sheets(book: Rulebook, lines: int) -> st.SearchStrategy[Sheet]:
    """Valid sheets with marks of every kind, and now and then a wholly invalid one."""
    marked = st.lists(st.sampled_from(line_marks(book)), min_size=lines, max_size=lines)
    valid = marked.map(lambda marks: Sheet(lines=tuple(marks)))
    invalid = st.sampled_from([reason.code for reason in book.sheet_invalid]).map(lambda code: Sheet(invalid=code))
    return st.one_of(valid, valid, valid, invalid)


def piles(book: Rulebook, lines: int, largest: int = 12) -> st.SearchStrategy[list[Sheet]]:
    """A pile of sheets of one ballot type."""
    return st.lists(sheets(book, lines), max_size=largest)


@st.composite
def counted_rounds(draw: st.DrawFn, book: Rulebook) -> CountRecord:
    """The record of a round counted from sheets, with whatever numbers the board may know."""
    slate = draw(slates(book))
    keyed = {kind.id: draw(piles(book, len(slate.lines(kind.id)))) for kind in slate.types}
    ballots = []
    for kind in slate.types:
        returned = len(keyed[kind.id])
        issued = draw(st.one_of(st.none(), st.integers(returned, returned + 3)))
        ballots.append(
            BallotNumbers(
                ballot=kind.id,
                received=draw(st.one_of(st.none(), st.integers(returned, returned + 9))),
                issued=issued,
                spoilt=draw(st.one_of(st.none(), st.integers(0, 3))),
                unused=draw(st.one_of(st.none(), st.integers(0, 9))),
                returned=draw(st.sampled_from([None, returned])),
            )
        )
    present = draw(st.one_of(st.none(), st.integers(0, 40)))
    numbers = Numbers(
        members=draw(st.one_of(st.none(), st.integers(40, 60))),
        summoned=draw(st.one_of(st.none(), st.integers(40, 50))),
        present=present,
        ballots=tuple(ballots),
    )
    return count(
        tally(keyed, slate, book),
        numbers,
        book,
        body=draw(one_line_texts()),
        date=VOTE_DAY,
        slate=slate,
        rounding=draw(
            st.one_of(
                st.none(),
                st.builds(RoundingUsed, digits=st.integers(1, 2), mode=st.sampled_from(["half-up", "truncate"])),
            )
        ),
        supersedes=draw(st.sampled_from([None, "0f" * 32])),
    )
