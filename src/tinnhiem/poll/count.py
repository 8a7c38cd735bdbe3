"""Kiểm phiếu: from a tally, the board's numbers and a rulebook to the count record.

Contract: `count` is a pure function in whole numbers. It refuses what contradicts itself (`ReturnedBeyondIssued`,
`MarksBeyondBallots`, `BallotsBeyondBase`, `SheetsNotReturned`, `InvalidSheetsDiffer`, `ValidInvalidDiffer`) and remarks everything else that a reader must know. A percentage is written
down as (count, base); a threshold is compared on those by `law.decide`, never on what is printed. It knows no storage and no
channel. With no ballot returned there is no result, which is a remark and not a failure.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.decide import decide, quorum
from tinnhiem.law.rulebook import OWN_REGIME, Correction, RoundingMode, Rulebook
from tinnhiem.poll.record import (
    BallotNumbers,
    CountRecord,
    Equation,
    LineResult,
    Numbers,
    Remark,
    RoundingUsed,
    TypeResult,
)
from tinnhiem.poll.sheet import Tally, TypeTally
from tinnhiem.poll.slate import BallotType, Slate


class ReturnedBeyondIssued(TinnhiemError):
    """More ballots came back than were issued: the board must count again before anything else."""

    code = "returned_beyond_issued"
    vi = (
        "Thu về {returned} phiếu, nhiều hơn số phát ra ({issued}) là {difference} phiếu. Chưa kiểm phiếu được. Đề nghị Ban kiểm phiếu đếm lại; "
        "nếu vẫn chênh, lập biên bản và báo cáo người chủ trì."
    )
    en = (
        "{returned} ballots returned, {difference} more than the {issued} issued. They cannot be counted. Let the board count the "
        "sheets again; if the difference stays, write it down and report to the chair."
    )


class MarksBeyondBallots(TinnhiemError):
    """A person has more marks than there are valid ballots."""

    code = "marks_beyond_ballots"
    vi = "Tổng số phiếu các mức là {marks}, nhiều hơn số phiếu có thể có ({ballots}). Đối chiếu lại dòng này với bảng kiểm phiếu."
    en = "The marks add up to {marks}, more than the {ballots} ballots there can be. Check this line against the tally sheet."


class BallotsBeyondBase(TinnhiemError):
    """More ballots, or more marks for one person, than there are voters in the base: a share would pass the whole."""

    code = "ballots_beyond_base"
    vi = "Có {found} phiếu, nhiều hơn mẫu số của tỷ lệ ({base_label}: {base}). Kiểm tra lại hai số này."
    en = "There are {found} ballots, more than the base of the percentages ({base_label_en}: {base}). Check the two numbers."


class SheetsNotReturned(TinnhiemError):
    """The sheets keyed are not as many as the sheets counted by hand."""

    code = "sheets_not_returned"
    vi = "Thu về {returned} phiếu nhưng đã nhập {sheets} phiếu. Đếm lại các tập phiếu và nhập cho đủ."
    en = "{returned} ballots returned but {sheets} keyed. Count the batches again and key what is missing."


class InvalidSheetsDiffer(TinnhiemError):
    """The number of wholly invalid sheets given is not the number that was counted."""

    code = "invalid_sheets_differ"
    vi = "Số phiếu không hợp lệ ghi là {stated}, nhưng kiểm được {counted}. Đối chiếu lại hai số này."
    en = "{stated} invalid sheets are stated but {counted} were counted. Compare the two numbers."


class ValidInvalidDiffer(TinnhiemError):
    """Valid and invalid sheets do not add up to the sheets returned."""

    code = "valid_invalid_differ"
    vi = "Hợp lệ {valid} + không hợp lệ {invalid} không bằng thu về {returned}. Sửa lại con số sai."
    en = "{valid} valid + {invalid} invalid is not the {returned} returned. Correct the wrong number."


def printed_share(num: int, den: int, digits: int, mode: RoundingMode) -> str:
    """Tỷ lệ phần trăm như in trên giấy: `num`/`den` in percent with a decimal comma and `digits` decimals.

    Half-up or cut off, in whole numbers: an exact half goes up (18 of 32 → "56,3" with one digit).
    """
    scale = 10**digits
    doubled = 2 * num * 100 * scale
    units = (doubled + den) // (2 * den) if mode == "half-up" else doubled // (2 * den)
    whole, rest = divmod(units, scale)
    return f"{whole},{rest:0{digits}d}" if digits else str(whole)


def count(
    tally: Tally,
    numbers: Numbers,
    book: Rulebook,
    *,
    body: str,
    date: datetime.date,
    slate: Slate,
    rounding: RoundingUsed | None = None,
    corrections: Sequence[Correction] = (),
    supersedes: str | None = None,
) -> CountRecord:
    """Kiểm phiếu một đợt: returns the `CountRecord`.

    `tally` and `numbers` name the slate's ballot types; `book` is the rulebook already corrected by `corrections`. Raises `Faults`
    holding every contradiction found, each with the ballot type and line it is in.
    """
    used = rounding or RoundingUsed(digits=book.rounding.digits, mode=book.rounding.mode)
    faults: list[TinnhiemError] = []
    remarks: list[Remark] = []
    types: list[TypeResult] = []
    equations: list[Equation] = []
    for kind in slate.types:
        given = next((ballot for ballot in numbers.ballots if ballot.ballot == kind.id), BallotNumbers(ballot=kind.id))
        counted = next(part for part in tally.types if part.ballot == kind.id)
        types.append(_type_result(kind, given, counted, faults))
        _check_marks(types[-1], counted, faults)
        _check_base(types[-1], counted, book, _base(book, numbers, types[-1]), faults)
    if faults:
        raise Faults(faults)

    present_quorum = quorum(book, numbers.present, numbers.members, numbers.summoned)
    if present_quorum.state in ("unmet", "unknown"):
        values: dict[str, int | str | None] = {
            "present": numbers.present,
            "of_count": present_quorum.of_count,
            "needed": present_quorum.needed,
            "missing": present_quorum.missing,
        }
        remarks.append(Remark(code=f"quorum_{present_quorum.state}", values=values))
    if book.base.basis in ("recalled", "unsure"):
        remarks.append(_remark("base_not_read", base_label=book.base.label, base_label_en=book.base.label_en))
    if book.base.kind == "summoned_less_excluded" and numbers.excluded is None:
        remarks.append(_remark("excluded_unknown"))
    if book.ends is not None and date > book.ends.value:
        remarks.append(
            _remark("book_ended", date=date.isoformat(), symbol=book.symbol.value, ended=book.ends.value.isoformat())
        )

    lines: list[LineResult] = []
    for result in types:
        remarks.extend(_remarks_of_type(result, numbers))
        base = _base(book, numbers, result)
        if base is None:
            remarks.append(
                _remark("base_unknown", result, base_label=book.base.label, base_label_en=book.base.label_en)
            )
        if result.returned == 0:
            remarks.append(_remark("no_result", result))
        counted = next(part for part in tally.types if part.ballot == result.ballot)
        lines.extend(_lines(book, slate, result, counted, base, used))
        equations.extend(_equations(result, tuple(line for line in lines if line.ballot == result.ballot)))
    if len({result.issued for result in types}) == 1 and len({result.returned for result in types}) > 1:
        spread = ", ".join(f"{result.title or result.ballot}: {result.returned}" for result in types)
        remarks.append(_remark("types_unequal", returned=spread))
    remarks.extend(_remarks_of_findings(book, date, lines, types))

    return CountRecord(
        body=_one_spaced(body),
        date=date,
        rulebook=book.id,
        rulebook_digest=book.digest(),
        corrections=tuple(corrections),
        rounding=used,
        base_kind=book.base.kind,
        members=numbers.members,
        summoned=numbers.summoned,
        present=numbers.present,
        absent_with_leave=numbers.absent_with_leave,
        absent_without_leave=numbers.absent_without_leave,
        excluded=numbers.excluded,
        quorum=present_quorum,
        types=tuple(types),
        lines=tuple(lines),
        equations=tuple(equations),
        remarks=tuple(remarks),
        supersedes=supersedes,
    )


def _type_result(kind: BallotType, given: BallotNumbers, counted: TypeTally, faults: list[TinnhiemError]) -> TypeResult:
    where = kind.title or kind.id or ""
    reasons = counted.invalid_by_reason if counted.invalid_by_reason is not None else given.invalid_by_reason
    invalid = sum(reasons.values()) if reasons is not None else given.invalid
    if given.invalid is not None and invalid != given.invalid:
        faults.append(InvalidSheetsDiffer(where, stated=given.invalid, counted=invalid))
    returned = given.returned
    if returned is None and given.valid is not None and invalid is not None:
        returned = given.valid + invalid
    if counted.sheets is not None:
        if returned is not None and counted.sheets != returned:
            faults.append(SheetsNotReturned(where, returned=returned, sheets=counted.sheets))
        returned = counted.sheets
    if returned is not None and given.issued is not None and returned > given.issued:
        faults.append(
            ReturnedBeyondIssued(where, returned=returned, issued=given.issued, difference=returned - given.issued)
        )
    if invalid is None and returned is not None and given.valid is not None:
        invalid = returned - given.valid
    valid = returned - invalid if returned is not None and invalid is not None else given.valid
    if given.valid is not None and returned is not None and invalid is not None and given.valid + invalid != returned:
        faults.append(ValidInvalidDiffer(where, valid=given.valid, invalid=invalid, returned=returned))
    elif invalid is not None and returned is not None and not 0 <= invalid <= returned:
        faults.append(ValidInvalidDiffer(where, valid=given.valid or 0, invalid=invalid, returned=returned))
    return TypeResult(
        ballot=kind.id,
        title=_one_spaced(kind.title),
        received=given.received,
        issued=given.issued,
        spoilt=given.spoilt,
        unused=given.unused,
        returned=returned,
        not_returned=given.issued - returned if given.issued is not None and returned is not None else None,
        valid=valid,
        invalid=invalid,
        invalid_by_reason=dict(sorted(reasons.items())) if reasons is not None else None,
    )


def _one_spaced(text: str) -> str:
    """Words with one space between them: what cannot be seen on paper gives no other fingerprint."""
    return " ".join(text.split())


def _check_marks(result: TypeResult, counted: TypeTally, faults: list[TinnhiemError]) -> None:
    """Each person's marks fit into the ballots that can carry them: the valid ones, else the returned, else the issued."""
    limit = next((n for n in (result.valid, result.returned, result.issued) if n is not None), None)
    if limit is None:
        return
    for line in counted.lines:
        marks = sum(line.counts.values())
        if marks > limit:
            place = f"{result.title or result.ballot}, dòng {line.line}" if result.ballot else f"dòng {line.line}"
            faults.append(MarksBeyondBallots(place, marks=marks, ballots=limit))


def _check_base(
    result: TypeResult, counted: TypeTally, book: Rulebook, base: int | None, faults: list[TinnhiemError]
) -> None:
    """A base of persons holds every ballot: those in it have one each (NQ 85 and NQ 35 count over all deputies)."""
    if base is None or book.base.kind in ("returned", "valid"):
        return
    marks = max((sum(line.counts.values()) for line in counted.lines), default=0)
    found = result.returned if result.returned is not None else marks
    if found > base:
        labels = {"base_label": book.base.label, "base_label_en": book.base.label_en}
        faults.append(BallotsBeyondBase(result.title or result.ballot or "", found=found, base=base, **labels))


def _base(book: Rulebook, numbers: Numbers, result: TypeResult) -> int | None:
    """The number that the book takes percentages of, for one ballot type; None where it is not known."""
    if book.base.kind == "returned":
        return result.returned
    if book.base.kind == "valid":
        return result.valid
    if book.base.kind == "members":
        return numbers.members
    if book.base.kind == "present":
        return numbers.present
    if book.base.kind == "summoned":
        return numbers.summoned
    return numbers.summoned - (numbers.excluded or 0) if numbers.summoned is not None else None


def _lines(
    book: Rulebook, slate: Slate, result: TypeResult, counted: TypeTally, base: int | None, used: RoundingUsed
) -> list[LineResult]:
    tallied = {line.line: line.counts for line in counted.lines}
    lines = []
    for subject in slate.lines(result.ballot):
        counts = {code: tallied[subject.line][code] for code in book.choice_codes()}
        marks = sum(counts.values())
        measured = base if result.returned != 0 else None  # nothing came back: no result, whatever the base
        lines.append(
            LineResult(
                line=subject.line,
                ballot=subject.ballot,
                name=_one_spaced(subject.name),
                post=_one_spaced(subject.post),
                regime=subject.regime,
                counts=counts,
                valid=marks,
                invalid=result.returned - marks if result.returned is not None else None,
                base=base,
                shares={code: (number, measured) if measured else None for code, number in counts.items()},
                printed={
                    code: printed_share(number, measured, used.digits, used.mode) if measured else None
                    for code, number in counts.items()
                },
                findings=decide(book, counts, measured, subject.regime),
            )
        )
    return lines


def _equations(result: TypeResult, lines: Sequence[LineResult]) -> list[Equation]:
    found = []
    if None not in (result.received, result.issued, result.spoilt, result.unused):
        accounted = (result.issued or 0) + (result.spoilt or 0) + (result.unused or 0)
        found.append(_equation("received = issued + spoilt + unused", result, result.received or 0, accounted))
    if result.issued is not None and result.returned is not None:
        together = result.returned + (result.not_returned or 0)
        found.append(_equation("issued = returned + not_returned", result, result.issued, together))
    if result.returned is not None:
        for line in lines:
            name = f"line {line.line}: valid + invalid = returned"
            found.append(_equation(name, result, line.valid + (line.invalid or 0), result.returned))
    return found


def _equation(name: str, result: TypeResult, left: int, right: int) -> Equation:
    return Equation(name=name, ballot=result.ballot, left=left, right=right, holds=left == right)


def _remark(code: str, result: TypeResult | None = None, **values: int | str | None) -> Remark:
    title = (result.title or result.ballot) if result is not None else None
    return Remark(code=code, values={"type_title": title, **values})


def _remarks_of_type(result: TypeResult, numbers: Numbers) -> list[Remark]:
    found = []
    if result.not_returned:
        # NQ 96 counts over what came back, so what stayed out changes nothing but must stand in the minutes.
        found.append(
            _remark(
                "not_all_returned",
                result,
                returned=result.returned,
                issued=result.issued,
                difference=result.not_returned,
            )
        )
    if None not in (result.received, result.issued, result.spoilt, result.unused):
        accounted = (result.issued or 0) + (result.spoilt or 0) + (result.unused or 0)
        if accounted != result.received:
            found.append(_remark("received_differs", result, received=result.received, accounted=accounted))
    if result.issued is not None and numbers.present is not None and result.issued > numbers.present:
        found.append(_remark("issued_beyond_present", result, issued=result.issued, present=numbers.present))
    return found


def _remarks_of_findings(
    book: Rulebook, date: datetime.date, lines: Sequence[LineResult], types: Sequence[TypeResult]
) -> list[Remark]:
    found = []
    for regime_id in sorted({line.regime for line in lines} - {OWN_REGIME}):
        regime = book.regime(regime_id)
        if regime is not None and date < regime.in_force:
            found.append(
                _remark(
                    "regime_not_yet_in_force",
                    instrument=regime.instrument,
                    in_force=regime.in_force.isoformat(),
                    date=date.isoformat(),
                    regime=regime.label,
                )
            )
    for line in lines:
        for finding in line.findings:
            if finding.also:
                result = next(part for part in types if part.ballot == line.ballot)
                found.append(_remark("bands_overlap", result, line=line.line, instrument=finding.instrument))
    return found
