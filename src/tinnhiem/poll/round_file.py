"""Tệp đợt lấy phiếu (ROUND.toml): what a round is, apart from its figures per person.

Contract: `read_round` turns bytes into a `RoundFile` or raises `Faults` with every fault of the file; an unknown key is a fault, so a
slip of the pen never drops a number in silence. Codes of the rulebook (regimes, reasons) are held against the book in `rows_file`,
because this file only names the book. Contradictions that a count would meet are `count`'s; those of persons are told here.
`docs/reference/round-file.md` lists every key.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Correction, Style
from tinnhiem.poll import file_faults as fault
from tinnhiem.poll.ballot_form import BallotForm, PaperSize
from tinnhiem.poll.record import BallotNumbers, Numbers, RoundingUsed
from tinnhiem.poll.slate import BallotType
from tinnhiem.poll.text_file import LONGEST_LINE, ROUND_LIMIT, decode
from tinnhiem.poll.toml_reader import TomlReader, shown

PERSONS = ("members", "summoned", "present", "absent_with_leave", "absent_without_leave", "excluded")
BALLOTS = ("received", "issued", "spoilt", "unused", "returned", "valid", "invalid")
BY_REASON = "invalid_by_reason"
ROUND_KEYS = (
    "rulebook", "body", "date", "ballot_title", "supersedes", "cluster_decision", "numbers", "rounding", "sheet", "subject", "ballot", "correction",
)  # fmt: skip
SUBJECT_KEYS = ("name", "post", "ballot", "regime")
BALLOT_KEYS = ("id", "title", *BALLOTS, BY_REASON)
CORRECTION_KEYS = ("path", "value", "reason")
ROUNDING_KEYS = ("digits", "mode")
SHEET_KEYS = BallotForm.__struct_fields__
MODES = ("half-up", "truncate")
STYLES = get_args(Style)
PAPERS = get_args(PaperSize)
MOST_DIGITS = 4
LONGEST_SHEET_TEXT = 200
"""Characters of one text printed on the sheet; more would fill its head."""

_PRINT = re.compile(r"[0-9a-f]{64}")


class StatedSubject(msgspec.Struct, frozen=True, kw_only=True):
    """Người được lấy phiếu ghi trong ROUND.toml: "" or None where not stated; `line` is the order within the type."""

    line: int
    post: str
    name: str = ""
    ballot: str | None = None
    regime: str = ""


class RoundFile(msgspec.Struct, frozen=True, kw_only=True):
    """Nội dung của ROUND.toml.

    `types` has the one type None where the file names none. `numbers.ballots` holds one entry for each type, with the
    numbers of the whole round filled in where a type lacks its own: sheets are issued as sets. `form` is how the ballots are printed,
    `cluster_decision` the board's recorded decision to have scans of an official round read on several machines, "" for none. `source` is the file as refusals name it.
    """

    rulebook: str
    body: str
    date: datetime.date
    numbers: Numbers
    rounding: RoundingUsed | None = None
    types: tuple[BallotType, ...] = (BallotType(),)
    subjects: tuple[StatedSubject, ...] = ()
    corrections: tuple[Correction, ...] = ()
    form: BallotForm = BallotForm()
    supersedes: str | None = None
    cluster_decision: str = ""
    source: str = "ROUND.toml"


def read_round(data: bytes, where: str = "ROUND.toml") -> RoundFile:
    """Đọc ROUND.toml. Raises a `FileFault`, or `Faults` with every fault found."""
    text = decode(data, where, ROUND_LIMIT)
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise fault.LineTooLong(f"{where} dòng {number}", found=len(line), limit=LONGEST_LINE)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise fault.TomlMalformed(where, detail="too deeply nested") from None
    except ValueError as error:
        # tomllib's own error is a ValueError; so is the refusal of a number with thousands of digits.
        raise fault.TomlMalformed(where, detail=str(error)) from None
    reader = TomlReader(where)
    reader.known(table, ROUND_KEYS, "")
    numbers = reader.table(table, "numbers", "")
    reader.known(numbers, (*PERSONS, *BALLOTS, BY_REASON), "[numbers]")
    shared = _ballot(reader, numbers, "[numbers]", None)
    types, ballots = _types(reader, table, shared)
    day = reader.day(table, "date")
    content = RoundFile(
        rulebook=reader.text(table, "rulebook", "", required=True),
        body=reader.text(table, "body", "", required=True),
        date=day,
        numbers=Numbers(**{key: reader.whole(numbers, key, "[numbers]") for key in PERSONS}, ballots=ballots),
        rounding=_rounding(reader, table),
        types=types,
        subjects=_subjects(reader, table, types),
        corrections=_corrections(reader, table),
        form=_form(reader, table),
        supersedes=_supersedes(reader, table),
        cluster_decision=reader.text(table, "cluster_decision", ""),
        source=where,
    )
    reader.faults.extend(_faults_of_persons(content.numbers, f"{where} [numbers]"))
    if reader.faults:
        raise Faults(reader.faults)
    return content


def _ballot(reader: TomlReader, table: Mapping[str, object], place: str, ballot: str | None) -> BallotNumbers:
    """The ballot numbers of `[numbers]` or of one `[[ballot]]`, as stated there."""
    reasons: dict[str, int] | None = None
    if BY_REASON in table:
        stated = reader.table(table, BY_REASON, place)
        read = {key: reader.whole(stated, key, f"{place} {BY_REASON}") for key in stated}
        reasons = {key: number for key, number in read.items() if number is not None}
    return BallotNumbers(
        ballot=ballot, **{key: reader.whole(table, key, place) for key in BALLOTS}, invalid_by_reason=reasons
    )


def _types(
    reader: TomlReader, table: Mapping[str, object], shared: BallotNumbers
) -> tuple[tuple[BallotType, ...], tuple[BallotNumbers, ...]]:
    stated = reader.tables(table, "ballot")
    title = reader.text(table, "ballot_title", "")
    if not stated:
        return (BallotType(title=title),), (shared,)
    if title:
        reader.unfit("", "ballot_title", title, "title trong từng [[ballot]]", "a title in each [[ballot]]")
    types: list[BallotType] = []
    ballots: list[BallotNumbers] = []
    for position, entry in enumerate(stated, start=1):
        place = f"[[ballot]] {position}"
        reader.known(entry, BALLOT_KEYS, place)
        ballot = reader.text(entry, "id", place, required=True)
        if ballot and ballot in [kind.id for kind in types]:
            reader.faults.append(fault.BallotTwice(reader.at(place), ballot=ballot))
        types.append(BallotType(id=ballot, title=reader.text(entry, "title", place)))
        ballots.append(_with_shared(_ballot(reader, entry, place, ballot), shared))
    return tuple(types), tuple(ballots)


def _with_shared(own: BallotNumbers, shared: BallotNumbers) -> BallotNumbers:
    """A type's own numbers, completed from those of the whole round.

    What came of the sheets hangs together: a type that states another number returned, valid or invalid than the round takes none
    of the other two from it, since they were taken of other sheets.
    """
    filled = {key: getattr(own, key) if getattr(own, key) is not None else getattr(shared, key) for key in BALLOTS}
    reasons = own.invalid_by_reason if own.invalid_by_reason is not None else shared.invalid_by_reason
    stated = [key for key in ("returned", "valid", "invalid") if getattr(own, key) is not None]
    if own.invalid_by_reason is not None or any(getattr(own, key) != getattr(shared, key) for key in stated):
        filled["valid"], filled["invalid"], reasons = own.valid, own.invalid, own.invalid_by_reason
    return BallotNumbers(ballot=own.ballot, **filled, invalid_by_reason=reasons)


def _subjects(
    reader: TomlReader, table: Mapping[str, object], types: Sequence[BallotType]
) -> tuple[StatedSubject, ...]:
    known = [kind.id for kind in types]
    subjects: list[StatedSubject] = []
    for position, entry in enumerate(reader.tables(table, "subject"), start=1):
        place = f"[[subject]] {position}"
        reader.known(entry, SUBJECT_KEYS, place)
        ballot = reader.text(entry, "ballot", place) or (known[0] if len(known) == 1 else None)
        if ballot not in known:
            reader.faults.append(ballot_fault(reader.at(place), ballot, types))
        subjects.append(
            StatedSubject(
                line=1 + sum(subject.ballot == ballot for subject in subjects),
                post=reader.text(entry, "post", place, required=True),
                name=reader.text(entry, "name", place),
                ballot=ballot,
                regime=reader.text(entry, "regime", place),
            )
        )
    if subjects and all(subject.ballot in known for subject in subjects):
        reader.faults.extend(
            fault.TypeWithoutLines(reader.where, ballot=kind)
            for kind in known
            if kind not in [subject.ballot for subject in subjects]
        )
    return tuple(subjects)


def ballot_fault(where: str, ballot: str | None, types: Sequence[BallotType]) -> TinnhiemError:
    """Why a ballot type named at `where` cannot be taken: it is unknown, or not stated though there are several."""
    known = ", ".join(kind.id for kind in types if kind.id is not None) or "—"
    if ballot is None:
        return fault.BallotNotStated(where, known=known)
    return fault.BallotUnknown(where, ballot=shown(ballot), known=known)


def _rounding(reader: TomlReader, table: Mapping[str, object]) -> RoundingUsed | None:
    if "rounding" not in table:
        return None
    stated = reader.table(table, "rounding", "")
    reader.known(stated, ROUNDING_KEYS, "[rounding]")
    digits, mode = stated.get("digits", 2), stated.get("mode", "half-up")
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= MOST_DIGITS:
        wanted = f"số chữ số thập phân, từ 0 đến {MOST_DIGITS}", f"the number of decimals, 0 to {MOST_DIGITS}"
        reader.unfit("[rounding]", "digits", digits, *wanted)
        return None
    for known in MODES:
        if mode == known:
            return msgspec.convert({"digits": digits, "mode": mode}, RoundingUsed)
    reader.unfit("[rounding]", "mode", mode, '"half-up" hoặc "truncate"', '"half-up" or "truncate"')
    return None


def _form(reader: TomlReader, table: Mapping[str, object]) -> BallotForm:
    """Mẫu phiếu from `[sheet]`: what is not stated is as `BallotForm` has it."""
    place = "[sheet]"
    stated = reader.table(table, "sheet", "")
    reader.known(stated, SHEET_KEYS, place)
    texts: dict[str, str] = {}
    for key in ("round_id", "superior", "body", "meeting", "subjects", "token_decision"):
        texts[key] = reader.text(stated, key, place)
        if len(texts[key]) > LONGEST_SHEET_TEXT:
            reader.faults.append(
                fault.LineTooLong(reader.at(place, key), found=len(texts[key]), limit=LONGEST_SHEET_TEXT)
            )
    flags = {key: reader.flag(stated, key, place) for key in ("large_print", "band", "signature", "stamp", "rehearsal")}
    values: dict[str, object] = {
        **texts,
        **flags,
        "style": reader.one_of(stated, "style", place, STYLES),
        "paper": reader.one_of(stated, "paper", place, PAPERS),
    }
    return msgspec.convert({key: value for key, value in values.items() if value is not None}, BallotForm)


def _corrections(reader: TomlReader, table: Mapping[str, object]) -> tuple[Correction, ...]:
    corrections = []
    for position, entry in enumerate(reader.tables(table, "correction"), start=1):
        place = f"[[correction]] {position}"
        reader.known(entry, CORRECTION_KEYS, place)
        value = entry.get("value")
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            value = value.isoformat()
        if value is None:
            reader.faults.append(fault.KeyMissing(reader.at(place), key="value"))
        elif not isinstance(value, (str, int)):
            reader.unfit(
                place, "value", value, "chữ, số nguyên, true/false hoặc ngày", "a text, whole number, flag or date"
            )
        else:
            path = reader.text(entry, "path", place, required=True)
            reason = reader.text(entry, "reason", place, required=True)
            corrections.append(Correction(path=path, value=value, reason=reason))
    return tuple(corrections)


def _supersedes(reader: TomlReader, table: Mapping[str, object]) -> str | None:
    value = reader.text(table, "supersedes", "")
    if value and not _PRINT.fullmatch(value):
        wanted = (
            "mã băm 64 chữ số 0–9, a–f của lần kiểm phiếu trước",
            "the fingerprint of the earlier count, 64 digits 0–9, a–f",
        )
        reader.unfit("", "supersedes", value, *wanted)
    return value or None


def _faults_of_persons(numbers: Numbers, where: str) -> list[TinnhiemError]:
    faults: list[TinnhiemError] = []
    present, summoned, members = numbers.present, numbers.summoned, numbers.members
    if present is not None and summoned is not None and present > summoned:
        faults.append(fault.PresentBeyond(where, present=present, total=summoned, of="số triệu tập", of_en="summoned"))
    elif present is not None and members is not None and present > members:
        faults.append(fault.PresentBeyond(where, present=present, total=members, of="tổng số", of_en="members"))
    leave, without = numbers.absent_with_leave, numbers.absent_without_leave
    if present is not None and summoned is not None and leave is not None and without is not None:
        absent = leave + without
        if present <= summoned and present + absent != summoned:
            faults.append(fault.AbsencesDiffer(where, present=present, absent=absent, summoned=summoned))
    if numbers.excluded is not None and summoned is not None and numbers.excluded > summoned:
        faults.append(fault.ExcludedBeyond(where, excluded=numbers.excluded, summoned=summoned))
    return faults
