"""Tables from the clipboard."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.roster import FileRefused, read_pasted
from tinnhiem.roster.grid import Merge
from tinnhiem.roster.paste import grid_of_pasted


def texts(pasted: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid_of_pasted(pasted).rows]


def test_tabs_part_the_cells_and_quotes_keep_line_breaks():
    assert texts('a\t"b\nc"\r\nd\te "f"\r\n') == [["a", "b\nc"], ["d", 'e "f"']]


def test_paragraphs_and_breaks_of_a_cell_become_lines():
    assert texts("<table><tr><td><p>Lý\n Hoà</p><p>Ủy&nbsp;viên</p></td><td>a<br/>b</td></tr></table>") == [
        ["Lý Hoà\nỦy viên", "a\nb"]
    ]


def test_cells_spanning_rows_and_columns_keep_their_neighbours_in_place():
    pasted = "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>"
    grid = grid_of_pasted(pasted)
    assert texts(pasted) == [["a", "b", "", "c"], ["", "d", "e", "f"]]
    assert grid.merges == (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3))


def test_the_largest_table_is_the_list():
    assert texts(
        "<table><tr><td>Đầu</td></tr></table><p>x</p><table><tr><td>a</td></tr><tr><td>b</td></tr></table>"
    ) == [["a"], ["b"]]


def test_scripts_and_styles_are_no_text():
    assert texts("<style>p{}</style><table><tr><td><script>x</script><style>y</style>a</td></tr></table>") == [["a"]]


@pytest.mark.parametrize(
    "pasted", ["", "chỉ là chữ", "a\tb\tc", "<table></table>", "<table><tr><td>a</td></tr></table>"]
)
def test_what_is_no_list_is_refused(pasted: str):
    with pytest.raises(FileRefused) as caught:
        read_pasted(pasted)
    assert caught.value.code == "roster_header_not_found"


@given(st.text(alphabet='<>/table trdspanow="19\t\n"Họ và tên', max_size=300))
def test_any_pasted_text_is_read_or_refused_never_a_crash(pasted: str):
    for text in (pasted, f"<table>{pasted}", f"Họ và tên\tChức vụ\n{pasted}"):
        with contextlib.suppress(FileRefused):
            read_pasted(text)
