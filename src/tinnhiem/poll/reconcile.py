"""Đối chiếu các lần nhập: several readings of the same batches → agreed sheets, and what is open.

Contract: stations do not see each other; this is where their readings meet. Whatever they agree on is taken; of the rest only what differs is
told, and a skipped sheet or a pile keyed from the other end is told as that. Every line counts: nothing is settled by guessing, and
sheets are handed on only when nothing is open. The order of stations, of batches and of sheets in a batch never changes what is agreed.
What a decision settles is `settle`'s; first readings are kept in every `Disagreement`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.align import Alignment, align, differing_lines, sheets_key, turned
from tinnhiem.poll.discrepancy import Differing, Disagreement, Misplaced, Missing
from tinnhiem.poll.sheet import Sheet

Place = tuple[str | None, int]
"""Ballot type and number of the batch."""

Reading = Mapping[Place, Sequence[Sheet]]
"""Một lần nhập: what one station keyed, batch by batch, in its own order."""


class ReconciliationOpen(TinnhiemError):
    """Sheets asked for while something is not settled."""

    code = "reconciliation_open"
    vi = "Còn {count} chỗ chưa thống nhất giữa các lần nhập. Giải quyết hết rồi mới lập kết quả."
    en = "{count} points are still open between the entries. Settle them before counting."


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """Chỗ đã giải quyết: the disagreement with its first readings, and the sheet as it was decided."""

    disagreement: Disagreement
    sheet: Sheet


class AgreedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """Tập phiếu đã đối chiếu: its sheets in the first station's order; None where a sheet is open.

    `numbers` are the sheets' places at the first station, 1-based; a skipped sheet stands nowhere here.
    """

    ballot: str | None
    batch: int
    sheets: tuple[Sheet | None, ...]
    numbers: tuple[int, ...]


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả đối chiếu. Findings stand in the order of ballot types and batches."""

    disagreements: tuple[Disagreement | Misplaced, ...]
    missing: tuple[Missing, ...]
    agreed: tuple[AgreedBatch, ...]
    settled: tuple[Settled, ...] = ()

    @property
    def open(self) -> int:
        """Số chỗ chưa thống nhất: how many findings stand in the way of a count."""
        return sum(finding.open for finding in (*self.disagreements, *self.missing))

    def sheets(self) -> dict[str | None, tuple[Sheet, ...]]:
        """Các phiếu đã thống nhất, by ballot type, for `sheet.tally`. Raises `ReconciliationOpen` while anything is open."""
        if self.open:
            raise ReconciliationOpen(count=self.open)
        piles: dict[str | None, list[Sheet]] = {}
        for batch in self.agreed:
            piles.setdefault(batch.ballot, []).extend(sheet for sheet in batch.sheets if sheet is not None)
        return {ballot: tuple(pile) for ballot, pile in piles.items()}

    def as_dict(self) -> dict[str, Any]:
        """The findings as the command line prints them; `rows` are the caller's, who knows the slate."""
        return {
            "disagreements": [finding.as_dict() for finding in self.disagreements],
            "missing": [finding.as_dict() for finding in self.missing],
        }


def reconcile(
    readings: Sequence[Reading], counted: Mapping[Place, int] | None = None, must_agree: int | None = None
) -> Reconciliation:
    """Đối chiếu hai lần nhập trở lên.

    `counted` gives the number of sheets counted by hand where it is known. `must_agree` is how many stations must read a sheet alike:
    all of them unless it says less. Sheets of one ballot type have the same number of lines. Raises ValueError for fewer than two readings.
    """
    need = len(readings) if must_agree is None else must_agree
    if len(readings) < 2 or not 2 <= need <= len(readings):
        raise ValueError((len(readings), must_agree))
    by_hand = counted or {}
    places = {place for reading in readings for place in reading} | set(by_hand)
    disagreements: list[Disagreement | Misplaced] = []
    missing: list[Missing] = []
    agreed: list[AgreedBatch] = []
    for ballot, batch in sorted(places, key=lambda place: (place[0] or "", place[1])):
        keyed = [reading.get((ballot, batch)) for reading in readings]
        absent = [
            Missing(kind="batch", ballot=ballot, batch=batch, station=station)
            for station, pile in enumerate(keyed, start=1)
            if pile is None
        ]
        missing.extend(absent)
        if absent:
            continue
        desk = _Desk(ballot, batch, [tuple(pile or ()) for pile in keyed], by_hand.get((ballot, batch)), need)
        agreed.append(desk.bring_together())
        disagreements.extend(desk.disagreements)
        missing.extend(desk.missing)
    return Reconciliation(disagreements=tuple(disagreements), missing=tuple(missing), agreed=tuple(agreed))


class _Desk:
    """One batch on the table: its readings side by side, and what comes of them."""

    def __init__(
        self, ballot: str | None, batch: int, piles: Sequence[tuple[Sheet, ...]], counted: int | None, need: int
    ) -> None:
        self.ballot, self.batch, self.piles, self.counted, self.need = ballot, batch, piles, counted, need
        self.disagreements: list[Disagreement | Misplaced] = []
        self.missing: list[Missing] = []

    def bring_together(self) -> AgreedBatch:
        """The agreed sheets; findings are left in `disagreements` and `missing`."""
        self._hold_against_hand_count()
        first = self.piles[0]
        if all(pile == first for pile in self.piles[1:]):
            return self._agreed(first, range(1, len(first) + 1))
        columns = self._columns()
        self._tell_gaps(columns)
        sheets: list[Sheet | None] = []
        numbers: list[int] = []
        for column in columns:
            if None in column:
                continue
            places = tuple(place for place in column if place is not None)
            keyed = tuple(pile[place] for pile, place in zip(self.piles, places, strict=True))
            sheets.append(keyed[0] if len(set(keyed)) == 1 else self._disagree(places, keyed))
            numbers.append(places[0] + 1)
        return self._agreed(sheets, numbers)

    def _agreed(self, sheets: Sequence[Sheet | None], numbers: Sequence[int]) -> AgreedBatch:
        return AgreedBatch(ballot=self.ballot, batch=self.batch, sheets=tuple(sheets), numbers=tuple(numbers))

    def _hold_against_hand_count(self) -> None:
        if self.counted is None or any(len(pile) == self.counted for pile in self.piles):
            return  # where one station keyed as many as were counted, the others' gaps say what is wrong
        self.missing.extend(
            Missing(
                kind="count",
                ballot=self.ballot,
                batch=self.batch,
                station=station,
                keyed=len(pile),
                counted=self.counted,
            )
            for station, pile in enumerate(self.piles, start=1)
        )

    def _columns(self) -> list[tuple[int | None, ...]]:
        """One column for each sheet of the pile: its place at each station, None where a station lacks it; in the first station's order."""
        pairs: dict[tuple[int, int], Alignment] = {}
        for one, other in combinations(range(len(self.piles)), 2):
            pairs[one, other] = align(self.piles[one], self.piles[other])
            pairs[other, one] = turned(pairs[one, other])
        # The reading closest to all others is the middle of the star; content alone breaks a tie, so no station's seat matters.
        pivot = min(
            range(len(self.piles)),
            key=lambda one: (
                sum(pairs[one, other].cost for other in range(len(self.piles)) if other != one),
                sheets_key(self.piles[one]),
            ),
        )
        columns: list[list[int | None]] = [
            [place if station == pivot else None for station in range(len(self.piles))]
            for place in range(len(self.piles[pivot]))
        ]
        extra: dict[Sheet, list[list[int | None]]] = {}
        for other in range(len(self.piles)):
            if other == pivot:
                continue
            self._tell_order(pivot, other, pairs[pivot, other])
            for step in pairs[pivot, other].steps:
                if step.left is not None:
                    columns[step.left][other] = step.right
                elif step.right is not None:
                    self._add_extra(extra, other, step.right)
        found = [*columns, *(column for alike in extra.values() for column in alike)]
        return [tuple(column) for column in sorted(found, key=self._position)]

    def _add_extra(self, extra: dict[Sheet, list[list[int | None]]], station: int, place: int) -> None:
        """A sheet the pivot lacks: beside the same sheet of another station where there is one."""
        alike = extra.setdefault(self.piles[station][place], [])
        for column in alike:
            if column[station] is None:
                column[station] = place
                return
        alike.append([place if one == station else None for one in range(len(self.piles))])

    def _position(self, column: Sequence[int | None]) -> tuple[int, int]:
        """Where a column stands: by the first station that has the sheet."""
        station, place = next((one, place) for one, place in enumerate(column) if place is not None)
        return place, station

    def _tell_order(self, pivot: int, other: int, alignment: Alignment) -> None:
        against, station = sorted((pivot, other))
        if alignment.order != "same":
            self._tell_misplaced(alignment.order, station, against)
        swapped = [step for step in alignment.steps if step.swapped]
        for step, following in zip(swapped[::2], swapped[1::2], strict=True):
            pair = (step.left, following.left) if against == pivot else (step.right, following.right)
            self._tell_misplaced("swapped", station, against, sorted(place + 1 for place in pair if place is not None))

    def _tell_misplaced(
        self, kind: Literal["reversed", "swapped", "shuffled"], station: int, against: int, sheets: Sequence[int] = ()
    ) -> None:
        self.disagreements.append(
            Misplaced(
                kind=kind,
                ballot=self.ballot,
                batch=self.batch,
                station=station + 1,
                against=against + 1,
                sheets=tuple(sheets),
            )
        )

    def _tell_gaps(self, columns: Sequence[tuple[int | None, ...]]) -> None:
        found: list[Missing] = []
        for column in columns:
            lacking = [station for station, place in enumerate(column) if place is None]
            if not lacking:
                continue
            having = [station for station, place in enumerate(column) if place is not None]
            place = column[having[0]] or 0
            run = self._run(having[0], place)
            extra = self._too_many(having, lacking)
            for station in having if extra else lacking:
                own = self._run(station, column[station] or 0) if extra else run
                gap = Missing(
                    kind="extra" if extra else "sheet",
                    ballot=self.ballot,
                    batch=self.batch,
                    station=station + 1,
                    number=1,
                    first=own[0] + 1,
                    last=own[1] + 1,
                    doubled=own[0] < own[1],
                )
                _join(found, gap)
        self.missing.extend(found)

    def _too_many(self, having: Sequence[int], lacking: Sequence[int]) -> bool:
        """Whether a gap is a sheet too many rather than one too few: as the hand count says, else as most stations do."""
        if self.counted is not None:
            lengths = {station: len(self.piles[station]) for station in (*having, *lacking)}
            fit_lacking = all(lengths[station] == self.counted for station in lacking)
            fit_having = all(lengths[station] == self.counted for station in having)
            if fit_lacking != fit_having:
                return fit_lacking
        return len(having) < len(lacking)

    def _run(self, station: int, place: int) -> tuple[int, int]:
        """The places around one sheet that hold the very same sheet: it may be any of them."""
        pile = self.piles[station]
        first = last = place
        while first > 0 and pile[first - 1] == pile[place]:
            first -= 1
        while last + 1 < len(pile) and pile[last + 1] == pile[place]:
            last += 1
        return first, last

    def _disagree(self, places: tuple[int, ...], keyed: tuple[Sheet, ...]) -> Sheet | None:
        valid = [sheet for sheet in keyed if sheet.invalid is None]
        lines = sorted({line for sheet in valid for line in differing_lines(valid[0], sheet)})
        majority = _majority(keyed, self.need)
        self.disagreements.append(
            Disagreement(
                ballot=self.ballot,
                batch=self.batch,
                sheet=places[0] + 1,
                places=tuple(place + 1 for place in places),
                keyed=keyed,
                lines=tuple(
                    Differing(
                        line=line + 1,
                        marks=tuple(sheet.lines[line] if sheet.invalid is None else None for sheet in keyed),
                    )
                    for line in lines
                ),
                open=majority is None,
            )
        )
        return majority


def _majority(keyed: Sequence[Sheet], need: int) -> Sheet | None:
    """The sheet as at least `need` stations read it, line by line; None where some line or its validity lacks that."""
    if need == len(keyed):
        return None
    reason, votes = Counter(sheet.invalid for sheet in keyed).most_common(1)[0]
    if votes < need:
        return None
    if reason is not None:
        return Sheet(invalid=reason)
    lines = []
    for marks in zip(*(sheet.lines for sheet in keyed if sheet.invalid is None), strict=True):
        mark, votes = Counter(marks).most_common(1)[0]
        if votes < need:
            return None
        lines.append(mark)
    return Sheet(lines=tuple(lines))


def _join(found: list[Missing], gap: Missing) -> None:
    """Adds a gap to the one before where they touch: three sheets skipped in a row are one finding."""
    for place, before in enumerate(found):
        same = before.station == gap.station and before.kind == gap.kind
        if same and before.first <= gap.last + 1 and gap.first <= before.last + 1:
            found[place] = msgspec.structs.replace(
                before,
                number=before.number + 1,
                first=min(before.first, gap.first),
                last=max(before.last, gap.last),
                doubled=before.doubled or gap.doubled,
            )
            return
    found.append(gap)
