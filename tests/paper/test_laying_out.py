"""Where everything stands on a ballot: nothing cut, nothing outside, nothing in the way of the machine or of the stamp."""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper.rounds import BODY, DAY, FORMS, POSTS, book, forms, laid_out, people, slates, two_types
from tests.paper.strokes import area_of, gap, texts
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.paper.drawing import Area, Shape, Text
from tinnhiem.paper.laying_out import EntryTooLong, NamesTooMany, SubjectsUnnamed, lay_out
from tinnhiem.paper.sheet_layout import Row, SheetLayout, Side
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType, Slate, Subject
from tinnhiem.typeset.fonts import LettersMissing

books = st.tuples(st.integers(2, 4), st.booleans()).map(lambda drawn: book(drawn[0], signed=drawn[1]))
any_round = given(slates(), forms, books)
some = settings(max_examples=20, deadline=None)


@functools.cache
def grid() -> tuple[tuple[Slate, Rulebook, SheetLayout], ...]:
    """Every paper with two to four choices, with and without a place to sign, and lists from one name to sixty."""
    made = []
    for form, choices, signed in itertools.product(FORMS.values(), (2, 3, 4), (True, False)):
        for number in (1, 2, 13, 30, 31, 60):
            slate = Slate(types=(BallotType(title=POSTS[2]),), subjects=people(number))
            made.append((slate, book(choices, signed=signed), laid_out(slate, form, book(choices, signed=signed))))
    return tuple(made)


def sides() -> Iterator[Side]:
    for _, _, layout in grid():
        yield from layout.pages


def marker_areas(side: Side) -> list[Area]:
    return [Area(marker.x, marker.y, marker.size, marker.size) for marker in side.markers]


def machine_marks(side: Side) -> list[Area]:
    return [*marker_areas(side), side.code, *side.calibration]


def boxes(side: Side) -> list[Area]:
    return [box.area for row in side.rows for box in row.boxes]


def printed_in(row: Row, side: Side) -> list[Text]:
    """The texts in the cells of name and post, in the order in which they are read."""
    inside = [text for text in texts(side.drawing) if row.name.meets(area_of(text).grown(-0.9))]
    return sorted(inside, key=lambda text: (text.x, text.y))


def overlap(one: Text, other: Text) -> bool:
    """Whether the ink of two texts may meet: lines set close may share the room of their marks, not more."""
    return area_of(one).grown(-0.9).meets(area_of(other).grown(-0.9))


@some
@any_round
def test_every_person_stands_on_one_line_in_order(slate: Slate, form: BallotForm, rules: Rulebook) -> None:
    layout = laid_out(slate, form, rules)
    assert [row.line for side in layout.pages for row in side.rows] == [person.line for person in slate.subjects]


@some
@any_round
def test_no_word_of_a_name_or_post_is_cut_or_left_out(slate: Slate, form: BallotForm, rules: Rulebook) -> None:
    rows = [(row, side) for side in laid_out(slate, form, rules).pages for row in side.rows]
    printed = [" ".join(text.text for text in printed_in(row, side)).split() for row, side in rows]
    assert printed == [f"{person.name} {person.post}".split() for person in slate.subjects]


@some
@any_round
def test_names_and_posts_stay_in_the_cells_in_which_foreign_ink_is_looked_for(
    slate: Slate, form: BallotForm, rules: Rulebook
) -> None:
    for side in laid_out(slate, form, rules).pages:
        for row in side.rows:
            areas = [area_of(text) for text in printed_in(row, side)]
            assert [area for area in areas if area.x < row.name.x or area.right > row.name.right] == []


def test_every_line_has_a_box_for_each_choice_in_printed_order() -> None:
    for _, rules, layout in grid():
        drawn = {tuple(box.choice for box in row.boxes) for side in layout.pages for row in side.rows}
        assert drawn == {rules.choice_codes()}


def test_a_side_has_thirty_rows_at_most() -> None:
    assert max(len(side.rows) for side in sides()) <= 30


def test_nothing_is_printed_where_printers_do_not_reach() -> None:
    for _, _, layout in grid():
        width, height = layout.page_mm
        for side in layout.pages:
            areas = [*machine_marks(side), *(area_of(stroke) for stroke in side.drawing)]
            assert (min(a.x for a in areas) > 4, min(a.y for a in areas) > 4) == (True, True)
            assert (max(a.right for a in areas) < width - 4, max(a.bottom for a in areas) < height - 4) == (True, True)


def test_no_text_of_a_row_stands_within_three_millimetres_of_a_box() -> None:
    for side in sides():
        in_rows = [area_of(text) for row in side.rows for text in printed_in(row, side)]
        assert [gap(text, box) for text in in_rows for box in boxes(side) if gap(text, box) < 3] == []


def test_around_a_marker_the_paper_is_white() -> None:
    for side in sides():
        drawn = [area_of(stroke) for stroke in side.drawing]
        assert [area for area in drawn for marker in marker_areas(side) if gap(area, marker) < 2.5] == []


def test_around_the_code_the_paper_is_white() -> None:
    for side in sides():
        assert [stroke for stroke in side.drawing if gap(area_of(stroke), side.code) < 2] == []


def test_the_stamp_meets_no_machine_mark_and_no_box() -> None:
    for side in sides():
        if side.stamp is not None:
            assert [area for area in (*machine_marks(side), *boxes(side)) if side.stamp.meets(area)] == []


def test_the_stamp_has_forty_five_millimetres_on_the_first_side_only() -> None:
    places = {(side.page == 1, None if side.stamp is None else (side.stamp.w, side.stamp.h)) for side in sides()}
    assert places == {(True, (45, 45)), (False, None)}


def test_who_may_sign_has_one_place_for_it_on_the_last_side() -> None:
    for _, rules, layout in grid():
        places = [side.page for side in layout.pages if side.signature is not None]
        assert places == ([len(layout.pages)] if rules.signature.value else [])


def test_a_signature_meets_nothing_that_is_read() -> None:
    for side in sides():
        if side.signature is not None:
            read = [*machine_marks(side), *(row.area for row in side.rows)]
            assert [area for area in read if side.signature.meets(area)] == []


def test_boxes_keep_off_the_lines_between_the_rows() -> None:
    spaces = [
        min(box.area.y - row.area.y, row.area.bottom - box.area.bottom)
        for side in sides()
        for row in side.rows
        for box in row.boxes
    ]
    assert min(spaces) > 0.8


def test_type_never_shrinks() -> None:
    assert min(text.size for side in sides() for text in texts(side.drawing)) >= 10.5


@pytest.mark.parametrize("form", FORMS)
def test_names_are_never_smaller_than_twelve_points(form: str) -> None:
    layout = laid_out(Slate(subjects=people(9)), FORMS[form])
    names = {person.name for person in people(9)}
    sizes = [text.size for side in layout.pages for text in texts(side.drawing) if text.text in names]
    assert min(sizes) >= 12


def short(number: int) -> Slate:
    """People whose names and posts take one line each."""
    return Slate(subjects=tuple(Subject(line=n, name="Lê Thị Bưởi", post="Ủy viên") for n in range(1, number + 1)))


def test_fifty_five_names_with_short_posts_stand_on_one_sheet() -> None:
    assert [side.page for side in laid_out(short(55)).pages] == [1, 2]


def test_forty_names_are_split_evenly() -> None:
    assert [len(side.rows) for side in laid_out(short(40)).pages] == [20, 20]


def test_a_single_name_has_no_number() -> None:
    layout = laid_out(Slate(subjects=people(1)))
    assert [text for side in layout.pages for text in texts(side.drawing) if text.text in ("1", "STT")] == []


def test_the_longest_list_of_long_entries_is_laid_out_on_the_smallest_paper() -> None:
    slate = Slate(subjects=tuple(Subject(line=n, name="Nguyễn Thị Quỳnh Nghiêng", post=POSTS[3]) for n in range(1, 61)))
    assert sum(len(side.rows) for side in laid_out(slate, FORMS["A5"], book(4)).pages) == 60


def bold_lines(side: Side) -> str:
    return " ".join(text.text for text in texts(side.drawing) if text.bold)


def test_a_sheet_with_another_side_says_so_in_bold() -> None:
    first, second = laid_out(short(40), rules=book(signed=False)).pages
    assert ("Phiếu còn mặt sau" in bold_lines(first), "Phiếu còn mặt sau" in bold_lines(second)) == (True, False)


def test_sheets_stand_in_the_order_of_the_types() -> None:
    assert [(side.ballot, side.page) for side in laid_out(two_types()).pages] == [("hdnd", 1), ("ubnd", 1)]


def test_types_without_coloured_paper_are_told_apart_by_a_band_and_its_number() -> None:
    layout = laid_out(two_types(), msgspec.structs.replace(FORMS["A4"], band=True))
    bands = [
        [stroke.colour for stroke in side.drawing if isinstance(stroke, Shape) and stroke.colour]
        for side in layout.pages
    ]
    numbers = [[text.text for text in texts(side.drawing) if text.turned] for side in layout.pages]
    assert (len({*bands[0], *bands[1]}), numbers) == (2, [["Loại 1"], ["Loại 2"]])


def test_sheets_of_identical_paper_bear_no_colour() -> None:
    strokes = [stroke for side in laid_out(two_types()).pages for stroke in side.drawing]
    assert [stroke for stroke in strokes if isinstance(stroke, Shape) and stroke.colour] == []


def test_a_rehearsal_says_on_every_side_that_it_is_one() -> None:
    layout = laid_out(short(40), msgspec.structs.replace(FORMS["A4"], rehearsal=True))
    said = [any("PHIẾU CHẠY THỬ" in text.text for text in texts(side.drawing)) for side in layout.pages]
    assert said == [True, True]


@pytest.mark.parametrize("key", ["subjects", "meeting", "superior", "body"])
def test_what_the_office_says_of_its_ballot_is_printed(key: str) -> None:
    layout = laid_out(Slate(subjects=people(2)), msgspec.structs.replace(FORMS["A4"], **{key: "Vĩnh Phong"}))
    printed = " ".join(text.text for text in texts(layout.pages[0].drawing))
    assert "vĩnh phong" in printed.casefold()


def test_a_list_without_names_is_refused() -> None:
    with pytest.raises(SubjectsUnnamed):
        laid_out(Slate(subjects=(Subject(line=1, post="Chủ tịch"),)))


def test_a_type_without_people_is_refused_by_its_title() -> None:
    slate = Slate(types=(BallotType(id="a", title="Ban Pháp chế"), BallotType(id="b")), subjects=people(2, "b"))
    with pytest.raises(SubjectsUnnamed, match="Ban Pháp chế"):
        laid_out(slate)


def test_sixty_one_names_are_refused() -> None:
    with pytest.raises(NamesTooMany):
        laid_out(Slate(subjects=people(61)))


def test_a_post_longer_than_a_side_is_refused_with_its_line() -> None:
    endless = Subject(line=3, name="Lê Thị Bưởi", post="Ủy viên " * 900)
    with pytest.raises(EntryTooLong) as refused:
        laid_out(Slate(subjects=(*people(2), endless)))
    assert refused.value.values["line"] == 3


def test_a_name_with_letters_that_the_type_lacks_is_refused() -> None:
    with pytest.raises(LettersMissing):
        laid_out(Slate(subjects=(Subject(line=1, name="李 Bưởi", post="Chủ tịch"),)))


# What the hash covers.

PLAIN = Slate(types=(BallotType(id="a", title="Ban"), BallotType(id="b")), subjects=(*people(2, "a"), *people(1, "b")))
USUAL = FORMS["A4"]


def hash_of(
    slate: Slate = PLAIN,
    form: BallotForm = USUAL,
    *,
    body: str = BODY,
    date: datetime.date = DAY,
    rules: Rulebook | None = None,
) -> str:
    return lay_out(slate, rules or book(), form, body=body, date=date).hash


def other_subject(**changed: object) -> Slate:
    first, *rest = PLAIN.subjects
    return msgspec.structs.replace(PLAIN, subjects=(msgspec.structs.replace(first, **changed), *rest))


OTHERS = {
    "the random id": {"form": msgspec.structs.replace(USUAL, round_id="dot-khac")},
    "the body": {"body": "HĐND tỉnh Vĩnh An"},
    "the day": {"date": datetime.date(2028, 12, 8)},
    "the rulebook": {"rules": msgspec.structs.replace(book(), id="mot-quy-dinh-khac")},
    "the choices": {"rules": book(4)},
    "a type's title": {"slate": msgspec.structs.replace(PLAIN, types=(BallotType(id="a", title="Ban khác"), BallotType(id="b")))},
    "the order of types": {"slate": msgspec.structs.replace(PLAIN, types=(BallotType(id="b"), BallotType(id="a", title="Ban")))},
    "a name": {"slate": other_subject(name="Lê Thị Ổi")},
    "a post": {"slate": other_subject(post="Chánh Văn phòng")},
    "the order of names": {
        "slate": msgspec.structs.replace(
            PLAIN,
            subjects=(
                msgspec.structs.replace(PLAIN.subjects[1], line=1),
                msgspec.structs.replace(PLAIN.subjects[0], line=2),
                PLAIN.subjects[2],
            ),
        )
    },
    "the paper": {"form": msgspec.structs.replace(USUAL, paper="A5")},
    "the size of type": {"form": msgspec.structs.replace(USUAL, large_print=True)},
    "the band": {"form": msgspec.structs.replace(USUAL, band=True)},
    "the signature line": {"form": msgspec.structs.replace(USUAL, signature=False)},
    "the rehearsal flag": {"form": msgspec.structs.replace(USUAL, rehearsal=True)},
    "the words of the meeting": {"form": msgspec.structs.replace(USUAL, meeting="kỳ họp")},
    "the superior body": {"form": msgspec.structs.replace(USUAL, superior="Tỉnh Bình An")},
}  # fmt: skip


def test_the_same_facts_have_the_same_hash() -> None:
    assert hash_of() == hash_of()


@pytest.mark.parametrize("fact", OTHERS)
def test_another_fact_has_another_hash(fact: str) -> None:
    assert hash_of(**OTHERS[fact]) != hash_of()  # type: ignore[arg-type]


def test_no_two_of_these_share_a_hash() -> None:
    hashes = [hash_of(), *(hash_of(**other) for other in OTHERS.values())]  # type: ignore[arg-type]
    assert len(set(hashes)) == len(hashes)


def test_a_decision_on_random_codes_changes_no_layout() -> None:
    assert hash_of(form=msgspec.structs.replace(USUAL, token_decision="NQ 1")) == hash_of()


def test_the_regime_of_a_person_is_not_on_the_sheet() -> None:
    assert hash_of(other_subject(regime="cong-chuc")) == hash_of()


def payloads(layout: SheetLayout) -> list[str]:
    return [layout.payload(side) for side in layout.pages]


def test_the_code_says_hash_type_side_and_that_the_sheet_is_official() -> None:
    layout = laid_out(two_types())
    short = layout.hash[:16].upper()
    assert payloads(layout) == [f"TN1-{short}-01-01-O", f"TN1-{short}-02-01-O"]


def test_the_code_of_a_rehearsal_says_so() -> None:
    layout = laid_out(two_types(), msgspec.structs.replace(USUAL, rehearsal=True))
    assert {payload[-2:] for payload in payloads(layout)} == {"-T"}


def test_a_text_is_drawn_once_at_one_place() -> None:
    drawn = [(text.text, text.x, text.y) for text in texts(laid_out(two_types()).pages[0].drawing)]
    assert len(drawn) == len(set(drawn))


@some
@given(slates(), forms, st.tuples(st.integers(2, 3), st.booleans()))
def test_no_text_is_printed_over_another(slate: Slate, form: BallotForm, rules: tuple[int, bool]) -> None:
    for side in laid_out(slate, form, book(rules[0], signed=rules[1])).pages:
        drawn = texts(side.drawing)
        met = [(a.text, b.text) for place, a in enumerate(drawn) for b in drawn[place + 1 :] if overlap(a, b)]
        assert met == []
