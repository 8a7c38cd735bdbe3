"""A counted round written as ROUND.toml and ROWS.csv counts to the same fingerprint."""

from __future__ import annotations

import datetime
import tomllib

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import counted_rounds, one_line_texts, rating_book
from tinnhiem.law.rulebook import Correction
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.count import count
from tinnhiem.poll.record import BallotNumbers, CountRecord, Numbers, fingerprint
from tinnhiem.poll.round_file import read_round
from tinnhiem.poll.round_writer import toml_text, write_round, write_rows
from tinnhiem.poll.rows_file import read_rows
from tinnhiem.poll.sheet import Sheet, tally
from tinnhiem.poll.slate import Slate, Subject


def tabulated(record: CountRecord, form: BallotForm | None = None) -> CountRecord:
    """The record as the command line makes it from the two files."""
    round_file = read_round(write_round(record, form))
    rows = read_rows(write_rows(record), "ROWS.csv", round_file, rating_book())
    return count(
        rows.tally,
        round_file.numbers,
        rating_book(),
        body=round_file.body,
        date=round_file.date,
        slate=rows.slate,
        rounding=round_file.rounding,
        corrections=round_file.corrections,
        supersedes=round_file.supersedes,
    )


@settings(max_examples=40)
@given(counted_rounds(rating_book()))
def test_written_and_read_again_a_round_keeps_its_fingerprint(record: CountRecord) -> None:
    assert fingerprint(tabulated(record)) == fingerprint(record)


@settings(max_examples=30)
@given(counted_rounds(rating_book()), st.data())
def test_one_altered_count_gives_another_fingerprint(record: CountRecord, data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(record.lines) - 1))
    line = record.lines[chosen]
    code = data.draw(st.sampled_from(sorted(line.counts)))
    altered = msgspec.structs.replace(line, counts={**line.counts, code: line.counts[code] + 1})
    lines = (*record.lines[:chosen], altered, *record.lines[chosen + 1 :])
    assert fingerprint(msgspec.structs.replace(record, lines=lines)) != fingerprint(record)


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_survives_toml(text: str) -> None:
    assert tomllib.loads(f"x = {toml_text(text)}\n")["x"] == text


@settings(max_examples=20)
@given(counted_rounds(rating_book()))
def test_what_is_written_ends_its_lines_alike_on_every_system(record: CountRecord) -> None:
    assert b"\r" not in write_round(record) + write_rows(record)


def test_names_and_corrections_are_written_and_read_again() -> None:
    slate = Slate(subjects=(Subject(line=1, post="Chủ tịch", name="Lê Thị Bưởi"), Subject(line=2, post="Phó Chủ tịch")))
    corrections = (
        Correction(path="quorum.num", value=1, reason="Theo quy chế làm việc"),
        Correction(path="signature.value", value=False, reason="Ban kiểm phiếu không ký"),
    )
    record = count(
        tally({None: (Sheet(lines=("high", "low")),)}, slate, rating_book()),
        Numbers(ballots=(BallotNumbers(),)),
        rating_book(),
        body="HĐND",
        date=datetime.date(2023, 12, 7),
        slate=slate,
        corrections=corrections,
    )
    again = read_round(write_round(record))
    assert again.corrections == corrections
    assert [(subject.post, subject.name) for subject in again.subjects] == [
        ("Chủ tịch", "Lê Thị Bưởi"),
        ("Phó Chủ tịch", ""),
    ]


words = st.one_of(st.just(""), one_line_texts())
forms = st.builds(
    BallotForm,
    round_id=words,
    style=st.sampled_from([None, "party", "state"]),
    superior=words,
    body=words,
    meeting=words,
    subjects=words,
    paper=st.sampled_from(["A4", "A5"]),
    large_print=st.booleans(),
    band=st.booleans(),
    signature=st.sampled_from([None, True, False]),
    stamp=st.sampled_from([None, True, False]),
    rehearsal=st.booleans(),
    token_decision=words,
)


@settings(max_examples=40)
@given(counted_rounds(rating_book()), forms)
def test_the_form_of_the_ballot_is_written_and_read_again(record: CountRecord, form: BallotForm) -> None:
    assert read_round(write_round(record, form)).form == form


@settings(max_examples=20)
@given(counted_rounds(rating_book()), forms)
def test_the_form_of_the_ballot_changes_no_fingerprint(record: CountRecord, form: BallotForm) -> None:
    assert fingerprint(tabulated(record, form)) == fingerprint(record)


@settings(max_examples=10)
@given(counted_rounds(rating_book()))
def test_an_office_that_decided_nothing_of_the_form_has_no_table_for_it(record: CountRecord) -> None:
    assert "sheet" not in tomllib.loads(write_round(record, BallotForm()).decode("utf-8"))
