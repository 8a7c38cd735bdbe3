"""Ảnh quét: keeping is a decision, deleting is a recorded act, leaving the house is possible only as the encrypted whole.

Contract: without a decision with name and number the images go when the board has signed, by a recorded act (`delete_with_signing`), or before that when the
board says so. What is exported is the sealed files, their hashes and nothing that can be read. Readings stay sealed until the sheets are deleted.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from uuid import UUID

import msgspec

from tinnhiem.app import scan_store, vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.models import Account, CountRecordRow, Round, Scan, Seal
from tinnhiem.app.queries.column_gallery import unseen
from tinnhiem.app.queries.scan_points import looks_place
from tinnhiem.app.scan_manifest import manifest_place
from tinnhiem.errors import TinnhiemError
from tinnhiem.poll import round as steps

NOT_KEPT = "không lưu ảnh quét"
"""What the ledger says where there is no decision to keep the images."""

HASHES = "SHA256SUMS"
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
"""The one time of every entry."""

ZIP_MODE = 0o600 << 16
"""The one right of every entry."""


class ImagesStillNeeded(TinnhiemError):
    """The result is not counted, or strips are still to be looked through."""

    code = "images_still_needed"
    vi = "Chưa xóa ảnh được: tổng hợp kết quả và xem hết các dải ô phải xem rồi mới xóa."
    en = "The images are still needed: count, and look through the strips that must be seen, before deleting them."


class ImagesKeptByDecision(TinnhiemError):
    """Kept by decision, deleted by decision."""

    code = "images_kept_by_decision"
    vi = "Ảnh được lưu theo {decision}. Muốn xóa, ghi tên và số của quyết định cho xóa."
    en = "The images are kept by {decision}. To delete them, state the name and number of the decision that says so."


class ImagesNotKept(TinnhiemError):
    """Nothing leaves the house without a decision to keep it."""

    code = "images_not_kept"
    vi = "Đợt này không lưu ảnh quét nên không chép ra ngoài. Nếu cần lưu, ghi quyết định lưu ảnh (tên và số) trước khi ký biên bản."
    en = "This round keeps no images, so none are copied out. To keep them, record the decision with name and number before the signing."


class ImagesAreGone(TinnhiemError):
    """There is nothing to export."""

    code = "images_are_gone"
    vi = "Không còn ảnh quét nào trong máy."
    en = "There are no scanned images on the machine."


def keep_images(account: Account, round_id: UUID, decision: str) -> Round:
    """Ghi quyết định lưu ảnh quét, with name and number; "" takes it back. Until the signing; raises `NumbersSettled`'s kin `SignedAlready`."""
    with acting(account, Permission.PREPARE, round_id) as act:
        if _signed(act.round):
            raise SignedAlready
        act.round.keep_images_decision = decision.strip()
        act.round.save(update_fields=["keep_images_decision"])
        if decision.strip():
            act.record("images_kept", decision=decision.strip())
        else:
            act.record("images_not_kept")
        return act.round


class SignedAlready(TinnhiemError):
    """Decided too late."""

    code = "images_signed_already"
    vi = "Biên bản đã ký, ảnh quét đã được xử lý theo quyết định trước đó."
    en = "The minutes are signed; the images were dealt with as decided before."


def delete_images(account: Account, round_id: UUID, decision: str = "") -> int:
    """Xóa ảnh quét: once the result is counted; returns how many. What is kept by decision needs a decision to go."""
    with acting(account, Permission.COUNT, round_id) as act:
        counted = CountRecordRow.objects.filter(round=act.round, number=act.round.count_number)
        if not counted.exists() or (not _signed(act.round) and unseen(act.round)):
            raise ImagesStillNeeded
        if act.round.keep_images_decision and not decision.strip():
            raise ImagesKeptByDecision(decision=act.round.keep_images_decision)
        found = record_deletion(act, decision.strip())
    scan_store.clear(round_id)
    return found


def record_deletion(act: Act, decision: str) -> int:
    """Ghi việc xóa ảnh vào sổ; the files go after the transaction (`scan_store.clear`). Returns how many there are."""
    found = len(scan_store.keys(act.round.pk))
    act.record("images_deleted", count=found, decision=decision or NOT_KEPT)
    return found


def delete_with_signing(act: Act) -> bool:
    """Khi ký biên bản: whether the images go now; recorded where there are any."""
    if act.round.keep_images_decision or not scan_store.keys(act.round.pk):
        return False
    record_deletion(act, "")
    return True


def images_left(round_: Round) -> int:
    """Số ảnh còn trong máy."""
    return len(scan_store.keys(round_.pk))


def export_images(account: Account, round_id: UUID) -> bytes:
    """Chép ra USB: a ZIP of sealed files and their SHA-256 under random names; refused without a decision to keep the images.

    The wrapped key and the sealed manifests go along, so that the board's passphrase opens the whole on another machine; `INDEX` of them is sealed as well.
    """
    with acting(account, Permission.COUNT, round_id) as act:
        if not act.round.keep_images_decision:
            raise ImagesNotKept
        keys = scan_store.keys(round_id)
        if not keys:
            raise ImagesAreGone
        parts = {f"{key}.sealed": scan_store.path_of(round_id, key).read_bytes() for key in keys}
        parts |= _manifests(act.round)
        whole = _zipped(parts)
        act.record(
            "images_exported",
            count=len(keys),
            decision=act.round.keep_images_decision,
            digest=hashlib.sha256(whole).hexdigest(),
        )
        return whole


def _manifests(round_: Round) -> dict[str, bytes]:
    seal = Seal.objects.get(round=round_)
    index: dict[str, str] = {}
    parts = {"key.sealed": bytes(seal.salt) + bytes(seal.wrapped)}
    for scan in Scan.objects.filter(batch__round=round_).order_by("pk"):
        for place, blob in ((manifest_place(scan), scan.manifest), (looks_place(scan), scan.looks)):
            if blob:
                name = f"{secrets.token_hex(16)}.sealed"
                index[name] = place
                parts[name] = bytes(blob)
    parts["index.sealed"] = vault.seal_text(round_.pk, "image-index", msgspec.json.encode(index))
    return parts


def _zipped(parts: dict[str, bytes]) -> bytes:
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items()))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (*sorted(parts.items()), (HASHES, listed.encode("utf-8"))):
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.create_system = 0
            entry.external_attr = ZIP_MODE
            archive.writestr(entry, content)
    return whole.getvalue()


def _signed(round_: Round) -> bool:
    return round_.state in steps.STATES and steps.STATES.index(round_.state) >= steps.STATES.index("signed")
