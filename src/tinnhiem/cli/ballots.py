"""`tinnhiem ballots`: the ballots of a round as a PDF, ready for the printer.

Contract: one sheet of each type in the order of `layout.pages`, the whole as many times as `--copies` says. Sheets are identical unless ROUND.toml names
the board's decision for random codes; each copy then bears a code of its own, drawn anew on every run and kept nowhere. A sample never bears machine
marks, so that one which strays into the box cannot be read as a ballot.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import click

from tinnhiem.cli import files
from tinnhiem.cli.ballot_input import FILE, LaidOut, laid_out, large_print_option
from tinnhiem.cli.errors import TokensNeedType
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.voice import answer, json_option, progress, say
from tinnhiem.paper.sheet_layout import Side
from tinnhiem.poll.round_file import ballot_fault

TOKEN_BYTES = 8


@click.command("ballots", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@click.option("--out", type=FILE, metavar="TỆP", required=True, help="Ghi phiếu dạng PDF.")
@click.option("--type", "ballot", metavar="MÃ", help="Chỉ in loại phiếu này.")
@click.option("--copies", type=int, default=1, metavar="SỐ", help="Số bản của mỗi loại phiếu (mặc định 1).")
@click.option("--plain", is_flag=True, help="Phiếu không có dấu cho máy đọc, dùng khi nhập phiếu bằng tay.")
@large_print_option
@click.option("--sample", is_flag=True, help="Phiếu mẫu để hướng dẫn cách ghi; máy không đọc phiếu này.")
@json_option
def command(
    round_path: Path,
    *,
    out: Path,
    ballot: str | None,
    copies: int,
    plain: bool,
    large_print: bool,
    sample: bool,
    as_json: bool,
) -> None:
    """In phiếu của đợt: mỗi loại phiếu một tờ, đúng thứ tự trong ROUND.toml.

    In ở tỷ lệ 100 % (không thu nhỏ cho vừa trang); phiếu nhiều mặt in hai mặt.
    """
    files.check_outputs([out], (round_path,))
    made = laid_out(round_path, large_print=large_print)
    sides = _sides(made, ballot)
    read_by_machine = not (plain or sample)
    with progress("Đang lập phiếu…"):
        from tinnhiem.paper import print as ballot_print

        # Too many copies are refused before as many codes are drawn.
        tokens = _tokens(made, sides, copies) if read_by_machine and copies <= ballot_print.MOST_COPIES else ()
        pdf = ballot_print.draw(
            made.layout, sides=sides, copies=copies, tokens=tokens, plain=not read_by_machine, sample=sample
        )
    files.write_all({out: pdf})
    if as_json:
        answer({"file": str(out), "hash": made.layout.hash, "pages": len(sides) * copies, "copies": copies})
        return
    if read_by_machine and not made.form.round_id:
        sys.stderr.write(
            "Chưa có mã đợt ngẫu nhiên (round_id trong [sheet]): phiếu in lại từ tệp này không phân biệt được với phiếu của lần bỏ phiếu trước.\n"
        )
    say(f"Đã ghi {out} ({len(sides) * copies} trang)")


def _sides(made: LaidOut, ballot: str | None) -> tuple[Side, ...]:
    if ballot is None:
        return made.layout.pages
    sides = made.layout.sides_of(ballot)
    if not sides:
        raise ballot_fault("--type", ballot, made.round.file.types)
    return sides


def _tokens(made: LaidOut, sides: tuple[Side, ...], copies: int) -> tuple[str, ...]:
    """A random code for each copy, where the board decided on one; () for identical sheets."""
    if not made.form.token_decision:
        return ()
    if len({side.ballot for side in sides}) > 1:
        # One code on the sheets of several types would tie together what one voter wrote on each.
        raise TokensNeedType(made.round.name, known=", ".join(kind.id or "" for kind in made.round.file.types))
    return tuple(secrets.token_hex(TOKEN_BYTES).upper() for _ in range(copies))
