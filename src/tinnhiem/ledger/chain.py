"""Chuỗi việc đã ghi: each event carries the digest of the one before, so nothing can be taken out or changed unseen.

Contract: `append` makes the next event, `verify` walks a chain from its beginning. A digest is the SHA-256 of the event's canonical JSON (UTF-8,
NFC, sorted keys, no spaces) with the previous digest inside. What it proves: that the events are those, in that order, since a head that somebody
wrote down (it stands in the minutes). What it does not: that everything was recorded, or that nobody rebuilt the whole chain before a head was
printed.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from tinnhiem.errors import TinnhiemError

BEGINNING = "0" * 64
"""The previous digest of the first event."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Một việc đã ghi. `at` is ISO 8601 local time with offset; `sentence` is Vietnamese; `data` are its values."""

    seq: int
    at: str
    actor: str
    code: str
    sentence: str
    data: dict[str, str | int | None]
    previous: str
    digest: str = ""


class ChainBroken(TinnhiemError):
    """An event does not follow from the one before it."""

    code = "chain_broken"
    vi = "Sổ ghi không còn nguyên vẹn từ việc số {seq} (“{sentence}”). Giữ nguyên máy, báo cáo người có thẩm quyền."
    en = "The ledger is not whole from event {seq} (“{sentence}”) on. Leave the machine as it is and report."


def digest(event: Event) -> str:
    """Mã băm của một việc, its own digest left out."""
    content = msgspec.to_builtins(event)
    del content["digest"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()


def append(
    last: Event | None, *, at: str, actor: str, code: str, sentence: str, data: Mapping[str, str | int | None]
) -> Event:
    """Ghi thêm một việc: the event that follows `last` (None: the first of a chain)."""
    event = Event(
        seq=last.seq + 1 if last else 1,
        at=at,
        actor=actor,
        code=code,
        sentence=sentence,
        data=dict(data),
        previous=last.digest if last else BEGINNING,
    )
    return msgspec.structs.replace(event, digest=digest(event))


def verify(events: Iterable[Event]) -> str:
    """Kiểm tra sổ ghi: returns the head (the last digest); raises `ChainBroken` at the first event that does not follow."""
    head = BEGINNING
    for seq, event in enumerate(events, start=1):
        if event.seq != seq or event.previous != head or event.digest != digest(event):
            raise ChainBroken(seq=seq, sentence=event.sentence)
        head = event.digest
    return head
