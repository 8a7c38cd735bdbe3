"""Lists of invented people as an office copies them out of Word, and the password of every invented account."""

from __future__ import annotations

from tinnhiem.roster.model import SheetKind

PASSWORD = "mot-mat-khau-dai"
HEADS: dict[SheetKind, str] = {
    "subjects": (
        "STT\tHọ và tên\tNgày sinh (ngày/tháng/năm)\tChức vụ in trên phiếu\tNgày giữ chức vụ (ngày/tháng/năm)"
    ),
    "voters": "STT\tHọ và tên\tChức vụ\tSố ghế",
    "board": "STT\tHọ và tên\tChức vụ\tNhiệm vụ",
}
FAMILIES: dict[SheetKind, str] = {"subjects": "Nguyễn Văn", "voters": "Trần Đình", "board": "Phạm Quốc"}
GIVEN = "Anh Bình Chi Dũng Em Giang Hà Khánh Lan Minh Nga Oanh Phúc Quân Sơn Tâm Uyên Vinh Xuân Yến".split()


def table(kind: SheetKind, count: int) -> str:
    """A list of `count` people of one kind, with tabs between its cells."""
    rows = []
    for number in range(count):
        round_of_names, place = divmod(number, len(GIVEN))
        name = " ".join([FAMILIES[kind], *GIVEN[round_of_names - 1 : round_of_names], GIVEN[place]])
        rest: dict[SheetKind, str] = {
            "subjects": f"{number % 27 + 1:02}/05/1970\tỦy viên thứ {number + 1}\t01/07/2021",
            "voters": f"Đảng ủy viên\tA{number + 1}",
            "board": f"Chuyên viên\t{'Ủy viên' if number else 'Trưởng ban'}",
        }
        rows.append(f"{number + 1}\t{name}\t{rest[kind]}")
    return "\n".join([HEADS[kind], *rows])
