"""Kiểm tra mã nguồn: every gate in one pass, each told in one line, the faults of all of them shown.

Contract: `check.py` runs all gates, `check.py NAME…` those named, in the order below; it exits 1 if one of them found a fault. Gates
only look: nothing is mended or written. `make setup` must have run before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
EXE = ".exe" if os.name == "nt" else ""
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "--no-header")
SETTINGS = "tinnhiem.app.settings"

# name → what it looks at, and the command
GATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "format": ("định dạng / formatting", (f"{BIN}/ruff{EXE}", "format", "--check", "--output-format", "concise")),
    "lint": ("quy tắc mã / lint", (f"{BIN}/ruff{EXE}", "check", "--quiet", "--output-format", "concise")),
    "types": ("kiểu / strict types", (PYTHON, "-m", "mypy", "--no-error-summary")),
    "imports": ("chiều phụ thuộc / import contracts", (f"{BIN}/lint-imports{EXE}",)),
    "architecture": ("kiến trúc, cấm số thực / architecture, float ban", (*PYTEST, "tests/test_architecture.py")),
    "sizes": ("độ dài mô-đun / module sizes", (PYTHON, "tools/module_sizes.py")),
    "translations": ("bản dịch đủ / translations complete", (PYTHON, "tools/translations.py", "check")),
    "migrations": (
        "di trú khớp mô hình / migrations in sync",
        (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", SETTINGS),
    ),
    "docs": ("tài liệu đủ / docs coverage", (*PYTEST, "tests/test_docs.py", "tests/test_documents.py")),
    "islands": (
        "kiểu TypeScript / TypeScript types",
        (f"{BIN}/node{EXE}", "web/node_modules/typescript/bin/tsc", "--noEmit", "--project", "web"),
    ),
}


def look(name: str) -> bool:
    """Run one gate; its own words are shown when it finds a fault, and always for the report of sizes."""
    title, command = GATES[name]
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    verdict = "đạt" if done.returncode == 0 else "KHÔNG ĐẠT"
    print(f"{verdict:10}{name:14}{time.monotonic() - start:5.1f} s  {title}", flush=True)
    if done.returncode or name == "sizes":
        print("".join(f"    {line}\n" for line in done.stdout.rstrip().splitlines()), flush=True)
    return done.returncode == 0


def main() -> None:
    """Run the named gates, or all."""
    names = sys.argv[1:] or list(GATES)
    unknown = [name for name in names if name not in GATES]
    if unknown:
        sys.exit(f"Không có mục {', '.join(unknown)}. / No such gate. {', '.join(GATES)}")
    failed = [name for name in names if not look(name)]
    print(f"{len(names) - len(failed)}/{len(names)} mục đạt / gates passed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
