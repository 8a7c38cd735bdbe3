"""What is malformed, contradictory or missing: refused with exit 2, one line for each fault, never a traceback, nothing written."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, call, start, table, toml, write

ROUND = toml("nq-96-2023", "2023-12-13", {"members": 55, "issued": 53, "returned": 52})
HEADING = "line,post,high,medium,low"
ROWS = table(HEADING, [[1, "Chủ tịch", 46, 3, 2], [2, "Phó Chủ tịch", 9, 8, 34]])


def zip_bomb() -> bytes:
    """An archive that would unpack to two hundred megabytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b"\0" * 1_000_000)
    return held.getvalue()


def macro_file() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    return held.getvalue()


BOMB = zip_bomb()

BAD_ROWS: dict[str, tuple[bytes, list[str]]] = {
    "utf-16": (ROWS.encode("utf-16"), ["file_not_utf8"]),
    "windows-1258": ("line,post,high,medium,low\n1,Chñ tÞch \xd0,46,3,2\n".encode("latin-1"), ["file_not_utf8"]),
    "empty": (b"", ["file_empty"]),
    "only a byte order mark": (b"\xef\xbb\xbf", ["file_empty"]),
    "only a heading": (HEADING.encode(), ["file_empty"]),
    "only spaces": (b"   \n \n", ["file_empty"]),
    "a zip bomb": (BOMB, ["file_not_text"]),
    "a PDF": (b"%PDF-1.7 ...", ["file_not_text"]),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ["file_not_text"]),
    "null bytes": (ROWS.replace("46", "4\0006").encode(), ["hidden_character"]),
    "a zero-width space": (ROWS.replace("46", "4\u200b6").encode(), ["hidden_character"]),
    "a missing column": (table("line,post,high,medium", [[1, "Chủ tịch", 46, 3]]).encode(), ["column_missing"]),
    "an unknown column": (table(HEADING + ",ghi chú", [[1, "Chủ tịch", 46, 3, 2, "x"]]).encode(), ["column_unknown"]),
    "a column twice": (table(HEADING + ",low", [[1, "Chủ tịch", 46, 3, 2, 2]]).encode(), ["column_twice"]),
    "an extra cell": (table(HEADING, [[1, "Chủ tịch", 46, 3, 2, 9]]).encode(), ["cells_extra"]),
    "a lacking cell": (table(HEADING, [[1, "Chủ tịch", 46, 3]]).encode(), ["cells_missing"]),
    "an empty cell": (table(HEADING, [[1, "Chủ tịch", 46, "", 2]]).encode(), ["cell_empty"]),
    "an empty post": (table(HEADING, [[1, "", 46, 3, 2]]).encode(), ["cell_empty"]),
    "a negative number": (table(HEADING, [[1, "Chủ tịch", -1, 3, 2]]).encode(), ["number_negative"]),
    "a thousand millions": (table(HEADING, [[1, "Chủ tịch", 10**9, 3, 2]]).encode(), ["number_too_large"]),
    "five thousand digits": (table(HEADING, [[1, "Chủ tịch", "9" * 5000, 3, 2]]).encode(), ["number_too_large"]),
    "text for a number": (table(HEADING, [[1, "Chủ tịch", "bốn sáu", 3, 2]]).encode(), ["number_malformed"]),
    "a fraction": (table(HEADING, [[1, "Chủ tịch", "46.0", 3, 2]]).encode(), ["number_malformed"]),
    "a power": (table(HEADING, [[1, "Chủ tịch", "1e2", 3, 2]]).encode(), ["number_malformed"]),
    "other digits": (table(HEADING, [[1, "Chủ tịch", "٤٦", 3, 2]]).encode(), ["number_malformed"]),
    "line nought": (table(HEADING, [[0, "Chủ tịch", 46, 3, 2]]).encode(), ["number_too_small"]),
    "a line twice": (table(HEADING, [[1, "A", 46, 3, 2], [1, "B", 9, 8, 34]]).encode(), ["line_twice"]),
    "semicolons": (ROWS.replace(",", ";").encode(), ["semicolons_found"]),
    "an open quote": ((HEADING + '\n1,"Chủ tịch,46,3,2\n').encode(), ["csv_malformed"]),
    "more marks than ballots": (table(HEADING, [[1, "Chủ tịch", 46, 6, 2]]).encode(), ["marks_beyond_ballots"]),
    "an unknown regime": (table(HEADING + ",regime", [[1, "A", 46, 3, 2, "vua"]]).encode(), ["regime_unknown"]),
    "an unknown ballot type": (table(HEADING + ",ballot", [[1, "A", 46, 3, 2, "xanh"]]).encode(), ["ballot_unknown"]),
}


@pytest.mark.parametrize("kind", BAD_ROWS)
def test_malformed_rows_are_refused_with_their_faults_alone(tmp_path: Path, kind: str) -> None:
    content, codes = BAD_ROWS[kind]
    paths = write(tmp_path, ROUND, "")
    paths[1].write_bytes(content)
    done = call("tabulate", *paths, "--json", "--docx", tmp_path / "out.docx")
    assert (done.code, done.out, done.codes, (tmp_path / "out.docx").exists()) == (2, "", codes, False)


@pytest.mark.parametrize("kind", ["utf-16", "a zip bomb", "a negative number", "five thousand digits", "an open quote"])
def test_a_program_that_calls_us_meets_no_traceback(tmp_path: Path, kind: str) -> None:
    content, codes = BAD_ROWS[kind]
    paths = write(tmp_path, ROUND, "")
    paths[1].write_bytes(content)
    done = start("tabulate", *paths, "--json")
    assert (done.code, done.out, done.codes) == (2, "", codes)


BAD_ROUNDS: dict[str, tuple[str, list[str]]] = {
    "an unknown key": (ROUND + 'bodi = "x"\n', ["key_unknown"]),
    "an unknown table": (ROUND + "[number]\nissued = 1\n", ["key_unknown"]),
    "no rulebook": (ROUND.replace('rulebook = "nq-96-2023"\n', ""), ["key_missing"]),
    "an unknown rulebook": (ROUND.replace("nq-96-2023", "nq-97-2023"), ["book_unknown"]),
    "a path for a rulebook": (ROUND.replace("nq-96-2023", "../../etc/passwd"), ["book_unknown"]),
    "no date": (ROUND.replace("date = 2023-12-13\n", ""), ["key_missing"]),
    "a date that is none": (ROUND.replace("2023-12-13", '"2023-02-30"'), ["value_unfit"]),
    "a negative number": (ROUND.replace("52", "-52"), ["number_negative"]),
    "a fraction": (ROUND.replace("52", "52.0"), ["number_malformed"]),
    "a number as text": (ROUND.replace("52", '"52"'), ["number_malformed"]),
    "a truth": (ROUND.replace("52", "true"), ["number_malformed"]),
    "too large": (ROUND.replace("52", "1_000_000_000"), ["number_too_large"]),
    "no TOML": ("rulebook = nq-96-2023\n", ["toml_malformed"]),
    "a key twice": (ROUND + "issued = 53\n", ["toml_malformed"]),
    "a bottomless list": ("a = " + "[\n" * 5000, ["toml_malformed"]),
    "three rounding modes": (ROUND + '[rounding]\nmode = "bankers"\n', ["value_unfit"]),
    "more present than members": (ROUND.replace("members = 55", "members = 50\npresent = 53"), ["present_beyond"]),
    "more returned than issued": (ROUND.replace("53", "51"), ["returned_beyond_issued"]),
    "parts that make no whole": (ROUND + "valid = 50\ninvalid = 1\n", ["valid_invalid_differ"]),
    "a correction that makes no sense": (
        ROUND + '[[correction]]\npath = "bands.low.bounds.0.num"\nvalue = 2\nreason = "x"\n',
        ["book_empty_band"],
    ),
    "a correction without a reason": (
        ROUND + '[[correction]]\npath = "rounding.digits"\nvalue = 1\nreason = " "\n',
        ["value_unfit"],
    ),
    "a correction of nothing": (
        ROUND + '[[correction]]\npath = "no.such"\nvalue = 2\nreason = "x"\n',
        ["value_path_unknown"],
    ),
}


@pytest.mark.parametrize("kind", BAD_ROUNDS)
def test_a_malformed_round_is_refused_with_its_fault_alone(tmp_path: Path, kind: str) -> None:
    text, codes = BAD_ROUNDS[kind]
    done = call("tabulate", *write(tmp_path, text, ROWS), "--json")
    assert (done.code, done.out, done.codes) == (2, "", codes)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    paths = write(tmp_path, "\ufeff" + ROUND, "\ufeff" + ROWS)
    assert call("tabulate", *paths, "--json").code == 0


def test_every_fault_of_a_file_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    done = call(
        "tabulate", *write(tmp_path, ROUND, table(HEADING, [[1, "A", -1, "x", 2], [1, "B", 1, 2, 3]])), "--json"
    )
    assert sorted((fault["code"], fault["where"]) for fault in done.faults) == [
        ("line_twice", "ROWS.csv dòng 3, cột line"),
        ("number_malformed", "ROWS.csv dòng 2, cột medium"),
        ("number_negative", "ROWS.csv dòng 2, cột high"),
    ]


def test_a_fault_line_has_code_place_and_both_sentences(tmp_path: Path) -> None:
    done = call("tabulate", *write(tmp_path, ROUND, table(HEADING, [[1, "A", -1, 3, 2]])), "--json")
    assert done.faults == [
        {
            "code": "number_negative",
            "where": "ROWS.csv dòng 2, cột high",
            "message": "“-1” là số âm. Số phiếu và số người phải từ 0 trở lên.",
            "message_en": "“-1” is negative. Ballots and persons are counted from 0 up.",
        }
    ]


def test_a_contradiction_is_placed_in_the_file_that_holds_it(tmp_path: Path) -> None:
    paths = write(tmp_path, ROUND.replace("53", "51"), table(HEADING, [[1, "A", 60, 3, 2]]))
    assert [(fault["code"], fault["where"]) for fault in call("tabulate", *paths, "--json").faults] == [
        ("returned_beyond_issued", "ROUND.toml [numbers]"),
        ("marks_beyond_ballots", "ROWS.csv, dòng 1"),
    ]


def test_a_table_is_not_checked_against_numbers_that_contradict_themselves(tmp_path: Path) -> None:
    paths = write(tmp_path, ROUND.replace("53", "51"), ROWS)
    assert [(fault["code"], fault["where"]) for fault in call("check-table", *paths, "--json").faults] == [
        ("returned_beyond_issued", "ROUND.toml [numbers]")
    ]


def test_without_json_a_fault_is_a_sentence_in_vietnamese(tmp_path: Path) -> None:
    done = call("tabulate", *write(tmp_path, ROUND, table(HEADING, [[1, "A", -1, 3, 2]])))
    assert done.err == "ROWS.csv dòng 2, cột high: “-1” là số âm. Số phiếu và số người phải từ 0 trở lên.\n"


BAD_COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "an unknown command": (["tabulat", "--json"], ["command_unknown"]),
    "an unknown option": (["tabulate", "a", "b", "--json", "--color"], ["option_unknown"]),
    "an option of no command": (["--json"], ["option_unknown"]),
    "an unknown command below a command": (["rulebooks", "list", "--json"], ["command_unknown"]),
    "a date in digits of another script": (["calendar", "nq-96-2023", "--json", "--date", "٢٠٢٤-01-01"], ["day_unfit"]),
    "a missing argument": (["tabulate", "a", "--json"], ["argument_missing"]),
    "a missing option": (["calendar", "nq-96-2023", "--json"], ["argument_missing"]),
    "an option without its value": (["tabulate", "a", "b", "--json", "--docx"], ["argument_missing"]),
    "an extra argument": (["tabulate", "a", "b", "c", "--json"], ["argument_extra"]),
    "an unknown style": (["tabulate", "a", "b", "--json", "--style", "baroque"], ["argument_unfit"]),
    "a date that is none": (["calendar", "nq-96-2023", "--json", "--date", "2024-02-30"], ["day_unfit"]),
    "a date of another form": (["calendar", "nq-96-2023", "--json", "--date", "13/12/2023"], ["day_unfit"]),
    "a date far away": (["calendar", "nq-96-2023", "--json", "--date", "9999-12-31"], ["day_unfit"]),
    "a day before the book": (["calendar", "nq-96-2023", "--json", "--date", "2020-01-01"], ["book_not_in_force_yet"]),
    "an unknown book": (["calendar", "x", "--json", "--date", "2024-01-01"], ["book_unknown"]),
    "an unknown book to show": (["rulebooks", "show", "x", "--json"], ["book_unknown"]),
    "no book to show": (["rulebooks", "show", "--json"], ["argument_missing"]),
    "two missing files": (["tabulate", "no.toml", "no.csv", "--json"], ["input_missing", "input_missing"]),
    "folders for files": (["check-table", ".", ".", "--json"], ["input_is_folder", "input_is_folder"]),
    "a missing roster": (["roster", "no.xlsx", "--json"], ["input_missing"]),
}


@pytest.mark.parametrize("kind", BAD_COMMANDS)
def test_a_command_that_cannot_be_run_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    words, codes = BAD_COMMANDS[kind]
    done = call(*words)
    assert (done.code, done.codes, [fault["code"] for fault in done.faults if not fault["where"]]) == (2, codes, [])


@pytest.mark.parametrize("kind", ["an unknown command", "an unknown option", "a missing argument", "two missing files"])
def test_a_program_started_with_the_wrong_words_answers_in_lines_of_json(tmp_path: Path, kind: str) -> None:
    words, codes = BAD_COMMANDS[kind]
    done = start(*words, folder=tmp_path)
    assert (done.code, done.out, done.codes) == (2, "", codes)


def test_an_output_below_a_file_is_refused_and_nothing_written(tmp_path: Path) -> None:
    paths = write(tmp_path, ROUND, ROWS)
    done = start("tabulate", *paths, "--json", "--pdf", paths[0] / "out.pdf")
    assert (done.code, done.out, done.codes) == (2, "", ["output_folder_missing"])


def test_a_file_that_may_not_be_read_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = write(tmp_path, ROUND, ROWS)

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "open", refuse)
    done = call("tabulate", *paths, "--json")
    assert (done.code, done.codes) == (2, ["input_unreadable", "input_unreadable"])


def test_a_device_is_never_replaced_by_a_paper(tmp_path: Path) -> None:
    done = call("tabulate", *write(tmp_path, ROUND, ROWS), "--json", "--record", "/dev/null")
    assert (done.code, done.codes, Path("/dev/null").is_char_device()) == (2, ["output_not_a_file"], True)


def test_a_file_name_that_is_no_unicode_does_not_break_the_line(tmp_path: Path) -> None:
    done = start(
        "tabulate", b"k\xe9t qu\xe1.toml".decode("utf-8", "surrogateescape"), "no.csv", "--json", folder=tmp_path
    )
    assert (done.code, done.codes) == (2, ["input_missing", "input_missing"])


ROSTERS: dict[str, tuple[bytes, str]] = {
    "a zip bomb": (BOMB, "roster_swollen_archive"),
    "a macro file": (macro_file(), "roster_macro"),
    "no workbook": (b"line,post\n1,2\n", "roster_csv"),
    "a PDF": (b"%PDF-1.7", "roster_not_a_spreadsheet"),
    "empty": (b"", "roster_unreadable"),
    "cut off": (macro_file()[:60], "roster_unreadable"),
}


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_roster_that_is_none_is_refused_in_a_document_of_its_own(tmp_path: Path, kind: str) -> None:
    content, code = ROSTERS[kind]
    (tmp_path / "r.xlsx").write_bytes(content)
    done = start("roster", tmp_path / "r.xlsx", "--json")
    found = (done.code, done.document["people"], [fault["code"] for fault in done.document["faults"]], done.codes)
    assert found == (2, [], [code], [code])


def test_a_mistake_of_the_program_is_one_line_and_exit_3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinnhiem.law.shelf.ids", lambda: 1 // 0)
    done = call("rulebooks", "--json")
    assert (done.code, done.out, done.codes) == (3, "", ["internal"])


def test_who_asks_for_the_trace_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinnhiem.law.shelf.ids", lambda: 1 // 0)
    monkeypatch.setenv("TINNHIEM_TRACE", "1")
    assert "ZeroDivisionError" in call("rulebooks").err


def test_a_reader_that_goes_away_is_not_complained_about() -> None:
    running = subprocess.Popen(
        [*COMMAND, "rulebooks", "show", "qd-96-2023", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert (running.stderr.read(), running.wait() in (0, 1)) == (b"", True)
    running.stderr.close()


def test_each_fault_is_one_line_even_where_a_sentence_quotes_the_file(tmp_path: Path) -> None:
    done = call("tabulate", *write(tmp_path, 'rulebook = "a\\nb"\nbody = "x"\ndate = 2023-12-13\n', ROWS), "--json")
    assert [len(done.faults), json.loads(done.err)["code"]] == [1, "hidden_character"]
