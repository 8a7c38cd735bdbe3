"""Tài khoản và bàn làm việc: the first officer, further accounts, who sits at which desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tinnhiem.app.access import NotAllowed, Permission, check_seat
from tinnhiem.app.actions.acting import acting, acting_in_house
from tinnhiem.app.models import Account, Desk, Role
from tinnhiem.errors import TinnhiemError


class HouseAlreadyOpen(TinnhiemError):
    """The first officer exists already."""

    code = "house_already_open"
    vi = "Tài khoản đầu tiên đã được lập. Đề nghị đăng nhập."
    en = "The first account exists already. Log in."


class UsernameTaken(TinnhiemError):
    """An account of that log-in name exists."""

    code = "username_taken"
    vi = "Tên đăng nhập “{username}” đã có. Chọn tên khác."
    en = "The log-in name “{username}” is taken. Choose another."


class PasswordWeak(TinnhiemError):
    """A password that is too short or too common."""

    code = "password_weak"
    vi = "Mật khẩu chưa đạt: cần ít nhất 8 ký tự và không phải mật khẩu thông dụng. Đặt mật khẩu khác."
    en = "The password is too weak: at least 8 characters, and not a common one. Choose another."


def _new_account(username: str, shown_name: str, password: str, *, is_officer: bool) -> Account:
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    account = Account(username=username, shown_name=shown_name, is_officer=is_officer)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordWeak from error
    account.set_password(password)
    account.save()
    return account


def open_house(username: str, shown_name: str, password: str) -> Account:
    """Lập tài khoản đầu tiên: possible once, on an empty installation."""
    with acting_in_house(None) as act:
        if Account.objects.exists():
            raise HouseAlreadyOpen
        account = _new_account(username, shown_name, password, is_officer=True)
        act.record("house_opened", name=shown_name)
    return account


def create_account(officer: Account, username: str, shown_name: str, password: str) -> Account:
    """Lập tài khoản: by an officer."""
    if not officer.is_officer:
        raise NotAllowed(who="chuyên viên tổ chức")
    with acting_in_house(officer) as act:
        account = _new_account(username, shown_name, password, is_officer=False)
        act.record("account_created", name=shown_name)
    return account


def set_password(officer: Account, account: Account, password: str) -> None:
    """Đặt lại mật khẩu: by an officer, for somebody who lost it."""
    if not officer.is_officer:
        raise NotAllowed(who="chuyên viên tổ chức")
    with acting_in_house(officer) as act:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise PasswordWeak from error
        account.set_password(password)
        account.save()
        act.record("password_set", name=str(account))
    # Whoever resets a password could sit down in that person's place: a round in which they hold a desk says so in its own ledger.
    for desk in Desk.objects.filter(account=account, round__state__in=("closed", "counting")).exclude(
        role=Role.ORGANISER
    ):
        with acting(officer, Permission.PREPARE, desk.round_id) as of_round:
            of_round.record("board_password_set", name=str(account))


def assign_desk(officer: Account, round_id: UUID, account: Account, role: Role, station: int | None = None) -> Desk:
    """Giao bàn làm việc: gives an account a role in a round; raises `RolesClash`, `StationTaken`."""
    with acting(officer, Permission.PREPARE, round_id) as act:
        check_seat(account, role, station, act.round)
        desk, _ = Desk.objects.update_or_create(
            round=act.round, account=account, role=role, defaults={"station": station}
        )
        act.record("desk_assigned", name=str(account), role=str(role.label), station=station)
    return desk
