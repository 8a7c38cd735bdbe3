"""Bản dịch giao diện: what the templates say, gathered, checked and compiled without gettext on the machine.

Contract: templates are written in Vietnamese, the source language; every other language has one catalogue,
app/locale/<language>/LC_MESSAGES/django.po. `update` brings the messages of templates and modules of `app` into the catalogues and keeps
what is translated; `compile` writes a .mo beside every .po; `check` prints each message that is missing, untranslated, unsure
(fuzzy), out of use, or whose placeholders differ from the original's, and exits 1 if there is one. Messages of the core are not
here: they carry both languages on the error class.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "src" / "tinnhiem" / "app"
LOCALE = APP / "locale"
LANGUAGES = ("en",)
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def as_python(page: str) -> bytes:
    """A Django template as lines of gettext calls, which Babel reads; everything else in it is blanked out."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    lines: list[str] = str(templatize(page)).splitlines()
    return "\n".join(line.strip() for line in lines).encode("utf-8")


def messages_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Line, message (one, or singular and plural) and context of every message in a template or module."""
    text = path.read_text(encoding="utf-8")
    content = text.encode("utf-8") if path.suffix == ".py" else as_python(text)
    options = {"encoding": "utf-8"}
    for line, message, _, context in extract("python", io.BytesIO(content), keywords=KEYWORDS, options=options):
        yield line, message, context


def template_catalogue() -> Catalog:
    """All messages of `app`, untranslated, each with the places it stands in."""
    catalogue = Catalog(project="tinnhiem", charset="utf-8", fuzzy=False)
    pages = [path for path in APP.rglob("templates/**/*") if path.is_file()]
    for path in sorted([*pages, *APP.rglob("*.py")]):
        for line, message, context in messages_in(path):
            catalogue.add(message, None, [(path.relative_to(ROOT).as_posix(), line)], context=context)
    return catalogue


def catalogues() -> list[tuple[Path, Catalog]]:
    """Every catalogue under app/locale/, read with the language its folder names."""
    found = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            found.append((path, read_po(file, locale=path.parent.parent.name, charset="utf-8")))
    return found


def compile_all() -> None:
    """Write the .mo files; unsure messages are left out, as gettext does."""
    for path, catalogue in catalogues():
        content = io.BytesIO()
        write_mo(content, catalogue)
        path.with_suffix(".mo").write_bytes(content.getvalue())


def update_all() -> None:
    """Bring new messages in, let messages out of use go, keep every translation; nothing is guessed."""
    wanted = template_catalogue()
    there = dict(catalogues())
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        catalogue = there.get(path) or Catalog(locale=language, header_comment="", fuzzy=False)
        catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        content = io.BytesIO()
        write_po(content, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
        path.write_bytes(content.getvalue())
        print(f"{path.relative_to(ROOT).as_posix()}: {len(catalogue)} messages")


def texts(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """No text, one or several, as a row of texts."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def placeholders_differ(message: Message) -> bool:
    """Whether some translation shows other values than the original does."""
    asked = {place for text in texts(message.id) for place in PLACEHOLDER.findall(text)}
    return any(
        set(PLACEHOLDER.findall(text)) - asked or asked - set(PLACEHOLDER.findall(text))
        for text in texts(message.string)
    )


def gaps() -> list[str]:
    """One line for each message a reader of another language would miss or misread."""
    wanted = {(message.id, message.context): message for message in template_catalogue() if message.id}
    lines = []
    for path, catalogue in catalogues():
        name = path.relative_to(ROOT).as_posix()
        there = {(message.id, message.context): message for message in catalogue if message.id}
        for key, message in wanted.items():
            if key not in there:
                place = ":".join(str(part) for part in message.locations[0])
                lines.append(f"{name}: chưa có / missing: {message.id!r} ({place})")
        for key, message in there.items():
            if key not in wanted:
                lines.append(f"{name}:{message.lineno}: không còn dùng / out of use: {message.id!r}")
            elif message.fuzzy:
                lines.append(f"{name}:{message.lineno}: chưa chắc / fuzzy: {message.id!r}")
            elif not all(texts(message.string)):
                lines.append(f"{name}:{message.lineno}: chưa dịch / untranslated: {message.id!r}")
            elif placeholders_differ(message):
                lines.append(f"{name}:{message.lineno}: sai chỗ điền / other placeholders: {message.id!r}")
    if wanted and not catalogues():
        lines.append(
            f"{LOCALE.relative_to(ROOT).as_posix()}: {len(wanted)} câu, chưa có bản dịch nào / no catalogue at all"
        )
    return lines


def check() -> None:
    """Print the gaps; exit 1 if there is one."""
    found = gaps()
    print("\n".join([*found, f"{len(catalogues())} catalogues, {len(found)} gaps"]))
    sys.exit(bool(found))


def main() -> None:
    """`compile`, `update` or `check`."""
    work = {"compile": compile_all, "update": update_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in work:
        sys.exit(f"translations.py {' | '.join(work)}")
    work[sys.argv[1]]()


if __name__ == "__main__":
    main()
