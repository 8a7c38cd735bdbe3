"""Bàn tay của thành viên Ban kiểm phiếu: a desk with a handful of doubtful rows, and what a test does at it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.web import scanned
from tests.web.harness import Harness, entry_config
from tinnhiem.paper.drawing import Area

PAD = {"*": "NumpadMultiply", "-": "NumpadSubtract", "/": "NumpadDivide", "+": "NumpadAdd", "E": "NumpadEnter"}
SEEN_MS = 230
"""A person needs longer to see a row; keys that come sooner are not taken."""
READY = '.adj[aria-busy="false"]:not(.adj--busy)'

MANY, FEW = 13, 7
"""Names on one side, ordinary and as long as they come."""
POST = "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh"
ROWS: tuple[tuple[int, int, str, str | None], ...] = (
    (3, 12, "blank", "blank"),
    (3, 11, "over", "over"),
    (7, 2, "blank", "blank"),
    (9, 13, "struck", "struck"),
    (12, 1, "unsure", None),
    (14, 0, "unstamped", None),
    (15, -1, "duplicate", "remove"),
)
"""Sheet, line, reason, proposal."""
GROUPS = {
    "blank": "Để trống",
    "over": "Đánh từ hai ô",
    "struck": "Gạch tên",
    "unsure": "Dấu không rõ",
    "unstamped": "Không có dấu treo",
    "duplicate": "Quét hai lần",
    "empty_sheet": "Để trống cả tờ",
}
UNSURE = "chưa đối chiếu được với văn bản gốc"
NOTED = f"{UNSURE}: Nội dung Đ.18 chưa đọc được; theo thông báo của ban kiểm phiếu thời Nghị quyết 35."
"""As long as a rulebook says it."""
SHEET_ANSWERS = {
    0: [
        {"mark": "valid", "key": 9, "label": "Phiếu hợp lệ", "takesOut": False},
        {"mark": "no_stamp", "key": 2, "label": "Phiếu không có dấu treo", "takesOut": True, "doubt": NOTED},
    ],
    -1: [
        {"mark": "keep", "key": 1, "label": "Hai tờ khác nhau, tính cả hai", "takesOut": False},
        {"mark": "remove", "key": 2, "label": "Một tờ quét hai lần, bỏ lần quét này", "takesOut": True},
    ],
}


EMPTY_ANSWERS = [
    {"mark": "empty", "key": 0, "label": "Phiếu để trống cả tờ", "takesOut": False},
    {"mark": "by_line", "key": 9, "label": "Xem từng dòng", "takesOut": False},
    *(
        {"mark": mark, "key": key, "label": label, "takesOut": True, "doubt": UNSURE}
        for key, (mark, label) in enumerate(
            (
                ("not_issued", "Phiếu không do ban kiểm phiếu phát ra"),
                ("not_the_form", "Phiếu không đúng mẫu"),
                ("no_stamp", "Phiếu không có dấu treo"),
                ("struck_names", "Phiếu gạch họ tên in trên phiếu"),
                ("extra_content", "Phiếu ghi thêm tên hoặc nội dung khác"),
            ),
            start=1,
        )
    ),
]
"""Of an empty sheet, with as many reasons as a rulebook has."""


def seen(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """What the desk's door answers when all is well."""
    return 200, {"sheet": body["sheet"], "line": body["line"]}


def desk_config(
    harness: Harness, rows: tuple[tuple[int, int, str, str | None], ...] = ROWS, *, long_names: bool = False
) -> dict[str, object]:
    """The desk's configuration; its pictures stand on the harness."""
    grid = entry_config()
    lines = FEW if long_names else MANY
    rows = tuple((sheet, (line - 1) % lines + 1 if line > 0 else line, why, mark) for sheet, line, why, mark in rows)
    side = scanned.layout(lines, long_names=long_names).pages[0]
    by_line = {row.line: row for row in side.rows}
    empty = {sheet for sheet, _, reason, _ in rows if reason == "empty_sheet"}
    height = scanned.layout(lines).page_mm[1]
    points = []
    for place, (sheet, line, reason, proposal) in enumerate(rows):
        boxes = {"blank": (), "over": (0, 1)}.get(reason, (2,))
        page = scanned.marked(
            {
                **{one: (one % 3,) for one in by_line if one != line and sheet not in empty},
                **({line: boxes} if line > 0 else {}),
            },
            seed=sheet,
            lines=lines,
            long_names=long_names,
        )
        if reason == "struck":
            scanned.strike(page, by_line[line])
        row, picture = f"/anh/{place}/dong.png", f"/anh/{place}/mat.png"
        shown = by_line.get(line)
        if reason == "empty_sheet" or line == -1:
            harness.pictures[row] = scanned.png(scanned.side_by_side(page, page))
        elif shown is None:
            harness.pictures[row] = scanned.cut(page, Area(0, 0, 210, 60))
        else:
            harness.pictures[row] = scanned.cut(page, scanned.row_around(shown))
        harness.pictures[picture] = scanned.half_size(page)
        points.append(
            {
                "sheet": sheet,
                "line": line,
                "group": GROUPS[reason],
                "reason": GROUPS[reason],
                "proposal": proposal,
                "title": f"{line}. {scanned.LONG if long_names else 'Nguyễn Thị Hồng Bình'} – {POST}"
                if line > 0
                else "Ban kiểm phiếu kết luận về cả phiếu",
                "row": row,
                "page": "" if line == -1 or reason == "empty_sheet" else picture,
                "answers": EMPTY_ANSWERS if reason == "empty_sheet" else SHEET_ANSWERS.get(line),
                "boxes": scanned.box_span(shown) if shown else None,
                "place": (shown.area.y / height, shown.area.h / height) if shown else (0, 0.2),
            }
        )
    # Rows of an empty sheet wait behind the answer that asks for them.
    for asked in [one for one in points if one["answers"] is EMPTY_ANSWERS]:
        opens = [one for one in points if one["sheet"] == asked["sheet"] and one is not asked]
        asked["answers"] = [{**one, "opens": opens} if one["mark"] == "by_line" else one for one in EMPTY_ANSWERS]
    points = [one for one in points if one["line"] < 1 or one["sheet"] not in empty]
    return {
        "lookUrl": "/look",
        "backUrl": "/back",
        "leaveUrl": "/leave",
        "csrf": "token-of-the-page",
        "batch": "Tập 3",
        "member": "Lý Thị Lan",
        "choices": grid["choices"],
        "lineFaults": grid["lineFaults"],
        "sheetReasons": grid["sheetReasons"],
        "points": points,
    }


class Desk:
    """One desk; keys are real events of the browser, pressed after a person could have seen the row."""

    def __init__(
        self,
        page: Page,
        harness: Harness,
        rows: tuple[tuple[int, int, str, str | None], ...] = ROWS,
        desk: dict[str, object] | None = None,
        *,
        long_names: bool = False,
    ) -> None:
        self.page, self.harness = page, harness
        harness.answer = seen
        config = desk_config(harness, rows, long_names=long_names)
        page.goto(harness.page("/desk", "adjudication/desk.html", {"desk_config": config, "desk": desk or {}}))
        page.wait_for_selector(".adj-row img, .adj-none")

    def keys(self, text: str) -> None:
        """Keys of the number pad, E for Enter, B for Backspace, each once the row has been seen."""
        for letter in text:
            self.page.wait_for_selector(READY)
            self.page.keyboard.press("Backspace" if letter == "B" else PAD.get(letter, f"Numpad{letter}"))
        self.page.wait_for_selector(READY)

    @property
    def title(self) -> str:
        """Which row stands before the member."""
        return self.page.inner_text(".adj-title")

    @property
    def message(self) -> str:
        """The line that speaks to the member."""
        return self.page.inner_text(".adj-message")

    @property
    def left(self) -> str:
        """How many rows are left."""
        return self.page.inner_text(".adj-left")

    @property
    def groups(self) -> list[str]:
        """Reasons and how many rows each."""
        return [one.inner_text() for one in self.page.locator(".adj-group").all()]

    @property
    def answers(self) -> list[tuple[int, int, str]]:
        """What the door was sent; "" where an answer was taken back."""
        return [(one["sheet"], one["line"], one.get("mark", "")) for one in self.harness.posts]
