"""The preview: cells mended, questions answered, all or nothing."""

from __future__ import annotations

import msgspec
import pytest

from tinnhiem.errors import Faults
from tinnhiem.roster import Cell, Choices, Grid, errors
from tinnhiem.roster.preview import Preview

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"]


def preview(*rows: list[str], hidden: tuple[int, ...] = ()) -> Preview:
    cells = tuple(tuple(Cell(text) for text in row) for row in [HEADER, *rows])
    return Preview(grids=(Grid(name="DS", rows=cells, hidden_rows=hidden),))


def codes(shown: Preview) -> list[str]:
    return [fault.code for fault in shown.book().faults]


BROKEN = preview(["1", "Cao Văn Tuyển", "31/02/1970", "Giám đốc"], ["2", "Mai Thị Hoa", "1975", ""])


def test_a_list_with_a_fault_is_not_accepted_at_all():
    with pytest.raises(Faults) as caught:
        BROKEN.accepted()
    assert [(fault.code, fault.cell) for fault in caught.value.faults] == [
        ("roster_not_a_date", "C2"),
        ("roster_post_missing", "D3"),
    ]


def test_mended_cells_make_the_list_whole():
    mended = BROKEN.edit("DS", "C2", "28/02/1970").edit("DS", "d3", "Phó Giám đốc")
    assert [(p.full_name, p.birth.iso, p.post) for p in mended.accepted().people] == [
        ("Cao Văn Tuyển", "1970-02-28", "Giám đốc"),
        ("Mai Thị Hoa", "1975", "Phó Giám đốc"),
    ]


def test_editing_leaves_the_first_preview_as_it_was():
    BROKEN.edit("DS", "C2", "1970")
    assert codes(BROKEN) == ["roster_not_a_date", "roster_post_missing"]


@pytest.mark.parametrize(("sheet", "cell"), [("Khác", "A1"), ("DS", "Z9"), ("DS", "A99"), ("DS", "hai"), ("DS", "A0")])
def test_a_cell_outside_the_file_cannot_be_edited(sheet: str, cell: str):
    with pytest.raises(ValueError, match=r".+"):
        BROKEN.edit(sheet, cell, "x")


def test_a_preview_is_kept_between_two_requests():
    changed = BROKEN.edit("DS", "C2", "1970").answer("DS", "same_name:2,3")
    assert msgspec.json.decode(msgspec.json.encode(changed), type=Preview) == changed


def test_day_or_month_is_asked_and_answered():
    asked = preview(["1", "Cao Văn Tuyển", "3/4/1970", "Giám đốc"])
    assert codes(asked) == ["roster_day_or_month"]
    births = [
        asked.choose("DS", Choices(date_order={"C": order})).accepted().people[0].birth.iso
        for order in ("day-first", "month-first")
    ]
    assert births == ["1970-04-03", "1970-03-04"]


def test_two_people_of_one_name_are_asked_about_and_kept():
    asked = preview(["1", "Lý Hoà", "", "Ủy viên"], ["2", "Lí Hòa", "", "Ủy viên"])
    (question,) = asked.book().faults
    assert (type(question), question.answer) == (errors.SameNameTwice, "same_name:2,3")
    assert len(asked.answer("DS", question.answer).accepted().people) == 2


def test_a_count_that_differs_is_asked_about_and_kept():
    asked = preview(["1", "Lý Hoà", "", "Ủy viên"], ["", "Danh sách có 02 đồng chí", "", ""])
    (question,) = asked.book().faults
    assert question.message == "Cuối danh sách ghi 2 người nhưng chỉ có 1 dòng họ tên. Kiểm tra lại danh sách."
    assert len(asked.answer("DS", question.answer).accepted().people) == 1


def test_hidden_rows_are_taken_unless_left_out():
    shown = preview(["1", "Lý Hoà", "", "Ủy viên"], ["2", "Cao Lan", "", "Ủy viên"], hidden=(3,))
    left_out = shown.choose("DS", Choices(take_hidden_rows=False))
    assert (len(shown.accepted().people), len(left_out.accepted().people)) == (2, 1)
    assert [note.code for note in left_out.book().rosters[0].notes] == ["hidden_rows_left_out"]


def test_a_column_can_be_given_another_meaning():
    shown = preview(["1", "Lý Hoà", "1970", "Sở Thí dụ"]).choose(
        "DS", Choices(kind="voters", columns={"D": "unit", "C": ""})
    )
    (person,) = shown.accepted().people
    assert (person.unit, person.post, person.birth) == ("Sở Thí dụ", "", None)


def test_the_header_row_can_be_chosen():
    shown = preview(["", "", "", ""], ["TT", "Họ tên", "Năm sinh", "Chức danh"], ["1", "Lý Hoà", "1970", "Ủy viên"])
    chosen = shown.choose("DS", Choices(header_rows=(3, 3)))
    assert (chosen.book().rosters[0].header_rows, len(chosen.accepted().people)) == ((3, 3), 1)


def test_capitals_become_first_capitals_when_chosen():
    shown = preview(["1", "LÝ THỊ HOÀ", "", "Ủy viên"]).choose("DS", Choices(proper_case=True))
    assert shown.accepted().people[0].full_name == "Lý Thị Hoà"
