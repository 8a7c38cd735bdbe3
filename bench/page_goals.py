"""Mục tiêu của máy đọc phiếu: what one condition's figures come to, which goals they miss, and the table of them.

Contract: figures only; neither pages nor a reader.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bench.page_judge import Tally

FLAG_LIMITS = {"harsh": 0.02, "coffee": 0.02, "phone": 0.005}
"""Share of clear rows that may be handed to people; a ring of coffee through a box is as much of an accident as a streak."""
FLAG_LIMIT = 0.001
REFUSED_LIMITS = {"phone": 0.01, "feeder": 0.0}
SILENT_LIMIT = 0.01
SPEED_LIMIT = 35.0
"""Pages a second of one core at 200 dpi."""
MEMORY_LIMIT = 200.0
"""MiB a reading process."""
COUNTED = ("refused", "misread", "flagged", "flagged_kinds", "silent_as_meant", "silent_against")


class Outcome(msgspec.Struct, kw_only=True):
    """Kết quả một điều kiện."""

    condition: str
    tally: Tally
    processor_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_mib: float = 0.0
    twice: int = 0
    twice_found: int = 0
    twice_false: int = 0

    @property
    def speed(self) -> float:
        """Pages a second of one core."""
        return self.tally.pages / self.processor_seconds if self.processor_seconds else 0.0


def goals_missed(outcome: Outcome) -> list[str]:
    """Mục tiêu chưa đạt, a sentence each."""
    tally, name = outcome.tally, outcome.condition
    limit = FLAG_LIMITS.get(name, FLAG_LIMIT)
    refused = REFUSED_LIMITS.get(name)
    checks = [
        (
            tally.misread.total() == 0 and tally.wrong_page == 0,
            f"{tally.misread.total()} clear rows misread, {tally.wrong_page} pages taken for others",
        ),
        (not tally.silent_against, f"{tally.silent_against.total()} doubtful rows decided against intent"),
        (
            tally.silent <= SILENT_LIMIT * tally.doubtful,
            f"{_percent(tally.silent, tally.doubtful)} of doubtful rows decided silently",
        ),
        (
            tally.flagged.total() <= limit * tally.clear,
            f"{_percent(tally.flagged.total(), tally.clear)} of clear rows flagged, limit {limit:.1%}",
        ),
        (
            refused is None or tally.refused.total() <= refused * tally.pages,
            f"{tally.refused.total()} of {tally.pages} pages refused",
        ),
        (not tally.crashed, f"{tally.crashed} crashes"),
        (outcome.twice_found == outcome.twice, f"{outcome.twice_found} of {outcome.twice} sides scanned twice found"),
        (not outcome.twice_false, f"{outcome.twice_false} pairs taken for the same sheet"),
        (name != "feeder" or outcome.speed >= SPEED_LIMIT, f"{outcome.speed:.1f} pages/s a core"),
        (outcome.peak_mib <= MEMORY_LIMIT, f"{outcome.peak_mib:.0f} MiB"),
    ]
    return [f"{name}: {words}" for met, words in checks if not met]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


def table(outcomes: Sequence[Outcome]) -> str:
    """Bảng kết quả, a line a condition, and below it what the rows were refused, misread, flagged or silently decided for."""
    lines = [
        "condition pages refused clear misread flagged doubtful silent against blank proposals stamp twice false pages/s MiB".split(),
        *(_line(outcome) for outcome in outcomes),
    ]
    reasons = [
        f"{outcome.condition} {what}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())
        for outcome in outcomes
        for what in COUNTED
        if (counts := getattr(outcome.tally, what))
    ]
    return "\n".join([aligned(lines, left=1), "", *reasons])


def aligned(lines: Sequence[Sequence[str]], *, left: int) -> str:
    """Cột thẳng hàng; the first `left` columns of words, the others of figures."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _line(outcome: Outcome) -> list[str]:
    tally = outcome.tally
    return [
        outcome.condition,
        str(tally.pages),
        str(tally.refused.total()),
        str(tally.clear),
        str(tally.misread.total()),
        _percent(tally.flagged.total(), tally.clear),
        str(tally.doubtful),
        _percent(tally.silent, tally.doubtful),
        str(tally.silent_against.total()),
        f"{tally.blank_told_blank}/{tally.blank}",
        f"{tally.proposals_as_meant}/{tally.proposals}",
        f"{tally.stamp_wrong}+{tally.stamp_untold}?",
        f"{outcome.twice_found}/{outcome.twice}",
        str(outcome.twice_false),
        f"{outcome.speed:.1f}",
        f"{outcome.peak_mib:.0f}",
    ]
