"""`tinnhiem demo`: what the command itself sees to; the round it plays has tests of its own."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.cli.running import call


def test_a_port_in_use_is_refused_before_the_round_is_played(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        done = call("demo", "--out", tmp_path / "out", "--port", str(taken.getsockname()[1]))
    assert (done.code, done.out, (tmp_path / "out").exists()) == (2, "", False)
