"""Chia tập phiếu: how many sheets go into each batch on the table.

Contract: no sheet is left over and no batch is smaller than `k`, so that no figure for a part of the round can tell who marked
what; a small body's sheets may all lie in one pile. Sizes are a proposal: what the board counts by hand is what holds.
"""

from __future__ import annotations

BATCH_SIZE = 25
LEAST_BATCH = 5
"""k: the fewest sheets for which any figure may be shown."""
SINGLE_PILE = 60


def divide(
    total: int, size: int = BATCH_SIZE, k: int = LEAST_BATCH, single_up_to: int = SINGLE_PILE
) -> tuple[int, ...]:
    """Số phiếu của từng tập, in order; their sum is `total`. One pile up to `single_up_to` sheets (0: never for that reason).

    A last batch under `k` joins the one before. No sheets, no batches. Raises ValueError for a negative total or a `k` beyond `size`.
    """
    if total < 0 or not 1 <= k <= size:
        raise ValueError((total, size, k))
    if total == 0:
        return ()
    if total <= single_up_to:
        return (total,)
    full, rest = divmod(total, size)
    if 0 < rest < k and full:
        return (*([size] * (full - 1)), size + rest)
    return (*([size] * full), *([rest] if rest else []))
