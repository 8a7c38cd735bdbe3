"""Đợt bịa để đo: ROUND.toml with as many invented people as asked.

Contract: the same number of names gives the same file; nobody in it exists. Every seventh post runs over two lines, unless posts are asked to be short:
then a side holds as many rows as it can.
"""

from __future__ import annotations

from typing import NamedTuple

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Quốc Thu Minh Ngọc Đức Thanh Hữu Kim Xuân".split()
GIVEN = "An Bích Cường Dung Đức Gấm Hưng Khuê Lan Mạnh Nga Oanh Phượng Quyết Rạng Sửu Thưởng Uyên Vững Yến Ẩn Nghĩa Trễ".split()
POSTS = (
    "Phó Chủ tịch Hội đồng nhân dân xã",
    "Trưởng Ban Kinh tế - Ngân sách",
    "Ủy viên Ủy ban nhân dân",
    "Giám đốc Sở Xây dựng",
    "Chủ tịch Ủy ban nhân dân xã",
    "Trưởng Ban Văn hóa - Xã hội",
    "Ủy viên Ban Thường vụ, Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân, Trưởng Ban Pháp chế",
)
SHORT_POSTS = (
    "Chánh Văn phòng",
    "Giám đốc Sở Xây dựng",
    "Ủy viên Ủy ban",
    "Trưởng Ban Pháp chế",
    "Phó Chủ tịch",
    "Chánh Thanh tra",
    "Giám đốc Sở Y tế",
)


class Invented(NamedTuple):
    """Một người bịa."""

    name: str
    post: str


def invented(names: int, *, short: bool = False) -> tuple[Invented, ...]:
    """Người bịa, as many as asked; `short`: posts of one line."""
    posts = SHORT_POSTS if short else POSTS
    return tuple(Invented(f"{FAMILY[i % 16]} {MIDDLE[i % 11]} {GIVEN[i % 23]}", posts[i % 7]) for i in range(names))


def round_toml(names: int, book: str = "nq-96-2023", *, short: bool = False) -> str:
    """Nội dung ROUND.toml."""
    head = f"""rulebook = "{book}"
body = "Hội đồng nhân dân xã Suối Mơ"
date = 2024-07-12

[numbers]
returned = 100

[sheet]
round_id = "do-toc-do-1"
"""
    subjects = [f'[[subject]]\nname = "{one.name}"\npost = "{one.post}"\n' for one in invented(names, short=short)]
    return "\n".join([head, *subjects])
