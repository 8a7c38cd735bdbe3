"""Đợt mẫu: one whole round, from an Excel file to signed minutes, by the same actions as the web desk.

Contract: writes only below `out`, which it empties first if it made it. Accounts and their log-ins live there and nowhere else. The same seed
gives the same round and the same fingerprint.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tinnhiem.errors import TinnhiemError

MARK = "accounts.json"
"""The file by which a folder is known as one of ours."""
VOTE_DATE = datetime.date(2026, 12, 15)
PASSPHRASE = "suối trong đá trắng mưa nguồn"  # noqa: S105 - printed for whoever plays; it protects invented sheets
SEED = 2026

Tell = Callable[[str], None]


class FolderNotOurs(TinnhiemError):
    """The demonstration does not empty a folder it did not make."""

    code = "demo_folder_not_ours"
    vi = "Thư mục {folder} đã có tệp khác. Chọn thư mục trống bằng --out, hoặc dọn thư mục này."
    en = "The folder {folder} holds other files. Choose an empty one with --out, or clear it."


def empty(out: Path) -> Path:
    """Dọn thư mục đợt mẫu; raises `FolderNotOurs`."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise FolderNotOurs(folder=out)
        shutil.rmtree(out)
    data = out / "data"
    data.mkdir(parents=True)
    return data


def set_up(data: Path) -> None:
    """Mở cơ sở dữ liệu của đợt mẫu trong `data`."""
    os.environ["TINNHIEM_DATA"] = str(data.absolute())
    os.environ["TINNHIEM_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinnhiem.app.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def main(out: Path, seed: int | None = None) -> Path:
    """Chơi trọn đợt mẫu vào `out`; returns the data folder that `tinnhiem serve` can open."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(highlight=False)
    data = empty(out)
    (out / MARK).write_text("{}", encoding="utf-8")
    set_up(data)

    from tinnhiem.demo.acts import Play
    from tinnhiem.demo.scanned_round import ScannedPlay

    dice = random.Random(SEED if seed is None else seed)
    play = Play(out, dice, console.print)
    play.prepare()
    play.meet()
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Hai bàn nhập phiếu", total=play.to_key)
        play.key(lambda: progress.advance(bar))
    play.settle()
    play.count_and_sign()
    console.print("\nĐợt thứ hai: kiểm phiếu bằng máy quét")
    second = ScannedPlay.after(play)
    second.print_ballots()
    second.meet()
    second.scan()
    console.print("Các chỗ ấy chờ ở Phòng kiểm phiếu của đợt này: đăng nhập bàn Trưởng Ban kiểm phiếu để xem.")
    (out / MARK).write_text(
        json.dumps(play.accounts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    console.print(f"\nCác tệp ở {out}:")
    for path in sorted(out.rglob("*")):
        if path.is_file() and "data" not in path.relative_to(out).parts:
            console.print(f"  {path.relative_to(out).as_posix()}")
    console.print("\nTài khoản của từng bàn (chỉ dùng trong đợt mẫu này):")
    for account in play.accounts["accounts"]:
        console.print(f"  {account['desk']}: {account['username']} / {account['password']}")
    console.print(f"  Cụm mật khẩu của Ban kiểm phiếu: {PASSPHRASE}")
    return data
