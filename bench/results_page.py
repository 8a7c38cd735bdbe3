"""Trang kết quả: `bench/README.md`, where every measuring script owns one section and leaves the others alone.

Contract: a section stands between `<!-- name -->` and `<!-- /name -->`; writing it replaces what stood there, or adds it at the end. What stands outside
the markers is written by hand and never touched.
"""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "bench" / "README.md"


def write_section(name: str, body: str, page: Path = PAGE) -> None:
    """Ghi một mục của trang."""
    page.write_text(with_section(page.read_text(encoding="utf-8"), name, body), encoding="utf-8", newline="\n")


def with_section(text: str, name: str, body: str) -> str:
    """Trang with the section; everything else as it was."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{start}\n{body.strip()}\n{end}"
    before, found, rest = text.partition(start)
    if not found:
        return f"{text.rstrip()}\n\n{section}\n" if text.strip() else f"{section}\n"
    _, closed, after = rest.partition(end)
    if not closed:
        message = f"{start} is never closed"
        raise ValueError(message)
    return f"{before}{section}{after}"


def machine() -> str:
    """The machine in a line."""
    name = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        named = [
            line.partition(":")[2].strip()
            for line in about.read_text(encoding="utf-8").splitlines()
            if "model name" in line
        ]
        name = named[0] if named else name
    return f"{name}, {os.cpu_count()} nhân · cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def measured_on() -> str:
    """Máy và ngày đo, the line under a section's title."""
    return (
        f"Đo ngày · measured on {datetime.datetime.now(tz=datetime.UTC).date().isoformat()}; máy · machine: {machine()}"
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, words: Sequence[int] = (0,)) -> str:
    """Bảng Markdown; `words`: the columns that are read, the others are figures and stand to the right."""
    rule = "|".join("---" if at in words else "---:" for at in range(len(heads)))
    return "\n".join([f"| {' | '.join(heads)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def indented(text: str) -> str:
    """Một khối chữ giữ nguyên cột."""
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())


def shown(seconds: float) -> str:
    """Seconds with three figures, milliseconds below a tenth."""
    return f"{seconds * 1000:.0f} ms" if seconds < 0.1 else f"{seconds:.2f} s"
