"""`tinnhiem demo`: one whole round on invented people, played through the same actions as the web desk, then served.

Contract: `--seed` and `--serve` may also come from the environment (SEED, SERVE), as `make demo` passes them. A port in use is refused before
the round is played.
"""

from __future__ import annotations

from pathlib import Path

import click

from tinnhiem.cli.help_page import HelpPage

HOST = "127.0.0.1"


@click.command("demo", cls=HelpPage)
@click.option("--seed", type=int, envvar="SEED", metavar="SỐ", help="Số khác cho một đợt khác, với số liệu khác.")
@click.option(
    "--serve/--no-serve", default=True, envvar="SERVE", help="Mở trang của đợt vừa chơi rồi chờ (mặc định), hoặc dừng."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo/out"),
    metavar="THƯ-MỤC",
    help="Nơi để các tệp (mặc định demo/out).",
)
@click.option("--port", type=int, default=8000, metavar="CỔNG", help="Cổng của trang (mặc định 8000).")
def command(*, seed: int | None, serve: bool, out: Path, port: int) -> None:
    """Chơi trọn một đợt với người bịa: từ tệp Excel đến biên bản."""
    from tinnhiem.cli import address
    from tinnhiem.cli.serve import serve as open_desk
    from tinnhiem.demo.play import main as play

    if serve:
        address.check(HOST, port)
    data = play(out, seed)
    if serve:
        open_desk(data, HOST, port)
