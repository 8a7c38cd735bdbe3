"""Số tổng nhập tay: a hand tally beside the machine's (kiểm song song), and totals typed twice instead of sheets.

Contract: typed figures are sealed like sheets. While a hand tally differs from the machine's, the round is not counted without the board's written
ruling. Two typings of totals are by two people and must agree to the last figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import acting
from tinnhiem.app.actions.batching import batch_label, current_batch, refuse_unless_counting
from tinnhiem.app.actions.entering import refuse_other_station
from tinnhiem.app.models import Account, BallotType, HandTally, TypedTotals
from tinnhiem.app.queries.sealed import hand_place, totals_place
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.sheet import LineTally, TypeTally


class TotalsIncomplete(TinnhiemError):
    """A line of typed totals that does not fill its pile."""

    code = "totals_incomplete"
    vi = "Dòng {line}: các mức cộng không hợp lệ là {sum}, phải bằng số phiếu của tập ({size}). Đối chiếu lại bảng kiểm phiếu."
    en = "Line {line}: the choices and invalid marks add up to {sum}, not to the {size} sheets. Compare with the tally sheet."


class TotalsBlank(TinnhiemError):
    """A line of typed totals with an empty box: an empty box is not a nought (forms.md c3)."""

    code = "totals_blank"
    vi = "Dòng {line} còn ô để trống. Ghi đủ các cột của bảng kiểm phiếu; không có thì ghi 0."
    en = "Line {line} has an empty box. Fill every column of the tally sheet; write 0 where there is none."


class SameTypist(TinnhiemError):
    """The two typings of totals are by one person."""

    code = "same_typist"
    vi = "Hai lần nhập tổng phải do hai người thực hiện. {typist} đã nhập lần kia."
    en = "Two typings of totals need two people. {typist} did the other one."


class RulingEmpty(TinnhiemError):
    """A ruling without words."""

    code = "ruling_empty"
    vi = "Ghi rõ kết luận của Ban kiểm phiếu và lý do."
    en = "Write the board's ruling and its reason."


Figures = Mapping[int, Mapping[str, int]]
"""line → choice code → count; the key "invalid" holds the invalid marks of the line."""


def type_hand_tally(account: Account, round_id: UUID, batch_id: UUID, figures: Figures) -> None:
    """Ghi kết quả kiểm tay của một tập: all choices and the invalid of each line, which must add up to the pile."""
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        tally = _tally(figures, book_of(act.round), batch.ballot_type, batch.size)
        hand, _ = HandTally.objects.get_or_create(batch=batch)
        hand.sealed = vault.seal_text(act.round.pk, hand_place(batch), msgspec.json.encode(tally))
        hand.ruling = ""
        hand.save()
        act.record("hand_tally_typed", batch=batch_label(batch))


def rule_on_hand_tally(account: Account, round_id: UUID, batch_id: UUID, ruling: str) -> None:
    """Kết luận khi kiểm tay và kiểm máy khác nhau: the board's words, which the minutes print."""
    if not ruling.strip():
        raise RulingEmpty
    with acting(account, Permission.COUNT, round_id) as act:
        hand = HandTally.objects.get(batch=current_batch(act, batch_id))
        hand.ruling = ruling.strip()
        hand.save()
        act.record("hand_tally_ruled", batch=batch_label(hand.batch), ruling=hand.ruling)


def type_totals(
    account: Account, round_id: UUID, ballot_type: BallotType, typing: int, typist: str, figures: Figures
) -> None:
    """Nhập tổng từ bảng kiểm phiếu, lần `typing` (1 or 2), by `typist`; raises `SameTypist`, `TotalsIncomplete`."""
    with acting(account, Permission.KEY, round_id) as act:
        refuse_unless_counting(act)
        refuse_other_station(account, act.round, typing)
        others = TypedTotals.objects.filter(ballot_type=ballot_type, count_number=act.round.count_number)
        for other in others.exclude(typing=typing):
            if other.typist.casefold() == typist.casefold():
                raise SameTypist(typist=typist)
        tally = _tally(figures, book_of(act.round), ballot_type, ballot_type.returned or 0)
        typed, _ = others.get_or_create(
            typing=typing,
            defaults={
                "typist": typist,
                "ballot_type": ballot_type,
                "count_number": act.round.count_number,
            },
        )
        typed.typist = typist
        typed.sealed = vault.seal_text(act.round.pk, totals_place(typed), msgspec.json.encode(tally))
        typed.save()
        act.record("totals_typed", of_type=ballot_type.title, typing=typing, typist=typist)


def _tally(figures: Figures, book: Rulebook, ballot_type: BallotType, size: int) -> TypeTally:
    codes = book.choice_codes()
    faults: list[TinnhiemError] = []
    lines = []
    for subject in ballot_type.subjects.filter(line__isnull=False).order_by("line"):
        line = subject.line or 0
        given = figures.get(line, {})
        if not {*codes, "invalid"} <= set(given):
            faults.append(TotalsBlank(line=line))
            continue
        counts = {code: given[code] for code in codes}
        total = sum(counts.values()) + given["invalid"]
        if total != size:
            faults.append(TotalsIncomplete(line=line, sum=total, size=size))
        lines.append(LineTally(line=line, counts=counts))
    if faults:
        raise Faults(faults)
    return TypeTally(ballot=ballot_type.code or None, sheets=None, invalid_by_reason=None, lines=tuple(lines))
