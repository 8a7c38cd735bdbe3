"""Running commands: inside this process where that is enough, as a program of its own where exit codes and streams matter."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tinnhiem.cli.main import run as run_here

COMMAND = [sys.executable, "-m", "tinnhiem.cli.main"]


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[dict[str, str]]:
        """The lines of JSON on stderr."""
        return [json.loads(line) for line in self.err.splitlines()]

    @property
    def codes(self) -> list[str]:
        return [fault["code"] for fault in self.faults]


def call(*words: str | Path) -> Done:
    """One command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_here([str(word) for word in words])
    return Done(code, out.getvalue(), err.getvalue())


def start(*words: str | Path, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Done:
    """One command as a program of its own, as a terminal or another tool starts it."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"} | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def toml(rulebook: str, date: str, numbers: Mapping[str, int], more: str = "", body: str = "HĐND tỉnh Vĩnh An") -> str:
    """A ROUND.toml."""
    lines = [f'rulebook = "{rulebook}"', f'body = "{body}"', f"date = {date}", "[numbers]"]
    return "\n".join([*lines, *(f"{key} = {number}" for key, number in numbers.items()), more, ""])


def table(heading: str, rows: Sequence[Sequence[object]]) -> str:
    """A ROWS.csv."""
    return "\n".join([heading, *(",".join(map(str, row)) for row in rows), ""])


def write(folder: Path, round_toml: str, rows_csv: str) -> tuple[Path, Path]:
    """The two files of a round in a folder."""
    paths = folder / "ROUND.toml", folder / "ROWS.csv"
    for path, text in zip(paths, (round_toml, rows_csv), strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return paths
