"""A scan at work, as a process of its own: sets up a round in a data folder and reads a scanner's file until it is killed.

Usage: `scanning_child.py prepare FOLDER FILE` makes the round and the file of its marked and signed ballots; `scanning_child.py scan FOLDER FILE` takes the file in and
prints how many pages were told as saved each time another is begun, `done` at the end, `background` does so in
processes of its own; `scanning_child.py tell FOLDER FILE` prints what is saved, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

LINES = 20
SHEETS = 30
CHOICES = ("high", "medium", "low")


def pile() -> list[tuple[str, ...]]:
    """Thirty sheets of 20 lines, no two alike."""
    dice = random.Random(2500)
    return [tuple(dice.choice(CHOICES) for _ in range(LINES)) for _ in range(SHEETS)]


def main(work: str, folder: str, file: str) -> None:
    os.environ["TINNHIEM_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()
    from django.core.management import call_command

    from tests.app import hand_drawn
    from tests.app.scanned import ScanScene
    from tests.app.scene import PASSPHRASE
    from tinnhiem.app.actions import scanning, sealing
    from tinnhiem.app.models import Account, Scan
    from tinnhiem.app.queries.ballot_form import layout_of
    from tinnhiem.app.scan_manifest import manifest_of
    from tinnhiem.paper.scan.read_files import PageRead, Piece, read_piece

    if work == "prepare":
        call_command("migrate", verbosity=0)
        scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, LINES + 1)], voters=SHEETS)
        scene.scan(scene.divide(SHEETS)[0])
        Path(file).write_bytes(hand_drawn.pdf(hand_drawn.pages(layout_of(scene.round), pile())))
        return
    scan, head = Scan.objects.select_related("batch__round").get(), Account.objects.get(username="truongban")
    sealing.open_vault(head, scan.batch.round_id, PASSPHRASE)
    if work == "background":
        brought = scanning.FileTaken(name="tap-1.pdf", data=Path(file).read_bytes())
        scanning.take_in(head, scan.batch.round_id, scan.pk, [brought], reader=scanning.Reader(jobs=2))
        while scanning.progress(head, scan.batch.round_id, scan.pk).running:
            time.sleep(0.2)
        return
    if work == "scan":
        print("ready", flush=True)

        def read(piece: Piece) -> tuple[PageRead, ...]:
            print(Scan.objects.get().pages, flush=True)
            return read_piece(piece)

        brought = scanning.FileTaken(name="tap-1.pdf", data=Path(file).read_bytes())
        reader = scanning.Reader(read=read, jobs=1, background=False)
        scanning.take_in(head, scan.batch.round_id, scan.pk, [brought], reader=reader)
        print("done", flush=True)
        return
    pages = manifest_of(scan).pages
    print(json.dumps([[page.index, [row.choice for row in page.reading.rows], page.key] for page in pages]))


if __name__ == "__main__":
    main(*sys.argv[1:])
