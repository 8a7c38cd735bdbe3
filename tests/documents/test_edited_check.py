"""What a clerk may do to a paper, and what is told of it."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from msgspec import structs

from tests.documents.invented import (
    LONG_NAME,
    council_slate,
    counted,
    party_book,
    party_papers,
    party_slate,
    state_book,
    state_papers,
)
from tests.documents.printed import converted, locked_fields, spoiled
from tinnhiem.documents import render, results_table
from tinnhiem.documents.edited_check import check
from tinnhiem.documents.reading import PaperIsImage, PaperOfAnotherKind, PaperUnreadable

BOOK, PAPERS = party_book(), party_papers()
RECORD = counted(party_slate(9), BOOK, 47)
COUNCIL = counted(council_slate(), state_book(), 47)
FIELD = re.compile(r'<w:tag w:val="([^"]+)"/>.*?<w:t[^>]*>([^<]*)</w:t>')


def told(kind, data, record=RECORD):
    return [(one.key, one.expected, one.found) for one in check(kind, record, BOOK, PAPERS, data)]


@pytest.fixture(name="minutes", scope="module")
def minutes_docx():
    return render("minutes", RECORD, BOOK, PAPERS, "docx")


def edited(data, edit):
    """A .docx changed through python-docx, as a person would in Word."""
    document = docx.Document(io.BytesIO(data))
    edit(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def results_of(document):
    return max(document.tables, key=lambda table: len(table._tbl.tr_lst))._tbl


def row_of(document, number):
    """The row of person `number`, behind the two rows of the head."""
    return results_of(document).tr_lst[number + 1]


def set_cell(row, place, text):
    pieces = list(row.tc_lst[place].iter(qn("w:t")))
    pieces[0].text = text
    for piece in pieces[1:]:
        piece.text = ""


def without_controls(document):
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for run in control.find(qn("w:sdtContent")):
            control.addprevious(run)
        control.getparent().remove(control)


@pytest.mark.parametrize("kind", ["minutes", "report", "table"])
@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_a_paper_that_nobody_touched_has_no_difference(kind, file_format):
    assert told(kind, render(kind, RECORD, BOOK, PAPERS, file_format)) == []


def test_a_workbook_that_nobody_touched_has_no_difference():
    assert told("table", render("table", RECORD, BOOK, PAPERS, "xlsx")) == []


@pytest.mark.parametrize("kind", ["minutes", "report"])
def test_papers_of_a_council_that_nobody_touched_have_no_difference(kind):
    for file_format in ("docx", "pdf"):
        data = render(kind, COUNCIL, state_book(), state_papers(), file_format)
        assert check(kind, COUNCIL, state_book(), state_papers(), data) == ()


def test_each_number_of_the_text_is_told_when_it_alone_was_changed(minutes):
    keys = [key for key in locked_fields(minutes) if re.fullmatch(r"(round|type1)/[a-z_/]+", key)]
    assert len(keys) == 2 * (6 + 7 + 1)
    for key in keys:
        text = locked_fields(minutes)[key]
        other = "mười hai" if key.endswith("/words") else "99"

        def change(markup, key=key, other=other):
            found = next(one for one in FIELD.finditer(markup) if one.group(1) == key)
            return markup[: found.start(2)] + other + markup[found.end(2) :]

        assert told("minutes", spoiled(minutes, change)) == [(key, text, other)]


def test_each_figure_of_the_table_is_told_when_all_were_changed(minutes):
    table = results_table(RECORD, BOOK, PAPERS).figures()

    def change(markup):
        return FIELD.sub(
            lambda one: one.group(0).replace(f">{one.group(2)}<", ">777<") if one.group(1) in table else one.group(0),
            markup,
        )

    assert told("minutes", spoiled(minutes, change)) == [(key, text, "777") for key, text in table.items()]


def test_a_changed_figure_is_told_with_its_place_and_whose_it_is(minutes):
    data = edited(minutes, lambda document: set_cell(row_of(document, 2), 7, "40"))
    (difference,) = check("minutes", RECORD, BOOK, PAPERS, data)
    assert difference.sentence == (
        f"bảng 2, hàng 4, cột 8: {LONG_NAME}, Tín nhiệm cao, Số phiếu – bản ghi là “39”, trong tệp là “40”."
    )


def test_a_changed_name_and_a_changed_post_are_told(minutes):
    def change(document):
        set_cell(row_of(document, 3), 1, "Trần Văn Ki")
        set_cell(row_of(document, 5), 2, "Phó Chánh Văn phòng")

    assert told("minutes", edited(minutes, change)) == [
        ("type1/3/name", "Trần Văn Ký", "Trần Văn Ki"),
        ("type1/5/post", "Chánh Văn phòng", "Phó Chánh Văn phòng"),
    ]


def test_a_member_of_the_board_who_was_renamed_is_told_wherever_the_name_stands(minutes):
    data = spoiled(minutes, lambda markup: markup.replace("Đoàn Quang Vịnh", "Đoàn Quang Vinh"))
    assert told("minutes", data) == [("board/2/name", "Đoàn Quang Vịnh", "Đoàn Quang Vinh")] * 2


def test_a_figure_is_found_without_its_control(minutes):
    def change(document):
        without_controls(document)
        set_cell(row_of(document, 1), 11, "9")

    assert told("minutes", edited(minutes, change)) == [("type1/1/count:low", "8", "9")]


def test_a_deleted_row_is_told_with_each_of_its_figures(minutes):
    data = edited(minutes, lambda document: results_of(document).remove(row_of(document, 4)))
    line = RECORD.lines[3]
    differences = told("minutes", data)
    assert differences[0] == ("type1/4/name", line.name, "")
    assert [(key, found) for key, _, found in differences[1:]] == [
        (f"type1/4/{field}", "")
        for field in (
            "issued",
            "returned",
            "valid",
            "invalid",
            "count:high",
            "share:high",
            "count:medium",
            "share:medium",
            "count:low",
            "share:low",
        )
    ]


def test_an_added_row_is_told(minutes):
    def change(document):
        from copy import deepcopy

        row = row_of(document, 9)
        again = deepcopy(row)
        row.addnext(again)
        for place, text in enumerate(["10", "Lý Thị Thêm", "Phó Chánh Văn phòng"]):
            set_cell(again, place, text)

    (difference,) = check("minutes", RECORD, BOOK, PAPERS, edited(minutes, change))
    assert (difference.expected, difference.found[:34]) == ("", "10 Lý Thị Thêm Phó Chánh Văn phòng")


def test_columns_and_rows_may_be_moved(minutes):
    def change(document):
        table = results_of(document)
        table.append(row_of(document, 1))
        # Hợp lệ goes before Phát ra, in the head and in every row.
        for row in table.tr_lst:
            row.tc_lst[3].addprevious(row.tc_lst[5])

    assert told("minutes", edited(minutes, change)) == []


def test_a_figure_is_found_in_a_column_that_was_moved(minutes):
    def change(document):
        for row in results_of(document).tr_lst:
            row.tc_lst[3].addprevious(row.tc_lst[5])
        set_cell(row_of(document, 6), 3, "44")

    assert told("minutes", edited(minutes, change)) == [("type1/6/valid", "45", "44")]


def test_a_sentence_may_be_moved_and_reworded(minutes):
    def change(document):
        without_controls(document)
        paragraphs = {paragraph.text.replace("\u00a0", " "): paragraph for paragraph in document.paragraphs}
        returned = paragraphs["- Số phiếu thu về: 47 phiếu (bốn mươi bảy phiếu)."]
        issued = paragraphs["- Số phiếu phát ra: 48 phiếu (bốn mươi tám phiếu)."]
        issued._p.addprevious(returned._p)
        first = paragraphs["I. Căn cứ"]
        first.runs[0].text = "I. Các căn cứ để tiến hành"

    assert told("minutes", edited(minutes, change)) == []


def test_a_figure_that_was_struck_out_with_tracked_changes_is_missing(minutes):
    def change(markup):
        found = next(one for one in FIELD.finditer(markup) if one.group(1) == "type1/1/count:high")
        start = markup.rindex("<w:sdtContent>", 0, found.start(2)) + len("<w:sdtContent>")
        end = markup.index("</w:sdtContent>", start)
        struck = markup[start:end].replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f'{markup[:start]}<w:del w:id="1" w:author="x">{struck}</w:del>{markup[end:]}'

    assert told("minutes", spoiled(minutes, change)) == [("type1/1/count:high", "38", "")]


def test_a_paper_of_another_count_is_told_first(minutes):
    other = structs.replace(RECORD, members=53)
    differences = told("minutes", minutes, other)
    assert differences[0][0] == "code"
    assert ("round/members", "53", "52") in differences


def test_a_changed_cell_of_a_workbook_is_told_with_its_address():
    book = openpyxl.load_workbook(io.BytesIO(render("table", RECORD, BOOK, PAPERS, "xlsx")))
    sheet = book.active
    address = next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == "80,85")
    sheet[address] = "81,85"
    made = io.BytesIO()
    book.save(made)
    (difference,) = check("table", RECORD, BOOK, PAPERS, made.getvalue())
    assert (difference.key, difference.expected, difference.found, difference.place) == (
        "type1/1/share:high",
        "80,85",
        "81,85",
        f"trang tính “Kết quả”, ô {address}",
    )


def test_a_share_retyped_as_a_number_is_the_same_share():
    book = openpyxl.load_workbook(io.BytesIO(render("table", RECORD, BOOK, PAPERS, "xlsx")))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and re.fullmatch(r"\d+,\d+", cell.value):
                cell.value = float(cell.value.replace(",", "."))
    made = io.BytesIO()
    book.save(made)
    assert told("table", made.getvalue()) == []


def test_a_pdf_of_another_figure_is_told_with_its_place():
    line = RECORD.lines[3]
    changed = structs.replace(line, counts=line.counts | {"medium": 5})
    other = structs.replace(RECORD, lines=(*RECORD.lines[:3], changed, *RECORD.lines[4:]))
    papers = structs.replace(PAPERS, show_code=False)
    (difference,) = check("minutes", RECORD, BOOK, papers, render("minutes", other, BOOK, papers, "pdf"))
    assert (difference.key, difference.expected, difference.found, difference.place) == (
        "type1/4/count:medium",
        str(line.counts["medium"]),
        "5",
        "trang 3, hàng 6, cột 10",
    )


def test_a_pdf_of_another_number_in_the_text_is_told():
    other = structs.replace(RECORD, present=47)
    papers = structs.replace(PAPERS, show_code=False)
    data = render("minutes", other, BOOK, papers, "pdf")
    assert told("minutes", data)[-2:] == [
        ("round/present", "48", "47"),
        ("round/present/words", "bốn mươi tám", "bốn mươi bảy"),
    ]


def test_papers_that_went_through_another_program_still_read_the_same(tmp_path, minutes):
    table = render("table", RECORD, BOOK, PAPERS, "docx")
    files = {"bien-ban.docx": minutes, "bang.docx": table}
    for to in ("pdf", "docx"):
        made = converted(tmp_path / to, files, to)
        assert told("minutes", made["bien-ban.docx"]) == []
        assert told("table", made["bang.docx"]) == []


def test_a_workbook_that_went_through_another_program_still_reads_the_same(tmp_path):
    made = converted(tmp_path, {"bang.xlsx": render("table", RECORD, BOOK, PAPERS, "xlsx")}, "xlsx")
    assert told("table", made["bang.xlsx"]) == []


def test_what_is_not_such_a_file_is_refused():
    with pytest.raises(PaperOfAnotherKind) as refused:
        check("table", RECORD, BOOK, PAPERS, b"STT;Ho ten", "bang.csv")
    assert refused.value == PaperOfAnotherKind("bang.csv")


@pytest.mark.parametrize("start", [b"PK\x03\x04broken", b"%PDF-1.7 broken"])
def test_a_broken_file_is_refused(start):
    with pytest.raises(PaperUnreadable) as refused:
        check("table", RECORD, BOOK, PAPERS, start, "bang")
    assert refused.value == PaperUnreadable("bang")


def test_a_docx_with_broken_markup_is_refused(minutes):
    with pytest.raises(PaperUnreadable):
        check("minutes", RECORD, BOOK, PAPERS, spoiled(minutes, lambda markup: markup[:-40]))


def test_a_pdf_without_text_is_refused():
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    with pytest.raises(PaperIsImage):
        check("minutes", RECORD, BOOK, PAPERS, empty)


def test_a_table_of_posts_alone_is_checked_by_its_posts():
    record = structs.replace(RECORD, lines=tuple(structs.replace(line, name="") for line in RECORD.lines))
    for file_format in ("docx", "pdf", "xlsx"):
        assert told("table", render("table", record, BOOK, PAPERS, file_format), record) == []
    data = edited(
        render("table", record, BOOK, PAPERS, "docx"), lambda document: set_cell(row_of(document, 2), 3, "46")
    )
    assert told("table", data, record) == [("type1/2/returned", "47", "46")]
