"""A data folder looked at from outside: every byte of every file, and the one way in, which is the passphrase."""

from __future__ import annotations

import base64
import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

from tests.app.scene import PASSPHRASE
from tests.secrecy.keying_child import LINES
from tinnhiem.app import sheet_code, vault
from tinnhiem.law import shelf
from tinnhiem.poll.sheet import Sheet

CHILD = Path(__file__).with_name("keying_child.py")
SCANNING = Path(__file__).with_name("scanning_child.py")
BOOK = "qd-96-2023"


def child(
    work: str, folder: Path, *more: Path, script: Path = CHILD, temporary: Path | None = None
) -> subprocess.Popen[str]:
    """The keying process on that folder, or the scanning one; `temporary` is where it is to put temporary files."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TINNHIEM_")}
    if temporary is not None:
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    return subprocess.Popen(
        [sys.executable, str(script), work, str(folder), *map(str, more)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )


def saved_sheets(folder: Path) -> list[tuple[str, ...]]:
    """The sheets in the folder, opened with the board's passphrase and nothing of the program that wrote them."""
    with sqlite3.connect(folder / "tinnhiem.sqlite3") as database:
        round_id, salt, wrapped = database.execute("SELECT round_id, salt, wrapped FROM app_seal").fetchone()
        batch, station, attempt, sealed = database.execute(
            "SELECT batch_id, station, attempt, sealed FROM app_keying"
        ).fetchone()
    own = uuid.UUID(round_id)
    vault.unlock(own, PASSPHRASE, salt, wrapped)
    if not sealed:
        return []
    content = vault.unseal(own, f"keying:{uuid.UUID(batch)}:{station}:{attempt}", sealed)
    return [sheet.lines for sheet in sheet_code.decode(content, LINES, shelf.book(BOOK))]


def shapes_of(lines: tuple[str, ...]) -> dict[str, bytes]:
    """Every shape in which a sheet might lie about: the program's own bytes, texts of codes, figures, labels."""
    book = shelf.book(BOOK)
    bare = sheet_code.encode([Sheet(lines=lines)], len(lines), book)
    place = {code: str(number) for number, code in enumerate(book.choice_codes(), start=1)}
    labels = {choice.code: choice.label for choice in book.choices}
    part = lines[:8]
    shapes = {
        "bytes": bare[:16],
        "hex": bare.hex()[:32].encode(),
        "base64": base64.b64encode(bare)[:20],
        "json": '","'.join(part).encode(),
        "csv": ",".join(part).encode(),
        "digits": "".join(place[code] for code in lines[:16]).encode(),
        "labels": ",".join(labels[code] for code in part).encode(),
    }
    return shapes | {
        f"{name} in utf-16": shape.decode().encode("utf-16-le")
        for name, shape in shapes.items()
        if name in ("json", "csv")
    }


def found_in(folder: Path, lines: tuple[str, ...]) -> list[str]:
    """Which shapes of a sheet stand in which files of the folder."""
    return found_shapes(folder, shapes_of(lines))


def found_shapes(folder: Path, shapes: dict[str, bytes]) -> list[str]:
    """Which of these bytes stand in which files of the folder."""
    return [
        f"{name} in {path.name}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for name, shape in shapes.items()
        if shape in content
    ]
