"""Danh sách: what an import gives back — people, notes to show, faults to mend.

Contract: plain values. `Roster.faults` empty means that the list can be saved whole; nobody saves a part of one. `where` of notes
and faults is written for the office; `row` is the row of the sheet, `line` the running number from 1.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tinnhiem.errors import TinnhiemError

SheetKind = Literal["subjects", "voters", "board"]
"""Loại danh sách: người được lấy phiếu · người ghi phiếu · ban kiểm phiếu."""

Field = Literal[
    "number", "full_name", "family_name", "given_name", "birth", "birth_male", "birth_female", "sex", "male", "female",
    "post", "unit", "since", "decision", "ballot", "second_place", "excluded_reason", "sort_name", "duty", "group", "seat",
    "site", "phone", "note",
]  # fmt: skip
"""Ý nghĩa của một cột."""


class PartDate(msgspec.Struct, frozen=True, kw_only=True):
    """Ngày, hoặc tháng, hoặc năm: a date as far as it is known, beside what was `typed`."""

    typed: str
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """1970, 1970-05 or 1970-05-01."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


class RosterPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Một người trong danh sách. Names without honorifics, in composed Unicode; "" is "not given"."""

    line: int
    row: int
    number: str = ""
    family_name: str = ""
    given_name: str
    full_name: str
    birth: PartDate | None = None
    sex: Literal["Nam", "Nữ", ""] = ""
    post: str = ""
    unit: str = ""
    since: PartDate | None = None
    decision: str = ""
    ballot: str = ""
    second_place: str = ""
    excluded_reason: str = ""
    sort_name: str = ""
    duty: str = ""
    group: str = ""
    heading: str = ""
    seat: str = ""
    site: str = ""
    phone: str = ""
    note: str = ""
    titles: tuple[str, ...] = ()


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Điều cần biết: something done or seen on the way that the office should look at; it stops nothing."""

    code: str
    where: str = ""
    message: str
    message_en: str


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Cách đọc đã chọn: what a person decided about a sheet in the preview.

    `columns` maps a column letter to its field, or "" to ignore it; `date_order` a column letter to the order of its dates.
    `answered` holds the keys of questions answered "leave it as it is" (`errors.Question.answer`).
    """

    kind: SheetKind | None = None
    header_rows: tuple[int, int] | None = None
    columns: dict[str, Field | Literal[""]] = {}
    date_order: dict[str, Literal["day-first", "month-first"]] = {}
    take_hidden_rows: bool = True
    proper_case: bool = False
    answered: tuple[str, ...] = ()


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """Danh sách đã hiểu: one sheet understood. `columns` says which field each column letter was taken for."""

    sheet: str
    kind: SheetKind
    people: tuple[RosterPerson, ...] = ()
    notes: tuple[Note, ...] = ()
    faults: tuple[TinnhiemError, ...] = ()
    header_rows: tuple[int, int] = (0, 0)
    columns: dict[str, Field] = {}


class RosterBook(msgspec.Struct, frozen=True, kw_only=True):
    """Tệp danh sách: the lists of one file, and what they say about each other."""

    rosters: tuple[Roster, ...]
    notes: tuple[Note, ...] = ()

    def roster(self, kind: SheetKind) -> Roster | None:
        """The list of one kind, if the file holds it."""
        return next((roster for roster in self.rosters if roster.kind == kind), None)

    @property
    def people(self) -> tuple[RosterPerson, ...]:
        """Everyone, list after list."""
        return tuple(person for roster in self.rosters for person in roster.people)

    @property
    def faults(self) -> tuple[TinnhiemError, ...]:
        """Every fault, list after list."""
        return tuple(fault for roster in self.rosters for fault in roster.faults)
