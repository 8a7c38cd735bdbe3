"""A ROUND.toml with the list and the form from which ballots are printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.cli.running import toml

PEOPLE = (
    ("hdnd", "Lê Thị Bưởi", "Phó Chủ tịch HĐND"),
    ("ubnd", "Nguyễn Văn Ổi", "Giám đốc Sở Xây dựng"),
    ("ubnd", "Trần Văn Mít", "Giám đốc Sở Tài chính"),
)
TYPES = '[[ballot]]\nid = "hdnd"\ntitle = "Phó Chủ tịch HĐND"\n[[ballot]]\nid = "ubnd"\ntitle = "Ủy viên UBND"\n'


def subjects(people: Sequence[tuple[str, str, str]] = PEOPLE) -> str:
    """The list; a ballot type of "" is left out."""
    tables = []
    for ballot, name, post in people:
        of_type = f'ballot = "{ballot}"\n' if ballot else ""
        tables.append(f'[[subject]]\nname = "{name}"\npost = "{post}"\n{of_type}')
    return "".join(tables)


def ballot_round(
    folder: Path, sheet: str = 'round_id = "mot-dot"', types: str = TYPES, people: Sequence[tuple[str, str, str]] = PEOPLE,
    head: str = "",
) -> Path:  # fmt: skip
    """ROUND.toml of two ballot types, of one person and of two."""
    path = folder / "ROUND.toml"
    more = f"[sheet]\n{sheet}\n{types}{subjects(people)}"
    path.write_text(head + toml("nq-96-2023", "2028-12-07", {"present": 47}, more), encoding="utf-8", newline="\n")
    return path


def one_type(folder: Path, sheet: str = 'round_id = "mot-dot"', number: int = 2) -> Path:
    """ROUND.toml of a round without ballot types."""
    people = [("", f"Lê Thị Bưởi {place}", "Ủy viên UBND") for place in range(1, number + 1)]
    return ballot_round(folder, sheet, "", people)
