"""Đợt đang ở đâu: the facts from which the next step follows, read once.

Contract: counts and yes/no only; no name, no figure of a person, nothing sealed.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import Desk, Role, Round
from tinnhiem.app.queries.ballot_prints import is_printed
from tinnhiem.app.queries.random_checks import is_waited_for
from tinnhiem.app.queries.values import types_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.round import Process

SMALL_ROLL = 10
"""Below this many voters unanimity is likely, and a unanimous result tells everybody what everybody marked."""

BEFORE_THE_VOTE = ("lists_frozen", "ready")
BEFORE_SEALING = ("signed", "announced")

ONE_TABLE_SHEETS = 60
"""Up to so many sheets one table may enter twice with seats changed (forms.md c2)."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Tình trạng của đợt.

    `ballots_wait`: a scanned round has no ballots printed that the reader takes; `check_waits`: its random check is neither made nor passed over.
    """

    process: Process
    subjects: int = 0
    voters: int = 0
    board: int = 0
    has_board_head: bool = False
    stations: int = 0
    tables: int = 2
    same_table: bool = False
    present_known: bool = False
    issued_known: bool = False
    scanned: bool = False
    ballots_wait: bool = False
    check_waits: bool = False

    @property
    def tables_seated(self) -> bool:
        """Whether there are accounts for as many tables as the round asks for."""
        return self.stations >= (1 if self.same_table else self.tables)


def standing_of(round_: Round) -> Standing:
    """Đọc tình trạng của một đợt."""
    seats = list(Desk.objects.filter(round=round_))
    types = types_of(round_)
    scanned = round_.way == Round.Way.SHEETS and round_.scanned
    return Standing(
        process=process_of(round_),
        subjects=round_.subjects.filter(line__isnull=False).count(),
        voters=round_.voters.count(),
        board=round_.board.count(),
        has_board_head=any(seat.role == Role.BOARD_HEAD for seat in seats),
        stations=len({seat.station for seat in seats if seat.role == Role.STATION}),
        tables=len(round_.keyed_stations),
        same_table=round_.same_table,
        present_known=round_.present is not None,
        issued_known=bool(types) and all(kind.issued is not None for kind in types),
        scanned=scanned,
        ballots_wait=scanned and round_.state in BEFORE_THE_VOTE and not ballots_printed(round_),
        check_waits=scanned and round_.state in BEFORE_SEALING and is_waited_for(round_),
    )


def ballots_printed(round_: Round) -> bool:
    """Whether ballots of the present form were downloaded for printing; False where they cannot even be laid out."""
    try:
        return is_printed(round_)
    except TinnhiemError:
        return False


def is_small(round_: Round) -> bool:
    """Cơ quan nhỏ: whether the roll (or the number summoned) is so short that unanimity would reveal everybody."""
    known = [number for number in (round_.voters.count() or None, round_.summoned) if number is not None]
    return bool(known) and min(known) < SMALL_ROLL


def one_table_allowed(round_: Round) -> bool:
    """Một bàn nhập hai lần: only where at most sixty sheets are expected."""
    expected = round_.summoned if round_.summoned is not None else round_.voters.count()
    return 0 < expected <= ONE_TABLE_SHEETS
