"""Cửa vào dòng lệnh: `tinnhiem LỆNH …`.

Contract: each command is imported when it is called, so the door opens in a fifth of a second. Exit codes: 0 done · 1 faults found in a
table that was checked · 2 input refused and nothing written · 3 a mistake of the program itself · 130 stopped by hand. With `--json`
stdout carries one JSON document and every fault is one JSON line on stderr; without it faults are sentences in Vietnamese. A traceback is shown
only where TINNHIEM_TRACE=1 asks for it.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from tinnhiem.cli import errors as fault
from tinnhiem.cli.help_page import CommandGroup
from tinnhiem.cli.voice import speak_utf8, tell
from tinnhiem.errors import TinnhiemError

COMMANDS: dict[str, tuple[str, str]] = {
    "rulebooks": ("rulebooks", "Xem các bộ quy tắc: mức, ngưỡng, điều khoản, căn cứ."),
    "calendar": ("calendar", "Tính các thời hạn từ ngày lấy phiếu hoặc ngày khai mạc."),
    "ballots": ("ballots", "In phiếu của đợt ra tệp PDF."),
    "layout": ("layout", "Xem bố cục phiếu: ô nào ở đâu, tính bằng milimét."),
    "read": ("read", "Đọc ảnh quét phiếu; chỗ chưa rõ để người xem."),
    "tabulate": ("tabulate", "Lập kết quả từ số phiếu; xuất biên bản và bảng kết quả."),
    "check-table": ("check_table", "Kiểm tra một bảng kết quả trước khi công bố."),
    "roster": ("roster", "Đọc thử danh sách từ tệp Excel, chỉ ra ô cần sửa."),
    "reconcile": ("reconcile", "Đối chiếu các lần nhập phiếu, chỉ ra chỗ khác nhau."),
    "serve": ("serve", "Mở chương trình trên máy này để dùng bằng trình duyệt."),
    "demo": ("demo", "Chơi trọn một đợt với người bịa để xem chương trình."),
}
"""command → (module below `tinnhiem.cli`, what it does)."""


class Door(CommandGroup):
    """Nhóm lệnh: knows its commands by name and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"tinnhiem.cli.{COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a module without its command is a mistake of ours
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        del ctx
        with formatter.section("Các lệnh"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's own signature
    if asked and not ctx.resilient_parsing:
        from tinnhiem import __version__

        click.echo(f"tinnhiem {__version__}")
        ctx.exit()


@click.group(cls=Door, invoke_without_command=True, subcommand_metavar="LỆNH …")
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Phiên bản.")
@click.pass_context
def tinnhiem(ctx: click.Context) -> None:
    """Tín nhiệm: lấy phiếu tín nhiệm, từ danh sách Excel đến biên bản kiểm phiếu.

    Thêm --json vào một lệnh để nhận kết quả và lỗi theo dạng JSON.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Chạy một lệnh và kết thúc với mã của nó."""
    if getattr(sys, "frozen", False):
        # In a one-folder bundle for Windows the worker of `serve` is this very program, started anew.
        import multiprocessing

        multiprocessing.freeze_support()
    speak_utf8()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's notice to developers is not one of our fault lines
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(words))


def run(words: Sequence[str]) -> int:
    """Mã kết thúc của một lệnh; its faults are told on stderr."""
    as_json = "--json" in (words[: words.index("--")] if "--" in words else words)
    try:
        result: Any = tinnhiem.main(args=list(words), prog_name="tinnhiem", standalone_mode=False)
        sys.stdout.flush()
    except TinnhiemError as refusal:
        tell(refusal, as_json=as_json)
        return 2
    except click.ClickException as misuse:
        tell(of_usage(misuse), as_json=as_json)
        return 2
    except (click.Abort, KeyboardInterrupt):
        tell(fault.Interrupted(), as_json=as_json)
        return 130
    except BrokenPipeError:
        # Whoever read us has gone; what is left in the buffer must not be complained about when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as mistake:  # noqa: BLE001 - the last guard: an office is never shown a traceback
        if os.environ.get("TINNHIEM_TRACE") == "1":
            traceback.print_exc()
        tell(fault.Internal(kind=type(mistake).__name__), as_json=as_json)
        return 3
    return result if isinstance(result, int) else 0


def of_usage(misuse: click.ClickException) -> TinnhiemError:
    """Lời từ chối cho một lệnh gõ sai: click's exception as one of our own."""
    ctx = getattr(misuse, "ctx", None)
    usage = ctx.command_path if ctx is not None else "tinnhiem"
    match misuse:
        case click.NoSuchOption():
            return fault.OptionUnknown(usage, found=misuse.option_name, usage=usage)
        case click.MissingParameter():
            named = misuse.param.get_error_hint(ctx) if misuse.param is not None and ctx is not None else ""
            return fault.ArgumentMissing(usage, missing=str(named).replace("'", ""), usage=usage)
        case click.BadParameter():
            place = misuse.param.opts[0] if misuse.param is not None and misuse.param.opts else ""
            taken = misuse.param.type if misuse.param is not None else None
            takes = ", ".join(map(str, taken.choices)) if isinstance(taken, click.Choice) else "0, 1, 2, 3…"
            return fault.ArgumentUnfit(place or usage, takes=takes, usage=usage)
        case click.BadOptionUsage():
            return fault.ArgumentMissing(usage, missing=f"{misuse.option_name} …", usage=usage)
        case click.UsageError() if "extra argument" in misuse.message:
            return fault.ArgumentExtra(
                usage, detail=misuse.message.rstrip(".").partition("(")[2].rstrip(")"), usage=usage
            )
    return fault.CommandFault(usage, detail=misuse.message.rstrip("."), usage=usage)


if __name__ == "__main__":
    main()
