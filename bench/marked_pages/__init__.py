"""Phiếu đánh tay giả lập: pages marked by an invented hand, scanned by an invented scanner, with the truth of every row.

Contract: whatever is made follows from (seed, condition) and the blank alone. It shares no code with the reader it is there to judge: its inputs
are the printed PDF and the figures of `tinnhiem layout --json`, as anybody outside would have them. What real hands and papers do beyond
`README.md` here is left out, and a figure measured on these pages says nothing about that.
"""

from __future__ import annotations
