"""Ghi một lô phiếu đánh tay ra thư mục: `python -m bench.marked_pages --round R.toml --out DIR --sheets 50 --condition feeder --seed 1`.

Contract: one file a page (or a sheet, or the lot, as asked), named by seed and side, and `truth.json` that says what is in each.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import msgspec

from bench.marked_pages import blank, files, scanner
from bench.marked_pages.sheet import Manner, MarkedSheet, make_sheet


def main() -> None:
    """Đọc lệnh, làm phiếu, ghi tệp."""
    ask = argparse.ArgumentParser(prog="python -m bench.marked_pages", description=__doc__.splitlines()[0])
    source = ask.add_mutually_exclusive_group(required=True)
    source.add_argument("--round", type=Path, help="ROUND.toml")
    source.add_argument("--blank", type=Path, nargs=2, metavar=("PDF", "JSON"), help="printed ballot and its layout")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--sheets", type=int, default=50)
    ask.add_argument("--condition", choices=sorted(scanner.CONDITIONS), default="feeder")
    ask.add_argument("--seed", type=int, default=0, help="of the first sheet; the next ones count on")
    ask.add_argument(
        "--gather", choices=("no", "sheet", "all"), default="no", help="JPEG pages into PDF, G4 pages into TIFF"
    )
    ask.add_argument("--doubtful", type=float, default=Manner().doubtful, help="share of rows")
    ask.add_argument("--blank-rows", type=float, default=Manner().blank, help="share of rows")
    ask.add_argument("--signed", type=float, default=Manner().signed, help="share of sheets")
    told = ask.parse_args()
    form = (
        blank.of_round(told.round)
        if told.round
        else blank.load(told.blank[0], json.loads(told.blank[1].read_text(encoding="utf-8")))
    )
    manner = Manner(doubtful=told.doubtful, blank=told.blank_rows, signed=told.signed)
    told.out.mkdir(parents=True, exist_ok=True)
    sheets = [make_sheet(form, told.seed + i, told.condition, manner=manner) for i in range(told.sheets)]
    truth = write(sheets, told.out, told.gather, form.page_mm)
    (told.out / "truth.json").write_bytes(msgspec.json.format(msgspec.json.encode(truth), indent=1))


def write(
    sheets: list[MarkedSheet], folder: Path, gather: str, page_mm: tuple[float, float]
) -> list[dict[str, object]]:
    """Ghi ảnh; the truth of each sheet with the file and the place in it of every side."""
    if gather == "all":
        name, content = _gathered([page for sheet in sheets for page in sheet.pages], "all", sheets[0].suffix, page_mm)
        (folder / name).write_bytes(content)
    truth, before = [], 0
    for sheet in sheets:
        stem = f"{sheet.truth.condition}-{sheet.truth.seed:06d}"
        places: list[dict[str, object]]
        if gather == "all":
            places = [{"file": name, "index": before + i} for i in range(len(sheet.pages))]
        elif gather == "sheet":
            one, content = _gathered(list(sheet.pages), stem, sheet.suffix, page_mm)
            (folder / one).write_bytes(content)
            places = [{"file": one, "index": i} for i in range(len(sheet.pages))]
        else:
            places = [{"file": f"{stem}-{i + 1}{sheet.suffix}", "index": 0} for i in range(len(sheet.pages))]
            for place, page in zip(places, sheet.pages, strict=True):
                (folder / str(place["file"])).write_bytes(page)
        before += len(sheet.pages)
        told = msgspec.to_builtins(sheet.truth)
        told["pages"] = [place | page for place, page in zip(places, told["pages"], strict=True)]
        truth.append(told)
    return truth


def _gathered(pages: list[bytes], stem: str, suffix: str, page_mm: tuple[float, float]) -> tuple[str, bytes]:
    if suffix == ".tif":
        return f"{stem}.tif", files.gathered_tiff(pages)
    if suffix == ".jpg":
        return f"{stem}.pdf", files.gathered_pdf(pages, page_mm)
    msg = f"{suffix} pages are not gathered"
    raise SystemExit(msg)


if __name__ == "__main__":
    main()
