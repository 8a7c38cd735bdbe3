"""Bảng trên màn hình: the table of results as an HTML fragment.

Contract: the very cells that are printed, escaped, with the key of each figure in `data-key`; header cells are told to screen readers. No style, no
script, no address: the page around it brings them.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

from tinnhiem.documents.figures import Cell, Column, Table


def draw(table: Table) -> str:
    """Bảng kết quả dạng HTML."""
    upper, lower = _head(table.columns)
    bodies = []
    for block in table.blocks:
        rows = (
            [f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{escape(block.title)}</th></tr>']
            if block.title
            else []
        )
        rows += [_row(cells, table.columns) for cells in block.rows]
        bodies.append("\n".join(("<tbody>", *rows, "</tbody>")))
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    return (
        f'<table class="results">\n<caption>{escape(table.title)}</caption>\n<thead>\n<tr>{upper}</tr>\n<tr>{lower}</tr>\n</thead>\n'
        + "\n".join(bodies)
        + f"\n</table>\n{notes}\n"
    )


def _head(columns: tuple[Column, ...]) -> tuple[str, str]:
    upper, lower = [], []
    for group, members in groupby(columns, key=lambda column: column.group):
        titles = [escape(column.title) for column in members]
        if group:
            upper.append(f'<th scope="colgroup" colspan="{len(titles)}">{escape(group)}</th>')
            lower += [f'<th scope="col">{title}</th>' for title in titles]
        else:
            upper += [f'<th scope="col" rowspan="2">{title}</th>' for title in titles]
    return "".join(upper), "".join(lower)


def _row(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    made = []
    for cell, column in zip(cells, columns, strict=True):
        tag, scope = ("th", ' scope="row"') if column.kind == "name" else ("td", "")
        made.append(f'<{tag}{scope} class="{column.kind}" data-key="{escape(cell.key)}">{escape(cell.text)}</{tag}>')
    return f"<tr>{''.join(made)}</tr>"
