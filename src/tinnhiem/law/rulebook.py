"""Quy tắc của một văn bản: the typed model of a rulebook.

Contract: a `Rulebook` is the whole of one instrument (one regulation, one version) as data: what is marked on a sheet, who
is voted on and by whom, what a percentage is taken of, what makes a line or a sheet invalid, which share of which choice has
which name and what follows from it, and by when things are due. Every value stands in a `Cited` record: `clause` says where
in the instrument it is written and `basis` how it came to be known. The model knows no instrument and no choice by name; it
holds no arithmetic (see `decide`) and reads no file (see `load`).

`basis`: `read` in the instrument itself · `secondary` in a page about it · `recalled` from practice · `unsure`. Whatever is not
`read` is a parameter that the organiser may correct with a reason (`correct.correct`).
"""

from __future__ import annotations

import datetime
import hashlib
import json
from functools import cache
from typing import Literal

import msgspec

Basis = Literal["read", "secondary", "recalled", "unsure"]
Kind = Literal["rating", "confidence_vote", "election"]
BodyKind = Literal["party_committee", "agency", "national_assembly", "people_council", "party_congress"]
BaseKind = Literal["returned", "valid", "members", "summoned", "summoned_less_excluded", "present"]
Operator = Literal["gt", "ge", "lt", "le"]
Modality = Literal["must", "may", "consider"]
RoundingMode = Literal["half-up", "truncate"]
Style = Literal["party", "state"]

OWN_REGIME = "can-bo"
"""Cán bộ: the regime under which the rulebook itself binds a person; every other regime adds an instrument of its own."""


class Cited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Căn cứ: what every value carries — the clause it comes from and how sure we are of it.

    `clause` is written as officials cite it ("Đ.11 k.2", "PL.4", "TT 45/2015/TT-BCA Đ.8" for another instrument); it is ""
    where the place is not known, which a value that was `read` never is. A clause is never guessed. `note` says in Vietnamese what is known and what is not, for the screen and the minutes.
    """

    clause: str
    basis: Basis
    note: str = ""
    note_en: str = ""


class CitedText(Cited, frozen=True, kw_only=True):
    """Một giá trị chữ có căn cứ."""

    value: str
    value_en: str = ""


class CitedDay(Cited, frozen=True, kw_only=True):
    """Một ngày có căn cứ."""

    value: datetime.date


class CitedNumber(Cited, frozen=True, kw_only=True):
    """Một số nguyên có căn cứ."""

    value: int


class CitedFlag(Cited, frozen=True, kw_only=True):
    """Một lựa chọn có/không có căn cứ."""

    value: bool


class Choice(Cited, frozen=True, kw_only=True):
    """Mức tín nhiệm hoặc lựa chọn in trên phiếu: one column of the sheet, in printed order."""

    code: str
    label: str
    label_en: str
    short: str


class SubjectRule(Cited, frozen=True, kw_only=True):
    """Chức danh được lấy phiếu và thành phần ghi phiếu: who is voted on, and by whom."""

    code: str
    post: str
    post_en: str
    voters: str
    voters_en: str


class Exemption(Cited, frozen=True, kw_only=True):
    """Trường hợp không lấy phiếu.

    `test` names what `eligibility` asks of the person: `retirement_notice` (a notice of leave pending retirement is dated on or before
    the vote), `taken_up_in_vote_year` (in post since the calendar year of the vote), `months_in_post_below` (fewer than `months`
    full months in post on the day the book counts from), `stated` (a person states it with a paper).
    """

    code: str
    label: str
    label_en: str
    test: Literal["retirement_notice", "taken_up_in_vote_year", "months_in_post_below", "stated"]
    months: int = 0


class Quorum(Cited, frozen=True, kw_only=True):
    """Điều kiện tiến hành: present at the vote, at least num/den of `of`."""

    num: int
    den: int
    of: Literal["members", "summoned"]


class Base(Cited, frozen=True, kw_only=True):
    """Mẫu số của tỷ lệ: what a percentage is taken of."""

    kind: BaseKind
    label: str
    label_en: str


class Invalidity(Cited, frozen=True, kw_only=True):
    """Lý do không hợp lệ, của một dòng hoặc của cả phiếu."""

    code: str
    label: str
    label_en: str


class Bound(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ngưỡng: count ⟨op⟩ num/den of the base, compared in whole numbers."""

    op: Operator
    num: int
    den: int


class Band(Cited, frozen=True, kw_only=True):
    """Khung kết quả: a name for a range of one choice's share ("quá nửa đến dưới hai phần ba tín nhiệm thấp").

    `bounds` all hold for the band to apply. Bands stand from the lightest to the heaviest. Two bands of one choice that can
    hold at once are a fault of the file unless the heavier declares it: `overlaps` names the lighter bands with which the
    instrument's own words overlap; then the heavier one is found and the lighter is named beside it.
    """

    code: str
    label: str
    label_en: str
    choice: str
    bounds: tuple[Bound, ...]
    overlaps: tuple[str, ...] = ()


class Consequence(Cited, frozen=True, kw_only=True):
    """Hệ quả của một khung kết quả: what follows, who acts, by when (`by` is empty where the instrument sets no time)."""

    code: str
    band: str
    modality: Modality
    what: str
    what_en: str
    who: str
    who_en: str
    by: str = ""
    by_en: str = ""


class Regime(Cited, frozen=True, kw_only=True):
    """Chế độ áp dụng cho người được lấy phiếu: another instrument that judges the same count (công chức, viên chức)."""

    id: str
    label: str
    label_en: str
    instrument: str
    in_force: datetime.date
    bands: tuple[Band, ...]
    consequences: tuple[Consequence, ...] = ()


class Deadline(Cited, frozen=True, kw_only=True):
    """Thời hạn: `days` calendar days before the day it counts from (negative: after)."""

    code: str
    what: str
    what_en: str
    who: str
    who_en: str
    days: int
    counts_from: Literal["vote", "opening"]


class Rounding(Cited, frozen=True, kw_only=True):
    """Cách làm tròn khi in tỷ lệ; never used to compare with a threshold."""

    digits: int
    mode: RoundingMode


class AskedDocument(Cited, frozen=True, kw_only=True):
    """Văn bản mà quy định yêu cầu lập."""

    code: str
    title: str
    title_en: str


class Fact(Cited, frozen=True, kw_only=True):
    """Nội dung khác của văn bản: a rule that people follow and no code computes (principles, publication, prohibitions)."""

    code: str
    text: str
    text_en: str


class Rulebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bộ quy tắc của một văn bản.

    `id` is stable and unique; a released book is never edited, only succeeded. `bodies` are the kinds of body it governs.
    `ends` is None while no end is known. `signature` says whether the voter may sign the sheet; `two_places` how many places one
    person may be voted on in. Text that people read stands in Vietnamese with English beside it.
    """

    id: str
    kind: Kind
    style: Style
    bodies: tuple[BodyKind, ...]
    symbol: CitedText
    title: CitedText
    issuer: CitedText
    issued: CitedDay
    in_force: CitedDay
    ends: CitedDay | None = None
    replaces: CitedText | None = None
    replaced_by: CitedText | None = None
    frequency: CitedText | None = None
    choices: tuple[Choice, ...]
    ballot_title: CitedText
    signature: CitedFlag
    hanging_stamp: CitedFlag
    max_places: CitedNumber | None = None
    subjects: tuple[SubjectRule, ...]
    exemptions: tuple[Exemption, ...] = ()
    quorum: Quorum | None = None
    base: Base
    line_invalid: tuple[Invalidity, ...]
    sheet_invalid: tuple[Invalidity, ...]
    bands: tuple[Band, ...]
    consequences: tuple[Consequence, ...] = ()
    regimes: tuple[Regime, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    rounding: Rounding
    documents: tuple[AskedDocument, ...] = ()
    facts: tuple[Fact, ...] = ()

    def choice_codes(self) -> tuple[str, ...]:
        """Mã các lựa chọn, in printed order."""
        return tuple(choice.code for choice in self.choices)

    def regime(self, regime_id: str) -> Regime | None:
        """The regime of that id; None for the book's own and for an unknown one."""
        return next((regime for regime in self.regimes if regime.id == regime_id), None)

    def regime_ids(self) -> tuple[str, ...]:
        """The regimes a person may stand under, the book's own first."""
        return (OWN_REGIME, *(regime.id for regime in self.regimes))

    def digest(self) -> str:
        """Mã băm của bộ quy tắc: SHA-256 hex of its content, so a count names exactly the rules it was made under.

        Taken over the decoded content and not the file's bytes: line endings and comments do not change a rule. Values at their
        default are left out, so that a field the model gains later leaves the digests of older books as they are.
        """
        text = json.dumps(_said(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def _defaults(model: type[msgspec.Struct]) -> tuple[tuple[str, object], ...]:
    """Field names with their defaults; asked of msgspec once, because every page of a round takes a digest."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(model))


def _said(value: object) -> object:
    """What a book says of its own accord, as plain data: tables without values at their default, dates as ISO text."""
    if isinstance(value, msgspec.Struct):
        stated = [(name, getattr(value, name), default) for name, default in _defaults(type(value))]
        return {name: _said(part) for name, part, default in stated if part != default}
    if isinstance(value, tuple):
        return [_said(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Điều chỉnh giá trị chưa chắc: an office's own value for its own rounds, with the reason that the minutes print.

    `path` is the value's path in the book: `quorum.num`, `deadlines.dossier_in.days` (an entry of a list by its code), `bands.low.bounds.0.num` (by its
    place, from 0, where the entries have no code), `rounding.digits`. A date is written as ISO text (2023-07-01).
    """

    path: str
    value: str | int | bool
    reason: str
