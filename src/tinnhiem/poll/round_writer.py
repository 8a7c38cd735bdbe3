"""Ghi ROUND.toml và ROWS.csv: a counted round, written as the files that count to the same record.

Contract: `read_round` and `read_rows` of what is written here, counted under the same rulebook, give the fingerprint of the record it was
written from: that is how a round made at the web desk is held against the command line. Names, posts and titles have to be one line each.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping

from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.record import CountRecord, TypeResult
from tinnhiem.poll.round_file import BALLOTS, PERSONS, SHEET_KEYS


def write_round(record: CountRecord, form: BallotForm | None = None) -> bytes:
    """Bản ghi → ROUND.toml (UTF-8, lines ending in LF), with how its ballots were printed where `form` tells it."""
    head: dict[str, object] = {"rulebook": record.rulebook, "body": record.body, "date": record.date}
    only = record.types[0] if len(record.types) == 1 and record.types[0].ballot is None else None
    if only is not None and only.title:
        head["ballot_title"] = only.title
    if record.supersedes is not None:
        head["supersedes"] = record.supersedes
    persons = {key: getattr(record, key) for key in PERSONS}
    parts = [_table("", head)]
    parts.append(_table("[numbers]", persons | (_ballot(only) if only is not None else {})))
    parts.append(_reasons("[numbers.invalid_by_reason]", only))
    parts.append(_table("[rounding]", {"digits": record.rounding.digits, "mode": record.rounding.mode}))
    parts.append(_sheet(form or BallotForm()))
    for kind in () if only is not None else record.types:
        parts.append(_table("[[ballot]]", {"id": kind.ballot, "title": kind.title or None} | _ballot(kind)))
        parts.append(_reasons("[ballot.invalid_by_reason]", kind))
    if _in_order(record):
        parts.extend(
            _table(
                "[[subject]]",
                {"post": line.post, "name": line.name or None, "ballot": line.ballot, "regime": line.regime},
            )
            for line in record.lines
        )
    parts.extend(
        _table("[[correction]]", {"path": one.path, "value": one.value, "reason": one.reason})
        for one in record.corrections
    )
    return "\n".join(part for part in parts if part).encode("utf-8")


def write_rows(record: CountRecord) -> bytes:
    """Bản ghi → ROWS.csv (UTF-8, lines ending in LF)."""
    codes = tuple(record.lines[0].counts) if record.lines else ()
    typed = any(line.ballot is not None for line in record.lines)
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["line", *(["ballot"] if typed else []), "post", "name", "regime", *codes])
    for line in record.lines:
        cells = [str(line.line), *([line.ballot or ""] if typed else []), line.post, line.name, line.regime]
        rows.writerow([*cells, *(str(line.counts[code]) for code in codes)])
    return out.getvalue().encode("utf-8")


def toml_text(text: str) -> str:
    """Chữ trong ngoặc kép của TOML: a JSON string is one, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _ballot(kind: TypeResult) -> dict[str, object]:
    return {key: getattr(kind, key) for key in BALLOTS}


def _reasons(heading: str, kind: TypeResult | None) -> str:
    """The table of reasons; an empty one says that no sheet was invalid, which is not the same as not known."""
    if kind is None or kind.invalid_by_reason is None:
        return ""
    return _table(heading, kind.invalid_by_reason)


def _sheet(form: BallotForm) -> str:
    """The table of the ballot form: what the office decided, nothing where it decided nothing."""
    usual = BallotForm()
    decided = {key: getattr(form, key) for key in SHEET_KEYS if getattr(form, key) != getattr(usual, key)}
    return _table("[sheet]", decided) if decided else ""


def _in_order(record: CountRecord) -> bool:
    """Whether the lines of each type run 1, 2, 3…, as `[[subject]]` numbers them."""
    for kind in record.types:
        lines = [line.line for line in record.lines if line.ballot == kind.ballot]
        if lines != list(range(1, len(lines) + 1)):
            return False
    return True


def _table(heading: str, values: Mapping[str, object]) -> str:
    lines = [heading] if heading else []
    lines.extend(f"{_key(key)} = {_value(value)}" for key, value in values.items() if value is not None)
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else toml_text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return toml_text(str(value))
