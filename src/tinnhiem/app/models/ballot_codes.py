"""Mã ngẫu nhiên của từng tờ phiếu: kept only where the board decided to print one on each sheet.

Contract: a row holds the digest of one code and nothing else: no number, no time, no order of printing (rows are written in the order of their digests). It
tells a code of this round from one that is not; it cannot be joined with a voter, and never with what a sheet says, which is sealed.
"""

from __future__ import annotations

import uuid

from django.db import models

from tinnhiem.app.models.rounds import Round


class BallotCode(models.Model):
    """Dấu vết của một mã đã in: SHA-256 of the code, bound to its round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ballot_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "digest"], name="one_ballot_code_each")]

    def __str__(self) -> str:
        return self.digest[:8]
