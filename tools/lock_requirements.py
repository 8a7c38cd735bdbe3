"""Khoá phiên bản: writes requirements*.txt, every version pinned and hashed, from pyproject.toml.

Contract: each file is complete by itself and holds names, versions, markers and hashes only, never the address of a registry:
an office may install from whatever mirror it trusts, and the hashes decide whether what came is what was tested. The files are
universal (Linux and Windows) and list wheels only, so that no machine needs a compiler. A wider file keeps the versions of the
narrower one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (
    ("requirements-installer.txt", ("--group", "installer"), ()),
    ("requirements.txt", ("pyproject.toml",), ()),
    ("requirements-cluster.txt", ("pyproject.toml", "--extra", "cluster"), ("requirements.txt",)),
    ("requirements-build.txt", ("pyproject.toml", "--group", "build"), ("requirements.txt",)),
    (
        "requirements-dev.txt",
        ("pyproject.toml", "--group", "build", "--group", "dev"),
        ("requirements-cluster.txt", "requirements-build.txt"),
    ),
)
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--only-binary", ":all:"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def main() -> None:
    """Compile the files in order; extra arguments (`--upgrade`) go to uv."""
    uv = Path(sys.prefix) / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    for name, sources, narrower in LAYERS:
        limits = [part for file in narrower for part in ("--constraint", file)]
        command = [str(uv), *COMPILE, *sources, *limits, "--output-file", name, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
        print(name)


if __name__ == "__main__":
    main()
