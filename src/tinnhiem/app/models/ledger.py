"""Sổ ghi: the stored hash chain of readable events (see `tinnhiem.ledger`)."""

from __future__ import annotations

from django.db import models

from tinnhiem.app.models.rounds import Round


class EventRow(models.Model):
    """Một việc đã ghi: never changed, never deleted. `round` None: the house's own chain (accounts, settings)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=150)
    code = models.CharField(max_length=60)
    sentence = models.TextField()
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["round", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seq"], name="one_event_per_place"),
            models.UniqueConstraint(fields=["seq"], condition=models.Q(round=None), name="one_house_event_per_place"),
        ]

    def __str__(self) -> str:
        return self.sentence
