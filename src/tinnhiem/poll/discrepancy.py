"""Chỗ hai lần nhập khác nhau: what a reconciliation can find, each told in one sentence.

Contract: a `Disagreement` is one sheet read differently (only the lines that differ, every reading side by side); a `Misplaced` tells that a pile or
two neighbours lie the other way round, which changes no figure; a `Missing` is a sheet skipped or keyed twice, a batch not keyed, or a number of
sheets that is not the number counted by hand. Stations are called "lần 1", "lần 2" as on the screens; places in a pile are 1-based.
Sentences stand here, outside any figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tinnhiem.poll.sheet import Sheet


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """Một dòng khác nhau: what each station keyed, in the order of stations; None where it holds the whole sheet invalid."""

    line: int
    marks: tuple[str | None, ...]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Một phiếu các lần nhập khác nhau.

    `sheet` is its number in the batch as the first station keyed it, `places` its number in each station's own order; `keyed` the first readings,
    kept whatever is decided. `lines` are the 1-based lines that differ among the stations that hold the sheet valid. `open` is False where
    enough stations agree and the round's setting takes that as settled.
    """

    ballot: str | None
    batch: int
    sheet: int
    places: tuple[int, ...]
    keyed: tuple[Sheet, ...]
    lines: tuple[Differing, ...]
    open: bool = True

    @property
    def validity(self) -> bool:
        """Whether the stations differ on the validity of the whole sheet or on its reason: a ruling of the board."""
        return len({sheet.invalid for sheet in self.keyed}) > 1

    def sentence(self, language: str = "vi", titles: Mapping[str | None, str] | None = None) -> str:
        """The finding as a screen shows it."""
        of_type = _of_type(self.ballot, language, titles)
        readings = ", ".join(
            (f"entry {number}: " if language == "en" else f"lần {number}: ")
            + (_valid(language) if sheet.invalid is None else sheet.invalid)
            for number, sheet in enumerate(self.keyed, start=1)
        )
        lines = ", ".join(str(differing.line) for differing in self.lines)
        if self.validity and language == "en":
            return f"Sheet {self.sheet} of batch {self.batch}{of_type}: validity differs ({readings})."
        if self.validity:
            return (
                f"Phiếu thứ {self.sheet} của tập {self.batch}{of_type}: các lần nhập khác nhau về hợp lệ ({readings})."
            )
        if language == "en":
            return f"Sheet {self.sheet} of batch {self.batch}{of_type}: the entries differ on line {lines}."
        return f"Phiếu thứ {self.sheet} của tập {self.batch}{of_type}: các lần nhập khác nhau ở dòng {lines}."

    def as_dict(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        return {
            "kind": "validity" if self.validity else "marks",
            "ballot": self.ballot,
            "batch": self.batch,
            "sheet": self.sheet,
            "places": list(self.places),
            "invalid": [sheet.invalid for sheet in self.keyed],
            "lines": [{"line": differing.line, "marks": list(differing.marks)} for differing in self.lines],
            "open": self.open,
            "message": self.sentence(),
            "message_en": self.sentence("en"),
        }


class Misplaced(msgspec.Struct, frozen=True, kw_only=True):
    """Thứ tự khác nhau: the sheets are the same, their order is not. `sheets` are the places swapped, as `against` keyed them."""

    kind: Literal["reversed", "swapped", "shuffled"]
    ballot: str | None
    batch: int
    station: int
    against: int
    sheets: tuple[int, ...] = ()

    open = False

    def sentence(self, language: str = "vi", titles: Mapping[str | None, str] | None = None) -> str:
        """The finding as a screen shows it."""
        return _told(
            {
                "reversed": (
                    "Tập {batch}{of_type} xếp ngược thứ tự so với lần {against} (ở lần {station}). Kết quả không đổi.",
                    "Batch {batch}{of_type} lies in reverse order against entry {against} (at entry {station}). No figure changes.",
                ),
                "swapped": (
                    "Tập {batch}{of_type}: lần {station} nhập đổi chỗ hai phiếu {places} so với lần {against}. Kết quả không đổi.",
                    "Batch {batch}{of_type}: entry {station} has sheets {places} of entry {against} the other way round. No figure changes.",
                ),
                "shuffled": (
                    "Tập {batch}{of_type}: lần {station} nhập theo thứ tự khác lần {against}. Các phiếu đã được so theo nội dung.",
                    "Batch {batch}{of_type}: entry {station} has another order than entry {against}. The sheets were matched by content.",
                ),
            }[self.kind],
            language,
            batch=self.batch,
            of_type=_of_type(self.ballot, language, titles),
            station=self.station,
            against=self.against,
            places=(" and " if language == "en" else " và ").join(map(str, self.sheets)),
        )

    def as_dict(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        return {
            **msgspec.to_builtins(self),
            "sheets": list(self.sheets),
            "open": False,
            "message": self.sentence(),
            "message_en": self.sentence("en"),
        }


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """Thiếu hoặc thừa phiếu ở một lần nhập.

    `sheet`: the station lacks `number` sheets somewhere in places `first`–`last` of the pile (a range, because like sheets cannot be told
    apart); `extra`: it has as many too many, in places of its own order; `doubled` where the sheet equals its neighbour, as when a sheet is keyed twice.
    `batch`: the station has not keyed the batch; `count`: it keyed `keyed` sheets where `counted` were counted by hand.
    """

    kind: Literal["sheet", "extra", "batch", "count"]
    ballot: str | None
    batch: int
    station: int
    number: int = 0
    first: int = 0
    last: int = 0
    doubled: bool = False
    keyed: int | None = None
    counted: int | None = None

    open = True

    def sentence(self, language: str = "vi", titles: Mapping[str | None, str] | None = None) -> str:
        """The finding as a screen shows it."""
        one = self.number == self.last - self.first + 1 == 1
        whole = self.number == self.last - self.first + 1
        key = (
            self.kind
            if self.kind in ("batch", "count")
            else f"{self.kind}_{'one' if one else 'all' if whole else 'some'}"
        )
        return _told(
            _MISSING[key],
            language,
            batch=self.batch,
            of_type=_of_type(self.ballot, language, titles),
            station=self.station,
            number=self.number,
            first=self.first,
            last=self.last,
            keyed=self.keyed,
            counted=self.counted,
            advice=_DOUBLED[language == "en"] if self.doubled and self.kind == "extra" else _STUCK[language == "en"],
        )

    def as_dict(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        content = {key: value for key, value in msgspec.to_builtins(self).items() if value is not None}
        return {
            **content,
            "ballot": self.ballot,
            "open": True,
            "message": self.sentence(),
            "message_en": self.sentence("en"),
        }


_STUCK = ("Kiểm tra hai phiếu dính nhau.", "See whether two sheets stick together.")
_DOUBLED = ("Có thể một phiếu đã nhập hai lần.", "One sheet may have been keyed twice.")
_MISSING: dict[str, tuple[str, str]] = {
    "sheet_one": (
        "Lần {station} thiếu phiếu thứ {first} của tập {batch}{of_type}. {advice}",
        "Entry {station} lacks sheet {first} of batch {batch}{of_type}. {advice}",
    ),
    "sheet_all": (
        "Lần {station} thiếu {number} phiếu, từ thứ {first} đến thứ {last} của tập {batch}{of_type}. {advice}",
        "Entry {station} lacks {number} sheets, {first} to {last} of batch {batch}{of_type}. {advice}",
    ),
    "sheet_some": (
        "Lần {station} thiếu {number} phiếu trong khoảng từ thứ {first} đến thứ {last} của tập {batch}{of_type}. {advice}",
        "Entry {station} lacks {number} of the sheets {first} to {last} of batch {batch}{of_type}. {advice}",
    ),
    "extra_one": (
        "Lần {station} thừa phiếu thứ {first} của tập {batch}{of_type}. {advice}",
        "Entry {station} has sheet {first} of batch {batch}{of_type} too many. {advice}",
    ),
    "extra_all": (
        "Lần {station} thừa {number} phiếu, từ thứ {first} đến thứ {last} của tập {batch}{of_type}. {advice}",
        "Entry {station} has {number} sheets too many, {first} to {last} of batch {batch}{of_type}. {advice}",
    ),
    "extra_some": (
        "Lần {station} thừa {number} phiếu trong khoảng từ thứ {first} đến thứ {last} của tập {batch}{of_type}. {advice}",
        "Entry {station} has {number} too many among the sheets {first} to {last} of batch {batch}{of_type}. {advice}",
    ),
    "batch": (
        "Lần {station} chưa nhập tập {batch}{of_type}.",
        "Entry {station} has not keyed batch {batch}{of_type}.",
    ),
    "count": (
        "Tập {batch}{of_type} ghi {counted} phiếu nhưng lần {station} nhập {keyed}. Đếm lại tập phiếu.",
        "Batch {batch}{of_type} holds {counted} sheets by hand but entry {station} keyed {keyed}. Count the batch again.",
    ),
}


def _told(sentences: tuple[str, str], language: str, **values: object) -> str:
    return sentences[1 if language == "en" else 0].format(**values)


def _valid(language: str) -> str:
    return "valid" if language == "en" else "hợp lệ"


def _of_type(ballot: str | None, language: str, titles: Mapping[str | None, str] | None) -> str:
    title = (titles or {}).get(ballot) or ballot
    if not title:
        return ""
    return f" ({title})" if language == "en" else f" (loại phiếu {title})"
