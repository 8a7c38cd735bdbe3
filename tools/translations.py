"""Bản dịch giao diện: compiles the catalogues of templates, and tells what they lack.

Contract: `compile` writes a .mo beside every .po under app/locale/, with Babel, so that no gettext is needed on the machine.
`check` prints every message that is untranslated or marked fuzzy, with its file and line, and exits 1 if there is one. Messages
of the core are not here: they carry both languages on the error class.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "tinnhiem" / "app" / "locale"


def catalogues() -> list[tuple[Path, Catalog]]:
    """Every .po under app/locale/, read with the language its folder names."""
    found = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            found.append((path, read_po(file, locale=path.parent.parent.name)))
    return found


def compile_all() -> None:
    """Write the .mo files; fuzzy messages are left out, as gettext does."""
    for path, catalogue in catalogues():
        content = io.BytesIO()
        write_mo(content, catalogue)
        path.with_suffix(".mo").write_bytes(content.getvalue())


def gaps() -> list[str]:
    """One line for each message that lacks a translation or is only guessed."""
    lines = []
    for path, catalogue in catalogues():
        for message in catalogue:
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if message.id and (message.fuzzy or not all(strings)):
                fault = "chưa chắc (fuzzy)" if message.fuzzy else "chưa dịch"
                lines.append(f"{path.relative_to(ROOT).as_posix()}:{message.lineno}: {fault}: {message.id!r}")
    return lines


def main() -> None:
    """`compile` or `check`."""
    if sys.argv[1:] == ["compile"]:
        compile_all()
    elif sys.argv[1:] == ["check"]:
        found = gaps()
        print("\n".join([*found, f"{len(catalogues())} catalogues, {len(found)} gaps"]))
        sys.exit(bool(found))
    else:
        sys.exit("translations.py compile | check")


if __name__ == "__main__":
    main()
