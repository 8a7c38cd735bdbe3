"""What holds of every count, whatever was keyed: order changes nothing, shares are exact, equations hold."""

from __future__ import annotations

import json
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import VOTE_DAY, counted_rounds, piles, rating_book
from tinnhiem.poll.count import count, printed_share
from tinnhiem.poll.reconcile import Reading, reconcile
from tinnhiem.poll.record import CountRecord, Numbers, canonical, fingerprint
from tinnhiem.poll.sheet import Sheet, tally
from tinnhiem.poll.slate import BallotType, Slate, Subject

LINES = 3
FEWER = settings(max_examples=30)  # each count names its rulebook by a digest over the whole of it
SLATE = Slate(
    types=(BallotType(id="a"), BallotType(id="b")),
    subjects=tuple(
        Subject(line=line, post=f"{line}", ballot=ballot) for ballot in "ab" for line in range(1, LINES + 1)
    ),
)


def counted(*readings: Reading) -> CountRecord:
    """From what the stations keyed to the record."""
    agreed = reconcile(readings).sheets()
    return count(
        tally(agreed, SLATE, rating_book()), Numbers(), rating_book(), body="Bình An", date=VOTE_DAY, slate=SLATE
    )


@FEWER
@given(piles(rating_book(), LINES), piles(rating_book(), LINES), st.data())
def test_order_of_sheets_batches_and_stations_never_changes_the_record(
    first: list[Sheet], second: list[Sheet], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(first)))
    keyed: dict[tuple[str | None, int], list[Sheet]] = {
        ("a", 1): first[:cut],
        ("a", 2): first[cut:],
        ("b", 1): second,
    }
    again = {place: data.draw(st.permutations(keyed[place])) for place in data.draw(st.permutations(list(keyed)))}
    one_pile = {("a", 9): data.draw(st.permutations(first)), ("b", 9): second}
    prints = {
        fingerprint(record)
        for record in (
            counted(keyed, again),
            counted(again, keyed),
            counted(keyed, again, keyed),
            counted(one_pile, one_pile),
        )
    }
    assert len(prints) == 1


@FEWER
@given(counted_rounds(rating_book()))
def test_no_mark_is_lost_and_every_share_is_the_count_over_the_base(record: CountRecord) -> None:
    for line in record.lines:
        returned = record.type_of(line.ballot).returned
        assert returned is not None
        assert line.invalid is not None
        assert sum(line.counts.values()) + line.invalid == returned
        assert line.shares == {code: (number, returned) if returned else None for code, number in line.counts.items()}
        if returned:
            shares = [Fraction(*share) for share in line.shares.values() if share]
            assert sum(shares) + Fraction(line.invalid, returned) == 1


@FEWER
@given(counted_rounds(rating_book()))
def test_every_equation_of_a_person_holds(record: CountRecord) -> None:
    own = [equation for equation in record.equations if equation.name.startswith("line ")]
    assert len(own) == len(record.lines)
    assert all(equation.holds for equation in own)


@FEWER
@given(counted_rounds(rating_book()))
def test_the_record_holds_no_float(record: CountRecord) -> None:
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [part for entry in value.values() for part in numbers(entry)]
        if isinstance(value, list):
            return [part for entry in value for part in numbers(entry)]
        return [value]

    assert [one for one in numbers(json.loads(canonical(record))) if isinstance(one, float)] == []


@given(st.integers(0, 2_000), st.integers(1, 2_000), st.integers(0, 4))
def test_a_printed_share_is_what_exact_decimals_round_to(num: int, den: int, digits: int) -> None:
    with localcontext() as context:
        context.prec = 60
        exact, unit = Decimal(num) * 100 / Decimal(den), Decimal(1).scaleb(-digits)
        half_up = str(exact.quantize(unit, ROUND_HALF_UP)).replace(".", ",")
        cut = str(exact.quantize(unit, ROUND_DOWN)).replace(".", ",")
    assert (printed_share(num, den, digits, "half-up"), printed_share(num, den, digits, "truncate")) == (half_up, cut)
