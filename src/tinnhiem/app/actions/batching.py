"""Tập phiếu: the piles counted by hand, and the frame every act of the counting room stands in.

Contract: batches of a type add up to the ballots returned, none smaller than k; a number found wrong later is corrected with its reason, which the minutes
print. A batch belongs to one count: those of a superseded count are only kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.models import Account, BallotType, Batch, Keying, Scan
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.batches import LEAST_BATCH
from tinnhiem.poll.round import ReasonMissing


class CountingNotOpen(TinnhiemError):
    """Keying is possible only between the announcement of the returned ballots and the signing."""

    code = "counting_not_open"
    vi = "Chưa đến lúc nhập phiếu, hoặc đã ký biên bản. Việc này làm khi đợt ở bước “Đang kiểm phiếu”."
    en = "Sheets are keyed only while the round is being counted."


class BatchesDiffer(TinnhiemError):
    """The batches do not add up to the ballots returned."""

    code = "batches_differ"
    vi = "Các tập cộng lại là {total} phiếu, thu về {returned} phiếu. Đếm lại từng tập rồi sửa số phiếu của tập."
    en = "The batches hold {total} sheets, {returned} came back. Count each batch again and correct its number."


class BatchTooSmall(TinnhiemError):
    """A batch below k could tell how a few people voted."""

    code = "batch_too_small"
    vi = "Tập {number} chỉ có {size} phiếu; tập nhỏ hơn {least} phiếu dễ lộ ý kiến. Gộp vào tập trước."
    en = "Batch {number} has {size} sheets; fewer than {least} could give people away. Put it together with the one before."


class BatchInHand(TinnhiemError):
    """Batches cannot be divided anew once somebody keyed one."""

    code = "batch_in_hand"
    vi = "Đã có tập được nhập nên không chia lại được. Nhập lại tập cần sửa ở mục Tập phiếu."
    en = "A batch is being keyed, so they cannot be divided anew. Key the batch again instead."


class BatchSettled(TinnhiemError):
    """A settled batch is not keyed again."""

    code = "batch_settled_already"
    vi = "Tập {number} đã đối chiếu xong, không nhập lại được."
    en = "Batch {number} is settled and is not keyed again."


class BatchOfAnotherCount(TinnhiemError):
    """A batch of a count that a recount has superseded."""

    code = "batch_of_another_count"
    vi = "Tập {number} thuộc lần kiểm trước, chỉ để lưu. Mở tập của lần kiểm này."
    en = "Batch {number} belongs to an earlier count and is only kept. Open the batch of this count."


def make_batches(account: Account, round_id: UUID, ballot_type: BallotType, sizes: Sequence[int]) -> None:
    """Chia tập phiếu: the numbers counted by hand, which must add up to the ballots returned."""
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        made = Batch.objects.filter(ballot_type=ballot_type, count_number=act.round.count_number)
        if in_hand(ballot_type, act.round.count_number):
            raise BatchInHand
        returned = ballot_type.returned or 0
        if sum(sizes) != returned:
            raise BatchesDiffer(total=sum(sizes), returned=returned)
        for number, size in enumerate(sizes, start=1):
            if size < LEAST_BATCH and len(sizes) > 1:
                raise BatchTooSmall(number=number, size=size, least=LEAST_BATCH)
        made.delete()
        for number, size in enumerate(sizes, start=1):
            Batch.objects.create(
                round=act.round,
                ballot_type=ballot_type,
                count_number=act.round.count_number,
                number=number,
                size=size,
            )
        act.record(
            "batches_made", count=len(sizes), of_type=ballot_type.title, sizes=", ".join(str(size) for size in sizes)
        )


def in_hand(ballot_type: BallotType, count_number: int) -> bool:
    """Whether a batch of a type was scanned or keyed: from then on they are not divided anew."""
    made = Batch.objects.filter(ballot_type=ballot_type, count_number=count_number)
    return Keying.objects.filter(batch__in=made).exists() or Scan.objects.filter(batch__in=made).exists()


def resize_batch(account: Account, round_id: UUID, batch_id: UUID, size: int, reason: str) -> Batch:
    """Sửa số phiếu đếm tay của một tập, with the reason: two sheets stuck together are found while the pile is keyed."""
    if not reason.strip():
        raise ReasonMissing
    with acting(account, Permission.COUNT, round_id) as act:
        batch = current_batch(act, batch_id)
        refuse_settled(batch)
        others = Batch.objects.filter(ballot_type=batch.ballot_type, count_number=batch.count_number).exclude(
            pk=batch.pk
        )
        if size < 1 or (size < LEAST_BATCH and others.exists()):
            raise BatchTooSmall(number=batch.number, size=size, least=LEAST_BATCH)
        before, batch.size = batch.size, size
        batch.save(update_fields=["size"])
        act.record("batch_resized", batch=batch_label(batch), before=before, size=size, reason=reason.strip())
        return batch


def current_batch(act: Act, batch_id: UUID) -> Batch:
    """Tập của lần kiểm đang làm, locked; raises `CountingNotOpen`, `BatchOfAnotherCount`."""
    refuse_unless_counting(act)
    found = Batch.objects.select_for_update(of=("self",)).select_related("ballot_type", "round")
    batch = found.get(pk=batch_id, round=act.round)
    if batch.count_number != act.round.count_number:
        raise BatchOfAnotherCount(number=batch.number)
    return batch


def batch_label(batch: Batch) -> str:
    """Tên tập phiếu as people say it: its number, and its type where there are several."""
    title = batch.ballot_type.title
    return f"{batch.number} ({title})" if title else str(batch.number)


def refuse_settled(batch: Batch) -> None:
    """Raises `BatchSettled` where the board has already agreed on the batch."""
    if hasattr(batch, "settlement") and batch.settlement.complete:
        raise BatchSettled(number=batch.number)


def refuse_unless_counting(act: Act) -> None:
    """Raises `CountingNotOpen` outside the step of counting."""
    if act.round.state != "counting":
        raise CountingNotOpen
