"""A table at work, as a process of its own: sets up a round in a data folder and keys until it is killed.

Usage: `keying_child.py prepare FOLDER` makes the round and prints the keying's id; `keying_child.py key FOLDER` keys sheet after sheet and prints
each number once the program has said that it is saved.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

LINES = 44
SHEETS = 60


def pile() -> list[tuple[str, ...]]:
    """Sixty sheets of 44 lines: no two alike, and in bytes like nothing else on a disk."""
    dice = random.Random(96)
    return [tuple(dice.choice(("high", "medium", "low")) for _ in range(LINES)) for _ in range(SHEETS)]


def main(work: str, folder: str) -> None:
    os.environ["TINNHIEM_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()
    from django.core.management import call_command

    from tests.app.scene import PASSPHRASE, Scene
    from tinnhiem.app.actions import entering, sealing
    from tinnhiem.app.models import Account, Keying, Round
    from tinnhiem.poll.sheet import Sheet

    if work == "prepare":
        call_command("migrate", verbosity=0)
        scene = Scene([f"Vũ Văn Dòng {line}" for line in range(1, LINES + 1)], voters=SHEETS)
        scene.open_box()
        scene.begin(scene.divide(SHEETS)[0], 1)
        return
    round_, keying = Round.objects.get(), Keying.objects.get()
    head, table = Account.objects.get(username="truongban"), Account.objects.get(username="ban1")
    sealing.open_vault(head, round_.pk, PASSPHRASE)
    print("ready", flush=True)
    for number, lines in enumerate(pile(), start=1):
        entering.save_sheet(table, round_.pk, keying.pk, number, Sheet(lines=lines))
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
