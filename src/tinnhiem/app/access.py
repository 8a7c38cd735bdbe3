"""Ai được làm gì: roles, what each may do, and which roles never meet in one person.

Contract: every action asks here first, every page too; what is not listed is refused. A refusal says who may do it. Nobody sees a figure before the
minutes are signed except the board, and the board only once everything is settled.
"""

from __future__ import annotations

from enum import StrEnum

from tinnhiem.app.models import Account, Desk, Role, Round
from tinnhiem.errors import TinnhiemError


class Permission(StrEnum):
    """Quyền: one word per kind of act or page."""

    PREPARE = "prepare"  # plan, lists, rulebook values, documents before the vote
    MEETING = "meeting"  # numbers of the meeting, box, issuing, closing
    COUNT = "count"  # opening the counting room, batches, reconciling, rulings, minutes
    KEY = "key"  # keying at a station
    RESULT = "result"  # the result, once signed
    FOLLOW = "follow"  # announcing, reporting, archiving
    RECORD = "record"  # reading the ledger and the entry journal


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ORGANISER: frozenset(
        {Permission.PREPARE, Permission.MEETING, Permission.RESULT, Permission.FOLLOW, Permission.RECORD}
    ),
    Role.CHAIR: frozenset({Permission.RESULT, Permission.FOLLOW, Permission.RECORD}),
    Role.BOARD_HEAD: frozenset({Permission.MEETING, Permission.COUNT, Permission.RESULT, Permission.RECORD}),
    Role.BOARD: frozenset({Permission.COUNT, Permission.RESULT, Permission.RECORD}),
    Role.STATION: frozenset({Permission.KEY}),
}
"""What each role may do in its round."""

INCOMPATIBLE: tuple[frozenset[Role], ...] = (
    frozenset({Role.CHAIR, Role.BOARD_HEAD}),
    frozenset({Role.CHAIR, Role.BOARD}),
    frozenset({Role.CHAIR, Role.STATION}),
    frozenset({Role.ORGANISER, Role.BOARD_HEAD}),
)
"""Pairs of roles that one account may not hold in one round (product.md 3.9)."""


class NotAllowed(TinnhiemError):
    """An act or a page that this account may not have."""

    code = "not_allowed"
    vi = "Việc này dành cho: {who}. Đề nghị đăng nhập bằng tài khoản của bàn đó."
    en = "This is for: {who}. Log in with that desk's account."


class RolesClash(TinnhiemError):
    """Two roles that one person may not hold together."""

    code = "roles_clash"
    vi = "{name} đang là {first}, không thể đồng thời là {second}. Chọn người khác."
    en = "{name} is {first} and cannot be {second} as well. Choose somebody else."


class StationTaken(TinnhiemError):
    """One account at two stations would see both readings."""

    code = "station_taken"
    vi = "{name} đã ngồi ở bàn nhập số {station}; hai bàn nhập phải do hai tài khoản khác nhau giữ."
    en = "{name} already sits at station {station}; two stations need two accounts."


def roles(account: Account, round_: Round) -> frozenset[Role]:
    """Vai trò của một tài khoản trong đợt."""
    return frozenset(Role(desk.role) for desk in Desk.objects.filter(account=account, round=round_))


def may(account: Account, permission: Permission, round_: Round) -> bool:
    """Có được phép hay không."""
    return any(permission in ALLOWED[role] for role in roles(account, round_))


def require(account: Account, permission: Permission, round_: Round) -> None:
    """Raises `NotAllowed`, naming the roles that may."""
    if not may(account, permission, round_):
        who = ", ".join(str(role.label) for role in Role if permission in ALLOWED[role])
        raise NotAllowed(who=who)


def check_seat(account: Account, role: Role, station: int | None, round_: Round) -> None:
    """Kiểm tra trước khi giao bàn: raises `RolesClash` or `StationTaken`."""
    for desk in Desk.objects.filter(account=account, round=round_):
        held = Role(desk.role)
        if held is role is Role.STATION and desk.station != station:
            raise StationTaken(name=str(account), station=desk.station)
        for pair in INCOMPATIBLE:
            if held is not role and {held, role} == pair:
                raise RolesClash(name=str(account), first=str(held.label), second=str(role.label))
