"""Địa chỉ các trang của bàn làm việc: rounds, lists, rules, the meeting, people, accounts, the check of a table."""

from __future__ import annotations

from typing import get_args

from django.urls import path, register_converter
from django.views.i18n import set_language

from tinnhiem.app.views import (
    accounts,
    ballots,
    desk,
    imports,
    lists,
    meeting,
    people,
    roster_files,
    rounds,
    rulebooks,
    steps,
    tables,
)
from tinnhiem.people import fold
from tinnhiem.poll.round import ACT_NAMES, STATE_NAMES
from tinnhiem.roster.model import SheetKind


def _slug(words: str) -> str:
    return fold(words).replace(",", "").replace(" ", "-")


class _Spoken:
    """A code of the program as a word in the address, and back."""

    regex = "[a-z-]+"
    slugs: dict[str, str] = {}

    def to_python(self, value: str) -> str:
        """The code behind a word; an unknown word is no address."""
        for code, slug in self.slugs.items():
            if slug == value:
                return code
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        """The word for a code."""
        return self.slugs[value]


class _Kind(_Spoken):
    slugs = dict(zip(get_args(SheetKind), ("nguoi-duoc-lay-phieu", "nguoi-ghi-phieu", "ban-kiem-phieu"), strict=True))


class _State(_Spoken):
    slugs = {code: _slug(vi) for code, (vi, _en) in STATE_NAMES.items()}


class _Act(_Spoken):
    slugs = {code: _slug(vi) for code, (vi, _en) in ACT_NAMES.items()}


register_converter(_Kind, "kind")
register_converter(_State, "state")
register_converter(_Act, "act")

organiser_urls = [
    path("", desk.desk, name="desk"),
    path("gio/", desk.clock, name="clock"),
    path("ngon-ngu/", set_language, name="language"),
    path("dot/moi/", rounds.new, name="round-new"),
    path("dot/sao-chep/", rounds.copy, name="round-copy"),
    path("dot/<uuid:round_id>/", rounds.overview, name="round"),
    path("dot/<uuid:round_id>/thiet-lap/", rounds.settings, name="settings"),
    path("dot/<uuid:round_id>/buoc/<state:wanted>/", steps.step, name="step"),
    path("dot/<uuid:round_id>/ghi-nhan/<act:code>/", steps.act, name="act"),
    path("dot/<uuid:round_id>/tam-dung/", steps.pause, name="pause"),
    path("dot/<uuid:round_id>/tiep-tuc/", steps.resume, name="resume"),
    path("dot/<uuid:round_id>/huy/", steps.cancel, name="cancel"),
    path("dot/<uuid:round_id>/nguoi-duoc-lay-phieu/", lists.subjects, name="subjects"),
    path("dot/<uuid:round_id>/nguoi-duoc-lay-phieu/thu-tu/", lists.order, name="subject-order"),
    path("dot/<uuid:round_id>/nguoi-duoc-lay-phieu/<int:subject_id>/", lists.subject, name="subject"),
    path("dot/<uuid:round_id>/nguoi-ghi-phieu/", lists.voters, name="voters"),
    path("dot/<uuid:round_id>/ban-kiem-phieu/", lists.board, name="board"),
    path("dot/<uuid:round_id>/loai-phieu/", lists.ballot_types, name="ballot-types"),
    path("dot/<uuid:round_id>/phieu/", ballots.ballots, name="ballots"),
    path("dot/<uuid:round_id>/phieu/ma-ngau-nhien/", ballots.codes, name="ballots-codes"),
    path("dot/<uuid:round_id>/phieu/<int:kind_id>/tai/", ballots.take, name="ballots-take"),
    path("dot/<uuid:round_id>/phieu/<int:kind_id>/phieu-mau.pdf", ballots.sample, name="ballot-sample"),
    path("dot/<uuid:round_id>/phieu/<int:kind_id>/mat-<int:side>.png", ballots.picture, name="ballot-picture"),
    path("dot/<uuid:round_id>/danh-sach/mau/", roster_files.template, name="list-template"),
    path("dot/<uuid:round_id>/danh-sach/<kind:kind>/nhap/", imports.upload, name="list-import"),
    path("dot/<uuid:round_id>/danh-sach/<kind:kind>/xem-truoc/", imports.preview, name="list-preview"),
    path("dot/<uuid:round_id>/danh-sach/<kind:kind>/loi/", roster_files.faults, name="list-faults"),
    path("dot/<uuid:round_id>/quy-dinh/", rulebooks.round_book, name="round-book"),
    path("dot/<uuid:round_id>/quy-dinh/dieu-chinh/", rulebooks.correct, name="book-correct"),
    path("dot/<uuid:round_id>/thoi-han/", rulebooks.calendar, name="calendar"),
    path("dot/<uuid:round_id>/hoi-nghi/", meeting.meeting, name="meeting"),
    path("dot/<uuid:round_id>/ban-lam-viec/", accounts.desks, name="desks"),
    path("quy-dinh/", rulebooks.rulebooks, name="rulebooks"),
    path("quy-dinh/<slug:book_id>/", rulebooks.rulebook, name="rulebook"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/moi/", accounts.new, name="account-new"),
    path("tai-khoan/<int:account_id>/mat-khau/", accounts.password, name="account-password"),
    path("kiem-tra-bang/", tables.check_table, name="check-table"),
]
