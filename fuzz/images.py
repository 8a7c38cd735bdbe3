"""Thử tệp hỏng: spoils sound scans in thousands of ways and sees that each is read or refused.

Contract: `python fuzz/images.py --count 2000 --seed 1` gives the same files every time. Each goes to a child process with a limit on memory and
ten seconds a page; a child that dies, hangs, or lets anything out but a refusal is a finding, and the file is kept with `--keep FOLDER`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import struct
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz.scan_files import SAMPLES

SECONDS_A_PAGE = 10.0
MOST_LOADED = 3
"""Số trang đọc của mỗi tệp."""

MEMORY_MORE = 1 << 30
"""Bytes of address space a child may ask for beyond what it has with every library loaded."""

TELLING_BYTES = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\x01",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x7f\xff\xff\xff",
)
TELLING_NUMBERS = (b"0", b"-1", b"1", b"65535", b"99999", b"2147483647", b"4294967296", b"1e30")


@dataclass
class Outcome:
    """Kết quả: how many files ended how; findings are (number, sample, what happened)."""

    seen: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: float = 0.0


def spoilt(data: bytes, dice: random.Random) -> bytes:
    """The file with one to four things wrong."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        data = dice.choice(WAYS)(data, dice) if data else data
    return data


def mended(name: str, data: bytes) -> bytes:
    """The same damage under sound checksums and a proper end, so that it reaches the decoder behind them."""
    if name.endswith(".png"):
        at, whole = 8, bytearray(data)
        while at + 12 <= len(whole):
            end = at + 8 + struct.unpack_from(">I", whole, at)[0]
            if end + 4 > len(whole):
                break
            struct.pack_into(">I", whole, end, zlib.crc32(whole[at + 4 : end]))
            at = end + 4
        return bytes(whole)
    return data + {".jpg": b"\xff\xd9", ".pdf": b"\n%%EOF\n"}.get(name[-4:], b"")


def place(data: bytes, dice: random.Random) -> int:
    """A place in the file: half of the time near its beginning or its end, where its measures stand."""
    near = min(len(data) - 1, 600)
    where = dice.random()
    if where < 0.3:
        return dice.randint(0, near)
    if where < 0.5:
        return len(data) - 1 - dice.randint(0, near)
    return dice.randrange(len(data))


def flip(data: bytes, dice: random.Random) -> bytes:
    """One bit."""
    at = place(data, dice)
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def overwrite(data: bytes, dice: random.Random) -> bytes:
    """Bytes that mean the least, the most, or a change of sign."""
    at, new = place(data, dice), dice.choice(TELLING_BYTES)
    return data[:at] + new + data[at + len(new) :]


def cut(data: bytes, dice: random.Random) -> bytes:
    """The end is missing."""
    return data[: place(data, dice)]


def leave_out(data: bytes, dice: random.Random) -> bytes:
    """A part is missing."""
    at = place(data, dice)
    return data[:at] + data[at + dice.choice((1, 4, 64, 1000)) :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """A part comes twice."""
    at, length = place(data, dice), dice.choice((4, 64, 1000))
    return data[: at + length] + data[at:]


def blank(data: bytes, dice: random.Random) -> bytes:
    """A part is noughts, as where a disk lost a block."""
    at, length = place(data, dice), dice.choice((8, 64, 512))
    return data[:at] + bytes(length) + data[at + length :]


def another_number(data: bytes, dice: random.Random) -> bytes:
    """A number written in digits becomes another one."""
    digits = [at for at in range(1, len(data)) if data[at : at + 1].isdigit() and not data[at - 1 : at].isdigit()]
    if not digits:
        return flip(data, dice)
    at = dice.choice(digits)
    end = at
    while data[end : end + 1].isdigit():
        end += 1
    return data[:at] + dice.choice(TELLING_NUMBERS) + data[end:]


def graft(data: bytes, dice: random.Random) -> bytes:
    """The rest of another file."""
    other = SAMPLES[dice.choice(sorted(SAMPLES))]()
    return data[: place(data, dice)] + other[place(other, dice) :]


WAYS = (flip, flip, overwrite, overwrite, cut, leave_out, repeat, blank, another_number, graft)


def read(data: bytes) -> str:
    """What the reader says of one file: "read", or the code of its refusal."""
    from tinnhiem.errors import TinnhiemError
    from tinnhiem.paper.scan.images import count_pages, load_page

    try:
        for index in range(min(MOST_LOADED, count_pages(data, "phieu"))):
            page = load_page(data, "phieu", index)
            if page.grey.ndim != 2 or (page.red is not None and page.red.shape != page.grey.shape):
                return "FINDING: a page without proper pixels"
    except TinnhiemError as refusal:
        return refusal.code
    except BaseException as leak:  # noqa: BLE001 — whatever comes out here is what is looked for
        return f"FINDING: {leak!r}"
    return "read"


def work(pipe: Connection) -> None:
    """A child: reads what it is given until nothing more comes."""
    for make in SAMPLES.values():
        read(make())
    limit_memory()
    pipe.send("ready")
    while (data := pipe.recv()) is not None:
        pipe.send(read(data))


def limit_memory() -> None:
    """No more than `MEMORY_MORE` beyond what is in use now; POSIX with /proc only."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY_MORE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError):
        return


class Child:
    """Một tiến trình đọc; started anew when it died or hung."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe.recv()

    def says(self, data: bytes) -> str:
        """What the child answers within the time allowed."""
        self.pipe.send(data)
        if not self.pipe.poll(SECONDS_A_PAGE):
            return "FINDING: hangs"
        try:
            return str(self.pipe.recv())
        except EOFError:
            self.process.join()
            return f"FINDING: dies ({self.process.exitcode})"

    def stop(self) -> None:
        """Ends this child alone."""
        self.process.kill()
        self.process.join()


def run(count: int, seed: int, keep: Path | None = None) -> Outcome:
    """Spoils `count` files and reads each in a child process."""
    dice, outcome, child = random.Random(seed), Outcome(), Child()
    names = sorted(SAMPLES)
    sound = {name: SAMPLES[name]() for name in names}
    try:
        for number in range(count):
            name = names[number % len(names)]
            data = spoilt(sound[name], dice)
            if dice.random() < 0.7:
                data = mended(name, data)
            began = time.monotonic()
            answer = child.says(data)
            outcome.slowest = max(outcome.slowest, time.monotonic() - began)
            outcome.seen[answer.split(":")[0]] += 1
            if answer.startswith("FINDING"):
                outcome.findings.append((number, name, answer))
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{number}-{name}").write_bytes(data)
                child.stop()
                child = Child()
    finally:
        child.stop()
    return outcome


def main() -> int:
    """Says what was seen; 1 when something was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--count", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    outcome = run(options.count, options.seed, options.keep)
    for answer, times in outcome.seen.most_common():
        print(f"{times:6} {answer}")
    print(f"slowest file: {outcome.slowest:.2f} s")
    for number, name, answer in outcome.findings:
        print(f"file {number} ({name}): {answer}")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    sys.exit(main())
