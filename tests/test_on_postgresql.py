"""Many bodies at once: what `app` does on SQLite it does on PostgreSQL, chosen by one setting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_tests_of_app_pass_on_postgresql(postgres_url: str) -> None:
    command = [sys.executable, "-m", "pytest", "--no-header", "-p", "no:cacheprovider", "tests/app"]
    environment = os.environ | {"TINNHIEM_DATABASE_URL": postgres_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-6000:]
