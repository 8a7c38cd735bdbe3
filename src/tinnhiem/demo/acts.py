"""Các việc của đợt mẫu, in the order of the day; each one an action of the house.

Contract: nothing is written to the database but by `app.actions`. What tables key comes from `pens`; what the third pair of eyes sees is the true sheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tinnhiem.app.actions import batching, entering, house, lists, process, reconciling, result, rounds, sealing
from tinnhiem.app.models import Account, Batch, Role, Round
from tinnhiem.app.queries.ballot_form import form_of
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of, slate_of
from tinnhiem.demo import play as scene
from tinnhiem.demo.invented import invent
from tinnhiem.demo.pens import mark_sheets, misread
from tinnhiem.demo.roster_file import write_roster
from tinnhiem.documents.kinds import KINDS, render
from tinnhiem.poll.discrepancy import Disagreement
from tinnhiem.poll.record import canonical, short_code
from tinnhiem.poll.round_writer import write_round, write_rows
from tinnhiem.poll.sheet import Sheet
from tinnhiem.roster.book import read_file

DESKS: tuple[tuple[str, str, str, Role | None, int | None], ...] = (
    ("chuyenvien", "Đoàn Thị Thư", "Chuyên viên tổ chức", None, None),
    ("chutri", "", "Chủ trì", Role.CHAIR, None),
    ("truongban", "", "Trưởng Ban kiểm phiếu", Role.BOARD_HEAD, None),
    ("ban1", "Bàn nhập số 1", "Bàn nhập số 1", Role.STATION, 1),
    ("ban2", "Bàn nhập số 2", "Bàn nhập số 2", Role.STATION, 2),
)
"""log-in, shown name ("": the first subject, who chairs, or the head of the board), desk, role, station."""

BATCHES = (25, 25)
SLIPS = (2, 1)
"""Planted slips per batch, by table."""


class Play:
    """Một đợt mẫu đang chơi."""

    def __init__(self, out: Path, dice: random.Random, tell: Callable[[str], None]) -> None:
        self.out, self.dice, self.tell = out, dice, tell
        self.cast = invent(dice)
        self.accounts: dict[str, Any] = {"passphrase": scene.PASSPHRASE, "accounts": []}
        self.people: dict[str, Account] = {}
        self.to_key = 2 * sum(BATCHES)

    title = "Lấy phiếu tín nhiệm các đồng chí Ủy viên Ban Thường vụ"
    pairing = Round.Pairing.TWO

    def prepare(self) -> None:
        """Lập đợt, tài khoản, nhập danh sách từ Excel, chốt."""
        self._make_accounts()
        self._make_round()

    def _make_round(self) -> None:
        officer = self.people["chuyenvien"]
        self.round = rounds.create_round(
            officer,
            rounds.Plan(
                body_name=self.cast.body,
                body_kind="party_committee",
                superior=self.cast.superior,
                place=self.cast.place,
                kind="rating",
                title=self.title,
                meeting="Hội nghị Ban Chấp hành lần thứ 12",
                vote_date=scene.VOTE_DATE,
            ),
        )
        rounds.change_settings(
            officer,
            self.round.pk,
            place="Hội trường Đảng ủy xã",
            subject_words="các đồng chí Ủy viên Ban Thường vụ Đảng ủy",
            pairing=self.pairing,
        )
        self.tell(f"Lập đợt: {self.round.title}")
        for username, _name, _desk, role, station in DESKS:
            if role is not None:
                house.assign_desk(officer, self.round.pk, self.people[username], role, station)
        path = self.out / "roster.xlsx"
        write_roster(path, self.cast)
        for roster in read_file(path).rosters:
            number = lists.import_list(officer, self.round.pk, roster)
            self.tell(f"Nhập từ Excel: {lists.LIST_NAMES[roster.kind]}, {number} người")
        process.pass_over(officer, self.round.pk, "submitted", "Đợt mẫu không trình duyệt")
        process.advance(officer, self.round.pk, "plan_approved")
        for state in ("dossiers_in", "dossiers_out"):
            process.pass_over(officer, self.round.pk, state, "Đợt mẫu không thu hồ sơ")
        process.advance(officer, self.round.pk, "lists_frozen")
        process.advance(officer, self.round.pk, "ready")
        self.tell("Chốt danh sách, sẵn sàng bỏ phiếu")

    def _make_accounts(self) -> None:
        for username, name, desk, _role, _station in DESKS:
            password = f"mau-{self.dice.randrange(10**8):08}"
            of_cast = self.cast.subjects[0] if username == "chutri" else self.cast.board[0]
            shown = name or of_cast.full
            if not self.people:
                self.people[username] = house.open_house(username, shown, password)
            else:
                self.people[username] = house.create_account(self.people["chuyenvien"], username, shown, password)
            self.accounts["accounts"].append({"desk": desk, "username": username, "password": password})

    def meet(self) -> None:
        """Cuộc họp: quorum, empty box, issuing, closing, opening, numbers announced."""
        officer, head, pk = self.people["chuyenvien"], self.people["truongban"], self.round.pk
        board = tuple(one.full for one in self.cast.board[:2])
        process.give_numbers(
            officer, pk, members=52, summoned=52, present=50, absent_with_leave=2, absent_without_leave=0
        )
        process.record_act(officer, pk, "box_checked_and_sealed", "08:52", board)
        process.advance(officer, pk, "voting")
        kind = self.round.ballot_types.get()
        process.give_ballots(officer, pk, kind.pk, received=60, issued=50, spoilt=1, unused=9)
        process.advance(officer, pk, "closed")
        process.record_act(head, pk, "box_opened", "09:18", board)
        process.give_ballots(head, pk, kind.pk, returned=50)
        process.record_act(head, pk, "box_mixed", "09:20", board)
        process.record_act(head, pk, "returned_announced", "09:24", board)
        process.advance(head, pk, "counting")
        sealing.make_vault(head, pk, scene.PASSPHRASE)
        kind.refresh_from_db()
        batching.make_batches(head, pk, kind, BATCHES)
        self.tell("Bỏ phiếu: phát ra 50, thu về 50; chia 2 tập, mỗi tập 25 phiếu")
        book, lines = book_of(self.round), len(slate_of(self.round).subjects)
        pile = mark_sheets(self.dice, book, lines, sum(BATCHES))
        self.piles = {1: pile[: BATCHES[0]], 2: pile[BATCHES[0] :]}

    def key(self, saved: Callable[[], None]) -> None:
        """Hai bàn nhập phiếu, mỗi bàn đủ các tập; `saved` is called after each sheet."""
        book = book_of(self.round)
        helpers = [one.full for one in self.cast.helpers]
        board = [one.full for one in self.cast.board]
        for batch in Batch.objects.filter(round=self.round):
            for station in (1, 2):
                table = self.people[f"ban{station}"]
                keying = entering.open_keying(
                    table,
                    self.round.pk,
                    batch.pk,
                    station,
                    reader=board[station],
                    keyer=helpers[station - 1],
                    checker=board[station + 2],
                )
                read = misread(self.dice, book, self.piles[batch.number], station, SLIPS[station - 1])
                for number, sheet in enumerate(read, start=1):
                    entering.save_sheet(table, self.round.pk, keying.pk, number, sheet)
                    saved()
                entering.finish_keying(table, self.round.pk, keying.pk)

    def settle(self) -> None:
        """Đối chiếu: what differs is settled by the paper."""
        head = self.people["truongban"]
        for batch in Batch.objects.filter(round=self.round):
            found = [
                one
                for one in reconciling.reconciliation_of(batch).disagreements
                if isinstance(one, Disagreement) and one.open
            ]
            self.tell(f"Đối chiếu tập {batch.number}: {len(found)} phiếu hai lần nhập khác nhau")
            for one in found:
                self.tell(f"  {one.sentence()} Xem phiếu giấy.")
                self._look(head, batch, one)
            if not found:
                reconciling.settle_if_alike(head, self.round.pk, batch.pk)

    def _look(self, head: Account, batch: Batch, found: Disagreement) -> None:
        true: Sheet = self.piles[batch.number][found.sheet - 1]
        reconciling.settle_sheet(
            head,
            self.round.pk,
            batch.pk,
            found.sheet,
            marks={line.line: true.lines[line.line - 1] for line in found.lines},
            invalid=None,
            looked=self.cast.board[0].full,
            reason="Cả Ban kiểm phiếu đã xem phiếu giấy",
        )

    def count_and_sign(self) -> None:
        """Tổng hợp, ký, công bố, niêm phong, và lập mọi văn bản."""
        head, chair, pk = self.people["truongban"], self.people["chutri"], self.round.pk
        result.make_count(head, pk)
        row = result.sign(head, pk)
        board = (self.cast.board[0].full,)
        process.record_act(head, pk, "reported_to_chair", "10:02", board)
        process.advance(chair, pk, "announced")
        process.record_act(head, pk, "ballots_sealed", "10:20", board)
        self.round.refresh_from_db()
        record, book, papers = record_of(row), book_of(self.round), papers_of(self.round)
        (self.out / "round.toml").write_bytes(write_round(record, form_of(self.round)))
        (self.out / "rows.csv").write_bytes(write_rows(record))
        (self.out / "record.json").write_bytes(canonical(record))
        folder = self.out / "van-ban"
        folder.mkdir()
        for kind in KINDS:
            source = record if kind.counted else slate_of(self.round)
            for file_format in kind.formats:
                if file_format != "html":
                    content = render(kind.id, source, book, papers, file_format)
                    (folder / f"{kind.stem}.{file_format}").write_bytes(content)
        self.tell(f"Ký biên bản kiểm phiếu. Mã đối chiếu: {short_code(row.fingerprint)}")
