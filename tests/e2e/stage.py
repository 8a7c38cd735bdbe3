"""Sân khấu: a round brought to the step a browser test speaks of, by the actions themselves, in a process of its own.

`python -m tests.e2e.stage FOLDER STAGE` writes the data folder that `tinnhiem serve` then opens, and prints the address of the round below the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LONG = "Nguyễn Hoàng Thị Phương Thảo Khánh Linh"
LONG_NAMES = [f"{LONG} {chr(65 + place // 26)}{chr(97 + place % 26)}" for place in range(44)]
"""As many subjects as one screen must hold, with names as long as they come."""
VOTERS = 12
SCANNED_NAMES = [
    "Trần Văn Bình", "Lê Thị Cúc", "Phạm Quang Dũng", LONG, "Y Ghĭ Niê", "H’Lan Êban", "Đỗ Mai Hương", "Bùi Thị Yến", "Vũ Hồng Ân",
]  # fmt: skip
SCANNED_SHEETS = 60


def play(folder: Path, stage: str) -> str:
    """Brings the folder to a stage, in another process; the address of its round."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.stage", str(folder), stage],
        cwd=Path(__file__).parents[2],
        env={key: value for key, value in os.environ.items() if not key.startswith(("TINNHIEM_", "DJANGO_"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def main(folder: Path, stage: str) -> str:
    """Sets the house up and plays."""
    folder.mkdir(parents=True)
    os.environ["TINNHIEM_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

    from tests.app.scene import NAMES, Scene, sheets
    from tinnhiem.app.actions import rounds

    if stage in ("scanned", "strips"):
        return scanned(stage)
    scene = Scene(LONG_NAMES if stage == "long" else NAMES, VOTERS)
    if stage == "totals":
        rounds.change_settings(scene.officer, scene.pk, way="totals")
    scene.open_box()
    if stage == "open":
        scene.divide(6, 6)
    if stage in ("keyed", "long"):
        (batch,) = scene.divide(VOTERS)
        lines = len(scene.fresh().subjects.all())
        read = sheets(*["h" * lines] * 7, *["m" * lines] * 3, *["l" * lines] * 2)
        other = sheets("m" * lines) + read[1:] if stage == "long" else read
        scene.key(batch, 1, read)
        scene.key(batch, 2, other)
    return f"/dot/{scene.pk}/"


def scanned(stage: str) -> str:
    """Sixty ballots of nine people in one batch, scanned with their pictures; two dozen rows are doubtful, or ("strips") none, and they are counted."""
    from tests.app import drawn
    from tests.app.scanned import ScanScene
    from tinnhiem.app.actions import result

    scene = ScanScene(names=SCANNED_NAMES, voters=SCANNED_SHEETS)
    (batch,) = scene.divide(SCANNED_SHEETS)
    pile = [
        "".join("hhmhlhhmh"[(line + sheet) % 9] for line in range(len(SCANNED_NAMES)))
        for sheet in range(SCANNED_SHEETS)
    ]
    for place in range(24 if stage == "scanned" else 0):
        signs = list(pile[place * 2])
        signs[place % 9] = "0*?"[place % 3]
        pile[place * 2] = "".join(signs)
    scan = drawn.scan(scene, batch, *pile)
    if stage == "strips":
        scene.finish(scan)
        result.make_count(scene.head, scene.pk)
    return f"/dot/{scene.pk}/"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))
