"""Trạng thái cuộc kiểm tra ngẫu nhiên: keeping it sealed while the count is the board's own, in clear once the minutes are signed.

Contract: a check belongs to one record of the count, told by its fingerprint; `current` is the newest of the round's present count. What is sealed is
bound to its row. The rules of the check are `poll.random_check`'s; who may do what is `actions.random_check`'s.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app import vault
from tinnhiem.app.models import Round
from tinnhiem.app.models.random_check import RandomCheck as Row
from tinnhiem.poll.random_check import RandomCheck


class CheckState(msgspec.Struct, frozen=True, kw_only=True):
    """Cuộc kiểm tra và bản ghi kết quả mà nó kiểm: `fingerprint` of the record, 64 hex digits, and the row that holds it.

    The row tells a count made anew after every sheet was read again from the one the lot was drawn for, though their figures may be the same.
    """

    fingerprint: str
    record: int
    check: RandomCheck


def place_of(row: Row) -> str:
    """The name a check's blob is bound to."""
    return f"random-check:{row.round_id}:{row.count_number}:{row.number}"


def current(round_: Round) -> Row | None:
    """Cuộc kiểm tra mới nhất of the round's present count, declined ones too."""
    return Row.objects.filter(round=round_, count_number=round_.count_number).order_by("number").last()


def state_of(row: Row) -> CheckState:
    """Trạng thái của một cuộc kiểm tra; raises `VaultShut` where it is sealed and the vault is shut."""
    if row.content:
        return msgspec.json.decode(row.content, type=CheckState)
    return msgspec.json.decode(vault.unseal(row.round_id, place_of(row), bytes(row.sealed)), type=CheckState)


def keep(row: Row, state: CheckState, *, in_clear: bool) -> None:
    """Ghi lại trạng thái: in clear where the record of the count is."""
    content = msgspec.json.encode(state)
    if in_clear:
        row.content, row.sealed = content.decode("utf-8"), b""
    else:
        row.sealed = vault.seal_text(row.round_id, place_of(row), content)
    row.save()


def into_clear(round_: Round) -> None:
    """Ký biên bản thì cuộc kiểm tra ra khỏi niêm phong: everything of the present count that is still sealed."""
    for row in Row.objects.filter(round=round_, count_number=round_.count_number, content="", declined=""):
        keep(row, state_of(row), in_clear=True)
