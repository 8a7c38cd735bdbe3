"""Đo tốc độ đọc một tập lớn: two thousand sheets of two sides, as PDF files of an office scanner, read by two processes.

    python -m bench.reading_speed --sheets 2000

Contract: reads by the way of `tinnhiem read` (`paper.scan.read_files` in processes of `executors`). Some sheets are made once and read over and over, from the
system's memory, as files of other names; nothing is kept between two readings of a page. The most memory a reading process ever held is asked of the system
(0 where it does not tell). A part of the pile is read by one process alone as well, and both ways are held against what the same processes need to unpack the
same JPEGs and nothing else: two processes may have to share one core of the machine, and the ratio does not mind. Exits 1 where a limit is passed.
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
from typing import TYPE_CHECKING

import msgspec

from bench.read_pages import A4, TWO_SIDES, make_take, open_maker, peak_memory
from bench.results_page import measured_on, table, write_section

if TYPE_CHECKING:
    from bench.marked_pages.sheet import MarkedSheet

SECTION = "reading-speed"
FIRST_SEED = 400_000
MADE = 30
"""Sheets of two sides made; one file holds them all."""
SECONDS, MEMORY = 90.0, 200.0
"""Limits of the whole two thousand sheets on two cores, s, and of a process, MiB."""
LIMIT_SHEETS = 2000


DOUBTFUL, BLANK = 0.005, 0.005
"""Shares of rows, as in the whole job: a doubtful row is looked at twice."""
ALONE = 8
"""The part of the pile that one process reads alone is the eighth."""
UNPACKED = 300
"""Pages each process unpacks for the baseline."""


class Speed(msgspec.Struct, kw_only=True):
    """Một lần đo: pages read and refused, seconds from the first file to the last reading, MiB of the largest reading process; `unpacking`: pages/s of a process that unpacks the JPEG only."""

    pages: int
    refused: int
    seconds: float
    jobs: int
    peak: float
    unpacking: float

    @property
    def each(self) -> float:
        """Pages/s a process."""
        return self.pages / self.seconds / self.jobs


def main() -> None:
    """Đọc lệnh, đo, in bảng."""
    ask = argparse.ArgumentParser(prog="python -m bench.reading_speed", description=__doc__.splitlines()[0])
    ask.add_argument("--sheets", type=int, default=LIMIT_SHEETS)
    ask.add_argument("--made", type=int, default=MADE, help="sheets that are made; the others are these again")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    told = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        speed, alone = measured(Path(folder), told.sheets, told.made, told.jobs)
    section = _section(speed, alone)
    print(section)
    if told.write:
        write_section(SECTION, section)
    # A smaller pile is held to its share of the time.
    limit = SECONDS * told.sheets / LIMIT_SHEETS
    if speed.seconds > limit or speed.peak > MEMORY or speed.refused:
        sys.exit(
            f"Quá giới hạn · over the limit: {speed.seconds:.1f} s ({limit:.0f}), {speed.peak:.0f} MiB ({MEMORY:.0f}), {speed.refused} refused"
        )


def measured(folder: Path, sheets: int, made: int, jobs: int) -> tuple[Speed, Speed]:
    """Làm các tờ một lần, then read as many as asked: the same file under many names, so that the disk holds it once. By `jobs` processes, and a part by one."""
    from bench.marked_pages import files
    from bench.marked_pages.invented_round import round_toml

    round_file = folder / "ROUND.toml"
    round_file.write_text(round_toml(TWO_SIDES, short=True), encoding="utf-8", newline="\n")
    drawn = _drawn(round_file, made, jobs)
    whole, left = divmod(sheets, made)
    names: list[Path] = []
    for number, pile in enumerate([drawn, drawn[:left]]):
        path = folder / f"pile-{number}.pdf"
        path.write_bytes(files.gathered_pdf([page for sheet in pile for page in sheet.pages], A4))
        for at in range(left > 0 if number else whole):
            names.append(folder / f"tap-{number}-{at:03}.pdf")
            names[-1].hardlink_to(path)
    pages = [page for sheet in drawn for page in sheet.pages]
    part = names[: max(1, len(names) // ALONE)]
    return _read(round_file, names, jobs, _unpacking(pages, jobs)), _read(round_file, part, 1, _unpacking(pages, 1))


def _unpacking(pages: Sequence[bytes], jobs: int) -> float:
    """Pages/s of one of `jobs` processes that do nothing but unpack the JPEGs, at the same time."""
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, apart) as pool:
        # The first round starts the processes.
        list(pool.map(_unpacked, [pages[:1]] * jobs))
        return UNPACKED / max(pool.map(_unpacked, [pages] * jobs))


def _unpacked(pages: Sequence[bytes]) -> float:
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    began = time.perf_counter()
    for at in range(UNPACKED):
        cv2.imdecode(np.frombuffer(pages[at % len(pages)], np.uint8), cv2.IMREAD_GRAYSCALE)
    return time.perf_counter() - began


def _drawn(round_file: Path, made: int, jobs: int) -> list[MarkedSheet]:
    from bench.marked_pages.sheet import Manner

    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, apart, open_maker, (round_file,)) as makers:
        make = partial(make_take, condition="feeder", manner=Manner(doubtful=DOUBTFUL, blank=BLANK))
        return list(makers.map(make, [(FIRST_SEED + at, 0) for at in range(made)]))


def _read(round_file: Path, paths: Sequence[Path], jobs: int, unpacking: float) -> Speed:
    from tinnhiem import executors
    from tinnhiem.cli.ballot_input import laid_out
    from tinnhiem.paper.scan import read_files

    layouts = read_files.packed([laid_out(round_file).layout])
    began = time.perf_counter()
    counted, _ = read_files.count_scans([read_files.Scan(name=path.name, source=path) for path in paths])
    pages = refused = 0
    peak = 0.0
    with executors.executor(jobs) as pool:
        work = read_files.pieces(counted, layouts, picture=_peak_told)
        for page in read_files.read_pieces(work, pool, jobs):
            pages += 1
            refused += page.reading.status == "refused"
            peak = max(peak, float(page.picture))
        seconds = time.perf_counter() - began
    return Speed(pages=pages, refused=refused, seconds=seconds, jobs=jobs, peak=peak, unpacking=unpacking)


def _peak_told(_image: object, _reading: object, _layouts: object) -> bytes:
    """In the place of a picture: what the reading process has held at most, MiB."""
    return f"{peak_memory()}".encode("ascii")


def _section(speed: Speed, alone: Speed) -> str:
    heads = [
        "Tiến trình · Processes",
        "Trang · Pages",
        "Giây · s",
        "Giới hạn · Limit",
        "Trang/s một tiến trình · Pages/s a process",
        "Chỉ giải nén JPEG · Unpacking only",
        "Tỷ lệ · Ratio",
        "MiB",
        "Giới hạn · Limit",
    ]
    rows = [
        [
            str(one.jobs),
            str(one.pages),
            f"{one.seconds:.1f}",
            f"< {SECONDS * one.pages / (2 * LIMIT_SHEETS):.0f}" if one is speed else "–",
            f"{one.each:.1f}",
            f"{one.unpacking:.1f}",
            f"× {one.unpacking / one.each:.1f}",
            # One process alone is this one, which made the pages.
            f"{one.peak:.0f}" if one is speed else "–",
            f"< {MEMORY:.0f}" if one is speed else "–",
        ]
        for one in (speed, alone)
    ]
    return (
        "## Đọc một tập lớn · Reading a large pile\n\n"
        f"`python -m bench.reading_speed`. {measured_on()}.\n\n"
        "PDF nhiều trang, mỗi trang một ảnh JPEG 200 dpi, hai mặt, 26 và 30 dòng, 0,5 % dòng nghi vấn, theo lối của `tinnhiem read`. *PDF files of 200 dpi JPEG pages, two sides of 26 and 30 rows, "
        f"0.5 % of rows doubtful, by the way of `tinnhiem read`.* Trang không nhận · refused: {speed.refused + alone.refused}.\n\n"
        "Cột “chỉ giải nén”: cùng số tiến trình, cùng những ảnh ấy, không làm gì khác. *“Unpacking only”: as many processes, the same pictures, nothing else done.*\n\n"
        f"{table(heads, rows, words=())}"
    )


if __name__ == "__main__":
    main()
