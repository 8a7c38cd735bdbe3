"""Ảnh quét: keeping is a decision, deleting is a recorded act, leaving the house is possible only as the encrypted whole.

Contract: without a decision with name and number the images go when the board has signed, by a recorded act, or before that when the board says so.
What is exported is the sealed files, their hashes and nothing that can be read.
"""

from __future__ import annotations

from uuid import UUID

from tinnhiem.app.models import Account, Round


def keep_images(account: Account, round_id: UUID, decision: str) -> Round:
    """Ghi quyết định lưu ảnh quét, with name and number; "" takes it back. Until the signing."""
    raise NotImplementedError


def delete_images(account: Account, round_id: UUID, decision: str = "") -> int:
    """Xóa ảnh quét: once the result is counted; returns how many. With a decision to keep them, deleting needs a decision too."""
    raise NotImplementedError


def images_left(round_: Round) -> int:
    """Số ảnh còn trong máy."""
    raise NotImplementedError


def export_images(account: Account, round_id: UUID) -> bytes:
    """Chép ra USB: a ZIP of sealed files and their SHA-256; refused without a decision to keep the images."""
    raise NotImplementedError
