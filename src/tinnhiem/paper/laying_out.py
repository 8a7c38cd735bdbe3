"""Dựng bố cục: from the frozen list and the office's form to where everything stands.

Contract: the same list, rulebook and form give the same layout and hash on any machine. A side takes what fits, at most `MOST_ROWS`, and sides are filled evenly.
"""

from __future__ import annotations

import datetime
import hashlib

import msgspec

from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.paper import side_drawing
from tinnhiem.paper.columns import Entry, columns_of, entry_of
from tinnhiem.paper.drawing import Area, Text, hundredth
from tinnhiem.paper.sheet_layout import FORMAT, Box, Marker, Row, SheetLayout, Side
from tinnhiem.paper.sheet_plan import SheetPlan
from tinnhiem.paper.sheet_sizes import MOST_ROWS, STAMP, SheetSizes, sizes_of
from tinnhiem.paper.sheet_words import words_of
from tinnhiem.paper.side_split import split
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import BallotType, Slate, Subject
from tinnhiem.typeset import fonts

MOST_NAMES = 60
"""Names on one ballot type at most."""


class SubjectsUnnamed(TinnhiemError):
    """A ballot without the names to print."""

    code = "subjects_unnamed"
    vi = "Chưa có danh sách để in phiếu: ghi họ tên và chức vụ từng người ([[subject]]){of_type}."
    en = "There is no list to print on the ballot: give each person's name and post ([[subject]]){of_type}."


class NamesTooMany(TinnhiemError):
    """More names than one ballot takes."""

    code = "names_too_many"
    vi = "Phiếu “{title}” có {found} người, nhiều nhất là {most}. Chia thành hai loại phiếu."
    en = "The ballot “{title}” has {found} names, at most {most} fit. Make two ballot types of it."


class EntryTooLong(TinnhiemError):
    """A name and post that alone are higher than a page."""

    code = "entry_too_long"
    vi = "Dòng {line} của phiếu “{title}” quá dài để in vào một mặt giấy. Viết gọn chức vụ."
    en = "Line {line} of the ballot “{title}” is too long for one side. Shorten the post."


def lay_out(slate: Slate, book: Rulebook, form: BallotForm, *, body: str, date: datetime.date) -> SheetLayout:
    """Dựng bố cục phiếu của một đợt.

    Raises `SubjectsUnnamed`, `NamesTooMany`, `EntryTooLong`, `LettersMissing`.
    """
    sizes = sizes_of(form)
    sides: list[Side] = []
    for place, kind in enumerate(slate.types):
        people = slate.lines(kind.id)
        _refuse_unfit(kind, people)
        plan = SheetPlan(
            ballot=kind.id,
            people=len(people),
            choices=book.choices,
            sizes=sizes,
            columns=columns_of(sizes, len(book.choices), people),
            words=words_of(book, form, kind, body=body, date=date, people=len(people)),
            signed=book.signature.value if form.signature is None else form.signature,
            band=place if form.band else None,
            rehearsal=form.rehearsal,
        )
        sides.extend(_sides(kind, people, plan))
    for side in sides:
        words = " ".join(stroke.text for stroke in side.drawing if isinstance(stroke, Text))
        fonts.refuse_missing_letters(words, form.subjects or body)
    bare = SheetLayout(
        page_mm=(sizes.width, sizes.height),
        rehearsal=form.rehearsal,
        types=tuple(kind.id for kind in slate.types),
        pages=tuple(sides),
    )
    covered = (
        FORMAT, form.round_id, body, date.isoformat(), book.id, [(kind.id, kind.title) for kind in slate.types],
        [(person.ballot, person.line, person.name, person.post) for person in slate.subjects], form.rehearsal, bare,
    )  # fmt: skip
    return msgspec.structs.replace(bare, hash=hashlib.sha256(msgspec.json.encode(covered)).hexdigest())


def _refuse_unfit(kind: BallotType, people: tuple[Subject, ...]) -> None:
    if not people or not all(person.name for person in people):
        raise SubjectsUnnamed(of_type=f" – “{kind.title or kind.id}”" if kind.id else "")
    if len(people) > MOST_NAMES:
        raise NamesTooMany(title=kind.title or kind.id or "", found=len(people), most=MOST_NAMES)
    for person in people:
        fonts.refuse_missing_letters(f"{person.name} {person.post}", kind.title)


def _sides(kind: BallotType, people: tuple[Subject, ...], plan: SheetPlan) -> list[Side]:
    sizes = plan.sizes
    entries = [entry_of(person, plan.columns, sizes) for person in people]
    heights = [entry.height(sizes) for entry in entries]
    head_first = side_drawing.head_bottom(plan, first=True)
    head_next = side_drawing.head_bottom(plan, first=False)
    bottom = sizes.height - sizes.margin
    unsigned, signing = bottom - sizes.foot, bottom - (sizes.signature if plan.signed else sizes.foot)
    try:
        counts = split(
            heights, unsigned - head_first, unsigned - head_next, signing - head_next, signing - head_first, MOST_ROWS
        )
    except ValueError:
        line = entries[heights.index(max(heights))].line
        raise EntryTooLong(line=line, title=kind.title or kind.id or "") from None
    made: list[Side] = []
    start = 0
    for page, count in enumerate(counts, start=1):
        top = head_first if page == 1 else head_next
        made.append(_side(plan, entries[start : start + count], page=page, sides=len(counts), top=top))
        start += count
    return made


def _side(plan: SheetPlan, entries: list[Entry], *, page: int, sides: int, top: float) -> Side:
    sizes, columns = plan.sizes, plan.columns
    rows: list[Row] = []
    y = top
    for entry in entries:
        height = entry.height(sizes)
        rows.append(_row(entry, y, height, plan))
        y += height
    foot = sizes.height - sizes.margin - sizes.code
    code = Area(hundredth(columns.left + 20), hundredth(foot), sizes.code, sizes.code)
    boxes_y = hundredth(foot + (sizes.code - 5) / 2)
    calibration = (
        Area(hundredth(code.right + 5), boxes_y, 5, 5),
        Area(hundredth(code.right + 15), boxes_y, 5, 5),
    )
    right = columns.right - sizes.marker - sizes.quiet
    signature = None
    if plan.signed and page == sides:
        # From below the last row to the edge of the paper, right of the calibration boxes.
        start = sizes.height - sizes.margin - sizes.signature + 1
        left = calibration[1].right + 8
        signature = Area(
            hundredth(left), hundredth(start), hundredth(right - left), hundredth(sizes.height - 8 - start)
        )
    bare = Side(
        ballot=plan.ballot,
        page=page,
        sides=sides,
        markers=_markers(sizes),
        code=code,
        calibration=calibration,
        stamp=Area(26, 8, STAMP, STAMP) if page == 1 else None,
        signature=signature,
        rows=tuple(rows),
        drawing=(),
    )
    drawing = side_drawing.draw(bare, entries, plan)
    return msgspec.structs.replace(bare, drawing=drawing)


def _row(entry: Entry, y: float, height: float, plan: SheetPlan) -> Row:
    sizes, columns = plan.sizes, plan.columns
    box_y = hundredth(y + (height - sizes.box) / 2)
    boxes = tuple(
        Box(
            choice=choice.code,
            area=Area(
                hundredth(columns.boxes + place * columns.pitch + (columns.pitch - sizes.box) / 2),
                box_y,
                sizes.box,
                sizes.box,
            ),
        )
        for place, choice in enumerate(plan.choices)
    )
    return Row(
        line=entry.line,
        area=Area(columns.left, hundredth(y), hundredth(columns.right - columns.left), hundredth(height)),
        name=Area(columns.name, hundredth(y), hundredth(columns.boxes - columns.name), hundredth(height)),
        boxes=boxes,
    )


def _markers(sizes: SheetSizes) -> tuple[Marker, ...]:
    near, size = sizes.margin, sizes.marker
    right, low = sizes.width - near - size, sizes.height - near - size
    corners = ((near, near), (right, near), (right, low), (near, low), (near, sizes.fifth))
    return tuple(Marker(code=code, x=x, y=y, size=size) for code, (x, y) in enumerate(corners))
