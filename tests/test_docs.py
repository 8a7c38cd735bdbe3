"""Documents cannot lie: what the code has, the reference pages name, and the other way round."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
from pathlib import Path

import click
import pytest

from tests.cli.running import call, table, toml, write
from tinnhiem.app.sentences import EVENTS
from tinnhiem.poll import reading_file, round_file
from tools import reference_pages

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SRC = ROOT / "src" / "tinnhiem"


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def codes_in_first_column(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)


def test_every_page_that_the_code_writes_is_as_the_code_says() -> None:
    assert reference_pages.behind() == []


def test_every_error_code_stands_on_its_page_once() -> None:
    codes = [code for own in reference_pages.refusals().values() for code, _, _ in own]
    assert sorted(codes_in_first_column(page("errors.md"))) == sorted(codes)


def test_every_event_stands_on_its_page_in_order() -> None:
    assert codes_in_first_column(page("events.md")) == list(EVENTS)


def test_every_command_has_a_heading_of_its_own() -> None:
    headings = re.findall(r"^## (tinnhiem [a-z -]+)$", page("cli.md"), flags=re.MULTILINE)
    assert headings == [words for words in reference_pages.commands() if words != "tinnhiem"]


def test_every_command_shows_its_help() -> None:
    shown = [match["words"] for match in reference_pages.HELP.finditer(page("cli.md"))]
    assert shown == list(reference_pages.commands())


def test_every_option_is_explained() -> None:
    silent = [
        (words, option.name)
        for words, command in reference_pages.commands().items()
        for option in command.params
        if isinstance(option, click.Option) and not (option.help or "").strip()
    ]
    assert silent == []


def environment_names() -> set[str]:
    """TINNHIEM_… names that the product reads."""
    found: set[str] = set()
    for path in SRC.rglob("*.py"):
        found |= set(re.findall(r"\"(TINNHIEM_[A-Z_]+)\"", path.read_text(encoding="utf-8")))
    return found


def test_every_setting_stands_on_its_page_and_nothing_else_does() -> None:
    assert set(codes_in_first_column(page("settings.md"))) == environment_names()


@pytest.mark.parametrize(
    "keys",
    [
        round_file.ROUND_KEYS,
        round_file.PERSONS,
        round_file.BALLOTS,
        round_file.SUBJECT_KEYS,
        round_file.BALLOT_KEYS,
        round_file.CORRECTION_KEYS,
        round_file.ROUNDING_KEYS,
        round_file.SHEET_KEYS,
        round_file.MODES,
        ("ballot", "batch", "sheet", "line", "mark", reading_file.WHOLE_SHEET),
    ],
)
def test_every_key_of_the_input_files_is_listed(keys: tuple[str, ...]) -> None:
    text = re.sub(r"```.*?```", "", page("round-file.md"), flags=re.DOTALL)
    named = {re.split(r"[^a-z_:-]", word.strip('[]"'))[0] for word in re.findall(r"`([^`]+)`", text)}
    assert [key for key in keys if key not in named] == []


def script() -> str:
    """The lines printed on the page for checking a fingerprint."""
    found = re.search(r"```python\n(.*?)```", page("fingerprint.md"), flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_the_printed_script_has_ten_lines_of_the_standard_library() -> None:
    lines = [line for line in script().splitlines() if line]
    assert (len(lines), lines[0]) == (10, "import hashlib, json, sys, unicodedata")


def test_the_printed_script_finds_the_fingerprint_of_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table("line,post,high,medium,low", [[1, "Chủ tịch", 46, 3, 2]])
    paths = write(tmp_path, toml("nq-96-2023", "2023-12-13", {"returned": 52}), rows)
    document = call("tabulate", *paths, "--json", "--record", tmp_path / "record.json").document
    (tmp_path / "check.py").write_text(script(), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["check.py", str(tmp_path / "record.json")])
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        runpy.run_path(str(tmp_path / "check.py"), run_name="__main__")
    assert said.getvalue().splitlines()[:2] == [document["fingerprint"], f"Mã đối chiếu: {document['short_code']}"]


def test_the_example_of_a_round_on_its_page_is_counted(tmp_path: Path) -> None:
    round_toml = re.search(r"```toml\n(.*?)```", page("round-file.md"), flags=re.DOTALL)
    rows_csv = re.search(r"```csv\n(.*?)```", page("round-file.md"), flags=re.DOTALL)
    assert round_toml is not None
    assert rows_csv is not None
    assert call("tabulate", *write(tmp_path, round_toml[1], rows_csv[1]), "--json").code == 0


def links() -> list[tuple[str, str]]:
    """(page, target) of every relative link in the documents."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [
        (path.relative_to(ROOT).as_posix(), target)
        for path in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:")
    ]


def test_every_link_between_documents_leads_somewhere() -> None:
    assert [(where, target) for where, target in links() if not ((ROOT / where).parent / target).exists()] == []
