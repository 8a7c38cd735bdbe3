"""Xếp thứ tự A, B, C: Vietnamese order of names, by tên first, then họ và tên đệm.

Contract: a key that sorts as Vietnamese dictionaries do, syllable by syllable: letters of the whole syllable first (a ă â … đ
… ê …), its tone after that, capitals and apostrophes never. Two tone orders are in use; which one was used can be named on the
page (`tone_order_words`). Letters of Ê Đê and Gia Rai stand beside the letter they come from (b ƀ, c č, e ĕ ê, n ñ).
Leaves out: order by rank, which is the approved list's and is never sorted.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from tinnhiem.people.letters import APOSTROPHES, Tone, spell
from tinnhiem.people.names import Name

ALPHABET: Final = "a ă â b ƀ c č d đ e ĕ ê ê̆ f g h i ĭ j k l m n ñ o ŏ ô ô̆ ơ ơ̆ p q r s t u ŭ ư ư̆ v w x y z".split()

TONE_ORDERS: Final[dict[str, tuple[Tone, ...]]] = {
    "dictionary": ("ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"),
    "school": ("ngang", "huyền", "sắc", "hỏi", "ngã", "nặng"),
}
"""Thứ tự thanh: both orders are printed by offices; `dictionary` (không–huyền–hỏi–ngã–sắc–nặng) is the default."""

_RANK: Final = {unicodedata.normalize("NFC", letter): rank for rank, letter in enumerate(ALPHABET)}

Syllable = tuple[tuple[tuple[int, str], ...], int]
"""Khóa một tiếng: the ranks of its letters, then the rank of its tone."""

SortKey = tuple[tuple[Syllable, ...], tuple[Syllable, ...], str]


def sort_key(
    name: Name,
    order: Literal["given-first", "family-first"] = "given-first",
    tones: Literal["dictionary", "school"] = "dictionary",
) -> SortKey:
    """Khóa xếp thứ tự: a value whose order is the Vietnamese order of names.

    `given-first` is the custom of Vietnamese lists; `Name.sort_name`, where given, stands for the tên. The last part of the key
    is the name itself, so that the order of two names never depends on the order they came in.
    """
    given, family = _syllables(name.sort_name or name.given, tones), _syllables(name.family, tones)
    full = unicodedata.normalize("NFC", name.full)
    return (given, family, full) if order == "given-first" else (family, given, full)


def tone_order_words(tones: Literal["dictionary", "school"] = "dictionary") -> str:
    """Tên gọi thứ tự thanh: the order of tones in words, for the line under a sorted list."""
    return "–".join("không dấu" if tone == "ngang" else tone for tone in TONE_ORDERS[tones])


def _syllables(text: str, tones: str) -> tuple[Syllable, ...]:
    order = TONE_ORDERS[tones]
    keys: list[Syllable] = []
    for word in text.replace("-", " ").split():
        letters: list[tuple[int, str]] = []
        tone = 0
        for letter, mark in spell(word):
            if letter in APOSTROPHES:
                continue
            # A letter of no alphabet here stands behind all that are, in code order; digits and signs too.
            letters.append((_RANK[letter], "") if letter in _RANK else (len(_RANK), letter))
            tone = tone or order.index(mark)
        keys.append((tuple(letters), tone))
    return tuple(keys)
