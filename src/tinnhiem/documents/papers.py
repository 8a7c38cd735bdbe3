"""Phần lời của hồ sơ: everything on the papers that is not a figure of the count.

Contract: a frozen value that the caller fills from the round; a field left empty prints a blank to write on or leaves its line out, never
an invented word. Names and posts are printed as given; only fixed words follow the office's spelling.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from tinnhiem.law.rulebook import Style
from tinnhiem.typeset.headings import WORDING, Wording
from tinnhiem.typeset.words import Spelling, ZeroTens

Order = Literal["list", "name"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Người có tên trong văn bản; `duty` is what the person does there (Trưởng ban, Thư ký, Ủy viên…)."""

    name: str = ""
    post: str = ""
    duty: str = ""


class Helper(msgspec.Struct, frozen=True, kw_only=True):
    """Người giúp việc: technical staff who key or scan under a board member's eyes, and who allowed it."""

    name: str
    unit: str = ""
    allowed_by: str = ""


class TypeBlock(msgspec.Struct, frozen=True, kw_only=True):
    """Khối trong bảng kết quả: a title over several ballot types ("Khối Hội đồng nhân dân")."""

    title: str
    ballots: tuple[str | None, ...]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Tập phiếu: its number within its ballot type and the sheets counted by hand (None before that)."""

    ballot: str | None = None
    number: int
    sheets: int | None = None


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """Hồ sơ của đợt lấy phiếu.

    Heads: `style`, `superior`, `body` (as printed at the top left), `number` ("12-BB/TU", only where the secretariat gave one), `secrecy`.
    Meeting: `meeting` ("Hội nghị lần thứ 15"), `town` (of the line with the day), `place` (where it sat), `subjects` ("các đồng chí Ủy viên…"),
    `date` (None: the record's). Before the count the script also takes `starts_at`, `members`, `summoned` and the `presenter` of the list. Hours are local. `events`, `rulings`, `corrections`, `unsure` are whole sentences without a number.
    `helpers_work` is what the helpers did ("nhập phiếu", "quét phiếu"); `pictures_deleted` the day on which the pictures of scanned sheets were deleted, None while there are any.
    `order` is the approved list's or A, B, C (`sort_names`: full name → the word to sort by, where it is not the last). `show_code` prints the mã đối chiếu in the footer; `rehearsal` lays the mark of a trial over every page.
    """

    style: Style = "party"
    superior: str = ""
    body: str = ""
    number: str = ""
    secrecy: str = ""
    town: str = ""
    place: str = ""
    meeting: str = ""
    subjects: str = ""
    date: datetime.date | None = None
    opened_at: datetime.time | None = None
    closed_at: datetime.time | None = None
    basis: tuple[str, ...] = ()
    chair: Person = Person()
    presenter: Person = Person()
    starts_at: datetime.time | None = None
    members: int | None = None
    summoned: int | None = None
    board: tuple[Person, ...] = ()
    helpers: tuple[Helper, ...] = ()
    helpers_work: str = "nhập phiếu"
    witnesses: tuple[Person, ...] = ()
    boxes: int | None = None
    box_sealed_at: datetime.time | None = None
    box_opened_at: datetime.time | None = None
    box_state: str = "niêm phong còn nguyên vẹn"
    box_mixed: bool = False
    counting_method: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    exchanges: tuple[str, ...] = ()
    hand_tally: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    copies: int | None = None
    recipients: tuple[str, ...] = ()
    pictures_deleted: datetime.date | None = None
    ledger_head: str = ""
    ledger_entries: int | None = None
    batches: tuple[Batch, ...] = ()
    blocks: tuple[TypeBlock, ...] = ()
    members_label: str = ""
    person: str = ""
    unit: str = ""
    zero_tens: ZeroTens = "linh"
    spelling: Spelling = "ủy"
    order: Order = "list"
    sort_names: dict[str, str] = {}
    show_code: bool = True
    rehearsal: bool = False

    @property
    def wording(self) -> Wording:
        """Từ ngữ của kiểu văn bản."""
        return WORDING[self.style]

    @property
    def person_word(self) -> str:
        """Cách gọi người: "đồng chí" or "ông/bà", as set or as the style has it."""
        return self.person or self.wording.person

    @property
    def people_unit(self) -> str:
        """Từ đứng sau số người: "52 đồng chí", "52 đại biểu"; follows the way people are called where the office set that."""
        return self.unit or self.person or self.wording.unit

    @property
    def head(self) -> Person:
        """Trưởng ban kiểm phiếu: the first member of the board, or a blank."""
        return self.board[0] if self.board else Person(duty="Trưởng ban")
