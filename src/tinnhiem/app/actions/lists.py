"""Danh sách của đợt: importing the three lists, ballot types, who is left out and why, the printed order.

Contract: an import is all or nothing and replaces the list of its kind; people are matched to their file by folded name and birth, so one
person keeps one file across rounds. Nothing changes after the lists are frozen. A person both voted on and on the board is told of,
and stands only with a recorded permission.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.rounds import refuse_after_freeze
from tinnhiem.app.models import Account, BallotType, BoardMember, Membership, Person, Post, Round, Subject, Voter
from tinnhiem.app.queries.labels import label_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.people import folding
from tinnhiem.roster.model import PartDate, Roster, RosterPerson

LIST_NAMES = {
    "subjects": "danh sách người được lấy phiếu",
    "voters": "danh sách người ghi phiếu",
    "board": "danh sách Ban kiểm phiếu",
}
DUTIES: tuple[tuple[str, BoardMember.Duty], ...] = (
    ("pho truong ban", BoardMember.Duty.DEPUTY),
    ("truong ban", BoardMember.Duty.HEAD),
    ("thu ky", BoardMember.Duty.SECRETARY),
    ("giup viec", BoardMember.Duty.HELPER),
    ("ky thuat", BoardMember.Duty.HELPER),
)


class RosterHasFaults(TinnhiemError):
    """A roster with faults is not saved, not even its good lines."""

    code = "roster_has_faults"
    vi = "Danh sách còn {count} lỗi nên chưa ghi dòng nào. Sửa các ô được nêu rồi ghi lại."
    en = "The list still has {count} faults, so no line was saved. Mend the cells named and save again."


class RosterEmpty(TinnhiemError):
    """A roster without people."""

    code = "roster_empty"
    vi = "Danh sách không có người nào. Kiểm tra đã chọn đúng tệp và đúng trang tính."
    en = "The list holds nobody. Check the file and the sheet chosen."


class SubjectOnBoard(TinnhiemError):
    """A person who is voted on sits on the counting board."""

    code = "subject_on_board"
    vi = "“{name}” vừa được lấy phiếu vừa có tên trong Ban kiểm phiếu. Thay người, hoặc ghi văn bản cho phép vào cột Ghi chú của danh sách Ban kiểm phiếu rồi nhập lại."
    en = "“{name}” is voted on and sits on the counting board. Replace them, or name the decision that permits it in the column Ghi chú of the board's list and import it again."


class NoSubjects(TinnhiemError):
    """Lists are frozen with nobody on them."""

    code = "no_subjects"
    vi = "Chưa có người được lấy phiếu. Nhập danh sách trước khi chốt."
    en = "Nobody is voted on yet. Import the list before freezing it."


class RegimeUnknown(TinnhiemError):
    """A regime the rulebook does not know."""

    code = "regime_not_in_book"
    vi = "Chế độ “{regime}” không có trong quy định của đợt. Chọn một trong: {known}."
    en = "The regime “{regime}” is not in the round's rulebook. Choose one of: {known}."


def import_list(account: Account, round_id: UUID, roster: Roster) -> int:
    """Ghi nhận một danh sách đã xem trước: returns the number of people; raises `RosterHasFaults`, `RosterEmpty`, `ListsFrozen`."""
    if roster.faults:
        raise Faults([RosterHasFaults(count=len(roster.faults)), *roster.faults])
    if not roster.people:
        raise RosterEmpty
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        {"subjects": _subjects, "voters": _voters, "board": _board}[roster.kind](act, roster.people)
        act.record("list_imported", what=LIST_NAMES[roster.kind], people=len(roster.people))
        return len(roster.people)


def _person(entry: RosterPerson) -> Person:
    folded = folding.fold(entry.full_name)
    birth = entry.birth.iso if entry.birth else ""
    for known in Person.objects.filter(folded=folded).order_by("pk"):
        # Two people of one name are told apart by birth; a file without a birth takes the one that comes.
        if not birth or not known.birth or known.birth == birth:
            if birth and not known.birth:
                known.birth = birth
                known.save()
            return known
    return Person.objects.create(
        family_name=entry.family_name,
        given_name=entry.given_name,
        sort_name=entry.sort_name,
        birth=birth,
        sex=entry.sex,
        folded=folded,
    )


def _day(when: PartDate | None) -> datetime.date | None:
    return datetime.date(when.year, when.month, when.day) if when and when.month and when.day else None


def _membership(round_: Round, person: Person, entry: RosterPerson) -> Membership | None:
    if not entry.post:
        return None
    post, _ = Post.objects.get_or_create(body=round_.body, title=entry.post[:300])
    membership, _ = Membership.objects.get_or_create(
        person=person, post=post, until=None, defaults={"since": _day(entry.since), "decision": entry.decision[:120]}
    )
    return membership


def _subjects(act: Act, people: Sequence[RosterPerson]) -> None:
    round_ = act.round
    Subject.objects.filter(round=round_).delete()
    titles = list(dict.fromkeys(entry.ballot for entry in people if entry.ballot))
    types = _set_types(round_, titles if all(entry.ballot for entry in people) and len(titles) > 1 else [])
    exemptions = {folding.fold(one.label): one.code for one in book_of(round_).exemptions}
    lines = dict.fromkeys(types, 0)
    for entry in people:
        person = _person(entry)
        kind = entry.ballot if entry.ballot in types else next(iter(types))
        exempt = bool(entry.excluded_reason)
        if not exempt:
            lines[kind] += 1
        Subject.objects.create(
            round=round_,
            ballot_type=types[kind],
            person=person,
            membership=_membership(round_, person, entry),
            line=None if exempt else lines[kind],
            name=entry.full_name,
            post=entry.post,
            since=_day(entry.since),
            exemption=exemptions.get(folding.fold(entry.excluded_reason), "stated") if exempt else "",
            exemption_reason=entry.excluded_reason,
            second_place=entry.second_place,
        )


def _set_types(round_: Round, titles: Sequence[str]) -> dict[str, BallotType]:
    """Replaces the ballot types: one per title, or the single unnamed one."""
    BallotType.objects.filter(round=round_).delete()
    if not titles:
        return {"": BallotType.objects.create(round=round_, code="", title="", position=1)}
    return {
        title: BallotType.objects.create(round=round_, code=f"L{place}", title=title, position=place)
        for place, title in enumerate(titles, start=1)
    }


def _voters(act: Act, people: Sequence[RosterPerson]) -> None:
    Voter.objects.filter(round=act.round).delete()
    for entry in people:
        Voter.objects.create(
            round=act.round,
            person=_person(entry),
            name=entry.full_name,
            post=entry.post,
            unit=entry.unit,
            group=entry.group,
            seat=entry.seat,
        )
    if act.round.members is None:
        act.round.members = len(people)
    if act.round.summoned is None:
        act.round.summoned = len(people)
    act.round.save()


def _board(act: Act, people: Sequence[RosterPerson]) -> None:
    BoardMember.objects.filter(round=act.round).delete()
    for place, entry in enumerate(people, start=1):
        said = folding.fold(entry.duty)
        duty = next((duty for words, duty in DUTIES if words in said), BoardMember.Duty.MEMBER)
        BoardMember.objects.create(
            round=act.round,
            person=_person(entry),
            position=place,
            name=entry.full_name,
            post=entry.post,
            duty=duty,
            allowed_by=entry.note[:200],
        )


def set_ballot_types(account: Account, round_id: UUID, titles: Sequence[str], placing: dict[int, int]) -> None:
    """Đặt loại phiếu: `titles` in order; `placing` maps a subject's id to the place (0-based) of its type. One title: a single type."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        subjects = list(act.round.subjects.order_by("ballot_type__position", "line", "pk"))
        old = list(act.round.ballot_types.all())
        made = [
            BallotType.objects.create(
                round=act.round, code=f"N{place}" if len(titles) > 1 else "N", title=title, position=place
            )
            for place, title in enumerate(titles or [""], start=1)
        ]
        for subject in subjects:
            place = placing.get(subject.pk, 0)
            subject.ballot_type = made[place if place < len(made) else 0]
            subject.save()
        for kind in old:
            kind.delete()
        for place, kind in enumerate(made, start=1):
            kind.code = f"L{place}" if len(made) > 1 else ""
            kind.save()
        _renumber(act.round)
        act.record("ballot_types_set", count=len(made), titles="; ".join(titles) or "một loại")


def _renumber(round_: Round) -> None:
    for kind in round_.ballot_types.all():
        for line, subject in enumerate(kind.subjects.filter(exemption="").order_by("line", "pk"), start=1):
            subject.line = line
            subject.save()


def change_subject(account: Account, round_id: UUID, subject_id: int, **fields: str | datetime.date | None) -> Subject:
    """Sửa một người được lấy phiếu: name, post, regime, since, retirement_notice, second_place."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        subject = act.round.subjects.get(pk=subject_id)
        regime = fields.get("regime")
        known = book_of(act.round).regime_ids()
        if regime is not None and regime not in known:
            raise RegimeUnknown(regime=regime, known=", ".join(known))
        changed = [name for name, value in fields.items() if getattr(subject, name) != value]
        for name in changed:
            setattr(subject, name, fields[name])
        subject.full_clean(exclude=["person", "membership", "round", "ballot_type"])
        subject.save()
        what = ", ".join(label_of(Subject, name) for name in changed)
        if changed:
            act.record("subject_changed", name=subject.name, what=what)
        else:
            act.silent = True
        return subject


def exempt_subject(account: Account, round_id: UUID, subject_id: int, code: str, reason: str) -> None:
    """Không lấy phiếu đối với một người: with the book's exemption and the reason; code "" puts the person back."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        subject = act.round.subjects.get(pk=subject_id)
        subject.exemption = code
        subject.exemption_reason = reason if code else ""
        last = act.round.subjects.filter(ballot_type=subject.ballot_type, line__isnull=False).count()
        subject.line = None if code else last + 1
        subject.save()
        _renumber(act.round)
        if code:
            act.record("subject_exempted", name=subject.name, reason=reason)
        else:
            act.record("subject_restored", name=subject.name)


def reorder_subjects(account: Account, round_id: UUID, ordered: Sequence[int]) -> None:
    """Sắp thứ tự in: subject ids in the wanted order, within their types."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_after_freeze(act.round)
        place = {subject_id: number for number, subject_id in enumerate(ordered)}
        for kind in act.round.ballot_types.all():
            subjects = sorted(
                kind.subjects.filter(line__isnull=False), key=lambda one: (place.get(one.pk, len(place)), one.line or 0)
            )
            for line, subject in enumerate(subjects, start=1):
                subject.line = line
                subject.save()
        act.record("order_changed")


def refuse_unready_lists(round_: Round) -> None:
    """Kiểm tra trước khi chốt: somebody to vote on, nobody on both lists without a decision. Raises `Faults`."""
    faults: list[TinnhiemError] = []
    subjects = round_.subjects.filter(line__isnull=False)
    if not subjects.exists():
        faults.append(NoSubjects())
    voted_on = set(subjects.values_list("person_id", flat=True))
    faults.extend(
        SubjectOnBoard(name=member.name)
        for member in round_.board.filter(person_id__in=voted_on)
        if not member.allowed_by
    )
    if faults:
        raise Faults(faults)
