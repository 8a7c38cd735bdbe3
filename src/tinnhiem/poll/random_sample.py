"""Mẫu kiểm tra ngẫu nhiên: how many sheets the board reads again, and which ones.

Contract: exact, in whole numbers. `distance` is the least number of misread sheets that carries one person over a threshold of the instrument
that binds; the closest person of a ballot type sets how many of its sheets are read (`sample_size`). `places` turns ten digits drawn
by lot into places in the pile, by a rule that a stranger repeats with a pocket program. Nothing here knows a mark or a name.

The lot (`docs/explanation/random-check.md` has it in Vietnamese, with a program):

1. The seed is ten decimal digits. The sheets of one ballot type are numbered from 1 to N: batch after batch as the batches stand, in each
   batch from its first sheet to its last. The type's number is its place among the round's ballot types, 1 for the only one.
2. For counter 1, 2, 3… take SHA-256 of the ASCII text "seed/type/counter". Its first eight hex digits are a number X below 2^32.
3. Throw X away if it is not below the largest multiple of N that fits into 2^32; without this the first sheets would come up more often.
4. The sheet is X mod N + 1. Throw it away if it was drawn before. Go on until as many as wanted are drawn; the next list goes on from there.

Example: seed 4719302658, the only type, batches of 25, 25 and 20 sheets (N = 70), three sheets. SHA-256 of "4719302658/1/1" begins d9c3de11, that is
3653492241, mod 70 + 1 = 22: batch 1, sheet 22. "4719302658/1/2" begins fdccb822, 4258052130, 11: batch 1, sheet 11. "4719302658/1/3" begins
bf7ab25c, 3212489308, 29: batch 2, sheet 4. As they lie: 1:11, 1:22, 2:4.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.law.decide import Comparison
from tinnhiem.poll.record import CountRecord, LineResult

RISK = Fraction(1, 20)
"""The chance, at most, of meeting no misread sheet though enough were misread to change a band. Source: the sample sizes of risk-limiting audits at 5 %."""
LEAST_SHEETS = 10
"""The fewest sheets a board reads, however far everybody is from a threshold: custom of this check, not law."""
GALLERY_BELOW = 200
"""With fewer sheets than this of one ballot type, looking at every mark of a person side by side (the column gallery) takes minutes and proves more than a
sample; it replaces the check. Measured: 500 sheets of one person in about three minutes, 40 a screen."""
SEED_DIGITS = 10
NUMBERS = 2**32


class SeedNotTenDigits(TinnhiemError):
    """The seed is not ten decimal digits."""

    code = "seed_not_ten_digits"
    vi = "Số bốc thăm phải gồm đúng {needed} chữ số từ 0 đến 9, đã nhập {found} ký tự. Đối chiếu với các thăm đã bốc rồi nhập lại."
    en = "The seed is exactly {needed} digits from 0 to 9; {found} characters were given. Compare with the slips drawn and enter it again."


class PilesNotReturned(TinnhiemError):
    """The batches to draw from do not hold the sheets that were returned."""

    code = "piles_not_returned"
    vi = "Các tập cộng lại là {piled} phiếu, bản ghi kết quả có {returned} phiếu thu về. Đếm lại các tập rồi mới bốc thăm."
    en = "The batches hold {piled} sheets, the record has {returned} returned. Count the batches again before the lot is drawn."


class Pile(msgspec.Struct, frozen=True, kw_only=True):
    """Tập phiếu như đang xếp: its number and how many sheets lie in it."""

    batch: int
    sheets: int


class Place(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Chỗ của một lá phiếu: ballot type, batch, and position in the batch from 1. Says where a sheet lies, never what is on it."""

    ballot: str | None
    batch: int
    position: int


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Mẫu của một loại phiếu: what is drawn from, and how many.

    `number` is the type's place in the round from 1, `lines` the persons on a sheet. `closest` is the distance of the closest person in sheets,
    None where no threshold can be reached; `size` is how many sheets each list has.
    """

    ballot: str | None
    number: int
    lines: int
    piles: tuple[Pile, ...]
    closest: int | None
    size: int

    @property
    def sheets(self) -> int:
        """Số phiếu thu về of the type, N."""
        return sum(pile.sheets for pile in self.piles)

    @property
    def gallery(self) -> bool:
        """Whether the column gallery replaces the random check, where there are images to look at."""
        return self.sheets < GALLERY_BELOW


def distance(line: LineResult, returned: int | None) -> int | None:
    """Khoảng cách tới ngưỡng gần nhất, in sheets: the least misread sheets that carry the person over a threshold that binds.

    A misread row moves a count by one, so this is exact. A base of valid sheets moves as well when a whole sheet is misread, but that
    brings nobody nearer than a row does. None where nothing was compared (no base) or where the `returned` sheets are too few to get there.
    """
    reached = [_sheets_to_flip(comparison, returned) for comparison in line.binding.trace]
    return min((sheets for sheets in reached if sheets is not None), default=None)


def closest(record: CountRecord, ballot: str | None) -> int | None:
    """Khoảng cách của người gần ngưỡng nhất of one ballot type, in sheets; None where nobody can reach one."""
    returned = record.type_of(ballot).returned
    found = [distance(line, returned) for line in record.lines if line.ballot == ballot]
    return min((sheets for sheets in found if sheets is not None), default=None)


def within_points(line: LineResult, points: int = 2) -> bool:
    """Cách ngưỡng không quá `points` điểm phần trăm: the person's every mark is to be looked at in the column gallery."""
    return any(
        abs(comparison.left - comparison.right) * 100 <= points * comparison.base * comparison.den
        for comparison in line.binding.trace
    )


def _sheets_to_flip(comparison: Comparison, returned: int | None) -> int | None:
    """The least rows read otherwise after which the comparison turns out the other way.

    "Over 1/2" and "up to 1/2" part just above the threshold, "from 2/3" and "below 2/3" just under it; nothing is rounded.
    """
    ahead, step = comparison.left - comparison.right, comparison.den
    on_it_is_above = comparison.op in ("ge", "lt")
    above = ahead >= 0 if on_it_is_above else ahead > 0
    if above:
        sheets = ahead // step + 1 if on_it_is_above else -(-ahead // step)
        return None if sheets > comparison.count else sheets
    sheets = -(ahead // step) if on_it_is_above else -ahead // step + 1
    return None if returned is not None and comparison.count + sheets > returned else sheets


def sample_size(sheets: int, wrong: int | None, risk: Fraction = RISK, least: int = LEAST_SHEETS) -> int:
    """Số phiếu phải kiểm tra: the least n such that, if `wrong` of `sheets` were misread, n drawn without replacement show none of them with a chance below `risk`.

    The chance is C(sheets - wrong, n) / C(sheets, n), hypergeometric and exact. Never fewer than `least`, never more than all sheets. `wrong` None: `least`.
    The published table of this check (50 to 2000 sheets, 1 to 45 points from a threshold) is this function with `least=0` and `wrong` the
    distance in points taken of `sheets`, rounded up: all 42 entries. It asks for a chance *below* the risk, which differs from "at most" only where the two are
    equal: 1 of 100 sheets needs 96, while 95 leave exactly 1/20. Raises ValueError for numbers that are no sample.
    """
    if sheets < 0 or not 0 < risk < 1 or (wrong is not None and not 1 <= wrong <= sheets):
        raise ValueError((sheets, wrong, risk))
    if wrong is None:
        return min(sheets, least)
    # C(sheets - wrong, n) / C(sheets, n) = C(sheets - n, wrong) / C(sheets, wrong), and falls as n grows.
    limit = risk.numerator * comb(sheets, wrong)
    enough = bisect_right(range(sheets + 1), -limit, key=lambda n: -risk.denominator * comb(sheets - n, wrong))
    return min(sheets, max(least, enough))


def sample(record: CountRecord, ballot: str | None, piles: Sequence[Pile]) -> Sample:
    """Lập mẫu của một loại phiếu from the count and its batches as they lie. Raises `PilesNotReturned`, KeyError for an unknown type."""
    result = record.type_of(ballot)
    piled = sum(pile.sheets for pile in piles)
    if piled != result.returned:
        told = "……" if result.returned is None else result.returned
        raise PilesNotReturned(result.title or result.ballot or "", piled=piled, returned=told)
    near = closest(record, ballot)
    return Sample(
        ballot=ballot,
        number=record.types.index(result) + 1,
        lines=sum(line.ballot == ballot for line in record.lines),
        piles=tuple(piles),
        closest=near,
        size=sample_size(piled, near),
    )


def checked_seed(seed: str) -> str:
    """Số bốc thăm đã kiểm: the ten digits without blanks between them. Raises `SeedNotTenDigits`."""
    digits = "".join(seed.split())
    if not re.fullmatch(rf"[0-9]{{{SEED_DIGITS}}}", digits):
        raise SeedNotTenDigits(needed=SEED_DIGITS, found=len(digits))
    return digits


def places(seed: str, drawn_from: Sample) -> Iterator[Place]:
    """Các chỗ theo thứ tự bốc: every sheet of the type, once each, in the order of the lot. Raises `SeedNotTenDigits`."""
    return _places(checked_seed(seed), drawn_from)


def drawn_list(seed: str, drawn_from: Sample, number: int = 1) -> tuple[Place, ...]:
    """Danh sách phiếu thứ `number` (from 1): the next `size` sheets not drawn yet, in the order in which they lie.

    Shorter, or empty, where fewer are left. Raises `SeedNotTenDigits`.
    """
    order = places(seed, drawn_from)
    first, last = (number - 1) * drawn_from.size, min(number * drawn_from.size, drawn_from.sheets)
    drawn = [next(order) for _ in range(last)][first:]
    where = {pile.batch: position for position, pile in enumerate(drawn_from.piles)}
    return tuple(sorted(drawn, key=lambda place: (where[place.batch], place.position)))


def sheet_number(number: int, sheets: int) -> int | None:
    """Số thứ tự của phiếu, from 1, for a number below 2^32; None where the number is thrown away (step 3)."""
    return None if number >= NUMBERS - NUMBERS % sheets else number % sheets + 1


def _places(seed: str, drawn_from: Sample) -> Iterator[Place]:
    lying = [
        Place(ballot=drawn_from.ballot, batch=pile.batch, position=position)
        for pile in drawn_from.piles
        for position in range(1, pile.sheets + 1)
    ]
    met: set[int] = set()
    counter = 0
    while len(met) < len(lying):
        counter += 1
        digest = hashlib.sha256(f"{seed}/{drawn_from.number}/{counter}".encode("ascii")).hexdigest()
        sheet = sheet_number(int(digest[:8], 16), len(lying))
        if sheet is not None and sheet not in met:
            met.add(sheet)
            yield lying[sheet - 1]
