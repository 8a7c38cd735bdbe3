"""The page on the random check: what it says, and what it must never say."""

from __future__ import annotations

import datetime
import io
import re

import docx
import pypdfium2 as pdfium
import pytest
from msgspec import structs

from tests.documents.invented import (
    LONG_NAME,
    LONG_POST,
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tinnhiem.documents.form import Paragraph, Ruled, Signatures
from tinnhiem.documents.kinds import FormatUnknown
from tinnhiem.documents.papers import Person
from tinnhiem.documents.random_check_sheet import TITLE, Sitting, compose, render
from tinnhiem.poll.random_check import RandomCheck, begin, enter, explain, next_list, read_again
from tinnhiem.poll.random_sample import Pile, sample
from tinnhiem.poll.record import fingerprint, short_code
from tinnhiem.poll.sheet import Sheet

BOOK = party_book()
PAPERS = party_papers()
FIRST, SECOND, THIRD = BOOK.choice_codes()
RECORD = counted(party_slate(9), BOOK, 348)
PILES = (*(Pile(batch=batch, sheets=25) for batch in range(1, 13)), Pile(batch=13, sheets=48))
RIGHT = Sheet(lines=(FIRST,) * 9)
WRONG = Sheet(lines=(FIRST,) * 8 + (THIRD,))
SITTING = Sitting(
    started_at=datetime.time(10, 15),
    ended_at=datetime.time(10, 32),
    drawn_by=Person(name=LONG_NAME, post=LONG_POST),
    read_by=Person(name="Đoàn Quang Vịnh", post="Chánh Văn phòng Tỉnh ủy"),
    compared_by=Person(name="Ksor H’Đoan", post="Bí thư Huyện ủy Ia Mơ"),
    ticked_by=Person(name="Tạ Công Lý", post="Bí thư Thành ủy Bình Sơn"),
    copies=2,
)


def fresh() -> RandomCheck:
    return begin("4719302658", [sample(RECORD, None, PILES)])


def read_on(check: RandomCheck, *odd: Sheet) -> RandomCheck:
    waiting = check.awaited
    for place, read in zip(waiting, (*odd, *[RIGHT] * (len(waiting) - len(odd))), strict=True):
        check = enter(check, place, read, RIGHT, BOOK)
    return check


def explained() -> RandomCheck:
    check = read_on(fresh(), WRONG)
    return next_list(explain(check, check.differences[0].place, "Nét bút mờ, máy không nhận ra."))


def council_check():
    record = counted(council_slate(), state_book(), 210)
    kinds = record.types[:2]
    return record, begin("0000000042", [sample(record, kind.ballot, (Pile(batch=1, sheets=210),)) for kind in kinds])


def sentences(form):
    return [
        "".join(run.text for run in block.runs).replace("\u00a0", " ")
        for block in form.blocks
        if isinstance(block, Paragraph)
    ]


def under(form, title):
    """The sentences of one part."""
    told = sentences(form)
    first = next(place for place, text in enumerate(told) if re.fullmatch(rf"[IVX]+\. {title}", text))
    after = next((place for place, text in enumerate(told) if place > first and re.match(r"[IVX]+\. ", text)), None)
    return told[first + 1 : after]


def cells(form):
    """Place → what is said of it."""
    said = {}
    for block in form.blocks:
        if isinstance(block, Ruled):
            for row in block.rows:
                texts = [run.text.replace("\u00a0", " ") for run in row]
                said |= {place: found for place, found in zip(texts[::2], texts[1::2], strict=True) if place}
    return said


def party_form(check):
    return compose(check, RECORD, BOOK, PAPERS, SITTING)


def test_the_parts_stand_in_order() -> None:
    form = party_form(fresh())
    assert [text for text in sentences(form) if re.match(r"[IVX]+\. ", text)] == [
        "I. Người thực hiện",
        "II. Bốc thăm",
        "III. Số phiếu kiểm tra",
        "IV. Các phiếu được bốc và kết quả so với bản đã ghi",
        "V. Phiếu không khớp, phiếu đọc lại",
        "VI. Kết luận",
        "VII. Kết thúc",
    ]


def test_the_seed_stands_digit_by_digit_and_as_it_was_read_out() -> None:
    assert under(party_form(fresh()), "Bốc thăm")[1] == (
        "Mười chữ số theo thứ tự bốc: 4 7 1 9 3 0 2 6 5 8 (đọc là: bốn, bảy, một, chín, ba, không, hai, sáu, năm, tám)."
    )


def test_who_drew_and_who_read_is_named() -> None:
    told = under(party_form(fresh()), "Người thực hiện")
    assert told[0] == f"Người bốc thăm: Đồng chí {LONG_NAME}, {LONG_POST}"
    assert told[1] == "Người đọc phiếu: Đồng chí Đoàn Quang Vịnh, Chánh Văn phòng Tỉnh ủy"


def test_the_size_is_given_with_its_reason_and_without_a_person() -> None:
    closest, size = fresh().samples[0].closest, fresh().samples[0].size
    assert (closest, size) == (165, 10)
    told = under(party_form(fresh()), "Số phiếu kiểm tra")
    assert told[1:] == [
        (
            "Phải có ít nhất 165 phiếu (một trăm sáu mươi lăm phiếu) đọc sai thì mới có người chuyển qua một ngưỡng của quy định, "
            "tính theo người gần ngưỡng nhất."
        ),
        (
            "Số phiếu phải đọc lại: 10 phiếu (mười phiếu). Nếu có từ 165 phiếu đọc sai trở lên thì khả năng không bốc phải phiếu nào "
            "trong số đó là dưới 5 %."
        ),
    ]


def test_the_batches_needed_to_draw_again_are_listed() -> None:
    assert under(party_form(fresh()), "Số phiếu kiểm tra")[0].startswith(
        "Số phiếu thu về: 348 phiếu (ba trăm bốn mươi tám phiếu). Số phiếu từng tập theo thứ tự xếp: tập 1: 25; tập 2: 25;"
    )


def test_where_nobody_can_pass_a_threshold_the_page_says_so() -> None:
    far = structs.replace(fresh().samples[0], closest=None)
    told = under(party_form(begin("4719302658", [far])), "Số phiếu kiểm tra")
    assert told[1] == "Không có số phiếu đọc sai nào làm cho một người chuyển qua ngưỡng của quy định."


def test_a_sheet_not_read_yet_leaves_a_blank() -> None:
    check = fresh()
    check = enter(check, check.awaited[0], RIGHT, RIGHT, BOOK)
    said = cells(party_form(check))
    assert len(said) == 10
    assert sorted(said.values()) == ["khớp", *["………"] * 9]


def test_a_place_is_said_to_agree_or_not_and_nothing_more() -> None:
    check = explained()
    first = check.differences[0].place
    said = cells(party_form(read_on(check)))
    assert set(said) == {f"{place.batch} : {place.position}" for number in (1, 2) for place in check.drawn(number)}
    assert [place for place, found in said.items() if found == "không khớp"] == [f"{first.batch} : {first.position}"]
    assert set(said.values()) == {"khớp", "không khớp"}


def test_no_mark_line_or_person_voted_on_stands_on_the_page() -> None:
    text = "".join(str(block) for block in party_form(read_on(explained())).blocks)
    named = [line.name for line in RECORD.lines if line.name != LONG_NAME]
    labels = [choice.label for choice in BOOK.choices if choice.label != "Tín nhiệm"]
    assert [word for word in (*named, *labels, "dòng") if word in text] == []


def test_a_difference_stands_with_its_explanation() -> None:
    check = explained()
    place = check.differences[0].place
    assert under(party_form(check), "Phiếu không khớp, phiếu đọc lại") == [
        f"Tập {place.batch}, phiếu thứ {place.position}: không khớp; giải thích: Nét bút mờ, máy không nhận ra."
    ]


def test_a_sheet_read_again_is_told_with_its_reason() -> None:
    check = read_on(fresh(), WRONG)
    place = check.differences[0].place
    check = read_again(check, place, RIGHT, RIGHT, BOOK, "Người đọc nhảy dòng")
    assert under(party_form(check), "Phiếu không khớp, phiếu đọc lại") == [
        f"Tập {place.batch}, phiếu thứ {place.position}: đọc lại; lý do: Người đọc nhảy dòng."
    ]


def test_without_a_difference_none_is_written() -> None:
    assert under(party_form(read_on(fresh())), "Phiếu không khớp, phiếu đọc lại") == ["Không có."]


def test_before_the_sheets_are_read_there_is_room_for_what_differs() -> None:
    assert under(party_form(fresh()), "Phiếu không khớp, phiếu đọc lại") == ["……………"]


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (fresh(), "Chưa kết luận: việc kiểm tra chưa xong."),
        (read_on(fresh(), WRONG), "Chưa kết luận: việc kiểm tra chưa xong."),
        (read_on(fresh()), "Đã đọc lại 10 phiếu; tất cả khớp với bản đã ghi."),
        (
            read_on(explained()),
            (
                "Đã đọc lại 20 phiếu; có 1 phiếu không khớp, Ban kiểm phiếu đã giải thích; "
                "các phiếu bốc tiếp đều khớp với bản đã ghi."
            ),
        ),
        (
            read_on(fresh(), WRONG, WRONG),
            "Đã đọc lại 10 phiếu; có 2 phiếu không khớp. Toàn bộ phiếu phải được đọc lại.",
        ),
    ],
)
def test_each_verdict_has_its_sentence(check: RandomCheck, told: str) -> None:
    assert under(party_form(check), "Kết luận")[0] == told


def test_the_code_of_the_count_stands_on_the_page_and_at_its_foot() -> None:
    form = party_form(fresh())
    code = short_code(fingerprint(RECORD))
    assert f"sau khi kết quả kiểm phiếu đã có mã đối chiếu {code}," in sentences(form)[0]
    assert form.code == f"Mã đối chiếu: {code}"


def test_the_drawer_signs_beside_the_head_of_the_board() -> None:
    signed = next(block for block in party_form(fresh()).blocks if isinstance(block, Signatures))
    assert (signed.left.name.text, signed.right.name.text) == (LONG_NAME, "Lò Thị Minh Khuê")


def test_a_page_with_nobody_named_has_blanks_to_write_on() -> None:
    told = under(compose(fresh(), RECORD, BOOK, PAPERS, Sitting()), "Người thực hiện")
    assert told[0] == "Người bốc thăm: Đồng chí ……………"


def test_with_several_ballot_types_each_has_its_list_and_its_number() -> None:
    record, check = council_check()
    form = compose(check, record, state_book(), state_papers(), SITTING)
    titles = [text for text in sentences(form) if text.startswith("Loại phiếu thứ")]
    assert (
        titles
        == [
            "Loại phiếu thứ 1: Chủ tịch Hội đồng nhân dân",
            "Loại phiếu thứ 2: Phó Chủ tịch và Trưởng Ban của Hội đồng nhân dân",
        ]
        * 2
    )


def test_a_difference_names_its_ballot_type_where_there_are_several() -> None:
    record, check = council_check()
    codes = state_book().choice_codes()
    place = check.awaited[0]
    check = enter(check, place, Sheet(lines=codes[:1]), Sheet(lines=codes[1:2]), state_book())
    told = under(compose(check, record, state_book(), state_papers(), SITTING), "Phiếu không khớp, phiếu đọc lại")
    assert told == [
        f"Tập 1, phiếu thứ {place.position} (loại phiếu Chủ tịch Hội đồng nhân dân): không khớp; giải thích: ……………"
    ]


def test_state_paper_has_no_word_of_the_party() -> None:
    record, check = council_check()
    papers = structs.replace(state_papers(), place="")
    form = compose(check, record, state_book(), papers, Sitting(drawn_by=Person(name="Lò Thị Minh Khuê")))
    text = "".join(sentences(form)).casefold()
    assert [word for word in ("đồng chí", "hội nghị", "t/m") if word in text] == []


def test_a_rehearsal_bears_its_mark_and_the_office_its_spelling() -> None:
    changed = structs.replace(PAPERS, rehearsal=True, show_code=False)
    form = compose(fresh(), RECORD, BOOK, changed, SITTING)
    assert (form.mark, form.code) == ("CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ", "")


def test_word_and_pdf_say_the_same_and_are_the_same_file_each_time() -> None:
    check = read_on(explained())
    made = {kind: render(check, RECORD, BOOK, PAPERS, SITTING, kind) for kind in ("docx", "pdf")}
    assert made == {kind: render(check, RECORD, BOOK, PAPERS, SITTING, kind) for kind in ("docx", "pdf")}
    pages = pdfium.PdfDocument(made["pdf"])
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    document = docx.Document(io.BytesIO(made["docx"]))
    typed = "".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    for place in (*check.drawn(1), *check.drawn(2)):
        shown = f"{place.batch}\u00a0:\u00a0{place.position}"
        assert shown in typed
        assert re.search(rf"\b{place.batch}\s:\s{place.position}\b", printed)


def test_it_comes_as_word_and_pdf_only() -> None:
    with pytest.raises(FormatUnknown) as refused:
        render(fresh(), RECORD, BOOK, PAPERS, SITTING, "xlsx")
    assert refused.value == FormatUnknown(title=TITLE, format="xlsx", formats="docx, pdf")
