"""Phiếu đã tải để in: which forms of the ballot left the house, and whether the reader would still take them.

Contract: read from the ledger, where every download for printing is an event. Says nothing about sheets in anybody's hand.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from tinnhiem.app.models import BallotCode, EventRow, Round
from tinnhiem.app.queries.ballot_form import layouts_of
from tinnhiem.paper.sheet_layout import HASH_SHOWN

How = Literal["alike", "coded", "plain"]
"""`alike`: sheets for the reader, all the same; `coded`: each with a random code; `plain`: without machine marks."""

HOW_TOLD: dict[How, str] = {
    "alike": "phiếu cho máy đọc",
    "coded": "phiếu cho máy đọc, mỗi phiếu một mã ngẫu nhiên",
    "plain": "phiếu không có dấu cho máy đọc",
}
"""As the ledger says it."""


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """Một lần tải phiếu để in: `layout` is the code of the form as printed on the sheet, `day` as the ledger wrote it."""

    title: str
    copies: int
    how: How
    layout: str
    day: str


def prints_of(round_: Round) -> tuple[Print, ...]:
    """Các lần tải phiếu, oldest first."""
    told = {words: how for how, words in HOW_TOLD.items()}
    return tuple(
        Print(
            title=str(row.data.get("of_type") or ""),
            copies=int(row.data["copies"]),
            how=told[str(row.data["how"])],
            layout=str(row.data["layout"]),
            day=f"{row.at[8:10]}/{row.at[5:7]}/{row.at[:4]} {row.at[11:16]}",
        )
        for row in EventRow.objects.filter(round=round_, code="ballots_taken").order_by("seq")
    )


def form_code(layout_hash: str) -> str:
    """Mã mẫu phiếu: the part of the layout's hash that stands on the sheet."""
    return layout_hash[:HASH_SHOWN].upper()


def unread_prints(round_: Round) -> tuple[Print, ...]:
    """Các lần tải mà máy không còn đọc được: the form was changed since, or the codes were decided on or dropped."""
    known = {form_code(layout.hash) for layout in layouts_of(round_)}
    wanted = "coded" if round_.token_decision else "alike"
    return tuple(
        one for one in prints_of(round_) if one.how != "plain" and (one.layout not in known or one.how != wanted)
    )


def is_printed(round_: Round) -> bool:
    """Whether sheets that the reader takes were downloaded for every type."""
    if not prints_of(round_):
        return False
    unread = set(unread_prints(round_))
    good = {one.title for one in prints_of(round_) if one.how != "plain" and one not in unread}
    return {kind.title for kind in round_.ballot_types.filter(subjects__line__isnull=False)} <= good


def digest_of(round_: Round, code: str) -> str:
    """Dấu vết của một mã: SHA-256 over the vote's random id and the code."""
    return hashlib.sha256(f"{round_.sheet_id}/{code}".encode("ascii")).hexdigest()


def is_code_of(round_: Round, code: str) -> bool:
    """Whether a code read from a sheet was printed for this round."""
    return BallotCode.objects.filter(round=round_, digest=digest_of(round_, code)).exists()
