"""Cụm mật khẩu của Ban kiểm phiếu: making, opening, renewing and locking the round's data key (`vault`).

Contract: the passphrase is the board's and stored nowhere. A lost one costs one keying from the paper, never the count.
"""

from __future__ import annotations

from uuid import UUID

from tinnhiem.app import scan_store, scan_tray, vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.batching import refuse_unless_counting
from tinnhiem.app.models import (
    Account,
    Batch,
    CountRecordRow,
    HandTally,
    Keying,
    RandomCheck,
    Scan,
    Seal,
    Settlement,
    TypedTotals,
)
from tinnhiem.app.scan_manifest import image_keys


def make_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Đặt cụm mật khẩu của Ban kiểm phiếu: once a round, before the first sheet; raises `PassphraseTooShort`."""
    with acting(account, Permission.COUNT, round_id) as act:
        if Seal.objects.filter(round=act.round).exists():
            _open(act, passphrase)
            return
        salt, wrapped = vault.make(act.round.pk, passphrase)
        Seal.objects.create(round=act.round, salt=salt, wrapped=wrapped)
        act.record("vault_made")


def open_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Mở khóa dữ liệu phiếu: after the machine was switched off; raises `PassphraseWrong`."""
    with acting(account, Permission.COUNT, round_id) as act:
        _open(act, passphrase)


def _open(act: Act, passphrase: str) -> None:
    seal = Seal.objects.get(round=act.round)
    vault.unlock(act.round.pk, passphrase, bytes(seal.salt), bytes(seal.wrapped))
    if not scan_tray.any_running():
        scan_store.sweep(act.round.pk, image_keys(act.round))
    act.record("vault_opened")


def renew_vault(account: Account, round_id: UUID, passphrase: str) -> None:
    """Đặt cụm mật khẩu mới khi mất cụm cũ: what was keyed in this count can no longer be read, stays as it is, and is keyed again from the paper."""
    with acting(account, Permission.COUNT, round_id) as act:
        refuse_unless_counting(act)
        Seal.objects.filter(round=act.round).delete()
        salt, wrapped = vault.make(act.round.pk, passphrase)
        Seal.objects.create(round=act.round, salt=salt, wrapped=wrapped)
        of_this_count = Batch.objects.filter(round=act.round, count_number=act.round.count_number)
        Keying.objects.filter(batch__in=of_this_count, current=True).update(current=False)
        Scan.objects.filter(batch__in=of_this_count, current=True).update(current=False)
        Settlement.objects.filter(batch__in=of_this_count).delete()
        HandTally.objects.filter(batch__in=of_this_count).delete()
        TypedTotals.objects.filter(ballot_type__round=act.round, count_number=act.round.count_number).delete()
        CountRecordRow.objects.filter(round=act.round, number=act.round.count_number, content="").delete()
        RandomCheck.objects.filter(
            round=act.round, count_number=act.round.count_number, content="", declined=""
        ).delete()
        act.record("vault_renewed")


def lock_vault(account: Account, round_id: UUID) -> None:
    """Khóa dữ liệu phiếu: when the board leaves the room."""
    with acting(account, Permission.COUNT, round_id) as act:
        vault.lock(act.round.pk)
        act.record("vault_locked")
