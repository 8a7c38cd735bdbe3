"""Mẫu phiếu: how the ballots of a round are printed, as far as the office decides it.

Contract: a value without geometry (that is `paper.sheet_layout`'s) and without a person. `round_id` is drawn at random for each round and each vote,
so that no sheet of another vote fits; it tells nothing. What the rulebook gives (signature, stamp, head of page) is None here until the office decides otherwise.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tinnhiem.law.rulebook import Style

PaperSize = Literal["A4", "A5"]


class BallotForm(msgspec.Struct, frozen=True, kw_only=True):
    """Mẫu phiếu của đợt.

    `superior` and `body` stand at the top left, `body` "" for the round's own; `meeting` and `subjects` are the words after "tại" and "đối với". `band` prints a
    band that tells the types apart where there is no coloured paper. `signature` and `stamp` overrule the rulebook. `token_decision` is the board's recorded
    decision to print a random code on each sheet, "" for identical sheets. `rehearsal` sheets are refused in an official round, and the other way about.
    """

    round_id: str = ""
    style: Style | None = None
    superior: str = ""
    body: str = ""
    meeting: str = ""
    subjects: str = ""
    paper: PaperSize = "A4"
    large_print: bool = False
    band: bool = False
    signature: bool | None = None
    stamp: bool | None = None
    rehearsal: bool = False
    token_decision: str = ""
