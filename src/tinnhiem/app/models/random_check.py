"""Kiểm tra ngẫu nhiên: what is kept of a check of the recorded sheets against the paper.

Contract: a row holds who took part and when it began and ended. The digits, the lists and what was compared stand in `sealed` until the minutes are signed,
because the number of sheets tells how close somebody is to a threshold; from then on in clear (`content`), like the count record. Neither
ever holds a mark (`poll.random_check`). Where the board decided to do without, `declined` has its reason and there is nothing else.
"""

from __future__ import annotations

from django.db import models

from tinnhiem.app.models.rounds import Round


class RandomCheck(models.Model):
    """Một cuộc kiểm tra ngẫu nhiên: who drew the slips, read the paper, keyed what was read, ticked the list; `number` rises where the count was made anew after a lot, or every sheet was read again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="random_checks")
    count_number = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=1)
    drawn_by = models.CharField(max_length=120, blank=True)
    read_by = models.CharField(max_length=120, blank=True)
    compared_by = models.CharField(max_length=120, blank=True)
    ticked_by = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    declined = models.TextField(blank=True)
    sealed = models.BinaryField(default=bytes, blank=True)
    content = models.TextField(blank=True)

    class Meta:
        ordering = ["round", "count_number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "count_number", "number"], name="one_random_check_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.round} – {self.number}"
