"""Danh sách Excel: templates out, rosters in, every doubt named by its cell.

Contract: `read_file` and `read_pasted` give a `RosterBook` whose faults say what is wrong in the list; they raise `FileRefused`
when there is no list to speak of. Nothing is saved here, and a list with one fault is not to be saved at all.
`template.write_template` is imported where it is used, since writing needs a heavier library than reading.
Leaves out: the law (who must be on the list, who is exempt) and the database.
"""

from __future__ import annotations

from tinnhiem.roster.book import as_json, read_bytes, read_file, read_pasted, understand_all
from tinnhiem.roster.errors import CellFault, FileRefused, Question
from tinnhiem.roster.grid import Cell, Grid
from tinnhiem.roster.model import Choices, Note, PartDate, Roster, RosterBook, RosterPerson, SheetKind
from tinnhiem.roster.preview import Preview
from tinnhiem.roster.understand import understand

__all__ = [
    "Cell",
    "CellFault",
    "Choices",
    "FileRefused",
    "Grid",
    "Note",
    "PartDate",
    "Preview",
    "Question",
    "Roster",
    "RosterBook",
    "RosterPerson",
    "SheetKind",
    "as_json",
    "read_bytes",
    "read_file",
    "read_pasted",
    "understand",
    "understand_all",
]
