"""Trang tra cứu sinh từ mã nguồn: the reference pages that are written by the code itself.

Contract: `errors.md` and `events.md` are made whole; in `cli.md` the help between two markers is put in anew and the rest is left as people
wrote it. `check` writes nothing and exits 1 where a page is behind the code; without a word the pages are written.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
REFERENCE = ROOT / "docs" / "reference"
HELP = re.compile(r"(<!-- help: (?P<words>[a-z -]+) -->\n)```text\n.*?```\n", re.DOTALL)
WIDTH = 96

ERRORS_HEAD = """# Mã lỗi · Error codes

Mỗi lời từ chối có một mã cố định (`code`), nơi xảy ra (`where`) và câu giải thích bằng hai thứ tiếng (`message`, `message_en`). Chữ trong `{}` được thay bằng
giá trị của từng trường hợp. *Every refusal has a stable `code`, the place it is about and a sentence in two languages; words in `{}` are filled in.*

Trang này do `tools/reference_pages.py` ghi từ mã nguồn. *Written from the code.*
"""

EVENTS_HEAD = """# Việc ghi sổ · Events of the ledger

Mỗi việc làm trong một đợt thêm một dòng vào sổ (chuỗi băm): mã, câu đọc được, các giá trị. Câu được ghi một lần khi việc xảy ra và giữ nguyên. Không câu nào có chỗ
cho dấu trên phiếu, số phiếu của một người hay tên người ghi phiếu. *Every act of a round adds one line to the hash chain; no sentence has a place for a mark, a
person's figure or a voter.*

Trang này do `tools/reference_pages.py` ghi từ mã nguồn. *Written from the code.*
"""


def refusals() -> dict[str, list[tuple[str, str, str]]]:
    """Package → (code, vi, en) of every refusal it defines, in the order of codes."""
    _django()
    from tinnhiem.errors import TinnhiemError

    for path in sorted((SOURCE / "tinnhiem").rglob("*.py")):
        # Only what speaks two languages is imported: pages and servers have no business here.
        if re.search(r"^    en = ", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            importlib.import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    found: dict[str, list[tuple[str, str, str]]] = {}
    waiting: list[type[TinnhiemError]] = [TinnhiemError]
    while waiting:
        refusal = waiting.pop()
        waiting += refusal.__subclasses__()
        if refusal.__module__.split(".")[0] == "tinnhiem":
            package = refusal.__module__.split(".")[1]
            found.setdefault(package, []).append((refusal.code, refusal.vi, refusal.en))
    return {package: sorted(set(own)) for package, own in sorted(found.items())}


def errors_page() -> str:
    """Trang mã lỗi."""
    parts = [ERRORS_HEAD]
    for package, own in refusals().items():
        rows = "".join(f"| `{code}` | {_cell(vi)} | {_cell(en)} |\n" for code, vi, en in own)
        parts.append(f"\n## {package}\n\n| Mã · Code | Câu tiếng Việt | English |\n|---|---|---|\n{rows}")
    return "".join(parts)


def events_page() -> str:
    """Trang việc ghi sổ."""
    _django()
    from tinnhiem.app.sentences import EVENTS

    rows = "".join(f"| `{code}` | {_cell(vi)} | {_cell(en)} |\n" for code, (vi, en) in EVENTS.items())
    return f"{EVENTS_HEAD}\n| Mã · Code | Câu ghi sổ | English |\n|---|---|---|\n{rows}"


def commands() -> dict[str, click.Command]:
    """Lệnh theo cách gõ ("tinnhiem rulebooks show") → the command."""
    from tinnhiem.cli.main import tinnhiem

    found: dict[str, click.Command] = {}

    def walk(words: str, command: click.Command) -> None:
        found[words] = command
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=words)
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                if below is not None:
                    walk(f"{words} {name}", below)

    walk("tinnhiem", tinnhiem)
    return found


def commands_page(written: str) -> str:
    """Trang dòng lệnh: `written` with the help of every command between its markers put in anew."""
    known = commands()

    def renewed(match: re.Match[str]) -> str:
        words = match["words"]
        text = known[words].get_help(click.Context(known[words], info_name=words, terminal_width=WIDTH))
        return f"{match[1]}```text\n{text}\n```\n"

    return HELP.sub(renewed, written)


def pages() -> dict[Path, str]:
    """Every page as it should stand."""
    commands_file = REFERENCE / "cli.md"
    return {
        REFERENCE / "errors.md": errors_page(),
        REFERENCE / "events.md": events_page(),
        commands_file: commands_page(commands_file.read_text(encoding="utf-8")),
    }


def behind() -> list[str]:
    """Names of the pages that are not as the code says."""
    return [
        path.name for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> None:
    """Write the pages, or check them."""
    if sys.argv[1:] == ["check"]:
        late = behind()
        if late:
            sys.exit(
                f"Trang chưa khớp mã nguồn: {', '.join(late)}. Chạy: python tools/reference_pages.py / Pages behind the code."
            )
        return
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinnhiem.app.settings")
    django.setup()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
