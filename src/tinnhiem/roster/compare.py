"""So tên: people of one name in a list, and people who stand in two lists that should not meet.

Contract: two rows of one name with nothing to tell them apart are a question; with another birth date, post or unit they are a
note. Names are compared by `people.same_name`.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence

from tinnhiem.errors import TinnhiemError
from tinnhiem.people import fold, same_name
from tinnhiem.roster.errors import SameNameTwice
from tinnhiem.roster.grid import address
from tinnhiem.roster.model import Note, Roster, RosterPerson
from tinnhiem.roster.notes import note


def same_names(
    people: Sequence[RosterPerson], where: Callable[[int, int], str], name_column: int
) -> tuple[list[TinnhiemError], list[Note]]:
    """Trùng họ tên: questions and notes about rows that hold one name; `where` words the place of a row and column."""
    faults: list[TinnhiemError] = []
    notes: list[Note] = []
    for cluster in _clusters(people):
        rows = [person.row for person in cluster]
        spoken = ", ".join(map(str, rows[:-1])) + f" và {rows[-1]}"
        place = where(rows[-1], name_column)
        if all(_told_apart(one, other) for one, other in itertools.combinations(map(_facts, cluster), 2)):
            notes.append(note("same_name_told_apart", place, rows=spoken, name=cluster[0].full_name))
        else:
            key = ",".join(map(str, rows))
            values = {"cell": address(rows[-1], name_column), "key": key, "rows": spoken, "name": cluster[0].full_name}
            faults.append(SameNameTwice(place, **values))
    return faults, notes


def subjects_on_board(subjects: Roster | None, board: Roster | None) -> tuple[Note, ...]:
    """Người được lấy phiếu ngồi trong Ban kiểm phiếu: one note for each."""
    counting = [person.full_name for person in board.people] if board else []
    return tuple(
        note("subject_on_board", name=person.full_name)
        for person in (subjects.people if subjects else ())
        if any(same_name(person.full_name, name) for name in counting)
    )


def _clusters(people: Sequence[RosterPerson]) -> list[list[RosterPerson]]:
    by_letters: defaultdict[str, list[RosterPerson]] = defaultdict(list)
    for person in people:
        # Lý and Lí are one name: i and y fold together here, same_name decides.
        by_letters[fold(person.full_name).replace("y", "i")].append(person)
    clusters: list[list[RosterPerson]] = []
    for candidates in by_letters.values():
        left = candidates
        while len(left) > 1:
            alike = [person for person in left if same_name(left[0].full_name, person.full_name)]
            if len(alike) > 1:
                clusters.append(alike)
            left = [person for person in left if person not in alike]
    return sorted(clusters, key=lambda cluster: cluster[-1].row)


def _facts(person: RosterPerson) -> tuple[str, ...]:
    """What tells two people of one name apart; "" where it is not given."""
    return person.birth.iso if person.birth else "", fold(person.post), fold(person.unit)


def _told_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(mine != theirs for mine, theirs in zip(one, other, strict=True) if mine and theirs)
