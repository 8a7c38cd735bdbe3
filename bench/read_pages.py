"""Đo máy đọc phiếu: the product's reader on hand-marked pages, against its goals.

    python -m bench.read_pages --seeds 0:50 --conditions feeder phone --jobs 2
    python -m bench.read_pages --whole --from 100000 --jobs 2 --write

Contract: the same seeds and conditions give the same figures, times and memory aside. Seeds 0-999 are those that thresholds were fixed on; from 100000 on
is judged. Pages are made in processes of their own, so that memory and time are the reader's alone. `--whole` is the run the goals speak of, at least 100,000
clear rows; `--write` puts its table into `bench/README.md`. Exits 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench.marked_pages import blank, files
from bench.marked_pages.invented_round import round_toml
from bench.marked_pages.scanner import CONDITIONS
from bench.marked_pages.sheet import Manner, MarkedSheet, make_sheet
from bench.page_goals import Outcome, goals_missed, table
from bench.page_judge import PageAnswer, RowAnswer, Tally, judge, matched
from bench.results_page import indented, measured_on, write_section

TUNING, JUDGING = range(1000), 100_000
TWICE = 20
"""One sheet in so many goes through the scanner a second time."""
A4 = (210.0, 297.0)
SECTION = "read-pages"
CLEAR_ROWS = 100_000
ONE_SIDE, TWO_SIDES = 26, 56
"""Names with posts of one line that fill one side of A4, and two."""
WHOLE = {
    "feeder": (ONE_SIDE, 2550),
    "clean": (TWO_SIDES, 50),
    "harsh": (TWO_SIDES, 150),
    "dpi150": (TWO_SIDES, 90),
    "dpi300": (TWO_SIDES, 60),
    "g4": (TWO_SIDES, 90),
    "phone": (TWO_SIDES, 200),
    "upside_down": (TWO_SIDES, 60),
    "folded_corner": (TWO_SIDES, 60),
    "coffee": (TWO_SIDES, 60),
}
"""The whole run: names on the ballot and sheets of each condition. Every condition has seeds of its own, one after the other."""


class Read(NamedTuple):
    """Một tệp ảnh đã đọc: the answer for the judge, the reading itself, processor seconds, the process's peak memory in MiB."""

    answer: PageAnswer
    reading: Any
    seconds: float
    peak: float


class Run(NamedTuple):
    """Một lần đo: processes that make pages and processes that read them."""

    makers: ProcessPoolExecutor
    readers: ProcessPoolExecutor
    manner: Manner
    twice: bool
    jobs: int
    pdf: bool
    failures: Path | None


_form: blank.Blank
_layouts: Any


def main() -> None:
    """Đọc lệnh, đo, in bảng."""
    told = _asked()
    outcomes = _whole(told) if told.whole else _chosen(told)
    missed = [miss for outcome in outcomes for miss in goals_missed(outcome)]
    clear = sum(outcome.tally.clear for outcome in outcomes)
    if told.whole and clear < CLEAR_ROWS:
        missed.append(f"{clear} clear rows, {CLEAR_ROWS} are wanted")
    if told.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(_document(told, outcomes, missed))).decode() + "\n")
    else:
        print(_text(told, outcomes, missed))
    if told.write:
        write_section(SECTION, _section(_text(told, outcomes, missed)))
    sys.exit(1 if missed else 0)


def _chosen(told: argparse.Namespace) -> list[Outcome]:
    return measured(
        told.seeds,
        told.conditions,
        names=told.names,
        book=told.book,
        short=told.short,
        doubtful=told.doubtful,
        jobs=told.jobs,
        pdf=told.pdf,
        failures=told.failures,
    )


def _whole(told: argparse.Namespace) -> list[Outcome]:
    """The whole run, a condition at a time; feeder pages come as PDF, as offices scan them."""
    outcomes: list[Outcome] = []
    first = told.seeds.start
    for condition, (names, sheets) in WHOLE.items():
        some = max(1, round(sheets * told.part))
        outcomes += measured(
            range(first, first + some),
            [condition],
            names=names,
            book=told.book,
            short=True,
            doubtful=told.doubtful,
            jobs=told.jobs,
            pdf=condition == "feeder",
            failures=told.failures,
        )
        first += sheets
        print(f"{condition}: {outcomes[-1].tally.clear} clear rows", file=sys.stderr)
    return outcomes


def measured(
    wanted: range,
    conditions: Sequence[str],
    *,
    names: int = 30,
    book: str = "nq-96-2023",
    short: bool = False,
    doubtful: float = Manner().doubtful,
    twice: bool = True,
    jobs: int = 1,
    pdf: bool = False,
    failures: Path | None = None,
) -> list[Outcome]:
    """Đo từng điều kiện. `short`: posts of one line; `twice`: scan one sheet in twenty a second time; pages on which something went wrong are left in `failures`."""
    with tempfile.TemporaryDirectory() as folder:
        round_file = Path(folder) / "ROUND.toml"
        round_file.write_text(round_toml(names, book, short=short), encoding="utf-8", newline="\n")
        apart = multiprocessing.get_context("spawn")
        with (
            ProcessPoolExecutor(jobs, apart, open_maker, (round_file,)) as makers,
            ProcessPoolExecutor(jobs, apart, _open_reader, (round_file,)) as readers,
        ):
            run = Run(makers, readers, Manner(doubtful=doubtful, stamped=0.97), twice, jobs, pdf, failures)
            return [_measure(condition, wanted, run) for condition in conditions]


def _asked() -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="python -m bench.read_pages", description=__doc__.splitlines()[0])
    ask.add_argument(
        "--seeds",
        type=seeds,
        default=range(50),
        metavar="FROM:TO",
        help="0:1000 to fix thresholds, 100000 on to judge",
    )
    ask.add_argument("--whole", action="store_true", help="the run the goals speak of, from the seed --from on")
    ask.add_argument("--from", dest="first", type=int, default=JUDGING, metavar="SEED")
    ask.add_argument("--part", type=float, default=1.0, help="share of the whole run's sheets, to try it out")
    ask.add_argument("--conditions", nargs="+", choices=sorted(CONDITIONS), default=list(CONDITIONS))
    ask.add_argument("--names", type=int, default=30)
    ask.add_argument("--book", default="nq-96-2023")
    ask.add_argument("--short", action="store_true", help="posts of one line, more rows a side")
    ask.add_argument("--doubtful", type=float, default=Manner().doubtful, help="share of rows")
    ask.add_argument("--jobs", type=int, default=1)
    ask.add_argument("--pdf", action="store_true", help="hand JPEG pages over as a PDF a sheet")
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    ask.add_argument("--failures", type=Path, help="a folder for pages on which something went wrong")
    told = ask.parse_args()
    if told.whole:
        if told.first < JUDGING:
            ask.error(f"the whole run is on seeds from {JUDGING} on")
        told.conditions = list(WHOLE)
        told.names = None
        told.seeds = range(told.first, told.first + sum(sheets for _, sheets in WHOLE.values()))
    return told


def seeds(word: str) -> range:
    """FROM:TO. Refused where it mixes seeds of both uses."""
    first, _, last = word.partition(":")
    wanted = range(int(first), int(last))
    if not (set(wanted) <= set(TUNING) or wanted.start >= JUDGING):
        msg = f"{word}: seeds lie within 0:1000 or from {JUDGING} on"
        raise argparse.ArgumentTypeError(msg)
    return wanted


def _measure(condition: str, wanted: range, run: Run) -> Outcome:
    outcome = Outcome(condition=condition, tally=Tally())
    takes = [(seed, take) for seed in wanted for take in ((0, 1) if run.twice and seed % TWICE == 0 else (0,))]
    readings: list[Any] = []
    places: dict[tuple[int, int, int], int] = {}
    step = 8 * run.jobs
    for start in range(0, len(takes), step):
        sheets = list(
            run.makers.map(partial(make_take, condition=condition, manner=run.manner), takes[start : start + step])
        )
        began = time.perf_counter()
        answers = list(run.readers.map(_read, [page for sheet in sheets for page in _files(sheet, pdf=run.pdf)]))
        outcome.wall_seconds += time.perf_counter() - began
        reads = iter(answers)
        for sheet in sheets:
            for number, truth in enumerate(sheet.truth.pages):
                read = next(reads)
                wrong = judge(outcome.tally, truth, read.answer)
                _keep(run.failures, sheet, number, wrong)
                outcome.processor_seconds += read.seconds
                outcome.peak_mib = max(outcome.peak_mib, read.peak)
                written = any(row.kind != "blank" for row in truth.rows) and not read.answer.refused
                if written:
                    places[sheet.truth.seed, sheet.truth.take, number] = len(readings)
                readings.append(read.reading)
    due = [
        (places[seed, 0, side], at) for (seed, take, side), at in places.items() if take and (seed, 0, side) in places
    ]
    found = run.readers.submit(_duplicates, readings).result()
    outcome.twice = len(due)
    outcome.twice_found, outcome.twice_false = matched(found, due)
    return outcome


def _files(sheet: MarkedSheet, *, pdf: bool) -> list[tuple[bytes, str, int]]:
    """What load_page takes: content, name, index."""
    name = f"{sheet.truth.condition}-{sheet.truth.seed}"
    if pdf and sheet.suffix == ".jpg":
        content = files.gathered_pdf(sheet.pages, A4)
        return [(content, f"{name}.pdf", i) for i in range(len(sheet.pages))]
    return [(page, f"{name}-{i}{sheet.suffix}", 0) for i, page in enumerate(sheet.pages)]


def open_maker(round_file: Path) -> None:
    """Mở một tiến trình làm phiếu của một đợt."""
    import cv2

    global _form  # noqa: PLW0603 once a process
    cv2.setNumThreads(1)
    _form = blank.of_round(round_file)


def make_take(take: tuple[int, int], condition: str, manner: Manner) -> MarkedSheet:
    """Một phiếu trong tiến trình ấy: seed, and which scan of it."""
    return make_sheet(_form, take[0], condition, take=take[1], manner=manner)


def _open_reader(round_file: Path) -> None:
    import tinnhiem.paper.scan.images
    import tinnhiem.paper.scan.read_page  # noqa: F401 so that no page pays for it
    from tinnhiem.cli.ballot_input import laid_out
    from tinnhiem.paper.scan.layouts import Layouts

    global _layouts  # noqa: PLW0603 once a process
    _layouts = Layouts(laid_out(round_file).layout)


def _read(page: tuple[bytes, str, int]) -> Read:
    from tinnhiem.errors import TinnhiemError
    from tinnhiem.paper.scan.images import load_page
    from tinnhiem.paper.scan.read_page import read_page

    began = time.process_time()
    try:
        reading = read_page(load_page(*page), _layouts)
    except TinnhiemError as refusal:
        return Read(PageAnswer(refused=refusal.code), None, time.process_time() - began, peak_memory())
    except Exception as crash:  # noqa: BLE001 a crash is a figure here
        return Read(
            PageAnswer(refused=f"crash {type(crash).__name__}", failed=True),
            None,
            time.process_time() - began,
            peak_memory(),
        )
    return Read(_answer(reading), reading, time.process_time() - began, peak_memory())


def _answer(reading: Any) -> PageAnswer:
    if reading.status == "refused":
        return PageAnswer(refused=reading.reason)
    rows = tuple(
        RowAnswer(
            line=row.line,
            choice=row.choice if row.state == "marked" else None,
            reason=row.reason,
            proposal=row.proposal,
        )
        for row in reading.rows
    )
    return PageAnswer(type=reading.ballot, page=reading.page, rows=rows, stamped=reading.stamped)


def _duplicates(readings: Sequence[Any]) -> list[tuple[int, int]]:
    from tinnhiem.paper.scan.duplicates import find_duplicates
    from tinnhiem.paper.scan.page_reading import PageReading

    missing = PageReading(status="refused", reason="unreadable_image")
    return list(find_duplicates([reading or missing for reading in readings]))


def peak_memory() -> float:
    """Most memory this process ever held, MiB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _keep(folder: Path | None, sheet: MarkedSheet, number: int, wrong: list[str]) -> None:
    if folder is None or not wrong:
        return
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{sheet.truth.condition}-{sheet.truth.seed}-{sheet.truth.take}-{number + 1}"
    (folder / f"{stem}{sheet.suffix}").write_bytes(sheet.pages[number])
    with (folder / "wrong.txt").open("a", encoding="utf-8", newline="\n") as notes:
        notes.writelines(f"{stem} pen {sheet.truth.pen_mm} {sheet.truth.tint}: {what}\n" for what in wrong)


def _document(told: argparse.Namespace, outcomes: list[Outcome], missed: list[str]) -> dict[str, Any]:
    return {
        "seeds": [told.seeds.start, told.seeds.stop],
        "judging": told.seeds.start >= JUDGING,
        "names": told.names,
        "conditions": [
            msgspec.to_builtins(outcome) | {"pages_per_second": round(outcome.speed, 2)} for outcome in outcomes
        ],
        "missed": missed,
    }


def _text(told: argparse.Namespace, outcomes: list[Outcome], missed: list[str]) -> str:
    use = "judging" if told.seeds.start >= JUDGING else "tuning"
    names = f"{ONE_SIDE} names on a side or {TWO_SIDES} on two" if told.whole else f"{told.names} names"
    clear, pages = (sum(getattr(outcome.tally, what) for outcome in outcomes) for what in ("clear", "pages"))
    seconds = sum(outcome.wall_seconds for outcome in outcomes)
    return "\n".join(
        [
            f"seeds {told.seeds.start}:{told.seeds.stop} ({use}), {names}, {told.book}",
            f"{clear} clear rows on {pages} pages, read in {seconds:.1f} s by {told.jobs} processes",
            "",
            table(outcomes),
            "",
            *(["goals missed:", *missed] if missed else ["every goal met"]),
        ]
    )


def _section(text: str) -> str:
    return (
        "## Máy đọc phiếu · The page reader\n\n"
        f"`python -m bench.read_pages --whole`. {measured_on()}.\n\n"
        "`misread`: dòng rõ bị đọc khác; `flagged`: dòng rõ bị đưa cho người; `silent`: dòng nghi vấn máy tự quyết, `against`: quyết trái ý; `blank`: dòng trống được nói là trống; `proposals`: "
        "đề nghị đúng ý; `stamp`: dấu treo nói sai + không nói được; `twice`, `false`: mặt phiếu quét hai lần tìm được, cặp nhận nhầm; `pages/s`: của một nhân; `MiB`: nhiều nhất một tiến trình.\n\n"
        f"{indented(text)}"
    )


if __name__ == "__main__":
    main()
