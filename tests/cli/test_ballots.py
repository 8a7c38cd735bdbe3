"""`tinnhiem ballots`: the PDF for the printer, in the right order, with and without machine marks."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.cli.ballot_round import ballot_round, one_type
from tests.cli.running import Done, call, start


@pytest.fixture
def round_path(tmp_path: Path) -> Path:
    return ballot_round(tmp_path)


def codes(path: Path) -> list[str]:
    """What the square code of each page says, "" where there is none."""
    pages = [page.render(scale=3, grayscale=True).to_numpy().squeeze() for page in pypdfium2.PdfDocument(path)]
    return [next((found.text for found in zxingcpp.read_barcodes(page)), "") for page in pages]


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return " ".join(document[place].get_textpage().get_text_bounded() for place in range(len(document)))


def printed(round_path: Path, *more: str) -> list[str]:
    """The codes on the pages that were printed, without the hash."""
    out = round_path.with_name("F.pdf")
    done = call("ballots", round_path, "--out", out, *more)
    assert done.code == 0, done.err
    return [re.sub(r"^TN1-[0-9A-F]{16}-", "", code) for code in codes(out)]


def test_one_sheet_of_each_type_is_printed_in_the_order_of_the_layout(round_path: Path) -> None:
    assert printed(round_path) == ["01-01-O", "02-01-O"]


def test_the_code_on_the_paper_bears_the_hash_of_the_layout(round_path: Path) -> None:
    out = round_path.with_name("F.pdf")
    call("ballots", round_path, "--out", out)
    short = call("layout", round_path, "--json").document["hash"][:16].upper()
    assert codes(out)[0] == f"TN1-{short}-01-01-O"


def test_one_type_alone_can_be_printed(round_path: Path) -> None:
    assert printed(round_path, "--type", "ubnd") == ["02-01-O"]


def test_copies_repeat_the_whole_set(round_path: Path) -> None:
    assert printed(round_path, "--copies", "2") == ["01-01-O", "02-01-O", "01-01-O", "02-01-O"]


def test_both_sides_of_a_sheet_follow_each_other(tmp_path: Path) -> None:
    assert printed(one_type(tmp_path, number=40), "--copies", "2") == ["01-01-O", "01-02-O"] * 2


def test_a_plain_ballot_has_no_code(round_path: Path) -> None:
    assert printed(round_path, "--plain") == ["", ""]


def test_a_sample_is_marked_as_one_and_cannot_be_read_by_the_machine(round_path: Path) -> None:
    found = printed(round_path, "--sample")
    assert (found, words(round_path.with_name("F.pdf")).count("PHIẾU MẪU")) == (["", ""], 2)


def test_large_print_is_another_layout_of_the_same_round(round_path: Path) -> None:
    call("ballots", round_path, "--out", round_path.with_name("F.pdf"), "--large-print")
    large = call("layout", round_path, "--json", "--large-print").document["hash"][:16].upper()
    assert codes(round_path.with_name("F.pdf"))[0].startswith(f"TN1-{large}-")


def test_a_rehearsal_says_so_in_its_code(tmp_path: Path) -> None:
    assert printed(ballot_round(tmp_path, "rehearsal = true")) == ["01-01-T", "02-01-T"]


def test_the_same_file_is_printed_in_the_same_bytes(round_path: Path) -> None:
    made = []
    for name in ("F.pdf", "G.pdf"):
        call("ballots", round_path, "--out", round_path.with_name(name))
        made.append(round_path.with_name(name).read_bytes())
    assert made[0] == made[1]


# Random codes.


def test_without_a_decision_no_sheet_differs_from_another(tmp_path: Path) -> None:
    assert set(printed(one_type(tmp_path), "--copies", "5")) == {"01-01-O"}


DECIDED = 'token_decision = "Nghị quyết số 1/NQ-BKP"'


def test_with_a_decision_every_copy_bears_a_code_of_its_own(tmp_path: Path) -> None:
    found = printed(one_type(tmp_path, DECIDED), "--copies", "5")
    assert len({re.fullmatch(r"01-01-O-([0-9A-F]{16})", code)[1] for code in found}) == 5  # type: ignore[index]


def test_both_sides_of_a_sheet_bear_the_same_code(tmp_path: Path) -> None:
    first, second = (code.rpartition("-")[2] for code in printed(one_type(tmp_path, DECIDED, 40)))
    assert first == second


def test_codes_are_drawn_anew_for_every_run(tmp_path: Path) -> None:
    path = one_type(tmp_path, DECIDED)
    assert printed(path) != printed(path)


def test_no_code_is_drawn_for_ballots_that_no_machine_reads(tmp_path: Path) -> None:
    assert printed(one_type(tmp_path, DECIDED), "--plain", "--copies", "2") == ["", ""]


def test_no_code_ties_the_sheets_of_one_voter_together(tmp_path: Path) -> None:
    path = ballot_round(tmp_path, DECIDED)
    done = call("ballots", path, "--out", tmp_path / "F.pdf", "--json")
    assert (done.code, done.codes, (tmp_path / "F.pdf").exists()) == (2, ["tokens_need_type"], False)


def test_types_with_random_codes_are_printed_one_by_one(tmp_path: Path) -> None:
    assert len(set(printed(ballot_round(tmp_path, DECIDED), "--type", "hdnd", "--copies", "3"))) == 3


# What is said, and what is refused.


def test_the_document_says_what_was_written(round_path: Path) -> None:
    out = round_path.with_name("F.pdf")
    done = call("ballots", round_path, "--out", out, "--copies", "3", "--json")
    known = call("layout", round_path, "--json").document["hash"]
    assert done.document == {"file": str(out), "hash": known, "pages": 6, "copies": 3}


def test_people_are_told_the_file_and_its_pages(round_path: Path) -> None:
    out = round_path.with_name("F.pdf")
    assert call("ballots", round_path, "--out", out).out == f"Đã ghi {out} (2 trang)\n"


def test_a_round_without_a_random_id_is_printed_with_a_note(tmp_path: Path) -> None:
    done = call("ballots", ballot_round(tmp_path, ""), "--out", tmp_path / "F.pdf")
    assert (done.code, done.err.startswith("Chưa có mã đợt ngẫu nhiên"), done.err.count("\n")) == (0, True, 1)


def test_a_round_with_a_random_id_is_printed_without_a_note(round_path: Path) -> None:
    assert call("ballots", round_path, "--out", round_path.with_name("F.pdf")).err == ""


def refused(round_path: Path, *more: str) -> Done:
    done = start("ballots", round_path, "--out", round_path.with_name("F.pdf"), "--json", *more)
    assert (done.code, done.out, round_path.with_name("F.pdf").exists()) == (2, "", False)
    return done


def test_an_unknown_type_is_refused(round_path: Path) -> None:
    assert refused(round_path, "--type", "quoc-hoi").codes == ["ballot_unknown"]


def test_an_unknown_type_is_refused_in_a_round_without_types(tmp_path: Path) -> None:
    assert refused(one_type(tmp_path), "--type", "hdnd").codes == ["ballot_unknown"]


@pytest.mark.parametrize("copies", ["0", "-3", "5001", "1000000000"])
def test_a_number_of_copies_that_cannot_be_meant_is_refused(round_path: Path, copies: str) -> None:
    assert refused(round_path, "--copies", copies).codes == ["copies_unfit"]


def test_as_many_copies_with_random_codes_are_refused_before_any_code_is_drawn(tmp_path: Path) -> None:
    assert refused(one_type(tmp_path, DECIDED), "--copies", "1000000000").codes == ["copies_unfit"]


def test_copies_that_are_no_number_are_refused(round_path: Path) -> None:
    assert refused(round_path, "--copies", "ba").codes == ["argument_unfit"]


def test_the_file_to_write_has_to_be_named(round_path: Path) -> None:
    assert call("ballots", round_path, "--json").codes == ["argument_missing"]


def test_the_round_itself_is_never_overwritten(round_path: Path) -> None:
    before = round_path.read_bytes()
    done = call("ballots", round_path, "--out", round_path, "--json")
    assert (done.codes, round_path.read_bytes() == before) == (["output_twice"], True)


def test_a_round_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert call("ballots", tmp_path / "no.toml", "--out", tmp_path / "F.pdf", "--json").codes == ["input_missing"]


def test_a_regime_that_the_book_does_not_know_is_refused(round_path: Path) -> None:
    text = round_path.read_text(encoding="utf-8")
    round_path.write_text(text + 'regime = "thuong-gia"\n', encoding="utf-8", newline="\n")
    assert refused(round_path).codes == ["regime_unknown"]


def test_too_many_names_are_refused_with_the_number(tmp_path: Path) -> None:
    assert refused(one_type(tmp_path, number=61)).codes == ["names_too_many"]


def test_a_missing_list_is_told_in_the_file_that_lacks_it(tmp_path: Path) -> None:
    assert refused(ballot_round(tmp_path, people=())).faults[0]["where"] == "ROUND.toml"
