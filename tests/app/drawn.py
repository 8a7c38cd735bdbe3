"""Phiếu quét có hình thật cho các bài thử của bàn xem phiếu và dải ô: the round's own ballot, printed, crossed and photographed.

What is read of a page is told, as in `tests.app.scanned`; its picture shows the same marks, so that crops show what they ought to.
"""

from __future__ import annotations

import hashlib
import random
from functools import lru_cache

import cv2
import msgspec
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from tests.app import scanned
from tests.app.scanned import ScanScene
from tests.web.scanned import PER_MM, cross
from tinnhiem.app.actions import scanning
from tinnhiem.app.models import Batch, Round, Scan
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.paper import print as ballot_print
from tinnhiem.paper.scan.page_reading import PageReading
from tinnhiem.paper.sheet_layout import HASH_SHOWN, SheetLayout

STRAIGHT = (PER_MM, 0.0, 0.0, 0.0, PER_MM, 0.0, 0.0, 0.0, 1.0)
LARGE = "large"
"""`layout` of a told page that is in large print."""
BOXES = {"h": (0,), "m": (1,), "l": (2,), "0": (), "*": (0, 1), "?": (2,)}


def picture(layout: SheetLayout, signs: str, seed: int) -> bytes:
    """One side as the scanner saw it, JPEG."""
    page = _blank(layout).copy()
    shake = random.Random(seed)
    for row, sign in zip(layout.pages[0].rows, signs, strict=True):
        for box in BOXES[sign]:
            cross(page, row.boxes[box].area, shake)
    return bytes(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 85])[1])


@lru_cache(maxsize=4)
def _printed(content: bytes) -> NDArray[np.uint8]:
    page = pypdfium2.PdfDocument(content)[0].render(scale=PER_MM * 25.4 / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(page.reshape(page.shape[:2]))


def _blank(layout: SheetLayout) -> NDArray[np.uint8]:
    return _printed(ballot_print.draw(layout))


def file(round_: Round, *pages: str | PageReading) -> scanning.FileTaken:
    """A file of as many pages; `tests.app.scanned.TOLD` reads it as told, with pictures of the same marks. Pages of `LARGE` are in large print."""
    layouts = {layout: layout_of(round_, large_print=layout == LARGE) for layout in ("", LARGE)}
    readings = [scanned.page(one) if isinstance(one, str) else one for one in pages]
    taken = scanned.file(*readings)
    assert isinstance(taken.data, bytes)
    key = hashlib.sha256(taken.data).hexdigest()
    pages_told = scanned._told
    pages_told[key] = tuple(
        msgspec.structs.replace(
            one,
            reading=msgspec.structs.replace(
                one.reading, transform=STRAIGHT, layout=layouts[one.reading.layout].hash[:HASH_SHOWN]
            ),
            picture=picture(layouts[one.reading.layout], _signs(one.reading), seed),
        )
        if one.reading.status == "read"
        else msgspec.structs.replace(one, picture=b"")
        for seed, one in enumerate(pages_told[key])
    )
    return taken


def _signs(reading: PageReading) -> str:
    clear = {choice: sign for sign, choice in scanned.CLEAR.items()}
    doubt = {reason: sign for sign, (_state, reason, _proposal) in scanned.DOUBT.items()}
    return "".join(clear.get(row.choice or "") or doubt[row.reason] for row in reading.rows)


def scan(scene: ScanScene, batch: Batch, *pages: str | PageReading) -> Scan:
    """A batch scanned, with pictures."""
    opened = scene.scan(batch)
    scene.take(opened, file(scene.fresh(), *pages))
    return scene.again(opened)
