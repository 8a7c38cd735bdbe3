"""`tinnhiem tabulate`: from ROUND.toml and ROWS.csv to a result, its papers and its fingerprint.

Contract: the same tally gives the same fingerprint here as at the web desk. The files asked for are made first and written together, all
or none; only then is the answer printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from tinnhiem.cli import files
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.result_document import result_document
from tinnhiem.cli.round_input import Counted, counted
from tinnhiem.cli.voice import answer, draw, json_option, progress, say
from tinnhiem.law.rulebook import Style
from tinnhiem.poll.record import LineResult, canonical, fingerprint, short_code
from tinnhiem.poll.remarks import sentence

FILE = click.Path(path_type=Path, readable=False)


@click.command("tabulate", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@click.argument("rows_path", metavar="ROWS.csv", type=FILE)
@json_option
@click.option("--docx", type=FILE, metavar="TỆP", help="Ghi biên bản kiểm phiếu dạng Word.")
@click.option("--pdf", type=FILE, metavar="TỆP", help="Ghi biên bản kiểm phiếu dạng PDF.")
@click.option("--xlsx", type=FILE, metavar="TỆP", help="Ghi bảng kết quả dạng Excel.")
@click.option("--record", type=FILE, metavar="TỆP", help="Ghi bản ghi kết quả để đối chiếu mã băm.")
@click.option(
    "--style",
    type=click.Choice(["party", "state"]),
    help="Thể thức văn bản: Đảng hoặc Nhà nước (mặc định theo cơ quan ban hành quy định).",
)
def command(
    round_path: Path,
    rows_path: Path,
    *,
    as_json: bool,
    docx: Path | None,
    pdf: Path | None,
    xlsx: Path | None,
    record: Path | None,
    style: Style | None,
) -> None:
    """Lập kết quả từ số phiếu của từng người.

    ROUND.toml nêu bộ quy tắc, tổ chức, ngày và các con số của cuộc họp; ROWS.csv nêu số phiếu từng người.
    """
    asked: tuple[tuple[Literal["docx", "pdf", "xlsx"], Path | None], ...] = (
        ("docx", docx),
        ("pdf", pdf),
        ("xlsx", xlsx),
    )
    papers = {file_format: path for file_format, path in asked if path is not None}
    outputs = [*papers.values(), *([record] if record is not None else [])]
    files.check_outputs(outputs, (round_path, rows_path))
    result = counted(round_path, rows_path)
    contents: dict[Path, bytes] = {}
    if papers:
        from tinnhiem.cli.papers import paper

        with progress("Đang lập văn bản…"):
            contents |= {path: paper(result, file_format, style) for file_format, path in papers.items()}
    if record is not None:
        contents[record] = canonical(result.record)
    files.write_all(contents)
    if as_json:
        answer(result_document(result.record))
    else:
        _show(result)
        for path in outputs:
            say(f"Đã ghi {path}")


def _show(result: Counted) -> None:
    book, record = result.book, result.record
    say(f"{record.body} – {book.symbol.value} – ngày {record.date:%d/%m/%Y}")
    headings = ["Dòng", "Họ và tên", "Chức vụ", "Không hợp lệ"]
    for choice in book.choices:
        headings += [choice.label, "%"]
    headings += ["Kết luận", "Điều khoản"]
    for kind in record.types:
        draw(
            headings,
            [_cells(line) for line in record.lines if line.ballot == kind.ballot],
            title=kind.title or kind.ballot or "",
            numbers=(0, *range(3, len(headings) - 2)),
        )
    say(f"Tỷ lệ tính trên {book.base.label}; tổng các tỷ lệ có thể không bằng 100 %.")
    for one in record.equations:
        if not one.holds:
            say(f"KHÔNG KHỚP: {one.name} ({one.left} ≠ {one.right})")
    for remark in record.remarks:
        say(f"Lưu ý: {sentence(remark)}")
    say(f"Mã đối chiếu: {short_code(fingerprint(record))}")


def _cells(line: LineResult) -> list[str]:
    invalid = "–" if line.invalid is None else str(line.invalid)
    cells = [str(line.line), line.name, line.post, invalid]
    for code, number in line.counts.items():
        cells += [str(number), line.printed[code] or "–"]
    binding = line.binding
    return [*cells, binding.label, binding.clause or ""]
