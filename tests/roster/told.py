"""What a roster says, in the words of the golden files: only what was given, dates as far as they are known."""

from __future__ import annotations

from pathlib import Path

from tinnhiem.roster import PartDate, Roster, RosterBook, RosterPerson, read_file, read_pasted


def read_case(folder: Path) -> RosterBook:
    """Read the roster of a case: `roster.xlsx|xls|ods`, or `pasted.html|txt` for what the clipboard held."""
    (file,) = [path for path in folder.iterdir() if path.stem in ("roster", "pasted")]
    return read_pasted(file.read_text(encoding="utf-8")) if file.stem == "pasted" else read_file(file)


def told(book: RosterBook) -> dict[str, object]:
    """The book as its `expected.json` gives it."""
    return {"lists": [_list(roster) for roster in book.rosters], "notes": [note.message for note in book.notes]}


def _list(roster: Roster) -> dict[str, object]:
    return {
        "sheet": roster.sheet,
        "kind": roster.kind,
        "header_rows": list(roster.header_rows),
        "columns": roster.columns,
        "people": [_person(person) for person in roster.people],
        "notes": [note.message for note in roster.notes],
        "faults": [fault.sentence() for fault in roster.faults],
    }


def _person(person: RosterPerson) -> dict[str, object]:
    given = {name: getattr(person, name) for name in person.__struct_fields__}
    shown = {name: value.iso if isinstance(value, PartDate) else value for name, value in given.items() if value}
    return shown | ({"titles": list(person.titles)} if person.titles else {})
