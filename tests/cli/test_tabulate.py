"""`tinnhiem tabulate`: the document it prints, the papers it writes, the bounds it is held to."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import Done, call, table, toml, write
from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Rulebook

STATE = "nq-96-2023"
HEADING = "line,post,high,medium,low"
ROWS = [[1, "Chủ tịch HĐND", 46, 3, 2], [2, "Phó Chủ tịch HĐND", 10, 8, 34]]
NUMBERS = {"members": 55, "summoned": 55, "present": 53, "issued": 53, "returned": 52, "valid": 51, "invalid": 1}


@pytest.fixture
def two_people(tmp_path: Path) -> tuple[Path, Path]:
    rows = [[1, "Chủ tịch HĐND", 46, 3, 2], [2, "Phó Chủ tịch HĐND", 9, 8, 34]]
    return write(tmp_path, toml(STATE, "2023-12-13", NUMBERS), table(HEADING, rows))


def row_of(done: Done, line: int = 1) -> dict[str, object]:
    return next(row for row in done.document["rows"] if row["line"] == line)


def test_the_document_has_the_parts_that_other_tools_call_for(two_people: tuple[Path, Path]) -> None:
    document = call("tabulate", *two_people, "--json").document
    asked = {"rulebook", "base", "rows", "equations", "warnings", "fingerprint"}
    of_a_row = {
        "line",
        "ballot",
        "base",
        "counts",
        "invalid",
        "shares",
        "regime",
        "band",
        "clause",
        "basis",
        "consequences",
    }
    assert (asked - set(document), of_a_row - set(document["rows"][0])) == (set(), set())


def test_a_line_of_ha_tinh_comes_out_as_it_was_printed(two_people: tuple[Path, Path]) -> None:
    row = row_of(call("tabulate", *two_people, "--json"))
    assert row["shares"]["high"] == {"num": 46, "den": 52, "printed": "88,46"}  # type: ignore[index]


def test_the_base_is_named_with_its_kind_and_number(two_people: tuple[Path, Path]) -> None:
    assert call("tabulate", *two_people, "--json").document["base"] == {"kind": "returned", "value": 52}


def test_a_line_that_cannot_be_read_is_counted_as_invalid_and_stays_in_the_base(two_people: tuple[Path, Path]) -> None:
    row = row_of(call("tabulate", *two_people, "--json"))
    assert (row["invalid"], row["base"]) == (1, 52)


def test_a_band_stands_with_its_clause_and_basis(two_people: tuple[Path, Path]) -> None:
    row = row_of(call("tabulate", *two_people, "--json"), 2)
    band = next(band for band in shelf.book(STATE).bands if band.code == "low")
    assert (row["band"], row["clause"], row["basis"]) == ("low", band.clause, band.basis)


def test_a_person_in_no_band_has_neither_clause_nor_consequence(two_people: tuple[Path, Path]) -> None:
    row = row_of(call("tabulate", *two_people, "--json"))
    assert [row[key] for key in ("band", "clause", "basis", "consequences")] == [None, None, None, []]


def test_every_equation_holds_in_a_round_that_adds_up(two_people: tuple[Path, Path]) -> None:
    equations = call("tabulate", *two_people, "--json").document["equations"]
    assert [(one["name"], one["holds"]) for one in equations] == [
        ("issued = returned + not_returned", True),
        ("line 1: valid + invalid = returned", True),
        ("line 2: valid + invalid = returned", True),
    ]


def test_what_the_minutes_must_note_is_a_warning_in_two_languages(two_people: tuple[Path, Path]) -> None:
    warnings = call("tabulate", *two_people, "--json").document["warnings"]
    assert next(one for one in warnings if one["code"] == "not_all_returned") == {
        "code": "not_all_returned",
        "message": "Thu về 52/53 phiếu; 1 phiếu không thu về.",
        "message_en": "52 of 53 ballots returned; 1 did not come back.",
    }


def test_a_share_is_never_reduced(tmp_path: Path) -> None:
    paths = write(tmp_path, toml(STATE, "2023-12-13", {"returned": 30}), table(HEADING, [[1, "Chủ tịch", 15, 10, 5]]))
    assert row_of(call("tabulate", *paths, "--json"))["shares"]["high"] == {"num": 15, "den": 30, "printed": "50,00"}  # type: ignore[index]


def test_types_with_different_bases_leave_no_base_for_the_whole(tmp_path: Path) -> None:
    types = '[[ballot]]\nid = "ct"\ntitle = "Chủ tịch"\nreturned = 50\n[[ballot]]\nid = "pct"\ntitle = "Phó"\nreturned = 49\n'
    rows = [[1, "ct", "Chủ tịch", 40, 8, 2], [1, "pct", "Phó Chủ tịch", 40, 8, 1]]
    paths = write(
        tmp_path, toml(STATE, "2023-12-13", {"issued": 50}, types), table("line,ballot,post,high,medium,low", rows)
    )
    document = call("tabulate", *paths, "--json").document
    assert (document["base"], [(row["ballot"], row["base"]) for row in document["rows"]]) == (
        None,
        [("ct", 50), ("pct", 49)],
    )


def test_nothing_returned_gives_no_result_and_no_crash(tmp_path: Path) -> None:
    paths = write(tmp_path, toml(STATE, "2023-12-13", {"returned": 0}), table(HEADING, [[1, "Chủ tịch", 0, 0, 0]]))
    done = call("tabulate", *paths, "--json")
    assert (done.code, row_of(done)["shares"]["low"]) == (0, {"num": 0, "den": 0, "printed": None})  # type: ignore[index]


def test_the_order_of_rows_does_not_change_the_fingerprint(two_people: tuple[Path, Path]) -> None:
    before = call("tabulate", *two_people, "--json").document["fingerprint"]
    heading, *rows = two_people[1].read_text(encoding="utf-8").splitlines()
    two_people[1].write_text("\n".join([heading, *reversed(rows)]), encoding="utf-8")
    assert call("tabulate", *two_people, "--json").document["fingerprint"] == before


def test_one_altered_count_gives_another_fingerprint(two_people: tuple[Path, Path]) -> None:
    before = call("tabulate", *two_people, "--json").document["fingerprint"]
    text = two_people[1].read_text(encoding="utf-8").replace("46,3,2", "46,2,3")
    two_people[1].write_text(text, encoding="utf-8")
    assert call("tabulate", *two_people, "--json").document["fingerprint"] != before


def test_the_fingerprint_is_that_of_the_record_written_beside(two_people: tuple[Path, Path], tmp_path: Path) -> None:
    done = call("tabulate", *two_people, "--json", "--record", tmp_path / "record.json")
    written = hashlib.sha256((tmp_path / "record.json").read_bytes()).hexdigest()
    assert done.document["fingerprint"] == written


def test_a_day_before_the_book_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, toml(STATE, "2023-06-30", {"returned": 52}), table(HEADING, ROWS))
    done = call("tabulate", *paths, "--json")
    assert (done.code, done.out, done.codes, done.faults[0]["where"]) == (
        2,
        "",
        ["book_not_in_force_yet"],
        "ROUND.toml date",
    )


def test_a_day_after_the_book_is_counted_with_a_warning(tmp_path: Path) -> None:
    paths = write(tmp_path, toml("nq-85-2014", "2023-12-13", {"members": 58, "returned": 52}), table(HEADING, ROWS))
    done = call("tabulate", *paths, "--json")
    assert (done.code, [one["code"] for one in done.document["warnings"] if "ended" in one["code"]]) == (
        0,
        ["book_ended"],
    )


def test_more_returned_than_issued_stops_the_round(tmp_path: Path) -> None:
    paths = write(tmp_path, toml(STATE, "2023-12-13", {"issued": 50, "returned": 52}), table(HEADING, ROWS))
    done = call("tabulate", *paths, "--json")
    assert (done.code, done.out, done.codes) == (2, "", ["returned_beyond_issued"])


def test_an_office_may_correct_an_unsure_value_with_a_reason(tmp_path: Path) -> None:
    more = '[[correction]]\npath = "rounding.digits"\nvalue = 1\nreason = "Nghị quyết của kỳ họp"\n'
    paths = write(tmp_path, toml(STATE, "2023-12-13", {"returned": 52}, more), table(HEADING, ROWS))
    shares = row_of(call("tabulate", *paths, "--json"))["shares"]
    assert shares["high"]["printed"] == "88,5"  # type: ignore[index]


def test_papers_are_written_in_every_format_asked_for(two_people: tuple[Path, Path], tmp_path: Path) -> None:
    docx, pdf, xlsx = (tmp_path / f"ket qua.{ending}" for ending in ("docx", "pdf", "xlsx"))
    done = call("tabulate", *two_people, "--json", "--docx", docx, "--pdf", pdf, "--xlsx", xlsx)
    kinds = [zipfile.is_zipfile(docx), pdf.read_bytes()[:5], zipfile.is_zipfile(xlsx)]
    assert (done.code, kinds) == (0, [True, b"%PDF-", True])


def test_the_style_is_that_of_the_issuer_unless_another_is_asked_for(
    two_people: tuple[Path, Path], tmp_path: Path
) -> None:
    own, party = tmp_path / "own.pdf", tmp_path / "party.pdf"
    state = tmp_path / "state.pdf"
    call("tabulate", *two_people, "--pdf", own)
    call("tabulate", *two_people, "--pdf", state, "--style", "state")
    call("tabulate", *two_people, "--pdf", party, "--style", "party")
    assert (own.read_bytes() == state.read_bytes(), own.read_bytes() == party.read_bytes()) == (True, False)


@pytest.mark.parametrize("last", ["nowhere/x.xlsx", "."])
def test_if_one_paper_cannot_be_written_none_is(two_people: tuple[Path, Path], tmp_path: Path, last: str) -> None:
    done = call("tabulate", *two_people, "--json", "--docx", tmp_path / "a.docx", "--xlsx", tmp_path / last)
    assert (done.code, done.out, sorted(path.name for path in tmp_path.iterdir())) == (
        2,
        "",
        ["ROUND.toml", "ROWS.csv"],
    )


def test_an_input_is_never_overwritten(two_people: tuple[Path, Path]) -> None:
    before = two_people[1].read_bytes()
    done = call("tabulate", *two_people, "--json", "--docx", two_people[1])
    assert (done.code, done.codes, two_people[1].read_bytes()) == (2, ["output_twice"], before)


def rating_books() -> list[Rulebook]:
    return [shelf.book(book_id) for book_id in shelf.ids() if shelf.book(book_id).kind == "rating"]


def judged(tmp_path: Path, book: Rulebook, base: int, lowest: int, regime: str = "can-bo") -> Done:
    """One person with `lowest` marks of the book's last choice among `base` ballots and persons."""
    rest = ["0"] * (len(book.choices) - 2)
    row = [1, "Người được lấy phiếu", regime, base - lowest, *rest, lowest]
    numbers = dict.fromkeys(("members", "summoned", "present", "issued", "returned"), base)
    day = max(book.in_force.value, *(one.in_force for one in book.regimes), book.in_force.value)
    heading = ",".join(["line", "post", "regime", *book.choice_codes()])
    return call("tabulate", *write(tmp_path, toml(book.id, day.isoformat(), numbers), table(heading, [row])), "--json")


@pytest.mark.parametrize(
    ("lowest", "expected"),
    [
        (15, {"qd-96-2023": None, "nq-96-2023": None, "qd-262-2014": None, "nq-85-2014": None, "nq-35-2012": None}),
        (16, dict.fromkeys(["qd-96-2023", "nq-96-2023", "qd-262-2014", "nq-85-2014", "nq-35-2012"], "low")),
        (19, dict.fromkeys(["qd-96-2023", "nq-96-2023", "qd-262-2014", "nq-85-2014", "nq-35-2012"], "low")),
        (
            20,
            {
                "qd-96-2023": "very_low",
                "nq-96-2023": "very_low",
                "qd-262-2014": "very_low",
                "nq-85-2014": "very_low",
                "nq-35-2012": "low",
            },
        ),
    ],
)
def test_the_bands_of_every_rating_book_at_thirty_ballots(
    tmp_path: Path, lowest: int, expected: dict[str, str | None]
) -> None:
    found = {book.id: row_of(judged(tmp_path, book, 30, lowest))["band"] for book in rating_books()}
    assert found == expected


def test_nq_35_is_very_low_only_beyond_two_thirds(tmp_path: Path) -> None:
    assert row_of(judged(tmp_path, shelf.book("nq-35-2012"), 30, 21))["band"] == "very_low"


AT_TWO_THIRDS = {
    ("nq-35-2012", "can-bo"): ("low", 1),
    ("nq-85-2014", "can-bo"): ("very_low", 1),
    ("nq-96-2023", "can-bo"): ("very_low", 1),
    ("nq-96-2023", "cong-chuc"): ("very_low", 2),
    ("nq-96-2023", "vien-chuc"): ("low", 2),
    ("qd-262-2014", "can-bo"): ("very_low", 1),
    ("qd-96-2023", "can-bo"): ("very_low", 1),
    ("qd-96-2023", "cong-chuc"): ("very_low", 2),
    ("qd-96-2023", "vien-chuc"): ("low", 2),
}
"""Book and regime → the binding band at 20 of 30, and how many instruments judge the person."""


def test_each_regime_at_exactly_two_thirds_is_judged_by_its_own_instrument(tmp_path: Path) -> None:
    found = {}
    for book in rating_books():
        for regime in book.regime_ids():
            row = row_of(judged(tmp_path, book, 30, 20, regime))
            found[book.id, regime] = row["band"], len(row["findings"])  # type: ignore[arg-type]
    assert found == AT_TWO_THIRDS


def test_the_human_answer_names_result_band_and_code(two_people: tuple[Path, Path]) -> None:
    plain = call("tabulate", *two_people).out
    mark = call("tabulate", *two_people, "--json").document["short_code"]
    assert [word in plain for word in ("88,46", "Đ.12 k.2", f"Mã đối chiếu: {mark}")] == [True, True, True]


def test_json_answers_are_utf8_letters_and_not_escapes(two_people: tuple[Path, Path]) -> None:
    assert "Phó Chủ tịch HĐND" in call("tabulate", *two_people, "--json").out


def test_the_document_is_json_that_reads_back_the_same(two_people: tuple[Path, Path]) -> None:
    out = call("tabulate", *two_people, "--json").out
    assert json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n" == out
