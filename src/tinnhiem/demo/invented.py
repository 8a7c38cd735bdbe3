"""Người bịa: a body, its leaders, its voters and its counting board, all invented from common parts of names.

Contract: the same seed gives the same people. Family, middle and given names are common ones put together at random; any likeness is chance. Names of
the Central Highlands are among them because rosters have them.
"""

from __future__ import annotations

import random

import msgspec

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MEN = (
    ("Văn", "Đức", "Quang", "Hữu", "Minh", "Xuân"),
    ("An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Khánh", "Lâm", "Nghĩa", "Phúc", "Sơn", "Thắng", "Tuấn", "Việt"),
)
WOMEN = (
    ("Thị", "Ngọc", "Thanh", "Thu", "Kim", "Bích"),
    ("Ánh", "Chi", "Dung", "Hà", "Hạnh", "Hoa", "Lan", "Mai", "Nga", "Oanh", "Phượng", "Thảo", "Vân", "Yến"),
)
HIGHLANDS = (("Y Ghĭ", "Niê"), ("H'Lan", "Êban"), ("Ksor", "H'Nga"))
POSTS = (
    "Bí thư Đảng ủy",
    "Phó Bí thư Thường trực Đảng ủy",
    "Phó Bí thư Đảng ủy, Chủ tịch Ủy ban nhân dân xã",
    "Ủy viên Ban Thường vụ, Trưởng Ban Xây dựng Đảng",
    "Ủy viên Ban Thường vụ, Chủ nhiệm Ủy ban Kiểm tra Đảng ủy",
    "Ủy viên Ban Thường vụ, Phó Chủ tịch Thường trực Hội đồng nhân dân xã",
    "Ủy viên Ban Thường vụ, Chỉ huy trưởng Ban Chỉ huy Quân sự xã",
    "Ủy viên Ban Thường vụ, Trưởng Công an xã",
    "Ủy viên Ban Thường vụ, Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã, Phó Chủ nhiệm Ủy ban Kiểm tra",
)


class Somebody(msgspec.Struct, frozen=True, kw_only=True):
    """Một người bịa."""

    family: str
    given: str
    born: int
    sex: str
    post: str = ""
    sort_name: str = ""

    @property
    def full(self) -> str:
        """Họ và tên."""
        return f"{self.family} {self.given}"


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Mọi người của đợt mẫu: nine subjects, fifty voters, five on the board and two helpers."""

    body: str
    superior: str
    place: str
    subjects: tuple[Somebody, ...]
    voters: tuple[Somebody, ...]
    board: tuple[Somebody, ...]
    helpers: tuple[Somebody, ...]


def invent(dice: random.Random, voters: int = 50) -> Cast:
    """Nghĩ ra mọi người: the subjects are among the voters, the board among the voters who are not voted on."""
    seen: set[str] = set()
    everyone: list[Somebody] = []
    while len(everyone) < voters:
        somebody = _somebody(dice, highland=len(everyone) in (11, 27, 41))
        if somebody.full not in seen:
            seen.add(somebody.full)
            everyone.append(somebody)
    subjects = tuple(msgspec.structs.replace(one, post=post) for one, post in zip(everyone[:9], POSTS, strict=True))
    rest = tuple(msgspec.structs.replace(one, post="Ủy viên Ban Chấp hành") for one in everyone[9:])
    board = tuple(rest[place] for place in (3, 8, 14, 20, 33))
    helpers = tuple(
        msgspec.structs.replace(_somebody(dice, highland=False), post="Chuyên viên Văn phòng Đảng ủy") for _ in range(2)
    )
    return Cast(
        body="Đảng ủy xã Suối Đá",
        superior="Đảng bộ tỉnh Bình Minh",
        place="Suối Đá",
        subjects=subjects,
        voters=(*subjects, *rest),
        board=board,
        helpers=helpers,
    )


def _somebody(dice: random.Random, *, highland: bool) -> Somebody:
    born = dice.randint(1967, 1990)
    if highland:
        family, given = dice.choice(HIGHLANDS)
        return Somebody(family=family, given=given, born=born, sex="Nam" if family == "Y Ghĭ" else "Nữ")
    sex = dice.choice(("Nam", "Nam", "Nữ"))
    middles, givens = MEN if sex == "Nam" else WOMEN
    family = f"{dice.choice(FAMILIES)} {dice.choice(middles)}"
    return Somebody(family=family, given=dice.choice(givens), born=born, sex=sex)
