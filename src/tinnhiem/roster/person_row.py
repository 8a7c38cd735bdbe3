"""Một dòng thành một người: the cells of one row as a `RosterPerson`, with every fault at its cell.

Contract: all faults of a row are told at once. A name loses its honorifics, which go to `titles`; a name that shares its cell with
the post is parted from it and a note says so. Phone numbers get back the leading 0 that a number format takes. Nothing else is changed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.people import fold, is_all_capitals, proper_case, split_name, strip_honorifics, tidy
from tinnhiem.roster import errors
from tinnhiem.roster.dates import LATEST_DECISION, YOUNGEST_BIRTH, DateOrder, is_blank_date, read_date
from tinnhiem.roster.grid import EMPTY, Cell, Grid, address
from tinnhiem.roster.headers import Header, column_words
from tinnhiem.roster.model import Field, Note, PartDate, RosterPerson, SheetKind
from tinnhiem.roster.notes import note

DUTIES: Final = ("Trưởng ban", "Phó trưởng ban", "Thư ký", "Ủy viên", "Tổ giúp việc")
_DUTY_VARIANTS: Final = {
    "truong ban": 0, "to truong": 0, "pho truong ban": 1, "pho ban": 1, "to pho": 1, "thu ky": 2, "thu ki": 2,
    "uy vien": 3, "thanh vien": 3, "to giup viec": 4, "giup viec": 4, "ho tro": 4,
}  # fmt: skip
MAX_LETTERS: Final = 300
_FILLED_DOWN: Final[tuple[Field, ...]] = ("unit", "group", "ballot", "site")
_POST_WORDS = re.compile(
    r"(bi thu|pho |chu tich|uy vien|giam doc|truong |chanh |tinh uy vien|thanh uy vien|huyen uy vien|thu ky|vien truong|chu nhiem"
    r"|cuc truong|hieu truong|tong |dai bieu|chi huy|chuyen vien|uvbtv|uv |pct|pbt|gd )"
)
_UNIT_WORDS = re.compile(r"(ubnd|hdnd|uy ban|so |phong |ban |van phong|huyen uy|thanh uy|tinh uy|dang uy)")
Sex = Literal["Nam", "Nữ", ""]
_SEXES: Final[dict[str, Sex]] = {"nam": "Nam", "nu": "Nữ", "m": "Nam", "f": "Nữ"}


class ReadRow(msgspec.Struct, kw_only=True):
    """Kết quả đọc một dòng: the person (None without a name), faults and notes."""

    person: RosterPerson | None = None
    faults: list[TinnhiemError] = msgspec.field(default_factory=list)
    notes: list[Note] = msgspec.field(default_factory=list)
    capitals: bool = False


class RowReader(msgspec.Struct, frozen=True, kw_only=True):
    """Cách đọc các dòng của một trang: the sheet, its header, and what was decided for whole columns.

    `orders` gives the order of day and month by column; `addressed` is true where names are written with Ông/Bà.
    """

    grid: Grid
    header: Header
    kind: SheetKind
    orders: dict[int, DateOrder]
    addressed: bool = False
    proper_case: bool = False
    sheet_in_where: bool = False

    def where(self, row: int, column: int | None = None) -> str:
        """Nơi có lỗi: "Dòng 14, cột D (Ngày sinh)", with the sheet before it when the file has several lists."""
        place = f"dòng {row}" + (f", cột {column_words(self.header, column)}" if column else "")
        return f"Trang “{self.grid.name}”, {place}" if self.sheet_in_where else f"D{place[1:]}"

    def read(self, row: int, line: int, heading: str) -> ReadRow:
        """Đọc một dòng: the person in `row`, numbered `line`, under the group title `heading`."""
        result = ReadRow()
        self._refuse_broken_cells(row, result)
        number, text = self._text(row, "number"), self._text
        family, given, full, post, titles, sex = self._name(row, result)
        if not full and not any(isinstance(fault, errors.CellInError) for fault in result.faults):
            result.faults.append(self._fault(errors.NameMissing, row, self.header.name_columns[0]))
        birth, sex = self._birth_and_sex(row, sex, result)
        since = self._date(row, self.header.column("since"), LATEST_DECISION, result)
        if self.kind == "subjects" and full and not post and not self._broken(row, "post"):
            result.faults.append(self._fault(errors.PostMissing, row, self.header.column("post"), name=full))
        duty = self._duty(row, result)
        if full:
            result.person = RosterPerson(
                line=line, row=row, number=number, family_name=family, given_name=given, full_name=full, birth=birth, sex=sex,
                post=post, unit=text(row, "unit"), since=since, decision=text(row, "decision"), ballot=text(row, "ballot"),
                second_place=text(row, "second_place"), excluded_reason=text(row, "excluded_reason"),
                sort_name=text(row, "sort_name"), duty=duty, group=text(row, "group"), heading=heading, seat=text(row, "seat"),
                site=text(row, "site"), phone=_phone(text(row, "phone")), note=text(row, "note"), titles=titles,
            )  # fmt: skip
        return result

    def _cell(self, row: int, field: Field) -> Cell:
        column = self.header.column(field)
        if column is None:
            return EMPTY
        merge = self.grid.merge_at(row, column) if field in _FILLED_DOWN else None
        if merge and merge.top > self.header.last and merge.left == merge.right:
            return self.grid.cell(merge.top, merge.left)
        return self.grid.cell(row, column)

    def _posts(self, row: int) -> list[Cell]:
        """The cells of the posts of one person: several where the name is merged over several rows."""
        column, name = self.header.column("post"), self.grid.merge_at(row, self.header.name_columns[0])
        if column is None:
            return []
        return [self.grid.cell(each, column) for each in range(row, (name.bottom if name else row) + 1)]

    def _text(self, row: int, field: Field) -> str:
        cell = self._cell(row, field)
        return "" if cell.kind == "error" else tidy(cell.shown)

    def _broken(self, row: int, field: Field) -> bool:
        return self._cell(row, field).kind == "error"

    def _fault(self, kind: type[errors.CellFault], row: int, column: int | None, **values: object) -> errors.CellFault:
        return kind(self.where(row, column), cell=address(row, column) if column else "", **values)

    def _refuse_broken_cells(self, row: int, result: ReadRow) -> None:
        for column in self.header.fields:
            cell = self.grid.cell(row, column)
            if cell.kind == "error":
                result.faults.append(self._fault(errors.CellInError, row, column, value=cell.text))
            elif len(cell.text) > MAX_LETTERS or any(map(_is_unprintable, cell.text)):
                result.faults.append(self._fault(errors.TextRefused, row, column, limit=MAX_LETTERS))

    def _name(self, row: int, result: ReadRow) -> tuple[str, str, str, str, tuple[str, ...], str]:
        header = self.header
        post = _joined_lines("\n".join(cell.text for cell in self._posts(row) if cell.kind != "error"))
        apart = header.column("full_name") is None and header.column("given_name") is not None
        if apart:
            raw, given = self._text(row, "family_name"), self._text(row, "given_name")
        else:
            column = header.column("full_name", "family_name")
            cell = self.grid.cell(row, column or 1)
            raw, given = ("" if cell.kind == "error" else cell.text), ""
            raw, found_post = _parted(raw)
            if found_post:
                result.notes.append(
                    note("name_and_post_split", self.where(row, column), row=row, name=tidy(raw), post=found_post)
                )
                post = post or found_post
        bare = strip_honorifics(raw, addressed=self.addressed)
        name = bare.name
        if apart:
            # "(Nữ)" may stand after the tên.
            end = strip_honorifics(given)
            given = end.name
            full = tidy(f"{name} {given}")
            bare = msgspec.structs.replace(bare, sex=bare.sex or end.sex, titles=(*bare.titles, *end.titles))
        else:
            full = name
        result.capitals = is_all_capitals(full)
        if self.proper_case and result.capitals:
            name, given, full = proper_case(name), proper_case(given), proper_case(full)
        family, given = (name, given) if apart and given else split_name(full)
        if full and not any(sign.isalpha() for sign in full):
            result.faults.append(self._fault(errors.NotAName, row, header.name_columns[0], value=full))
        return family, given, full, post, bare.titles, bare.sex

    def _birth_and_sex(self, row: int, sex_by_name: str, result: ReadRow) -> tuple[PartDate | None, Sex]:
        header = self.header
        sex: Sex = _SEXES.get(fold(sex_by_name), "")
        typed = self._text(row, "sex")
        if typed and typed not in ("-", "x"):
            sex = _SEXES.get(fold(typed), "")
            if not sex:
                result.faults.append(self._fault(errors.SexUnknown, row, header.column("sex"), value=typed))
        male, female = self._text(row, "male"), self._text(row, "female")
        if bool(male) != bool(female):
            sex = "Nam" if male else "Nữ"
        filled = [
            (column, as_sex)
            for field, as_sex in (("birth", ""), ("birth_male", "Nam"), ("birth_female", "Nữ"))
            if (column := header.column(field)) and not is_blank_date(self.grid.cell(row, column))  # type: ignore[arg-type]
        ]
        if len(filled) > 1:
            result.faults.append(self._fault(errors.TwoBirthDates, row, filled[-1][0]))
        if not filled:
            return None, sex
        column, as_sex = filled[0]
        return self._date(row, column, YOUNGEST_BIRTH, result), _SEXES.get(fold(as_sex), sex)

    def _date(self, row: int, column: int | None, latest_short_year: int, result: ReadRow) -> PartDate | None:
        cell = self.grid.cell(row, column) if column else EMPTY
        if column is None or cell.kind == "error" or is_blank_date(cell):
            return None
        date = read_date(cell, self.orders.get(column, "day-first"), latest_short_year)
        if date is None:
            result.faults.append(self._fault(errors.NotADate, row, column, value=tidy(cell.shown)))
        return date

    def _duty(self, row: int, result: ReadRow) -> str:
        typed = self._text(row, "duty")
        if not typed or self.kind != "board":
            return typed
        index = _DUTY_VARIANTS.get(fold(typed))
        if index is None:
            column = self.header.column("duty")
            result.faults.append(self._fault(errors.DutyUnknown, row, column, value=typed, duties=", ".join(DUTIES)))
            return typed
        return DUTIES[index]


def _parted(cell_text: str) -> tuple[str, str]:
    """Tách họ tên và chức vụ: the name before the first line break, dash or comma that a post follows."""
    head, _, rest = cell_text.strip().partition("\n")
    if rest.strip() and (_POST_WORDS.match(fold(rest) + " ") or _UNIT_WORDS.match(fold(rest) + " ")):
        return head, _joined_lines(rest)
    for sign in (" - ", " – ", ", ", "; "):
        name, _, post = tidy(cell_text).partition(sign)
        if post and _POST_WORDS.match(fold(post) + " "):
            return name, tidy(post)
    return cell_text, ""


def _joined_lines(text: str) -> str:
    """Nối các dòng trong ô: a line that begins a further post is set off by a comma, any other is a wrapped line."""
    joined = ""
    for line in filter(None, map(tidy, text.split("\n"))):
        bare = line.removeprefix("- ")
        further = joined and _POST_WORDS.match(fold(bare) + " ") and not joined.endswith((",", ";"))
        joined = f"{joined}{',' if further else ''} {bare}".strip()
    return joined


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.]", "", text)
    return f"0{digits}" if re.fullmatch(r"[1-9]\d{8}", digits) else text


def _is_unprintable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn") and sign not in "\n\r\t\u00ad\u200b\ufeff"
