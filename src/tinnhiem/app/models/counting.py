"""Phòng kiểm phiếu: batches, keyings and what was settled — sealed from the first save.

Contract (SECURITY.md): every mark stands inside `sealed`, encrypted with the round's data key, which lives in memory only (`vault`). There is no
row per sheet, hence no time, no key and no order but the order inside a batch, which dies with the blob. Columns outside the seal hold
what the entry journal prints: who sat at the table, when the batch was opened and closed, how many sheets, corrections and disagreements.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.models.rounds import BallotType, Round


class Seal(models.Model):
    """Khóa dữ liệu của đợt: the wrapped data key; the board's passphrase opens it, and is stored nowhere."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="seal")
    salt = models.BinaryField()
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.round)


class Batch(models.Model):
    """Tập phiếu: a pile of sheets of one type, counted by hand; `count_number` rises with a recount of the same sheets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="batches")
    ballot_type = models.ForeignKey(BallotType, on_delete=models.PROTECT, related_name="batches")
    count_number = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(_("Tập số"))
    size = models.PositiveSmallIntegerField(_("Số phiếu đếm tay"))

    class Meta:
        ordering = ["ballot_type__position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ballot_type", "count_number", "number"], name="one_batch_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"Tập {self.number}"


class Keying(models.Model):
    """Một lần nhập một tập. `attempt` rises when a batch is keyed again; the first keying is kept. `sheets` are those saved so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="keyings")
    station = models.PositiveSmallIntegerField(_("Lần nhập"))
    attempt = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    reader = models.CharField(_("Người đọc"), max_length=120)
    keyer = models.CharField(_("Người nhập"), max_length=120)
    checker = models.CharField(_("Người kiểm tra"), max_length=120, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(default=0)
    corrections = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(default=bytes, blank=True)

    class Meta:
        ordering = ["batch", "station", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "station", "attempt"], name="one_keying_per_attempt"),
            models.UniqueConstraint(
                fields=["batch", "station"], condition=models.Q(current=True), name="one_current_keying"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, lần {self.station}"


class Settlement(models.Model):
    """Kết quả đối chiếu một tập: the agreed sheets and the decisions that led to them, both sealed.

    `misread` places were settled by a third pair of eyes on the paper, `rulings` by the board.
    """

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="settlement")
    misread = models.PositiveSmallIntegerField(default=0)
    rulings = models.PositiveSmallIntegerField(default=0)
    complete = models.BooleanField(default=False)
    decisions = models.BinaryField(default=bytes, blank=True)
    sealed = models.BinaryField(default=bytes, blank=True)

    def __str__(self) -> str:
        return str(self.batch)


class HandTally(models.Model):
    """Kiểm song song: totals of a hand tally of one batch, sealed; `ruling` is the board's written ruling while they differ."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="hand_tally")
    sealed = models.BinaryField(default=bytes)
    ruling = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.batch)


class TypedTotals(models.Model):
    """Tổng nhập từ bảng kiểm phiếu: one person's typing of one ballot type, sealed; two persons must agree."""

    ballot_type = models.ForeignKey(BallotType, on_delete=models.PROTECT, related_name="typed_totals")
    count_number = models.PositiveSmallIntegerField(default=1)
    typing = models.PositiveSmallIntegerField()
    typist = models.CharField(max_length=120)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot_type", "count_number", "typing"], name="one_typing_each")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_type}, lần {self.typing}"


class CountRecordRow(models.Model):
    """Bản ghi kết quả kiểm phiếu. Sealed until the paper is signed, then in clear (`content`, `fingerprint`)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField(default=bytes, blank=True)
    content = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    supersedes = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_record_per_number")]

    def __str__(self) -> str:
        return f"{self.round} – {self.number}"
