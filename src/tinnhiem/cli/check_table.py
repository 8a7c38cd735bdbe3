"""`tinnhiem check-table`: a table held against arithmetic before it is published.

Contract: exit 0 where no row is impossible (incomplete rows included), 1 where one is, 2 where the files are refused. Nothing is corrected.
"""

from __future__ import annotations

from pathlib import Path

import click

from tinnhiem.cli import files
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.round_input import placed, ruled
from tinnhiem.cli.voice import answer, draw, json_option, say
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.published_table import TableCheck, TableFault, check
from tinnhiem.poll.rows_file import PERCENT, read_printed

FILE = click.Path(path_type=Path, readable=False)
FOUND = 1
"""Exit code where a row is impossible."""

VERDICTS = {"ok": "đúng", "impossible": "KHÔNG THỂ CÓ", "incomplete": "thiếu số liệu"}
MODES = {"half-up": "làm tròn nửa lên", "truncate": "cắt bỏ phần thừa"}


@click.command("check-table", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@click.argument("rows_path", metavar="ROWS.csv", type=FILE)
@json_option
def command(round_path: Path, rows_path: Path, *, as_json: bool) -> int:
    """Kiểm tra một bảng kết quả (số phiếu, tỷ lệ; có thể thiếu một trong hai) trước khi công bố.

    Mã kết thúc 0: không có chỗ sai; 1: có chỗ sai; 2: tệp chưa dùng được.
    """
    round_content, rows_content = files.read_each((round_path, rows_path))
    one = ruled(round_content, round_path.name)
    printed = read_printed(rows_content, rows_path.name, one.file, one.book)
    with placed(one.name, rows_path.name):
        found = check(printed, one.file.numbers, one.book)
    if as_json:
        answer({"rulebook": one.book.id, **found.as_dict()})
    else:
        _show(found, one.book)
    return 0 if found.clean else FOUND


def _show(found: TableCheck, book: Rulebook) -> None:
    rows = [
        [str(row.line), row.ballot or "", VERDICTS[row.verdict], "; ".join(_said(fault, book) for fault in row.faults)]
        for row in found.rows
    ]
    draw(["Dòng", "Loại phiếu", "Kết luận", "Chỗ sai"], rows, numbers=(0,))
    if found.bases_that_fit:
        bases = ", ".join(map(str, found.bases_that_fit))
        say(f"Mẫu số khớp với bảng: {bases} (quy định: {book.base.label}).")
    if found.roundings_that_fit:
        roundings = "; ".join(f"{one.digits} chữ số, {MODES[one.mode]}" for one in found.roundings_that_fit)
        say(f"Cách làm tròn khớp với bảng: {roundings}.")


def _said(fault: TableFault, book: Rulebook) -> str:
    labels = {choice.code: choice.label for choice in book.choices}
    labels |= {choice.code + PERCENT: f"{choice.label} (%)" for choice in book.choices}
    labels |= {"marks": "tổng số phiếu các mức", "base": "mẫu số"}
    expected = f", tính ra {fault.expected}" if fault.expected is not None else ", không tính ra được"
    return f"{labels[fault.field]}: in {fault.printed}{expected}"
