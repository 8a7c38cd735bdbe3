"""Đọc giá trị trong TOML: one value after another out of a parsed file, with every fault gathered.

Contract: a wrong value becomes a fault with its place and a harmless value in its stead, so that one reading tells everything that is wrong; whoever
reads raises `faults` in the end. Texts come back NFC, without hidden characters and outer blanks.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence

from tinnhiem.errors import TinnhiemError
from tinnhiem.poll import file_faults as fault
from tinnhiem.poll.text_file import LARGEST, MOST_LINES, hidden_character

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TomlReader:
    """Bộ đọc giá trị: reads values out of TOML tables and gathers every fault, giving a harmless value in place of a wrong one."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.faults: list[TinnhiemError] = []

    def at(self, place: str, key: str = "") -> str:
        """Chỗ của một giá trị, as refusals name it."""
        return " ".join(part for part in (self.where, place, key) if part)

    def known(self, table: Mapping[str, object], allowed: Sequence[str], place: str) -> None:
        """Tells every key of `table` that is not among `allowed`."""
        for key in table:
            if key not in allowed:
                self.faults.append(fault.KeyUnknown(self.at(place), key=shown(key), allowed=", ".join(allowed)))

    def unfit(self, place: str, key: str, found: object, vi: str, en: str) -> None:
        """Tells a value of the wrong kind."""
        self.faults.append(fault.ValueUnfit(self.at(place, key), found=shown(found), expected=vi, expected_en=en))

    def text(self, table: Mapping[str, object], key: str, place: str, *, required: bool = False) -> str:
        """Một giá trị chữ, "" where there is none."""
        value = table.get(key)
        if value is None:
            if required:
                self.faults.append(fault.KeyMissing(self.at(place), key=key))
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.unfit(place, key, value, "chữ trong ngoặc kép", "a text in quotes")
            return ""
        hidden = hidden_character(value)
        if hidden:
            self.faults.append(fault.HiddenCharacter(self.at(place, key), mark=hidden))
        return unicodedata.normalize("NFC", value).strip(" \u00a0")

    def whole(self, table: Mapping[str, object], key: str, place: str) -> int | None:
        """Một số nguyên từ 0, None where there is none."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.faults.append(fault.NumberMalformed(self.at(place, key), found=shown(value)))
        elif value < 0:
            self.faults.append(fault.NumberNegative(self.at(place, key), found=shown(value)))
        elif value > LARGEST:
            self.faults.append(fault.NumberTooLarge(self.at(place, key), found=shown(value), limit=LARGEST))
        else:
            return value
        return None

    def flag(self, table: Mapping[str, object], key: str, place: str) -> bool | None:
        """Có hoặc không, None where nothing is said."""
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.unfit(place, key, value, "true hoặc false, không có ngoặc kép", "true or false, without quotes")
        return None

    def one_of(self, table: Mapping[str, object], key: str, place: str, choices: Sequence[str]) -> str | None:
        """Một trong các mã đã định, None where nothing is said."""
        value = table.get(key)
        if value is None or value in choices:
            return None if value is None else str(value)
        quoted = [f'"{choice}"' for choice in choices]
        self.unfit(place, key, value, " hoặc ".join(quoted), " or ".join(quoted))
        return None

    def table(self, table: Mapping[str, object], key: str, place: str) -> Mapping[str, object]:
        """Một bảng con, empty where there is none."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.unfit(place, key, value, f"một bảng [{key}]", f"a table [{key}]")
        return {}

    def tables(self, table: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
        """Các bảng cùng tên `[[key]]`."""
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            if len(value) > MOST_LINES:
                self.faults.append(fault.LinesTooMany(self.at(f"[[{key}]]"), found=len(value), limit=MOST_LINES))
                return []
            return value
        self.unfit("", key, value, f"các bảng [[{key}]]", f"tables [[{key}]]")
        return []

    def day(self, table: Mapping[str, object], key: str) -> datetime.date:
        """Một ngày; the earliest there is in place of a wrong one."""
        value = table.get(key)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass
        if value is None:
            self.faults.append(fault.KeyMissing(self.at(""), key=key))
        else:
            self.unfit("", key, value, "ngày có thật, dạng 2023-12-13", "a real date, like 2023-12-13")
        return datetime.date.min


def shown(value: object) -> str:
    """A value as it stands in a sentence, cut where it would fill the screen."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**40:
        return "…"  # printing thousands of digits is refused by Python itself
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
