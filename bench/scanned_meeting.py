"""Một cuộc họp bịa kiểm phiếu bằng máy quét: desks, lists, ballots and an opened box, by the actions of the house.

Contract: everything the office and the board do goes through `app.actions`, as from the web pages; the data folder is the one handed over, and nobody is real.
`open_house_in` is called once a process, before anything of the app is imported.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bench.marked_pages.invented_round import Invented, invented

if TYPE_CHECKING:
    from tinnhiem.app.models import Account, BallotType, Batch, Role, Round
    from tinnhiem.roster.model import SheetKind

PASSWORD = "mat-khau-cua-ban-nay"  # noqa: S105 - of invented people, in a folder that is thrown away
PASSPHRASE = "suối trong đá trắng mưa nguồn"  # noqa: S105 - the same
BOARD = ("Lý Thị Lan", "Đinh Văn Mạnh", "Hồ Thị Ngà", "Tạ Văn Oánh", "Quách Thị Sen")
BUNDLE = 50
"""Sheets to a batch, as boards tie them."""


def open_house_in(data: Path) -> None:
    """Mở cơ sở dữ liệu trong một thư mục riêng."""
    os.environ["TINNHIEM_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    os.environ.pop("TINNHIEM_DATABASE_URL", None)
    import django
    from django.conf import settings
    from django.core.management import call_command

    # Nobody logs in here, and making passwords slow to guess would only make the run slow.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


class ScannedMeeting:
    """Cuộc họp: `officer` prepares and prints, `head` counts, `members` are the ids of the board."""

    def __init__(self, sheets: int, names: int) -> None:
        from tinnhiem.app.actions import house, rounds
        from tinnhiem.app.models import Role, Round

        self.sheets = sheets
        self.officer = house.open_house("chuyenvien", "Đoàn Thị Thư", PASSWORD)
        self.round: Round = rounds.create_round(
            self.officer,
            rounds.Plan(
                body_name="Tỉnh ủy Vĩnh An",
                body_kind="party_committee",
                kind="rating",
                title="Lấy phiếu tín nhiệm",
                vote_date=datetime.date(2026, 12, 15),
            ),
        )
        self.pk: UUID = self.round.pk
        self.head = self._desk("truongban", BOARD[0], Role.BOARD_HEAD)
        self._desk("chutri", "Chủ trì", Role.CHAIR)
        rounds.change_settings(self.officer, self.pk, pairing=Round.Pairing.SCAN)
        everybody = invented(max(sheets, names), short=True)
        self._import("subjects", everybody[:names])
        self._import("voters", everybody[:sheets])
        self._import("board", [Invented(name, "Ủy viên") for name in BOARD])
        self.members: list[int] = list(self.fresh().board.values_list("pk", flat=True))
        self._freeze()

    def _desk(self, username: str, name: str, role: Role) -> Account:
        from tinnhiem.app.actions import house

        account = house.create_account(self.officer, username, name, PASSWORD)
        house.assign_desk(self.officer, self.pk, account, role, None)
        return account

    def _import(self, kind: SheetKind, people: Sequence[Invented]) -> None:
        from tinnhiem.app.actions import lists
        from tinnhiem.roster.model import Roster, RosterPerson

        entries = tuple(
            RosterPerson(
                line=line,
                row=line + 5,
                family_name=one.name.rpartition(" ")[0],
                given_name=one.name.rpartition(" ")[2],
                full_name=one.name,
                post=one.post,
            )
            for line, one in enumerate(people, start=1)
        )
        lists.import_list(self.officer, self.pk, Roster(sheet="Danh sách", kind=kind, people=entries))

    def _freeze(self) -> None:
        from tinnhiem.app.actions import process

        for state in ("submitted", "plan_approved", "dossiers_in", "dossiers_out"):
            process.pass_over(self.officer, self.pk, state, "không làm trong đợt này")
        process.advance(self.officer, self.pk, "lists_frozen")
        process.advance(self.officer, self.pk, "ready")

    def fresh(self) -> Round:
        """The round as it is stored now."""
        self.round.refresh_from_db()
        return self.round

    @property
    def kind(self) -> BallotType:
        """Loại phiếu, the only one."""
        return self.round.ballot_types.get()

    def vote(self) -> None:
        """Bỏ phiếu, mở hòm, công bố số phiếu, chia tập; the vault open."""
        from tinnhiem.app.actions import batching, process, sealing

        seen_by = BOARD[:1]
        process.give_numbers(self.officer, self.pk, summoned=self.sheets, present=self.sheets)
        process.record_act(self.officer, self.pk, "box_checked_and_sealed", "08:52", seen_by)
        process.advance(self.officer, self.pk, "voting")
        process.give_ballots(self.officer, self.pk, self.kind.pk, issued=self.sheets)
        process.advance(self.officer, self.pk, "closed")
        process.record_act(self.head, self.pk, "box_opened", "09:18", seen_by)
        process.give_ballots(self.head, self.pk, self.kind.pk, returned=self.sheets)
        process.record_act(self.head, self.pk, "returned_announced", "09:24", seen_by)
        process.advance(self.head, self.pk, "counting")
        sealing.make_vault(self.head, self.pk, PASSPHRASE)
        batching.make_batches(self.head, self.pk, self.kind, bundles(self.sheets))

    def batches(self) -> list[Batch]:
        """Các tập, in the order of their numbers."""
        from tinnhiem.app.models import Batch

        found = Batch.objects.filter(round=self.round, count_number=self.fresh().count_number)
        return list(found.order_by("number"))


def bundles(sheets: int) -> tuple[int, ...]:
    """Chia tập: bundles of fifty and what is left over, no bundle too small to hide a voter in."""
    whole, left = divmod(sheets, BUNDLE)
    if not whole or not left:
        return (BUNDLE,) * whole or (left,)
    return (BUNDLE,) * (whole - 1) + (BUNDLE + left,) if left < BUNDLE // 2 else (BUNDLE,) * whole + (left,)
