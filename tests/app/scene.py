"""A small round on its way: people, desks, lists and a meeting, made by the actions themselves.

Tests take it up at the step they speak of. Everybody is invented.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from tinnhiem.app.actions import batching, entering, house, lists, process, rounds, sealing
from tinnhiem.app.models import Account, BallotType, Batch, Keying, Role, Round
from tinnhiem.poll.sheet import Sheet
from tinnhiem.roster.model import Roster, RosterPerson, SheetKind

PASSWORD = "mat-khau-cua-ban-nay"
PASSPHRASE = "suối trong đá trắng mưa nguồn"
NAMES = ("Trần Văn Bình", "Lê Thị Cúc", "Phạm Quang Dũng")
VOTE_DATE = datetime.date(2023, 7, 20)


def person(line: int, name: str, post: str = "", **more: str) -> RosterPerson:
    family, _, given = name.rpartition(" ")
    return RosterPerson(
        line=line, row=line + 5, family_name=family, given_name=given, full_name=name, post=post, **more
    )


def roster(kind: SheetKind, people: Sequence[RosterPerson]) -> Roster:
    return Roster(sheet="Danh sách", kind=kind, people=tuple(people))


class Scene:
    """One round with its desks: `officer`, `chair`, `head`, `one` and `two` (the tables)."""

    def __init__(self, names: Sequence[str] = NAMES, voters: int = 12) -> None:
        self.officer = house.open_house("chuyenvien", "Nguyễn Thị An", PASSWORD)
        self.round = rounds.create_round(
            self.officer,
            rounds.Plan(
                body_name="Huyện ủy Bình Minh",
                body_kind="party_committee",
                kind="rating",
                title="Lấy phiếu tín nhiệm năm 2023",
                vote_date=VOTE_DATE,
            ),
        )
        self.pk = self.round.pk
        self.chair = self._desk("chutri", "Chủ trì", Role.CHAIR)
        self.head = self._desk("truongban", "Lý Thị Lan", Role.BOARD_HEAD)
        self.one = self._desk("ban1", "Bàn 1", Role.STATION, 1)
        self.two = self._desk("ban2", "Bàn 2", Role.STATION, 2)
        lists.import_list(
            self.officer, self.pk, roster("subjects", [person(n, name, "Ủy viên") for n, name in enumerate(names, 1)])
        )
        lists.import_list(
            self.officer, self.pk, roster("voters", [person(n, f"Vũ Văn Cử Tri{n}") for n in range(1, voters + 1)])
        )
        self.voters = voters

    def _desk(self, username: str, name: str, role: Role, station: int | None = None) -> Account:
        account = house.create_account(self.officer, username, name, PASSWORD)
        house.assign_desk(self.officer, self.pk, account, role, station)
        return account

    def fresh(self) -> Round:
        """The round as it is stored now."""
        self.round.refresh_from_db()
        return self.round

    def freeze(self) -> None:
        """The lists frozen, ready to vote."""
        for state in ("submitted", "plan_approved", "dossiers_in", "dossiers_out"):
            process.pass_over(self.officer, self.pk, state, "không làm trong đợt này")
        process.advance(self.officer, self.pk, "lists_frozen")
        process.advance(self.officer, self.pk, "ready")

    def vote(self, issued: int | None = None) -> None:
        """Voted, the box closed."""
        self.freeze()
        process.give_numbers(self.officer, self.pk, summoned=self.voters, present=self.voters)
        process.record_act(self.officer, self.pk, "box_checked_and_sealed", "08:00", ("Lý Thị Lan",))
        process.advance(self.officer, self.pk, "voting")
        process.give_ballots(self.officer, self.pk, self.kind.pk, issued=issued or self.voters)
        process.advance(self.officer, self.pk, "closed")

    def open_box(self, returned: int | None = None) -> None:
        """The box open, the numbers announced, counting begun and the passphrase set."""
        self.vote()
        process.record_act(self.head, self.pk, "box_opened", "08:30", ("Lý Thị Lan",))
        process.give_ballots(self.head, self.pk, self.kind.pk, returned=self.voters if returned is None else returned)
        process.record_act(self.head, self.pk, "returned_announced", "08:35", ("Lý Thị Lan",))
        process.advance(self.head, self.pk, "counting")
        sealing.make_vault(self.head, self.pk, PASSPHRASE)

    @property
    def kind(self) -> BallotType:
        return self.round.ballot_types.get()

    def divide(self, *sizes: int) -> list[Batch]:
        """The batches, made."""
        batching.make_batches(self.head, self.pk, self.kind, sizes or (self.voters,))
        return list(Batch.objects.filter(round=self.round, count_number=self.fresh().count_number))

    def begin(self, batch: Batch, station: int, keyer: str = "") -> Keying:
        """A keying opened at a table."""
        table = self.one if station == 1 else self.two
        return entering.open_keying(
            table, self.pk, batch.pk, station, reader="Đỗ Văn Đọc", keyer=keyer or f"Ngô Văn Nhập {station}"
        )

    def key(self, batch: Batch, station: int, sheets: Sequence[Sheet], *, finish: bool = True) -> Keying:
        """A batch keyed at a table, and finished."""
        table = self.one if station == 1 else self.two
        keying = self.begin(batch, station)
        for number, sheet in enumerate(sheets, start=1):
            entering.save_sheet(table, self.pk, keying.pk, number, sheet)
        if finish:
            entering.finish_keying(table, self.pk, keying.pk)
        keying.refresh_from_db()
        return keying


def sheets(*rows: str) -> list[Sheet]:
    """Sheets from shorthand: h, m, l the choices in order, 0 blank, * over, - struck; a word the reason of an invalid sheet."""
    marks = {"h": "high", "m": "medium", "l": "low", "0": "blank", "*": "over", "-": "struck"}
    return [
        Sheet(lines=tuple(marks[sign] for sign in row)) if set(row) <= set(marks) else Sheet(invalid=row)
        for row in rows
    ]
