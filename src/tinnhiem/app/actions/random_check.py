"""Kiểm tra ngẫu nhiên: the lot, what the board reads from the paper, its explanations, the end — or the decision to do without.

Contract: after the count is made and before the ballots are sealed; the lot belongs to the record that was printed, and a record made anew needs a new lot. What is
read is compared and forgotten. Until the signing the ledger tells the digits and the outcome, never how many sheets were drawn: that number tells how
close somebody is to a threshold. The rules are `poll.random_check`'s.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.batching import refuse_unless_counting
from tinnhiem.app.models import (
    Account,
    Batch,
    CountRecordRow,
    HandTally,
    Keying,
    Round,
    Scan,
    Settlement,
)
from tinnhiem.app.models.random_check import RandomCheck as Row
from tinnhiem.app.queries.random_checks import counted_row, recorded_sheet, stage_of, to_check
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.random_check_state import CheckState, current, keep, state_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll import random_check
from tinnhiem.poll.random_check import RandomCheck
from tinnhiem.poll.random_sample import Place
from tinnhiem.poll.record import fingerprint
from tinnhiem.poll.round import ReasonMissing
from tinnhiem.poll.sheet import Sheet


class Crew(msgspec.Struct, frozen=True, kw_only=True):
    """Người thực hiện: who drew the slips, reads the paper, keys what is read, ticks the list."""

    drawn_by: str
    read_by: str
    compared_by: str
    ticked_by: str = ""


class CheckNotNow(TinnhiemError):
    """The check has its place between the count and the sealing of the ballots."""

    code = "random_check_not_now"
    vi = "Kiểm tra ngẫu nhiên làm sau khi tổng hợp kết quả và trước khi niêm phong phiếu, khi dữ liệu phiếu đang mở và chưa xóa."
    en = "The random check comes after the count and before the ballots are sealed, while the sheets are open and not deleted."


class LotDrawnAlready(TinnhiemError):
    """A lot is not drawn over because its list is not liked."""

    code = "random_check_lot_drawn"
    vi = "Đã bốc thăm cho kết quả này. Đọc tiếp các phiếu trong danh sách; không bốc lại."
    en = "The lot for this count is drawn. Go on reading the sheets of its list; it is not drawn over."


class CheckOutdated(TinnhiemError):
    """The count was made anew after the lot was drawn."""

    code = "random_check_outdated"
    vi = "Kết quả đã tổng hợp lại sau khi bốc thăm. In lại biên bản rồi bốc thăm lại."
    en = "The count was made anew after the lot. Print the minutes again, then draw again."


class FullReadingNotDue(TinnhiemError):
    """Every sheet is read again only where the check says so."""

    code = "full_reading_not_due"
    vi = "Chưa phải đọc lại toàn bộ phiếu: kiểm tra ngẫu nhiên không kết luận như vậy."
    en = "There is no need to read every sheet again: the random check did not end so."


class CheckUnfinished(TinnhiemError):
    """A check is ended with its verdict, not before."""

    code = "random_check_unfinished"
    vi = "Chưa kết thúc được: còn {left} phiếu chưa đọc hoặc còn chỗ khác nhau chưa giải thích."
    en = "It cannot be ended yet: {left} sheets are not read, or a difference is not explained."


def begin_check(account: Account, round_id: UUID, seed: str, crew: Crew) -> Row:
    """Ghi số bốc thăm và lập danh sách phiếu. Raises `CheckNotNow`, `LotDrawnAlready`, `SeedNotTenDigits`, `PilesNotReturned`."""
    with acting(account, Permission.COUNT, round_id) as act:
        counted = counted_row(act.round)
        stage = stage_of(act.round)
        if stage in ("going", "closed"):
            raise LotDrawnAlready
        if counted is None or stage not in ("ready", "outdated"):
            raise CheckNotNow
        record = record_of(counted)
        check = random_check.begin(seed, to_check(act.round, record).drawn)
        before = current(act.round)
        row = Row(
            round=act.round,
            count_number=act.round.count_number,
            number=before.number + 1 if before else 1,
            begun_at=act.at,
            **{name: getattr(crew, name).strip() for name in crew.__struct_fields__},
        )
        state = CheckState(fingerprint=fingerprint(record), record=counted.pk, check=check)
        keep(row, state, in_clear=bool(counted.content))
        act.record("random_check_begun", names=row.drawn_by, seed=check.seed)
        return row


def enter_sheet(account: Account, round_id: UUID, place: Place, sheet: Sheet, reason: str = "") -> RandomCheck:
    """Ghi phiếu Ban kiểm phiếu vừa đọc; `reason` where the sheet is read again. Silent: no time of a sheet is kept.

    Raises what `poll.random_check.enter` and `read_again` raise.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        row, state = _going(act)
        before = state.check
        if not any(place in before.drawn(number) for number in range(1, before.lists + 1)):
            raise random_check.PlaceNotDrawn(position=place.position, batch=place.batch)
        recorded, ruled = recorded_sheet(act.round, place)
        book = book_of(act.round)
        if before.at(place) is None:
            check = random_check.enter(before, place, sheet, recorded, book, ruled)
        else:
            check = random_check.read_again(before, place, sheet, recorded, book, reason, ruled)
        act.silent = True
        return _kept(act, row, state, check)


def explain(account: Account, round_id: UUID, place: Place, words: str) -> RandomCheck:
    """Ghi giải thích một chỗ khác nhau. Raises `PlaceNotRead`, `ReasonLacking`."""
    with acting(account, Permission.COUNT, round_id) as act:
        row, state = _going(act)
        act.silent = True
        return _kept(act, row, state, random_check.explain(state.check, place, words))


def next_list(account: Account, round_id: UUID) -> RandomCheck:
    """Lập danh sách tiếp theo from the same ten digits. Raises `NextListNotDue`."""
    with acting(account, Permission.COUNT, round_id) as act:
        row, state = _going(act)
        check = random_check.next_list(state.check)
        act.record("random_check_listed", list=check.lists)
        return _kept(act, row, state, check)


def close_check(account: Account, round_id: UUID) -> Row:
    """Kết thúc kiểm tra with its verdict. Raises `CheckUnfinished`."""
    with acting(account, Permission.COUNT, round_id) as act:
        row, state = _going(act)
        verdict = state.check.verdict
        if verdict not in ("agreed", "full_reading"):
            raise CheckUnfinished(left=len(state.check.awaited))
        row.closed_at = act.at
        row.save(update_fields=["closed_at"])
        act.record("random_check_agreed" if verdict == "agreed" else "random_check_full_reading")
        return row


def read_all_again(account: Account, round_id: UUID) -> None:
    """Đọc lại toàn bộ phiếu bằng hai lần nhập, where the check ended so and the minutes are not signed; after that only a recount does.

    What was read before is kept and no longer counts; a machine that misread is not asked again.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        row = current(act.round)
        if row is None or row.closed_at is None or state_of(row).check.verdict != "full_reading":
            raise FullReadingNotDue
        batches = Batch.objects.filter(round=act.round, count_number=act.round.count_number)
        Keying.objects.filter(batch__in=batches, current=True).update(current=False)
        Scan.objects.filter(batch__in=batches, current=True).update(current=False)
        Settlement.objects.filter(batch__in=batches).delete()
        HandTally.objects.filter(batch__in=batches).delete()
        CountRecordRow.objects.filter(round=act.round, number=act.round.count_number, content="").delete()
        act.round.pairing = Round.Pairing.TWO
        act.round.save(update_fields=["pairing"])
        act.record("random_check_reread")


def decline_check(account: Account, round_id: UUID, reason: str) -> Row:
    """Ban kiểm phiếu quyết định không kiểm tra ngẫu nhiên, with its reason; it is custom, not law."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        if stage_of(act.round) not in ("ready", "outdated", "shut", "deleted"):
            raise CheckNotNow
        before = current(act.round)
        row = Row.objects.create(
            round=act.round,
            count_number=act.round.count_number,
            number=before.number + 1 if before else 1,
            begun_at=act.at,
            declined=reason.strip(),
        )
        act.record("random_check_declined", reason=reason.strip())
        return row


def _going(act: Act) -> tuple[Row, CheckState]:
    """The check that is going on. Raises `CheckNotNow`, `CheckOutdated`."""
    stage = stage_of(act.round)
    if stage == "outdated":
        raise CheckOutdated
    row = current(act.round)
    if row is None or stage != "going":
        raise CheckNotNow
    return row, state_of(row)


def _kept(act: Act, row: Row, state: CheckState, check: RandomCheck) -> RandomCheck:
    counted = counted_row(act.round)
    in_clear = counted is not None and bool(counted.content)
    keep(row, msgspec.structs.replace(state, check=check), in_clear=in_clear)
    return check
