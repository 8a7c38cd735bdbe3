"""Giải quyết chỗ khác nhau: what the paper or the board says, put into a reconciliation.

Contract: a misreading is settled by a third pair of eyes on the paper (`paper`); whether a sheet is valid is a ruling of the board with its
reason (`ruling`), entered once. A decision answers one open question and no other; the first readings stay in `Settled`. A skipped
sheet or a wrong number of sheets is not settled here: the batch is keyed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.discrepancy import Disagreement, Misplaced
from tinnhiem.poll.reconcile import AgreedBatch, Reconciliation, Settled
from tinnhiem.poll.sheet import Sheet, SheetMarkUnknown, SheetReasonUnknown, line_marks


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Quyết định về một phiếu hoặc một dòng.

    With `line`: its `mark` as the paper shows it, or as the board rules. Without: a ruling on the whole sheet, `invalid` with the book's
    reason or valid (None). `reason` says why, in the board's words; a ruling needs it.
    """

    kind: Literal["paper", "ruling"]
    ballot: str | None
    batch: int
    sheet: int
    line: int | None = None
    mark: str | None = None
    invalid: str | None = None
    reason: str = ""


class DecisionUnfit(TinnhiemError):
    """A decision that answers no open question."""

    code = "decision_unfit"
    vi = (
        "Phiếu thứ {sheet} của tập {batch}: không có chỗ này trong danh sách cần giải quyết. Mở lại danh sách rồi chọn."
    )
    en = "Sheet {sheet} of batch {batch}: there is no such open point. Open the list again and choose."


class RulingWithoutReason(TinnhiemError):
    """A ruling of the board without its reason, or the validity of a sheet settled without a ruling."""

    code = "ruling_without_reason"
    vi = "Phiếu thứ {sheet} của tập {batch}: hợp lệ hay không là kết luận của Ban kiểm phiếu. Ghi kết luận kèm lý do."
    en = "Sheet {sheet} of batch {batch}: validity is a ruling of the board. Enter the ruling with its reason."


class DecidedTwice(TinnhiemError):
    """Two decisions on one point."""

    code = "decided_twice"
    vi = "Phiếu thứ {sheet} của tập {batch} có hai quyết định cho cùng một chỗ. Giữ lại một quyết định."
    en = "Sheet {sheet} of batch {batch} has two decisions on one point. Keep one of them."


class SheetKeyedInvalidByAll(TinnhiemError):
    """A sheet that every station keyed as invalid is ruled valid: nobody has keyed its marks."""

    code = "sheet_keyed_invalid_by_all"
    vi = "Phiếu thứ {sheet} của tập {batch}: các lần nhập đều ghi cả phiếu không hợp lệ nên chưa có dấu từng dòng. Nhập lại tập này."
    en = "Sheet {sheet} of batch {batch} was keyed as invalid by every station, so it has no marks yet. Key the batch again."


def settle(reconciliation: Reconciliation, decisions: Sequence[Decision], book: Rulebook) -> Reconciliation:
    """Áp dụng các quyết định: disagreements that are fully answered become agreed sheets.

    Several decisions may belong to one sheet (one for each line); a sheet answered in part stays open. Raises `Faults` with every decision
    that cannot be taken, and then changes nothing.
    """
    faults: list[TinnhiemError] = []
    left: list[Disagreement | Misplaced] = []
    settled: list[Settled] = list(reconciliation.settled)
    open_points = {_key(finding) for finding in reconciliation.disagreements if finding.open and _is_sheet(finding)}
    faults.extend(
        DecisionUnfit(sheet=decision.sheet, batch=decision.batch)
        for decision in decisions
        if (decision.ballot, decision.batch, decision.sheet) not in open_points
    )
    for finding in reconciliation.disagreements:
        own = [one for one in decisions if (one.ballot, one.batch, one.sheet) == _key(finding)]
        if not isinstance(finding, Disagreement) or not finding.open or not own:
            left.append(finding)
            continue
        wrong = _faults(finding, own, book)
        sheet = None if wrong else _decided(finding, own)
        faults.extend(wrong)
        if sheet is None:
            left.append(finding)
        else:
            settled.append(Settled(disagreement=finding, sheet=sheet))
    if faults:
        raise Faults(faults)
    return msgspec.structs.replace(
        reconciliation,
        disagreements=tuple(left),
        settled=tuple(settled),
        agreed=tuple(_filled(batch, settled) for batch in reconciliation.agreed),
    )


def _faults(finding: Disagreement, decisions: Sequence[Decision], book: Rulebook) -> list[TinnhiemError]:
    at = {"sheet": finding.sheet, "batch": finding.batch}
    faults: list[TinnhiemError] = []
    lines = {differing.line for differing in finding.lines}
    points = [decision.line for decision in decisions]
    if len(set(points)) < len(points):
        faults.append(DecidedTwice(**at))
    for decision in decisions:
        if decision.line is None:
            faults.extend(_faults_of_ruling(finding, decision, book))
        elif decision.line not in lines:
            faults.append(DecisionUnfit(**at))
        elif decision.mark not in line_marks(book):
            faults.append(SheetMarkUnknown(mark=decision.mark, allowed=", ".join(line_marks(book))))
        elif decision.kind == "ruling" and not decision.reason.strip():
            faults.append(RulingWithoutReason(**at))
    return faults


def _faults_of_ruling(finding: Disagreement, decision: Decision, book: Rulebook) -> list[TinnhiemError]:
    at = {"sheet": finding.sheet, "batch": finding.batch}
    reasons = [reason.code for reason in book.sheet_invalid]
    if decision.kind != "ruling" or not decision.reason.strip():
        return [RulingWithoutReason(**at)]
    if decision.invalid is not None and decision.invalid not in reasons:
        return [SheetReasonUnknown(reason=decision.invalid, allowed=", ".join(reasons))]
    if decision.invalid is None and all(sheet.invalid is not None for sheet in finding.keyed):
        return [SheetKeyedInvalidByAll(**at)]
    return []


def _decided(finding: Disagreement, decisions: Sequence[Decision]) -> Sheet | None:
    """The sheet as decided; None while some of it is not."""
    ruling = next((decision for decision in decisions if decision.line is None), None)
    if ruling is not None and ruling.invalid is not None:
        return Sheet(invalid=ruling.invalid)
    if ruling is None and finding.validity:
        return None
    marks = {decision.line: decision.mark for decision in decisions if decision.line is not None and decision.mark}
    if any(differing.line not in marks for differing in finding.lines):
        return None
    keyed = next(sheet for sheet in finding.keyed if sheet.invalid is None)
    return Sheet(lines=tuple(marks.get(line) or mark for line, mark in enumerate(keyed.lines, start=1)))


def _filled(batch: AgreedBatch, settled: Sequence[Settled]) -> AgreedBatch:
    decided = {
        one.disagreement.sheet: one.sheet
        for one in settled
        if (one.disagreement.ballot, one.disagreement.batch) == (batch.ballot, batch.batch)
    }
    sheets = tuple(
        decided.get(number) if sheet is None else sheet
        for number, sheet in zip(batch.numbers, batch.sheets, strict=True)
    )
    return msgspec.structs.replace(batch, sheets=sheets)


def _is_sheet(finding: Disagreement | Misplaced) -> bool:
    return isinstance(finding, Disagreement)


def _key(finding: Disagreement | Misplaced) -> tuple[str | None, int, int]:
    return finding.ballot, finding.batch, finding.sheet if isinstance(finding, Disagreement) else 0
