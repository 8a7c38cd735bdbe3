"""Đợt bịa để đo: ROUND.toml with as many invented people as asked.

Contract: the same number of names gives the same file; nobody in it exists. Every seventh post runs over two lines.
"""

from __future__ import annotations

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


def round_toml(names: int, book: str = "nq-96-2023") -> str:
    """Nội dung ROUND.toml."""
    head = f"""rulebook = "{book}"
body = "Hội đồng nhân dân xã Suối Mơ"
date = 2024-07-12

[numbers]
returned = 100

[sheet]
round_id = "do-toc-do-1"
"""
    subjects = [
        f'[[subject]]\nname = "{FAMILY[i % 16]} {MIDDLE[i % 11]} {GIVEN[i % 23]}"\npost = "{POSTS[i % 7]}"\n'
        for i in range(names)
    ]
    return "\n".join([head, *subjects])
