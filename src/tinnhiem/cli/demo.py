"""`tinnhiem demo`: one whole round on invented people, played through the same actions as the web desk.

Contract: `--seed`, `--serve`, `--out` and `--port` may also come from the environment (SEED, SERVE), as `make demo` passes them.
"""

from __future__ import annotations

from pathlib import Path

import click

from tinnhiem.cli.help_page import HelpPage


@click.command("demo", cls=HelpPage)
@click.option("--seed", type=int, envvar="SEED", metavar="SỐ", help="Số khác cho một đợt khác.")
@click.option("--serve/--no-serve", default=True, envvar="SERVE", help="Mở trang của đợt vừa chơi rồi chờ, hoặc dừng.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo/out"), metavar="THƯ-MỤC", help="Nơi để các tệp."
)
@click.option("--port", type=int, default=8000, metavar="CỔNG", help="Cổng của trang (mặc định 8000).")
def command(*, seed: int | None, serve: bool, out: Path, port: int) -> None:
    """Chơi trọn một đợt với người bịa: từ tệp Excel đến biên bản."""
    from tinnhiem.demo.play import main as play

    data = play(out, seed)
    if serve:
        from tinnhiem.cli.serve import serve as open_desk

        open_desk(data, "127.0.0.1", port)
