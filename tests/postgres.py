"""A PostgreSQL server that lives for one test run: a real database instead of a mock, and no trace of it afterwards.

Contract: `with ThrowAwayCluster() as cluster` makes a cluster in a temporary folder, listens on a private Unix socket only (no
TCP, so nobody's port is touched; the number in the socket's name is never 5432), and stops the server by its own process
afterwards, whatever happened. Started by root it runs as `postgres`, because the server refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

USUAL_PORT = 5432
PATIENCE = 30  # seconds until a server that does not answer is taken for broken


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them in a folder for each version, off the path."""
    found = shutil.which(name)
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]), reverse=True
    )
    if found is None and not newest_first:
        message = f"PostgreSQL's {name} is not on this machine: `make system` installs it."
        raise FileNotFoundError(message)
    return found or str(newest_first[0])


def free_port() -> int:
    """A port nobody listens on now; it only names the socket."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port != USUAL_PORT:
            return port


class ThrowAwayCluster:
    """One server with its data folder, from `with` to the end of the block. `url` is its address."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tinnhiem-pg-"))
        self.port = free_port()
        self.owner = self._owner()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """`postgresql://tinnhiem@/postgres?host=<socket folder>&port=<number>`."""
        return f"postgresql://tinnhiem@/postgres?host={quote(str(self.folder), safe='')}&port={self.port}"

    @staticmethod
    def _owner() -> str | None:
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _start(self, *command: str, output: Path) -> subprocess.Popen[bytes]:
        # A server writes to a file, not to a pipe that somebody would have to keep reading.
        with output.open("wb") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C.UTF-8", "PGDATABASE": "postgres"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.owner,
                group=pwd.getpwnam(self.owner).pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
            )

    def _run(self, *command: str) -> None:
        log = self.folder / "command.log"
        if self._start(*command, output=log).wait(PATIENCE):
            raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))

    def _wait_until_it_answers(self) -> None:
        ready = [program("pg_isready"), "-q", "-h", str(self.folder), "-p", str(self.port)]
        end = time.monotonic() + PATIENCE
        while subprocess.run(ready, check=False).returncode:
            if time.monotonic() > end or (self._server and self._server.poll() is not None):
                raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def __enter__(self) -> Self:
        if self.owner:
            shutil.chown(self.folder, user=self.owner)
        data = str(self.folder / "data")
        try:
            self._run(program("initdb"), "-D", data, "-U", "tinnhiem", "-A", "trust", "-E", "UTF8", "--no-sync")
            settings = {
                "listen_addresses": "",
                "unix_socket_directories": str(self.folder),
                "port": str(self.port),
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
            }
            options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            self._server = self._start(program("postgres"), "-D", data, *options, output=self.folder / "server.log")
            self._wait_until_it_answers()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._server is not None and self._server.poll() is None:
            # The server's "fast shutdown": clients are sent away, files are closed.
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
