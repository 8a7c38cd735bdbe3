"""The house itself: what tests stand on, and what `make setup` and `make system` promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import psycopg
import pytest
from babel.messages.catalog import Catalog

from tools import system_packages, translations

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements*.txt"))
VIETNAMESE = "Biên bản kiểm phiếu: 46 phiếu tín nhiệm cao, Ê Đê, Gia Rai, ‘ữ’"


def test_the_throw_away_database_keeps_vietnamese_text(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("select %s::text", [VIETNAMESE]).fetchone() == (VIETNAMESE,)


def test_the_throw_away_database_listens_on_no_network_address(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute(
            "select current_setting('listen_addresses'), current_setting('port') = '5432'"
        ).fetchone()
    assert row == ("", False)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links", lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_of_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z])", lock.read_text(encoding="utf-8").strip())
    loose = [
        entry.split()[0] for entry in entries if not re.match(r"[a-z0-9._-]+==\S+[^\n]*\\\n    --hash=sha256:", entry)
    ]
    assert loose == []


def test_a_wider_lock_keeps_the_versions_of_a_narrower_one() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9._-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert versions("requirements.txt") - versions("requirements-build.txt") == set()
    assert versions("requirements-build.txt") - versions("requirements-dev.txt") == set()


def test_the_runtime_lock_holds_every_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", line).group().lower().replace("_", "-") for line in declared}
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert names - locked == set()


def test_the_lock_of_browser_modules_names_no_address() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_every_browser_module_is_hashed() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("face", ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
def test_the_wheel_carries_the_type(wheel_names: set[str], face: str) -> None:
    assert f"tinnhiem/typeset/fonts/Tinos_{face}.ttf" in wheel_names


def test_the_wheel_carries_the_licence_of_the_type(wheel_names: set[str]) -> None:
    assert "tinnhiem/typeset/fonts/LICENSE_FONT" in wheel_names


def test_the_wheel_carries_every_built_page_part(wheel_names: set[str]) -> None:
    built = ROOT / "src" / "tinnhiem" / "app" / "static" / "built"
    files = {path.relative_to(ROOT / "src").as_posix() for path in built.rglob("*") if path.is_file()}
    assert files - wheel_names == set()
    assert "tinnhiem/app/static/built/htmx.min.js" in files


def test_the_wheel_carries_the_rulebooks_and_every_module(wheel_names: set[str]) -> None:
    source = ROOT / "src"
    ours = [*source.rglob("*.py"), *source.rglob("books/*.toml"), *source.rglob("templates/**/*.*")]
    assert {path.relative_to(source).as_posix() for path in ours} - wheel_names == set()


PAGE = """{% load i18n %}<h1 title='{% translate "Đợt lấy phiếu" %}'>it's</h1>
  <p>{% blocktranslate with total=roll|length trimmed %}
    Có {{ total }} người ghi phiếu.
  {% endblocktranslate %}</p>
"""


def test_what_a_page_says_is_gathered_for_translation(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8", newline="\n")
    gathered = [message for _, message, _ in translations.messages_in(page)]
    assert gathered == ["Đợt lấy phiếu", "Có %(total)s người ghi phiếu."]


def test_a_translation_with_other_placeholders_is_found() -> None:
    catalogue = Catalog(locale="en")
    kept = catalogue.add("Có %(total)s phiếu.", "%(total)s ballots.")
    lost = catalogue.add("Thiếu %(total)s phiếu.", "Ballots are missing.")
    assert [translations.placeholders_differ(message) for message in (kept, lost)] == [False, True]


def test_the_system_packages_of_the_tests_are_here() -> None:
    assert system_packages.missing() == []


def test_a_missing_system_package_is_named_to_who_is_not_root(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    monkeypatch.setitem(system_packages.PRESENT, "chromium", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        system_packages.main()
    assert stopped.value.code == (
        "Bộ kiểm thử còn thiếu phần mềm hệ thống: chromium. "
        "Cài bằng quyền quản trị (Debian: apt-get install chromium) rồi chạy lại.\n"
        "The tests still need these system packages: chromium. Install them as an administrator, then run again."
    )
