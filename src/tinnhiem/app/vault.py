"""Niêm phong dữ liệu phiếu: the data key of a round, its passphrase, and what is sealed with it.

Contract: a random 32-byte data key is made when the board opens the counting room. It is wrapped with a key drawn from the board's
passphrase (Argon2id) and stored only so; in clear it lives in the memory of the one serving process and nowhere else. After the power
fails the board types the passphrase again; if it is lost, the sheets are keyed again from the paper. Everything that carries a mark is
sealed (XChaCha20-Poly1305) and bound to the row it belongs to, so that sealed blobs cannot change places. What an administrator of the
laptop could still do stands in SECURITY.md.
"""

from __future__ import annotations

import threading
import unicodedata
from uuid import UUID

import nacl.exceptions
import nacl.pwhash
import nacl.secret
import nacl.utils

from tinnhiem.errors import TinnhiemError

SHORTEST_PASSPHRASE = 12
"""Characters: with Argon2id at interactive cost, what a stolen laptop cannot try out in a meeting's time."""


TEXT_STEP = 4096
"""Bytes: sealed texts are padded to a multiple of this."""


class PassphraseTooShort(TinnhiemError):
    """The board's passphrase is too easily guessed."""

    code = "passphrase_too_short"
    vi = "Cụm mật khẩu cần ít nhất {least} ký tự. Nên dùng bốn, năm từ không liên quan với nhau."
    en = "The passphrase needs at least {least} characters. Four or five unrelated words are best."


class PassphraseWrong(TinnhiemError):
    """The passphrase does not open this round."""

    code = "passphrase_wrong"
    vi = "Cụm mật khẩu không đúng. Phiếu đã nhập vẫn còn nguyên; đề nghị nhập lại cụm mật khẩu của Ban kiểm phiếu."
    en = "The passphrase does not open this round. What was keyed is untouched; type the board's passphrase again."


class VaultShut(TinnhiemError):
    """The round's data key is not in memory."""

    code = "vault_shut"
    vi = "Dữ liệu phiếu đang khóa. Phiếu đã lưu còn nguyên; đề nghị Trưởng Ban kiểm phiếu nhập cụm mật khẩu để mở."
    en = "The sheets are locked. What was saved is untouched; the head of the board opens them with the passphrase."


class SealBroken(TinnhiemError):
    """Sealed data that was altered or moved."""

    code = "seal_broken"
    vi = "Dữ liệu đã niêm phong không còn nguyên vẹn. Dừng kiểm phiếu trên máy, kiểm phiếu giấy và báo cáo người chủ trì."
    en = "Sealed data is no longer whole. Stop counting on this machine, count the paper and report to the chair."


OPSLIMIT = nacl.pwhash.argon2id.OPSLIMIT_MODERATE
MEMLIMIT = nacl.pwhash.argon2id.MEMLIMIT_INTERACTIVE
"""Argon2id: about a second of an old office machine for each guess, in 64 MiB."""

_keys: dict[UUID, bytes] = {}
_guard = threading.Lock()


def _wrapping_key(passphrase: str, salt: bytes) -> bytes:
    secret = unicodedata.normalize("NFC", " ".join(passphrase.split())).encode("utf-8")
    return nacl.pwhash.argon2id.kdf(
        nacl.secret.Aead.KEY_SIZE,
        secret,
        salt,
        opslimit=OPSLIMIT,
        memlimit=MEMLIMIT,
    )


def make(round_id: UUID, passphrase: str) -> tuple[bytes, bytes]:
    """Lập khóa dữ liệu: makes the round's data key, leaves it open, returns (salt, wrapped) for storing."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(least=SHORTEST_PASSPHRASE)
    key = nacl.utils.random(nacl.secret.Aead.KEY_SIZE)
    salt = nacl.utils.random(nacl.pwhash.argon2id.SALTBYTES)
    wrapped = nacl.secret.Aead(_wrapping_key(passphrase, salt)).encrypt(key, round_id.bytes)
    with _guard:
        _keys[round_id] = key
    return salt, bytes(wrapped)


def unlock(round_id: UUID, passphrase: str, salt: bytes, wrapped: bytes) -> None:
    """Mở khóa dữ liệu: puts the data key into memory; raises `PassphraseWrong`."""
    try:
        key = nacl.secret.Aead(_wrapping_key(passphrase, salt)).decrypt(wrapped, round_id.bytes)
    except nacl.exceptions.CryptoError as error:
        raise PassphraseWrong from error
    with _guard:
        _keys[round_id] = key


def lock(round_id: UUID) -> None:
    """Khóa dữ liệu: forgets the data key."""
    with _guard:
        _keys.pop(round_id, None)


def is_open(round_id: UUID) -> bool:
    """Đang mở hay không."""
    with _guard:
        return round_id in _keys


def _box(round_id: UUID) -> nacl.secret.Aead:
    with _guard:
        key = _keys.get(round_id)
    if key is None:
        raise VaultShut
    return nacl.secret.Aead(key)


def seal(round_id: UUID, place: str, content: bytes) -> bytes:
    """Niêm phong: encrypts `content` for `place` (a name of the row it is stored in)."""
    return bytes(_box(round_id).encrypt(content, place.encode("utf-8")))


def seal_text(round_id: UUID, place: str, content: bytes) -> bytes:
    """Niêm phong một văn bản JSON: as `seal`, padded with white space, so that its length does not tell how long its figures are."""
    padded = -(-len(content) // TEXT_STEP) * TEXT_STEP
    return seal(round_id, place, content.ljust(padded))


def unseal(round_id: UUID, place: str, sealed: bytes) -> bytes:
    """Mở niêm phong: raises `VaultShut`, or `SealBroken` where the blob was altered or stood elsewhere."""
    try:
        return _box(round_id).decrypt(bytes(sealed), place.encode("utf-8"))
    except nacl.exceptions.CryptoError as error:
        raise SealBroken from error
