"""`tinnhiem read`: scanned ballots to rows, what goes to people, totals only when nothing is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.cli.ballot_round import ballot_round, one_type
from tests.cli.running import call, start
from tests.paper.scans import DPI, Marks, as_file, scribbled, sheet, stamped
from tinnhiem.cli.ballot_input import laid_out

CLEAR: tuple[Marks, ...] = ({1: ["high"], 2: ["medium"]}, {1: ["low"], 2: ["high"]}, {1: ["high"], 2: ["low"]})
"""Three sheets of the type with two people."""


def of_people(round_path: Path, marks: Sequence[Marks] = CLEAR, ballot: str = "ubnd") -> list[Image.Image]:
    """One page a sheet, each in a hand of its own."""
    layout = laid_out(round_path).layout
    return [scribbled(page, seed) for seed, each in enumerate(marks) for page in sheet(layout, ballot, each)]


@pytest.fixture
def round_path(tmp_path: Path) -> Path:
    return ballot_round(tmp_path)


def save(folder: Path, name: str, pages: Sequence[Image.Image]) -> Path:
    kind = {".pdf": "PDF", ".tif": "TIFF", ".jpg": "JPEG", ".png": "PNG"}[Path(name).suffix]
    path = folder / name
    path.write_bytes(as_file(pages, kind))
    return path


@pytest.fixture
def scan(round_path: Path) -> Path:
    """Three sheets in one PDF."""
    return save(round_path.parent, "scan.pdf", of_people(round_path))


def choices(page: dict[str, list[dict[str, object]]]) -> list[object]:
    return [row["choice"] for row in page["rows"]]


def test_the_document_has_the_parts_that_other_tools_call_for(round_path: Path, scan: Path) -> None:
    document = call("read", round_path, scan, "--json").document
    page = document["pages"][0]
    assert (set(document), set(page), set(page["rows"][0])) == (
        {"pages", "duplicates", "seconds", "pages_per_second"},
        {"file", "index", "type", "page", "status", "reason", "rows"},
        {"line", "state", "choice", "reason", "confidence"},
    )


def test_clear_marks_are_read_as_they_were_made(round_path: Path, scan: Path) -> None:
    pages = call("read", round_path, scan, "--json").document["pages"]
    assert [choices(page) for page in pages] == [["high", "medium"], ["low", "high"], ["high", "low"]]


def test_a_clear_row_has_no_reason(round_path: Path, scan: Path) -> None:
    page = call("read", round_path, scan, "--json").document["pages"][0]
    assert {(row["state"], row["reason"]) for row in page["rows"]} == {("marked", "")}


def test_pages_are_told_with_file_place_type_and_side(round_path: Path, scan: Path) -> None:
    pages = call("read", round_path, scan, "--json").document["pages"]
    told = [(page["file"], page["index"], page["type"], page["page"], page["status"]) for page in pages]
    assert told == [(str(scan), place, "ubnd", 1, "read") for place in range(3)]


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif"])
def test_a_file_of_many_pages_is_read_in_its_order(round_path: Path, name: str) -> None:
    path = save(round_path.parent, name, of_people(round_path))
    pages = call("read", round_path, path, "--json").document["pages"]
    assert [(page["index"], choices(page)) for page in pages] == [
        (0, ["high", "medium"]), (1, ["low", "high"]), (2, ["high", "low"]),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["scan.jpg", "scan.png"])
def test_a_picture_is_one_page(round_path: Path, name: str) -> None:
    path = save(round_path.parent, name, of_people(round_path)[:1])
    pages = call("read", round_path, path, "--json").document["pages"]
    assert [(page["index"], choices(page)) for page in pages] == [(0, ["high", "medium"])]


def test_files_are_read_in_the_order_given(round_path: Path) -> None:
    paths = [save(round_path.parent, f"{place}.png", [page]) for place, page in enumerate(of_people(round_path))]
    pages = call("read", round_path, paths[2], paths[0], paths[1], "--json").document["pages"]
    assert [page["file"] for page in pages] == [str(paths[2]), str(paths[0]), str(paths[1])]


@pytest.fixture
def folder(round_path: Path) -> Path:
    """A folder as scanners leave it, with what systems put there."""
    made = round_path.parent / "scans"
    made.mkdir()
    for name, page in zip(("trang 10.png", "trang 9.png", "Trang 2.png"), of_people(round_path), strict=True):
        save(made, name, [page])
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store"):
        (made / name).write_bytes(b"x")
    return made


def test_a_folder_stands_for_its_files_as_people_sort_them(round_path: Path, folder: Path) -> None:
    done = call("read", round_path, folder, "--json")
    assert (done.code, [Path(page["file"]).name for page in done.document["pages"]]) == (
        0,
        ["Trang 2.png", "trang 9.png", "trang 10.png"],
    )


def test_an_empty_folder_is_told(round_path: Path) -> None:
    (round_path.parent / "scans").mkdir()
    done = call("read", round_path, round_path.parent / "scans", "--json")
    assert (done.code, done.out, done.codes) == (2, "", ["scans_missing"])


def test_both_sides_of_a_sheet_are_told_apart(tmp_path: Path) -> None:
    path = one_type(tmp_path, number=40)
    marks = {line: ["high" if line % 2 else "low"] for line in range(1, 41)}
    scanned = save(tmp_path, "s.pdf", sheet(laid_out(path).layout, None, marks)[::-1])
    pages = call("read", path, scanned, "--json").document["pages"]
    lines = {row["line"]: row["choice"] for page in pages for row in page["rows"]}
    assert (
        [(page["type"], page["page"]) for page in pages],
        lines == {line: mark[0] for line, mark in marks.items()},
    ) == (
        [(None, 2), (None, 1)],
        True,
    )


def test_large_print_of_the_same_round_is_read_beside_the_usual_one(round_path: Path) -> None:
    large = laid_out(round_path, large_print=True).layout
    path = save(round_path.parent, "l.pdf", [*sheet(large, "ubnd", CLEAR[0]), *of_people(round_path)[:1]])
    pages = call("read", round_path, path, "--json").document["pages"]
    assert [choices(page) for page in pages] == [["high", "medium"], ["high", "medium"]]


# What goes to people.


def test_a_line_without_a_mark_is_blank(round_path: Path) -> None:
    path = save(round_path.parent, "s.png", of_people(round_path, [{1: ["high"]}]))
    row = call("read", round_path, path, "--json").document["pages"][0]["rows"][1]
    assert (row["state"], row["choice"], row["reason"]) == ("blank", None, "blank")


def test_a_line_with_two_marks_is_doubtful(round_path: Path) -> None:
    path = save(round_path.parent, "s.png", of_people(round_path, [{1: ["high"], 2: ["high", "low"]}]))
    row = call("read", round_path, path, "--json").document["pages"][0]["rows"][1]
    assert (row["state"], row["choice"], row["reason"]) == ("doubt", None, "over")


def test_a_page_that_is_no_ballot_is_refused_with_its_reason_and_no_rows(round_path: Path) -> None:
    letter = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(letter).rectangle((200, 200, 1400, 900), fill="black")
    done = call("read", round_path, save(round_path.parent, "thu.png", [letter]), "--json")
    page = done.document["pages"][0]
    assert (done.code, page["status"], page["reason"], page["type"], page["page"], page["rows"]) == (
        0, "refused", "not_a_ballot", None, None, [],
    )  # fmt: skip


def test_a_ballot_of_another_vote_is_refused(round_path: Path, tmp_path: Path) -> None:
    (tmp_path / "cu").mkdir()
    other = ballot_round(tmp_path / "cu", 'round_id = "lan-truoc"')
    path = save(round_path.parent, "s.png", of_people(other)[:1])
    page = call("read", round_path, path, "--json").document["pages"][0]
    assert (page["status"], page["reason"], page["rows"]) == ("refused", "other_round", [])


def test_a_rehearsal_sheet_is_refused_in_an_official_round(round_path: Path, tmp_path: Path) -> None:
    (tmp_path / "thu").mkdir()
    other = ballot_round(tmp_path / "thu", 'round_id = "mot-dot"\nrehearsal = true')
    path = save(round_path.parent, "s.png", of_people(other)[:1])
    assert call("read", round_path, path, "--json").document["pages"][0]["reason"] == "rehearsal_mixed"


def test_a_page_refused_leaves_the_others_read(round_path: Path) -> None:
    pages = of_people(round_path)
    path = save(round_path.parent, "s.pdf", [pages[0], Image.new("RGB", pages[0].size, "white"), pages[1]])
    found = call("read", round_path, path, "--json").document["pages"]
    assert [page["status"] for page in found] == ["read", "refused", "read"]


def test_a_sheet_scanned_twice_is_told_by_its_places(round_path: Path) -> None:
    pages = of_people(round_path)
    path = save(round_path.parent, "s.pdf", [*pages, pages[1].rotate(0.4, fillcolor="white")])
    assert call("read", round_path, path, "--json").document["duplicates"] == [[1, 3]]


def test_sheets_with_the_same_marks_by_other_hands_are_no_duplicates(round_path: Path) -> None:
    layout = laid_out(round_path).layout
    one, other = sheet(layout, "ubnd", CLEAR[0])[0], sheet(layout, "ubnd", CLEAR[0])[0]
    side = layout.side("ubnd", 1)
    assert side is not None
    pen = ImageDraw.Draw(other)
    for row in side.rows:
        chosen = next(box.area for box in row.boxes if box.choice == CLEAR[0][row.line][0])
        left, top, right, bottom = (mm / 25.4 * DPI for mm in (chosen.x, chosen.y, chosen.right, chosen.bottom))
        pen.rectangle((left + 4, top + 4, right - 4, bottom - 4), fill="white")
        pen.line([(left + 8, bottom - 10), (left + 16, bottom - 6), (right - 5, top + 9)], fill=(20, 30, 120), width=4)
    path = save(round_path.parent, "s.pdf", [one, other])
    assert call("read", round_path, path, "--json").document["duplicates"] == []


# Files, exit codes.


def test_a_file_that_is_no_image_is_told_and_the_others_are_read(round_path: Path, scan: Path) -> None:
    letter = round_path.parent / "thu.docx"
    letter.write_bytes(b"PK\x03\x04 and so on")
    done = start("read", round_path, letter, scan, "--json")
    assert (done.code, len(done.document["pages"]), [(f["code"], f["where"]) for f in done.faults]) == (
        3, 3, [("not_an_image", str(letter))],
    )  # fmt: skip


def test_a_file_that_is_not_there_is_told_and_the_others_are_read(round_path: Path, scan: Path) -> None:
    done = call("read", round_path, scan, round_path.parent / "no.pdf", "--json")
    assert (done.code, len(done.document["pages"]), done.codes) == (3, 3, ["input_missing"])


def test_nothing_read_is_exit_2_with_every_file_told(round_path: Path) -> None:
    paths = [round_path.parent / name for name in ("a.pdf", "b.jpg")]
    for path in paths:
        path.write_bytes(b"no image")
    done = start("read", round_path, *paths, "--json")
    assert (done.code, done.out, done.codes) == (2, "", ["not_an_image", "not_an_image"])


def test_a_round_that_cannot_be_laid_out_is_refused_before_anything_is_read(tmp_path: Path, scan: Path) -> None:
    (tmp_path / "x").mkdir()
    done = call("read", ballot_round(tmp_path / "x", people=()), scan, "--json")
    assert (done.code, done.codes) == (2, ["subjects_unnamed"])


def test_no_scan_at_all_is_a_missing_argument(round_path: Path) -> None:
    done = call("read", round_path, "--json")
    assert (done.code, done.codes) == (2, ["argument_missing"])


@pytest.mark.parametrize("jobs", ["0", "-1", "hai"])
def test_a_number_of_processes_that_cannot_be_meant_is_refused(round_path: Path, scan: Path, jobs: str) -> None:
    assert call("read", round_path, scan, "--jobs", jobs, "--json").codes == ["argument_unfit"]


def without_time(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key not in ("seconds", "pages_per_second")}


def test_any_number_of_processes_reads_the_same(round_path: Path) -> None:
    path = save(round_path.parent, "s.pdf", of_people(round_path, CLEAR))
    one, two = (start("read", round_path, path, "--jobs", jobs, "--json").document for jobs in ("1", "2"))
    assert without_time(one) == without_time(two)


# A cluster.


def test_a_cluster_in_the_clear_is_refused(round_path: Path, scan: Path) -> None:
    path = round_path.parent / "c.toml"
    path.write_text(
        'cluster_decision = "NQ 2"\n' + round_path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n"
    )
    done = call("read", path, scan, "--cluster", "tcp://127.0.0.1:8786", "--json")
    assert (done.code, done.out, done.codes) == (2, "", ["cluster_address_unfit"])


def test_an_official_round_is_read_on_a_cluster_only_by_decision(round_path: Path, scan: Path) -> None:
    done = call("read", round_path, scan, "--cluster", "tls://127.0.0.1:8786", "--json")
    assert (done.code, done.codes) == (2, ["cluster_undecided"])


def test_a_rehearsal_needs_no_decision_for_a_cluster(tmp_path: Path, scan: Path) -> None:
    (tmp_path / "x").mkdir()
    path = ballot_round(tmp_path / "x", "rehearsal = true")
    assert call("read", path, scan, "--cluster", "tls://127.0.0.1:8786", "--json").codes == ["cluster_uncertified"]


# Totals.


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, Path]:
    """A round of one type, without a stamp, in which three clear sheets were returned, and their scan."""
    path = one_type(tmp_path, "stamp = false")
    layout = laid_out(path).layout
    pages = [scribbled(page, seed) for seed, marks in enumerate(CLEAR) for page in sheet(layout, None, marks)]
    return path, save(tmp_path, "scan.pdf", pages)


def totalled(path: Path, *scans: Path) -> tuple[int, list[str], str]:
    out = path.with_name("ROWS.csv")
    done = start("read", path, *scans, "--rows-out", out, "--json")
    return done.code, done.codes, out.read_text(encoding="utf-8") if out.exists() else ""


ROWS = """line,post,name,regime,high,medium,low
1,Ủy viên UBND,Lê Thị Bưởi 1,can-bo,2,0,1
2,Ủy viên UBND,Lê Thị Bưởi 2,can-bo,1,1,1
"""


def test_totals_are_written_as_tabulate_reads_them(whole: tuple[Path, Path]) -> None:
    path, scanned = whole
    assert totalled(path, scanned) == (0, [], ROWS)


def test_the_totals_can_be_tabulated(whole: tuple[Path, Path]) -> None:
    path, scanned = whole
    text = path.read_text(encoding="utf-8").replace("present = 47", "present = 47\nreturned = 3")
    path.write_text(text, encoding="utf-8", newline="\n")
    totalled(path, scanned)
    rows = call("tabulate", path, path.with_name("ROWS.csv"), "--json").document["rows"]
    assert [row["counts"] for row in rows] == [{"high": 2, "medium": 0, "low": 1}, {"high": 1, "medium": 1, "low": 1}]


def test_totals_held_against_another_number_of_ballots_are_refused(whole: tuple[Path, Path]) -> None:
    path, scanned = whole
    text = path.read_text(encoding="utf-8").replace("present = 47", "present = 47\nreturned = 4")
    path.write_text(text, encoding="utf-8", newline="\n")
    assert totalled(path, scanned) == (2, ["sheets_not_returned"], "")


def open_scan(path: Path, pages: Sequence[Image.Image]) -> tuple[int, list[str], str]:
    return totalled(path, save(path.parent, "open.pdf", pages))


def test_no_totals_while_a_line_is_blank(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    assert open_scan(path, sheet(laid_out(path).layout, None, {1: ["high"]})) == (2, ["reading_open"], "")


def test_no_totals_while_a_line_is_doubtful(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    marks = {1: ["high"], 2: ["high", "low"]}
    assert open_scan(path, sheet(laid_out(path).layout, None, marks)) == (2, ["reading_open"], "")


def test_no_totals_while_a_page_is_refused(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    pages = sheet(laid_out(path).layout, None, CLEAR[0])
    assert open_scan(path, [*pages, Image.new("RGB", pages[0].size, "white")]) == (2, ["reading_open"], "")


def test_no_totals_while_a_sheet_may_have_been_scanned_twice(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    page = scribbled(sheet(laid_out(path).layout, None, CLEAR[0])[0], 3)
    assert open_scan(path, [page, page]) == (2, ["reading_open"], "")


def test_no_totals_while_a_stamp_is_not_seen(tmp_path: Path) -> None:
    path = one_type(tmp_path, "stamp = true")
    assert open_scan(path, sheet(laid_out(path).layout, None, CLEAR[0])) == (2, ["reading_open"], "")


def test_a_stamp_that_is_seen_holds_nothing_up(tmp_path: Path) -> None:
    path = one_type(tmp_path, "stamp = true")
    layout = laid_out(path).layout
    page = stamped(sheet(layout, None, CLEAR[0])[0], layout.pages[0])
    assert open_scan(path, [page])[:2] == (0, [])


def test_what_is_left_for_people_is_counted_by_its_kind(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    page = sheet(laid_out(path).layout, None, {1: ["high"]})[0]
    scanned = save(path.parent, "s.pdf", [page, Image.new("RGB", page.size, "white")])
    done = call("read", path, scanned, "--rows-out", path.with_name("ROWS.csv"), "--json")
    assert "1 trang không nhận, 1 dòng để trống;" in done.faults[0]["message"]


def test_no_totals_while_a_file_could_not_be_opened(whole: tuple[Path, Path]) -> None:
    path, scanned = whole
    other = path.with_name("x.pdf")
    other.write_bytes(b"no image")
    assert totalled(path, scanned, other) == (2, ["not_an_image", "reading_open"], "")


def test_no_totals_while_a_side_of_a_sheet_is_missing(tmp_path: Path) -> None:
    path = one_type(tmp_path, "stamp = false", 40)
    first, _ = sheet(laid_out(path).layout, None, {line: ["high"] for line in range(1, 41)})
    assert open_scan(path, [first]) == (2, ["reading_open"], "")


def test_what_was_read_is_told_even_where_no_totals_are_written(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    scanned = save(path.parent, "s.png", sheet(laid_out(path).layout, None, {1: ["high"]}))
    done = call("read", path, scanned, "--rows-out", path.with_name("ROWS.csv"), "--json")
    assert (done.code, len(done.document["pages"])) == (2, 1)


def test_no_scan_is_overwritten_by_totals(whole: tuple[Path, Path]) -> None:
    path, scanned = whole
    before = scanned.read_bytes()
    done = call("read", path, scanned, "--rows-out", scanned, "--json")
    assert (done.code, done.codes, scanned.read_bytes() == before) == (2, ["output_twice"], True)


# Proofs.


def proofs(round_path: Path, *scans: Path) -> list[Path]:
    folder = round_path.parent / "proof"
    done = call("read", round_path, *scans, "--proof", folder, "--json")
    assert done.code == 0, done.err
    return sorted(folder.iterdir())


def test_every_page_has_a_proof_named_by_its_place_alone(round_path: Path, scan: Path) -> None:
    assert [path.name for path in proofs(round_path, scan)] == ["page-0001.png", "page-0002.png", "page-0003.png"]


def test_a_proof_carries_nothing_but_its_picture(round_path: Path, scan: Path) -> None:
    with Image.open(proofs(round_path, scan)[0]) as picture:
        assert (picture.info, dict(picture.getexif())) == ({}, {})


def test_a_proof_shows_clear_marks_in_green_and_doubts_in_orange(round_path: Path) -> None:
    path = save(round_path.parent, "s.png", of_people(round_path, [{1: ["high"]}]))
    picture = Image.open(proofs(round_path, path)[0]).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert {(0, 130, 60), (215, 70, 0)} <= colours


def test_no_pixel_of_a_signature_is_in_a_proof(tmp_path: Path) -> None:
    path = ballot_round(tmp_path, 'round_id = "mot-dot"\nsignature = true')
    side = laid_out(path).layout.side("ubnd", 1)
    assert side is not None
    assert side.signature is not None
    page = sheet(laid_out(path).layout, "ubnd", CLEAR[0])[0]
    left, top, right, bottom = (
        mm / 25.4 * DPI for mm in (side.signature.x, side.signature.y, side.signature.right, side.signature.bottom)
    )
    ImageDraw.Draw(page).rectangle((left, top, right, bottom), fill=(200, 0, 200))
    picture = Image.open(proofs(path, save(tmp_path, "s.png", [page]))[0]).convert("L")
    shrunk = picture.width / page.width
    signed = picture.crop(tuple(round(edge * shrunk) for edge in (left, top, right, bottom)))
    assert signed.getextrema() == (255, 255)


def test_a_page_that_could_not_be_placed_is_not_shown_where_a_voter_may_sign(tmp_path: Path) -> None:
    path = ballot_round(tmp_path, 'round_id = "mot-dot"\nsignature = true')
    letter = Image.new("RGB", (1654, 2339), (70, 70, 70))
    picture = Image.open(proofs(path, save(tmp_path, "s.png", [letter]))[0]).convert("RGB")
    assert (70, 70, 70) not in {colour for _, colour in picture.getcolors(1 << 24) or []}


def test_a_folder_with_files_is_never_filled_with_proofs(round_path: Path, scan: Path) -> None:
    done = call("read", round_path, scan, "--proof", round_path.parent, "--json")
    assert (done.code, done.out, done.codes) == (2, "", ["proof_folder_used"])


def test_a_folder_for_proofs_is_made_in_a_folder_that_is_there(round_path: Path, scan: Path) -> None:
    done = call("read", round_path, scan, "--proof", round_path.parent / "a" / "b", "--json")
    assert (done.code, done.codes) == (2, ["output_folder_missing"])


# For people.


def test_people_are_told_every_place_to_look_at(round_path: Path) -> None:
    pages = of_people(round_path, [{1: ["high"]}])
    path = save(round_path.parent, "s.pdf", [*pages, Image.new("RGB", pages[0].size, "white")])
    out = call("read", round_path, path).out
    assert (f"{path}, trang 1, dòng 2: Để trống" in out, f"{path}, trang 2: không nhận. Trang trắng" in out) == (
        True,
        True,
    )


def test_people_are_told_of_a_ballot_without_its_stamp(tmp_path: Path) -> None:
    path = ballot_round(tmp_path, "stamp = true")
    scanned = save(tmp_path, "s.png", of_people(path)[:1])
    assert f"{scanned}, trang 1: không thấy dấu treo." in call("read", path, scanned).out


def test_blank_lines_are_told_apart_from_unclear_ones_where_totals_are_refused(whole: tuple[Path, Path]) -> None:
    path, _ = whole
    page = sheet(laid_out(path).layout, None, {1: ["high", "low"]})[0]
    told = call("read", path, save(path.parent, "mot.png", [page]), "--rows-out", path.with_name("R.csv"))
    assert "1 dòng để trống, 1 dòng chưa rõ" in told.err


def test_people_are_told_how_many_pages_and_lines_were_read(round_path: Path, scan: Path) -> None:
    out = call("read", round_path, scan).out
    assert (
        re.search(r"Ủy viên UBND +3 +6 +0 +0", out) is not None,
        "3 trang: 3 trang đọc được, 0 trang không nhận." in out,
    ) == (True, True)


def test_nobody_is_shown_a_running_total(round_path: Path, scan: Path) -> None:
    out = call("read", round_path, scan).out
    assert [name for name in ("Nguyễn Văn Ổi", "Tín nhiệm cao", "high") if name in out] == []
