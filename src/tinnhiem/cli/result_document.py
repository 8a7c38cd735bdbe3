"""Kết quả dưới dạng JSON: the document that `tabulate --json` prints.

Contract: `rulebook`, `base`, `rows`, `equations`, `warnings`, `fingerprint`, as `docs/reference/cli.md` lists them. `num` is the count
as counted and `den` the base, never reduced. Everything comes from the count record; nothing is computed here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tinnhiem.law.decide import Finding
from tinnhiem.poll.record import CountRecord, LineResult, fingerprint, short_code
from tinnhiem.poll.remarks import sentence


def result_document(record: CountRecord) -> dict[str, Any]:
    """Bản ghi → tài liệu JSON."""
    bases = {line.base for line in record.lines}
    mark = fingerprint(record)
    return {
        "rulebook": record.rulebook,
        "rulebook_digest": record.rulebook_digest,
        "base": {"kind": record.base_kind, "value": bases.pop()} if len(bases) == 1 else None,
        "quorum": msgspec.to_builtins(record.quorum),
        "types": msgspec.to_builtins(record.types),
        "rows": [_row(line) for line in record.lines],
        "equations": [
            {"name": one.name, "ballot": one.ballot, "left": one.left, "right": one.right, "holds": one.holds}
            for one in record.equations
        ],
        "warnings": [
            {"code": remark.code, "message": sentence(remark), "message_en": sentence(remark, "en")}
            for remark in record.remarks
        ],
        "fingerprint": mark,
        "short_code": short_code(mark),
    }


def _row(line: LineResult) -> dict[str, Any]:
    binding = line.binding
    return {
        "line": line.line,
        "ballot": line.ballot,
        "name": line.name,
        "post": line.post,
        "base": line.base,
        "counts": line.counts,
        "valid": line.valid,
        "invalid": line.invalid,
        "shares": {
            code: {"num": number, "den": line.base, "printed": line.printed[code]}
            for code, number in line.counts.items()
        },
        "regime": line.regime,
        "band": binding.band,
        "clause": binding.clause,
        "basis": binding.basis,
        "consequences": [one for finding in line.findings for one in _consequences(finding)],
        "findings": [_finding(finding) for finding in line.findings],
    }


def _consequences(finding: Finding) -> list[dict[str, Any]]:
    return [
        {"instrument": finding.instrument, "regime": finding.regime, "band": finding.band, **msgspec.to_builtins(one)}
        for one in finding.outcomes
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    """One instrument's conclusion with its trace; what follows stands in the row's `consequences`."""
    whole: dict[str, Any] = msgspec.to_builtins(finding)
    whole.pop("outcomes")
    return whole
