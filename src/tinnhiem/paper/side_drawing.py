"""Vẽ một mặt phiếu: head, words, table and foot as strokes.

Contract: draws what `sheet_layout` placed and moves nothing of it; every word stands where it was measured. Order from the top: head of the body (the hanging
stamp is pressed over it) and national title, title of the ballot, how to mark with a drawn example, table, foot. A later side repeats the head of the table and
says which ballot and side it is. No machine mark is drawn here: markers and code are the printer's, who may leave them out.
"""

from __future__ import annotations

from tinnhiem.paper import sheet_words
from tinnhiem.paper.columns import PADDING, Entry
from tinnhiem.paper.drawing import Area, Rule, Shape, Stroke, Text, hundredth, set_line
from tinnhiem.paper.sheet_layout import Row, Side
from tinnhiem.paper.sheet_plan import SheetPlan
from tinnhiem.paper.sheet_sizes import STAMP, SheetSizes
from tinnhiem.typeset import measure
from tinnhiem.typeset.headings import NATIONAL_TITLE

THIN = 0.18
FRAME = 0.3
CROSS = 0.45
PALE = 60
SHADE = 95
BANDS = ("#c8102e", "#1d4f91", "#2e7d32", "#8a5a00", "#5b2c83", "#00796b", "#ad1457", "#455a64", "#e65100", "#33691e")
"""Colours of the printed bands, in the order of the ballot types; each band also bears the type's number, for printers without colour."""


def head_bottom(plan: SheetPlan, *, first: bool) -> float:
    """Mép dưới của đầu bảng: where the first row starts, mm."""
    return hundredth(_Head(plan, first=first).table_top + _table_head_height(plan))


def draw(side: Side, entries: list[Entry], plan: SheetPlan) -> tuple[Stroke, ...]:
    """Mọi nét vẽ của một mặt."""
    head = _Head(plan, first=side.page == 1)
    strokes: list[Stroke] = [*head.strokes(side), *_table_head(head.table_top, plan)]
    for place, (row, entry) in enumerate(zip(side.rows, entries, strict=True)):
        strokes += _row(row, entry, plan, shaded=place % 2 == 1)
    strokes += [*_table_lines(head.table_top, side, plan), *_foot(side, plan)]
    if plan.band is not None:
        strokes += _band(plan.band, plan.sizes)
    if plan.rehearsal:
        room = Area(plan.columns.left, 0, plan.columns.right - plan.columns.left, 0)
        strokes.append(set_line(sheet_words.REHEARSAL, room, 7.5, 10.5, bold=True))
    return tuple(strokes)


class _Head:
    """What stands above the table, laid from the top down."""

    def __init__(self, plan: SheetPlan, *, first: bool) -> None:
        self.words, self.sizes, self.columns, self.first = plan.words, plan.sizes, plan.columns, first
        sizes = plan.sizes
        self._strokes: list[Stroke] = []
        inner = sizes.margin + sizes.marker + sizes.quiet
        self.whole = Area(inner, 0, sizes.width - 2 * inner, 0)
        self._about = self._about_again()
        self.table_top = hundredth(self._first_page() if first else self._later_page())

    def strokes(self, side: Side) -> list[Stroke]:
        """The strokes; a later side names the ballot between the two upper markers."""
        if self.first:
            return self._strokes
        baseline = self.sizes.margin + 3
        named: list[Stroke] = [
            set_line(
                line,
                self.whole,
                baseline + place * self._step(self.sizes.word_size),
                self.sizes.word_size,
                bold=True,
                align="left",
            )
            for place, line in enumerate(self._about)
        ]
        return [*named, _right(sheet_words.side_number(side.page, side.sides), self.whole, baseline, self.sizes)]

    def _about_again(self) -> tuple[str, ...]:
        """Which ballot a later side belongs to, whole, however many lines that takes."""
        title = " ".join((self.words.title, *self.words.about[:-1]))
        return measure.broken(title, self.whole.w - 24, self.sizes.word_size, bold=True)

    def _later_page(self) -> float:
        sizes = self.sizes
        below = sizes.margin + 3 + (len(self._about) - 1) * self._step(sizes.word_size) + 2
        return max(below, sizes.margin + sizes.marker + sizes.quiet)

    def _first_page(self) -> float:
        sizes, words = self.sizes, self.words
        stamp = Area(26, 8, STAMP, STAMP)
        y = 13.5
        for text, bold in ((words.superior, False), (words.body, True)):
            for line in measure.balanced(text, stamp.w, sizes.word_size, bold=bold):
                self._strokes.append(set_line(line, stamp, y, sizes.word_size, bold=bold))
                y += self._step(sizes.word_size)
        if words.style == "state":
            self._rule_under(stamp, y - self._step(sizes.word_size) + 1.4, stamp.w / 3)
        # A long name of the body may reach below the stamp area; what spans the page then starts under it.
        left_bottom = max(stamp.bottom, y - self._step(sizes.word_size) + 2)
        beside = Area(stamp.right + 3, 0, sizes.width - sizes.margin - sizes.marker - sizes.quiet - stamp.right - 3, 0)
        y = 14.0
        for title in NATIONAL_TITLE[words.style]:
            lines = measure.balanced(title.text, beside.w, sizes.word_size, bold=title.bold)
            for line in lines:
                self._strokes.append(set_line(line, beside, y, sizes.word_size, bold=title.bold))
                y += self._step(sizes.word_size)
            if title.rule != "none" and lines:
                under = measure.width(lines[-1], sizes.word_size, bold=title.bold)
                self._rule_under(beside, y - self._step(sizes.word_size) + 1.3, under)
        title_wide = measure.width(words.title, sizes.title_size, bold=True)
        if title_wide + 8 > beside.w:
            beside, y = self.whole, max(y, left_bottom + 2)
        y = self._title(beside, y + 5.5)
        step = self._step(sizes.word_size)
        return self._how(max(y + step * 1.6, left_bottom + step))

    def _title(self, room: Area, y: float) -> float:
        """Title and the lines under it, beside the stamp area where they fit; the last baseline."""
        sizes, words = self.sizes, self.words
        self._strokes.append(set_line(words.title, room, y, sizes.title_size, bold=True))
        y += self._step(sizes.title_size) * 0.96
        for place, text in enumerate(words.about):
            italic = place == len(words.about) - 1
            for line in measure.balanced(text, room.w, sizes.word_size, bold=not italic, italic=italic):
                self._strokes.append(set_line(line, room, y, sizes.word_size, bold=not italic, italic=italic))
                y += self._step(sizes.word_size)
        return y - self._step(sizes.word_size)

    def _how(self, y: float) -> float:
        """How to mark, with a box rightly crossed; returns where the table starts."""
        sizes, words, columns = self.sizes, self.words, self.columns
        label = measure.width(sheet_words.RIGHT_MARK, sizes.word_size, bold=True)
        example = label + 2 + sizes.box
        room = Area(columns.left, 0, columns.right - columns.left - example - 5, 0)
        first = y
        for text in words.how:
            for line in measure.broken(text, room.w, sizes.word_size):
                self._strokes.append(set_line(line, room, y, sizes.word_size, align="left"))
                y += self._step(sizes.word_size)
        middle = (first + y - self._step(sizes.word_size)) / 2 - 1.2
        left = columns.right - example
        box = Area(hundredth(left + label + 2), hundredth(middle - sizes.box / 2), sizes.box, sizes.box)
        self._strokes.append(
            Text(
                x=hundredth(left),
                y=hundredth(middle + 1.3),
                text=sheet_words.RIGHT_MARK,
                size=sizes.word_size,
                bold=True,
            )
        )
        self._strokes += crossed(box)
        return y - self._step(sizes.word_size) + 3

    def _rule_under(self, room: Area, y: float, wide: float) -> None:
        left = hundredth(room.x + (room.w - wide) / 2)
        self._strokes.append(Rule(x1=left, y1=hundredth(y), x2=hundredth(left + wide), y2=hundredth(y), width=THIN))

    @staticmethod
    def _step(size: float) -> float:
        return size * measure.POINT * 1.2


def crossed(box: Area) -> list[Stroke]:
    """Một ô đã đánh dấu X, as it should look."""
    inside = box.grown(-0.7)
    return [
        Shape(area=box, line=FRAME),
        Rule(x1=inside.x, y1=inside.y, x2=hundredth(inside.right), y2=hundredth(inside.bottom), width=CROSS),
        Rule(x1=inside.x, y1=hundredth(inside.bottom), x2=hundredth(inside.right), y2=inside.y, width=CROSS),
    ]


def _table_head_height(plan: SheetPlan) -> float:
    """Room for the longest heading, with its foot at least 3 mm above the first boxes."""
    most = max(len(_heading(text, wide, plan)) for text, _, wide in _heading_cells(plan))
    return hundredth(most * plan.sizes.word_size * measure.POINT * 1.2 + 3.2)


def _heading(text: str, wide: float, plan: SheetPlan) -> tuple[str, ...]:
    return measure.broken(text, wide - 0.8, plan.sizes.word_size, bold=True)


def _right(text: str, room: Area, baseline: float, sizes: SheetSizes) -> Text:
    wide = measure.width(text, sizes.word_size)
    return Text(x=hundredth(room.right - wide), y=hundredth(baseline), text=text, size=sizes.word_size)


def _heading_cells(plan: SheetPlan) -> list[tuple[str, float, float]]:
    """Các ô đầu bảng: text, left edge and width."""
    columns = plan.columns
    cells: list[tuple[str, float, float]] = []
    number, name, post = sheet_words.HEADS
    if plan.people > 1:
        cells.append((number, columns.left, columns.number))
        if columns.number_again is not None:
            cells.append((number, columns.number_again, columns.right - columns.number_again))
    if columns.post is None:
        cells.append((f"{name}, {post[0].lower()}{post[1:]}", columns.name, columns.post_width))
    else:
        cells += [(name, columns.name, columns.name_width), (post, columns.post, columns.post_width)]
    cells += [
        (choice.label, columns.boxes + place * columns.pitch, columns.pitch)
        for place, choice in enumerate(plan.choices)
    ]
    return cells


def _table_head(top: float, plan: SheetPlan) -> list[Stroke]:
    size = plan.sizes.word_size
    step = size * measure.POINT * 1.2
    # A little above the middle: what lies below is kept clear of the first boxes.
    middle = top + (_table_head_height(plan) - 1.4) / 2
    strokes: list[Stroke] = []
    for text, left, wide in _heading_cells(plan):
        lines = _heading(text, wide, plan)
        y = middle - len(lines) * step / 2 + step * 0.77
        for line in lines:
            strokes.append(set_line(line, Area(left, 0, wide, 0), y, size, bold=True))
            y += step
    return strokes


def _row(row: Row, entry: Entry, plan: SheetPlan, *, shaded: bool) -> list[Stroke]:
    area, sizes, columns = row.area, plan.sizes, plan.columns
    strokes: list[Stroke] = []
    if shaded:
        strokes.append(Shape(area=area, grey=SHADE))
    parts = [(line, sizes.name_size, True) for line in entry.name]
    posts = [(line, sizes.post_size, False) for line in entry.post]
    if columns.post is None:
        strokes += _lines([*parts, *posts], columns.name, area)
    else:
        strokes += _lines(parts, columns.name, area) + _lines(posts, columns.post, area)
    if columns.number:
        middle = area.y + area.h / 2 + sizes.name_size * measure.POINT * 0.33
        strokes.append(set_line(str(entry.line), Area(columns.left, 0, columns.number, 0), middle, sizes.name_size))
        if columns.number_again is not None:
            room = Area(columns.number_again, 0, columns.right - columns.number_again, 0)
            strokes.append(set_line(str(entry.line), room, middle, sizes.name_size))
    strokes += [Shape(area=box.area, line=FRAME, grey=100) for box in row.boxes]
    return strokes


def _lines(parts: list[tuple[str, float, bool]], left: float, area: Area) -> list[Stroke]:
    """Lines of type in the middle of a row's height."""
    steps = [size * measure.POINT * 1.02 for _, size, _ in parts]
    y = area.y + (area.h - sum(steps)) / 2
    strokes: list[Stroke] = []
    for (text, size, bold), step in zip(parts, steps, strict=True):
        y += step
        strokes.append(Text(x=hundredth(left + PADDING), y=hundredth(y - step * 0.2), text=text, size=size, bold=bold))
    return strokes


def _table_lines(top: float, side: Side, plan: SheetPlan) -> list[Stroke]:
    columns, bottom = plan.columns, side.rows[-1].area.bottom
    levels = (top, *(row.area.y for row in side.rows), bottom)
    edges = {columns.left, columns.right, columns.name}
    if columns.post is not None:
        edges.add(columns.post)
    if columns.number_again is not None:
        edges.add(columns.number_again)
    edges |= {hundredth(columns.boxes + place * columns.pitch) for place in range(len(plan.choices))}
    strokes: list[Stroke] = [Rule(x1=x, y1=top, x2=x, y2=bottom, width=THIN, grey=PALE) for x in sorted(edges)]
    return [
        *strokes,
        *(Rule(x1=columns.left, y1=y, x2=columns.right, y2=y, width=THIN, grey=PALE) for y in levels),
    ]


def _foot(side: Side, plan: SheetPlan) -> list[Stroke]:
    sizes, columns = plan.sizes, plan.columns
    strokes: list[Stroke] = []
    right = Area(
        side.calibration[1].right + 6, 0, columns.right - sizes.marker - sizes.quiet - side.calibration[1].right - 6, 0
    )
    if side.signature is not None:
        y = side.signature.y + 4
        first, second = sheet_words.SIGNATURE
        strokes.append(set_line(first, right, y, sizes.word_size, bold=True))
        strokes.append(set_line(second, right, y + sizes.word_size * measure.POINT * 1.2, sizes.word_size, italic=True))
    elif side.page < side.sides:
        y = sizes.height - sizes.margin - 5
        for line in measure.balanced(sheet_words.overleaf(side.page, side.sides), right.w, sizes.name_size, bold=True):
            strokes.append(set_line(line, right, y - 2, sizes.name_size, bold=True))
            y += sizes.name_size * measure.POINT * 1.2
    if side.sides > 1 and side.page == 1:
        label = sheet_words.side_number(side.page, side.sides)
        strokes.append(Text(x=columns.left, y=hundredth(side.code.bottom - 1), text=label, size=sizes.word_size))
    return strokes


def _band(place: int, sizes: SheetSizes) -> list[Stroke]:
    """Dải màu của loại phiếu: at the right edge, within what office printers reach, with the type's number."""
    area = Area(sizes.width - 10, 26, 5, sizes.height - 52)
    number = Text(
        x=hundredth(area.x + 3.6),
        y=hundredth(area.bottom - 4),
        text=f"Loại {place + 1}",
        size=10.5,
        bold=True,
        white=True,
        turned=True,
    )
    return [Shape(area=area, colour=BANDS[place % len(BANDS)]), number]
