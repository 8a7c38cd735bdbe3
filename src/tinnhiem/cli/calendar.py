"""`tinnhiem calendar`: the deadlines of a rulebook as dates.

Contract: a list of `what`, `due`, `from`, `clause`, `basis`, `who`, earliest first; a rulebook without deadlines gives an empty one.
"""

from __future__ import annotations

import datetime

import click

from tinnhiem.cli.errors import DayUnfit
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.rulebooks import BASIS, COUNTED_FROM, named
from tinnhiem.cli.voice import answer, draw, json_option, say
from tinnhiem.law.calendar import deadlines

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days outside these are slips of the keyboard."""


def day_of(text: str) -> datetime.date:
    """Ngày từ chữ dạng 2023-12-13. Raises `DayUnfit`."""
    if not text.isascii():
        raise DayUnfit("--date", found=text[:40])
    try:
        day = datetime.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        raise DayUnfit("--date", found=text[:40]) from None
    if len(text) != len("2023-12-13") or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayUnfit("--date", found=text[:40])
    return day


@click.command("calendar", cls=HelpPage)
@click.argument("book_id", metavar="MÃ")
@click.option("--date", "text", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày mà bộ quy tắc tính thời hạn từ đó.")
@json_option
def command(book_id: str, text: str, *, as_json: bool) -> None:
    """Tính các thời hạn của bộ quy tắc MÃ."""
    due = deadlines(named(book_id), day_of(text))
    if as_json:
        answer([one.as_dict() for one in due])
    elif not due:
        say("Bộ quy tắc này không có thời hạn nào.")
    else:
        rows = [
            [f"{one.due:%d/%m/%Y}", one.what, one.who, COUNTED_FROM[one.counts_from], one.clause, BASIS[one.basis]]
            for one in due
        ]
        draw(["Hạn", "Việc", "Ai", "Tính từ", "Điều khoản", "Căn cứ"], rows)
