"""The record of a count: what is read off it."""

from __future__ import annotations

import datetime
import json

import msgspec
import pytest

from tests.strategies import rating_book
from tinnhiem.poll.count import count
from tinnhiem.poll.record import BallotNumbers, CountRecord, Numbers, canonical
from tinnhiem.poll.sheet import tally
from tinnhiem.poll.slate import BallotType, Slate, Subject

TYPES = (BallotType(id="a", title="Khối HĐND"), BallotType(id="b", title="Khối UBND"))


def record() -> CountRecord:
    slate = Slate(types=TYPES, subjects=(Subject(line=1, post="A", ballot="a"), Subject(line=1, post="B", ballot="b")))
    numbers = Numbers(ballots=(BallotNumbers(ballot="a"), BallotNumbers(ballot="b")))
    day = datetime.date(2023, 12, 7)
    return count(tally({}, slate, rating_book()), numbers, rating_book(), body="HĐND", date=day, slate=slate)


def test_the_types_of_a_record_are_those_of_its_round() -> None:
    assert record().ballot_types() == TYPES


def test_a_type_is_found_by_its_id() -> None:
    assert [record().type_of(kind.id).title for kind in TYPES] == [kind.title for kind in TYPES]


def test_a_type_the_round_does_not_have_is_not_found() -> None:
    with pytest.raises(KeyError) as caught:
        record().type_of("c")
    assert caught.value.args == ("c",)


@pytest.mark.parametrize(
    ("known", "absent"),
    [
        ({}, None),
        ({"summoned": 50}, None),
        ({"present": 47}, None),
        ({"summoned": 50, "present": 47}, 3),
        ({"absent_with_leave": 2}, 2),
        ({"absent_without_leave": 1}, 1),
        ({"absent_with_leave": 2, "absent_without_leave": 1}, 3),
        ({"absent_with_leave": 0, "summoned": 50, "present": 47}, 0),
    ],
)
def test_the_absent_are_those_stated_else_the_summoned_who_were_not_present(
    known: dict[str, int], absent: int | None
) -> None:
    assert msgspec.structs.replace(record(), **known).absent == absent


def test_the_canonical_form_has_its_keys_in_order_and_no_space_between() -> None:
    stated = msgspec.structs.replace(record(), body="HĐND tỉnh")
    text = canonical(stated).decode("utf-8")
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == again
    assert text.startswith(
        '{"absent_with_leave":null,"absent_without_leave":null,"base_kind":"returned","body":"HĐND tỉnh",'
    )
