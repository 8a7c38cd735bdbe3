"""Văn bản: downloads of every paper, the files another machine can check, and the check of an edited paper."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.models import Round
from tinnhiem.app.queries.ballot_form import form_of
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.app.queries.values import book_of, slate_of
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.app.views.result import visible_row
from tinnhiem.documents.edited_check import check
from tinnhiem.documents.kinds import KINDS, Format, Kind, kind
from tinnhiem.documents.kinds import render as draw
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll.record import canonical
from tinnhiem.poll.round_writer import write_round, write_rows

MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}
LABELS: dict[Format, str] = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML"}
CHECKABLE = ("minutes", "report", "table")
"""The papers that carry every figure, which an office may have edited by hand."""
DATA_FILES = ("round.toml", "rows.csv", "record.json")


def _documents(round_: Round, *, counted: bool, may_have: bool) -> list[dict[str, object]]:
    return [
        {
            "name": one.title,
            "note": "" if may_have else _("Lập được sau khi kiểm phiếu xong."),
            "links": [
                {"url": reverse("paper", args=[round_.pk, one.id, file_format]), "label": LABELS[file_format]}
                for file_format in one.formats
                if file_format != "html"
            ]
            if may_have
            else [],
        }
        for one in KINDS
        if one.counted is counted
    ]


@round_page(Permission.PREPARE, Permission.RESULT, Permission.COUNT)
def index(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Danh mục văn bản của đợt; the check of an edited paper stands below."""
    row = visible_row(request, round_)
    context: dict[str, object] = {
        "round": round_,
        "crumbs": crumbs(round_, (_("Văn bản"), "")),
        "before": _documents(round_, counted=False, may_have=True),
        "after": _documents(round_, counted=True, may_have=row is not None),
        "data_files": DATA_FILES if row is not None else (),
        "row": row,
        "to_sign": row is not None and not row.content and round_.state == "counting",
        "checkable": [one for one in KINDS if one.id in CHECKABLE],
        "chosen": request.POST.get("kind", CHECKABLE[0]),
    }
    status = 200
    if request.method == "POST" and row is not None:
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise NoFileChosen
            context["checked"] = sent.name
            context["differences"] = check(
                request.POST.get("kind", "minutes"),
                record_of(row),
                book_of(round_),
                papers_of(round_),
                sent.read(),
                str(sent.name),
            )
        except TinnhiemError as error:
            context["check_faults"] = [fault.sentence(language()) for fault in error.each()]
            status = 422
    return draw_page(request, "papers/index.html", context, round_, status)


class NoFileChosen(TinnhiemError):
    """A check without a file."""

    code = "no_file_chosen"
    vi = "Chưa chọn tệp. Chọn tệp Word, Excel hoặc PDF cần kiểm tra."
    en = "No file was chosen. Choose the Word, Excel or PDF file to check."


@round_page(Permission.PREPARE, Permission.RESULT, Permission.COUNT)
def paper(request: OfficeRequest, round_: Round, kind_id: str, file_format: str) -> HttpResponse:
    """Một văn bản trong một định dạng."""
    wanted: Kind = kind(kind_id)
    chosen = next((one for one in wanted.formats if one == file_format), None)
    if chosen is None:
        raise Http404
    row = visible_row(request, round_)
    if wanted.counted and row is None:
        raise Http404
    source = record_of(row) if wanted.counted and row is not None else slate_of(round_)
    content = draw(kind_id, source, book_of(round_), papers_of(round_), chosen)
    response = HttpResponse(content, content_type=MEDIA[chosen])
    response["Content-Disposition"] = f'attachment; filename="{wanted.stem}.{file_format}"'
    return response


@round_page(Permission.RESULT, Permission.COUNT)
def data(request: OfficeRequest, round_: Round, name: str) -> HttpResponse:
    """Tệp dữ liệu để máy khác kiểm lại: round.toml, rows.csv, record.json."""
    row = visible_row(request, round_)
    if row is None or name not in DATA_FILES:
        raise Http404
    record = record_of(row)
    if name == "round.toml":
        content = write_round(record, form_of(round_))
    else:
        content = write_rows(record) if name == "rows.csv" else canonical(record)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
