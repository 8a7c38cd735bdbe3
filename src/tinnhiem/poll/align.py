"""So khớp hai lần nhập của một tập: which sheet of one reading is which sheet of the other.

Contract: two sequences of sheets in, an `Alignment` out, the same whichever of the two comes first (but for its sides). Sheets bear no
numbers, because many boards refuse to write on ballots; so shifts, swaps and a pile keyed from the other end are found from the
marks alone. A sheet read slightly differently stays one sheet; a skipped one becomes a gap instead of a pile of differences. Needleman–Wunsch
over sheets with swaps of neighbours, within a band that widens until nothing outside it can be better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from operator import ne
from typing import Literal

import msgspec

from tinnhiem.poll.sheet import Sheet

Order = Literal["same", "reversed", "shuffled"]

FIRST_BAND = 8
WIDEST_BAND = 128
"""A pile whose two readings lie further apart than this is aligned as well as this band allows."""

_NEVER = 1 << 60


class Step(msgspec.Struct, frozen=True):
    """Một phiếu: its 0-based place in each reading, None where that reading lacks it; `swapped` with its neighbour."""

    left: int | None
    right: int | None
    swapped: bool = False


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả so khớp: the steps in the left reading's order, and how the right pile lies against it."""

    steps: tuple[Step, ...]
    order: Order
    cost: int


def align(left: Sequence[Sheet], right: Sequence[Sheet]) -> Alignment:
    """So khớp hai lần nhập: the reading of both that leaves the least to explain."""
    if sheets_key(right) < sheets_key(left):
        return turned(align(right, left))
    costs, reverse = _Costs(left, right), _Costs(left, tuple(reversed(right)))
    forward, cost, floor = _in_sequence(costs, FIRST_BAND)
    backward, back_cost, back_floor = (
        _in_sequence(reverse, FIRST_BAND) if floor > 2 * costs.gap else (forward, cost, cost)
    )
    if 2 * back_cost >= floor:
        # Neither lies close at hand: look as far as need be.
        if floor < cost:
            forward, cost, floor = _in_sequence(costs, WIDEST_BAND)
        if back_floor < min(back_cost, cost):
            backward, back_cost, _ = _in_sequence(reverse, WIDEST_BAND)
    found = Alignment(steps=forward, order="same", cost=cost)
    if 2 * back_cost < cost:
        last = len(right) - 1
        steps = tuple(
            Step(step.left, None if step.right is None else last - step.right, step.swapped) for step in backward
        )
        found = Alignment(steps=steps, order="reversed", cost=back_cost)
    unlike = _unlike(costs, found.steps)
    shuffled = _as_sets(costs) if unlike > 1 else ()
    if shuffled and 2 * _unlike(costs, shuffled) < unlike:
        return Alignment(steps=shuffled, order="shuffled", cost=found.cost)
    return found


def turned(alignment: Alignment) -> Alignment:
    """The same alignment seen from the other reading, in that reading's order."""
    return msgspec.structs.replace(alignment, steps=_turned(alignment))


def sheets_key(sheets: Sequence[Sheet]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """An order of piles by their content alone."""
    return tuple((sheet.invalid or "", sheet.lines) for sheet in sheets)


def differing_lines(one: Sheet, other: Sheet) -> tuple[int, ...]:
    """The 0-based lines on which two valid sheets differ."""
    return tuple(line for line, pair in enumerate(zip(one.lines, other.lines, strict=True)) if pair[0] != pair[1])


class _Costs:
    """What it costs to say that two sheets are one (in half lines), that one is missing, that two are swapped."""

    swap = 1

    def __init__(self, left: Sequence[Sheet], right: Sequence[Sheet]) -> None:
        self.left, self.right = left, right
        lines = max((len(sheet.lines) for sheet in (*left, *right)), default=0)
        # Two gaps cost more than half the lines of a sheet: one sheet read twice differs in less than that.
        self.gap = max(2, lines // 2 + 1)
        self.validity = max(1, lines)
        ids: dict[Sheet, int] = {}
        self.left_ids = [ids.setdefault(sheet, len(ids)) for sheet in left]
        self.right_ids = [ids.setdefault(sheet, len(ids)) for sheet in right]
        self._known: dict[tuple[int, int], int] = {}

    def between(self, left: int, right: int) -> int:
        pair = self.left_ids[left], self.right_ids[right]
        if pair[0] == pair[1]:
            return 0
        cost = self._known.get(pair)
        if cost is None:
            one, other = self.left[left], self.right[right]
            if one.invalid is not None and other.invalid is not None:
                cost = 2
            elif one.invalid is not None or other.invalid is not None:
                cost = self.validity
            else:
                cost = 2 * sum(map(ne, one.lines, other.lines))
            self._known[pair] = cost
        return cost

    def crossing(self, row: int, column: int) -> int:
        """What it costs that the last two sheets of both parts are swapped, one of them perhaps misread besides."""
        return self.swap + self.between(row - 1, column - 2) + self.between(row - 2, column - 1)


def _turned(alignment: Alignment) -> tuple[Step, ...]:
    steps = [Step(step.right, step.left, step.swapped) for step in alignment.steps]
    if alignment.order == "reversed":
        steps.reverse()
    for place, (step, following) in enumerate(pairwise(steps)):
        if step.swapped and following.swapped and (step.left or 0) > (following.left or 0):
            steps[place], steps[place + 1] = following, step
    if alignment.order == "shuffled":
        lacking = len(steps)
        steps.sort(key=lambda step: lacking if step.left is None else step.left)
    return tuple(steps)


def _in_sequence(costs: _Costs, widest: int) -> tuple[tuple[Step, ...], int, int]:
    """The cheapest alignment that keeps both orders, but for swapped neighbours: its steps, its cost, and what none can be cheaper than."""
    left, right = costs.left_ids, costs.right_ids
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    tail = 0
    while tail < min(len(left), len(right)) - start and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    rows, columns = len(left) - start - tail, len(right) - start - tail
    band = FIRST_BAND // 2
    while True:
        middle, cost = _within_band(costs, start, rows, columns, band)
        # A path that leaves the band has at least this many gaps.
        unseen = costs.gap * (abs(rows - columns) + 2 * (band + 1))
        whole = band >= max(rows, columns)
        if whole or cost <= unseen or band >= widest:
            break
        band *= 2
    head = [Step(place, place) for place in range(start)]
    ends = [Step(len(left) - back, len(right) - back) for back in range(tail, 0, -1)]
    return (*head, *middle, *ends), cost, cost if whole else min(cost, unseen)


def _within_band(costs: _Costs, start: int, rows: int, columns: int, band: int) -> tuple[list[Step], int]:
    """Needleman–Wunsch on the parts between the common ends; cell [row][k] has column row + lowest + k."""
    lowest, highest = min(0, columns - rows) - band, max(0, columns - rows) + band
    width = highest - lowest + 1
    table: list[list[int]] = []
    moves: list[bytearray] = []
    for row in range(rows + 1):
        cells, taken = [_NEVER] * width, bytearray(width)
        table.append(cells)
        moves.append(taken)
        for k in range(max(0, -lowest - row), min(width, columns - lowest - row + 1)):
            column = row + lowest + k
            best, move = (0, 0) if row == column == 0 else (_NEVER, 0)
            if row and column:
                best, move = table[row - 1][k] + costs.between(start + row - 1, start + column - 1), 1
                if row > 1 and column > 1 and _crossed(costs, start + row, start + column):
                    swapped = table[row - 2][k] + costs.crossing(start + row, start + column)
                    if swapped < best:
                        best, move = swapped, 2
            if row and k + 1 < width and table[row - 1][k + 1] + costs.gap < best:
                best, move = table[row - 1][k + 1] + costs.gap, 3
            if column and k and cells[k - 1] + costs.gap < best:
                best, move = cells[k - 1] + costs.gap, 4
            cells[k], taken[k] = best, move
    return _walk_back(moves, start, rows, columns, lowest), table[rows][columns - rows - lowest]


def _crossed(costs: _Costs, row: int, column: int) -> bool:
    """Whether one of the last two sheets of either part lies beside its place in the other, and the two are not alike."""
    left, right = costs.left_ids, costs.right_ids
    one, other = left[row - 2], left[row - 1]
    return one != other and (one == right[column - 1] or other == right[column - 2])


def _walk_back(moves: Sequence[bytearray], start: int, rows: int, columns: int, lowest: int) -> list[Step]:
    steps: list[Step] = []
    row, column = rows, columns
    while row or column:
        move = moves[row][column - row - lowest]
        left, right = start + row - 1, start + column - 1
        if move == 1:
            steps.append(Step(left, right))
        elif move == 2:
            steps.extend((Step(left, right - 1, swapped=True), Step(left - 1, right, swapped=True)))
        elif move == 3:
            steps.append(Step(left, None))
        else:
            steps.append(Step(None, right))
        row -= (0, 1, 2, 1, 0)[move]
        column -= (0, 1, 2, 0, 1)[move]
    steps.reverse()
    return _paired(steps)


def _paired(steps: Sequence[Step]) -> list[Step]:
    """Sheets that either reading lacks at one and the same place are one sheet read wholly differently."""
    found: list[Step] = []
    lone: list[Step] = []
    for step in steps:
        if step.left is not None and step.right is not None:
            found.extend((*lone, step))
            lone = []
            continue
        partner = next((one for one in lone if (one.left is None) != (step.left is None)), None)
        if partner is None:
            lone.append(step)
        else:
            lone.remove(partner)
            found.append(Step(_either(partner.left, step.left), _either(partner.right, step.right)))
    return [*found, *lone]


def _either(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _as_sets(costs: _Costs) -> tuple[Step, ...]:
    """Sheets matched whatever their order: the like ones first, then the most alike of what is left."""
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(costs.right_ids) - 1, -1, -1):
        waiting[costs.right_ids[place]].append(place)
    partner: dict[int, int | None] = {}
    for place, sheet in enumerate(costs.left_ids):
        partner[place] = waiting[sheet].pop() if waiting[sheet] else None
    left_over = [place for place, right in partner.items() if right is None]
    right_over = sorted(place for places in waiting.values() for place in places)
    pairs = sorted(
        (costs.between(left, right), left, right)
        for left in left_over
        for right in right_over
        if costs.between(left, right) < 2 * costs.gap
    )
    paired: set[int] = set()
    for _, left, right in pairs:
        if partner[left] is None and right not in paired:
            partner[left] = right
            paired.add(right)
    extra = [Step(None, right) for right in right_over if right not in paired]
    return (*(Step(left, right) for left, right in partner.items()), *extra)


def _unlike(costs: _Costs, steps: Sequence[Step]) -> int:
    """How many steps do not pair like sheets."""
    return sum(
        step.left is None or step.right is None or costs.left_ids[step.left] != costs.right_ids[step.right]
        for step in steps
    )
