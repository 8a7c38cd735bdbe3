"""Tiếng nói của dòng lệnh: one document on stdout, faults and progress on stderr.

Contract: always UTF-8, whatever the console is set to, lines ending in LF. `answer` writes exactly one JSON document. `tell` writes each
fault on a line of its own. Progress is shown on a terminal only. Tables are drawn by rich, which is imported when one is drawn.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tinnhiem.errors import TinnhiemError

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_A_FILE = 140
"""Columns of a table that goes into a file or another program, where no terminal tells its width."""


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--json`, the same for every command."""
    return click.option("--json", "as_json", is_flag=True, help="Kết quả và lỗi theo dạng JSON.")(function)


def speak_utf8() -> None:
    """Đặt bảng mã UTF-8 cho hai luồng ra; a file name that is no Unicode is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def answer(document: object) -> None:
    """Trả lời bằng một văn bản JSON."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def tell(refusal: TinnhiemError, *, as_json: bool) -> None:
    """Báo lỗi: one line for each refusal."""
    for one in refusal.each():
        line = json.dumps(one.as_dict(), ensure_ascii=False) if as_json else " ".join(one.sentence().split())
        sys.stderr.write(line + "\n")
    sys.stderr.flush()


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Báo việc đang làm, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


T = TypeVar("T")


def counting(things: Iterable[T], total: int, unit: str) -> Iterator[T]:
    """Báo tiến độ trong khi làm: how many are done, how fast and what is left, on a terminal only."""
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{unit} · {{task.fields[rate]:.1f}} {unit}/giây · còn"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate=0.0)
        begun = time.monotonic()
        for done, thing in enumerate(things, start=1):
            bar.update(task, completed=done, rate=done / max(time.monotonic() - begun, 0.001))
            yield thing


def console() -> Console:
    """Nơi in bảng cho người đọc: text is printed as it is, never taken for markup."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH_OF_A_FILE
    return Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)


def draw(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "", numbers: Sequence[int] = ()) -> None:
    """In một bảng. `numbers` are the places, from 0, of the columns that are set to the right."""
    from rich import box
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def say(text: str = "") -> None:
    """Nói một dòng trên stdout."""
    sys.stdout.write(text + "\n")
