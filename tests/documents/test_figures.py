from __future__ import annotations

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
from tinnhiem.documents.figures import ballot_figures, meeting_figures, results_table
from tinnhiem.poll.count import count
from tinnhiem.poll.record import BallotNumbers, Numbers
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally


@pytest.fixture(name="record")
def nine_people():
    return counted(party_slate(9), party_book(), 47)


def unknown_record():
    """A round of which the board's numbers were never written down."""
    book = party_book()
    slate = party_slate(2)
    counts = dict.fromkeys(book.choice_codes(), 4)
    lines = tuple(LineTally(line=line, counts=counts) for line in (1, 2))
    tally = Tally(types=(TypeTally(ballot=None, sheets=None, invalid_by_reason=None, lines=lines),))
    numbers = Numbers(ballots=(BallotNumbers(),))
    return count(tally, numbers, book, body="X", date=book.issued.value, slate=slate)


def row_texts(table, number):
    return [cell.text for cell in table.rows()[number]]


def test_a_row_has_the_ballots_the_levels_and_the_printed_shares(record):
    table = results_table(record, party_book(), party_papers())
    line = record.lines[0]
    high, medium, low = line.counts.values()
    shares = list(line.printed.values())
    assert row_texts(table, 0) == [
        "1",
        line.name,
        line.post,
        "48",
        "47",
        "46",
        "1",
        str(high),
        shares[0],
        str(medium),
        shares[1],
        str(low),
        shares[2],
        "",
    ]


def test_the_columns_are_those_of_the_form(record):
    table = results_table(record, party_book(), party_papers())
    assert [column.full_title for column in table.columns] == [
        "STT",
        "Họ và tên",
        "Chức vụ",
        "Phát ra",
        "Thu về",
        "Hợp lệ",
        "Không hợp lệ",
        "Tín nhiệm cao, Số phiếu",
        "Tín nhiệm cao, %",
        "Tín nhiệm, Số phiếu",
        "Tín nhiệm, %",
        "Tín nhiệm thấp, Số phiếu",
        "Tín nhiệm thấp, %",
        "Ghi chú",
    ]


def test_every_cell_has_a_key_of_its_own(record):
    keys = [cell.key for row in results_table(record, party_book(), party_papers()).rows() for cell in row]
    assert len(set(keys)) == len(keys) == 9 * 14


def test_the_base_and_the_sum_are_said_once_under_the_table(record):
    assert results_table(record, party_book(), party_papers()).notes == (
        "Tỷ lệ tính trên tổng số phiếu thu về (47 phiếu). Tổng ba tỷ lệ có thể không bằng 100%.",
    )


def test_rows_stand_in_the_order_of_the_list_whatever_the_score(record):
    table = results_table(record, party_book(), party_papers())
    assert [row[1].text for row in table.rows()] == [line.name for line in record.lines]


def test_in_order_of_names_people_stand_by_their_given_name_and_the_table_says_so(record):
    table = results_table(record, party_book(), structs.replace(party_papers(), order="name"))
    assert [row[1].text.split()[-1] for row in table.rows()] == [
        "Bảo",
        "Chương",
        "Đức",
        "Êban",
        "Hạnh",
        "Ký",
        "Mĩ",
        "Trường",
        "Ửng",
    ]
    assert table.notes[-1].startswith("Danh sách xếp theo thứ tự A, B, C của tên")


def test_a_name_may_be_sorted_by_another_word_than_its_last(record):
    papers = structs.replace(party_papers(), order="name", sort_names={"Y Ghĭ Bảo": "Ghĭ"})
    names = [row[1].text for row in results_table(record, party_book(), papers).rows()]
    assert names.index("Y Ghĭ Bảo") == 3


def test_a_council_of_four_types_is_grouped_by_block_and_numbered_through():
    record = counted(council_slate(), state_book(), 47)
    table = results_table(record, state_book(), state_papers())
    assert [(block.title, len(block.rows)) for block in table.blocks] == [
        ("I. KHỐI HỘI ĐỒNG NHÂN DÂN", 7),
        ("II. KHỐI ỦY BAN NHÂN DÂN", 21),
    ]
    assert [row[0].text for row in table.rows()] == [str(number) for number in range(1, 29)]


def test_without_blocks_each_ballot_type_is_a_group():
    record = counted(council_slate(), state_book(), 47)
    table = results_table(record, state_book(), structs.replace(state_papers(), blocks=()))
    assert [block.title for block in table.blocks] == [
        "I. CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN",
        "II. PHÓ CHỦ TỊCH VÀ TRƯỞNG BAN CỦA HỘI ĐỒNG NHÂN DÂN",
        "III. CHỦ TỊCH ỦY BAN NHÂN DÂN",
        "IV. PHÓ CHỦ TỊCH VÀ ỦY VIÊN ỦY BAN NHÂN DÂN",
    ]


def test_what_the_record_does_not_know_is_a_dash():
    table = results_table(unknown_record(), party_book(), party_papers())
    assert row_texts(table, 0)[3:] == ["–", "–", "12", "–", "4", "–", "4", "–", "4", "–", ""]
    assert table.notes == ("Chưa có tổng số phiếu thu về nên không tính tỷ lệ.",)


def test_a_number_in_the_text_comes_with_its_words(record):
    returned = ballot_figures(record, record.types[0], party_papers())[4]
    assert (returned.key, returned.label, returned.text, returned.unit, returned.in_words) == (
        "type1/returned",
        "Số phiếu thu về",
        "47",
        "phiếu",
        "bốn mươi bảy",
    )


def test_a_council_counts_deputies_and_a_committee_comrades(record):
    units = [figure.unit for papers in (party_papers(), state_papers()) for figure in meeting_figures(record, papers)]
    assert units == ["đồng chí"] * 6 + ["đại biểu"] * 6


def test_the_figures_of_a_table_are_its_numbers_and_shares(record):
    assert len(results_table(record, party_book(), party_papers()).figures()) == 9 * 10


def test_a_table_of_posts_alone_has_no_column_of_names(record):
    nameless = structs.replace(record, lines=tuple(structs.replace(line, name="") for line in record.lines))
    table = results_table(nameless, party_book(), party_papers())
    assert [column.title for column in table.columns][:3] == ["STT", "Chức vụ", "Phát ra"]
    assert len(table.figures()) == 9 * 10
