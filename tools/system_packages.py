"""Phần mềm hệ thống mà bộ kiểm thử cần: a browser, an office suite, a database server and PDF tools, from Debian's packages.

Contract: prints nothing and exits 0 when all are there. As root on a Debian it installs what is missing; otherwise it names what
is missing, in Vietnamese and English, and exits 1. The product itself needs none of these: only tests do, because they open what
the product writes with the programs an office uses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def has_command(*names: str) -> bool:
    """Whether every one of these commands is on the path."""
    return all(shutil.which(name) for name in names)


def has_office_part(library: str) -> bool:
    """Whether LibreOffice is there with the part (Calc, Writer) that this library is."""
    command = shutil.which("soffice")
    return command is not None and (Path(command).resolve().parent / library).exists()


def has_database_server() -> bool:
    """Whether a PostgreSQL server can be started; Debian keeps its programs off the path."""
    return has_command("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


# What shows that a package is there: asking the files answers in a millisecond and suits other distributions too.
PRESENT: dict[str, Callable[[], bool]] = {
    "chromium": lambda: has_command("chromium"),
    "libreoffice-calc": lambda: has_office_part("libsclo.so"),
    "libreoffice-writer": lambda: has_office_part("libswlo.so"),
    "poppler-utils": lambda: has_command("pdftotext", "pdftoppm"),
    "postgresql": has_database_server,
}


def missing() -> list[str]:
    """Names of the packages that are not there, in alphabetical order."""
    return [name for name, present in PRESENT.items() if not present()]


def install(names: list[str]) -> None:
    """Install by apt without questions and without what is merely recommended."""
    # Runlevel 1 keeps Debian from starting a database server on its usual port: tests start their own and stop it.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "RUNLEVEL": "1"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *names]):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            said = "\n".join(done.stdout.splitlines()[-30:])
            sys.exit(
                f"{said}\n\n`{' '.join(command)}` không chạy xong; xem thông báo phía trên. / It did not finish; see above."
            )


def main() -> None:
    """Install what is missing, or say what it is."""
    names = missing()
    if not names:
        return
    listed = " ".join(names)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or shutil.which("apt-get") is None:
        sys.exit(
            f"Bộ kiểm thử còn thiếu phần mềm hệ thống: {listed}. Cài bằng quyền quản trị (Debian: apt-get install {listed}) rồi chạy lại.\n"
            f"The tests still need these system packages: {listed}. Install them as an administrator, then run again."
        )
    print(f"  system packages: {listed} … ", end="", flush=True)
    install(names)
    still = missing()
    if still:
        sys.exit(f"Đã cài nhưng chưa thấy: {' '.join(still)}. / Installed, yet not found: {' '.join(still)}.")
    print("xong / done", flush=True)


if __name__ == "__main__":
    main()
