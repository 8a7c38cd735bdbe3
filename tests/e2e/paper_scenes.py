"""Đợt có phiếu giấy, made by the actions themselves: what `paper_stage` plays."""

from __future__ import annotations

from collections.abc import Sequence

from tests.app.scanned import BOARD, ScanScene
from tests.app.scene import PASSPHRASE, PASSWORD, VOTE_DATE, Scene, person, roster
from tinnhiem.app.actions import ballots, house, lists, process, rounds, sealing
from tinnhiem.app.models import Role

HEAD = ("Lý Thị Lan",)


class PlannedScene(Scene):
    """A committee's round with its desks and lists, everything else still to be done."""

    def __init__(self, names: Sequence[str], voters: int) -> None:
        super().__init__(names, voters)
        board = [person(n, name, "Ủy viên") for n, name in enumerate(BOARD, 1)]
        lists.import_list(self.officer, self.pk, roster("board", board))


class PaperScene(ScanScene):
    """A committee's round, its ballots on both sides of A5, without a hanging stamp."""

    def freeze(self) -> None:
        ballots.change_ballot_form(self.officer, self.pk, {}, sheet_paper="A5", sheet_stamp=False)
        super().freeze()


class CouncilScene(Scene):
    """A Council's round: every person alone on a ballot of the own type."""

    def __init__(self, people: Sequence[tuple[str, str]], deputies: int) -> None:
        self.officer = house.open_house("chuyenvien", "Nguyễn Thị An", PASSWORD)
        plan = rounds.Plan(
            body_name="Hội đồng nhân dân tỉnh Vĩnh An",
            body_kind="people_council",
            kind="rating",
            title="Lấy phiếu tín nhiệm",
            vote_date=VOTE_DATE.replace(year=2026),
        )
        self.round = rounds.create_round(self.officer, plan)
        self.pk, self.voters = self.round.pk, deputies
        self.head = self._desk("truongban", "Lý Thị Lan", Role.BOARD_HEAD)
        rounds.change_settings(self.officer, self.pk, pairing="scan")
        subjects = [person(n, name, post, ballot=post) for n, (name, post) in enumerate(people, 1)]
        board = [person(n, name, "Đại biểu") for n, name in enumerate(BOARD, 1)]
        voters = [person(n, f"Vũ Văn Đại Biểu{n}") for n in range(1, deputies + 1)]
        lists.import_list(self.officer, self.pk, roster("subjects", subjects))
        lists.import_list(self.officer, self.pk, roster("voters", voters))
        lists.import_list(self.officer, self.pk, roster("board", board))
        ballots.change_ballot_form(self.officer, self.pk, {}, sheet_paper="A5", sheet_stamp=False, sheet_band=True)
        self.open_box()

    def open_box(self, returned: int | None = None) -> None:
        self.freeze()
        process.give_numbers(self.officer, self.pk, summoned=self.voters, present=self.voters)
        process.record_act(self.officer, self.pk, "box_checked_and_sealed", "08:00", HEAD)
        process.advance(self.officer, self.pk, "voting")
        kinds = [kind.pk for kind in self.fresh().ballot_types.all()]
        for kind in kinds:
            process.give_ballots(self.officer, self.pk, kind, issued=self.voters)
        process.advance(self.officer, self.pk, "closed")
        process.record_act(self.head, self.pk, "box_opened", "08:30", HEAD)
        for kind in kinds:
            process.give_ballots(self.head, self.pk, kind, returned=returned or self.voters)
        process.record_act(self.head, self.pk, "returned_announced", "08:35", HEAD)
        process.advance(self.head, self.pk, "counting")
        sealing.make_vault(self.head, self.pk, PASSPHRASE)
