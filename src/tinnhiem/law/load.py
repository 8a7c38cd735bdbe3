"""Đọc tệp quy tắc: TOML text to a typed `Rulebook`, or every fault of the file at once.

Contract: what comes back is whole, typed and sound; otherwise `Faults` carries each fault with its path, the clause of its
entry and the cure, so that a file is mended in one go. Form is held against the model itself (`msgspec` type information):
a field added to `rulebook` is checked here without a line changed. Sense (codes, thresholds, dates) is `soundness`, which
looks at every part whose form is right even when other parts are not. No file is opened here; `shelf` knows where books lie.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from tinnhiem.errors import Faults
from tinnhiem.law import faults, soundness
from tinnhiem.law.rulebook import Rulebook

MAY_BE_EMPTY = frozenset({"clause"})
"""Required texts that may say nothing; see `Cited.clause`."""

EXPECTED: Mapping[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("chữ trong dấu ngoặc kép", "text in quotes"),
    inspect.IntType: ("số nguyên", "a whole number"),
    inspect.BoolType: ("true hoặc false", "true or false"),
    inspect.DateType: ("ngày dạng 2023-02-02, không có ngoặc kép", "a date like 2023-02-02, without quotes"),
    inspect.StructType: ("một bảng có tên", "a table"),
    inspect.VarTupleType: ("một danh sách", "a list"),
}

PYTHON_TYPES: Mapping[type[inspect.Type], type] = {
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.BoolType: bool,
    inspect.DateType: datetime.date,
    inspect.StructType: dict,
    inspect.VarTupleType: list,
}


def load(text: str, where: str) -> Rulebook:
    """Đọc một bộ quy tắc từ chữ TOML. `where` names the file for people. Raises `Faults` with every fault of the file."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        line, column = _place_of(error, text)
        raise Faults([faults.NotToml(where, "", line=line, column=column)]) from error
    return build(data, where)


def build(data: Mapping[str, Any], where: str) -> Rulebook:
    """Dựng bộ quy tắc từ dữ liệu đã giải mã (dates as dates). Raises `Faults` as `load` does."""
    model = inspect.type_info(Rulebook)
    found = list(_faults_of_form(data, model, where, path="", clause=""))
    draft = soundness.Draft.of(data, spoilt={fault.path for fault in found})
    found.extend(soundness.faults_of_sense(draft, where))
    if found:
        raise Faults(found)
    return msgspec.convert(data, Rulebook)


def content(book: Rulebook) -> dict[str, Any]:
    """Nội dung của bộ quy tắc as a file would hold it: tables, lists, dates; what is None is left out. `build` takes it back."""
    plain: dict[str, Any] = _as_in_a_file(msgspec.to_builtins(book, builtin_types=(datetime.date,)))
    return plain


def _as_in_a_file(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_in_a_file(part) for key, part in value.items() if part is not None}
    if isinstance(value, tuple):
        return [_as_in_a_file(part) for part in value]
    return value


def _faults_of_form(
    value: object, expected: inspect.Type, where: str, *, path: str, clause: str
) -> Iterator[faults.BookFault]:
    """Every fault of form in `value`, in the order of the model; `clause` is that of the nearest entry that cites one."""
    if isinstance(expected, inspect.UnionType):
        expected = next(kind for kind in expected.types if not isinstance(kind, inspect.NoneType))
    if isinstance(expected, inspect.LiteralType):
        if value not in expected.values:
            yield faults.NotOneOf(where, path, clause, found=value, known=", ".join(map(str, expected.values)))
        return
    python_type = PYTHON_TYPES[type(expected)]
    # bool is an int and datetime a date to isinstance; neither is in a rulebook
    if not isinstance(value, python_type) or (
        isinstance(value, (bool, datetime.datetime)) and type(value) is not python_type
    ):
        vi, en = EXPECTED[type(expected)]
        yield faults.WrongType(where, path, clause, found=_shown(value), expected=vi, expected_en=en)
    elif isinstance(expected, inspect.StructType) and isinstance(value, dict):
        yield from _faults_of_table(value, expected, where, path=path, clause=clause)
    elif isinstance(expected, inspect.VarTupleType) and isinstance(value, list):
        for place, entry in enumerate(value):
            yield from _faults_of_form(entry, expected.item_type, where, path=f"{path}[{place}]", clause=clause)


def _faults_of_table(
    table: Mapping[str, object], model: inspect.StructType, where: str, *, path: str, clause: str
) -> Iterator[faults.BookFault]:
    own = table.get("clause")
    clause = own if isinstance(own, str) and own else clause
    known = [field.name for field in model.fields]
    for key in table:
        if key not in known:
            yield faults.UnknownKey(where, _below(path, key), clause, key=key, known=", ".join(known))
    for field in model.fields:
        below = _below(path, field.name)
        if field.name not in table:
            if field.required:
                yield faults.MissingValue(where, below, clause, key=field.name)
            continue
        value = table[field.name]
        yield from _faults_of_form(value, field.type, where, path=below, clause=clause)
        must_say = field.required and field.name not in MAY_BE_EMPTY
        if must_say and isinstance(value, str) and isinstance(field.type, inspect.StrType) and not value.strip():
            yield faults.EmptyText(where, below, clause)


def _place_of(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    """Where the reader stopped. Before Python 3.14 it says so in its sentence only."""
    named = re.search(r"at line (\d+), column (\d+)", str(error))
    return (int(named[1]), int(named[2])) if named else (len(text.splitlines()) + 1, 1)


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"“{value}”"
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            return str(value)
