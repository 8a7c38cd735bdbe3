"""The architecture, held against the code: what import contracts cannot say.

Contract: every rule below is one sentence; what breaks it is listed with file and line. Which package may import which is
checked by import-linter in `make check`.
"""

from __future__ import annotations

import ast
import importlib
import re
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tinnhiem.errors import TinnhiemError

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "tinnhiem"
MODULES = sorted(SRC.rglob("*.py"))
PAGES = sorted([*SRC.rglob("templates/**/*.*"), *(ROOT / "web" / "src").rglob("*.ts")])

PACKAGES = {
    *("law", "poll", "ledger", "people", "typeset", "paper", "documents"),
    *("roster", "rollup", "app", "demo", "cli"),
}
SINGLE_MODULES = {"__init__", "__main__", "errors", "executors"}
WHOLE_NUMBERS_ONLY = {"law", "poll", "ledger"}
CORE = {"law", "poll", "ledger", "people", "errors"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
LONGEST_MODULE = 400

BOOK_IDS = (
    "qd-96-2023",
    "nq-96-2023",
    "nq-96-2023-bo-phieu",
    "nq-85-2014",
    "nq-35-2012",
    "qd-262-2014",
    "qd-190-2024-khong-so-du",
)
CHOICE_CODES = {"high", "medium", "low", "confidence", "no_confidence", "agree", "disagree"}

SPELT_ALIKE = {("cli/reading_document.py", "confidence")}
"""A key of `read --json`, how sure the reader is of a line, which happens to be spelt like a choice of one book."""


def place(path: Path, node: ast.AST | int) -> str:
    line = node if isinstance(node, int) else getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name}:{line}"


def nothing_breaks_it(faults: Iterable[object]) -> None:
    """The rule holds; if not, every place that breaks it is listed."""
    listed = [str(fault) for fault in faults]
    assert not listed, "\n".join(listed)


def package_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def knows_no_book(path: Path) -> bool:
    """Whether the file must do without book ids and choice codes: all but the books themselves and the demo."""
    inside = path.relative_to(SRC).parts if path.is_relative_to(SRC) else ()
    return inside[:2] != ("law", "books") and inside[:1] != ("demo",)


def name_of(path: Path) -> str:
    """The dotted name by which the module is imported."""
    return ".".join(("tinnhiem", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def docstrings(module: ast.Module) -> set[int]:
    """Identities of the constants that are docstrings."""
    owners = [node for node in ast.walk(module) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    firsts = [node.body[0] for node in owners if node.body]
    return {id(node.value) for node in firsts if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def test_the_packages_are_those_of_the_layout() -> None:
    holding_code = {package_of(path) for path in MODULES}
    nothing_breaks_it(sorted(holding_code - PACKAGES - SINGLE_MODULES))


def test_no_module_is_named_for_nothing_in_particular() -> None:
    nothing_breaks_it([place(path, 1) for path in MODULES if path.stem in VAGUE or path.parent.name in VAGUE])


def test_every_module_opens_with_its_contract() -> None:
    written = [path for path in MODULES if "migrations" not in path.parts]
    nothing_breaks_it([place(path, 1) for path in written if not ast.get_docstring(tree(path))])


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    written = [path for path in MODULES if "migrations" not in path.parts]
    sizes = {place(path, 1): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    nothing_breaks_it(f"{name} {size} lines" for name, size in sizes.items() if size > LONGEST_MODULE)


def joins_a_path(node: ast.BinOp | ast.AugAssign) -> bool:
    """Whether there is a text among what this "/" joins, as in `folder / "books"`."""
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))


def float_uses(path: Path) -> Iterator[str]:
    """Where a module writes a float, asks for one, or divides into one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{place(path, node)} literal {node.value}"
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{place(path, node)} float"
        # A Fraction is made by Fraction(a, b): a "/" between whole numbers would silently be a float.
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and not joins_a_path(node):
            yield f"{place(path, node)} true division"
        if isinstance(node, ast.Attribute) and node.attr in {"truediv", "fsum", "sqrt", "as_integer_ratio"}:
            yield f"{place(path, node)} {node.attr}"


def test_law_poll_and_ledger_use_whole_numbers_and_fractions_only() -> None:
    exact = [path for path in MODULES if package_of(path) in WHOLE_NUMBERS_ONLY]
    nothing_breaks_it([use for path in exact for use in float_uses(path)])


@pytest.mark.parametrize("planted", ["half = 0.5", "share = float(low_marks)", "share = marks / base", "share /= base"])
def test_a_planted_float_is_found(tmp_path: Path, planted: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(planted, encoding="utf-8", newline="\n")
    assert len(list(float_uses(module))) == 1


def outside_imports(path: Path) -> Iterator[str]:
    """Imports of a core module that are neither the standard library, nor msgspec, nor this package."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names | {"msgspec", "tinnhiem"}:
                yield f"{place(path, node)} {name}"


def test_the_core_imports_the_standard_library_and_msgspec_only() -> None:
    core = [path for path in MODULES if package_of(path) in CORE]
    nothing_breaks_it([found for path in core for found in outside_imports(path)])


def test_no_book_id_stands_outside_the_books_and_the_demo() -> None:
    longest_first = "|".join(sorted(map(re.escape, BOOK_IDS), key=len, reverse=True))
    found = []
    for path in (each for each in [*MODULES, *PAGES] if knows_no_book(each)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found += [f"{place(path, number)} {match}" for match in re.findall(longest_first, line)]
    nothing_breaks_it(found)


def choice_codes_in(path: Path) -> Iterator[str]:
    """Where a Python module names a choice of some book: as a text of its own, an attribute, a field or a keyword."""
    module = tree(path)
    prose = docstrings(module)
    for node in ast.walk(module):
        words: list[str] = []
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            parts = [part for part in re.split(r"[\s,;|/]+", node.value) if part]
            words = parts if set(parts) <= CHOICE_CODES else []
        elif isinstance(node, ast.Attribute):
            words = [node.attr]
        elif isinstance(node, ast.ClassDef):
            fields = [line.target for line in node.body if isinstance(line, ast.AnnAssign)]
            words = [field.id for field in fields if isinstance(field, ast.Name)]
        elif isinstance(node, ast.keyword):
            words = [node.arg or ""]
        yield from (f"{place(path, node)} {word}" for word in words if word in CHOICE_CODES)


@pytest.mark.parametrize(
    "planted",
    ['share["high"]', "counts.medium", "tally(low=3)", 'order = "agree,disagree"', "class Marks:\n    confidence: int"],
)
def test_a_planted_choice_code_is_found(tmp_path: Path, planted: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(planted, encoding="utf-8", newline="\n")
    assert set(choice_codes_in(module)) != set()


def test_a_choice_word_in_a_sentence_is_no_choice_code(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('en = "The two readings agree on no line."', encoding="utf-8", newline="\n")
    assert list(choice_codes_in(module)) == []


def test_no_choice_code_stands_in_python_outside_the_books_and_the_demo() -> None:
    without_book = [(path, found) for path in MODULES if knows_no_book(path) for found in choice_codes_in(path)]
    meant = [found for path, found in without_book if not spelt_alike(path, found)]
    nothing_breaks_it(meant)


def spelt_alike(path: Path, found: str) -> bool:
    return (path.relative_to(SRC).as_posix(), found.rpartition(" ")[2]) in SPELT_ALIKE


def test_no_choice_code_stands_in_pages_or_their_scripts() -> None:
    codes = "|".join(sorted(CHOICE_CODES, key=len, reverse=True))
    quoted_or_attribute = re.compile(rf"""["']({codes})["']|\.({codes})\b""")
    found = []
    for path in PAGES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found += [f"{place(path, number)} {match.group()}" for match in quoted_or_attribute.finditer(line)]
    nothing_breaks_it(found)


def refusals(root: type[TinnhiemError] = TinnhiemError) -> list[type[TinnhiemError]]:
    """The root of refusals and everything below it, each once, after importing every module that defines one."""
    for path in MODULES:
        if "migrations" in path.parts or path.stem == "__main__":
            continue
        if any(isinstance(node, ast.ClassDef) and node.bases for node in tree(path).body):
            importlib.import_module(name_of(path))
    found, waiting = [], [root]
    while waiting:
        refusal = waiting.pop(0)
        if refusal not in found:
            found.append(refusal)
            waiting += refusal.__subclasses__()
    return [refusal for refusal in found if refusal.__module__.split(".")[0] == "tinnhiem"]


@pytest.fixture(scope="module")
def every_refusal() -> list[type[TinnhiemError]]:
    return refusals()


def test_every_refusal_has_a_code_of_its_own(every_refusal: list[type[TinnhiemError]]) -> None:
    owners: dict[str, list[str]] = {}
    for refusal in every_refusal:
        owners.setdefault(refusal.code, []).append(f"{refusal.__module__}.{refusal.__qualname__}")
    nothing_breaks_it(f"{code}: {', '.join(names)}" for code, names in owners.items() if len(names) > 1)


def test_every_code_is_plain_snake_case(every_refusal: list[type[TinnhiemError]]) -> None:
    nothing_breaks_it(
        [each.code for each in every_refusal if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", each.code)]
    )


def test_every_refusal_speaks_vietnamese_and_english(every_refusal: list[type[TinnhiemError]]) -> None:
    silent = [each.code for each in every_refusal if not each.vi.strip() or not each.en.strip() or each.vi == each.en]
    nothing_breaks_it(silent)


def test_the_two_languages_of_a_refusal_tell_the_same_values(every_refusal: list[type[TinnhiemError]]) -> None:
    # A value that is itself words comes twice: `{expected}` in Vietnamese, `{expected_en}` in English.
    def values(template: str) -> set[str]:
        return {field.removesuffix("_en") for _, field, _, _ in string.Formatter().parse(template) if field}

    nothing_breaks_it([each.code for each in every_refusal if values(each.vi) != values(each.en)])


def test_no_refusal_begs_shouts_or_is_on_first_name_terms(every_refusal: list[type[TinnhiemError]]) -> None:
    rude = re.compile(r"vui lòng|\bbạn\b|!|！|\bplease\b", re.IGNORECASE)
    nothing_breaks_it([each.code for each in every_refusal if rude.search(each.vi) or rude.search(each.en)])


def drawings() -> Iterator[tuple[Path, list[tuple[int, str]]]]:
    """The trees of refusals drawn in module docstrings: for each, depth and name, from its root down."""
    for path in MODULES:
        lines = (ast.get_docstring(tree(path)) or "").splitlines()
        for number, line in enumerate(lines):
            root = re.fullmatch(r"\s*(\w+)", line)
            if not root or number + 1 == len(lines) or not re.match(r"\s*[├└]── [A-Z]", lines[number + 1]):
                continue
            margin = len(line) - len(line.lstrip())
            drawn = [(0, root.group(1))]
            for below in lines[number + 1 :]:
                branch = re.match(r"[\s│]*[├└]── (?=\w)", below)
                if branch is None:
                    break
                name = re.match(r"\w+", below[branch.end() :])
                drawn.append(((branch.end() - margin) // 4, name.group() if name else ""))
            yield path, drawn


def drawn_lines() -> Iterator[tuple[str, str, str]]:
    """(where, parent, child) for every line between two refusals in a drawing; a root has no parent."""
    for path, drawn in drawings():
        above: list[str] = []
        for depth, name in drawn:
            yield place(path, 1), above[depth - 1] if depth else "", name
            above[depth:] = [name]


def test_a_module_of_refusals_draws_all_of_them(every_refusal: list[type[TinnhiemError]]) -> None:
    drawn: dict[str, set[str]] = {name_of(path): set() for path in MODULES if path.stem == "errors"}
    for path, lines in drawings():
        drawn.setdefault(name_of(path), set()).update(name for _, name in lines)
    kept = [(each.__module__, each.__name__) for each in every_refusal if each.__module__ in drawn]
    nothing_breaks_it([f"{module}.{name}" for module, name in kept if name not in drawn[module]])


def test_every_drawn_line_is_true(every_refusal: list[type[TinnhiemError]]) -> None:
    true = {(base.__name__, each.__name__) for each in every_refusal for base in each.__bases__}
    true |= {("", each.__name__) for each in every_refusal}
    nothing_breaks_it([line for line in drawn_lines() if line[1:] not in true])
