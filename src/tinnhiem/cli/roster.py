"""`tinnhiem roster`: a roster read as an import would read it, without keeping anything.

Contract: the document holds who was understood and every fault by its cell; exit 0 where the list could be saved whole, else 2. With
`--json` the document is printed in both cases, and each fault is a line on stderr as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tinnhiem.cli import files
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.voice import answer, draw, json_option, progress, say
from tinnhiem.errors import Faults, TinnhiemError

if TYPE_CHECKING:
    from tinnhiem.roster import SheetKind


@click.command("roster", cls=HelpPage)
@click.argument("path", metavar="TỆP.xlsx", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--kind",
    type=click.Choice(["subjects", "voters", "board"]),
    help="Loại danh sách, khi tệp không nói rõ: người được lấy phiếu, người ghi phiếu, ban kiểm phiếu.",
)
@json_option
def command(path: Path, kind: SheetKind | None, *, as_json: bool) -> None:
    """Đọc thử danh sách từ tệp .xlsx, .xls hoặc .ods và chỉ ra ô cần sửa. Không lưu gì."""
    from tinnhiem import roster
    from tinnhiem.roster.file_checks import MAX_BYTES

    try:
        content = files.read(path, MAX_BYTES)
        with progress("Đang đọc danh sách…"):
            book = roster.read_bytes(content, path.name, kind)
    except TinnhiemError as refusal:
        if as_json:
            answer({"people": [], "faults": [one.as_dict() for one in refusal.each()], "notes": []})
        raise
    notes = [*book.notes, *(note for one in book.rosters for note in one.notes)]
    if as_json:
        plain = [
            {"code": note.code, "where": note.where, "message": note.message, "message_en": note.message_en}
            for note in notes
        ]
        answer(roster.as_json(book) | {"notes": plain})
    else:
        for one in book.rosters:
            rows = [
                [
                    str(person.line),
                    person.full_name,
                    person.birth.typed if person.birth else "",
                    person.post,
                    person.unit,
                ]
                for person in one.people
            ]
            draw(["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"], rows, title=one.sheet, numbers=(0,))
        for note in notes:
            say(f"Lưu ý: {note.where + ': ' if note.where else ''}{note.message}")
    if book.faults:
        raise Faults(book.faults)
