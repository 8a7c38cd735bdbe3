from __future__ import annotations

import datetime

import pypdfium2
import pytest
from msgspec import structs

from tests.documents.invented import (
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tinnhiem.documents import Papers, pdf
from tinnhiem.documents.form import Letterhead, Paragraph, Results, Signatures, SigningList, Title
from tinnhiem.documents.kinds import compose
from tinnhiem.law.rulebook import Correction
from tinnhiem.poll import remarks
from tinnhiem.poll.record import BallotNumbers, Numbers


def sentences(form, role=None):
    return [
        "".join(run.text for run in block.runs).replace("\u00a0", " ")
        for block in form.blocks
        if isinstance(block, Paragraph) and role in (None, block.role)
    ]


def under(form, title):
    """The sentences between one numbered part of the events and the next."""
    told = sentences(form)
    first = next(place for place, text in enumerate(told) if title in text)
    after = next(place for place, text in enumerate(told[first + 1 :]) if text[:1].isdigit() or text[:1] in "IVX")
    return told[first : first + 1 + after]


@pytest.fixture(name="record")
def nine_people():
    return counted(party_slate(9), party_book(), 47)


@pytest.fixture(name="form")
def party_minutes(record):
    return compose("minutes", record, party_book(), party_papers())


def test_the_parts_stand_in_the_order_of_the_form(form):
    assert sentences(form, "clause") == [
        "I. Căn cứ",
        "II. Ban kiểm phiếu",
        "III. Thành phần dự hội nghị",
        "IV. Thùng phiếu",
        "V. Số phiếu",
        "VI. Kết quả đối với từng người",
        "VII. Việc phát sinh và kết luận của Ban kiểm phiếu",
        "VIII. Kết thúc",
    ]


def test_people_and_ballots_are_written_in_digits_and_in_words(form):
    told = sentences(form, "item")
    assert "Tổng số ủy viên: 52 đồng chí (năm mươi hai đồng chí)." in told
    assert "Có mặt lúc bỏ phiếu: 48 đồng chí (bốn mươi tám đồng chí)." in told
    assert "Số phiếu nhận từ bộ phận in: 56 phiếu (năm mươi sáu phiếu)." in told
    assert "Số phiếu thu về: 47 phiếu (bốn mươi bảy phiếu)." in told


def test_each_reason_of_an_invalid_sheet_is_written_as_the_book_words_it(form):
    label = party_book().sheet_invalid[0].label
    assert f"trong đó, {label[:1].lower()}{label[1:]}: 1 phiếu (một phiếu)." in sentences(form, "item")


def test_the_opening_tells_hour_day_and_place(form):
    assert sentences(form, "body")[0].startswith(
        "Hồi 09 giờ 12 phút, ngày 05 tháng 7 năm 2023, tại Hội trường lớn Tỉnh ủy, số 12 đường Lê Lợi, thành phố Bình Sơn, "
        "Ban kiểm phiếu tiến hành kiểm phiếu lấy phiếu tín nhiệm"
    )


def test_the_rule_itself_is_the_first_basis(form):
    first = sentences(form, "item")[0]
    assert first.endswith("(số 96-QĐ/TW, ngày 02 tháng 02 năm 2023, Bộ Chính trị).")


def test_helpers_are_named_with_their_unit_and_who_allowed_them(form):
    assert (
        "1. Đồng chí Cao Nhật Linh, Phòng Cơ yếu - Công nghệ thông tin, Văn phòng Tỉnh ủy (hội nghị cho phép)"
        in sentences(form, "numbered")
    )


def test_helpers_are_introduced_by_what_they_did(record):
    form = compose("minutes", record, party_book(), structs.replace(party_papers(), helpers_work="quét phiếu"))
    assert [text for text in sentences(form) if text.startswith("Người giúp việc")] == [
        "Người giúp việc quét phiếu dưới sự giám sát của Ban kiểm phiếu:"
    ]


def exchanged(record, *numbers):
    """What the minutes tell of ballots exchanged where the office wrote no sentence of its own, by the numbers of the types."""
    types = tuple(structs.replace(one, spoilt=number) for one, number in zip(record.types, numbers, strict=True))
    book, papers = (party_book(), party_papers()) if len(types) == 1 else (state_book(), state_papers())
    form = compose("minutes", structs.replace(record, types=types), book, structs.replace(papers, exchanges=()))
    return under(form, "Đổi phiếu:")


def test_ballots_exchanged_are_told_alike_among_the_ballots_and_among_the_events(record):
    assert exchanged(record, 2) == ["2. Đổi phiếu:", "Đã đổi 2 phiếu hỏng, như ghi ở phần Số phiếu."]


def test_no_ballot_exchanged_is_written_as_nothing(record):
    assert exchanged(record, 0) == ["2. Đổi phiếu: không có."]


def test_ballots_exchanged_that_nobody_counted_are_left_to_the_pen(record):
    assert exchanged(record, None) == ["2. Đổi phiếu:", "Số phiếu hỏng đã đổi: …… phiếu."]


def test_ballots_exchanged_are_told_by_type():
    record = counted(council_slate(), state_book(), 47)
    assert exchanged(record, 0, 3, 0, 0)[1:] == [
        "Đã đổi 3 phiếu hỏng (loại phiếu “Phó Chủ tịch và Trưởng Ban của Hội đồng nhân dân”), như ghi ở phần Số phiếu."
    ]


def drawn_lines(record, papers):
    """The lines of the minutes as they are drawn, with the right edge of each in points."""
    document = pypdfium2.PdfDocument(pdf.draw(compose("minutes", record, party_book(), papers)))
    found = []
    for page in document:
        text = page.get_textpage()
        for number in range(text.count_rects()):
            _left, low, right, high = text.get_rect(number)
            found.append((" ".join(text.get_text_bounded(0, low, page.get_width(), high).split()), right))
    return found


def test_the_name_of_a_body_and_an_ordinal_are_never_parted_in_the_head(record):
    papers = structs.replace(
        party_papers(),
        meeting="Hội nghị Ban Chấp hành lần thứ 12",
        subjects="các đồng chí Ủy viên Ban Thường vụ Đảng ủy",
    )
    told = [*dict.fromkeys(text for text, _ in drawn_lines(record, papers))]
    place = next(
        number for number, text in enumerate(told) if text.startswith("lấy phiếu tín nhiệm đối với các đồng chí")
    )
    assert (told[place + 1], "LẦN THỨ 12" in told) == ("Đảng ủy", True)


def test_the_line_before_the_head_of_the_ledger_is_not_stretched(record):
    papers = structs.replace(party_papers(), ledger_head="0734f951" * 8)
    (edge,) = [right for text, right in drawn_lines(record, papers) if text.endswith("mục số 148:")]
    assert edge < 300


def test_every_remark_of_the_count_stands_among_the_events(record, form):
    told = under(form, "Điều cần ghi rõ")
    assert told == ["4. Điều cần ghi rõ:", *(remarks.sentence(remark) for remark in record.remarks)]


def test_a_quorum_not_met_is_written_down():
    ballots = (BallotNumbers(issued=21, returned=20, invalid_by_reason={party_book().sheet_invalid[0].code: 1}),)
    numbers = Numbers(members=52, summoned=52, present=21, ballots=ballots)
    record = counted(party_slate(3), party_book(), 20, numbers=numbers)
    form = compose("minutes", record, party_book(), party_papers())
    assert "Có mặt 21/52, cần ít nhất 35: chưa đủ điều kiện tiến hành, còn thiếu 14." in sentences(form, "item")


def test_nothing_complained_of_is_written_as_nothing(form):
    assert "6. Khiếu nại, sự cố: không có." in sentences(form)


def test_what_was_not_checked_against_the_instrument_is_named(form):
    assert under(form, "Nội dung chưa đối chiếu")[1:] == [
        "Điều kiện tiến hành: có mặt ít nhất 2/3 số người được triệu tập."
    ]


def test_a_corrected_value_is_never_silent(record):
    correction = Correction(path="quorum.num", value=3, reason="theo quy chế làm việc")
    form = compose("minutes", structs.replace(record, corrections=(correction,)), party_book(), party_papers())
    assert "Giá trị “quorum.num” của 96-QĐ/TW lấy là 3; lý do: theo quy chế làm việc." in sentences(form, "item")


def test_a_recount_names_the_count_it_stands_in_for(record):
    again = structs.replace(record, supersedes="9f2c71aa" + "0" * 56)
    form = compose("minutes", again, party_book(), party_papers())
    assert "Biên bản này lập theo quyết định kiểm lại; kết quả được thay có mã đối chiếu 9F2C-71AA." in sentences(
        form, "item"
    )


def test_the_head_of_the_ledger_stands_at_the_end(form):
    assert sentences(form, "note") == [
        "Mã cuối của nhật ký đợt đến mục số 148: 9f2c 71aa 0b3e 55d4 8c10 2e7f 6a90 b1c3"
    ]


def test_what_is_not_known_yet_is_left_to_the_pen(record):
    told = sentences(compose("minutes", record, party_book(), Papers()))
    assert told[0].startswith("Hồi …… giờ …… phút, ngày 05 tháng 7 năm 2023, tại ……………, Ban kiểm phiếu")
    assert "Số thùng phiếu: ……" in told


def test_party_minutes_are_signed_by_the_witness_and_the_head(form):
    signed = next(block for block in form.blocks if isinstance(block, Signatures))
    assert (signed.left.titles, signed.left.name.text) == (("NGƯỜI CHỨNG KIẾN",), "Vương Thế Hiển")
    assert (signed.right.titles, signed.right.name.text) == (
        ("T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN"),
        "Lò Thị Minh Khuê",
    )


def test_council_minutes_are_signed_by_the_secretary_and_the_head():
    form = compose("minutes", counted(council_slate(), state_book(), 47), state_book(), state_papers())
    signed = next(block for block in form.blocks if isinstance(block, Signatures))
    assert (signed.left.titles, signed.left.name.text) == (("THƯ KÝ",), "Đoàn Quang Vịnh")
    assert signed.right.titles == ("TM. BAN KIỂM PHIẾU", "TRƯỞNG BAN")


def test_every_member_has_a_line_to_sign_on(form):
    people = next(block for block in form.blocks if isinstance(block, SigningList)).people
    assert [name.text for name, _ in people] == [person.name for person in party_papers().board]


def test_a_council_reports_the_ballots_of_each_type():
    form = compose("minutes", counted(council_slate(), state_book(), 47), state_book(), state_papers())
    told = sentences(form)
    assert [text for text in told if text[:3] in ("1. ", "2. ", "3. ", "4. ") and text[3:5] in ("Ch", "Ph")] == [
        "1. Chủ tịch Hội đồng nhân dân",
        "2. Phó Chủ tịch và Trưởng Ban của Hội đồng nhân dân",
        "3. Chủ tịch Ủy ban nhân dân",
        "4. Phó Chủ tịch và Ủy viên Ủy ban nhân dân",
    ]
    assert told.count("Số phiếu thu về: 47 phiếu (bốn mươi bảy phiếu).") == 4


def test_the_office_has_its_own_spelling_and_names_keep_theirs(record):
    papers = structs.replace(party_papers(), spelling="uỷ")
    form = compose("minutes", record, party_book(), papers)
    assert (
        next(block for block in form.blocks if isinstance(block, Title))
        .abstract[0]
        .startswith("lấy phiếu tín nhiệm đối với các đồng chí Uỷ viên")
    )
    table = next(block for block in form.blocks if isinstance(block, Results)).table
    assert table.rows()[2][2].text == "Trưởng Ban Tổ chức Tỉnh ủy"


def test_minutes_have_no_number_unless_one_was_given(record, form):
    head = next(block for block in form.blocks if isinstance(block, Letterhead)).heading
    assert [line.text for line in head.left if line.text.startswith("Số")] == []
    numbered = compose("minutes", record, party_book(), structs.replace(party_papers(), number="12-BB/TU"))
    head = next(block for block in numbered.blocks if isinstance(block, Letterhead)).heading
    assert head.left[-1].text == "Số 12-BB/TU"


def test_the_code_in_the_footer_can_be_switched_off(record, form):
    assert form.code.startswith("Mã đối chiếu: ")
    silent = compose("minutes", record, party_book(), structs.replace(party_papers(), show_code=False))
    assert silent.code == ""


def test_the_day_on_paper_is_the_record_s_unless_another_is_given(record):
    papers = structs.replace(party_papers(), date=datetime.date(2023, 7, 6))
    head = compose("minutes", record, party_book(), papers).blocks[0].heading
    assert head.place_and_day.endswith("ngày\u00a006 tháng\u00a07 năm\u00a02023")
