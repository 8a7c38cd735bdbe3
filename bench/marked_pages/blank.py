"""Phiếu trắng: the blank ballot as grey pixels at 400 dpi, and where its boxes and names are.

Contract: everything is read from the printed PDF and from the JSON of `tinnhiem layout`; positions are millimetres from the page's top-left
corner. The code and the lines of type are found in the pixels, since the JSON says nothing of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import msgspec
import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray

DPI = 400
MM = DPI / 25.4
"""Pixels a millimetre of a blank."""

Pixels = NDArray[np.uint8]
GAP = 4.0
"""White between two words of a name is narrower, mm; between a name and what stands beside it wider."""
CLI = "from tinnhiem.cli.main import main; main()"


class Frame(NamedTuple):
    """Một khung, millimetres: top-left corner, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.w / 2, self.y + self.h / 2


class BlankRow(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng của phiếu. `words`: where type stands in the name cell, line by line, each line parted at wide gaps; the name comes first."""

    line: int
    name: Frame
    boxes: dict[str, Frame]
    words: tuple[Frame, ...]


class BlankPage(msgspec.Struct, frozen=True, kw_only=True):
    """Một mặt phiếu chưa đánh. `grey` is read-only, 400 dpi; `code` None where no QR was found."""

    type: str | None
    page: int
    grey: Pixels
    rows: tuple[BlankRow, ...]
    markers: tuple[Frame, ...]
    code: Frame | None


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """Phiếu trắng của một đợt: every side of every type, in the order of the layout."""

    page_mm: tuple[float, float]
    pages: tuple[BlankPage, ...]

    @property
    def types(self) -> tuple[str | None, ...]:
        """Ballot types, in order."""
        return tuple(dict.fromkeys(page.type for page in self.pages))

    def sides(self, ballot: str | None) -> tuple[BlankPage, ...]:
        """The sides of one type."""
        return tuple(page for page in self.pages if page.type == ballot)


def load(pdf: Path, layout: dict[str, Any]) -> Blank:
    """Dựng phiếu trắng từ PDF đã in và tọa độ. Raises `ValueError` where the PDF has another number of pages than the layout."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != len(layout["pages"]):
            msg = f"{pdf}: {len(document)} pages printed, {len(layout['pages'])} in the layout"
            raise ValueError(msg)
        pages = tuple(_page(document[i], told) for i, told in enumerate(layout["pages"]))
    finally:
        document.close()
    return Blank(page_mm=(layout["page_mm"][0], layout["page_mm"][1]), pages=pages)


def of_round(round_file: Path) -> Blank:
    """Phiếu trắng của ROUND.toml, by the two commands an office would use."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "ballots.pdf"
        _tinnhiem("ballots", str(round_file), "--out", str(pdf))
        return load(pdf, json.loads(_tinnhiem("layout", str(round_file), "--json")))


def _tinnhiem(*words: str) -> str:
    done = subprocess.run([sys.executable, "-c", CLI, *words], capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        msg = f"tinnhiem {' '.join(words)}: {done.stderr.strip()}"
        raise RuntimeError(msg)
    return done.stdout


def _page(printed: Any, told: dict[str, Any]) -> BlankPage:
    grey = printed.render(scale=DPI / 72, grayscale=True).to_numpy()
    grey = np.ascontiguousarray(grey[:, :, 0] if grey.ndim == 3 else grey)
    grey.setflags(write=False)
    return BlankPage(
        type=told.get("type"),
        page=told["page"],
        grey=grey,
        rows=tuple(_row(grey, row) for row in told["rows"]),
        markers=tuple(Frame(x, y, size, size) for x, y, size in told["markers"]),
        code=_code(grey),
    )


def _row(grey: Pixels, told: dict[str, Any]) -> BlankRow:
    name = Frame(*told["name_box"])
    boxes = {choice: Frame(*box) for choice, box in told["boxes"].items()}
    return BlankRow(line=told["line"], name=name, boxes=boxes, words=_words(grey, name))


def _words(grey: Pixels, cell: Frame) -> tuple[Frame, ...]:
    """Where letters stand in a cell: rules and light shading are left out."""
    x0, y0 = int(cell.x * MM), int(cell.y * MM)
    inside = grey[y0 : int((cell.y + cell.h) * MM), x0 : int((cell.x + cell.w) * MM)]
    dark = inside < 100
    dark[dark.mean(axis=1) > 0.5] = False
    filled = dark.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    found = []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if bottom - top < 1.2 * MM:  # a diacritic that stands alone
            continue
        columns = np.flatnonzero(dark[top:bottom].any(axis=0))
        parts = np.split(columns, np.flatnonzero(np.diff(columns) > GAP * MM) + 1)
        found += [
            Frame((x0 + int(p[0])) / MM, (y0 + int(top)) / MM, int(p[-1] - p[0]) / MM, int(bottom - top) / MM)
            for p in parts
        ]
    return tuple(found)


def _code(grey: Pixels) -> Frame | None:
    found = zxingcpp.read_barcodes(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    if not found:
        return None
    spot = found[0].position
    corners = [
        (p.x * 2 / MM, p.y * 2 / MM) for p in (spot.top_left, spot.top_right, spot.bottom_right, spot.bottom_left)
    ]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return Frame(left, top, max(x for x, _ in corners) - left, max(y for _, y in corners) - top)
