"""The cheap hashing of `tests/app`, but for the plug test, whose table is a process of its own at the real cost."""

from tests.app.conftest import cheap_hashing

__all__ = ["cheap_hashing"]
