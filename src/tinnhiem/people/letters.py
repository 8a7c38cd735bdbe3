"""Chữ cái và thanh: a written letter taken apart into the letter of the alphabet and its tone.

Contract: `spell` reads composed (NFC) and decomposed (NFD) text alike, so nothing above it cares which of the two a file holds.
The tilde over n is part of the letter ñ (Ê Đê, Gia Rai), over a vowel it is the tone ngã.
Source: the Vietnamese alphabet and its five tone marks; the Ê Đê and Gia Rai letters č ĕ ĭ ŏ ŭ ƀ ñ as forms.md lists them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

Tone = Literal["ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"]

TONE_MARKS: Final[dict[str, Tone]] = {
    "\u0300": "huyền",
    "\u0309": "hỏi",
    "\u0303": "ngã",
    "\u0301": "sắc",
    "\u0323": "nặng",
}
MARK_OF_TONE: Final[dict[Tone, str]] = {tone: mark for mark, tone in TONE_MARKS.items()}

APOSTROPHES: Final = "'’‘ʼ`´"
"""The signs that stand for one apostrophe in H'Nga, K’Lơi, Bhʼnướch; a keyboard rarely gives the same one twice."""

PLAIN_LETTER: Final[dict[str, str]] = {"đ": "d", "ð": "d", "ƀ": "b"}
"""Letters with a stroke, which Unicode does not take apart. ð stands in some old files where đ was meant."""


def spell(text: str) -> Iterator[tuple[str, Tone]]:
    """Đánh vần: each letter of `text`, lower case, without its tone, beside that tone.

    Signs and spaces come through as themselves with the tone `ngang`.
    """
    letter = ""
    tone: Tone = "ngang"
    for sign in unicodedata.normalize("NFD", text).lower():
        if unicodedata.combining(sign) == 0:
            if letter:
                yield unicodedata.normalize("NFC", letter), tone
            letter, tone = sign, "ngang"
        elif sign in TONE_MARKS and not (letter == "n" and sign == "\u0303"):
            tone = TONE_MARKS[sign]
        else:
            letter += sign
    if letter:
        yield unicodedata.normalize("NFC", letter), tone


def spell_word(word: str) -> tuple[str, Tone]:
    """Chữ và thanh của một tiếng: the letters of one syllable and its one tone, wherever the mark was put (hoà = hòa)."""
    letters: list[str] = []
    tone: Tone = "ngang"
    for letter, mark in spell(word):
        letters.append(letter)
        if mark != "ngang":
            tone = mark
    return "".join(letters), tone


def plain(text: str) -> str:
    """Bỏ dấu: `text` in lower case without any mark, đ as d; for search, never for print."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text).lower() if unicodedata.combining(sign) == 0)
    return "".join(PLAIN_LETTER.get(sign, sign) for sign in bare)
