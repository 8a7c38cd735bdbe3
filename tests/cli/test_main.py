"""The door: help, version, start time, what is imported and what is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.running import call, start
from tinnhiem import __version__
from tinnhiem.cli.main import COMMANDS

HEAVY = ("rich", "django", "typst", "docxtpl", "granian", "python_calamine", "xlsxwriter", "msgspec")


def test_without_words_the_commands_are_listed() -> None:
    done = call()
    assert (done.code, [name for name in COMMANDS if f"\n  {name} " not in done.out]) == (0, [])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_vietnamese(name: str) -> None:
    done = call(name, "--help")
    assert (done.code, done.out.startswith(f"Cách dùng: tinnhiem {name}"), "Usage" in done.out) == (0, True, False)


def test_the_version_is_that_of_the_package() -> None:
    assert start("--version").out == f"tinnhiem {__version__}\n"


def test_the_door_opens_without_anything_heavy() -> None:
    code = f"import sys, tinnhiem.cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
