"""What these tests share: cheap hashing, so that they spend their time on what they speak of."""

from __future__ import annotations

import nacl.pwhash
import pytest
import pytest_django

from tinnhiem.app import vault


@pytest.fixture(autouse=True)
def cheap_hashing(settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Log-ins and passphrases are hashed at the least cost there is; the plug test uses the real cost, in its own process."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(vault, "OPSLIMIT", nacl.pwhash.argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(vault, "MEMLIMIT", nacl.pwhash.argon2id.MEMLIMIT_MIN)
