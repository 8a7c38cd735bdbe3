"""Lỗi và lời từ chối: the root of everything this program refuses, in Vietnamese and English.

Contract: every refusal is a class below `TinnhiemError`, defined beside the code that raises it. A class carries a stable
`code`, a Vietnamese sentence `vi` and an English sentence `en`; both are `str.format` templates over the keyword values of the
instance. An instance says `where` (file, sheet, row, column, path of a rulebook value…) and its sentence says what to do.
Refusals are values as much as exceptions: a check may collect several and raise them together as `Faults`.

The tree (a test holds this drawing against the code):

    TinnhiemError
    └── Faults                several refusals found in one pass
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


class TinnhiemError(Exception):
    """Lời từ chối: one refusal, with where it is and what to do.

    `where` is plain text for people ("rows.csv dòng 4, cột high"); `values` fill the two templates. Equality is by class,
    place and values, so tests compare refusals rather than sentences.
    """

    code: ClassVar[str] = "tinnhiem"
    vi: ClassVar[str] = "Không thực hiện được."
    en: ClassVar[str] = "This could not be done."

    def __init__(self, where: str = "", /, **values: object) -> None:
        self.where = where
        self.values = values
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence in Vietnamese, the product's language."""
        return self.vi.format(**self.values)

    @property
    def message_en(self) -> str:
        """The sentence in English."""
        return self.en.format(**self.values)

    def sentence(self, language: str = "vi") -> str:
        """The sentence with its place before it, as a screen shows it."""
        text = self.message_en if language == "en" else self.message
        return f"{self.where}: {text}" if self.where else text

    def as_dict(self) -> dict[str, str]:
        """The refusal as the command line prints it: `code`, `where`, `message`, `message_en`."""
        return {"code": self.code, "where": self.where, "message": self.message, "message_en": self.message_en}

    def each(self) -> tuple[TinnhiemError, ...]:
        """This refusal as a sequence; `Faults` gives its parts, so callers need not ask which they hold."""
        return (self,)

    def __str__(self) -> str:
        return self.sentence()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.where == other.where and self.values == other.values

    def __hash__(self) -> int:
        return hash((type(self), self.where))


class Faults(TinnhiemError):
    """Danh sách lỗi: several refusals found in one pass, reported together so that a file is mended once."""

    code = "faults"
    vi = "Có {count} lỗi."
    en = "{count} faults."

    def __init__(self, faults: Iterable[TinnhiemError]) -> None:
        self.faults = tuple(part for fault in faults for part in fault.each())
        super().__init__("", count=len(self.faults))

    def each(self) -> tuple[TinnhiemError, ...]:
        """The refusals it holds, in the order they were found."""
        return self.faults

    def __str__(self) -> str:
        return "\n".join(fault.sentence() for fault in self.faults)
