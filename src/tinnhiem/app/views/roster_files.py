"""Tệp của danh sách: the template to fill in and the list of faults, as workbooks.

Contract: the template carries the book's reasons for leaving somebody out and the round's ballot types; the faults are those of the list being previewed.
"""

from __future__ import annotations

import io

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.models import Round
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.imports import load
from tinnhiem.roster.model import SheetKind
from tinnhiem.roster.template import write_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@round_page(Permission.PREPARE)
def faults(request: OfficeRequest, round_: Round, kind: SheetKind) -> HttpResponse:
    """Tải danh sách lỗi."""
    draft = load(request, round_)
    roster = draft.roster(draft.preview.book(), kind) if draft else None
    if draft is None or roster is None:
        return redirect("list-import", round_.pk, kind)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        style = workbook.add_format(
            {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
        )
        head = workbook.add_format({"font_name": "Times New Roman", "font_size": 12, "bold": True, "border": 1})
        sheet = workbook.add_worksheet(_("Danh sách lỗi"))
        sheet.set_column(0, 0, 34, style)
        sheet.set_column(1, 1, 90, style)
        sheet.write_row(0, 0, (_("Chỗ cần sửa"), _("Nội dung")), head)
        for row, fault in enumerate(roster.faults, start=1):
            sheet.write_string(row, 0, fault.where)
            sheet.write_string(row, 1, fault.message_en if language() == "en" else fault.message)
        sheet.freeze_panes(1, 0)
    return _file(target.getvalue(), "danh-sach-loi.xlsx")


@round_page(Permission.PREPARE)
def template(_request: OfficeRequest, round_: Round) -> HttpResponse:
    """Tải tệp mẫu: with the book's reasons for leaving somebody out and the round's ballot types."""
    target = io.BytesIO()
    reasons = [one.label for one in book_of(round_).exemptions]
    titles = [kind.title for kind in round_.ballot_types.all() if kind.title]
    write_template(target, reasons=reasons, ballots=titles)
    return _file(target.getvalue(), "mau-danh-sach-lay-phieu.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
