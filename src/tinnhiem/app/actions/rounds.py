"""Lập đợt và kế hoạch: making a round under the book that governs it, copying one, settings, an office's own values.

Contract: a plan can be changed until the lists are frozen; the rulebook's digest is pinned when the round is made. A corrected value needs a reason
and is refused where the book read it in the instrument.
"""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec

from tinnhiem.app.access import NotAllowed, Permission
from tinnhiem.app.actions.acting import acting, acting_in_house
from tinnhiem.app.models import Account, BallotType, Body, Desk, Role, Round
from tinnhiem.app.queries.labels import label_of
from tinnhiem.app.queries.values import corrections_of, shipped_book
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.correct import correct
from tinnhiem.law.rulebook import BodyKind, Correction, Kind

BEFORE_FREEZE = ("draft", "submitted", "plan_approved", "dossiers_in", "dossiers_out")


class ListsFrozen(TinnhiemError):
    """The plan and the lists can no longer change."""

    code = "lists_are_frozen"
    vi = "Danh sách đã chốt nên không sửa được nữa. Nếu phải sửa, hủy cuộc bỏ phiếu này theo quyết định và lập đợt mới."
    en = "The lists are frozen and cannot change. If they must, cancel this vote by decision and make a new round."


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Kế hoạch đợt: what the officer fills in. `corrected` values come later, one by one."""

    body_name: str
    body_kind: BodyKind
    superior: str = ""
    place: str = ""
    kind: Kind
    title: str
    meeting: str = ""
    vote_date: datetime.date
    opening_date: datetime.date | None = None
    rehearsal: bool = False


def create_round(officer: Account, plan: Plan) -> Round:
    """Lập đợt lấy phiếu: under the rulebook that governs this kind of body on that day; the officer becomes its organiser."""
    if not officer.is_officer:
        raise NotAllowed(who="chuyên viên tổ chức")
    chosen = shelf.choose(plan.body_kind, plan.vote_date, plan.kind)
    with acting_in_house(officer) as house:
        body, _ = Body.objects.get_or_create(
            name=plan.body_name, kind=plan.body_kind, defaults={"superior": plan.superior, "place": plan.place}
        )
        round_ = Round.objects.create(
            body=body,
            title=plan.title,
            meeting=plan.meeting,
            place=plan.place,
            vote_date=plan.vote_date,
            opening_date=plan.opening_date,
            book_id=chosen.book.id,
            book_digest=chosen.book.digest(),
            rehearsal=plan.rehearsal,
            digits=chosen.book.rounding.digits,
            rounding=chosen.book.rounding.mode,
            person_word="đồng chí" if chosen.book.style == "party" else "ông/bà",
        )
        BallotType.objects.create(round=round_, code="", title="", position=1)
        Desk.objects.create(round=round_, account=officer, role=Role.ORGANISER)
        house.record("round_opened", title=plan.title)
    with acting(officer, Permission.PREPARE, round_.pk) as act:
        act.record(
            "round_made",
            title=plan.title,
            body=body.name,
            date=plan.vote_date.strftime("%d/%m/%Y"),
            book=chosen.book.symbol.value,
            digest=chosen.book.digest()[:16],
        )
        for warning in chosen.warnings:
            act.record("round_warned", sentence=warning.vi)
    return round_


def copy_round(officer: Account, source: Round, title: str, vote_date: datetime.date) -> Round:
    """Sao chép từ đợt trước: the plan's words and settings; lists are imported anew, because people and posts have moved."""
    made = create_round(
        officer,
        Plan(
            body_name=source.body.name,
            body_kind=msgspec.convert(source.body.kind, BodyKind),
            superior=source.body.superior,
            place=source.place,
            kind=shelf.book(source.book_id).kind,
            title=title,
            meeting=source.meeting,
            vote_date=vote_date,
        ),
    )
    with acting(officer, Permission.PREPARE, made.pk) as act:
        for name in SETTINGS:
            setattr(act.round, name, getattr(source, name))
        act.round.save()
        act.record("round_copied", source=source.title)
    return made


SETTINGS = (
    "way",
    "pairing",
    "same_table",
    "batch_size",
    "digits",
    "rounding",
    "list_order",
    "person_word",
    "code_in_footer",
    "meeting",
    "place",
    "subject_words",
    "boxes",
    "secrecy",
)
"""What an organiser may set on a round before the lists are frozen."""


def change_settings(account: Account, round_id: UUID, **settings: str | int | bool) -> Round:
    """Sửa thiết lập của đợt: only names of `SETTINGS`."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        changed = []
        for name, value in settings.items():
            if name not in SETTINGS:
                message = f"not a setting: {name}"
                raise ValueError(message)
            if getattr(act.round, name) != value:
                setattr(act.round, name, value)
                changed.append(label_of(Round, name))
        act.round.full_clean(exclude=["body"])
        act.round.save()
        if changed:
            act.record("settings_changed", what=", ".join(changed))
        else:
            act.silent = True
        return act.round


def correct_book(account: Account, round_id: UUID, correction: Correction) -> Round:
    """Điều chỉnh một giá trị chưa chắc của quy tắc: with its reason, for this round only; stands in ledger and minutes."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        kept = tuple(one for one in corrections_of(act.round) if one.path != correction.path)
        corrections = (*kept, correction)
        own = correct(shipped_book(act.round), corrections)
        act.round.corrections = msgspec.to_builtins(corrections)
        if correction.path.startswith("rounding."):
            # The round prints as its setting says; minutes that state another rounding than they use would lie.
            act.round.digits, act.round.rounding = own.rounding.digits, own.rounding.mode
        act.round.save()
        act.record("book_corrected", path=correction.path, value=str(correction.value), reason=correction.reason)
        return act.round


def refuse_after_freeze(round_: Round) -> None:
    """Raises `ListsFrozen` once the lists are frozen."""
    if round_.state not in BEFORE_FREEZE:
        raise ListsFrozen
