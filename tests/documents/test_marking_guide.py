from __future__ import annotations

from msgspec import structs

from tests.documents.invented import council_slate, party_book, party_papers, party_slate, state_book, state_papers
from tinnhiem.documents.kinds import compose
from tinnhiem.documents.marking_guide import steps, unchecked


def test_the_guide_names_the_choices_of_the_book_in_their_order():
    told = steps(party_slate(9), party_book(), party_papers())
    assert told[1] == (
        "Với từng người có tên trên phiếu, đánh dấu X vào một trong ba ô: “Tín nhiệm cao”, “Tín nhiệm” hoặc “Tín nhiệm thấp”."
    )


def test_what_spoils_a_line_is_told_apart_from_what_spoils_a_sheet():
    book = party_book()
    told = steps(party_slate(9), book, party_papers())
    assert told[2].startswith("Phiếu không hợp lệ đối với một người khi: không đánh dấu vào ô nào; ")
    assert told[3].startswith("Cả phiếu không hợp lệ khi: phiếu không do ban kiểm phiếu phát ra; ")
    assert [text.count(";") + 1 for text in told[2:4]] == [len(book.line_invalid), len(book.sheet_invalid)]


def test_whether_to_sign_is_the_book_s_word():
    book = party_book()
    papers = party_papers()
    unsigned = structs.replace(book, signature=structs.replace(book.signature, value=False))
    assert steps(party_slate(9), book, papers)[4] == "Người ghi phiếu có thể ký tên hoặc không ký tên vào phiếu."
    assert steps(party_slate(9), unsigned, papers)[4] == "Không ký tên và không ghi tên mình lên phiếu."


def test_a_deputy_gets_a_set_and_hears_what_is_in_it():
    first = steps(council_slate(), state_book(), state_papers())[0]
    assert first.startswith("Mỗi đại biểu nhận một bộ gồm 4 phiếu: Chủ tịch Hội đồng nhân dân; ")


def test_what_was_only_recalled_is_named_under_the_guide():
    book = party_book()
    loose = structs.replace(book, line_invalid=(structs.replace(book.line_invalid[0], basis="unsure"),))
    assert "“Không đánh dấu vào ô nào”" in unchecked(loose)
    last = compose("marking_guide", party_slate(9), loose, party_papers()).blocks[-1]
    assert last.runs[0].text.startswith("Đề nghị kiểm tra với văn bản gốc trước khi đọc: “Không đánh dấu vào ô nào”")
