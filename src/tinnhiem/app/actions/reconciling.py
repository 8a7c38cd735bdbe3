"""Đối chiếu: what two tables read of one batch, the third look at the paper, the board's rulings, and the agreed sheets.

Contract: only the board sees two readings side by side, and only of the sheets that differ. A misreading is settled by whoever looked at the paper a
third time, named; validity is a ruling of the board with its reason, entered once. First keyings are kept. Decisions and agreed sheets are
sealed; the ledger gets reasons and counts, never a mark or the place of a sheet. The rules of settling are `poll.settle`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from tinnhiem.app import sheet_code, vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.batching import batch_label, current_batch
from tinnhiem.app.models import Account, Batch, Keying, Settlement
from tinnhiem.app.queries.sealed import decisions_place, settlement_place, sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.discrepancy import Disagreement
from tinnhiem.poll.reconcile import AgreedBatch, Reconciliation, reconcile
from tinnhiem.poll.settle import Decision, RulingWithoutReason, settle


class LookedAt(msgspec.Struct, frozen=True, kw_only=True):
    """Các kết luận về một phiếu, with the name of who looked at the paper."""

    sheet: int
    looked: str
    decisions: tuple[Decision, ...]

    @property
    def is_ruling(self) -> bool:
        """Whether the board ruled on this sheet."""
        return any(decision.kind == "ruling" for decision in self.decisions)


class NotReadyToReconcile(TinnhiemError):
    """Not all readings of the batch are finished."""

    code = "not_ready_to_reconcile"
    vi = "Tập này mới xong {done}/{needed} lần nhập. Đối chiếu khi đủ số lần."
    en = "{done} of {needed} readings of this batch are finished. Reconcile once all are."


class LookNeeded(TinnhiemError):
    """A decision without the name of who looked at the paper."""

    code = "look_needed"
    vi = "Ghi họ tên người đã xem lại phiếu giấy."
    en = "Name the person who looked at the paper again."


class ThirdPairOfEyes(TinnhiemError):
    """The person who looked keyed one of the readings."""

    code = "third_pair_of_eyes"
    vi = "{name} đã nhập tập này. Người xem lại phiếu giấy phải là người thứ ba."
    en = "{name} keyed this batch. Somebody else must look at the paper."


class AnswerIncomplete(TinnhiemError):
    """Not every differing line of the sheet was answered."""

    code = "answer_incomplete"
    vi = "Phiếu thứ {sheet} còn dòng chưa chọn. Xem phiếu giấy và chọn cho đủ các dòng khác nhau."
    en = "Some lines of sheet {sheet} are not answered. Look at the paper and answer every line that differs."


def current_keyings(batch: Batch) -> tuple[Keying, ...]:
    """Các lần nhập đang dùng của một tập, in the order of the stations."""
    return tuple(Keying.objects.filter(batch=batch, current=True).order_by("station"))


def reconciliation_of(batch: Batch) -> Reconciliation:
    """So các lần nhập của một tập, as first read; raises `NotReadyToReconcile`, `VaultShut`."""
    round_ = batch.round
    keyings = current_keyings(batch)
    done = sum(1 for keying in keyings if keying.closed_at)
    if done < round_.readings:
        raise NotReadyToReconcile(done=done, needed=round_.readings)
    book = book_of(round_)
    lines = lines_of(batch)
    place = (batch.ballot_type.code or None, batch.number)
    if round_.readings == 1:
        # The scan alone: what was doubtful was settled by people before it became a reading; nothing can differ.
        sheets = sheets_of(keyings[0], book, lines)
        alone = AgreedBatch(ballot=place[0], batch=place[1], sheets=sheets, numbers=tuple(range(1, len(sheets) + 1)))
        return Reconciliation(disagreements=(), missing=(), agreed=(alone,))
    return reconcile([{place: sheets_of(keying, book, lines)} for keying in keyings], {place: batch.size})


def lines_of(batch: Batch) -> int:
    """Số người trên phiếu của tập này."""
    return batch.ballot_type.subjects.filter(line__isnull=False).count()


def looks_of(batch: Batch) -> tuple[LookedAt, ...]:
    """Các kết luận đã ghi, in the order of the sheets."""
    settlement = Settlement.objects.filter(batch=batch).first()
    if settlement is None or not settlement.decisions:
        return ()
    content = vault.unseal(batch.round_id, decisions_place(batch), bytes(settlement.decisions))
    return msgspec.json.decode(content, type=tuple[LookedAt, ...])


def settled_so_far(batch: Batch, looks: Sequence[LookedAt]) -> Reconciliation:
    """Đối chiếu với các kết luận đã ghi."""
    decisions = tuple(decision for look in looks for decision in look.decisions)
    return settle(reconciliation_of(batch), decisions, book_of(batch.round))


def needs_ruling(found: Disagreement, marks: Mapping[int, str], invalid: str | None, book: Rulebook) -> bool:
    """Whether validity is at stake: some reading, or the outcome, holds the sheet or a differing line invalid."""
    if found.validity or invalid is not None:
        return True
    read = {mark for line in found.lines for mark in line.marks if mark is not None}
    return bool((read | set(marks.values())) - set(book.choice_codes()))


def settle_sheet(
    account: Account,
    round_id: UUID,
    batch_id: UUID,
    number: int,
    *,
    marks: Mapping[int, str],
    invalid: str | None,
    looked: str,
    reason: str = "",
) -> bool:
    """Ghi kết luận về một phiếu: `marks` for the 1-based lines that differ, or `invalid` for the whole sheet; True when the batch is settled.

    Lines on which the readings agree stay as read. Raises `LookNeeded`, `ThirdPairOfEyes`, `AnswerIncomplete`, and what `settle` raises.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        book = book_of(act.round)
        _refuse_eyes(batch, looked)
        found = _finding(reconciliation_of(batch), number)
        ruling = found is not None and needs_ruling(found, marks, invalid, book)
        if ruling and not reason.strip():
            raise RulingWithoutReason(sheet=number, batch=batch.number)
        look = LookedAt(
            sheet=number,
            looked=looked.strip(),
            decisions=_decisions(batch, number, marks, invalid, ruling=ruling, reason=reason.strip(), found=found),
        )
        looks = (*(one for one in looks_of(batch) if one.sheet != number), look)
        after = settled_so_far(batch, looks)
        if _finding(after, number) is not None:
            raise AnswerIncomplete(sheet=number)
        _keep(batch, looks)
        if ruling:
            act.record("ruling_made", batch=batch_label(batch), reason=reason.strip())
        else:
            act.silent = True
        return _seal_if_complete(act, batch, after, book)


def settle_if_alike(account: Account, round_id: UUID, batch_id: UUID) -> bool:
    """Nhận một tập mà các lần nhập khớp hoàn toàn; False where something is open."""
    with acting(account, Permission.COUNT, round_id) as act:
        act.silent = True
        batch = current_batch(act, batch_id)
        if hasattr(batch, "settlement") and batch.settlement.complete:
            return True
        return _seal_if_complete(act, batch, settled_so_far(batch, looks_of(batch)), book_of(act.round))


def settle_single_reading(act: Act, batch: Batch) -> None:
    """Nhận tập phiếu where the round asks for the scan alone; nothing to do where another reading is awaited."""
    if act.round.readings == 1:
        _seal_if_complete(act, batch, reconciliation_of(batch), book_of(act.round))


def _finding(reconciliation: Reconciliation, number: int) -> Disagreement | None:
    """The open disagreement on one sheet, None where there is none."""
    for found in reconciliation.disagreements:
        if isinstance(found, Disagreement) and found.sheet == number and found.open:
            return found
    return None


def _decisions(
    batch: Batch,
    number: int,
    marks: Mapping[int, str],
    invalid: str | None,
    *,
    ruling: bool,
    reason: str,
    found: Disagreement | None,
) -> tuple[Decision, ...]:
    """What the form says, as `poll.settle` takes it: a ruling on the whole sheet where that was at stake, and the lines."""
    here = Decision(
        kind="ruling" if ruling else "paper",
        ballot=batch.ballot_type.code or None,
        batch=batch.number,
        sheet=number,
        reason=reason if ruling else "",
    )
    whole = invalid is not None or (found is not None and found.validity)
    head = (msgspec.structs.replace(here, invalid=invalid),) if whole else ()
    if invalid is not None:
        return head
    lines = tuple(msgspec.structs.replace(here, line=line, mark=mark) for line, mark in sorted(marks.items()))
    return (*head, *lines)


def _refuse_eyes(batch: Batch, looked: str) -> None:
    if not looked.strip():
        raise LookNeeded
    for keying in current_keyings(batch):
        if keying.keyer.casefold() == looked.strip().casefold():
            raise ThirdPairOfEyes(name=looked.strip())


def _keep(batch: Batch, looks: Sequence[LookedAt]) -> None:
    settlement, _ = Settlement.objects.get_or_create(batch=batch)
    ordered = sorted(looks, key=lambda look: look.sheet)
    settlement.decisions = vault.seal_text(batch.round_id, decisions_place(batch), msgspec.json.encode(ordered))
    settlement.rulings = sum(1 for look in ordered if look.is_ruling)
    settlement.misread = len(ordered) - settlement.rulings
    settlement.save()


def _seal_if_complete(act: Act, batch: Batch, reconciliation: Reconciliation, book: Rulebook) -> bool:
    """Seals the agreed sheets once nothing is open; the order inside the batch is the first table's."""
    if reconciliation.open:
        return False
    sheets = reconciliation.sheets()[batch.ballot_type.code or None]
    settlement, _ = Settlement.objects.get_or_create(batch=batch)
    sealed = sheet_code.encode(sheets, lines_of(batch), book)
    settlement.sealed = vault.seal(batch.round_id, settlement_place(batch), sealed)
    settlement.complete = True
    settlement.save()
    if act.round.readings == 1:
        act.record("scan_accepted", batch=batch_label(batch))
    else:
        act.record("batch_settled", batch=batch_label(batch), misread=settlement.misread, rulings=settlement.rulings)
    return True
