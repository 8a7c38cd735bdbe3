"""Rules, calendar, meeting, people, accounts and the check of a table, as pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.app.scene import Scene, sheets
from tests.app.views.invented import PASSWORD
from tinnhiem.app.actions import reconciling, result
from tinnhiem.app.models import Account, Desk, Role, Round
from tinnhiem.law import shelf

pytestmark = pytest.mark.django_db
AtDesk = Callable[[Account], Client]


@pytest.fixture
def browser(officer: Account, at_desk: AtDesk) -> Client:
    return at_desk(officer)


@pytest.mark.parametrize("book_id", shelf.ids())
def test_every_book_has_a_page(book_id: str, browser: Client) -> None:
    page = browser.get(reverse("rulebook", args=[book_id])).content.decode()
    assert shelf.book(book_id).symbol.value in page


def test_a_book_that_is_not_there_is_no_page(browser: Client) -> None:
    assert browser.get("/quy-dinh/khong-co/").status_code == 404


def test_what_is_not_read_in_the_instrument_is_shown_as_such(browser: Client, small_round: Round) -> None:
    page = browser.get(reverse("round-book", args=[small_round.pk])).content.decode()
    assert "Nội dung này chưa đối chiếu được với văn bản gốc. Đề nghị kiểm tra trước khi dùng." in page


def correct(browser: Client, round_: Round, **typed: str) -> object:
    return browser.post(reverse("book-correct", args=[round_.pk]) + "?gia-tri=rounding.digits", typed, follow=True)


def test_an_unsure_value_is_corrected_with_its_reason(browser: Client, small_round: Round) -> None:
    correct(browser, small_round, value="1", reason="Quy chế làm việc của Tỉnh ủy")
    small_round.refresh_from_db()
    expected = [{"path": "rounding.digits", "value": 1, "reason": "Quy chế làm việc của Tỉnh ủy"}]
    assert small_round.corrections == expected


def test_a_value_of_another_kind_is_refused_and_kept_in_its_box(browser: Client, small_round: Round) -> None:
    answer = correct(browser, small_round, value="hai", reason="Quy chế")
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert (answer.status_code, "không cùng loại" in page, 'value="hai"' in page) == (422, True, True)  # type: ignore[attr-defined]


def test_a_correction_without_a_reason_is_refused(browser: Client, small_round: Round) -> None:
    assert correct(browser, small_round, value="1", reason="").status_code == 422  # type: ignore[attr-defined]


def test_another_day_moves_the_deadlines_and_saves_nothing(browser: Client, small_round: Round) -> None:
    address = reverse("calendar", args=[small_round.pk])
    before = [one.due for one in browser.get(address).context["dates"]]
    tried = [one.due for one in browser.get(address, {"vote": "16/12/2026"}).context["dates"]]
    small_round.refresh_from_db()
    assert ([(late - early).days for early, late in zip(before, tried, strict=True)], small_round.vote_date.day) == (
        [1] * len(before),
        15,
    )


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        ("8", "Có mặt 8/12, cần ít nhất 8. Đủ điều kiện tiến hành."),
        ("7", "Có mặt 7/12, cần ít nhất 8. Chưa đủ điều kiện, còn thiếu 1 đồng chí."),
    ],
)
def test_the_quorum_is_told_at_once(present: str, sentence: str, browser: Client, listed_round: Round) -> None:
    address = reverse("meeting", args=[listed_round.pk])
    typed = {"part": "attendance", "members": "12", "summoned": "12", "present": present}
    assert sentence in browser.post(address, typed, follow=True).content.decode()


def test_more_present_than_summoned_is_refused_and_kept_in_its_box(browser: Client, listed_round: Round) -> None:
    address = reverse("meeting", args=[listed_round.pk])
    answer = browser.post(address, {"part": "attendance", "summoned": "12", "present": "13"})
    page = answer.content.decode()
    sentence = "Có mặt 13, nhiều hơn số triệu tập (12). Kiểm tra lại danh sách ký tên."
    assert (answer.status_code, sentence in page, 'value="13"' in page) == (422, True, True)


def test_ballots_are_told_by_type(browser: Client, listed_round: Round) -> None:
    kind = listed_round.ballot_types.get()
    typed = {"part": f"ballots-{kind.pk}", f"kind{kind.pk}-received": "15", f"kind{kind.pk}-issued": "12"}
    browser.post(reverse("meeting", args=[listed_round.pk]), typed)
    kind.refresh_from_db()
    assert (kind.received, kind.issued, kind.spoilt) == (15, 12, None)


@pytest.mark.parametrize("query", ["nguyen van binh", "Bình", "nvb", "BINH"])
def test_a_person_is_found_without_marks_and_by_initials(query: str, browser: Client, listed_round: Round) -> None:
    found = [one.full_name for one, _birth in browser.get(reverse("people"), {"tim": query}).context["people"]]
    assert "Nguyễn Văn Bình" in found


def test_a_file_shows_posts_and_rounds_and_no_result_before_the_signing(browser: Client, listed_round: Round) -> None:
    person = listed_round.subjects.get(line=1).person
    page = browser.get(reverse("person", args=[person.pk]))
    parts = page.context["parts"]
    assert ([part.round.pk for part in parts], [part.result for part in parts]) == ([listed_round.pk], [None])


def test_a_result_stands_in_the_file_once_signed_and_for_those_who_may_see_it(db: None, at_desk: AtDesk) -> None:
    scene = Scene()
    scene.open_box()
    batch = scene.divide(12)[0]
    for station in (1, 2):
        scene.key(batch, station, sheets("hhm", *["hml"] * 11))
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    result.make_count(scene.head, scene.pk)
    person = scene.fresh().subjects.get(line=2).person

    def shown(account: Account) -> list[int] | None:
        part = at_desk(account).get(reverse("person", args=[person.pk])).context["parts"][0]
        return [count for _label, count, _share in part.result.figures] if part.result else None

    before = [shown(account) for account in (scene.officer, scene.chair, scene.head)]
    result.sign(scene.head, scene.pk)
    after = [shown(account) for account in (scene.officer, scene.chair, scene.head)]
    assert (before, after) == ([None] * 3, [[1, 11, 0]] * 3)


def test_an_account_is_made_and_seated(browser: Client, small_round: Round) -> None:
    typed = {"shown_name": "Lý Thị Lan", "username": "lan", "password": PASSWORD, "again": PASSWORD}
    browser.post(reverse("account-new"), typed)
    made = Account.objects.get(username="lan")
    browser.post(reverse("desks", args=[small_round.pk]), {"account": made.pk, "role": "station", "station": "2"})
    assert [(seat.role, seat.station) for seat in Desk.objects.filter(account=made)] == [("station", 2)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "tochuc"}, "Tên đăng nhập “tochuc” đã có. Chọn tên khác."),
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu chưa đạt"),
        ({"again": "khac"}, "Hai lần nhập mật khẩu không giống nhau. Nhập lại."),
    ],
)
def test_a_refused_account_says_why_and_keeps_the_name(change: dict[str, str], sentence: str, browser: Client) -> None:
    typed = {"shown_name": "Lý Thị Lan", "username": "lan", "password": PASSWORD, "again": PASSWORD}
    answer = browser.post(reverse("account-new"), typed | change)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Lý Thị Lan" in page, PASSWORD in page) == (422, True, True, False)


def test_a_password_set_anew_opens_the_door(browser: Client, make_account: Callable[[str], Account]) -> None:
    account = make_account("quen")
    typed = {"password": "mat-khau-moi-dai", "again": "mat-khau-moi-dai"}
    browser.post(reverse("account-password", args=[account.pk]), typed)
    account.refresh_from_db()
    assert account.check_password("mat-khau-moi-dai")


def test_the_organiser_cannot_lead_the_board(browser: Client, officer: Account, small_round: Round) -> None:
    answer = browser.post(reverse("desks", args=[small_round.pk]), {"account": officer.pk, "role": "board_head"})
    sentence = "không thể đồng thời là Trưởng Ban kiểm phiếu. Chọn người khác."
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_a_table_needs_its_number(browser: Client, small_round: Round, make_account: Callable[[str], Account]) -> None:
    account = make_account("ban")
    answer = browser.post(reverse("desks", args=[small_round.pk]), {"account": account.pk, "role": "station"})
    assert (answer.status_code, "Chọn số của bàn nhập: 1, 2 hoặc 3." in answer.content.decode()) == (422, True)


def test_a_station_finds_its_own_round_and_its_own_work(
    seated: dict[Role, Account], listed_round: Round, at_desk: AtDesk
) -> None:
    page = at_desk(seated[Role.STATION]).get("/").content.decode()
    assert (listed_round.title in page, "Lập đợt lấy phiếu mới" in page) == (True, False)


TABLE = """STT\tHọ và tên\tTín nhiệm cao\tTỷ lệ % tín nhiệm cao\tTín nhiệm\tTỷ lệ % tín nhiệm\tTín nhiệm thấp\tTỷ lệ % tín nhiệm thấp
1\tNguyễn Văn An\t40\t85,11\t5\t10,64\t2\t4,26
2\tTrần Thị Bích\t19\t40,43\t2\t4,26\t25\t53,19
3\tLê Văn Cường\t30\t66,83\t10\t21,28\t7\t14,89
4\tPhạm Văn Dũng\t40\t\t6\t\t\t"""


def rating_book() -> str:
    return next(
        one for one in shelf.ids() if "party_committee" in shelf.book(one).bodies and shelf.book(one).kind == "rating"
    )


def test_a_table_is_told_row_by_row(browser: Client) -> None:
    typed = {"book": rating_book(), "returned": "47", "table": TABLE}
    rows = browser.post(reverse("check-table"), typed).context["rows"]
    assert [row["verdict"] for row in rows] == ["đúng", "đúng", "không thể có", "thiếu số liệu"]


def test_an_impossible_percentage_is_told_with_what_it_should_be(browser: Client) -> None:
    typed = {"book": rating_book(), "returned": "47", "table": TABLE}
    rows = browser.post(reverse("check-table"), typed).context["rows"]
    assert rows[2]["said"] == ["Tín nhiệm cao: %: in 66,83, tính ra 63,83."]


def test_a_cell_that_is_no_number_is_told_with_its_place(browser: Client) -> None:
    typed = {"book": rating_book(), "returned": "47", "table": TABLE.replace("\t40\t85,11", "\tbốn mươi\t85,11")}
    answer = browser.post(reverse("check-table"), typed)
    assert (answer.status_code, "Dòng 2, cột C (Tín nhiệm cao)" in answer.content.decode()) == (422, True)


def test_a_table_of_another_vote_is_told_as_having_no_figures(browser: Client) -> None:
    typed = {"book": rating_book(), "table": "STT\tHọ và tên\n1\tNguyễn Văn An"}
    answer = browser.post(reverse("check-table"), typed)
    assert (answer.status_code, "Không nhận ra cột số phiếu hoặc tỷ lệ nào." in answer.content.decode()) == (422, True)
