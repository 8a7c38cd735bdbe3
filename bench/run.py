"""Đo tốc độ: what an office waits for, as absolute times and as ratios to a stated baseline of the same run.

    python -m bench.run

Contract: figures are the best of several runs, written with the machine into its section of `bench/README.md`; exits 1 where a limit is passed. Baselines are
deliberately poor in what they do and rich in speed: they say what the machine can, not what somebody else's program does.
"""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.results_page import ROOT, machine, shown, write_section

BOOK = "qd-96-2023"
SHEETS, LINES, BATCH = 2_000, 60, 25
SLIPS = 20
"""Sheets on which the second station misread one mark."""


class Figure(NamedTuple):
    """Một phép đo. Times in seconds; `limit` None where none is promised."""

    what: str
    taken: float
    limit: float | None
    baseline: str
    base: float


def best(action: Callable[[], object], runs: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def counting() -> Figure:
    """From two stations' readings, through settled misreadings, to a fingerprinted record."""
    from tinnhiem.law import shelf
    from tinnhiem.poll.count import count
    from tinnhiem.poll.reconcile import reconcile
    from tinnhiem.poll.record import BallotNumbers, Numbers, fingerprint
    from tinnhiem.poll.settle import Decision, settle
    from tinnhiem.poll.sheet import Sheet, line_marks, tally
    from tinnhiem.poll.slate import Slate, Subject

    book = shelf.book(BOOK)
    pen = random.Random(1)
    marks = line_marks(book)
    weights = [60, 25, 10, *(1 for _ in marks[3:])]
    first = [Sheet(lines=tuple(pen.choices(marks, weights, k=LINES))) for _ in range(SHEETS)]
    second = list(first)
    decisions = []
    for number in sorted(pen.sample(range(SHEETS), SLIPS)):
        lines = list(first[number].lines)
        lines[0] = next(mark for mark in marks if mark != lines[0])
        second[number] = Sheet(lines=tuple(lines))
        place = {"batch": number // BATCH + 1, "sheet": number % BATCH + 1}
        decisions.append(Decision(kind="paper", ballot=None, line=1, mark=first[number].lines[0], **place))
    readings = [
        {(None, start // BATCH + 1): tuple(pile[start : start + BATCH]) for start in range(0, SHEETS, BATCH)}
        for pile in (first, second)
    ]
    slate = Slate(subjects=tuple(Subject(line=line, post=f"Chức danh {line}") for line in range(1, LINES + 1)))
    numbers = Numbers(summoned=SHEETS, present=SHEETS, ballots=(BallotNumbers(issued=SHEETS, returned=SHEETS),))

    def whole() -> str:
        agreed = settle(reconcile(readings), decisions, book).sheets()
        record = count(
            tally(agreed, slate, book), numbers, book, body="Bảo đảm", date=datetime.date(2026, 7, 1), slate=slate
        )
        return fingerprint(record)

    def plain() -> list[dict[str, int]]:
        counts: list[dict[str, int]] = [{} for _ in range(LINES)]
        for sheet in first:
            for line, mark in enumerate(sheet.lines):
                counts[line][mark] = counts[line].get(mark, 0) + 1
        return counts

    what = f"đếm {SHEETS} phiếu × {LINES} dòng, hai bàn nhập, {SLIPS} chỗ khác nhau · counting, from readings to record"
    return Figure(
        what, best(whole), 1.0, "một vòng lặp cộng dồn một lần nhập · one loop adding up one reading", best(plain)
    )


def round_files(folder: Path) -> tuple[Path, Path]:
    """A round of 60 people in two files."""
    round_path, rows_path = folder / "ROUND.toml", folder / "ROWS.csv"
    round_path.write_text(
        f'rulebook = "{BOOK}"\nbody = "Tỉnh ủy Vĩnh An"\ndate = 2026-07-01\n'
        f"[numbers]\nsummoned = 60\npresent = 58\nissued = 58\nreturned = 58\n",
        encoding="utf-8",
    )
    rows = "".join(
        f"{line},Nguyễn Thị Hạnh {line},Giám đốc Sở số {line},{58 - line % 9},{line % 9},0\n" for line in range(1, 61)
    )
    rows_path.write_text(f"line,name,post,high,medium,low\n{rows}", encoding="utf-8")
    return round_path, rows_path


def papers(folder: Path) -> Figure:
    """Minutes of 60 people as Word and PDF, in a program that is running; the fonts are read once before."""
    import typst

    from tinnhiem.cli.papers import paper
    from tinnhiem.cli.round_input import counted

    result = counted(*round_files(folder))

    def both() -> tuple[bytes, bytes]:
        return paper(result, "docx", None), paper(result, "pdf", None)

    both()
    page = folder / "page.typ"
    page.write_text("Biên bản", encoding="utf-8")
    base = best(lambda: typst.compile(str(page)))
    return Figure(
        "biên bản 60 người, .docx và PDF · minutes of 60 people",
        best(both),
        2.0,
        "một trang một chữ bằng typst · a page of one word by typst",
        base,
    )


def command(*words: str | Path) -> Callable[[], object]:
    """One command as a program of its own, with compiled modules as an installed program has them."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(list(map(str, words)), env=own, check=True, capture_output=True)


def starts(folder: Path) -> list[Figure]:
    """The command line, from the key pressed to the prompt."""
    tinnhiem = Path(sys.executable).parent / ("tinnhiem.exe" if os.name == "nt" else "tinnhiem")
    bare = command(sys.executable, "-c", "pass")
    bare()
    base = best(bare, 15)
    round_path, rows_path = round_files(folder)
    told = "python -c pass"
    measured: list[tuple[str, tuple[str | Path, ...], float | None]] = [
        ("tinnhiem --version", ("--version",), 0.2),
        ("tinnhiem --help", ("--help",), 0.2),
        ("tinnhiem tabulate (60 người · people)", ("tabulate", round_path, rows_path, "--json"), None),
        (
            "tinnhiem tabulate --docx --pdf (60 người · people)",
            ("tabulate", round_path, rows_path, "--docx", folder / "o.docx", "--pdf", folder / "o.pdf"),
            None,
        ),
    ]
    figures = []
    for what, words, limit in measured:
        action = command(tinnhiem, *words)
        action()
        figures.append(Figure(f"`{what}`", best(action, 15 if limit else 5), limit, told, base))
    return figures


def keystrokes() -> list[str]:
    """The figures of the entry grid, as `bench.grid_latency` prints them; nothing where there is no browser."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.grid_latency"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        print(f"Chưa đo được trang nhập phiếu · the entry grid was not measured: {done.stderr.strip()[-300:]}")
    return done.stdout.splitlines() if done.returncode == 0 else []


def table(figures: list[Figure], grid: list[str]) -> str:
    """The section with the figures."""
    rows = "".join(
        f"| {one.what} | {shown(one.taken)} | {'< ' + shown(one.limit) if one.limit else '–'} | {one.baseline}: {shown(one.base)} "
        f"| × {one.taken / one.base:.1f} |\n"
        for one in figures
    )
    keys = "".join(f"    {line}\n" for line in grid)
    return (
        "## Tốc độ · Speed\n\n"
        "`make bench` đo và ghi mục này: lần nhanh nhất trong nhiều lần. Cột cuối so với một mốc đo trong cùng lần chạy, để so được giữa các máy. "
        "*The best of several runs; the last column is the ratio to a baseline of the same run, so that machines can be compared.*\n\n"
        f"Máy · machine: {machine()}\n\n"
        "| Việc · What | Thời gian · Time | Giới hạn · Limit | Mốc · Baseline | Tỷ lệ · Ratio |\n|---|---|---|---|---|\n"
        f"{rows}"
        + (
            "\n### Trang nhập phiếu · The entry grid\n\nGiới hạn: một phím dưới 50 ms trên máy cũ. *Limit: a keystroke under 50 ms on an old PC.*\n\n"
            f"{keys}"
            if grid
            else ""
        )
    )


def main() -> None:
    """Measure, write the page, say what is over its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [counting(), papers(folder), *starts(folder)]
    section = table(figures, keystrokes())
    write_section("speed", section)
    print(section)
    over = [one.what for one in figures if one.limit is not None and one.taken > one.limit]
    if over:
        sys.exit(f"Quá giới hạn · over the limit: {'; '.join(over)}")


if __name__ == "__main__":
    main()
