"""Độ dài mô-đun: how many lines each package has, and which modules ask to be split.

Contract: prints a line per package (modules, lines, the longest) and names every module over 250 lines; exits 1 if one is over
400. Aim for 80–250: a module that grows past that is usually two things. Styles, pages and generated files are not counted.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMFORTABLE = 250
LONGEST = 400


def sizes() -> dict[str, int]:
    """Lines of every hand-written module, by path."""
    places = [*(ROOT / "src").rglob("*.py"), *(ROOT / "web" / "src").rglob("*.ts"), *(ROOT / "tools").rglob("*.py")]
    written = (path for path in sorted(places) if "migrations" not in path.parts)
    return {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in written}


def package_of(path: str) -> str:
    """The package a path is counted under: `src/tinnhiem/law/load.py` → `law`."""
    parts = path.split("/")
    return parts[2].removesuffix(".py") if parts[0] == "src" else parts[0]


def main() -> None:
    """Print the report."""
    lines = sizes()
    for package in sorted({package_of(path) for path in lines}):
        own = {path: size for path, size in lines.items() if package_of(path) == package}
        longest = max(own, key=lambda path: own[path])
        print(f"{package:12}{len(own):4} modules{sum(own.values()):7} lines   longest {own[longest]:4} {longest}")
    for path, size in sorted(lines.items(), key=lambda item: -item[1]):
        if size > COMFORTABLE:
            print(f"{'over 400: split it' if size > LONGEST else 'over 250: two things?':24}{size:4} {path}")
    sys.exit(any(size > LONGEST for size in lines.values()))


if __name__ == "__main__":
    main()
