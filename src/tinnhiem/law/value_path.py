"""Đường dẫn tới một giá trị trong bộ quy tắc: how corrections, screens and tests name one value of a book.

Contract: a path is names joined by points: a field by its name, an entry of a list by its code (a regime by its id), an entry
without a code by its place from 0: `quorum.num`, `deadlines.dossier_in.days`, `bands.low.bounds.0.num`. `find` walks one,
`leaves` lists the paths of every value that stands in a cited record. Nothing is changed here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from tinnhiem.law.errors import UnknownValuePath
from tinnhiem.law.rulebook import Cited, Rulebook

NAMES_OF_THINGS = frozenset({"clause", "basis", "note", "note_en", "code", "id", "choice", "band", "overlaps", "test"})
"""Fields that name or cite; what they hold is no value of the law."""

Scalar = str | int | bool | datetime.date


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Giá trị tìm thấy: the value, the cited record it stands in (None at the top of the book), and its keys in plain data."""

    value: object
    entry: Cited | None
    keys: tuple[str | int, ...]


def find(book: Rulebook, path: str) -> Found:
    """Giá trị ở đường dẫn. Raises `UnknownValuePath`."""
    value: object = book
    entry: Cited | None = None
    keys: list[str | int] = []
    for step in path.split("."):
        key = _key(value, step)
        if key is None:
            raise UnknownValuePath(book.id, path=path)
        value = value[key] if isinstance(value, tuple) and isinstance(key, int) else getattr(value, str(key))
        entry = value if isinstance(value, Cited) else entry
        keys.append(key)
    return Found(value=value, entry=entry, keys=tuple(keys))


def leaves(book: Rulebook) -> Iterator[tuple[str, Scalar, Cited]]:
    """Mọi giá trị có căn cứ: path, value and cited record, in the order of the model. English twins and empty texts are left out."""
    for name in book.__struct_fields__:
        yield from _below(getattr(book, name), name, None)


def is_leaf(name: str, value: object) -> bool:
    """Whether a field of a cited record holds a value of the law, rather than a name, a citation or more structure."""
    return name not in NAMES_OF_THINGS and isinstance(value, (str, int, datetime.date))


def _below(value: object, path: str, entry: Cited | None) -> Iterator[tuple[str, Scalar, Cited]]:
    if isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _below(part, f"{path}.{_name(part) or place}", entry)
    elif isinstance(value, msgspec.Struct):
        entry = value if isinstance(value, Cited) else entry
        for name in value.__struct_fields__:
            yield from _below(getattr(value, name), f"{path}.{name}", entry)
    elif entry is not None and isinstance(value, (str, int, datetime.date)):
        name = path.rpartition(".")[2]
        if is_leaf(name, value) and not name.endswith("_en") and value != "":
            yield path, value, entry


def _key(value: object, step: str) -> str | int | None:
    if isinstance(value, tuple):
        named = [place for place, part in enumerate(value) if _name(part) == step]
        if named:
            return named[0]
        nameless = step.isdecimal() and int(step) < len(value) and _name(value[int(step)]) is None
        return int(step) if nameless else None
    if isinstance(value, msgspec.Struct) and step in value.__struct_fields__:
        return step
    return None


def _name(part: object) -> str | None:
    name = getattr(part, "code", None) or getattr(part, "id", None)
    return name if isinstance(name, str) else None
