"""The web desk under test: one small round, an account for each role, and a browser for each account."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from tests.app.views.invented import PASSWORD, table
from tinnhiem.app.actions import house, lists, rounds
from tinnhiem.app.models import Account, Role, Round
from tinnhiem.roster import read_pasted
from tinnhiem.roster.model import SheetKind

LISTS: tuple[tuple[SheetKind, int], ...] = (("subjects", 9), ("voters", 12), ("board", 3))


@pytest.fixture
def officer(db: None) -> Account:
    """The first officer, who becomes the organiser of every round made here."""
    return house.open_house("tochuc", "Nguyễn Thị Tổ Chức", PASSWORD)


@pytest.fixture
def make_account(officer: Account) -> Callable[[str], Account]:
    """Makes an account with a log-in name."""
    return lambda name: house.create_account(officer, name, f"Người {name}", PASSWORD)


@pytest.fixture
def small_round(officer: Account) -> Round:
    """A draft round of a Party committee, with nobody on its lists."""
    plan = rounds.Plan(
        body_name="Đảng ủy xã Bình Minh",
        body_kind="party_committee",
        superior="Đảng bộ tỉnh Hà Sơn",
        place="Bình Minh",
        kind="rating",
        title="Lấy phiếu tín nhiệm giữa nhiệm kỳ",
        meeting="Hội nghị lần thứ 12",
        vote_date=datetime.date(2026, 12, 15),
    )
    return rounds.create_round(officer, plan)


@pytest.fixture
def listed_round(officer: Account, small_round: Round) -> Round:
    """A draft round with nine people voted on, twelve voters and three on the board."""
    for kind, count in LISTS:
        lists.import_list(officer, small_round.pk, read_pasted(table(kind, count), kind).rosters[0])
    small_round.refresh_from_db()
    return small_round


@pytest.fixture
def seated(officer: Account, listed_round: Round, make_account: Callable[[str], Account]) -> dict[Role, Account]:
    """One account for each role of the listed round."""
    found = {Role.ORGANISER: officer}
    for role, name, station in (
        (Role.CHAIR, "chutri", None),
        (Role.BOARD_HEAD, "truongban", None),
        (Role.BOARD, "uyvien", None),
        (Role.STATION, "bannhap1", 1),
    ):
        found[role] = make_account(name)
        house.assign_desk(officer, listed_round.pk, found[role], role, station)
    return found


@pytest.fixture
def at_desk() -> Callable[[Account], Client]:
    """A browser logged in as somebody."""

    def log_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return log_in
