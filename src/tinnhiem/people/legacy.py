"""Bảng mã cũ: text typed in TCVN3 (.VnTime, .VnTimeH) or VNI told from Unicode by its content, and converted.

Contract: the name of a font is never asked for, only what the words say. `detect` looks at a column and answers only when
nearly every marked word becomes a Vietnamese syllable by one table and enough of them could not be anything else; else None,
so that French, English and Unicode Vietnamese stay as they are. Converted text is an offer to preview.
TCVN3 has no capitals with a tone: .VnTimeH draws small letters as capitals, so a text typed all in small letters, or in
capitals broken by small toned letters, comes back in capitals.
Source: the code tables of TCVN 5712:1993 (VN3) and of VNI for Windows, as those bytes read in Windows-1252.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from tinnhiem.people.syllable import is_vietnamese_syllable

Encoding = Literal["TCVN3", "VNI"]

_TCVN3_LETTERS: Final = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3: Final[dict[str, str]] = {
    chr(start + step): letter for start, letters in _TCVN3_LETTERS.items() for step, letter in enumerate(letters)
}
TCVN3_TONES: Final[dict[str, str]] = {"°": "\u0300", "±": "\u0309", "²": "\u0303", "³": "\u0301", "´": "\u0323"}
"""Tone signs of TCVN3 that stand after a capital; few files have them."""

_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROOF: Final = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE: Final = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE: Final = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_ALONE)
    small |= {letter + sign: letter + mark for letter in "aeouy" for sign, mark in _VNI_TONES.items()}
    small |= {letter + sign: _VNI_ALONE[letter] + mark for letter in "ôö" for sign, mark in _VNI_TONES.items()}
    small |= {letter + sign: letter + "\u0302" + mark for letter in "aeo" for sign, mark in _VNI_ROOF.items()}
    small |= {"a" + sign: "a\u0306" + mark for sign, mark in _VNI_BREVE.items()}
    del small["yï"]  # ỵ has a sign of its own
    table = small | {key.upper(): letter.upper() for key, letter in small.items()}
    # A capital letter followed by a small sign occurs when only the first letter was typed with Shift.
    table |= {key[0].upper() + key[1]: letter[0].upper() + letter[1:] for key, letter in small.items() if len(key) == 2}
    return {key: unicodedata.normalize("NFC", letter) for key, letter in table.items()}


VNI: Final[dict[str, str]] = _vni_table()

# Signs French or Spanish put where VNI puts a tone: alone they prove nothing (où, haï, coïncider).
_VNI_WEAK: Final = frozenset({"où", "oï", "aï", "Aï", "OÙ", "Où"}) | frozenset(
    sign for letter in _VNI_ALONE for sign in (letter, letter.upper())
)
_SAME_SIGN: Final[dict[Encoding, str]] = {"TCVN3": "ý", "VNI": "íìÍÌ"}
_ENOUGH: Final = (9, 10)


def to_unicode(text: str, encoding: Encoding, *, names: bool = False) -> str:
    """Chuyển sang Unicode: `text` read by the table of `encoding`, composed (NFC).

    TCVN3 cannot hold a capital with a tone, so a text that begins with such a letter gets its capital back (ñy viªn: Ủy viên);
    `names` does so for every word of a name whose other words have theirs (TrÇn ThÞ ¸nh: Trần Thị Ánh).
    """
    if encoding == "VNI":
        return _from_vni(text)
    found = "".join(TCVN3.get(sign, TCVN3_TONES.get(sign, sign)) for sign in text)
    found = unicodedata.normalize("NFC", found)
    typed = [sign for sign in text if sign.isascii() and sign.isalpha()]
    converted = found != text
    if converted and len(typed) > 1 and (all(map(str.isupper, typed)) or (names and all(map(str.islower, typed)))):
        return found.upper()
    if not converted or (text[:1].isascii() and not names):
        return found
    return _capitals_restored(text, found) if names else found[:1].upper() + found[1:]


def detect(texts: Iterable[str]) -> Encoding | None:
    """Nhận bảng mã: the old encoding a column is typed in, or None for Unicode, ASCII and everything doubtful.

    At least nine marked words in ten must turn into Vietnamese syllables, two different ones (or one of four letters and more)
    by signs that no Western word has in that place, and more of them than are Vietnamese as they stand.
    """
    # Cells with a letter beyond Latin-1 (ạ, ư, ễ…) are Unicode already; a column may mix both.
    marked = [word for text in texts if _is_latin(text) for word in _words(text) if not word.isascii()]
    for encoding in ("TCVN3", "VNI"):
        # ý is ý in TCVN3 too, í and ì are so in VNI: such words speak for neither.
        words = [word for word in marked if not all(sign.isascii() or sign in _SAME_SIGN[encoding] for sign in word)]
        good = [word for word in words if _becomes_syllable(word, encoding)]
        strong = {word for word in good if _is_strong(word, encoding)}
        as_is = sum(is_vietnamese_syllable(word) for word in words)
        enough = len(good) * _ENOUGH[1] >= len(words) * _ENOUGH[0]
        if enough and len(good) > as_is and (len(strong) > 1 or any(len(word) >= 4 for word in strong)):
            return encoding
    return None


def needs_conversion(text: str, encoding: Encoding) -> bool:
    """Ô còn mã cũ: whether this cell of a column found to be in `encoding` is typed in it; Unicode cells among them are not."""
    words = [word for word in _words(text) if not word.isascii()]
    if not words or not _is_latin(text):
        return False
    return not all(map(is_vietnamese_syllable, words)) or any(_is_strong(word, encoding) for word in words)


def _from_vni(text: str) -> str:
    out, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        if len(pair) == 2 and pair in VNI:
            out.append(VNI[pair])
            at += 2
        else:
            out.append(VNI.get(text[at], text[at]))
            at += 1
    return "".join(out)


def _words(text: str) -> list[str]:
    # Split at spaces and ASCII signs only: most signs of Latin-1 are letters in TCVN3.
    return "".join(sign if not sign.isascii() or sign.isalpha() else " " for sign in text).split()


def _is_latin(text: str) -> bool:
    return all(sign <= "\u00ff" for sign in text)


def _becomes_syllable(word: str, encoding: Encoding) -> bool:
    found = to_unicode(word, encoding)
    # A capital among small toned letters is TCVN3's own lack of capitals, so case is no evidence there.
    return found != word and is_vietnamese_syllable(found.lower() if encoding == "TCVN3" else found)


def _is_strong(word: str, encoding: Encoding) -> bool:
    if (
        not any(sign.isascii() for sign in word)
        or is_vietnamese_syllable(word)
        or not _becomes_syllable(word, encoding)
    ):
        return False
    if encoding == "VNI":
        pairs = {word[at : at + 2] for at in range(len(word) - 1)}
        return any(pair in VNI and pair not in _VNI_WEAK for pair in pairs)
    # In TCVN3 ordinary letters show as signs (®, ©, ¨) or as capitals in mid-word (TuÊn).
    signs = any(sign in TCVN3 and (not sign.isalpha() or sign in "µª") for sign in word)
    broken_case = any(before.islower() and after.isupper() for before, after in itertools.pairwise(word))
    return signs or broken_case


def _capitals_restored(typed: str, found: str) -> str:
    pairs = list(zip(typed.split(), found.split(), strict=True))
    if not all(word[0].isupper() for word, _ in pairs if word[0].isascii() and word[0].isalpha()):
        return found
    return " ".join(mended if word[0].isascii() else mended[:1].upper() + mended[1:] for word, mended in pairs)
