"""Tệp quét vào và ảnh kiểm tra ra: what `read` takes in besides the round, and the pictures it puts out.

Contract: a folder stands for the files in it, by name as people sort names ("trang 2" before "trang 10"); what systems put there of their own accord is left out. Proofs
go into a folder that was empty, one file a page, named by the page's place and by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tinnhiem.cli import errors as fault
from tinnhiem.errors import TinnhiemError

OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}


def scans_of(given: Sequence[Path]) -> tuple[list[tuple[str, Path]], list[TinnhiemError]]:
    """Các tệp cần đọc, (name as given, path), and a refusal for each that is not there."""
    found: list[tuple[str, Path]] = []
    faults: list[TinnhiemError] = []
    for path in given:
        if path.is_dir():
            inside = sorted((each for each in path.iterdir() if _is_scan(each)), key=_natural)
            found += [(str(each), each) for each in inside]
            if not inside:
                faults.append(fault.ScansMissing(str(path)))
        elif path.is_file():
            found.append((str(path), path))
        else:
            faults.append(fault.InputMissing(str(path)))
    return found, faults


def _is_scan(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.name.casefold() not in OF_THE_SYSTEM


def _natural(path: Path) -> list[tuple[bool, int, str]]:
    """Numbers in a name by their value, whatever their noughts."""
    parts = re.split(r"([0-9]+)", path.name.casefold())
    # What the pattern found stands at the odd places.
    return [(place % 2 == 1, int(part) if place % 2 else 0, part) for place, part in enumerate(parts)]


class ProofFolder:
    """Thư mục ảnh kiểm tra, made where it is not there yet.

    Raises `ProofFolderUsed` where something stands in it, `OutputFolderMissing`, `OutputRefused`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pages = 0
        if not path.parent.is_dir():
            raise fault.OutputFolderMissing(str(path), folder=path.parent)
        try:
            path.mkdir(exist_ok=True)
            used = any(path.iterdir())
        except OSError as error:
            raise fault.OutputRefused(str(path), reason=error.strerror or str(error)) from None
        if used:
            raise fault.ProofFolderUsed(str(path))

    def add(self, png: bytes) -> None:
        """Ghi ảnh của trang kế tiếp."""
        self.pages += 1
        place = self.path / f"page-{self.pages:04}.png"
        try:
            place.write_bytes(png)
        except OSError as error:
            raise fault.OutputRefused(str(place), reason=error.strerror or str(error)) from None
