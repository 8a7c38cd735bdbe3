"""Tệp vào và tệp ra: what the command line reads and writes.

Contract: `read` returns the bytes of a file or one refusal that names it; it never reads more than the limit it is given. `write_all` is all
or nothing: every file is first written whole beside its place, then all are put in place; if one cannot be, those already placed
are set back as they were. Nothing but plain files is ever replaced.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from tinnhiem.cli import errors as fault
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.poll.text_file import ROUND_LIMIT


def read(path: Path, limit: int = ROUND_LIMIT) -> bytes:
    """Nội dung một tệp, at most one byte more than `limit` (the reader refuses it then)."""
    try:
        if path.is_dir():
            raise fault.InputIsFolder(str(path))
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise fault.InputMissing(str(path)) from None
    except (OSError, ValueError) as error:
        raise fault.InputUnreadable(str(path), reason=_reason(error)) from None


def read_each(paths: Sequence[Path], limit: int = ROUND_LIMIT) -> list[bytes]:
    """Nội dung của từng tệp. Raises `Faults` naming every file that cannot be read."""
    contents: list[bytes] = []
    faults: list[TinnhiemError] = []
    for path in paths:
        try:
            contents.append(read(path, limit))
        except TinnhiemError as refusal:
            faults.append(refusal)
    if faults:
        raise Faults(faults)
    return contents


def check_outputs(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Kiểm tra chỗ ghi trước khi làm: no name twice, no input overwritten, nothing but plain files replaced."""
    faults: list[TinnhiemError] = []
    taken = {resolved(path) for path in inputs}
    for path in outputs:
        if resolved(path) in taken:
            faults.append(fault.OutputTwice(str(path)))
        elif os.path.lexists(path) and not path.is_file():
            faults.append(fault.OutputNotAFile(str(path)))
        elif not path.parent.is_dir():
            faults.append(fault.OutputFolderMissing(str(path), folder=path.parent))
        taken.add(resolved(path))
    if faults:
        raise Faults(faults)


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Ghi tất cả hoặc không ghi gì. Raises `OutputRefused`, and then every place is as it was."""
    check_outputs(list(contents), ())
    ready: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    place = Path()
    try:
        for place, content in contents.items():
            beside = place.with_name(f".{place.name[:80]}.{secrets.token_hex(4)}")
            ready[place] = beside
            _write(beside, content)
        for place, beside in ready.items():
            before[place] = place.read_bytes() if place.exists() else None
            beside.replace(place)
    except OSError as error:
        for done, old in before.items():
            _set_back(done, old)
        raise fault.OutputRefused(str(place), reason=_reason(error)) from None
    finally:
        for beside in ready.values():
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _set_back(path: Path, old: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != old:
            path.write_bytes(old)


def resolved(path: Path) -> str:
    """Tên thật của một tệp, by which two spellings of one file are known as one."""
    return os.path.normcase(os.path.realpath(path))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
