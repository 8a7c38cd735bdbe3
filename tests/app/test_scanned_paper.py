"""From paper to the count: printed ballots, marked and signed by hand, scanned, read by the real reader and sealed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.app import hand_drawn
from tests.app.scanned import ScanScene, same_trace
from tests.app.scene import sheets
from tinnhiem.app import scan_store
from tinnhiem.app.actions import scanning
from tinnhiem.app.actions.adjudicating import TWIN
from tinnhiem.app.models import Keying, Scan
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.queries.sealed import sheets_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.paper.sheet_layout import SheetLayout

pytestmark = pytest.mark.django_db

SIGNED = 50
ALONE = scanning.Reader(duplicates=same_trace, jobs=1, background=False)
CHOICES = ("high", "medium", "low")
SIGNS = {"h": "high", "m": "medium", "l": "low", "0": ""}


def taken(scene: ScanScene, *files: bytes, reader: scanning.Reader = ALONE) -> Scan:
    """All the round's ballots in one batch, scanned from these files."""
    scan = scene.scan(scene.divide(scene.voters)[0])
    brought = [scanning.FileTaken(name=f"{number}.pdf", data=data) for number, data in enumerate(files)]
    scanning.take_in(scene.head, scene.pk, scan.pk, brought, reader=reader)
    return scene.again(scan)


def test_what_was_marked_on_paper_is_what_is_counted() -> None:
    scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 13)])
    pile = [[CHOICES[(sheet * line + line) % 3] for line in range(12)] for sheet in range(12)]
    scan = taken(scene, hand_drawn.pdf(hand_drawn.pages(layout_of(scene.round), pile)))
    scene.finish(scan)
    read = sheets_of(Keying.objects.get(), book_of(scene.round), 12)
    assert [list(sheet.lines) for sheet in read] == pile


def test_a_blank_line_waits_for_people_and_then_counts_as_they_say() -> None:
    scene = ScanScene(voters=5)
    pile = [[SIGNS[sign] for sign in signs] for signs in ("hml", "lhm", "mlh", "hhm", "h0l")]
    scan = taken(scene, hand_drawn.pdf(hand_drawn.pages(layout_of(scene.round), pile)))
    scene.look(scan, 5, 2, 0, "blank")
    scene.finish(scan)
    assert list(sheets_of(Keying.objects.get(), book_of(scene.round), 3)) == sheets("hml", "lhm", "mlh", "hhm", "h0l")


def test_a_sheet_that_went_through_the_scanner_twice_waits_for_people() -> None:
    scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 13)])
    pile = [[CHOICES[(sheet * line + line) % 3] for line in range(12)] for sheet in range(2)]
    first, second = hand_drawn.pages(layout_of(scene.round), pile)
    scan = taken(
        scene,
        hand_drawn.pdf([first, second]),
        hand_drawn.jpeg(first.rotate(0.6, fillcolor="white")),
        reader=scanning.Reader(jobs=1, background=False),
    )
    assert [(one.sheet, one.line, one.reason) for one in scene.points(scan)] == [(3, TWIN, "duplicate")]


def test_a_sheet_of_another_vote_is_refused_and_no_picture_of_it_is_kept() -> None:
    scene = ScanScene()
    scene.round.sheet_id = "0" * 32
    foreign = layout_of(scene.round)
    scan = taken(scene, hand_drawn.jpeg(hand_drawn.pages(foreign, [["high"] * 3])[0]))
    (page,) = scene.manifest(scan).pages
    assert (page.reading.reason, page.image, scan_store.keys(scene.pk)) == ("other_round", False, ())


def darkest(layout: SheetLayout, picture: Image.Image) -> int:
    """The darkest grey within the signature's place: ink is 30 to 90, white paper as JPEG keeps it above 200."""
    place = layout.pages[0].signature
    assert place is not None
    corners = (round(edge * hand_drawn.PER_MM) for edge in (place.x, place.y, place.right, place.bottom))
    return int(np.asarray(picture.convert("L").crop(tuple(corners))).min())


def test_fifty_signatures_leave_no_pixel_in_any_picture_that_is_kept() -> None:
    scene = ScanScene(voters=SIGNED)
    layout = layout_of(scene.round)
    pile = [[CHOICES[(sheet * line) % 3] for line in range(1, 4)] for sheet in range(SIGNED)]
    taken(scene, hand_drawn.pdf(hand_drawn.pages(layout, pile)))
    kept = [Image.open(io.BytesIO(scan_store.get(scene.pk, key))) for key in scan_store.keys(scene.pk)]
    assert [darkest(layout, picture) > 200 for picture in kept] == [True] * SIGNED


def test_a_signature_would_be_seen_where_it_is_not_whitened() -> None:
    layout = layout_of(ScanScene().round)
    assert darkest(layout, hand_drawn.pages(layout, [["high"] * 3])[0]) < 100


def test_a_kept_picture_tells_nothing_of_scanner_person_or_hour() -> None:
    scene = ScanScene(voters=1)
    scan = taken(scene, hand_drawn.jpeg(hand_drawn.pages(layout_of(scene.round), [["high"] * 3])[0]))
    (page,) = scene.manifest(scan).pages
    picture = Image.open(io.BytesIO(scan_store.get(scene.pk, page.key)))
    told = {name: value for name, value in picture.info.items() if not name.startswith("jfif")}
    assert (dict(picture.getexif()), told, picture.mode) == ({}, {}, "L")
