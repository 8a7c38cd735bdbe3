"""Biểu đồ kết quả: a bar per person in printed order, for the screen and as a sheet.

Contract: counts and shares are the record's, as printed in the table; the last segment is what is left up to the base, named for what it
holds under the book. No threshold is drawn: in the hall a bar judges nobody.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.figures import results_table, type_place
from tinnhiem.documents.form import Bars, Block, Form, Title, line
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import BaseKind, Rulebook
from tinnhiem.poll.record import CountRecord, LineResult
from tinnhiem.typeset.charts import Segment, legend, stacked_bar
from tinnhiem.typeset.words import long_date

NAME = "bieu-do-ket-qua"
TITLE = "Biểu đồ kết quả kiểm phiếu"


def rest_label(base: BaseKind) -> str:
    """Tên đoạn còn lại: invalid ballots; where the base is people, those who gave none as well."""
    return "Không hợp lệ" if base in ("returned", "valid") else "Không hợp lệ, không có phiếu"


def person_bar(record: CountRecord, line: LineResult, book: Rulebook) -> str:
    """Thanh kết quả của một người, as one `<svg>` element."""
    segments = tuple(
        Segment(
            label=choice.label,
            count=line.counts[choice.code],
            told=f"{line.counts[choice.code]} phiếu, {line.printed[choice.code]}%",
        )
        for choice in book.choices
    )
    key = f"bar-{type_place(record, line.ballot)}-{line.line}"
    return stacked_bar(key, line.name or line.post, segments, line.base, rest_label(record.base_kind))


def chart_legend(record: CountRecord, book: Rulebook) -> str:
    """Chú giải của biểu đồ, as one `<svg>` element."""
    return legend("bar-legend", [choice.label for choice in book.choices], rest_label(record.base_kind))


def compose(record: CountRecord, book: Rulebook, papers: Papers) -> Form:
    """Lập biểu đồ kết quả."""
    table = results_table(record, book, papers)
    bars = {f"type{type_place(record, one.ballot)}/{one.line}": person_bar(record, one, book) for one in record.lines}
    rows = []
    for block in table.blocks:
        if block.title:
            rows.append((block.title, "", ""))
        for cells in block.rows:
            named = {cell.key.rsplit("/", 1)[1]: cell.text for cell in cells}
            person = f"{named['order']}. {named.get('name') or named['post']}"
            rows.append((person, named["post"] if named.get("name") else "", bars[cells[0].key.rsplit("/", 1)[0]]))
    day = long_date(papers.date or record.date)
    held = ", ".join(part for part in (papers.meeting, day) if part)
    blocks: tuple[Block, ...] = (
        Title(kind=TITLE.upper(), abstract=(passages.about(book, papers), f"({held})"), rule="none"),
        Bars(legend=chart_legend(record, book), rows=tuple(rows)),
        *(line(note, role="note") for note in table.notes),
    )
    return Form(name=NAME, title=TITLE, blocks=blocks, landscape=True)
