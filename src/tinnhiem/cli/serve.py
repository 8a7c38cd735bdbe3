"""`tinnhiem serve`: the web desk on this machine.

Contract: makes the data folder, brings its database up to date, and serves it by one worker until Ctrl-C, SIGTERM or the closing of the window.
Never more than one worker and never a reload: the key that opens the sheets lives in that worker's memory. Nothing logs a request, because
the hours of requests are side data about sheets. `kill -9` at any moment loses nothing that was saved.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

import click

from tinnhiem.cli import address
from tinnhiem.cli.data_folder import held
from tinnhiem.cli.errors import DatabaseRefused, ServerStopped
from tinnhiem.cli.help_page import HelpPage
from tinnhiem.cli.voice import say

THREADS = 8
"""Requests answered at once: two stations, the board and the organiser, with room for their pages' parts."""


@click.command("serve", cls=HelpPage)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("tinnhiem-data"),
    envvar="TINNHIEM_DATA",
    metavar="THƯ-MỤC",
    help="Thư mục dữ liệu (mặc định tinnhiem-data; tạo mới nếu chưa có).",
)
@click.option(
    "--host", default="127.0.0.1", metavar="ĐỊA-CHỈ", help="Địa chỉ mở (mặc định chỉ máy này; 0.0.0.0 cho mạng nội bộ)."
)
@click.option("--port", type=int, default=8000, metavar="CỔNG", help="Cổng mở (mặc định 8000).")
@click.option(
    "--watch",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    envvar="TINNHIEM_WATCH",
    metavar="THƯ-MỤC",
    help="Thư mục máy quét mạng ghi tệp vào; tệp đọc xong thì xóa ở đó.",
)
def command(data: Path, host: str, port: int, watch: Path | None) -> None:
    """Mở chương trình để dùng bằng trình duyệt. Dừng bằng Ctrl-C."""
    serve(data, host, port, watch)


def serve(data: Path, host: str, port: int, watch: Path | None = None) -> None:
    """Phục vụ đến khi dừng. Raises `PortTaken`, `FolderInUse` and their kin before anything is opened."""
    address.check(host, port)
    os.environ["TINNHIEM_WATCH"] = str(watch.absolute()) if watch else ""
    with held(data):
        prepare(data, address.names(host))
        own = address.numeric(host)
        for name in address.names(host):
            say(f"Mở trình duyệt tại http://{name}:{port}")
        say("Dữ liệu nằm trong " + str(data.absolute()) + ". Dừng bằng Ctrl-C.")
        sys.stdout.flush()
        try:
            _server(own, port).serve()
        except SystemExit:
            raise ServerStopped from None
    say("Đã dừng.")


def prepare(data: Path, hosts: list[str]) -> None:
    """Chuẩn bị thư mục dữ liệu: settings by environment, database brought up to date. Raises `DatabaseRefused`."""
    os.environ["TINNHIEM_DATA"] = str(data.absolute())
    known = [name for name in os.environ.get("TINNHIEM_HOSTS", "").split(",") if name]
    os.environ["TINNHIEM_HOSTS"] = ",".join(dict.fromkeys([*known, *hosts]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise DatabaseRefused(str(data), reason=" ".join(str(error).split())) from None
    finally:
        connections.close_all()


def _server(host: str, port: int) -> Any:
    import django_htmx
    from granian import Granian
    from granian.constants import Interfaces

    import tinnhiem.app

    class OneWorker(Granian):  # type: ignore[valid-type,misc]
        def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
            """A closed window (SIGHUP) ends the program: a new worker would not have the key."""
            self.signal_handler_interrupt(*args, **kwargs)

    # The same everywhere: Windows knows no other way, and a worker that starts afresh has nothing of ours in memory.
    multiprocessing.set_start_method("spawn", force=True)
    return OneWorker(
        "tinnhiem.cli.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=False,
        workers_kill_timeout=10,
        websockets=False,
        log_enabled=False,
        log_access=False,
        static_path_route=["/static/django_htmx", "/static"],
        static_path_mount=[
            Path(django_htmx.__file__).parent / "static" / "django_htmx",
            Path(str(tinnhiem.app.__file__)).parent / "static",
        ],
        static_path_expires=3600,
    )
