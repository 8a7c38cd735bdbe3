"""ROUND.toml: what is read, and every way in which it is refused."""

from __future__ import annotations

import datetime

import pytest

from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.law.rulebook import Correction
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.record import BallotNumbers, Numbers, RoundingUsed
from tinnhiem.poll.round_file import RoundFile, StatedSubject, read_round
from tinnhiem.poll.slate import BallotType

HEAD = 'rulebook = "nq-96-2023"\nbody = "HĐND tỉnh Bình An"\ndate = 2023-12-13\n'


def refused(text: str | bytes) -> list[tuple[str, str]]:
    """Code and place of each fault."""
    with pytest.raises(TinnhiemError) as caught:
        read_round(text if isinstance(text, bytes) else text.encode("utf-8"))
    return [(fault.code, fault.where) for fault in caught.value.each()]


def read(text: str) -> RoundFile:
    return read_round(text.encode("utf-8"))


def test_the_shortest_round_names_its_rulebook_body_and_date() -> None:
    assert read(HEAD) == RoundFile(
        rulebook="nq-96-2023",
        body="HĐND tỉnh Bình An",
        date=datetime.date(2023, 12, 13),
        numbers=Numbers(ballots=(BallotNumbers(),)),
    )


def test_every_key_of_a_round_without_types_is_read() -> None:
    found = read(
        HEAD + 'ballot_title = "Phiếu tín nhiệm"\nsupersedes = "' + "ab" * 32 + '"\n'
        "[numbers]\nmembers = 52\nsummoned = 50\npresent = 47\nabsent_with_leave = 2\nabsent_without_leave = 1\nexcluded = 1\n"
        "received = 55\nissued = 47\nspoilt = 1\nunused = 7\nreturned = 47\nvalid = 46\ninvalid = 1\n"
        "[numbers.invalid_by_reason]\nnot_issued = 1\n"
        '[rounding]\ndigits = 1\nmode = "truncate"\n'
        '[[subject]]\nname = "Lê Thị Bưởi"\npost = "Chủ tịch"\nregime = "cong-chuc"\n'
        '[[correction]]\npath = "quorum.num"\nvalue = 1\nreason = "Theo quy chế làm việc"\n'
    )
    assert found == RoundFile(
        rulebook="nq-96-2023",
        body="HĐND tỉnh Bình An",
        date=datetime.date(2023, 12, 13),
        numbers=Numbers(
            members=52,
            summoned=50,
            present=47,
            absent_with_leave=2,
            absent_without_leave=1,
            excluded=1,
            ballots=(
                BallotNumbers(
                    received=55,
                    issued=47,
                    spoilt=1,
                    unused=7,
                    returned=47,
                    valid=46,
                    invalid=1,
                    invalid_by_reason={"not_issued": 1},
                ),
            ),
        ),
        rounding=RoundingUsed(digits=1, mode="truncate"),
        types=(BallotType(title="Phiếu tín nhiệm"),),
        subjects=(StatedSubject(line=1, post="Chủ tịch", name="Lê Thị Bưởi", regime="cong-chuc"),),
        corrections=(Correction(path="quorum.num", value=1, reason="Theo quy chế làm việc"),),
        supersedes="ab" * 32,
    )


def test_a_date_may_stand_in_quotes() -> None:
    assert read(HEAD.replace("2023-12-13", '"2023-12-13"')).date == datetime.date(2023, 12, 13)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_round(b"\xef\xbb\xbf" + HEAD.encode("utf-8")) == read(HEAD)


def test_windows_line_ends_are_read_alike() -> None:
    assert read(HEAD.replace("\n", "\r\n")) == read(HEAD)


def test_decomposed_letters_are_composed() -> None:
    assert read(HEAD.replace("tỉnh", "ti\u0309nh")) == read(HEAD)


def test_half_a_rounding_is_completed_with_two_digits_half_up() -> None:
    assert read(HEAD + "[rounding]\ndigits = 1\n").rounding == RoundingUsed(digits=1, mode="half-up")
    assert read(HEAD + '[rounding]\nmode = "truncate"\n').rounding == RoundingUsed(digits=2, mode="truncate")


def test_subjects_are_numbered_within_their_type() -> None:
    found = read(
        HEAD + '[[ballot]]\nid = "a"\n[[ballot]]\nid = "b"\n'
        '[[subject]]\npost = "1"\nballot = "a"\n[[subject]]\npost = "2"\nballot = "b"\n[[subject]]\npost = "3"\nballot = "a"\n'
    )
    assert [(subject.ballot, subject.line) for subject in found.subjects] == [("a", 1), ("b", 1), ("a", 2)]


def test_a_type_takes_from_the_round_the_numbers_it_lacks() -> None:
    found = read(
        HEAD + "[numbers]\nreceived = 50\nissued = 47\nreturned = 47\nvalid = 46\ninvalid = 1\n"
        '[[ballot]]\nid = "a"\ntitle = "Khối Hội đồng"\n[[ballot]]\nid = "b"\nissued = 46\nreturned = 47\n'
    )
    assert found.types == (BallotType(id="a", title="Khối Hội đồng"), BallotType(id="b"))
    assert found.numbers.ballots == (
        BallotNumbers(ballot="a", received=50, issued=47, returned=47, valid=46, invalid=1),
        BallotNumbers(ballot="b", received=50, issued=46, returned=47, valid=46, invalid=1),
    )


def test_a_type_with_another_number_returned_takes_no_validity_from_the_round() -> None:
    found = read(
        HEAD + "[numbers]\nissued = 47\nreturned = 47\nvalid = 46\ninvalid = 1\n[numbers.invalid_by_reason]\nx = 1\n"
        '[[ballot]]\nid = "a"\nreturned = 45\n[[ballot]]\nid = "b"\ninvalid = 2\n'
    )
    assert found.numbers.ballots == (
        BallotNumbers(ballot="a", issued=47, returned=45),
        BallotNumbers(ballot="b", issued=47, returned=47, invalid=2),
    )


def test_all_faults_are_told_at_once() -> None:
    text = 'body = 5\ndate = 2023-12-13T10:00:00\nnote = "x"\n[numbers]\nissued = -1\nreturned = 1000000000\nvalid = 4.5\npaid = 1\n'
    assert refused(text) == [
        ("key_unknown", "ROUND.toml"),
        ("key_unknown", "ROUND.toml [numbers]"),
        ("number_negative", "ROUND.toml [numbers] issued"),
        ("number_too_large", "ROUND.toml [numbers] returned"),
        ("number_malformed", "ROUND.toml [numbers] valid"),
        ("value_unfit", "ROUND.toml date"),
        ("key_missing", "ROUND.toml"),
        ("value_unfit", "ROUND.toml body"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \n", "file_empty"),
        ("rulebook = 'x'".encode("utf-16"), "file_not_utf8"),
        (b"body = '\xb5\xb8'", "file_not_utf8"),
        (b"PK\x03\x04 and the rest of a workbook", "file_not_text"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "file_not_text"),
        (b"body = 'a\x00b'", "hidden_character"),
        ("body = 'a\u200bb'".encode(), "hidden_character"),
        (b"#\n" * 250_001, "file_too_large"),
        (b"a" + b".a" * 1_000 + b" = 1", "line_too_long"),
        (b"body = ", "toml_malformed"),
        (b"body = 'a'\nbody = 'b'", "toml_malformed"),
        (b"a = " + b"[\n" * 50_000, "toml_malformed"),
        (b"a = " + b"[" * 1_900, "toml_malformed"),
    ],
)
def test_bytes_that_are_no_round_are_refused(data: bytes, code: str) -> None:
    assert [found for found, _ in refused(data)] == [code]


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ('body2 = "x"', "key_unknown", ""),
        ('ballot_title = "a\\nb"', "hidden_character", " ballot_title"),
        ("numbers = 5", "value_unfit", " numbers"),
        ("ballot = 5", "value_unfit", " ballot"),
        ('supersedes = "abc"', "value_unfit", " supersedes"),
        ("[numbers]\nissued = 0x" + "9" * 1_900, "number_too_large", " [numbers] issued"),
        ("[numbers]\nissued = true", "number_malformed", " [numbers] issued"),
        ('[numbers]\nissued = "5"', "number_malformed", " [numbers] issued"),
        ("[numbers]\npresent = 5\nsummoned = 4", "present_beyond", " [numbers]"),
        ("[numbers]\npresent = 5\nmembers = 4", "present_beyond", " [numbers]"),
        (
            "[numbers]\npresent = 5\nsummoned = 9\nabsent_with_leave = 3\nabsent_without_leave = 0",
            "absences_differ",
            " [numbers]",
        ),
        ("[numbers]\nsummoned = 4\nexcluded = 5", "excluded_beyond", " [numbers]"),
        ("[numbers.invalid_by_reason]\nx = -1", "number_negative", " [numbers] invalid_by_reason x"),
        ("[rounding]\ndigits = 9", "value_unfit", " [rounding] digits"),
        ("[rounding]\ndigits = true", "value_unfit", " [rounding] digits"),
        ('[rounding]\nmode = "up"', "value_unfit", " [rounding] mode"),
        ("[rounding]\nplaces = 2", "key_unknown", " [rounding]"),
        ('[[ballot]]\nid = "a"\n[[ballot]]\nid = "a"', "ballot_twice", " [[ballot]] 2"),
        ('[[ballot]]\ntitle = "a"', "key_missing", " [[ballot]] 1"),
        ('[[ballot]]\nid = "a"\ncolour = "hồng"', "key_unknown", " [[ballot]] 1"),
        ('ballot_title = "a"\n[[ballot]]\nid = "a"', "value_unfit", " ballot_title"),
        ('[[subject]]\npost = ""', "value_unfit", " [[subject]] 1 post"),
        ('[[subject]]\nname = "A"', "key_missing", " [[subject]] 1"),
        ('[[subject]]\npost = "A"\nage = 5', "key_unknown", " [[subject]] 1"),
        ('[[subject]]\npost = "A"\nballot = "z"', "ballot_unknown", " [[subject]] 1"),
        (
            '[[ballot]]\nid = "a"\n[[ballot]]\nid = "b"\n[[subject]]\npost = "A"\nballot = "a"',
            "type_without_lines",
            "",
        ),
        ('[[correction]]\npath = "a"\nvalue = 1.5\nreason = "b"', "value_unfit", " [[correction]] 1 value"),
        ('[[correction]]\npath = "a"\nreason = "b"', "key_missing", " [[correction]] 1"),
        ('[[correction]]\npath = "a"\nvalue = 1\nreason = " "', "value_unfit", " [[correction]] 1 reason"),
    ],
)
def test_one_fault_is_told_with_its_place(more: str, code: str, place: str) -> None:
    assert refused(HEAD + more + "\n") == [(code, "ROUND.toml" + place)]


@pytest.mark.parametrize(
    "table", ['[[subject]]\npost = "A"\n', '[[correction]]\npath = "a"\nvalue = 1\nreason = "b"\n']
)
def test_more_entries_than_any_round_has_are_refused(table: str) -> None:
    assert [code for code, _ in refused(HEAD + table * 1_001)] == ["lines_too_many"]


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert refused(HEAD.replace("2023-12-13", '"2023-02-30"')) == [("value_unfit", "ROUND.toml date")]


def test_a_type_that_is_not_stated_is_asked_for_when_there_are_several() -> None:
    text = HEAD + '[[ballot]]\nid = "a"\n[[ballot]]\nid = "b"\n[[subject]]\npost = "A"\n'
    assert refused(text)[0] == ("ballot_not_stated", "ROUND.toml [[subject]] 1")


def test_faults_are_sentences_in_both_languages() -> None:
    with pytest.raises(Faults) as caught:
        read(HEAD + "[numbers]\npresent = 5\nsummoned = 4\n")
    assert [(fault.message, fault.message_en) for fault in caught.value.each()] == [
        (
            "Có mặt 5 người, nhiều hơn số triệu tập (4). Kiểm tra lại hai số này.",
            "5 are present, more than the 4 summoned. Check the two numbers.",
        )
    ]


def told(text: str) -> list[dict[str, object]]:
    """What each fault tells beside its place."""
    with pytest.raises(TinnhiemError) as caught:
        read(text)
    return [dict(fault.values) for fault in caught.value.each()]


def test_a_value_of_the_wrong_kind_is_told_with_what_belongs_there() -> None:
    assert told(HEAD.replace('"HĐND tỉnh Bình An"', "12")) == [
        {"found": "12", "expected": "chữ trong ngoặc kép", "expected_en": "a text in quotes"}
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1" * 40, "1" * 40),
        ("1" * 41, "…"),
        ("1" + "0" * 40, "1" + "0" * 39 + "…"),
        ("[" + "1, " * 12 + "11]", "[" + "1, " * 12 + "11]"),
        ("[" + "1, " * 13 + "1]", "[" + "1, " * 13 + "…"),
    ],
)
def test_a_long_wrong_value_is_shown_by_its_first_forty_marks(value: str, shown: str) -> None:
    (found,) = told(HEAD.replace('"HĐND tỉnh Bình An"', value))
    assert found["found"] == shown


def test_an_unknown_or_unstated_type_is_told_with_the_types_there_are() -> None:
    types = HEAD + '[[ballot]]\nid = "a"\n[[ballot]]\nid = "b"\n'
    assert told(types + '[[subject]]\npost = "1"\nballot = "c"\n[[subject]]\npost = "2"\n') == [
        {"ballot": "c", "known": "a, b"},
        {"known": "a, b"},
    ]
    assert told(HEAD + '[[subject]]\npost = "1"\nballot = "c"\n') == [{"ballot": "c", "known": "—"}]


def test_every_key_of_the_form_of_the_ballot_is_read() -> None:
    found = read(
        HEAD
        + '[sheet]\nround_id = "3f9c"\nstyle = "party"\nsuperior = "Tỉnh ủy Bình An"\nbody = "Ban Thường vụ"\nmeeting = "hội nghị"\n'
        'subjects = "Ủy viên Ban Thường vụ"\npaper = "A5"\nlarge_print = true\nband = true\nsignature = false\nstamp = true\nrehearsal = true\n'
        'token_decision = "NQ 1"\n'
    )
    assert found.form == BallotForm(
        round_id="3f9c",
        style="party",
        superior="Tỉnh ủy Bình An",
        body="Ban Thường vụ",
        meeting="hội nghị",
        subjects="Ủy viên Ban Thường vụ",
        paper="A5",
        large_print=True,
        band=True,
        signature=False,
        stamp=True,
        rehearsal=True,
        token_decision="NQ 1",
    )


def test_a_round_that_says_nothing_of_the_ballot_has_the_usual_form() -> None:
    assert read(HEAD).form == BallotForm()


def test_a_decision_to_read_on_several_machines_is_read() -> None:
    assert read('cluster_decision = "NQ 2"\n' + HEAD).cluster_decision == "NQ 2"


@pytest.mark.parametrize("value", ["3", '["NQ 2"]', "true"])
def test_a_decision_that_is_no_text_is_refused(value: str) -> None:
    assert refused(f"cluster_decision = {value}\n" + HEAD) == [("value_unfit", "ROUND.toml cluster_decision")]
