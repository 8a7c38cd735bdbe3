"""Một việc, một giao dịch: the frame in which every action runs.

Contract: may this person? → the round, locked → change → one readable event in the hash chain, all in one transaction; a refusal or a crash leaves
nothing behind. An action that changes something and records nothing is a mistake and raises. Keying a sheet is the one act that
leaves no event, because the time of a sheet is itself a trace (architecture, secrecy): it says so with `silent`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tinnhiem.app.access import Permission, require
from tinnhiem.app.models import Account, EventRow, Round
from tinnhiem.app.sentences import event_sentence
from tinnhiem.errors import TinnhiemError
from tinnhiem.ledger.chain import Event, append

# SQLite has one writer; queueing in the process instead of in the database cuts the worst waits several times over.
_one_writer = threading.RLock()


class RoundUnknown(TinnhiemError):
    """No round of that id."""

    code = "round_unknown"
    vi = "Không có đợt lấy phiếu này. Mở lại từ danh sách các đợt."
    en = "There is no such round. Open it again from the list of rounds."


class Act:
    """Việc đang làm: the actor, the round (None for the house) and the events it records."""

    def __init__(self, actor: Account | None, round_: Round | None) -> None:
        self.actor = actor
        self._round = round_
        self.recorded = 0
        self.silent = False
        self.at = timezone.localtime()

    @property
    def round(self) -> Round:
        """The round acted on."""
        if self._round is None:
            raise RoundUnknown
        return self._round

    def record(self, code: str, **values: str | int | None) -> Event:
        """Ghi một việc vào sổ: appends one event; its sentence is rendered once, in Vietnamese, and kept."""
        last = EventRow.objects.filter(round=self._round).order_by("-seq").first()
        event = append(
            _as_event(last) if last else None,
            at=self.at.isoformat(timespec="seconds"),
            actor=str(self.actor) if self.actor else "",
            code=code,
            sentence=event_sentence(code, values),
            data=dict(values),
        )
        EventRow.objects.create(
            round=self._round,
            seq=event.seq,
            at=event.at,
            actor=event.actor,
            code=event.code,
            sentence=event.sentence,
            data=event.data,
            previous=event.previous,
            digest=event.digest,
        )
        self.recorded += 1
        return event


def _as_event(row: EventRow) -> Event:
    return Event(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        code=row.code,
        sentence=row.sentence,
        data=row.data,
        previous=row.previous,
        digest=row.digest,
    )


def events(round_: Round | None) -> tuple[Event, ...]:
    """Sổ ghi của đợt: the whole chain, oldest first."""
    return tuple(_as_event(row) for row in EventRow.objects.filter(round=round_).order_by("seq"))


def get_round(round_id: UUID) -> Round:
    """The round, unlocked, for pages; raises `RoundUnknown`."""
    found = Round.objects.select_related("body").filter(pk=round_id).first()
    if found is None:
        raise RoundUnknown
    return found


@contextmanager
def acting(account: Account, permission: Permission, round_id: UUID) -> Iterator[Act]:
    """Làm một việc trong một đợt: yields the `Act`; raises `NotAllowed`, `RoundUnknown`."""
    with _one_writer, transaction.atomic():
        round_ = Round.objects.select_for_update().filter(pk=round_id).first()
        if round_ is None:
            raise RoundUnknown
        require(account, permission, round_)
        act = Act(account, round_)
        yield act
        _must_have_recorded(act)


@contextmanager
def acting_in_house(account: Account | None) -> Iterator[Act]:
    """Làm một việc chung của cơ quan (tài khoản, lập đợt): recorded in the house's own chain."""
    with _one_writer, transaction.atomic():
        act = Act(account, None)
        yield act
        _must_have_recorded(act)


def _must_have_recorded(act: Act) -> None:
    if not act.recorded and not act.silent:
        message = "an action changed something and recorded no event"
        raise AssertionError(message)
