"""Văn bản: official papers rendered from the count record.

Contract: `render` makes one paper in one format, `KINDS` says what there is, `Papers` holds everything on a paper that is not a figure of
the count, `results_table` is the table every output shows. `edited_check` holds a paper that came back against the record.
"""

from __future__ import annotations

from tinnhiem.documents.figures import Table, results_table
from tinnhiem.documents.kinds import KINDS, Format, Kind, kind, render
from tinnhiem.documents.papers import Papers

__all__ = ["KINDS", "Format", "Kind", "Papers", "Table", "kind", "render", "results_table"]
