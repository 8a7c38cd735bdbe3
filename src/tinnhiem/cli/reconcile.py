"""`tinnhiem reconcile`: the files of two or three stations held against each other.

Contract: what differs is listed and nothing is settled by guessing; rows are given, and written, only when nothing is open and the sheets are
as many as the round says came back. The order of the files changes no figure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from tinnhiem.cli import errors, files
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.round_input import RuledRound, count_ruled, ruled
from tinnhiem.cli.voice import answer, draw, json_option, say
from tinnhiem.errors import Faults
from tinnhiem.poll.reading_file import Keyed, read_readings
from tinnhiem.poll.reconcile import Reconciliation, ReconciliationOpen, reconcile
from tinnhiem.poll.record import CountRecord
from tinnhiem.poll.round_writer import write_rows
from tinnhiem.poll.sheet import tally
from tinnhiem.poll.text_file import READING_LIMIT

FILE = click.Path(path_type=Path, readable=False)


@click.command("reconcile", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@click.argument("first", metavar="A.csv", type=FILE)
@click.argument("second", metavar="B.csv", type=FILE)
@click.argument("third", metavar="[C.csv]", type=FILE, required=False)
@click.option("--rows-out", type=FILE, metavar="TỆP", help="Ghi ROWS.csv khi mọi chỗ đã thống nhất.")
@json_option
def command(
    round_path: Path, first: Path, second: Path, third: Path | None, *, rows_out: Path | None, as_json: bool
) -> None:
    """Đối chiếu các lần nhập phiếu: mỗi tệp là một bàn, các cột ballot, batch, sheet, line, mark.

    Dấu là mã của một mức, blank, over, struck, hoặc sheet:LÝ-DO cho cả phiếu không hợp lệ.
    """
    stations = (first, second, *([third] if third is not None else []))
    _refuse_one_file_twice(stations)
    if rows_out is not None:
        files.check_outputs((rows_out,), (round_path, *stations))
    round_content, *contents = files.read_each((round_path, *stations), READING_LIMIT)
    one = ruled(round_content, round_path.name)
    keyed = read_readings(
        [(data, path.name) for data, path in zip(contents, stations, strict=True)], one.file, one.book
    )
    found = reconcile(keyed.readings)
    record = None if found.open else _counted(one, keyed, found)
    if record is not None and rows_out is not None:
        files.write_all({rows_out: write_rows(record)})
    if as_json:
        answer({**found.as_dict(), **(_rows(record) if record is not None else {"rows": []})})
    else:
        _show(found, record, one.book.choice_codes())
    if record is None and rows_out is not None:
        raise ReconciliationOpen(str(rows_out), count=found.open)


def _refuse_one_file_twice(stations: tuple[Path, ...]) -> None:
    seen: set[str] = set()
    faults = []
    for path in stations:
        resolved = files.resolved(path)
        if resolved in seen:
            faults.append(errors.InputTwice(str(path)))
        seen.add(resolved)
    if faults:
        raise Faults(faults)


def _counted(one: RuledRound, keyed: Keyed, found: Reconciliation) -> CountRecord:
    """The agreed sheets, counted: what contradicts the numbers of the round is refused here and not later."""
    return count_ruled(one, tally(found.sheets(), keyed.slate, one.book), keyed.slate, one.name)


def _rows(record: CountRecord) -> dict[str, Any]:
    rows = [
        {
            "line": line.line,
            "ballot": line.ballot,
            "name": line.name,
            "post": line.post,
            "regime": line.regime,
            "counts": line.counts,
            "invalid": line.invalid,
        }
        for line in record.lines
    ]
    return {"rows": rows, "types": msgspec.to_builtins(record.types)}


def _show(found: Reconciliation, record: CountRecord | None, codes: tuple[str, ...]) -> None:
    for finding in (*found.missing, *found.disagreements):
        say(f"{'' if finding.open else 'Lưu ý: '}{finding.sentence()}")
    if record is None:
        say(f"Còn {found.open} chỗ chưa thống nhất.")
        return
    rows = [
        [str(line.line), line.ballot or "", line.name or line.post, *(str(line.counts[code]) for code in codes)]
        for line in record.lines
    ]
    draw(["Dòng", "Loại phiếu", "Người được lấy phiếu", *codes], rows, numbers=(0, *range(3, 3 + len(codes))))
    say("Các lần nhập đã thống nhất.")
