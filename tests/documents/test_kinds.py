"""Every paper in every format: it is made, it opens, it is set in our type, and it is the same each time."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile

import docx
import openpyxl
import pypdfium2 as pdfium
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
from tests.documents.printed import converted
from tinnhiem.documents import KINDS, kind, render
from tinnhiem.documents.kinds import CountNeeded, FormatUnknown, KindUnknown
from tinnhiem.documents.reading import read
from tinnhiem.typeset.fonts import LettersMissing

PARTY = (counted(party_slate(9), party_book(), 47), party_book(), party_papers())
STATE = (
    counted(council_slate(), state_book(), 47),
    state_book(),
    structs.replace(state_papers(), date=datetime.date(2023, 7, 12)),
)
EVERY = [(one.id, file_format) for one in KINDS for file_format in one.formats]

OF_THE_PARTY = ("đồng chí", "thùng phiếu", "hội nghị", "chủ trì", "t/m", "đảng cộng sản", "-----")
OF_THE_STATE = ("ông/bà", "đại biểu", "hòm phiếu", "kỳ họp", "chủ tọa", "tm.", "cộng hòa", "tự do - hạnh phúc")


def pdf_text(data):
    document = pdfium.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize(("kind_id", "file_format"), EVERY)
def test_every_paper_is_the_same_file_each_time(kind_id, file_format):
    assert render(kind_id, *PARTY, file_format) == render(kind_id, *PARTY, file_format)


@pytest.mark.parametrize("one", [one for one in KINDS if "pdf" in one.formats], ids=lambda one: one.id)
@pytest.mark.parametrize("held", [PARTY, STATE], ids=["party", "state"])
def test_a_pdf_is_set_in_our_type_alone(one, held):
    data = render(one.id, *held, "pdf")
    named = set()
    for match in re.finditer(rb"/BaseFont\s*/([^\s/<>\[\]()]+)", data):
        named.add(match.group(1).decode().split("+")[-1].split("-")[0])
    assert named == {"Tinos"}


@pytest.mark.parametrize("one", [one for one in KINDS if "pdf" in one.formats], ids=lambda one: one.id)
@pytest.mark.parametrize(("held", "foreign"), [(PARTY, OF_THE_STATE), (STATE, OF_THE_PARTY)], ids=["party", "state"])
def test_party_and_state_words_never_meet_on_a_paper(one, held, foreign):
    record, book, papers = held
    bare = structs.replace(
        papers, chair=structs.replace(papers.chair, post=""), basis=(), place="", subjects="", meeting="", exchanges=()
    )
    bare = structs.replace(bare, board=tuple(structs.replace(person, post="") for person in bare.board))
    nobody = structs.replace(record, lines=tuple(structs.replace(line, post="X") for line in record.lines))
    text = pdf_text(render(one.id, nobody, book, bare, "pdf")).casefold()
    assert [word for word in foreign if word in text.replace(book.title.value.casefold(), "")] == []


def test_a_result_before_the_count_is_refused():
    with pytest.raises(CountNeeded) as refused:
        render("minutes", party_slate(9), party_book(), party_papers(), "pdf")
    assert refused.value == CountNeeded(title="Biên bản kiểm phiếu")


@pytest.mark.parametrize("one", [one for one in KINDS if not one.counted], ids=lambda one: one.id)
def test_papers_of_the_table_are_printed_from_the_frozen_list_alone(one):
    before = render(one.id, party_slate(9), party_book(), party_papers(), "docx")
    assert before == render(one.id, *PARTY, "docx")


def test_a_format_that_a_paper_does_not_have_is_refused():
    with pytest.raises(FormatUnknown) as refused:
        render("minutes", *PARTY, "xlsx")
    assert refused.value == FormatUnknown(title="Biên bản kiểm phiếu", format="xlsx", formats="docx, pdf")


def test_a_paper_nobody_knows_is_refused():
    with pytest.raises(KindUnknown):
        render("diploma", *PARTY, "pdf")


def test_file_names_are_plain_and_each_paper_has_its_own():
    stems = [one.stem for one in KINDS]
    assert [stem for stem in stems if not re.fullmatch(r"[a-z]+(-[a-z]+)*", stem)] == []
    assert len(set(stems)) == len(stems)
    assert kind("minutes").stem == "bien-ban-kiem-phieu"


def test_a_name_that_cannot_be_drawn_is_refused_before_a_page_is():
    record, book, papers = PARTY
    named = structs.replace(record, lines=(structs.replace(record.lines[0], name="Trần 漢"), *record.lines[1:]))
    with pytest.raises(LettersMissing) as refused:
        render("minutes", named, book, papers, "pdf")
    assert refused.value.values == {"letters": "“漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)"}


def test_every_docx_opens_in_another_program_and_says_what_the_pdf_says(tmp_path):
    papers = {f"{one.stem}.docx": render(one.id, *PARTY, "docx") for one in KINDS if "docx" in one.formats}
    assert len(papers) == 8
    # Another type may break a word at the end of a narrow column, so letters are compared without their blanks.
    opened = {name: "".join(pdf_text(data).split()) for name, data in converted(tmp_path, papers, "pdf").items()}
    for one in KINDS:
        if "docx" in one.formats:
            words = pdf_text(render(one.id, *PARTY, "pdf")).split("Trang")[0].split()
            assert [word for word in words if word not in opened[f"{one.stem}.docx"]] == []


def test_a_docx_has_no_picture_and_no_clock_in_it():
    with zipfile.ZipFile(io.BytesIO(render("minutes", *PARTY, "docx"))) as packed:
        assert [name for name in packed.namelist() if not name.endswith((".xml", ".rels"))] == []
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_docx_has_a_page_number_and_the_code_on_each_sheet():
    document = docx.Document(io.BytesIO(render("minutes", *PARTY, "docx")))
    feet = [section.footer._element.xml for section in document.sections]
    assert [foot.count('w:instr=" PAGE "') for foot in feet] == [1, 1, 1]
    assert [foot.count("Mã đối chiếu: ") for foot in feet] == [1, 1, 1]


def test_a_pdf_has_page_x_of_y_and_the_code_on_each_sheet():
    document = pdfium.PdfDocument(render("minutes", *PARTY, "pdf"))
    texts = [page.get_textpage().get_text_range() for page in document]
    for number, text in enumerate(texts, start=1):
        assert text.count(f"Trang {number}/{len(texts)}") == 1
        assert text.count("Mã đối chiếu: ") == 1


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_a_rehearsal_bears_its_mark(file_format):
    record, book, papers = PARTY
    data = render("minutes", record, book, structs.replace(papers, rehearsal=True), file_format)
    margins = () if file_format == "pdf" else read(data).margins
    text = " ".join(piece.text for piece in margins) or pdf_text(data)
    # A slanted line is read in pieces; its words are all there.
    assert [word for word in ("CHẠY", "THỬ", "KHÔNG", "GIÁ", "TRỊ") if word not in text] == []


def test_the_head_of_the_table_is_repeated_on_every_sheet():
    record = counted(party_slate(60), party_book(), 188)
    document = pdfium.PdfDocument(render("table", record, party_book(), party_papers(), "pdf"))
    heads = [page.get_textpage().get_text_range().count("Họ và tên") for page in document]
    assert len(heads) == 4
    assert heads[:3] == [1, 1, 1]


def test_counts_in_the_workbook_are_numbers_and_shares_the_printed_text():
    sheet = openpyxl.load_workbook(io.BytesIO(render("table", *PARTY, "xlsx"))).active
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == 1)
    assert [type(value).__name__ for value in row[3:13]] == ["int"] * 5 + ["str", "int", "str", "int", "str"]


def test_minutes_of_sixty_people_take_less_than_two_seconds():
    record = counted(party_slate(60), party_book(), 188)
    # Time of this process: what else the machine does is not the paper's fault.
    began = time.process_time()
    for file_format in ("docx", "pdf"):
        render("minutes", record, party_book(), party_papers(), file_format)
    assert time.process_time() - began < 2
