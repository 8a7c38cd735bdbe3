"""Reading a rulebook file: broken books tell every fault at once, with path, clause and cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tinnhiem.errors import Faults
from tinnhiem.law import faults, shelf
from tinnhiem.law.load import build, content, load

BROKEN = Path(__file__).parent.parent / "cases" / "books_broken"
CASES = sorted(BROKEN.glob("*.toml"))
SOUND = BROKEN / "base_of_the_cases.toml"


def found_in(path: Path) -> list[faults.BookFault]:
    try:
        load(path.read_text(encoding="utf-8"), path.name)
    except Faults as raised:
        return [fault for fault in raised.each() if isinstance(fault, faults.BookFault)]
    return []


def kinds(kind: type[faults.BookFault] = faults.BookFault) -> set[type[faults.BookFault]]:
    below = set(kind.__subclasses__())
    return below.union(*(kinds(one) for one in below)) if below else below


def in_order(told: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(told, key=lambda one: (one["path"], one["code"]))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_book_tells_every_fault_by_path_clause_and_cure(path: Path) -> None:
    told = [
        {
            "code": fault.code,
            "path": fault.path,
            "clause": fault.clause,
            "message": fault.message,
            "message_en": fault.message_en,
        }
        for fault in found_in(path)
    ]
    assert in_order(told) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_place_of_a_fault_is_file_path_and_clause(path: Path) -> None:
    for fault in found_in(path):
        at = f"{fault.path} ({fault.clause})" if fault.path and fault.clause else fault.path
        assert fault.where == (f"{path.name}, {at}" if at else path.name)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fault_says_what_is_wrong_and_then_what_to_do_in_both_languages(path: Path) -> None:
    one_sentence = [
        fault.code
        for fault in found_in(path)
        for message in (fault.message, fault.message_en)
        if len(message.split(". ")) < 2
    ]
    assert one_sentence == []


def test_the_broken_books_show_every_kind_of_fault_there_is() -> None:
    shown = {type(fault) for path in CASES for fault in found_in(path)}
    assert shown == kinds()


def test_every_kind_of_fault_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))


def test_a_fault_in_words() -> None:
    (fault,) = found_in(BROKEN / "bands_overlap.toml")
    assert fault.sentence() == (
        "bands_overlap.toml, bands[1].bounds (Đ.7 k.2): Khung “very_weak” và khung “weak” cùng đúng với một tỷ lệ. "
        'Sửa ngưỡng; nếu văn bản đúng là như vậy, ghi overlaps = ["weak"].'
    )


def test_what_was_found_is_shown_as_it_was_written() -> None:
    shown = {fault.path: fault.values["found"] for fault in found_in(BROKEN / "wrong_types.toml")}
    assert shown == {
        "in_force.value": "“2030-02-01”",
        "signature.value": "0",
        "quorum": "[…]",
        "rounding.digits": "true",
        "bands[0].bounds[1].num": "2.0",
        "bands[1].label": "2030-01-01",
        "deadlines[0].days": "“10”",
        "deadlines[0].who": "{…}",
    }


def test_an_overlap_that_the_book_declares_is_no_fault() -> None:
    text = (BROKEN / "bands_overlap.toml").read_text(encoding="utf-8")
    declared = text.replace('clause = "Đ.7 k.2"', 'overlaps = ["weak"]\nclause = "Đ.7 k.2"')
    assert load(declared, "declared").bands[1].overlaps == ("weak",)


def test_bands_of_different_choices_may_both_hold() -> None:
    text = SOUND.read_text(encoding="utf-8")
    other = text.replace('choice = "poor"\nbounds = [{ op = "ge"', 'choice = "good"\nbounds = [{ op = "ge"')
    assert [band.choice for band in load(other, "other").bands] == ["poor", "good"]


@pytest.mark.parametrize(("op", "found"), [("ge", []), ("gt", ["book_empty_band"])])
def test_a_band_of_everybody_can_be_met_and_one_above_everybody_cannot(op: str, found: list[str]) -> None:
    text = SOUND.read_text(encoding="utf-8")
    unanimous = text.replace('op = "ge", num = 2, den = 3', f'op = "{op}", num = 1, den = 1')
    told: list[str] = []
    try:
        load(unanimous, "unanimous")
    except Faults as raised:
        told = [fault.code for fault in raised.each()]
    assert told == found


def test_a_band_of_any_mark_at_all_is_sound() -> None:
    text = SOUND.read_text(encoding="utf-8").replace('op = "gt", num = 1, den = 2', 'op = "gt", num = 0, den = 1')
    assert load(text, "any mark").bands[0].bounds[0].num == 0


def test_bands_that_touch_without_sharing_a_point_are_sound() -> None:
    text = SOUND.read_text(encoding="utf-8").replace('op = "lt"', 'op = "le"').replace('op = "ge"', 'op = "gt"')
    assert [len(band.bounds) for band in load(text, "touching").bands] == [2, 1]


def test_a_band_of_one_single_share_is_sound() -> None:
    text = SOUND.read_text(encoding="utf-8")
    point = text.replace('op = "gt", num = 1, den = 2', 'op = "ge", num = 2, den = 3').replace('op = "lt"', 'op = "le"')
    point = point.replace('op = "ge", num = 2, den = 3 }]', 'op = "gt", num = 2, den = 3 }]')
    assert load(point, "point").bands[0].bounds[0].op == "ge"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    text = SOUND.read_text(encoding="utf-8")
    assert load("\ufeff" + text.replace("\n", "\r\n"), "windows") == load(text, "unix")


@pytest.mark.parametrize("book_id", shelf.ids())
def test_a_book_taken_apart_and_built_again_is_the_same_book(book_id: str) -> None:
    book = shelf.book(book_id)
    assert build(content(book), book_id) == book
