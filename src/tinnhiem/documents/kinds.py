"""Các loại văn bản: what papers there are, and the one door to all of them.

Contract: `render` gives the bytes of one paper in one format; what is asked too early (a result before the count) or in a format the paper
does not have is refused. Titles are those printed; file names are plain ASCII, so that they survive every disk and mail.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from tinnhiem.documents import chart_sheet, marking_guide, minutes, report, result_sheet, script, table_papers
from tinnhiem.documents.figures import results_table
from tinnhiem.documents.form import Form, finished
from tinnhiem.documents.papers import Papers
from tinnhiem.documents.passages import slate_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord, fingerprint, short_code
from tinnhiem.poll.slate import Slate
from tinnhiem.typeset.words import long_date

Format = Literal["pdf", "docx", "xlsx", "html"]

REHEARSAL_MARK = "CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ"

PAPER: tuple[Format, ...] = ("docx", "pdf")
SHEET: tuple[Format, ...] = ("docx", "pdf", "xlsx", "html")


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """Loại văn bản: `id` as asked for, Vietnamese `title`, file `stem`, the `formats` it has, and whether it needs a count."""

    id: str
    title: str
    stem: str
    formats: tuple[Format, ...]
    counted: bool


class CountNeeded(TinnhiemError):
    """A paper of results was asked for before there are any."""

    code = "document_needs_count"
    vi = "Chưa kiểm phiếu xong nên chưa lập được “{title}”. Kiểm phiếu xong thì lập lại."
    en = "“{title}” cannot be made before the count. Make it once the ballots are counted."


class FormatUnknown(TinnhiemError):
    """A format that this paper does not have."""

    code = "document_format_unknown"
    vi = "“{title}” không có dạng {format}. Chọn một trong: {formats}."
    en = "“{title}” does not come as {format}. Choose one of: {formats}."


class KindUnknown(TinnhiemError):
    """No paper bears this id."""

    code = "document_kind_unknown"
    vi = "Không có loại văn bản “{kind}”. Chọn một trong: {kinds}."
    en = "There is no paper “{kind}”. Choose one of: {kinds}."


_AFTER_COUNT: Mapping[str, Callable[[CountRecord, Rulebook, Papers], Form]] = {
    "minutes": minutes.compose,
    "report": report.compose,
    "table": result_sheet.compose,
    "chart": chart_sheet.compose,
}
_BEFORE_COUNT: Mapping[str, Callable[[Slate, Rulebook, Papers], Form]] = {
    "tally_sheet": table_papers.tally_sheets,
    "batch_labels": table_papers.batch_labels,
    "marking_guide": marking_guide.compose,
    "script_chair": script.chair_copy,
    "script_cues": script.cue_copy,
}

KINDS: tuple[Kind, ...] = (
    Kind(id="minutes", title=minutes.TITLE, stem=minutes.NAME, formats=PAPER, counted=True),
    Kind(id="report", title=report.TITLE, stem=report.NAME, formats=PAPER, counted=True),
    Kind(id="table", title=result_sheet.TITLE, stem=result_sheet.NAME, formats=SHEET, counted=True),
    Kind(id="chart", title=chart_sheet.TITLE, stem=chart_sheet.NAME, formats=("pdf",), counted=True),
    Kind(id="tally_sheet", title=table_papers.TALLY_TITLE, stem=table_papers.TALLY_NAME, formats=PAPER, counted=False),
    Kind(id="batch_labels", title=table_papers.LABEL_TITLE, stem=table_papers.LABEL_NAME, formats=PAPER, counted=False),
    Kind(id="marking_guide", title=marking_guide.TITLE, stem=marking_guide.NAME, formats=PAPER, counted=False),
    Kind(id="script_chair", title=script.CHAIR_TITLE, stem=script.CHAIR_NAME, formats=PAPER, counted=False),
    Kind(id="script_cues", title=script.CUE_TITLE, stem=script.CUE_NAME, formats=PAPER, counted=False),
)
"""Các loại văn bản, in the order a round needs them read."""


def kind(kind_id: str) -> Kind:
    """Một loại văn bản. Raises `KindUnknown`."""
    for one in KINDS:
        if one.id == kind_id:
            return one
    raise KindUnknown(kind=kind_id, kinds=", ".join(one.id for one in KINDS))


def compose(kind_id: str, source: CountRecord | Slate, book: Rulebook, papers: Papers) -> Form:
    """Soạn một văn bản: the form before it is drawn.

    `source` is the record of a count or, for the papers printed before it, the frozen list. Raises `KindUnknown`, `CountNeeded`.
    """
    wanted = kind(kind_id)
    code = ""
    if wanted.counted:
        if not isinstance(source, CountRecord):
            raise CountNeeded(title=wanted.title)
        form = _AFTER_COUNT[kind_id](source, book, papers)
        code = f"Mã đối chiếu: {short_code(fingerprint(source))}" if papers.show_code else ""
    else:
        form = _BEFORE_COUNT[kind_id](slate_of(source), book, papers)
    mark = REHEARSAL_MARK if papers.rehearsal else ""
    return finished(form, code=code, mark=mark, spelling=papers.spelling)


def render(kind_id: str, source: CountRecord | Slate, book: Rulebook, papers: Papers, file_format: Format) -> bytes:
    """Lập văn bản: the bytes of one paper in one format.

    Raises `KindUnknown`, `CountNeeded`, `FormatUnknown`, and `LettersMissing` where a name cannot be drawn.
    """
    wanted = kind(kind_id)
    if file_format not in wanted.formats:
        raise FormatUnknown(title=wanted.title, format=file_format, formats=", ".join(wanted.formats))
    form = compose(kind_id, source, book, papers)
    if file_format == "pdf":
        from tinnhiem.documents import pdf

        return pdf.draw(form)
    if file_format == "docx":
        from tinnhiem.documents import word

        return word.draw(form)
    if not isinstance(source, CountRecord):
        raise CountNeeded(title=wanted.title)
    table = results_table(source, book, papers)
    if file_format == "html":
        from tinnhiem.documents import html

        return html.draw(table).encode("utf-8")
    from tinnhiem.documents import excel

    return excel.draw(
        table,
        title=wanted.title,
        above=_above(papers.body or source.body, papers.meeting, papers.date or source.date),
        code=form.code,
        mark=form.mark,
    )


def _above(body: str, meeting: str, day: datetime.date) -> tuple[str, ...]:
    return " ".join(body.split()), ", ".join(part for part in (meeting, long_date(day)) if part)
