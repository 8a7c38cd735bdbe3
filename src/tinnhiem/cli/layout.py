"""`tinnhiem layout`: where everything stands on the ballots of a round.

Contract: places are millimetres of top-left corners from the page's top-left at 100 %; pages stand in the order in which they are printed. With `--json`
other programs draw and read the same sheets by it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tinnhiem.cli.ballot_input import FILE, laid_out, large_print_option
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.voice import answer, draw, json_option, say
from tinnhiem.paper.drawing import Area
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout, Side


@click.command("layout", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@large_print_option
@json_option
def command(round_path: Path, *, large_print: bool, as_json: bool) -> None:
    """Xem bố cục phiếu: mỗi mặt có những dòng nào; với --json, thêm vị trí từng ô.

    Số đo tính bằng milimét từ góc trên bên trái của trang in đúng 100 %.
    """
    made = laid_out(round_path, large_print=large_print)
    if as_json:
        answer(layout_document(made.layout))
    else:
        _show(made.layout, {kind.id: kind.title for kind in made.round.file.types})


def layout_document(layout: SheetLayout) -> dict[str, Any]:
    """Bố cục → tài liệu JSON."""
    return {"hash": layout.hash, "page_mm": list(layout.page_mm), "pages": [_page(side) for side in layout.pages]}


def _page(side: Side) -> dict[str, Any]:
    return {
        "type": side.ballot,
        "page": side.page,
        "markers": [[marker.x, marker.y, marker.size] for marker in side.markers],
        "rows": [
            {
                "line": row.line,
                "name_box": _corner_and_size(row.name),
                "boxes": {box.choice: _corner_and_size(box.area) for box in row.boxes},
            }
            for row in side.rows
        ],
    }


def _corner_and_size(area: Area) -> list[float]:
    return [area.x, area.y, area.w, area.h]


def _show(layout: SheetLayout, titles: dict[str | None, str]) -> None:
    width, height = layout.page_mm
    rows = [
        [
            titles[side.ballot] or side.ballot or "–",
            f"{side.page}/{side.sides}",
            f"{side.rows[0].line}–{side.rows[-1].line}",
            "có" if side.signature is not None else "–",
        ]
        for side in layout.pages
    ]
    draw(["Loại phiếu", "Mặt", "Dòng", "Chỗ ký"], rows, title=f"Khổ giấy {width:g} × {height:g} mm")
    say(f"Mã bố cục in trên phiếu: {layout.hash[:HASH_SHOWN].upper()}")
