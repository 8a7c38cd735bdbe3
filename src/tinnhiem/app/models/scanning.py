"""Lần quét: one reading of a batch by the scanner — sealed like what people key, from the first page.

Contract (SECURITY.md): what the machine read and what people decided stand in `manifest` and `looks`, encrypted with the round's data key. There is no
row per page or sheet and no time of a page: the order of the pages stands inside the manifest and dies with it. The images are files of their own
(`scan_store`), named inside the manifest alone. Columns outside the seal hold what the entry journal prints.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.models.counting import Batch
from tinnhiem.app.models.rounds import Subject


class Scan(models.Model):
    """Một lần quét một tập. `attempt` rises when a batch is scanned again; the first one is kept. `pages` are those read so far, `refused` those of them not placed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="scans")
    attempt = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    operator = models.CharField(_("Người quét"), max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    manifest = models.BinaryField(default=bytes, blank=True)
    looks = models.BinaryField(default=bytes, blank=True)

    class Meta:
        ordering = ["batch", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "attempt"], name="one_scan_per_attempt"),
            models.UniqueConstraint(fields=["batch"], condition=models.Q(current=True), name="one_current_scan"),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, quét lần {self.attempt}"


class ColumnLook(models.Model):
    """Dải ô của một người: how far a member of the board has looked through every mark of one person.

    `screens` were gone through, `done` when none was left; `scans` are the ids of the scans that were shown, so that a batch scanned again is looked at again.
    Rows sent back to the adjudication desk stand in `raised`, sealed. Nothing here tells how a mark is spread.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="column_looks")
    count_number = models.PositiveSmallIntegerField(default=1)
    member = models.CharField(_("Người xem"), max_length=160)
    screens = models.PositiveSmallIntegerField(default=0)
    done = models.BooleanField(default=False)
    scans = models.JSONField(default=list, blank=True)
    raised = models.BinaryField(default=bytes, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "count_number"], name="one_column_look_each")]

    def __str__(self) -> str:
        return f"{self.subject}, lần kiểm {self.count_number}"
