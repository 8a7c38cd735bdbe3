"""Phiếu của đợt từ ROUND.toml: the round's list and form, laid out as they are printed.

Contract: what `ballots` prints, `layout` tells and `read` reads by is this one layout; a fault of it is placed in the file that holds the list.
"""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tinnhiem.cli import files
from tinnhiem.cli.round_input import RuledRound, ruled
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.paper.laying_out import lay_out
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.rows_file import faults_of_codes, stated_slate

FILE = click.Path(path_type=Path, readable=False)
large_print_option = click.option("--large-print", is_flag=True, help="Phiếu chữ lớn, khổ A4.")


class LaidOut(msgspec.Struct, frozen=True, kw_only=True):
    """Đợt cùng bố cục phiếu của nó; `form` is the form that was laid out."""

    round: RuledRound
    form: BallotForm
    layout: SheetLayout


def laid_out(round_path: Path, *, large_print: bool = False) -> LaidOut:
    """Đọc ROUND.toml và dựng bố cục; `large_print` overrules the file. Raises `Faults` or a single refusal, each naming the file."""
    content = files.read(round_path)
    one = ruled(content, round_path.name)
    found = faults_of_codes(one.file, one.book)
    if found:
        raise Faults(found)
    form = msgspec.structs.replace(one.file.form, large_print=True) if large_print else one.file.form
    return LaidOut(round=one, form=form, layout=layout_of(one, form))


def layouts_read(made: LaidOut) -> tuple[SheetLayout, ...]:
    """Các bố cục nhận khi đọc: the round's own and the same ballots in large (or ordinary) print, where those can be printed at all."""
    twin = msgspec.structs.replace(made.form, large_print=not made.form.large_print)
    try:
        return made.layout, layout_of(made.round, twin)
    except TinnhiemError:
        return (made.layout,)


def layout_of(one: RuledRound, form: BallotForm) -> SheetLayout:
    """Bố cục phiếu của đợt theo một mẫu."""
    try:
        return lay_out(stated_slate(one.file), one.book, form, body=one.file.body, date=one.file.date)
    except TinnhiemError as refusal:
        where = f"{one.name} {refusal.where}".strip()
        raise type(refusal)(where, **refusal.values) from None
