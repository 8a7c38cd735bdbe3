"""The three lists: importing all or nothing, mending cells in the preview, the order, who is left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from tests.app.views.invented import table
from tinnhiem.app.actions import process
from tinnhiem.app.models import Account, Round
from tinnhiem.roster import read_bytes

pytestmark = pytest.mark.django_db
AtDesk = Callable[[Account], Client]
CASES = Path(__file__).parents[2] / "cases" / "rosters"
FAULTY = (
    "STT\tHọ và tên\tNgày sinh\tChức vụ in trên phiếu\n"
    "1\tNguyễn Văn An\t31/02/1970\tBí thư\n"
    "2\tTrần Thị Bích\t5/1975\tPhó Bí thư"
)


@pytest.fixture
def browser(officer: Account, at_desk: AtDesk) -> Client:
    return at_desk(officer)


def upload(browser: Client, round_: Round, kind: str, **sent: object) -> object:
    return browser.post(reverse("list-import", args=[round_.pk, kind]), sent, follow=True)


def boxes(answer: object) -> dict[str, str]:
    """The boxes of the preview as a browser would send them back."""
    rows = answer.context["table"].rows  # type: ignore[attr-defined]
    return {cell.name: cell.value for row in rows for cell in row.cells}


def test_a_file_is_shown_before_anything_is_saved(browser: Client, small_round: Round) -> None:
    upload(browser, small_round, "subjects", pasted=table("subjects", 9))
    assert small_round.subjects.count() == 0


def test_a_list_without_faults_is_saved_whole(browser: Client, small_round: Round) -> None:
    shown = upload(browser, small_round, "subjects", pasted=table("subjects", 9))
    browser.post(reverse("list-preview", args=[small_round.pk, "subjects"]), boxes(shown) | {"do": "save"})
    assert [row.line for row in small_round.subjects.all()] == list(range(1, 10))


def test_one_fault_keeps_every_line_out(browser: Client, small_round: Round) -> None:
    shown = upload(browser, small_round, "subjects", pasted=FAULTY)
    answer = browser.post(reverse("list-preview", args=[small_round.pk, "subjects"]), boxes(shown) | {"do": "save"})
    assert (answer.status_code, small_round.subjects.count()) == (422, 0)


def test_a_fault_stands_at_its_cell(browser: Client, small_round: Round) -> None:
    shown = upload(browser, small_round, "subjects", pasted=FAULTY)
    faults = {cell.name: cell.fault for row in shown.context["table"].rows for cell in row.cells if cell.fault}  # type: ignore[attr-defined]
    assert faults == {"cell-C2": "“31/02/1970” không phải là ngày tháng. Ghi ngày/tháng/năm, tháng/năm hoặc năm."}


def test_a_cell_mended_in_the_preview_mends_the_list(browser: Client, small_round: Round) -> None:
    shown = upload(browser, small_round, "subjects", pasted=FAULTY)
    address = reverse("list-preview", args=[small_round.pk, "subjects"])
    browser.post(address, boxes(shown) | {"cell-C2": "28/02/1970", "do": "check"})
    browser.post(address, {"do": "save"})
    assert [row.person.birth for row in small_round.subjects.order_by("line")] == ["1970-02-28", "1975-05"]


def test_what_was_mended_is_kept_when_saving_is_refused(browser: Client, small_round: Round) -> None:
    shown = upload(browser, small_round, "subjects", pasted=FAULTY)
    address = reverse("list-preview", args=[small_round.pk, "subjects"])
    answer = browser.post(address, boxes(shown) | {"cell-D3": "Phó Bí thư Thường trực", "do": "save"})
    assert boxes(answer)["cell-D3"] == "Phó Bí thư Thường trực"


def test_a_preview_sent_back_as_it_was_changes_nothing(browser: Client, small_round: Round) -> None:
    for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
        file = next((one for one in folder.iterdir() if one.suffix in (".xlsx", ".xls", ".ods")), None)
        if file is None:
            continue
        shown = upload(browser, small_round, "subjects", file=SimpleUploadedFile(file.name, file.read_bytes()))
        if "table" not in shown.context:  # type: ignore[attr-defined]
            continue
        before = boxes(shown)
        address = reverse("list-preview", args=[small_round.pk, "subjects"])
        again = browser.post(address, before | {"do": "check"}, follow=True)
        assert (folder.name, boxes(again)) == (folder.name, before)


def test_a_column_may_be_taken_for_something_else(browser: Client, small_round: Round) -> None:
    text = "STT\tHọ và tên\tNgạch\n1\tNguyễn Văn An\tBí thư\n2\tTrần Thị Bích\tPhó Bí thư"
    shown = upload(browser, small_round, "subjects", pasted=text)
    address = reverse("list-preview", args=[small_round.pk, "subjects"])
    browser.post(address, boxes(shown) | {"column-C": "post", "do": "save"})
    assert [row.post for row in small_round.subjects.order_by("line")] == ["Bí thư", "Phó Bí thư"]


def test_a_question_is_answered_in_the_preview(browser: Client, small_round: Round) -> None:
    text = table("voters", 3) + "\nDanh sách có 4 đồng chí"
    shown = upload(browser, small_round, "voters", pasted=text)
    key = shown.context["table"].questions[0][0]  # type: ignore[attr-defined]
    address = reverse("list-preview", args=[small_round.pk, "voters"])
    browser.post(address, boxes(shown) | {f"answer-{key}": "on", "do": "save"})
    assert small_round.voters.count() == 3


def test_text_in_an_old_encoding_is_shown_beside_what_stood_in_the_file(browser: Client, small_round: Round) -> None:
    folder = CASES / "07-tcvn3"
    file = next(one for one in folder.iterdir() if one.suffix in (".xlsx", ".xls"))
    shown = upload(browser, small_round, "subjects", file=SimpleUploadedFile(file.name, file.read_bytes()))
    cells = [cell for row in shown.context["table"].rows for cell in row.cells if cell.was]  # type: ignore[attr-defined]
    assert {cell.value == cell.was for cell in cells} == {False}


def test_a_file_that_is_no_list_is_refused_with_what_to_do(browser: Client, small_round: Round) -> None:
    sent = SimpleUploadedFile("danh-sach.csv", b"a,b\n1,2\n")
    answer = upload(browser, small_round, "subjects", file=sent)
    assert (answer.status_code, "nên không nhận. Lưu thành .xlsx" in answer.content.decode()) == (422, True)  # type: ignore[attr-defined]


def test_nothing_chosen_is_told_so(browser: Client, small_round: Round) -> None:
    answer = upload(browser, small_round, "subjects", pasted="")
    assert "Chọn một tệp hoặc dán một bảng." in answer.content.decode()  # type: ignore[attr-defined]


def test_the_template_comes_back_as_three_empty_lists(browser: Client, small_round: Round) -> None:
    answer = browser.get(reverse("list-template", args=[small_round.pk]))
    found = read_bytes(answer.content, "mau.xlsx")
    assert found.people == ()


def test_the_list_of_faults_is_a_workbook(browser: Client, small_round: Round) -> None:
    upload(browser, small_round, "subjects", pasted=FAULTY)
    answer = browser.get(reverse("list-faults", args=[small_round.pk, "subjects"]))
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Chỗ cần sửa", "Dòng 2, cột C (Ngày sinh)"]


def test_the_three_lists_of_one_file_are_saved_one_after_another(browser: Client, small_round: Round) -> None:
    file = next((CASES / "16-tep-mau-da-dien").glob("*.xlsx"))
    answer = upload(browser, small_round, "subjects", file=SimpleUploadedFile(file.name, file.read_bytes()))
    for kind, mended in (("subjects", {}), ("voters", {}), ("board", {"cell-D4": "Ủy viên"})):
        address = reverse("list-preview", args=[small_round.pk, kind])
        answer = browser.post(address, boxes(answer) | mended | {"do": "save"}, follow=True)
    found = [rows.count() for rows in (small_round.subjects, small_round.voters, small_round.board)]
    assert found == [len(roster.people) for roster in read_bytes(file.read_bytes(), file.name).rosters]


def test_frozen_lists_take_no_file(officer: Account, browser: Client, listed_round: Round) -> None:
    for state in ("submitted", "plan_approved", "dossiers_in", "dossiers_out"):
        process.pass_over(officer, listed_round.pk, state, "không làm")
    process.advance(officer, listed_round.pk, "lists_frozen")
    answer = browser.get(reverse("list-import", args=[listed_round.pk, "subjects"]))
    assert (answer.status_code, "Danh sách đã chốt nên không sửa được nữa." in answer.content.decode()) == (409, True)


def names(round_: Round) -> list[str]:
    return list(
        round_.subjects.filter(line__isnull=False).order_by("line").values_list("person__given_name", flat=True)
    )


def test_one_place_up_is_one_place_up(browser: Client, listed_round: Round) -> None:
    before = names(listed_round)
    third = listed_round.subjects.get(line=3)
    browser.post(reverse("subject-order", args=[listed_round.pk]), {"move": f"{third.pk}/up"})
    assert names(listed_round) == [before[0], before[2], before[1], *before[3:]]


def test_a_number_typed_moves_the_person_there(browser: Client, listed_round: Round) -> None:
    before = names(listed_round)
    last = listed_round.subjects.get(line=9)
    browser.post(reverse("subject-order", args=[listed_round.pk]), {f"place-{last.pk}": "2"})
    assert names(listed_round) == [before[0], before[8], *before[1:8]]


def test_a_person_left_out_gives_up_the_line(browser: Client, listed_round: Round) -> None:
    first = listed_round.subjects.get(line=1)
    typed = {"part": "exempt", "exempt-code": "stated", "exempt-reason": "Đang chữa bệnh, đơn ngày 01/12/2026"}
    browser.post(reverse("subject", args=[listed_round.pk, first.pk]), typed)
    first.refresh_from_db()
    assert (first.line, first.exemption, listed_round.subjects.filter(line__isnull=False).count()) == (
        None,
        "stated",
        8,
    )


def test_a_person_put_back_stands_last(browser: Client, listed_round: Round) -> None:
    first = listed_round.subjects.get(line=1)
    address = reverse("subject", args=[listed_round.pk, first.pk])
    browser.post(address, {"part": "exempt", "exempt-code": "stated", "exempt-reason": "đơn"})
    browser.post(address, {"part": "restore"})
    first.refresh_from_db()
    assert first.line == 9


def test_leaving_out_without_a_reason_is_refused_under_its_box(browser: Client, listed_round: Round) -> None:
    first = listed_round.subjects.get(line=1)
    answer = browser.post(
        reverse("subject", args=[listed_round.pk, first.pk]), {"part": "exempt", "exempt-code": "stated"}
    )
    assert (answer.status_code, "Ô này chưa ghi." in answer.content.decode()) == (422, True)


def test_somebody_in_post_since_this_year_is_to_be_looked_at(browser: Client, listed_round: Round) -> None:
    first = listed_round.subjects.get(line=1)
    typed = {"part": "person", "name": first.name, "post": first.post, "regime": "can-bo", "since": "01/03/2026"}
    page = browser.post(reverse("subject", args=[listed_round.pk, first.pk]), typed, follow=True)
    assert [line.subject.pk for line in page.context["advised"]] == [first.pk]


def test_people_stay_with_their_type_and_move_when_told(browser: Client, listed_round: Round) -> None:
    address = reverse("ballot-types", args=[listed_round.pk])
    browser.post(address, {"titles": "Chủ tịch\nPhó Chủ tịch"})
    moved = listed_round.subjects.get(line=9)
    browser.post(address, {"titles": "Chủ tịch\nPhó Chủ tịch", f"type-{moved.pk}": "1"})
    counts = [(kind.title, kind.subjects.count()) for kind in listed_round.ballot_types.all()]
    assert counts == [("Chủ tịch", 8), ("Phó Chủ tịch", 1)]


def test_two_types_of_one_name_are_refused(browser: Client, listed_round: Round) -> None:
    answer = browser.post(reverse("ballot-types", args=[listed_round.pk]), {"titles": "Chủ tịch\nChủ tịch"})
    assert (answer.status_code, "Có hai loại phiếu trùng tên." in answer.content.decode()) == (422, True)
