"""Bản ghi kết quả kiểm phiếu: the count record, the one source of every figure, and its fingerprint.

Contract: a `CountRecord` is a value with whole numbers, texts of the round and `[num, den]` pairs, nothing else: no float, no clock, no
path, no channel, no person who voted. Everything printed anywhere is rendered from it. `fingerprint` is the SHA-256 of its
canonical JSON (UTF-8, NFC, sorted keys, no spaces); `docs/reference/fingerprint.md` recomputes it with the standard library alone.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import unicodedata

import msgspec

from tinnhiem.law.decide import Finding, QuorumFinding
from tinnhiem.law.rulebook import BaseKind, Correction, RoundingMode
from tinnhiem.poll.slate import BallotType


class BallotNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """Số phiếu của một loại, as the board announced them; None where not known.

    `received` came from the printing desk; `issued` leaves out exchanged sheets, which are `spoilt`; `invalid` are wholly invalid sheets.
    """

    ballot: str | None = None
    received: int | None = None
    issued: int | None = None
    spoilt: int | None = None
    unused: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    invalid_by_reason: dict[str, int] | None = None


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """Các con số của cuộc họp: people, and the ballots of each type. `excluded` are summoned persons whom the book leaves out of the base."""

    members: int | None = None
    summoned: int | None = None
    present: int | None = None
    absent_with_leave: int | None = None
    absent_without_leave: int | None = None
    excluded: int | None = None
    ballots: tuple[BallotNumbers, ...] = ()


class TypeResult(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả một loại phiếu: its numbers, with `not_returned` = issued − returned and `valid` = returned − wholly invalid."""

    ballot: str | None
    title: str
    received: int | None
    issued: int | None
    spoilt: int | None
    unused: int | None
    returned: int | None
    not_returned: int | None
    valid: int | None
    invalid: int | None
    invalid_by_reason: dict[str, int] | None


class LineResult(msgspec.Struct, frozen=True, kw_only=True):
    """Kết quả đối với một người.

    `counts` per choice; `valid` their sum; `invalid` = returned of the type − marks (invalid sheets and invalid lines), None where returned is
    not known. `shares` are (count, base) as counted, never reduced; None without a base. `printed` are the same under the chosen
    convention, for paper only. `findings`: one per instrument, the binding one last.
    """

    line: int
    ballot: str | None
    name: str
    post: str
    regime: str
    counts: dict[str, int]
    valid: int
    invalid: int | None
    base: int | None
    shares: dict[str, tuple[int, int] | None]
    printed: dict[str, str | None]
    findings: tuple[Finding, ...]

    @property
    def binding(self) -> Finding:
        """Kết luận ràng buộc người này: the finding of the instrument that binds the person."""
        return self.findings[-1]


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """Phép đối chiếu số phiếu: a name, the two sides and whether they agree."""

    name: str
    ballot: str | None
    left: int
    right: int
    holds: bool


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Điều cần ghi vào biên bản: a code and its values; the sentences stand in `remarks`, outside the fingerprint."""

    code: str
    values: dict[str, int | str | None]


class RoundingUsed(msgspec.Struct, frozen=True, kw_only=True):
    """Cách làm tròn đã dùng khi in."""

    digits: int
    mode: RoundingMode


class CountRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Bản ghi kết quả kiểm phiếu của một đợt.

    `rulebook_digest` names the exact rules; `corrections` what the office set in place of unsure values; `supersedes` the fingerprint of
    the count that a recount replaces.
    """

    schema: int = 1
    body: str
    date: datetime.date
    rulebook: str
    rulebook_digest: str
    corrections: tuple[Correction, ...]
    rounding: RoundingUsed
    base_kind: BaseKind
    members: int | None
    summoned: int | None
    present: int | None
    absent_with_leave: int | None
    absent_without_leave: int | None
    excluded: int | None
    quorum: QuorumFinding
    types: tuple[TypeResult, ...]
    lines: tuple[LineResult, ...]
    equations: tuple[Equation, ...]
    remarks: tuple[Remark, ...]
    supersedes: str | None = None

    @property
    def absent(self) -> int | None:
        """Vắng mặt: with and without leave together; else the summoned who were not present; None where neither is known."""
        if self.absent_with_leave is not None or self.absent_without_leave is not None:
            return (self.absent_with_leave or 0) + (self.absent_without_leave or 0)
        if self.summoned is not None and self.present is not None:
            return self.summoned - self.present
        return None

    def type_of(self, ballot: str | None) -> TypeResult:
        """The numbers of one ballot type; KeyError where the round has no such type."""
        for result in self.types:
            if result.ballot == ballot:
                return result
        raise KeyError(ballot)

    def ballot_types(self) -> tuple[BallotType, ...]:
        """Các loại phiếu, in the round's order."""
        return tuple(BallotType(id=result.ballot, title=result.title) for result in self.types)


def canonical(record: CountRecord) -> bytes:
    """Dạng chuẩn của bản ghi: the bytes that the fingerprint is taken of."""
    content = msgspec.to_builtins(record)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode("utf-8")


def fingerprint(record: CountRecord) -> str:
    """Mã băm của bản ghi: SHA-256, 64 hex digits."""
    return hashlib.sha256(canonical(record)).hexdigest()


def short_code(print_of_record: str) -> str:
    """Mã đối chiếu: the first eight hex digits as printed on paper, "A1B2-C3D4"."""
    head = print_of_record[:8].upper()
    return f"{head[:4]}-{head[4:]}"
