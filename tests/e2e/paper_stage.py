"""Sân khấu có giấy: a round of ballots for the reader, its box open, brought there by the actions themselves in a process of its own.

`python -m tests.e2e.paper_stage FOLDER STAGE` writes the data folder that `tinnhiem serve` then opens, lays one blank ballot of every type beside it, and prints the address
of the round below the machine. The ballots of another vote of the same people lie there as `khac.pdf`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NAMES = [f"{family} {given}" for family in ("Nguyễn Văn", "Trần Thị") for given in ("An", "Bích", "Cúc", "Dũng")]
"""Eight: on A5 they take both sides of the paper."""
VOTERS = {"troubles": 8, "killed": 24, "keyed": 6}
COUNCIL = (("Đinh Công Bảo", "Chủ tịch"), ("Tạ Thị Duyên", "Phó Chủ tịch"), ("Mai Văn Giáp", "Trưởng Ban"))
"""The Council's three, each alone on a ballot."""
DEPUTIES = 6
PLANNED = 7
"""Names of the round that is only planned."""


def play(folder: Path, stage: str) -> str:
    """Brings the folder to a stage, in another process; the address of its round."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.paper_stage", str(folder), stage],
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

    from tests.e2e.paper_scenes import CouncilScene, PaperScene, PlannedScene
    from tinnhiem.app.queries.ballot_form import layout_of
    from tinnhiem.paper import print as ballot_print

    if stage == "planned":
        return f"/dot/{PlannedScene(NAMES[:PLANNED], DEPUTIES).pk}/"
    if stage == "council":
        scene: CouncilScene | PaperScene = CouncilScene(COUNCIL, DEPUTIES)
    else:
        scene = PaperScene("scan_keyed" if stage == "keyed" else "scan", NAMES, VOTERS[stage])
    layout = layout_of(scene.fresh())
    for number, ballot in enumerate(dict.fromkeys(side.ballot for side in layout.pages), 1):
        content = ballot_print.draw(layout, sides=layout.sides_of(ballot))
        (folder.parent / f"{number}.pdf").write_bytes(content)
    scene.round.sheet_id = "0" * 32
    other = layout_of(scene.round)
    (folder.parent / "khac.pdf").write_bytes(ballot_print.draw(other, sides=other.pages[:1]))
    return f"/dot/{scene.pk}/"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))
