"""Đầu trang và cách gọi: the Party's and the State's heads of page and their words, never mixed on a page.

Contract: one `Wording` and one `Heading` per style, as data; a renderer draws them and decides nothing. What stands where follows the
custom of the two systems (Party papers: Quy định 399-QĐ/TW since 2026, whose guide was not readable; State papers: Nghị định
30/2020/NĐ-CP), so every word may be replaced here in one place.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from tinnhiem.law.rulebook import Style
from tinnhiem.typeset.words import long_date

BLANK_DAY = "ngày …… tháng …… năm ………"
"""Ngày để ghi tay, on papers printed before the day is set."""

Rule = Literal["none", "own_length", "third", "asterisk", "hyphens"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng ở đầu trang; `rule` is what is drawn under it."""

    text: str
    bold: bool = False
    italic: bool = False
    rule: Rule = "none"


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """Đầu trang: the two columns and the line with place and day.

    `stamp` leaves room above the left column for the hanging stamp (dấu treo); `secrecy` is the boxed mark, "" for none.
    """

    style: Style
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    place_and_day: str
    stamp: bool = False
    secrecy: str = ""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Từ ngữ của một hệ thống: what the meeting, its chair, its box and its people are called, and how one signs for a board.

    `person` stands before a name, `unit` after a number of people.
    """

    style: Style
    meeting: str
    chair: str
    box: str
    person: str
    unit: str
    members: str
    on_behalf: str
    title_rule: Rule
    end_mark: str


WORDING: dict[Style, Wording] = {
    "party": Wording(
        style="party",
        meeting="hội nghị",
        chair="chủ trì",
        box="thùng phiếu",
        person="đồng chí",
        unit="đồng chí",
        members="Tổng số ủy viên",
        on_behalf="T/M",
        title_rule="hyphens",
        end_mark="./.",
    ),
    "state": Wording(
        style="state",
        meeting="kỳ họp",
        chair="chủ tọa",
        box="hòm phiếu",
        person="ông/bà",
        unit="đại biểu",
        members="Tổng số đại biểu",
        on_behalf="TM.",
        title_rule="third",
        end_mark="./.",
    ),
}

NATIONAL_TITLE: dict[Style, tuple[Line, ...]] = {
    "party": (Line(text="ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, rule="own_length"),),
    "state": (
        Line(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        Line(text="Độc lập - Tự do - Hạnh phúc", bold=True, rule="own_length"),
    ),
}


def heading(
    style: Style,
    *,
    body: str,
    superior: str = "",
    below_body: tuple[str, ...] = (),
    number: str = "",
    place: str,
    day: datetime.date | None,
    stamp: bool = False,
    secrecy: str = "",
) -> Heading:
    """Đầu trang của một văn bản.

    `superior` and `body` stand at the top left in capitals (`body` may have two lines: "Hội đồng nhân dân", "tỉnh …"), `below_body` under them (the meeting, the counting board); a paper of a counting
    board has no number unless the secretariat gave one ("12-BB/TU", "12/BB-HĐND").
    """
    above = (Line(text=superior.upper()),) if superior else ()
    names = (*body.splitlines(), *below_body)
    named = tuple(
        Line(text=part.upper(), bold=True, rule=_left_rule(style) if position == len(names) else "none")
        for position, part in enumerate(names, start=1)
    )
    # Party papers write the number without a colon, State papers with one.
    numbered = (Line(text=f"Số {number}" if style == "party" else f"Số: {number}"),) if number else ()
    return Heading(
        style=style,
        left=above + named + numbered,
        right=NATIONAL_TITLE[style],
        place_and_day=f"{place or '……………'}, {long_date(day) if day else BLANK_DAY}",
        stamp=stamp,
        secrecy=secrecy.upper(),
    )


def _left_rule(style: Style) -> Rule:
    return "asterisk" if style == "party" else "third"
