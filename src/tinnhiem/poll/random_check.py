"""Kiểm tra ngẫu nhiên: what the board reads from the paper against what was recorded, and what follows.

Contract: a `RandomCheck` is a value; `begin`, `enter`, `read_again`, `explain` and `next_list` return the next one or refuse. It keeps for each place whether
paper and record say the same and in how many rows they do not, never a mark and never which row: no sheet's content can be told from it. Verdict: no difference,
agreed; one, explained in words and as many sheets again; two in rows that the machine accepted, or as many as would carry the closest person over
a threshold, every sheet is read again by people. The check comes after the count is frozen and changes no figure: a result is only changed by a recount (phúc tra). Custom, not law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Literal

import msgspec
from msgspec import structs

from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.random_sample import Place, Sample, checked_seed, drawn_list
from tinnhiem.poll.sheet import Sheet, check_sheet

MACHINE_MISREADS = 2
"""Differences in rows that no person had ruled on, from which on every sheet is read again."""

Verdict = Literal["reading", "unexplained", "next_list", "agreed", "full_reading"]
"""`reading`: sheets are left to read; `unexplained`: a difference waits for its explanation; `next_list`: another list is to be drawn; `agreed`; `full_reading`."""


class PlaceNotDrawn(TinnhiemError):
    """A sheet that no list names."""

    code = "place_not_drawn"
    vi = "Phiếu thứ {position} của tập {batch} không có trong danh sách đã bốc. Đọc đúng các phiếu trong danh sách."
    en = "Sheet {position} of batch {batch} is not in a list that was drawn. Read the sheets of the list."


class PlaceReadAlready(TinnhiemError):
    """A sheet entered twice without saying why it was read again."""

    code = "place_read_already"
    vi = "Phiếu thứ {position} của tập {batch} đã đọc. Nếu đọc lại, ghi lý do."
    en = "Sheet {position} of batch {batch} was read already. To read it again, give the reason."


class PlaceNotRead(TinnhiemError):
    """Something is said of a sheet before it was read."""

    code = "place_not_read"
    vi = "Phiếu thứ {position} của tập {batch} chưa đọc. Đọc phiếu trước."
    en = "Sheet {position} of batch {batch} is not read yet. Read it first."


class ReasonLacking(TinnhiemError):
    """An explanation, or the reason for reading again, without a word in it."""

    code = "random_check_reason_lacking"
    vi = "Chưa ghi lý do. Ghi ngắn gọn vì sao, không ghi dấu trên phiếu."
    en = "No reason is given. Say shortly why, without what is marked on the sheet."


class NextListNotDue(TinnhiemError):
    """Another list is asked for when the check does not call for one."""

    code = "next_list_not_due"
    vi = "Chưa bốc tiếp được: đọc hết danh sách đang có và giải thích từng chỗ khác nhau trước; đã có kết luận thì không bốc nữa."
    en = "No further list now: first read the list at hand and explain each difference; once there is a verdict none is drawn."


class CheckedSheet(msgspec.Struct, frozen=True, kw_only=True):
    """So một phiếu giấy với bản đã ghi: how many rows differ that the machine `accepted`, and how many people had `ruled` on.

    A sheet whose validity differs counts as one. `explanation` are the board's words; `again` the reasons for which it was read again.
    """

    place: Place
    accepted: int
    ruled: int
    explanation: str = ""
    again: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Khớp: paper and record say the same."""
        return self.accepted + self.ruled == 0


class RandomCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Một cuộc kiểm tra ngẫu nhiên: the ten digits, the sample of each ballot type checked, how many lists were drawn, what was compared."""

    seed: str
    samples: tuple[Sample, ...]
    lists: int = 1
    compared: tuple[CheckedSheet, ...] = ()

    def drawn(self, number: int) -> tuple[Place, ...]:
        """Danh sách thứ `number`, from 1: the places of every type, in the order in which the sheets lie."""
        return tuple(chain.from_iterable(drawn_list(self.seed, sample, number) for sample in self.samples))

    def at(self, place: Place) -> CheckedSheet | None:
        """What was found at a place; None where it is not read yet."""
        return next((each for each in self.compared if each.place == place), None)

    @property
    def awaited(self) -> tuple[Place, ...]:
        """Các phiếu còn phải đọc, in the order of the lists."""
        read = {each.place for each in self.compared}
        return tuple(place for number in range(1, self.lists + 1) for place in self.drawn(number) if place not in read)

    @property
    def differences(self) -> tuple[CheckedSheet, ...]:
        """Các phiếu không khớp, in the order of the lists."""
        found = (self.at(place) for number in range(1, self.lists + 1) for place in self.drawn(number))
        return tuple(each for each in found if each is not None and not each.agrees)

    @property
    def verdict(self) -> Verdict:
        """Kết luận so far."""
        if sum(each.accepted for each in self.differences) >= MACHINE_MISREADS or self._enough_for_a_band:
            return "full_reading"
        if self.awaited:
            return "reading"
        if not all(each.explanation for each in self.differences):
            return "unexplained"
        last = set(self.drawn(self.lists))
        if not any(each.place in last for each in self.differences):
            return "agreed"
        # Nothing left to draw and still a difference: what is left is to go over the whole once more.
        return "next_list" if self.drawn(self.lists + 1) else "full_reading"

    @property
    def _enough_for_a_band(self) -> bool:
        """Whether as many rows differ in some ballot type as would carry its closest person over a threshold: no explanation covers that."""
        found: Counter[str | None] = Counter()
        for each in self.differences:
            found[each.place.ballot] += each.accepted + each.ruled
        return any(sample.closest is not None and found[sample.ballot] >= sample.closest for sample in self.samples)


def begin(seed: str, samples: Sequence[Sample]) -> RandomCheck:
    """Bắt đầu kiểm tra: the digits as drawn and read out, the samples of the ballot types to check. Raises `SeedNotTenDigits`."""
    return RandomCheck(seed=checked_seed(seed), samples=tuple(samples))


def compare(place: Place, read: Sheet, recorded: Sheet, ruled: Collection[int] = ()) -> CheckedSheet:
    """So phiếu giấy với bản đã ghi: both of the same ballot type.

    `ruled` are the lines on which people had decided. The machine never holds a whole sheet invalid, so a sheet recorded as invalid was
    ruled on by people; one recorded as valid was accepted as such. Raises ValueError for sheets of different length.
    """
    if read.invalid is not None or recorded.invalid is not None:
        differs = int(read.invalid != recorded.invalid)
        by_people = recorded.invalid is not None
        return CheckedSheet(place=place, accepted=0 if by_people else differs, ruled=differs if by_people else 0)
    pairs = enumerate(zip(read.lines, recorded.lines, strict=True), start=1)
    differing = [line for line, (on_paper, on_record) in pairs if on_paper != on_record]
    by_ruling = sum(line in ruled for line in differing)
    return CheckedSheet(place=place, accepted=len(differing) - by_ruling, ruled=by_ruling)


def enter(
    check: RandomCheck, place: Place, read: Sheet, recorded: Sheet, book: Rulebook, ruled: Collection[int] = ()
) -> RandomCheck:
    """Nhập phiếu Ban kiểm phiếu vừa đọc from the paper; it is compared and forgotten.

    Raises `PlaceNotDrawn`, `PlaceReadAlready`, and `SheetLengthWrong`, `SheetMarkUnknown`, `SheetReasonUnknown` for what was read.
    """
    if check.at(place) is not None:
        raise PlaceReadAlready(position=place.position, batch=place.batch)
    return structs.replace(check, compared=(*check.compared, _compared(check, place, read, recorded, book, ruled)))


def read_again(
    check: RandomCheck,
    place: Place,
    read: Sheet,
    recorded: Sheet,
    book: Rulebook,
    reason: str,
    ruled: Collection[int] = (),
) -> RandomCheck:
    """Đọc lại một phiếu: as when the reader slipped a row; the reason stays and goes into the minutes.

    Raises `PlaceNotRead`, `ReasonLacking` and what `enter` raises for the sheet.
    """
    before = _read(check, place)
    told = _told(reason)
    again = structs.replace(_compared(check, place, read, recorded, book, ruled), again=(*before.again, told))
    return _replaced(check, again)


def explain(check: RandomCheck, place: Place, words: str) -> RandomCheck:
    """Giải thích một chỗ khác nhau, in the board's words, without a mark or a name. Raises `PlaceNotRead`, `ReasonLacking`."""
    return _replaced(check, structs.replace(_read(check, place), explanation=_told(words)))


def next_list(check: RandomCheck) -> RandomCheck:
    """Bốc tiếp: as many sheets again, by the same ten digits, none twice. Raises `NextListNotDue`."""
    if check.verdict != "next_list":
        raise NextListNotDue
    return structs.replace(check, lists=check.lists + 1)


def _compared(
    check: RandomCheck, place: Place, read: Sheet, recorded: Sheet, book: Rulebook, ruled: Collection[int]
) -> CheckedSheet:
    if not any(place in check.drawn(number) for number in range(1, check.lists + 1)):
        raise PlaceNotDrawn(position=place.position, batch=place.batch)
    lines = next(sample.lines for sample in check.samples if sample.ballot == place.ballot)
    check_sheet(read, lines, book, f"tập {place.batch}, phiếu thứ {place.position}")
    return compare(place, read, recorded, ruled)


def _read(check: RandomCheck, place: Place) -> CheckedSheet:
    found = check.at(place)
    if found is None:
        raise PlaceNotRead(position=place.position, batch=place.batch)
    return found


def _told(words: str) -> str:
    told = " ".join(words.split())
    if not told:
        raise ReasonLacking
    return told


def _replaced(check: RandomCheck, changed: CheckedSheet) -> RandomCheck:
    kept = tuple(changed if each.place == changed.place else each for each in check.compared)
    return structs.replace(check, compared=kept)
