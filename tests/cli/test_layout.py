"""`tinnhiem layout`: where everything stands, as other programs take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.ballot_round import TYPES, ballot_round, one_type
from tests.cli.running import call, start


@pytest.fixture
def round_path(tmp_path: Path) -> Path:
    return ballot_round(tmp_path)


def test_the_document_has_the_parts_that_other_tools_call_for(round_path: Path) -> None:
    document = call("layout", round_path, "--json").document
    page = document["pages"][0]
    assert (set(document), set(page), set(page["rows"][0])) == (
        {"hash", "page_mm", "pages"},
        {"type", "page", "markers", "rows"},
        {"line", "name_box", "boxes"},
    )


def test_pages_stand_in_the_order_of_the_types(round_path: Path) -> None:
    pages = call("layout", round_path, "--json").document["pages"]
    assert [(page["type"], page["page"], [row["line"] for row in page["rows"]]) for page in pages] == [
        ("hdnd", 1, [1]),
        ("ubnd", 1, [1, 2]),
    ]


def test_a_round_without_types_has_pages_without_a_type(tmp_path: Path) -> None:
    pages = call("layout", one_type(tmp_path, number=40), "--json").document["pages"]
    assert [(page["type"], page["page"]) for page in pages] == [(None, 1), (None, 2)]


def test_there_is_a_box_for_each_choice_of_the_book(round_path: Path) -> None:
    row = call("layout", round_path, "--json").document["pages"][0]["rows"][0]
    assert list(row["boxes"]) == ["high", "medium", "low"]


def test_places_are_millimetres_from_the_corner_of_the_page(round_path: Path) -> None:
    document = call("layout", round_path, "--json").document
    assert (document["page_mm"], document["pages"][0]["markers"][0]) == ([210, 297], [12, 12, 10])


def test_there_are_four_markers_in_the_corners_and_a_fifth_at_mid_left(round_path: Path) -> None:
    markers = call("layout", round_path, "--json").document["pages"][0]["markers"]
    (left, top, _), (right, _, _), (_, low, _), (_, _, _), (mid_left, middle, _) = markers
    assert ([marker[:2] for marker in markers[:4]], mid_left) == (
        [[left, top], [right, top], [right, low], [left, low]],
        left,
    )
    assert top < middle < low


def test_names_stand_left_of_the_boxes(round_path: Path) -> None:
    row = call("layout", round_path, "--json").document["pages"][1]["rows"][0]
    x, _, width, _ = row["name_box"]
    assert x + width < min(box[0] for box in row["boxes"].values())


def test_the_same_file_has_the_same_hash(round_path: Path) -> None:
    assert call("layout", round_path, "--json").document == call("layout", round_path, "--json").document


def test_another_random_id_has_another_hash(tmp_path: Path) -> None:
    first = call("layout", ballot_round(tmp_path), "--json").document["hash"]
    assert call("layout", ballot_round(tmp_path, 'round_id = "dot-khac"'), "--json").document["hash"] != first


def test_numbers_of_the_count_change_no_layout(tmp_path: Path) -> None:
    path = ballot_round(tmp_path)
    first = call("layout", path, "--json").document["hash"]
    path.write_text(
        path.read_text(encoding="utf-8").replace("present = 47", "present = 46"), encoding="utf-8", newline="\n"
    )
    assert call("layout", path, "--json").document["hash"] == first


def test_large_print_has_larger_boxes(round_path: Path) -> None:
    boxes = [
        call("layout", round_path, "--json", *more).document["pages"][0]["rows"][0]["boxes"]["high"][2]
        for more in ([], ["--large-print"])
    ]
    assert boxes == [5, 7]


@pytest.mark.parametrize(("sheet", "size"), [('paper = "A5"', [148, 210]), ("large_print = true", [210, 297])])
def test_the_paper_is_that_of_the_form(tmp_path: Path, sheet: str, size: list[int]) -> None:
    assert call("layout", ballot_round(tmp_path, sheet), "--json").document["page_mm"] == size


def test_people_are_told_the_sides_and_the_code(round_path: Path) -> None:
    out = call("layout", round_path).out
    short = call("layout", round_path, "--json").document["hash"][:16].upper()
    assert (out.count("1/1"), f"Mã bố cục in trên phiếu: {short}" in out) == (2, True)


def test_a_list_without_names_is_refused_in_the_file_that_lacks_it(tmp_path: Path) -> None:
    done = start("layout", ballot_round(tmp_path, types=TYPES, people=()), "--json")
    assert (done.code, done.out, done.codes, done.faults[0]["where"]) == (2, "", ["subjects_unnamed"], "ROUND.toml")


BAD = {
    'paper = "A3"': ("value_unfit", "ROUND.toml [sheet] paper"),
    'style = "church"': ("value_unfit", "ROUND.toml [sheet] style"),
    "band = 1": ("value_unfit", "ROUND.toml [sheet] band"),
    'large_print = "true"': ("value_unfit", "ROUND.toml [sheet] large_print"),
    "signature = 0": ("value_unfit", "ROUND.toml [sheet] signature"),
    'stamp = "yes"': ("value_unfit", "ROUND.toml [sheet] stamp"),
    "rehearsal = 2028-12-07": ("value_unfit", "ROUND.toml [sheet] rehearsal"),
    "round_id = 7": ("value_unfit", "ROUND.toml [sheet] round_id"),
    'meeting = "a\\u200bb"': ("hidden_character", "ROUND.toml [sheet] meeting"),
    f'superior = "{"a" * 201}"': ("line_too_long", "ROUND.toml [sheet] superior"),
    "colour = true": ("key_unknown", "ROUND.toml [sheet]"),
}  # fmt: skip


@pytest.mark.parametrize("sheet", BAD)
def test_a_bad_value_of_the_form_is_told_with_its_place(tmp_path: Path, sheet: str) -> None:
    done = call("layout", ballot_round(tmp_path, sheet), "--json")
    assert (done.code, [(fault["code"], fault["where"]) for fault in done.faults]) == (2, [BAD[sheet]])


def test_every_bad_value_is_told_at_once(tmp_path: Path) -> None:
    done = call("layout", ballot_round(tmp_path, 'paper = "A3"\nband = 1\nmeeting = 3'), "--json")
    assert [fault["where"].split()[-1] for fault in done.faults] == ["meeting", "band", "paper"]


def test_a_form_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = ballot_round(tmp_path)
    path.write_text(
        "sheet = 3\n" + path.read_text(encoding="utf-8").replace("[sheet]\nround_id", "supersedes"), encoding="utf-8"
    )
    assert "value_unfit" in call("layout", path, "--json").codes
