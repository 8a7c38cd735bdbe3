"""Bàn xem phiếu nghi vấn: what the desk of one member is handed, and where each batch stands.

Contract: of a point it gives what the machine saw and where its pictures are; never what another member answered, and no number by mark or person. Pictures are named by the
random key of their page. The keys are those of the entry grid.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.models import Round, Scan, Subject
from tinnhiem.app.queries.column_gallery import raised_points
from tinnhiem.app.queries.doubt_words import kind_of, why_asked
from tinnhiem.app.queries.scan_images import Placed, boxes_span, place_on_side, placed
from tinnhiem.app.queries.scan_points import (
    BY_LINE,
    EMPTY,
    EMPTY_SHEET,
    KEEP,
    REMOVE,
    TWIN,
    UNSTAMPED,
    VALID,
    WHOLE_SHEET,
    Found,
    Point,
    finder,
    waiting_for,
)
from tinnhiem.app.queries.values import book_of
from tinnhiem.law.rulebook import Invalidity, Rulebook

NO_STAMP = "no_stamp"
"""The rulebook's reason that is asked about where a stamp is missing."""

FAULT_KEYS = {"blank": "0", "over": "*", "struck": "-"}
"""The keys of the line faults on the number pad (forms.md, entry.keys)."""


KEY_EMPTY, KEY_VALID, MOST_REASONS = 0, 9, 8
"""Digits about a whole sheet: 0 as on a row, 1 to 8 the reasons in the book's order, 9 for a sheet that stands, as a whole or line by line."""


class BatchAtDesk(msgspec.Struct, frozen=True, kw_only=True):
    """Một tập ở bàn xem phiếu: how many places wait for this member, how many for anybody, and those the whole board rules on."""

    scan: Scan
    label: str
    mine: int
    open: int
    rulings: tuple[Point, ...]


def batches_at_desk(round_: Round, member_id: int | None) -> tuple[BatchAtDesk, ...]:
    """Các tập đang quét của lần kiểm này; raises `VaultShut`."""
    scans = Scan.objects.filter(
        batch__round=round_, batch__count_number=round_.count_number, current=True, closed_at=None
    )
    told = []
    for scan in scans.select_related("batch__round", "batch__ballot_type"):
        found = finder(round_, scan)
        raised = raised_points(round_, scan, found)
        waiting = [point for point in found.points() if point.stage != "settled"]
        told.append(
            BatchAtDesk(
                scan=scan,
                label=batch_label(scan.batch),
                mine=len(waiting_for(round_, scan, member_id)) + len(raised) if member_id is not None else 0,
                open=len(waiting) + len(raised),
                rulings=tuple(point for point in waiting if point.stage == "ruling"),
            )
        )
    return tuple(told)


def points_for(round_: Round, scan: Scan, member_id: int, language: str) -> list[dict[str, object]]:
    """Các chỗ chờ một thành viên, as web/src/adjudication/config.ts has them; what concerns whole sheets first."""
    found = finder(round_, scan)
    people = {one.line or 0: one for one in scan.batch.ballot_type.subjects.filter(line__isnull=False)}
    points = [*waiting_for(round_, scan, member_id), *raised_points(round_, scan, found)]
    points.sort(key=lambda point: point.line > WHOLE_SHEET)

    def told(point: Point) -> dict[str, object]:
        known = point_told(round_, scan, found, point, people, language)
        answers = known["answers"]
        if point.reason == EMPTY_SHEET and isinstance(answers, list):
            lines = [told(line) for line in found.lines_of(point.sheet)]
            known["answers"] = [{**one, "opens": lines} if one["mark"] == BY_LINE else one for one in answers]
        return known

    return [told(point) for point in points]


def point_told(
    round_: Round, scan: Scan, found: Found, point: Point, people: dict[int, Subject], language: str
) -> dict[str, object]:
    """Một chỗ như bàn xem phiếu nhận."""
    key = found.page_of(point.sheet, point.line) or ""
    page = next((page for page in found.together.sheets[point.sheet - 1].pages if page.key == key), None)
    where = placed(round_, page) if page is not None else None
    return {
        "sheet": point.sheet,
        "line": point.line,
        "group": kind_of(point.reason, language),
        "reason": why_asked(point.reason, language),
        "proposal": point.proposal,
        "title": _title(point, people),
        "answers": _answers(point, book_of(round_), language, empty=found.is_empty(point.sheet)),
        **_pictures(round_, scan, point, key, where),
    }


def _title(point: Point, people: dict[int, Subject]) -> str:
    if point.line == TWIN:
        return _("Hai tờ có cùng nét chữ: một tờ quét hai lần hay hai tờ khác nhau?")
    if point.reason == EMPTY_SHEET:
        return _("Máy không thấy dấu ở dòng nào. Xem cả tờ trên phiếu giấy.")
    if point.line == WHOLE_SHEET:
        return _("Cả phiếu hợp lệ hay không hợp lệ?")
    person = people[point.line]
    return f"{point.line}. {person.name}{f' – {person.post}' if person.post else ''}"


def _answers(point: Point, book: Rulebook, language: str, *, empty: bool) -> list[dict[str, object]] | None:
    """Answers by digit: a reason has the digit it has everywhere (`sheet_reasons`), and what leaves the sheet valid the two that no reason has."""
    if point.line == TWIN:
        return [
            {"mark": KEEP, "key": 1, "label": _("Hai tờ khác nhau, tính cả hai"), "takesOut": False},
            {"mark": REMOVE, "key": 2, "label": _("Một tờ quét hai lần, bỏ lần quét này"), "takesOut": True},
        ]
    if point.line == WHOLE_SHEET:
        valid = {"mark": VALID, "key": KEY_VALID, "label": _("Phiếu hợp lệ"), "takesOut": False}
        blank = {"mark": EMPTY, "key": KEY_EMPTY, "label": _("Phiếu để trống cả tờ"), "takesOut": False}
        by_line = {"mark": BY_LINE, "key": KEY_VALID, "label": _("Xem từng dòng"), "takesOut": False}
        asked = NO_STAMP if point.reason == UNSTAMPED else ""
        doubt = {one.code: _how_sure(one, language, full=one.code == asked) for one in book.sheet_invalid}
        reasons = [{**one, "takesOut": True, "doubt": doubt[str(one["mark"])]} for one in sheet_reasons(book, language)]
        if point.reason == EMPTY_SHEET:
            return [blank, by_line, *reasons]
        return [valid, blank, *reasons] if empty else [valid, *reasons]
    return None


def _how_sure(reason: Invalidity, language: str, *, full: bool) -> str:
    """What the board must know of a reason that was not held against the instrument, `full` with the rulebook's note; "" where it was."""
    told = {
        "secondary": _("theo nguồn dẫn lại"),
        "recalled": _("theo thông lệ"),
        "unsure": _("chưa đối chiếu được với văn bản gốc"),
    }.get(reason.basis, "")
    note = reason.note_en if language == "en" else reason.note
    return f"{told}: {note}" if full and told and note else told


def sheet_reasons(book: Rulebook, language: str) -> list[dict[str, object]]:
    """Lý do cả phiếu không hợp lệ, each with its digit: the same whether the board is asked or says it of its own."""
    return [
        {"mark": one.code, "key": key, "label": one.label_en if language == "en" else one.label}
        for key, one in enumerate(book.sheet_invalid[:MOST_REASONS], start=1)
    ]


def _pictures(round_: Round, scan: Scan, point: Point, key: str, where: Placed | None) -> dict[str, object]:
    if where is None:
        return {"row": "", "page": "", "boxes": None, "place": (0, 0)}

    def picture(kind: str, line: int = 0) -> str:
        return reverse("scan-picture", args=[round_.pk, scan.pk, key, kind, line])

    if point.line == TWIN:
        return {"row": picture("pair"), "page": "", "boxes": None, "place": (0, 0)}
    if point.reason == EMPTY_SHEET:
        return {"row": picture("sheet"), "page": "", "boxes": None, "place": (0, 0)}
    if point.line == WHOLE_SHEET:
        return {"row": picture("head"), "page": picture("side"), "boxes": None, "place": (0, 0)}
    row = where.row(point.line)
    return {
        "row": picture("row", point.line),
        "page": picture("side"),
        "boxes": boxes_span(row),
        "place": place_on_side(where, row),
    }


def mark_words(book: Rulebook, language: str) -> dict[str, str]:
    """Tên của mỗi dấu và mỗi lý do, as people read them."""
    english = language == "en"
    own = {
        VALID: _("phiếu hợp lệ"),
        EMPTY: _("phiếu để trống cả tờ"),
        KEEP: _("tính cả hai tờ"),
        REMOVE: _("bỏ tờ quét hai lần"),
    }
    known: Sequence[tuple[str, str, str]] = [
        *((one.code, one.label, one.label_en) for one in book.choices),
        *((one.code, one.label, one.label_en) for one in (*book.line_invalid, *book.sheet_invalid)),
    ]
    return {**{code: en if english else vi for code, vi, en in known}, **own}
