"""The reference page of rulebooks names every field of the model, every book and every code, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from tinnhiem.law import errors, faults, rulebook, shelf
from tinnhiem.law.errors import LawError
from tinnhiem.law.faults import BookFault
from tinnhiem.law.rulebook import Cited, Correction

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "rulebooks.md").read_text(encoding="utf-8")
MODEL = [
    kind
    for kind in vars(rulebook).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in (msgspec.Struct, Correction)
]


def rows_under(heading: str) -> list[str]:
    """The first cell of each row of the table under a heading."""
    section = re.split(r"^#{2,3} ", PAGE.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    return [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]


def codes(kind: type[LawError]) -> set[str]:
    return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize("kind", MODEL, ids=[kind.__name__ for kind in MODEL])
def test_every_field_of_the_model_is_described_with_whether_it_is_required(kind: type[msgspec.Struct]) -> None:
    inherited = set(Cited.__struct_fields__) if issubclass(kind, Cited) and kind is not Cited else set()
    expected = {
        f"`{field.name}`" + ("*" if field.required else "")
        for field in msgspec.structs.fields(kind)
        if field.name not in inherited
    }
    assert {name.strip() for row in rows_under(kind.__name__) for name in row.split(",")} == expected


def test_every_book_on_the_shelf_is_listed() -> None:
    assert tuple(sorted(row.strip().strip("`") for row in rows_under("Bộ quy tắc · Rulebooks"))) == shelf.ids()


def test_every_code_of_a_refusal_is_listed() -> None:
    listed = rows_under("Lỗi trong tệp quy tắc · Faults of a rulebook file") + rows_under(
        "Lời từ chối khi dùng · Refusals in use"
    )
    assert sorted(row.strip().strip("`") for row in listed) == sorted(codes(LawError))


@pytest.mark.parametrize(("module", "root"), [(errors, LawError), (faults, BookFault)])
def test_the_drawing_of_a_tree_of_refusals_shows_the_classes_there_are(
    module: ModuleType, root: type[LawError]
) -> None:
    drawn = re.findall(r"[├└]── (\w+)", module.__doc__ or "")
    assert drawn == [below.__name__ for below in root.__subclasses__()]
