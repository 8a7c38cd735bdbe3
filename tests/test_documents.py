"""The documents beside the code: what README, ARCHITECTURE, GLOSSARY and the decisions name is there."""

from __future__ import annotations

import ast
import csv
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cli.running import COMMAND
from tests.test_docs import ROOT, SRC
from tools import reference_pages

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests" / "cases").rglob("*.md")])
FOR_CLERKS = sorted([*(ROOT / "docs" / "tutorial").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")])
DECISIONS = sorted(path for path in (ROOT / "docs" / "adr").glob("*.md") if not path.name.startswith("0000"))


def text(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def spoken(page: str) -> str:
    """The page without its blocks of code."""
    return re.sub(r"```.*?```", "", page, flags=re.DOTALL)


def in_code_marks(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", spoken(page))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))


def make_commands(page: str) -> set[str]:
    """Targets of the `make …` lines of a page, in blocks and in sentences."""
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", page, flags=re.MULTILINE))


def test_the_two_commands_of_the_readme_are_make_targets() -> None:
    assert {"demo", "test"} <= make_commands(text("README.md")) & make_targets()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_command_of_a_page_is_a_target(page: Path) -> None:
    assert sorted(make_commands(text(page)) - make_targets()) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_subcommand_of_a_page_exists(page: Path) -> None:
    said = set(re.findall(r"(?:^|`|bin/)tinnhiem ([a-z][a-z-]*)", text(page), flags=re.MULTILINE))
    known = {words.partition(" ")[2].split(" ")[0] for words in reference_pages.commands()}
    assert sorted(said - known) == []


def paths_in(page: str) -> Iterator[str]:
    """What a page names as a path of this tree: in code marks, with a slash, beginning with a folder of the root."""
    tops = {path.name for path in ROOT.iterdir()}
    for words in in_code_marks(page):
        if re.fullmatch(r"[\w./*-]+", words) and "/" in words and words.split("/")[0] in tops:
            yield words


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md", *map(named, DECISIONS)]
)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    built = ("demo/out", "src/tinnhiem/app/static/built")
    lost = [
        path for path in paths_in(text(page)) if not path.startswith(built) and not list(ROOT.glob(path.rstrip("/")))
    ]
    assert lost == []


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_the_map_names_every_package(page: str) -> None:
    packages = {path.parent.name for path in SRC.glob("*/__init__.py")}
    assert sorted(packages - set(re.findall(r"src/tinnhiem/([a-z]+)", text(page)))) == []


def modules_of_the_map() -> list[tuple[str, str]]:
    """(folder, module) of every `module.py` that a row of ARCHITECTURE's table names."""
    rows = re.findall(r"^\| `(src/tinnhiem/\w+/)` \|(.*)\|$", text("ARCHITECTURE.md"), flags=re.MULTILINE)
    return [(folder, module) for folder, row in rows for module in re.findall(r"`(\w+\.py)`", row)]


def test_every_module_of_the_map_stands_in_its_package() -> None:
    assert [pair for pair in modules_of_the_map() if not (ROOT / pair[0] / pair[1]).is_file()] == []


def modules_in_sentences(page: str) -> list[str]:
    """`app/vault.py` and the like, said below src/tinnhiem."""
    return [words for words in in_code_marks(page) if re.fullmatch(r"(?:[a-z_]+/)+[a-z_*]+\.py", words)]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_module_that_a_page_speaks_of_is_there(page: Path) -> None:
    said = modules_in_sentences(text(page))
    assert [words for words in said if not [*SRC.glob(words), *ROOT.glob(words)]] == []


def names_in_the_code() -> set[str]:
    """Modules, classes, functions, arguments, fields and texts of one word."""
    found: set[str] = set()
    for path in SRC.rglob("*.py"):
        found.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def glossary() -> list[tuple[str, str, str]]:
    """(Vietnamese term, identifiers, source) of every row."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]*`[^|]*) \| ([^|]+) \|$", text("GLOSSARY.md"), flags=re.MULTILINE)
    return [(term, names, source) for term, names, source in rows]


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    known = names_in_the_code()
    said = {name for _, names, _ in glossary() for name in re.findall(r"`(\w+)`", names)}
    assert sorted(said - known) == []


def test_no_term_stands_twice_in_the_glossary() -> None:
    terms = [term for term, _, _ in glossary()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_the_glossary_has_rows_enough_to_be_one() -> None:
    assert len(glossary()) > 80


def test_every_clause_of_the_glossary_says_how_sure_it_is() -> None:
    sure = ("đọc", "dẫn lại", "thông lệ", "chưa chắc")
    bare = [
        (term, part.strip())
        for term, _, source in glossary()
        for part in source.split(";")
        if part.strip() not in {"–", "thông lệ"} and not part.strip().endswith(tuple(f"· {word}" for word in sure))
    ]
    assert bare == []


def test_decisions_are_numbered_from_one_without_a_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_keeps_to_the_template(path: Path) -> None:
    headings = re.findall(r"^## .*$", text(path), flags=re.MULTILINE)
    assert headings == re.findall(r"^## .*$", text("docs/adr/0000-template.md"), flags=re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_opens_with_its_number_its_date_and_a_summary(path: Path) -> None:
    opening = (
        rf"# {path.name[:4]}\. .+\n\nNgày · Date: \d{{4}}-\d\d-\d\d · Trạng thái · Status: .+\n\n\*\*Tóm tắt\.\*\* "
    )
    assert re.match(opening, text(path)) is not None


@pytest.mark.parametrize("path", FOR_CLERKS, ids=named)
def test_a_page_for_clerks_does_not_shout_or_beg(path: Path) -> None:
    assert re.findall(r"[Vv]ui lòng|\bbạn\b|\w!(?:\s|$)", spoken(text(path))) == []


def words_of_the_screens() -> str:
    """Everything a page of the desk can say: templates, code and the grid."""
    files = [*SRC.rglob("templates/**/*.html"), *SRC.rglob("*.py"), *(ROOT / "web" / "src").rglob("*.ts")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_button_that_a_page_for_clerks_names_is_on_a_screen() -> None:
    screens = words_of_the_screens()
    said = [
        (named(path), words)
        for path in FOR_CLERKS
        for words in re.findall(r"[Bb]ấm \*\*([^*]+)\*\*", text(path))
        if re.sub(r"\b(?:9|N)\b.*|\b1\b", "", words).strip() not in screens
    ]
    assert said == []


def test_every_how_to_is_reached_from_the_readme() -> None:
    targets = set(re.findall(r"\]\((docs/[^)]+)\)", text("README.md")))
    assert [named(path) for path in FOR_CLERKS if named(path) not in targets] == []


def test_the_wheel_says_what_the_readme_says() -> None:
    assert 'readme = "README.md"' in text("pyproject.toml")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The demo as the README runs it: what it said, and its folder."""
    out = tmp_path_factory.mktemp("readme") / "out"
    kept: Mapping[str, str] = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TINNHIEM_", "DJANGO_", "SEED", "SERVE"))
    }
    command = [*COMMAND, "demo", "--no-serve", "--out", str(out)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env={**kept, "COLUMNS": "200"})
    return done.stdout, out


def transcript() -> list[str]:
    """The lines of the README's round, but for the bar and what it leaves out; the code differs from round to round."""
    block = re.search(r"```\n(Lập đợt: .*?)```", text("README.md"), flags=re.DOTALL)
    assert block is not None
    return [
        line.replace("XXXX-XXXX", "") for line in block[1].splitlines() if "…" not in line and "100/100" not in line
    ]


def test_the_demo_says_what_the_readme_shows(demo: tuple[str, Path]) -> None:
    said, _ = demo
    assert [line for line in transcript() if line not in said] == []


def test_the_demo_leaves_the_files_that_the_readme_names(demo: tuple[str, Path]) -> None:
    _, out = demo
    named_files = ("roster.xlsx", "round.toml", "rows.csv", "record.json", "accounts.json")
    assert [name for name in named_files if not (out / name).is_file()] == []


def test_the_example_of_the_explanation_is_the_demo_s(demo: tuple[str, Path]) -> None:
    _, out = demo
    with (out / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["line"]): row for row in csv.DictReader(file)}
    page = text("docs/explanation/how-the-count-works.md")
    fifth = [rows[5][code] for code in ("high", "medium", "low")]
    assert f"= {' + '.join(fifth)}  " in page
    assert f"{rows[1]['low']} phiếu thấp trên 50" in page
