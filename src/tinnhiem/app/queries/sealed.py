"""Đọc dữ liệu đã niêm phong: sealed rows → values, while the board has the vault open."""

from __future__ import annotations

import msgspec

from tinnhiem.app import sheet_code, vault
from tinnhiem.app.models import Batch, CountRecordRow, HandTally, Keying, Settlement, TypedTotals
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.sheet import Sheet, TypeTally


def keying_place(keying: Keying) -> str:
    """The name a keying's blob is bound to."""
    return f"keying:{keying.batch_id}:{keying.station}:{keying.attempt}"


def settlement_place(batch: Batch) -> str:
    """The name a settled batch's blob is bound to."""
    return f"settlement:{batch.pk}"


def decisions_place(batch: Batch) -> str:
    """The name a batch's decisions are bound to."""
    return f"decisions:{batch.pk}"


def hand_place(batch: Batch) -> str:
    """The name a hand tally's blob is bound to."""
    return f"hand:{batch.pk}"


def totals_place(typed: TypedTotals) -> str:
    """The name of typed totals."""
    return f"totals:{typed.ballot_type_id}:{typed.count_number}:{typed.typing}"


def record_place(row: CountRecordRow) -> str:
    """The name of an unsigned count record."""
    return f"record:{row.round_id}:{row.number}"


def sheets_of(keying: Keying, book: Rulebook, lines: int) -> tuple[Sheet, ...]:
    """Các phiếu của một lần nhập, in the order keyed; raises `VaultShut`."""
    if not keying.sealed:
        return ()
    content = vault.unseal(keying.batch.round_id, keying_place(keying), bytes(keying.sealed))
    return sheet_code.decode(content, lines, book)


def settled_sheets(settlement: Settlement, book: Rulebook, lines: int) -> tuple[Sheet, ...]:
    """Các phiếu đã thống nhất của một tập."""
    content = vault.unseal(settlement.batch.round_id, settlement_place(settlement.batch), bytes(settlement.sealed))
    return sheet_code.decode(content, lines, book)


def hand_tally_of(hand: HandTally) -> TypeTally:
    """Kết quả kiểm tay của một tập."""
    content = vault.unseal(hand.batch.round_id, hand_place(hand.batch), bytes(hand.sealed))
    return msgspec.json.decode(content, type=TypeTally)


def typed_totals_of(typed: TypedTotals) -> TypeTally:
    """Tổng đã nhập từ bảng kiểm phiếu."""
    content = vault.unseal(typed.ballot_type.round_id, totals_place(typed), bytes(typed.sealed))
    return msgspec.json.decode(content, type=TypeTally)


def record_of(row: CountRecordRow) -> CountRecord:
    """Bản ghi kết quả: in clear once signed, else unsealed (raises `VaultShut`)."""
    if row.content:
        return msgspec.json.decode(row.content, type=CountRecord)
    return msgspec.json.decode(vault.unseal(row.round_id, record_place(row), bytes(row.sealed)), type=CountRecord)
