"""Đợt mẫu có quét phiếu: ballots printed, marked by invented hands, scanned and read; the doubtful rows wait for whoever plays.

Contract: a second round of the same invented people, played up to the adjudication desk by the actions of the house. What is drawn on the sheets beside plain marks
(a correction, a dot, a struck name) is what the machine must not decide.
"""

from __future__ import annotations

import msgspec

from tinnhiem.app.actions import adjudicating, ballots, scanning
from tinnhiem.app.models import Batch, Round
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.demo.acts import Play
from tinnhiem.demo.hand_marks import scanned
from tinnhiem.poll.sheet import Sheet

READER = scanning.Reader(background=False)
ODD_MARKS = ("corrected", "dot", "struck")
"""What hands do on some sheets beside what the pens already did."""


class ScannedPlay(Play):
    """Đợt mẫu thứ hai, whose paper goes through a scanner."""

    title = "Lấy phiếu tín nhiệm – kiểm phiếu bằng máy quét"
    pairing = Round.Pairing.SCAN

    @classmethod
    def after(cls, first: Play) -> ScannedPlay:
        """The second round of the people and desks of the first."""
        play = cls(first.out, first.dice, first.tell)
        play.cast, play.people, play.accounts = first.cast, first.people, first.accounts
        play._make_round()
        return play

    def print_ballots(self) -> None:
        """In phiếu: as many as were printed for the meeting."""
        kind = self.round.ballot_types.get()
        pile = ballots.take_ballots(self.people["chuyenvien"], self.round.pk, kind.pk, 60)
        (self.out / pile.name).write_bytes(pile.content)
        self.tell(f"In phiếu: {pile.name}, 60 phiếu")

    def scan(self) -> None:
        """Quét từng tập; what is doubtful is left open."""
        self.round.refresh_from_db()
        head, layout, book = self.people["truongban"], layout_of(self.round), book_of(self.round)
        folder = self.out / "anh-quet"
        folder.mkdir()
        for batch in Batch.objects.filter(round=self.round):
            file = scanned(layout, book, self._oddly(self.piles[batch.number]), self.dice)
            path = folder / f"tap-{batch.number}.pdf"
            path.write_bytes(file)
            scan = scanning.open_scan(head, self.round.pk, batch.pk, operator=self.cast.helpers[0].full)
            scanning.take_in(
                head, self.round.pk, scan.pk, [scanning.FileTaken(name=path.name, data=file)], reader=READER
            )
            scan.refresh_from_db()
            done = scanning.progress(head, self.round.pk, scan.pk)
            waiting = sum(1 for point in adjudicating.points(self.round, scan) if point.stage != "settled")
            self.tell(
                f"Quét tập {batch.number}: {done.pages} trang, {done.sheets} phiếu; {waiting} chỗ chờ Ban kiểm phiếu xem"
            )

    def _oddly(self, pile: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
        """The pile with a few rows marked in ways that only people can judge."""
        sheets = list(pile)
        places = [place for place, sheet in enumerate(sheets) if sheet.invalid is None]
        for place, mark in zip(self.dice.sample(places, len(ODD_MARKS)), ODD_MARKS, strict=True):
            lines = list(sheets[place].lines)
            lines[self.dice.randrange(len(lines))] = mark
            sheets[place] = msgspec.structs.replace(sheets[place], lines=tuple(lines))
        return tuple(sheets)
