"""Trang Phiếu: the form of the ballot, its pictures and downloads, the decision on random codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL.Image import Image

from tinnhiem.app.actions import process
from tinnhiem.app.models import Account, BallotCode, EventRow, Role, Round
from tinnhiem.app.queries.ballot_form import form_of, layout_of
from tinnhiem.app.queries.ballot_prints import is_code_of, unread_prints
from tinnhiem.app.queries.values import types_of
from tinnhiem.paper.scan.images import load_page
from tinnhiem.paper.scan.layouts import Layouts
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.scan.read_page import read_page

pytestmark = pytest.mark.django_db
AtDesk = Callable[[Account], Client]
FORM = {
    "sheet_paper": "A4",
    "sheet_signature": "book",
    "sheet_stamp": "book",
    "meeting": "Hội nghị lần thứ 12",
    "subject_words": "",
}
AS_STORED = {
    "sqlite": "SELECT digest FROM app_ballotcode ORDER BY rowid",
    "postgresql": "SELECT digest FROM app_ballotcode ORDER BY ctid",
}
DECISION = {"number": "01-QĐ/BKP", "day": "10/12/2026"}


@pytest.fixture
def frozen(seated: dict[Role, Account], listed_round: Round) -> Round:
    """The lists frozen: the ballots may be printed."""
    for state in ("submitted", "plan_approved", "dossiers_in", "dossiers_out"):
        process.pass_over(seated[Role.ORGANISER], listed_round.pk, state, "không làm trong đợt này")
    process.advance(seated[Role.ORGANISER], listed_round.pk, "lists_frozen")
    listed_round.refresh_from_db()
    return listed_round


def kind_of(round_: Round) -> int:
    return types_of(round_)[0].pk


def page_of(browser: Client, round_: Round) -> str:
    return browser.get(reverse("ballots", args=[round_.pk])).content.decode()


def taken(browser: Client, round_: Round, **typed: str | int) -> bytes:
    answer = browser.post(reverse("ballots-take", args=[round_.pk, kind_of(round_)]), {"copies": 1} | typed)
    assert answer.headers["Content-Type"] == "application/pdf", answer.content.decode()
    return answer.content


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def read_as_scanned(drawn: Image, round_: Round) -> PageReading:
    """A printed side at 200 dots an inch, given to the reader."""
    kept = BytesIO()
    drawn.save(kept, "PNG")
    return read_page(load_page(kept.getvalue(), "phieu.png", 0), Layouts(layout_of(round_)))


def refusal_of(page: str) -> list[str]:
    return re.findall(r"notice--fault.*?<p>([^<]+)</p>", page, flags=re.DOTALL)


def test_before_the_lists_are_frozen_only_the_sample_is_there(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    page = page_of(at_desk(officer), listed_round)
    assert ("Tải phiếu để in" in page, "phieu-mau.pdf" in page) == (False, True)


def test_ballots_asked_for_too_early_are_refused_with_the_reason(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    answer = at_desk(officer).post(
        reverse("ballots-take", args=[listed_round.pk, kind_of(listed_round)]), {"copies": 3}
    )
    assert (answer.status_code, refusal_of(answer.content.decode())[:1]) == (
        422,
        [
            "Chốt danh sách rồi mới tải phiếu để in: sửa một tên hay chức vụ là phiếu đã in không dùng được. Bây giờ chỉ tải được phiếu mẫu."
        ],
    )


def test_as_many_sheets_are_printed_as_asked_for(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    pages = len(pypdfium2.PdfDocument(taken(at_desk(officer), frozen, copies=7)))
    assert pages == 7 * len(layout_of(frozen).pages)


def test_every_name_stands_on_the_ballot(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    text = " ".join(text_of(taken(at_desk(officer), frozen)).split())
    names = list(frozen.subjects.values_list("name", flat=True))
    assert [name for name in names if name not in text] == []


def test_what_is_printed_is_what_the_reader_reads_by(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    pdf = taken(at_desk(officer), frozen)
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    reading = read_as_scanned(drawn, frozen)
    assert (reading.status, reading.page, [row.state for row in reading.rows]) == ("read", 1, ["blank"] * 9)


def test_a_download_is_written_into_the_ledger(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    taken(at_desk(officer), frozen, copies=15)
    told = EventRow.objects.get(round=frozen, code="ballots_taken").data
    assert told == {
        "of_type": "",
        "copies": 15,
        "how": "phiếu cho máy đọc",
        "layout": layout_of(frozen).hash[:16].upper(),
    }


def test_a_form_changed_after_a_download_warns_that_the_prints_are_lost(
    officer: Account, frozen: Round, at_desk: AtDesk
) -> None:
    browser = at_desk(officer)
    taken(browser, frozen, copies=15)
    warning = "Phiếu in từ những lần tải này không dùng được nữa"
    before = warning in page_of(browser, frozen)
    browser.post(reverse("ballots", args=[frozen.pk]), FORM | {"sheet_paper": "A5"})
    assert (before, warning in page_of(browser, frozen)) == (False, True)


def test_plain_sheets_outlive_a_change_of_the_form(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    browser = at_desk(officer)
    taken(browser, frozen, plain=1)
    browser.post(reverse("ballots", args=[frozen.pk]), FORM | {"sheet_paper": "A5"})
    frozen.refresh_from_db()
    assert unread_prints(frozen) == ()


def test_the_form_is_saved(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    typed = FORM | {"sheet_paper": "A5", "sheet_signature": "no", "sheet_stamp": "yes", "subject_words": "cấp ủy viên"}
    at_desk(officer).post(reverse("ballots", args=[listed_round.pk]), typed)
    listed_round.refresh_from_db()
    form = form_of(listed_round)
    assert (form.paper, form.signature, form.stamp, form.subjects) == ("A5", False, True, "cấp ủy viên")


def test_the_books_own_signature_line_is_the_default_and_is_cited(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    form = at_desk(officer).get(reverse("ballots", args=[listed_round.pk])).context["form"]
    assert (form.fields["sheet_signature"].choices[0], form_of(listed_round).signature) == (
        ("book", "Theo quy định: có chỗ ký (Đ.6 k.2)"),
        None,
    )


def test_once_voting_has_begun_the_form_is_closed(
    officer: Account, frozen: Round, seated: dict[Role, Account], at_desk: AtDesk
) -> None:
    Round.objects.filter(pk=frozen.pk).update(state="voting")
    answer = at_desk(officer).post(reverse("ballots", args=[frozen.pk]), FORM | {"sheet_paper": "A5"})
    frozen.refresh_from_db()
    assert (answer.status_code, frozen.sheet_paper) == (422, "A4")


def test_large_print_says_that_a_lone_large_sheet_tells_whose_it_is(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    page = page_of(at_desk(officer), listed_round)
    assert "chỉ một phiếu chữ lớn trong thùng là biết ngay của ai" in page


def test_one_type_of_ballot_needs_no_band(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    form = at_desk(officer).get(reverse("ballots", args=[listed_round.pk])).context["form"]
    assert [name for name in form.fields if name == "sheet_band"] == []


def test_every_side_has_a_picture(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    answer = at_desk(officer).get(reverse("ballot-picture", args=[listed_round.pk, kind_of(listed_round), 1]))
    assert (answer.headers["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_a_side_that_is_not_there_is_told_so(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    assert (
        at_desk(officer).get(reverse("ballot-picture", args=[listed_round.pk, kind_of(listed_round), 9])).status_code
        == 404
    )


def test_the_sample_says_that_it_is_one(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    pdf = at_desk(officer).get(reverse("ballot-sample", args=[listed_round.pk, kind_of(listed_round)])).content
    assert "PHIẾU MẪU" in text_of(pdf)


def test_sheets_are_alike_by_default(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    taken(at_desk(officer), frozen, copies=3)
    assert BallotCode.objects.count() == 0


def test_random_codes_need_a_number_and_a_date(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    address = reverse("ballots-codes", args=[listed_round.pk])
    answers = [at_desk(officer).post(address, {key: value}).status_code for key, value in DECISION.items()]
    listed_round.refresh_from_db()
    assert (answers, listed_round.token_decision) == ([422, 422], "")


def test_the_decision_on_random_codes_stands_in_the_ledger(
    officer: Account, listed_round: Round, at_desk: AtDesk
) -> None:
    at_desk(officer).post(reverse("ballots-codes", args=[listed_round.pk]), DECISION)
    listed_round.refresh_from_db()
    told = EventRow.objects.get(round=listed_round, code="tokens_decided").data
    assert (listed_round.token_decision, told) == (
        "01-QĐ/BKP ngày 10/12/2026",
        {"decision": "01-QĐ/BKP ngày 10/12/2026"},
    )


def test_with_the_decision_each_sheet_has_a_code_that_the_house_knows_by_its_digest(
    officer: Account, frozen: Round, at_desk: AtDesk
) -> None:
    browser = at_desk(officer)
    browser.post(reverse("ballots-codes", args=[frozen.pk]), DECISION)
    frozen.refresh_from_db()
    pdf = pypdfium2.PdfDocument(taken(browser, frozen, copies=2))
    found = [read_as_scanned(sheet.render(scale=200 / 72).to_pil(), frozen).token for sheet in pdf]
    assert (len(set(found)), [is_code_of(frozen, code) for code in found], is_code_of(frozen, "0" * 16)) == (
        2,
        [True, True],
        False,
    )


def test_digests_are_stored_in_an_order_that_tells_nothing(officer: Account, frozen: Round, at_desk: AtDesk) -> None:
    browser = at_desk(officer)
    browser.post(reverse("ballots-codes", args=[frozen.pk]), DECISION)
    taken(browser, frozen, copies=20)
    with connection.cursor() as cursor:
        cursor.execute(AS_STORED[connection.vendor])
        digests = [digest for (digest,) in cursor.fetchall()]
    assert (len(digests), digests) == (20, sorted(digests))


def test_sheets_printed_alike_are_lost_once_codes_are_decided_on(
    officer: Account, frozen: Round, at_desk: AtDesk
) -> None:
    browser = at_desk(officer)
    taken(browser, frozen, copies=4)
    browser.post(reverse("ballots-codes", args=[frozen.pk]), DECISION)
    frozen.refresh_from_db()
    assert [one.copies for one in unread_prints(frozen)] == [4]


def test_a_decision_on_codes_can_be_dropped(officer: Account, listed_round: Round, at_desk: AtDesk) -> None:
    browser = at_desk(officer)
    browser.post(reverse("ballots-codes", args=[listed_round.pk]), DECISION)
    browser.post(reverse("ballots-codes", args=[listed_round.pk]), {"drop": 1})
    listed_round.refresh_from_db()
    assert listed_round.token_decision == ""


def test_a_number_of_copies_that_is_none_is_told_under_its_box(
    officer: Account, frozen: Round, at_desk: AtDesk
) -> None:
    answer = at_desk(officer).post(reverse("ballots-take", args=[frozen.pk, kind_of(frozen)]), {"copies": 0})
    assert (answer.status_code, "Số này nhỏ nhất là 1." in answer.content.decode()) == (422, True)


def test_the_page_is_the_organisers_alone(seated: dict[Role, Account], listed_round: Round, at_desk: AtDesk) -> None:
    address = reverse("ballots", args=[listed_round.pk])
    statuses = {role: at_desk(account).get(address).status_code for role, account in seated.items()}
    assert statuses == {role: 200 if role is Role.ORGANISER else 403 for role in Role}
