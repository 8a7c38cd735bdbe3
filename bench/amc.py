"""So với Auto Multiple Choice: the same hands and scanners on AMC's own form, read by AMC, beside our reader on ours.

    python -m bench.amc --seeds 100000:100030 --conditions feeder harsh phone

Contract: AMC (Debian's `auto-multiple-choice`, with LaTeX) is only started, never copied from; its form has as many rows a side, boxes of the same size and
its own corner marks, and bears no seal, which would lie on its page number. A box is ticked where AMC measures more black than 0.15, the threshold of its manual
for crosses; since thin pens stay below that, the same measures are also judged at a kinder one. AMC has no word for doubt: no box ticked is a blank row, two are "over", and nobody is asked; pages it doubts itself (fit worse than 3) are counted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from bench.marked_pages import blank
from bench.marked_pages.scanner import CONDITIONS
from bench.marked_pages.sheet import Manner, MarkedSheet, make_sheet
from bench.page_goals import Outcome, aligned
from bench.page_judge import PageAnswer, RowAnswer, Tally, judge
from bench.read_pages import measured, seeds
from bench.results_page import indented, measured_on, write_section

SECTION = "amc"
COMMAND = "auto-multiple-choice"
THRESHOLDS = (0.15, 0.07)
FIT_LIMIT = 3.0
CHOICES = ("high", "medium", "low")
A_SIDE = 15
INCH = 25.4
FORM = r"""\documentclass[a4paper,12pt]{article}
\usepackage[T1]{fontenc}
\usepackage[box,nowatermark]{automultiplechoice}
\AMCboxDimensions{size=5mm,rule=.3mm}
\def\AMCbeginQuestion#1#2{\noindent}
\newcommand{\voter}[2]{\begin{question}{l#1}\hbox to \linewidth{\makebox[8mm][r]{#1}\quad\makebox[74mm][l]{#2}\hskip 8mm
\begin{choicescustom}[o]\correctchoice{\hskip 17mm}\wrongchoice{\hskip 17mm}\wrongchoice{}\end{choicescustom}\hss}\end{question}}
\parindent=0pt\parskip=0pt
\begin{document}
\onecopy{1}{
\noindent\textbf{Phieu tin nhiem}\par\vspace{5mm}
%ROWS%
}
\end{document}
"""


class Form(NamedTuple):
    """Mẫu phiếu của AMC: its folder, its blank, its rows by (page, question)."""

    folder: Path
    blank: blank.Blank


def main() -> None:
    """Đọc lệnh, chạy cả hai, in cạnh nhau."""
    ask = argparse.ArgumentParser(prog="python -m bench.amc", description=__doc__.splitlines()[0])
    ask.add_argument("--seeds", type=seeds, default=range(100_000, 100_050), metavar="FROM:TO")
    ask.add_argument(
        "--conditions", nargs="+", choices=sorted(CONDITIONS), default=["clean", "feeder", "harsh", "g4", "phone"]
    )
    ask.add_argument("--names", type=int, default=30)
    ask.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    told = ask.parse_args()
    if shutil.which(COMMAND) is None or shutil.which("pdflatex") is None:
        print(
            "AMC is not installed here (Debian: apt-get install auto-multiple-choice), so there is nothing to compare with."
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        form = _form(Path(folder), told.names)
        theirs = [_amc(form, condition, told.seeds) for condition in told.conditions]
    ours = measured(told.seeds, told.conditions, names=told.names, twice=False)
    text = _text(ours, theirs)
    print(text)
    if told.write:
        write_section(SECTION, _section(told, text))


def _form(folder: Path, names: int) -> Form:
    """Phiếu của AMC, and where AMC says that its boxes are."""
    rows = [rf"\voter{{{i}}}{{Nguyen Van Ten {i}\hfill\small Uy vien Uy ban}}" for i in range(1, names + 1)]
    for at in range(A_SIDE, names, A_SIDE):
        rows[at] = r"\clearpage " + rows[at]
    (folder / "form.tex").write_text(FORM.replace("%ROWS%", "\n".join(rows)), encoding="ascii", newline="\n")
    for inner in ("data", "cr", "scans"):
        (folder / inner).mkdir()
    built = ["--out-sujet", "form.pdf", "--out-corrige", "key.pdf", "--out-calage", "places.xy"]
    _run(
        folder,
        "prepare",
        "--mode",
        "s",
        "--prefix",
        "./",
        "--with",
        "pdflatex",
        "--filter",
        "latex",
        "--data",
        "data",
        *built,
        "form.tex",
    )
    _run(folder, "meptex", "--src", "places.xy", "--data", "data")
    return Form(folder, blank.load(folder / "form.pdf", _places(folder)))


def _places(folder: Path) -> dict[str, Any]:
    """AMC's layout as the JSON of `tinnhiem layout` has it."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "layout.sqlite")) as data:
        sizes = data.execute("SELECT page, dpi, width, height FROM layout_page ORDER BY page").fetchall()
        marks = data.execute("SELECT page, x, y FROM layout_mark ORDER BY page, corner").fetchall()
        boxes = data.execute(
            "SELECT page, question, answer, xmin, ymin, xmax, ymax FROM layout_box ORDER BY page, question, answer"
        ).fetchall()
    pages = []
    for page, dpi, _, _ in sizes:
        mm = INCH / dpi
        rows: dict[int, dict[str, list[float]]] = {}
        for at, question, answer, x0, y0, x1, y1 in boxes:
            if at == page:
                rows.setdefault(question, {})[CHOICES[answer - 1]] = [x0 * mm, y0 * mm, (x1 - x0) * mm, (y1 - y0) * mm]
        told = [{"line": line, "name_box": _name_box(where), "boxes": where} for line, where in rows.items()]
        corners = [[x * mm - 2, y * mm - 2, 4.0] for at, x, y in marks if at == page]
        pages.append({"type": None, "page": page, "markers": corners, "rows": told})
    return {"page_mm": [sizes[0][2] * INCH / sizes[0][1], sizes[0][3] * INCH / sizes[0][1]], "pages": pages}


def _name_box(boxes: dict[str, list[float]]) -> list[float]:
    x, y, _, high = boxes[CHOICES[0]]
    return [x - 84, y - 1, 78.0, high + 2]


class Theirs(NamedTuple):
    """Kết quả của AMC ở một ngưỡng. `fit_doubted`: pages whose fit AMC itself finds poor."""

    threshold: float
    tally: Tally
    processor_seconds: float
    fit_doubted: int


def _amc(form: Form, condition: str, wanted: range) -> list[Theirs]:
    """Một điều kiện qua AMC: every page into one project, read afresh, judged at each threshold."""
    for name in ("data/capture.sqlite", "scans", "cr"):
        path = form.folder / name
        if path.is_dir():
            shutil.rmtree(path)
            path.mkdir()
        else:
            path.unlink(missing_ok=True)
    sheets: list[MarkedSheet] = []
    names = []
    incoming = form.folder / "in"
    incoming.mkdir(exist_ok=True)
    for seed in wanted:
        sheet = make_sheet(form.blank, seed, condition, manner=Manner(stamped=0, signed=0))
        for number, page in enumerate(sheet.pages):
            path = incoming / f"{condition}-{seed}-{number + 1}{sheet.suffix}"
            path.write_bytes(page)
            names.append(str(path))
        sheets.append(MarkedSheet(pages=(), suffix=sheet.suffix, truth=sheet.truth))
    (form.folder / "list.txt").write_text("\n".join(names) + "\n", encoding="utf-8", newline="\n")
    before = os.times()
    _run(form.folder, "getimages", "--list", "list.txt", "--copy-to", "scans", "--orientation", "portrait")
    _run(
        form.folder,
        "analyse",
        "--projet",
        ".",
        "--data",
        "data",
        "--cr",
        "cr",
        "--multiple",
        "--n-procs",
        "1",
        "--liste-fichiers",
        "list.txt",
    )
    after = os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    shutil.rmtree(incoming)
    return [_judged(form.folder, threshold, sheets, seconds) for threshold in THRESHOLDS]


def _judged(folder: Path, threshold: float, sheets: list[MarkedSheet], seconds: float) -> Theirs:
    tally = Tally()
    answers, doubted = _answers(folder, threshold)
    for sheet in sheets:
        for number, truth in enumerate(sheet.truth.pages):
            told = sheet.truth
            judge(
                tally,
                truth,
                answers.get(f"{told.condition}-{told.seed}-{number + 1}", PageAnswer(refused="no capture")),
            )
    return Theirs(threshold, tally, seconds, doubted)


def _answers(folder: Path, threshold: float) -> tuple[dict[str, PageAnswer], int]:
    """What AMC captured of each file, and how many pages it doubts itself."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "capture.sqlite")) as data:
        pages = data.execute("SELECT student, page, copy, src, mse FROM capture_page").fetchall()
        zones = data.execute(
            "SELECT student, page, copy, id_a, id_b, black * 1.0 / total FROM capture_zone WHERE type = 4 AND total > 0"
        ).fetchall()
    ticked: dict[tuple[int, int, int], dict[int, list[str]]] = {}
    for student, page, copy, question, answer, share in zones:
        row = ticked.setdefault((student, page, copy), {}).setdefault(question, [])
        if share > threshold:
            row.append(CHOICES[answer - 1])
    answers = {}
    for student, page, copy, source, _ in pages:
        rows = tuple(
            RowAnswer(line=line, choice=_decided(boxes))
            for line, boxes in ticked.get((student, page, copy), {}).items()
        )
        answers[Path(source).stem.removeprefix("rotated-")] = PageAnswer(type=None, page=page, rows=rows)
    return answers, sum(1 for *_, mse in pages if mse is not None and mse > FIT_LIMIT)


def _decided(boxes: list[str]) -> str:
    if not boxes:
        return "blank"
    return boxes[0] if len(boxes) == 1 else "over"


def _run(folder: Path, *words: str) -> None:
    with (folder / "amc.log").open("ab") as log:
        done = subprocess.run([COMMAND, *words], cwd=folder, check=False, stdout=log, stderr=log)
    if done.returncode and words[0] != "analyse":  # which ends so where a page was not recognised
        tail = (folder / "amc.log").read_text(encoding="utf-8", errors="replace")[-2000:]
        sys.exit(f"auto-multiple-choice {words[0]} ended with {done.returncode}\n{tail}")


def _text(ours: list[Outcome], theirs: list[list[Theirs]]) -> str:
    heads = ["condition", "reader", "pages", "failed", "clear", "misread", "as blank", "as two", "another", "to people"]
    table = [[*heads, "doubtful", "decided silently", "against", "ms/page", "fit doubted"]]
    for own, others in zip(ours, theirs, strict=True):
        table.append([own.condition, "tinnhiem", *_figures(own.tally, own.processor_seconds), ""])
        table += [
            [
                own.condition,
                f"AMC {one.threshold:.2f}",
                *_figures(one.tally, one.processor_seconds),
                str(one.fit_doubted),
            ]
            for one in others
        ]
    return aligned(table, left=2)


def _section(told: argparse.Namespace, text: str) -> str:
    version = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Version}", COMMAND], capture_output=True, check=False, encoding="utf-8"
    ).stdout.strip()
    return (
        "## Bên cạnh Auto Multiple Choice · Beside Auto Multiple Choice\n\n"
        f"`python -m bench.amc --seeds {told.seeds.start}:{told.seeds.stop} --names {told.names}`, AMC {version or '–'}. {measured_on()}.\n\n"
        "Cùng những bàn tay và máy quét ấy trên mẫu phiếu của AMC, không đóng dấu, và trên phiếu của ta; AMC ở hai ngưỡng. AMC không hỏi người: dòng nghi vấn nào cũng tự quyết. "
        "*The same hands and scanners on AMC's own form, without a stamp, and on ours; AMC at two thresholds. AMC asks nobody: it decides every doubtful row by itself.*\n\n"
        f"{indented(text)}"
    )


def _figures(tally: Tally, seconds: float) -> list[str]:
    wrong = [tally.misread_as[seen] for seen in ("blank", "over", "another choice")]
    figures = [tally.pages, tally.refused.total(), tally.clear, tally.misread.total(), *wrong, tally.flagged.total()]
    figures += [tally.doubtful, tally.silent, tally.silent_against.total()]
    return [*(str(figure) for figure in figures), f"{1000 * seconds / max(tally.pages, 1):.0f}"]


if __name__ == "__main__":
    main()
