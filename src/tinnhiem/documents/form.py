"""Văn bản gồm những gì: the blocks that every paper is composed of, before anyone draws them.

Contract: a `Form` is a value: text, keys and order, and of measures only which way the sheet lies and how a line is parted into columns. The renderers (`word`, `pdf`) draw blocks and
never compute, sort or word anything. A `Run` that carries a figure of the record, a name or a post bears a `key`, so that a
printed paper can be read back against the record (`edited_check`).
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import structs

from tinnhiem.documents.figures import ColumnKind, Table
from tinnhiem.typeset.headings import Heading, Rule
from tinnhiem.typeset.words import Spelling, spelled

Role = Literal["body", "clause", "item", "numbered", "note", "centre", "spoken", "cue", "act"]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Một đoạn chữ. `key` names what it states ("" for fixed words); `figure` is a number of the record, locked in Word."""

    text: str
    key: str = ""
    figure: bool = False
    bold: bool = False
    italic: bool = False


class Letterhead(msgspec.Struct, frozen=True, kw_only=True, tag="letterhead"):
    """Đầu trang."""

    heading: Heading


class Title(msgspec.Struct, frozen=True, kw_only=True, tag="title"):
    """Tên loại văn bản và trích yếu, with the short rule of the style below."""

    kind: str
    abstract: tuple[str, ...] = ()
    rule: Rule = "none"


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag="paragraph"):
    """Một đoạn văn; `role` says what it is, a renderer what that looks like."""

    runs: tuple[Run, ...]
    role: Role = "body"


class Results(msgspec.Struct, frozen=True, kw_only=True, tag="results"):
    """Bảng kết quả, with the italic lines under it. `widths` are parts of the line; `dense` asks for small type (many choices)."""

    table: Table
    widths: tuple[int, ...]
    dense: bool


class Ruled(msgspec.Struct, frozen=True, kw_only=True, tag="ruled"):
    """Bảng kẻ ô thường. `widths` are parts of the line; `row_height` in millimetres leaves room to write (0: as the text needs)."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Run, ...], ...]
    centred: tuple[int, ...] = ()
    row_height: int = 0


class TallyGrid(msgspec.Struct, frozen=True, kw_only=True, tag="tally_grid"):
    """Bảng kiểm phiếu của một tập: a row per person, a column per outcome with room for `squares` five-stroke squares and a sum."""

    outcomes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    squares: int
    pile: str


class Labels(msgspec.Struct, frozen=True, kw_only=True, tag="labels"):
    """Nhãn tập phiếu: slips to cut, each with a large line and small lines under it."""

    labels: tuple[tuple[str, ...], ...]


class Bars(msgspec.Struct, frozen=True, kw_only=True, tag="bars"):
    """Biểu đồ, hình: a legend ("" for none) and rows of a line, a small line and a picture (SVG, "" for a title over the rows below)."""

    legend: str
    rows: tuple[tuple[str, str, str], ...]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Khối chữ ký: lines in capitals, what the signer does under them, room, the name."""

    titles: tuple[str, ...]
    name: Run
    hint: str = "(Ký, ghi rõ họ tên)"


class Signatures(msgspec.Struct, frozen=True, kw_only=True, tag="signatures"):
    """Chữ ký trái và phải."""

    left: Signature | None
    right: Signature


class SigningList(msgspec.Struct, frozen=True, kw_only=True, tag="signing_list"):
    """Các thành viên ký: each name with a line to sign on."""

    title: str
    people: tuple[tuple[Run, Run], ...]


class NewPage(msgspec.Struct, frozen=True, kw_only=True, tag="new_page"):
    """Sang trang, giấy đứng hoặc giấy ngang."""

    landscape: bool = False


Block = (
    Letterhead | Title | Paragraph | Results | Ruled | TallyGrid | Labels | Bars | Signatures | SigningList | NewPage
)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """Một văn bản hoàn chỉnh.

    `name` is its file name without ending; `code` the line in the footer, "" for none; `mark` lies across every page.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    code: str = ""
    mark: str = ""


LINE = 2670
"""Một dòng trên khổ giấy ngang (phần mười milimét): what the widths below are parts of."""

WIDTHS: dict[ColumnKind, int] = {"order": 105, "number": 135, "share": 145, "note": 150}
ROOM_FOR_NAMES = 700
NAME_TO_POST = (4, 5)
MANY_COLUMNS = 16


def results(table: Table) -> Results:
    """Bảng kết quả với bề rộng cột: names and posts share what the figures leave, and never less than they can be read in."""
    fixed = sum(WIDTHS.get(column.kind, 0) for column in table.columns)
    room = max(LINE - fixed, ROOM_FOR_NAMES)
    shares = {"name": NAME_TO_POST[0], "post": NAME_TO_POST[1]}
    parts = sum(shares.get(column.kind, 0) for column in table.columns)
    widths = tuple(
        WIDTHS[column.kind] * (LINE - room) // fixed if column.kind in WIDTHS else room * shares[column.kind] // parts
        for column in table.columns
    )
    return Results(table=table, widths=widths, dense=len(table.columns) > MANY_COLUMNS)


def words(text: str, *, bold: bool = False, italic: bool = False) -> Run:
    """Chữ cố định, carrying nothing to check."""
    return Run(text=text, bold=bold, italic=italic)


def line(*parts: Run | str, role: Role = "body") -> Paragraph:
    """Một đoạn văn from fixed words and runs."""
    return Paragraph(runs=tuple(words(part) if isinstance(part, str) else part for part in parts), role=role)


def finished(form: Form, *, code: str, mark: str, spelling: Spelling) -> Form:
    """Hoàn chỉnh văn bản: the footer, the mark of a rehearsal, and one spelling of fixed words; names and posts stay as given."""
    blocks = tuple(_spelled(block, spelling) for block in form.blocks)
    return structs.replace(form, blocks=blocks, code=code, mark=mark)


def _spelled(block: Block, spelling: Spelling) -> Block:
    match block:
        case Paragraph(runs=runs):
            return structs.replace(block, runs=tuple(_run_spelled(run, spelling) for run in runs))
        case Ruled(rows=rows):
            changed = tuple(tuple(_run_spelled(run, spelling) for run in row) for row in rows)
            return structs.replace(block, rows=changed)
        case Title(kind=kind, abstract=abstract):
            told = tuple(spelled(part, spelling) for part in abstract)
            return structs.replace(block, kind=spelled(kind, spelling), abstract=told)
        case _:
            return block


def _run_spelled(run: Run, spelling: Spelling) -> Run:
    return run if run.key else structs.replace(run, text=spelled(run.text, spelling))
