"""Tra tìm không dấu: when two spellings are one name, and whether a name answers a search.

Contract: folded text serves comparison only and is never shown. `same_name` keeps the tones apart (Hùng is not Hưng) and
ignores what typing habits change: case, the place of the tone mark (Hoà = Hòa), y or i (Lý = Lí), kinds of apostrophe, spaces;
a name typed with no mark at all is held against the other without its marks. `fold` drops every mark, for search.
"""

from __future__ import annotations

import re
from typing import Final

from tinnhiem.people.letters import APOSTROPHES, plain, spell_word
from tinnhiem.people.names import tidy

_NO_APOSTROPHE: Final = str.maketrans("", "", APOSTROPHES)
_Y_AS_I: Final = re.compile(r"(?<=[bcdđghklmnpqrstvx])y$|(?<=^qu)y$")


def fold(text: str) -> str:
    """Bỏ dấu để tra tìm: lower case, no marks, đ as d, no apostrophes, single spaces."""
    return plain(tidy(text)).translate(_NO_APOSTROPHE)


def tone_free_key(text: str) -> tuple[tuple[str, str], ...]:
    """Khóa so tên: each word's letters and tone apart, so that the place of the mark and y/i cannot tell names apart."""
    words = []
    for word in tidy(text).translate(_NO_APOSTROPHE).split():
        letters, tone = spell_word(word)
        words.append((_Y_AS_I.sub("i", letters), tone))
    return tuple(words)


def same_name(one: str, other: str) -> bool:
    """Cùng họ tên: whether two spellings are one name to a Vietnamese reader."""
    if tone_free_key(one) == tone_free_key(other):
        return True
    folded, folded_other = fold(one), fold(other)
    bare = folded == tidy(one).lower().translate(_NO_APOSTROPHE)
    bare_other = folded_other == tidy(other).lower().translate(_NO_APOSTROPHE)
    return (bare or bare_other) and folded == folded_other and folded != ""


def initials(name: str) -> str:
    """Chữ đầu: first letters without marks, Nguyễn Văn Hùng → nvh."""
    return "".join(word[0] for word in fold(name).split())


def matches(query: str, name: str) -> bool:
    """Có khớp khi tra: every word of `query` begins a word of `name`, or the query is a run of its initials (nvh, vh).

    Words typed with marks must carry them: "hùng" does not find Hưng, "hung" finds both.
    """
    wanted = tidy(query).lower()
    bare = fold(wanted)
    if not bare:
        return False
    if " " not in bare and len(bare) > 1 and bare == wanted and bare in initials(name):
        return True
    plain_words, toned_words = fold(name).split(), tone_free_key(name)
    return all(_begins_a_word(word, plain_words, toned_words) for word in wanted.split())


def _begins_a_word(typed: str, plain_words: list[str], toned_words: tuple[tuple[str, str], ...]) -> bool:
    if fold(typed) == typed.translate(_NO_APOSTROPHE):
        return any(word.startswith(fold(typed)) for word in plain_words)
    return any(
        letters.startswith(typed_letters) and typed_tone in ("ngang", tone)
        for typed_letters, typed_tone in tone_free_key(typed)
        for letters, tone in toned_words
    )
