"""`tinnhiem serve`: one worker on one folder, ended cleanly by hand and harmlessly by force."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, call, start
from tinnhiem.cli import address, errors
from tinnhiem.cli.data_folder import held


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The program serving, from the first page that answers."""
    running = subprocess.Popen(
        [*COMMAND, "serve", "--data", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={key: value for key, value in os.environ.items() if not key.startswith("TINNHIEM_")},
    )
    try:
        until = time.monotonic() + 60
        while not answers(port):
            assert running.poll() is None, running.communicate()[0]
            assert time.monotonic() < until
            time.sleep(0.1)
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.communicate()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/css/desk.css", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def gone(port: int) -> bool:
    """Whether nothing listens there any more, within ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.1)
    return False


def test_an_empty_folder_is_served_until_the_program_is_told_to_stop(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", port) as running:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
            first = page.status
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=30)[0]
    assert (first, running.returncode, f"http://127.0.0.1:{port}" in said, said.splitlines()[-1]) == (
        200,
        0,
        True,
        "Đã dừng.",
    )


def test_a_second_copy_is_refused_on_the_port_and_on_the_folder(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", port):
        same_port = start("serve", "--data", tmp_path / "other", "--port", str(port))
        same_folder = start("serve", "--data", tmp_path / "data", "--port", str(free_port()))
    assert [(one.code, one.out, "\n" in one.err.strip()) for one in (same_port, same_folder)] == [(2, "", False)] * 2
    assert [text in one.err for text, one in ((str(port), same_port), ("Thư mục dữ liệu", same_folder))] == [True, True]


def test_a_killed_program_leaves_neither_worker_nor_lock(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", port) as running:
        running.kill()
        running.wait()
        left = gone(port)
    with serving(tmp_path / "data", port):
        again = answers(port)
    assert (left, again) == (True, True)


def test_a_closed_window_ends_the_program_rather_than_starting_a_worker_without_the_key(tmp_path: Path) -> None:
    with serving(tmp_path / "data", port := free_port()) as running:
        running.send_signal(signal.SIGHUP)
        running.wait(timeout=30)
    assert (running.returncode, gone(port)) == (0, True)


def test_a_folder_held_once_is_not_held_twice(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(errors.FolderInUse) as refused, held(tmp_path):
        pass
    assert refused.value == errors.FolderInUse(str(tmp_path))


def test_a_folder_let_go_can_be_held_again(tmp_path: Path) -> None:
    with held(tmp_path):
        pass
    with held(tmp_path):
        assert (tmp_path / "serve.lock").exists()


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(errors.FolderRefused), held(tmp_path / "file" / "data"):
        pass


def test_a_database_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tinnhiem.sqlite3").write_text("không phải cơ sở dữ liệu " * 99, encoding="utf-8")
    done = start("serve", "--data", tmp_path, "--port", str(free_port()))
    assert (done.code, done.out, done.err) == (
        2,
        "",
        f"{tmp_path}: {errors.DatabaseRefused(reason='file is not a database').message}\n",
    )


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(errors.PortUnfit) as refused:
        address.check("127.0.0.1", port)
    assert refused.value == errors.PortUnfit(found=port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(errors.HostUnfit):
        address.check("203.0.113.7", free_port())


def test_this_machine_alone_is_reached_by_its_number() -> None:
    assert address.names("127.0.0.1") == ["127.0.0.1"]


def test_an_open_address_is_reached_by_the_name_of_the_machine() -> None:
    assert address.names("0.0.0.0")[0] == socket.gethostname()  # noqa: S104 - the address under test


def test_a_port_in_words_is_refused() -> None:
    assert (call("serve", "--port", "web").code, call("serve", "--port", "web").out) == (2, "")
