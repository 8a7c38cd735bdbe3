"""Xem xét chỗ nghi vấn: what the machine could not decide, answered by members of the board from the paper.

Contract: an answer equal to what the machine proposes settles with one member; any other needs a second member who does not see the first; where the two
differ a third decides by being equal to one of them, else the board rules with a written reason. A member never meets a point twice and never
another member's answer. Nothing here tells how often a mark occurs. The ledger gets reasons and counts, never a mark or the place of a sheet.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

from tinnhiem.app.models import Account, Round, Scan

Stage = Literal["first", "second", "third", "ruling", "settled"]

WHOLE_SHEET = 0
"""Line of a point about the whole sheet: `mark` is `VALID` or a reason of the book's `sheet_invalid`."""

TWIN = -1
"""Line of a point about a sheet that was scanned twice: `mark` is `KEEP` or `REMOVE`."""

VALID, KEEP, REMOVE = "valid", "keep", "remove"

UNSTAMPED, DUPLICATE, RAISED = "unstamped", "duplicate", "raised"
"""Reasons of points that no row reading has: no stamp where others have one; scanned twice; a member looked at a row that was clear."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Một chỗ phải xem.

    `sheet` counts from 1 in scan order; `line` as printed, or `WHOLE_SHEET`, `TWIN`. `reason`: a row reason of the reader, `BY_HAND`, or one of the three above.
    `proposal` is the machine's, None where it has none. `twin` is (scan id, sheet number) of the other sheet of a `DUPLICATE`.
    """

    sheet: int
    line: int
    reason: str
    proposal: str | None
    stage: Stage
    twin: tuple[str, int] | None = None


def points(round_: Round, scan: Scan) -> tuple[Point, ...]:
    """Mọi chỗ phải xem của một lần quét, settled ones too, in the order of sheets and lines; raises `VaultShut`."""
    raise NotImplementedError


def waiting_for(round_: Round, scan: Scan, member_id: int) -> tuple[Point, ...]:
    """Các chỗ chờ một thành viên, same reasons together; the machine's proposal is shown to the first member alone."""
    raise NotImplementedError


def look(
    account: Account,
    round_id: UUID,
    scan_id: UUID,
    sheet: int,
    line: int,
    *,
    member_id: int,
    mark: str,
    reason: str = "",
) -> Point:
    """Ghi điều một thành viên thấy trên giấy; any row may be looked at, also a clear one. Returns the point as it now stands."""
    raise NotImplementedError


def look_at_sheet(
    account: Account, round_id: UUID, scan_id: UUID, sheet: int, *, member_id: int, marks: dict[int, str]
) -> None:
    """Ghi nhiều dòng của một phiếu một lần: line → mark, for a sheet keyed by hand."""
    raise NotImplementedError


def rule(account: Account, round_id: UUID, scan_id: UUID, sheet: int, line: int, *, mark: str, reason: str) -> Point:
    """Kết luận của Ban kiểm phiếu where three members saw three things; the reason stands in the ledger."""
    raise NotImplementedError


def sheets_as_decided(round_: Round, scan: Scan) -> tuple[object, ...]:
    """Các phiếu sau khi xem xét (`poll.sheet.Sheet`), in scan order; raises `PointsOpen`."""
    raise NotImplementedError
