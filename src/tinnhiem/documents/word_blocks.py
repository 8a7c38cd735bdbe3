"""Khối văn bản trong Word: each block of a form as WordprocessingML, on a line of a given width.

Contract: draws what the blocks say, in their order; no figure is computed and no word added. `width` is the length of a line in millimetres.
"""

from __future__ import annotations

from itertools import groupby

from tinnhiem.documents.figures import Column
from tinnhiem.documents.form import (
    Bars,
    Block,
    Labels,
    Letterhead,
    NewPage,
    Paragraph,
    Results,
    Role,
    Ruled,
    Signature,
    Signatures,
    SigningList,
    TallyGrid,
    Title,
)
from tinnhiem.documents.word_markup import CUT_LINES, cell, drawn, locked, paragraph, row, run, table, twips
from tinnhiem.typeset.headings import Line

STYLE_OF: dict[Role, str] = {
    "body": "TNNoiDung",
    "item": "TNNoiDung",
    "numbered": "TNNoiDung",
    "clause": "TNMuc",
    "note": "TNGhiChu",
    "centre": "TNGiua",
    "spoken": "TNLoiDan",
    "act": "TNTenViec",
    "cue": "TNChiDan",
}
NATIONAL_WIDTH = 92
ROOM_TO_SIGN = 62


def block(part: Block, width: float) -> str:
    """Vẽ một khối; "" for a change of page, which the caller makes."""
    made = ""
    match part:
        case Letterhead():
            made = _letterhead(part, width)
        case Title():
            made = _title(part, width)
        case Paragraph():
            made = _paragraph(part)
        case Results():
            made = _results(part, width)
        case Ruled():
            made = _ruled(part, width)
        case TallyGrid():
            made = _tally_grid(part, width)
        case Labels():
            made = _labels(part, width)
        case Signatures():
            made = _signatures(part, width)
        case SigningList():
            made = _signing_list(part, width)
        case NewPage() | Bars():  # Word has no bars: the chart comes as PDF
            pass
    return made


def _letterhead(part: Letterhead, width: float) -> str:
    head = part.heading
    left_width = width - NATIONAL_WIDTH
    left = paragraph("", "TNDauTrang", '<w:spacing w:before="567"/>') if head.stamp else ""
    left += "".join(_head_line(line, left_width) for line in head.left)
    if head.secrecy:
        boxed = run(head.secrecy, bold=True, extra='<w:bdr w:val="single" w:sz="6" w:space="1" w:color="auto"/>')
        left += paragraph(boxed, "TNDauTrang", '<w:spacing w:before="60"/>')
    right = "".join(_head_line(line, NATIONAL_WIDTH) for line in head.right)
    right += paragraph(
        run(head.place_and_day, italic=True, extra='<w:sz w:val="26"/>'), "TNDauTrang", '<w:spacing w:before="120"/>'
    )
    cells = (cell(left, left_width, align="top"), cell(right, NATIONAL_WIDTH, align="top"))
    return table([row(cells)], (left_width, NATIONAL_WIDTH), lines="")


def _head_line(line: Line, width: float) -> str:
    underlined = '<w:u w:val="single"/>' if line.rule == "own_length" else ""
    drawn_line = paragraph(run(line.text, bold=line.bold, italic=line.italic, extra=underlined), "TNDauTrang")
    return drawn_line + _rule(line.rule, "TNDauTrang", width)


def _rule(rule: str, style: str, width: float) -> str:
    """Vạch ngắn dưới tên cơ quan hoặc trích yếu: a third of the line, an asterisk, or five hyphens."""
    if rule == "asterisk":
        return paragraph(run("*"), style)
    if rule == "hyphens":
        return paragraph(run("-----"), "TNGiua")
    if rule == "third":
        side = twips(width / 3)
        border = '<w:pBdr><w:top w:val="single" w:sz="5" w:space="1" w:color="auto"/></w:pBdr>'
        return paragraph("", "TNVach", f'{border}<w:spacing w:before="20"/><w:ind w:left="{side}" w:right="{side}"/>')
    return ""


def _title(part: Title, width: float) -> str:
    made = paragraph(run(part.kind), "TNTenLoai")
    gap = '<w:spacing w:after="120"/>' if part.rule == "none" else ""
    made += "".join(
        paragraph(run(line), "TNTrichYeu", gap if line == part.abstract[-1] else "") for line in part.abstract
    )
    return made + _rule(part.rule, "TNGiua", width)


def _paragraph(part: Paragraph) -> str:
    dash = run("- ") if part.role == "item" else ""
    return paragraph(dash + "".join(drawn(piece) for piece in part.runs), STYLE_OF[part.role])


def _results(part: Results, width: float) -> str:
    data, small = part.table, "Nho" if part.dense else ""
    whole = sum(part.widths)
    widths = tuple(width * share / whole for share in part.widths)
    rows = list(_head_rows(data.columns, widths, f"TNOTieuDe{small}"))
    last = data.rows()[-1] if data.rows() else None
    for block_of_rows in data.blocks:
        if block_of_rows.title:
            title = paragraph(run(block_of_rows.title, bold=True), "TNO", "<w:keepNext/>")
            rows.append(row([cell(title, sum(widths), span=len(widths))]))
        for cells in block_of_rows.rows:
            # The lines under the table never stand on a sheet without its last row.
            keep = "<w:keepNext/>" if cells is last else ""
            made = []
            for one, column, one_width in zip(cells, data.columns, widths, strict=True):
                text = run(one.text)
                if column.kind in ("number", "share"):
                    text = locked(one.key, text)
                style = "TNO" if column.kind in ("name", "post", "note") else "TNOGiua"
                made.append(cell(paragraph(text, style + small, keep), one_width))
            rows.append(row(made))
    notes = "".join(paragraph(run(note), "TNGhiChu") for note in data.notes)
    return table(rows, widths, side=0.4 if part.dense else 1) + notes


def _head_rows(columns: tuple[Column, ...], widths: tuple[float, ...], style: str) -> tuple[str, str]:
    upper, lower = [], []
    pairs = list(zip(columns, widths, strict=True))
    for title, members in groupby(pairs, key=lambda pair: pair[0].group):
        group = list(members)
        if title:
            wide = sum(one_width for _, one_width in group)
            upper.append(cell(paragraph(run(title), style), wide, span=len(group)))
            lower += [cell(paragraph(run(column.title), style), wide) for column, wide in group]
        else:
            for column, wide in group:
                upper.append(cell(paragraph(run(column.title), style), wide, merge="restart"))
                lower.append(cell(paragraph("", style), wide, merge="continue"))
    return row(upper, head=True), row(lower, head=True)


def _ruled(part: Ruled, width: float) -> str:
    whole = sum(part.widths)
    widths = [width * share / whole for share in part.widths]
    rows = [
        row(
            [cell(paragraph(run(title), "TNOTieuDe"), wide) for title, wide in zip(part.titles, widths, strict=True)],
            head=True,
        )
    ]
    for runs in part.rows:
        cells = [
            cell(paragraph(drawn(piece), "TNOGiua" if place in part.centred else "TNO"), wide)
            for place, (piece, wide) in enumerate(zip(runs, widths, strict=True))
        ]
        rows.append(row(cells, height=part.row_height))
    return table(rows, widths)


def _tally_grid(part: TallyGrid, width: float) -> str:
    order, total, sum_across = 10.0, 11.0, 15.0
    marks = min(27.0, (width - 2 * order - sum_across - 45) / len(part.outcomes) - total)
    name = width - 2 * order - sum_across - (total + marks) * len(part.outcomes)
    pairs = [wide for _ in part.outcomes for wide in (marks, total)]
    widths = [order, name, *pairs, sum_across, order]
    upper = [cell(paragraph(run("STT"), "TNOTieuDe"), order, merge="restart")]
    upper.append(cell(paragraph(run("Họ và tên"), "TNOTieuDe"), name, merge="restart"))
    upper += [cell(paragraph(run(title), "TNOTieuDe"), marks + total, span=2) for title in part.outcomes]
    upper.append(cell(paragraph(run("Cộng ngang"), "TNOTieuDe"), sum_across, merge="restart"))
    upper.append(cell(paragraph(run("STT"), "TNOTieuDe"), order, merge="restart"))
    lower = [cell(paragraph("", "TNOTieuDe"), wide, merge="continue") for wide in (order, name)]
    for _ in part.outcomes:
        lower.append(cell(paragraph(run("Vạch phiếu"), "TNOGiua"), marks))
        lower.append(cell(paragraph(run("Cộng"), "TNOTieuDe"), total))
    lower += [cell(paragraph("", "TNOTieuDe"), wide, merge="continue") for wide in (sum_across, order)]
    rows = [row(upper, head=True), row(lower, head=True)]
    for position, (number, person) in enumerate(part.rows, start=1):
        heavy = '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/>' if position % 5 == 0 else ""
        cells = [cell(paragraph(run(number, bold=True), "TNOGiua"), order, borders=heavy)]
        cells.append(cell(paragraph(run(person), "TNO"), name, borders=heavy))
        cells += [cell(paragraph("", "TNO"), wide, borders=heavy) for wide in pairs]
        cells.append(cell(paragraph(run(f"/ {part.pile}"), "TNOGiua"), sum_across, borders=heavy))
        cells.append(cell(paragraph(run(number, bold=True), "TNOGiua"), order, borders=heavy))
        rows.append(row(cells, height=9))
    # Two tables with nothing between them would become one in Word.
    return table(rows, widths) + paragraph("", "TNO")


def _labels(part: Labels, width: float) -> str:
    half = width / 2
    made = []
    for label in part.labels:
        lines = paragraph(run(label[0]), "TNNhanLon") + "".join(paragraph(run(line), "TNNhan") for line in label[1:])
        made.append(cell(lines, half))
    if len(made) % 2:
        made.append(cell(paragraph("", "TNNhan"), half))
    rows = [row(made[place : place + 2], height=62, exact=True) for place in range(0, len(made), 2)]
    return table(rows, (half, half), lines=CUT_LINES)


def _signatures(part: Signatures, width: float) -> str:
    half = width / 2
    sides = (part.left, part.right)
    rows = (
        row([cell(_signed_as(side), half, align="top") for side in sides]),
        row([cell(_signed_by(side), half, align="top") for side in sides]),
    )
    return paragraph("", "TNGhiChu", "<w:keepNext/>") + table(rows, (half, half), lines="")


def _signed_as(side: Signature | None) -> str:
    if side is None:
        return paragraph("", "TNKy")
    titles = "".join(paragraph(run(title, bold=True), "TNKy") for title in side.titles)
    return titles + paragraph(run(side.hint), "TNKyCho")


def _signed_by(side: Signature | None) -> str:
    return paragraph(drawn(side.name), "TNKy") if side is not None else paragraph("", "TNKy")


def _signing_list(part: SigningList, width: float) -> str:
    order = 9.0
    name = width - order - ROOM_TO_SIGN
    dotted = '<w:bottom w:val="dotted" w:sz="6" w:space="0" w:color="auto"/>'
    rows = []
    for number, (person, duty) in enumerate(part.people, start=1):
        shown = drawn(person) + (run(" – ") + drawn(duty) if duty.text else "")
        cells = (
            cell(paragraph(run(f"{number}."), "TNKyTen"), order, align="top"),
            cell(paragraph(shown, "TNKyTen"), name, align="top"),
            cell(paragraph("", "TNKyTen"), ROOM_TO_SIGN, borders=dotted, align="bottom"),
        )
        rows.append(row(cells, height=9.5))
    title = paragraph(run(part.title), "TNTrichYeu", '<w:spacing w:before="360"/>')
    return title + table(rows, (order, name, ROOM_TO_SIGN), lines="")
