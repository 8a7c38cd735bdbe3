"""Họ tên: a name as typed, taken apart into họ và tên đệm and tên, with what is not the name moved aside.

Contract: letters are never re-cased or re-spelled silently; `proper_case` is an offer the caller shows. Text comes back in
composed Unicode (NFC) with single spaces. The last word is the tên unless someone says otherwise, which is the office custom
and wrong for Y Ghĭ Niê or H'Lan Êban: the column "Tên để xếp thứ tự" says it for them (`Name.sort_name`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """Họ và tên: `family` họ và tên đệm, `given` tên, `sort_name` tên để xếp thứ tự (empty: the given name)."""

    family: str
    given: str
    sort_name: str = ""

    @property
    def full(self) -> str:
        """The whole name as printed."""
        return f"{self.family} {self.given}".strip()


class Stripped(msgspec.Struct, frozen=True, kw_only=True):
    """Phần tách khỏi họ tên: the bare `name`, the `titles` found around it in order, and `sex` ("Nam", "Nữ" or "")."""

    name: str
    titles: tuple[str, ...] = ()
    sex: str = ""


RANKS: Final = tuple(
    f"{step} {grade}" for grade in ("tướng", "tá", "úy", "uý") for step in ("Đại", "Thượng", "Trung", "Thiếu", "Chuẩn")
)
_DEGREE = r"(?:GS|PGS|TSKH|TS|ThS|Th\.S|BS|BSCK|BSCKI|BSCKII|CKI|CKII|DS|KS|KTS|CN|LS|NGND|NGƯT|NSND|NSƯT)"
_TITLE = re.compile(
    r"(?:"
    r"(?P<comrade>(?:đồng chí|đ/c|đ\.c|đ\s?/\s?c|đc\.)\s*[:.]?\s*)"
    rf"|(?P<rank>(?:{'|'.join(RANKS)})\s*,?\s+)"
    rf"|(?P<degree>{_DEGREE}(?:\.\s*|\s+))"
    r"|(?P<hall>(?:Hòa thượng|Hoà thượng|Thượng tọa|Thượng toạ|Đại đức|Linh mục|Giám mục|Mục sư|Luật sư|Bác sĩ|Tiến sĩ|Thạc sĩ)\s+)"
    r")",
    re.IGNORECASE,
)
# Ông is also a family name, so it goes only when the caller knows the whole column is written with Ông/Bà.
_ADDRESS = re.compile(r"(?:ông/bà|ông|bà)\s*[:.]?\s+", re.IGNORECASE)
_SEX = re.compile(r"\s*[(\[]\s*(nữ|nam)\s*[)\]]\s*", re.IGNORECASE)
_AFTER = re.compile(rf"\s*[,;]\s*({_DEGREE})\.?\s*$", re.IGNORECASE)


def tidy(text: str) -> str:
    """Chuẩn hóa chữ: composed Unicode (NFC), every run of spaces (hard spaces too) one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "").split())


def split_name(full: str) -> tuple[str, str]:
    """Tách họ và tên đệm, tên: everything before the last word, and the last word. One word is a tên alone."""
    family, _, given = tidy(full).rpartition(" ")
    return family, given


def strip_honorifics(text: str, *, addressed: bool = False) -> Stripped:
    """Bỏ danh xưng: take "Đ/c", "TS.", "Đại tá", "(Nữ)" off a name and say what was taken.

    `addressed` also takes "Ông", "Bà": true only where the whole column is written so.
    """
    name, titles, sex = tidy(text), [], ""
    if found := _SEX.search(name):
        sex = found[1].capitalize()
        name = tidy(name[: found.start()] + " " + name[found.end() :])
    if found := _AFTER.search(name):
        titles.append(found[1])
        name = name[: found.start()]
    while found := _TITLE.match(name) or (_ADDRESS.match(name) if addressed else None):
        if found.end() >= len(name):
            break
        titles.append(found[0].strip())
        name = name[found.end() :]
    return Stripped(name=name, titles=tuple(titles), sex=sex)


def is_all_capitals(name: str) -> bool:
    """Viết hoa toàn bộ: whether every letter of a name of two words or more is a capital (Y Ni is not)."""
    letters = [sign for sign in name if sign.isalpha()]
    return " " in name.strip() and len(letters) > 3 and all(sign.isupper() for sign in letters)


def proper_case(name: str) -> str:
    """Đề nghị viết hoa chữ đầu: NGUYỄN VĂN A → Nguyễn Văn A, H'LAN ÊBAN → H'Lan Êban. An offer to show, not a rule."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), tidy(name))
