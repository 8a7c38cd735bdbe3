"""Kiểm tra bảng sắp công bố: a table held against arithmetic, row by row.

Contract: nothing is kept and nothing is corrected; what `poll.published_table` says of each row is put into sentences. The table typed stays on the page, so that a
cell can be mended and checked again.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tinnhiem.app.forms.tables import TableForm
from tinnhiem.app.queries.table_to_check import as_text, columns_of, printed_rows
from tinnhiem.app.views.doors import OfficeRequest, language
from tinnhiem.app.views.frame import crumbs, office_page, page, refuse, status_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.people import tidy
from tinnhiem.poll.published_table import CheckedRow, TableCheck, TableFault, check
from tinnhiem.poll.record import BallotNumbers, Numbers
from tinnhiem.poll.rows_file import PERCENT
from tinnhiem.roster.paste import grid_of_pasted
from tinnhiem.roster.read import grids_of_bytes


@office_page
def check_table(request: OfficeRequest) -> HttpResponse:
    """Kiểm tra bảng."""
    posted = request.method == "POST"
    form = TableForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, object] = {"crumbs": crumbs(None, (_("Kiểm tra bảng sắp công bố"), ""))}
    status = 200
    if posted:
        if form.is_valid():
            try:
                context |= _checked(request, form)
            except TinnhiemError as error:
                status = refuse(form, error)
        status = max(status, status_of(form))
    context["form"] = form
    return page(request, "tables/check.html", context, status=status)


def _checked(request: OfficeRequest, form: TableForm) -> dict[str, object]:
    typed = form.cleaned_data
    book = shelf.book(typed["book"])
    text = _text(form)
    # The table as it was understood goes back into the box, also where it came from a file.
    kept = request.POST.copy()
    kept["table"] = text
    form.data = kept
    contents = _contents(book)
    known = {code for code, _label in contents}
    chosen = {
        name.removeprefix("column-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("column-") and value in known
    }
    try:
        columns, rows, names = printed_rows(text, book, chosen)
    except TinnhiemError:
        lines = [[tidy(cell) for cell in line.split("\t")] for line in text.splitlines()]
        form.columns = columns_of(lines, book, chosen)  # type: ignore[attr-defined]
        form.contents = contents  # type: ignore[attr-defined]
        raise
    form.columns = columns  # type: ignore[attr-defined]
    form.contents = contents  # type: ignore[attr-defined]
    ballots = BallotNumbers(issued=typed["issued"], returned=typed["returned"], valid=typed["valid"])
    numbers = Numbers(
        members=typed["members"], summoned=typed["summoned"], present=typed["present"], ballots=(ballots,)
    )
    found = check(rows, numbers, book)
    return {
        "found": found,
        "rows": [_row(row, names.get(row.line, ""), book) for row in found.rows],
        "wrong": sum(row.verdict == "impossible" for row in found.rows),
        "lacking": sum(row.verdict == "incomplete" for row in found.rows),
        "base": _base_sentence(found, book),
        "rounding": _rounding_sentence(found),
    }


def _text(form: TableForm) -> str:
    sent = form.cleaned_data["file"]
    if sent:
        grids = [grid for grid in grids_of_bytes(sent.read(), sent.name) if grid.rows]
        return as_text(grids[0]) if grids else ""
    typed = str(form.cleaned_data["table"])
    return as_text(grid_of_pasted(typed)) if "<table" in typed.lower() else typed


def _contents(book: Rulebook) -> list[tuple[str, str]]:
    """What a column may hold."""
    english = language() == "en"
    found = [("", _("không dùng")), ("line", _("số thứ tự")), ("name", _("họ và tên"))]
    for choice in book.choices:
        label = choice.label_en if english else choice.label
        found += [(choice.code, _("{label}: số phiếu").format(label=label)), (choice.code + PERCENT, f"{label}: %")]
    return found


def _row(row: CheckedRow, name: str, book: Rulebook) -> dict[str, object]:
    verdicts = {
        "ok": (_("đúng"), "done"),
        "impossible": (_("không thể có"), "fault"),
        "incomplete": (_("thiếu số liệu"), "warn"),
    }
    label, tone = verdicts[row.verdict]
    return {
        "line": row.line,
        "name": name,
        "verdict": label,
        "tone": tone,
        "said": [_said(one, book) for one in row.faults],
    }


def _said(fault: TableFault, book: Rulebook) -> str:
    labels = {code: label for code, label in _contents(book) if code}
    labels |= {"marks": _("cộng các mức"), "base": _("mẫu số")}
    name = labels[fault.field]
    if fault.expected is None:
        return _("{name}: in {printed}, không số phiếu nào cho ra con số này.").format(name=name, printed=fault.printed)
    return _("{name}: in {printed}, tính ra {expected}.").format(
        name=name, printed=fault.printed, expected=fault.expected
    )


def _base_sentence(found: TableCheck, book: Rulebook) -> str:
    if not found.bases_that_fit:
        return ""
    label = book.base.label_en if language() == "en" else book.base.label
    return _("Mẫu số khớp với bảng: {bases}. Quy định tính trên {label}.").format(
        bases=", ".join(map(str, found.bases_that_fit[:8])), label=label
    )


def _rounding_sentence(found: TableCheck) -> str:
    modes = {"half-up": _("từ 5 trở lên thì làm tròn lên"), "truncate": _("cắt bỏ phần sau")}
    told = [
        _("{digits} chữ số thập phân, {mode}").format(digits=one.digits, mode=modes[one.mode])
        for one in found.roundings_that_fit
    ]
    return _("Cách làm tròn khớp với bảng: {ways}.").format(ways="; ".join(told)) if told else ""
