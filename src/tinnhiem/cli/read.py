"""`tinnhiem read`: scanned ballots, page after page, to what stands on each line.

Contract: a page is read or refused, a line marked, blank or doubtful; the last two are for people and nothing is settled here. Pages are told in the order
given. A file that is no picture is told and the others are read (exit 3); 2 where nothing was read. Totals are written only when no page and no line is open.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from tinnhiem.cli import files
from tinnhiem.cli.ballot_input import FILE, LaidOut, laid_out, layouts_read
from tinnhiem.cli.errors import ClusterUndecided
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.reading_document import ReadScans, document, show
from tinnhiem.cli.scan_files import ProofFolder, scans_of
from tinnhiem.cli.scan_totals import totals
from tinnhiem.cli.voice import answer, counting, json_option, progress, say, tell
from tinnhiem.errors import Faults
from tinnhiem.executors import cores, executor
from tinnhiem.paper.scan.read_files import CountedScan, Picture, Piece, Scan, count_scans, packed, pieces, read_pieces

SOME_FILES_REFUSED = 3
FILES_AT_ONCE = 8
"""Files under way on a cluster, whose workers are not counted here."""
FEW_PAGES = 40
"""Up to so many pages are read sooner here than by processes that have to start first."""


@click.command("read", cls=HelpPage)
@click.argument("round_path", metavar="ROUND.toml", type=FILE)
@click.argument("given", metavar="SCAN…", type=FILE, nargs=-1, required=True)
@json_option
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình cùng đọc (mặc định theo số nhân của máy)."
)
@click.option("--cluster", default="", metavar="ĐỊA-CHỈ", help="Đọc trên cụm máy Dask, dạng tls://máy:8786.")
@click.option("--proof", type=FILE, metavar="THƯ-MỤC", help="Ghi ảnh nhỏ của từng trang kèm kết quả đọc.")
@click.option("--rows-out", type=FILE, metavar="TỆP", help="Ghi ROWS.csv khi không còn chỗ nào cần người xem.")
def command(
    round_path: Path,
    given: tuple[Path, ...],
    *,
    as_json: bool,
    jobs: int | None,
    cluster: str,
    proof: Path | None,
    rows_out: Path | None,
) -> int:
    """Đọc ảnh quét phiếu: tệp PDF, JPEG, PNG, TIFF, hoặc thư mục chứa các tệp ấy.

    Máy chỉ nhận dòng có đúng một ô đánh dấu rõ; dòng khác và trang không nhận ra để người xem, kèm lý do.
    """
    if rows_out is not None:
        files.check_outputs((rows_out,), (round_path, *given))
    made = laid_out(round_path)
    if cluster and not made.form.rehearsal and not made.round.file.cluster_decision:
        raise ClusterUndecided(made.round.name)
    found, faults = scans_of(given)
    with progress("Đang mở tệp…"):
        counted, refused = count_scans([Scan(name=name, source=path) for name, path in found])
    faults += refused
    if not counted:
        raise Faults(faults)
    proofs = ProofFolder(proof) if proof is not None else None
    for fault in faults:
        tell(fault, as_json=as_json)
    usual = 1 if sum(one.pages for one in counted) <= FEW_PAGES else cores()
    result = _read(made, counted, jobs or usual, cluster, proofs)
    if as_json:
        answer(document(result))
    else:
        show(made, result)
    if rows_out is not None:
        files.write_all({rows_out: totals(made, result, str(rows_out), files_refused=len(faults))})
        if not as_json:
            say(f"Đã ghi {rows_out}")
    return SOME_FILES_REFUSED if faults else 0


def _read(
    made: LaidOut, scans: tuple[CountedScan, ...], jobs: int, cluster: str, proofs: ProofFolder | None
) -> ReadScans:
    from tinnhiem.paper.scan.duplicates import find_duplicates

    picture: Picture | None = None
    if proofs is not None:
        from tinnhiem.paper.scan.proof import proof_png

        picture = proof_png
    total = sum(one.pages for one in scans)
    work: Iterable[Piece] = pieces(scans, packed(layouts_read(made)), picture=picture, whole=bool(cluster))
    if cluster:
        work, jobs = map(_with_bytes, work), max(jobs, FILES_AT_ONCE)
    begun = time.perf_counter()
    pages = []
    with executor(jobs, cluster) as pool:
        for page in counting(read_pieces(work, pool, jobs), total, "trang"):
            if proofs is not None:
                proofs.add(page.picture)
            pages.append(page.without_picture())
    duplicates = find_duplicates([page.reading for page in pages])
    return ReadScans(pages=tuple(pages), duplicates=tuple(duplicates), seconds=time.perf_counter() - begun)


def _with_bytes(piece: Piece) -> Piece:
    """Workers of a cluster hold none of our files: the bytes travel with the work, when its turn comes."""
    assert isinstance(piece.scan.source, Path)  # noqa: S101 - the command line is given paths
    return msgspec.structs.replace(
        piece, scan=msgspec.structs.replace(piece.scan, source=piece.scan.source.read_bytes())
    )
