"""Which page opens for whom: a page that is not a role's answers 403 with the roles that may, never a blank."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tinnhiem.app.models import Account, Role, Round

pytestmark = pytest.mark.django_db

AtDesk = Callable[[Account], Client]
PREPARE = {Role.ORGANISER}
EVERYBODY = set(Role)
ROUND_PAGES: dict[tuple[str, ...], set[Role]] = {
    ("round",): EVERYBODY,
    ("settings",): PREPARE,
    ("subjects",): PREPARE,
    ("voters",): PREPARE,
    ("board",): PREPARE,
    ("ballot-types",): PREPARE,
    ("ballots",): PREPARE,
    ("images",): {Role.ORGANISER, Role.BOARD_HEAD, Role.BOARD},
    ("random-check",): {Role.BOARD_HEAD, Role.BOARD},
    ("list-template",): PREPARE,
    ("list-import", "subjects"): PREPARE,
    ("round-book",): EVERYBODY,
    ("calendar",): EVERYBODY,
    ("meeting",): {Role.ORGANISER, Role.BOARD_HEAD},
    ("desks",): PREPARE,
    ("step", "submitted"): PREPARE,
    ("step", "voting"): {Role.ORGANISER, Role.BOARD_HEAD},
    ("step", "counting"): {Role.BOARD_HEAD, Role.BOARD},
    ("step", "announced"): {Role.ORGANISER, Role.CHAIR},
    ("act", "box_checked_and_sealed"): {Role.ORGANISER, Role.BOARD_HEAD},
    ("act", "ballots_sealed"): {Role.BOARD_HEAD, Role.BOARD},
}
HOUSE_PAGES: dict[str, set[Role]] = {
    "desk": EVERYBODY,
    "clock": EVERYBODY,
    "rulebooks": EVERYBODY,
    "check-table": EVERYBODY,
    "people": EVERYBODY - {Role.STATION},
    "round-new": PREPARE,
    "round-copy": PREPARE,
    "accounts": PREPARE,
    "account-new": PREPARE,
}


@pytest.mark.parametrize("name", list(ROUND_PAGES), ids="-".join)
def test_a_page_of_a_round_opens_for_its_roles_only(
    name: tuple[str, ...], seated: dict[Role, Account], listed_round: Round, at_desk: AtDesk
) -> None:
    address = reverse(name[0], args=[listed_round.pk, *name[1:]])
    statuses = {role: at_desk(account).get(address).status_code for role, account in seated.items()}
    assert statuses == {role: 200 if role in ROUND_PAGES[name] else 403 for role in Role}


@pytest.mark.parametrize("name", list(HOUSE_PAGES))
def test_a_page_of_the_house_opens_for_its_roles_only(name: str, seated: dict[Role, Account], at_desk: AtDesk) -> None:
    statuses = {role: at_desk(account).get(reverse(name)).status_code for role, account in seated.items()}
    assert statuses == {role: 200 if role in HOUSE_PAGES[name] else 403 for role in Role}


def test_nobody_sees_a_round_without_logging_in(listed_round: Round) -> None:
    answer = Client().get(reverse("round", args=[listed_round.pk]))
    assert answer.headers["Location"] == f"/dang-nhap/?next=/dot/{listed_round.pk}/"


def test_an_account_without_a_desk_in_the_round_is_refused(
    listed_round: Round, make_account: Callable[[str], Account], at_desk: AtDesk
) -> None:
    answer = at_desk(make_account("nguoila")).get(reverse("round", args=[listed_round.pk]))
    assert answer.status_code == 403


def test_a_refusal_names_the_desks_that_may(seated: dict[Role, Account], listed_round: Round, at_desk: AtDesk) -> None:
    answer = at_desk(seated[Role.STATION]).get(reverse("voters", args=[listed_round.pk]))
    assert (
        "Việc này dành cho: Chuyên viên tổ chức. Đề nghị đăng nhập bằng tài khoản của bàn đó."
        in answer.content.decode()
    )


def test_a_round_that_is_not_there_is_told_so(officer: Account, at_desk: AtDesk) -> None:
    answer = at_desk(officer).get(reverse("round", args=["00000000-0000-4000-8000-000000000000"]))
    assert answer.status_code == 404


def test_a_form_without_its_token_is_refused(officer: Account, small_round: Round) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    answer = browser.post(reverse("cancel", args=[small_round.pk]), {"reason": "QĐ 1"})
    small_round.refresh_from_db()
    assert (answer.status_code, small_round.state) == (403, "draft")


@pytest.mark.parametrize("name", ["pause", "resume", "cancel", "subject-order"])
def test_what_changes_a_round_does_not_answer_to_a_look(
    name: str, officer: Account, small_round: Round, at_desk: AtDesk
) -> None:
    assert at_desk(officer).get(reverse(name, args=[small_round.pk])).status_code == 405


def test_no_page_keeps_scripts_or_styles_of_its_own(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    browser = at_desk(officer)
    pages = [reverse(name[0], args=[listed_round.pk, *name[1:]]) for name in ROUND_PAGES if name[0] != "list-template"]
    found = [
        page
        for page in pages
        if any(mark in browser.get(page).content.decode() for mark in ("style=", "onclick=", "<style"))
    ]
    assert found == []
