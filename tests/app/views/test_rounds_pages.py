"""Making a round, its overview, its steps: what the organiser sees and what is refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.views.invented import PASSWORD
from tinnhiem.app.actions import process, rounds
from tinnhiem.app.models import Account, Role, Round
from tinnhiem.app.queries.papers import papers_of

pytestmark = pytest.mark.django_db
AtDesk = Callable[[Account], Client]
PLAN = {
    "title": "Lấy phiếu tín nhiệm năm 2026",
    "kind": "rating",
    "body_kind": "party_committee",
    "body_name": "Đảng ủy xã Bình Minh",
    "vote_date": "15/12/2026",
}


def test_an_empty_house_leads_to_the_first_page(db: None) -> None:
    assert Client().get("/").headers["Location"] == "/mo-dau/"


def test_the_first_account_opens_the_desk(db: None) -> None:
    browser = Client()
    typed = {"shown_name": "Nguyễn Thị An", "username": "an", "password": PASSWORD, "again": PASSWORD}
    answer = browser.post("/mo-dau/", typed, follow=True)
    assert "Chưa có đợt lấy phiếu nào trên máy này." in answer.content.decode()


def test_a_wrong_password_is_told_with_what_to_check(officer: Account) -> None:
    answer = Client().post("/dang-nhap/", {"username": "tochuc", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.content.decode()


def test_a_round_is_made_under_the_book_of_its_body_and_day(officer: Account, at_desk: AtDesk) -> None:
    at_desk(officer).post("/dot/moi/", PLAN)
    made = Round.objects.get()
    assert (made.title, made.vote_date) == (PLAN["title"], datetime.date(2026, 12, 15))


def test_a_date_before_any_book_is_refused_and_the_form_keeps_what_was_typed(officer: Account, at_desk: AtDesk) -> None:
    answer = at_desk(officer).post("/dot/moi/", PLAN | {"vote_date": "15/12/1999"})
    page = answer.content.decode()
    assert (answer.status_code, "đứng trước ngày đó" in page, PLAN["title"] in page, Round.objects.count()) == (
        422,
        True,
        True,
        0,
    )


def test_a_day_that_is_none_is_told_under_its_box(officer: Account, at_desk: AtDesk) -> None:
    answer = at_desk(officer).post("/dot/moi/", PLAN | {"vote_date": "31/02/2026"})
    assert (answer.status_code, "Ghi ngày/tháng/năm, ví dụ 05/07/2026." in answer.content.decode()) == (422, True)


def test_a_copied_round_takes_the_settings_and_no_list(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    rounds.change_settings(officer, listed_round.pk, batch_size=20)
    typed = {"source": listed_round.pk, "title": "Đợt sau", "vote_date": "20/12/2026"}
    at_desk(officer).post("/dot/sao-chep/", typed)
    made = Round.objects.get(title="Đợt sau")
    assert (made.batch_size, made.subjects.count()) == (20, 0)


def test_the_overview_shows_the_next_step_and_its_button(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    page = at_desk(officer).get(reverse("round", args=[small_round.pk])).content.decode()
    button = reverse("list-import", args=[small_round.pk, "subjects"])
    assert (page.count("button--primary"), button in page) == (1, True)


def test_a_step_is_asked_before_it_is_taken(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    at_desk(officer).get(reverse("step", args=[small_round.pk, "submitted"]))
    small_round.refresh_from_db()
    assert small_round.state == "draft"


def test_a_step_is_taken_by_its_button(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    at_desk(officer).post(reverse("step", args=[small_round.pk, "submitted"]))
    small_round.refresh_from_db()
    assert small_round.state == "submitted"


def test_a_step_out_of_order_is_refused_on_its_page(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    answer = at_desk(officer).post(reverse("step", args=[small_round.pk, "voting"]))
    sentence = "Đang ở bước “Dự thảo”; bước kế tiếp là “Trình duyệt”, không phải “Đang bỏ phiếu”."
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_a_step_with_an_act_missing_leads_to_that_act(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    page = at_desk(officer).get(reverse("step", args=[listed_round.pk, "voting"])).content.decode()
    act = reverse("act", args=[listed_round.pk, "box_checked_and_sealed"])
    assert (page.count("button--primary"), act in page) == (1, True)


def test_a_step_passed_over_needs_its_reason(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    answer = at_desk(officer).post(
        reverse("step", args=[small_round.pk, "submitted"]), {"pass_over": "1", "reason": " "}
    )
    assert (answer.status_code, "Ghi rõ lý do hoặc số, ngày của quyết định." in answer.content.decode()) == (422, True)


def test_a_step_passed_over_stands_on_the_overview_with_its_reason(
    officer: Account, small_round: Round, at_desk: AtDesk
) -> None:
    browser = at_desk(officer)
    typed = {"pass_over": "1", "reason": "Cơ quan nhỏ"}
    page = browser.post(reverse("step", args=[small_round.pk, "submitted"]), typed, follow=True).content.decode()
    assert "Trình duyệt: không áp dụng – Cơ quan nhỏ" in page


def test_lists_with_nobody_on_them_are_not_frozen(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    for state in ("submitted", "plan_approved", "dossiers_in", "dossiers_out"):
        process.pass_over(officer, small_round.pk, state, "không làm")
    answer = at_desk(officer).post(reverse("step", args=[small_round.pk, "lists_frozen"]))
    sentence = "Chưa có người được lấy phiếu. Nhập danh sách trước khi chốt."
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_an_act_without_names_keeps_the_hour_typed(
    seated: dict[Role, Account], listed_round: Round, at_desk: AtDesk
) -> None:
    address = reverse("act", args=[listed_round.pk, "box_checked_and_sealed"])
    answer = at_desk(seated[Role.BOARD_HEAD]).post(address, {"hour": "07:45", "names": ""})
    assert (answer.status_code, "07:45" in answer.content.decode()) == (422, True)


def test_a_round_is_cancelled_by_decision_only(officer: Account, small_round: Round, at_desk: AtDesk) -> None:
    browser, address = at_desk(officer), reverse("cancel", args=[small_round.pk])
    refused = browser.post(address, {"reason": ""})
    browser.post(address, {"reason": "QĐ 12 ngày 01/12/2026"})
    small_round.refresh_from_db()
    assert (refused.status_code, small_round.state) == (422, "cancelled")


def test_settings_are_kept_until_the_lists_are_frozen(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    address = reverse("settings", args=[listed_round.pk])
    browser = at_desk(officer)
    initial = browser.get(address).context["form"].initial
    typed = {name: value for name, value in initial.items() if value not in (None, False)}
    browser.post(address, typed | {"pairing": "three", "batch_size": "10"})
    listed_round.refresh_from_db()
    assert (listed_round.pairing, listed_round.batch_size) == ("three", 10)


def test_printing_by_name_is_the_order_that_the_papers_know(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    fields = at_desk(officer).get(reverse("settings", args=[listed_round.pk])).context["form"].fields
    orders = []
    for code, _label in fields["list_order"].choices:
        listed_round.list_order = code
        orders.append(papers_of(listed_round).order)
    assert orders == ["list", "name"]


def test_one_table_twice_is_offered_up_to_sixty_sheets_only(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    address = reverse("settings", args=[listed_round.pk])
    offered = []
    for summoned in (60, 61):
        Round.objects.filter(pk=listed_round.pk).update(summoned=summoned)
        offered.append("same_table" in at_desk(officer).get(address).context["form"].fields)
    assert offered == [True, False]


def test_a_small_body_is_warned_of_unanimity(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    warning = "Cơ quan nhỏ: nếu mọi phiếu giống nhau thì ai cũng biết người khác ghi gì."
    address = reverse("round", args=[listed_round.pk])
    shown = []
    for summoned in (12, 9):
        Round.objects.filter(pk=listed_round.pk).update(summoned=summoned)
        shown.append(warning in at_desk(officer).get(address).content.decode())
    assert shown == [False, True]


def test_a_vote_that_is_not_quorate_is_warned_of_before_it_begins(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    Round.objects.filter(pk=listed_round.pk).update(present=7)
    page = at_desk(officer).get(reverse("step", args=[listed_round.pk, "voting"]))
    assert page.context["warnings"] == ["Có mặt 7/12, cần ít nhất 8. Chưa đủ điều kiện, còn thiếu 1 đồng chí."]


@pytest.mark.parametrize(("known", "offered"), [(None, False), (12, True)])
def test_voting_is_closed_once_the_ballots_issued_are_told(
    known: int | None, offered: bool, officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    listed_round.ballot_types.update(issued=known)
    page = at_desk(officer).get(reverse("step", args=[listed_round.pk, "closed"])).content.decode()
    assert ("Sau bước này không nhận thêm phiếu vào thùng phiếu." in page) == offered
