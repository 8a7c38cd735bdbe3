"""Phông chữ: the one family everything is set in, and whether it has a letter.

Contract: every page is set in Tinos (the metrics of Times New Roman), brought in by `make setup`; no system font and no font
embedded in a tool is ever used. A letter that any of the four faces lacks is refused by name before a page is drawn, because a
typesetter draws an empty box, or nothing, without a word. Shapes and colours of letters are left to the renderers.
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

from tinnhiem.errors import TinnhiemError

FAMILY = "Tinos"
"""Tên phông: the only family named in a PDF."""

OFFICE_FAMILY = "Times New Roman"
"""Tên phông trong tệp Word, Excel: what offices have; Tinos has its metrics."""

FOLDER = Path(__file__).parent / "fonts"
"""Thư mục phông chữ, filled by `make setup`."""

FACES = (
    "Tinos_400Regular.ttf",
    "Tinos_400Regular_Italic.ttf",
    "Tinos_700Bold.ttf",
    "Tinos_700Bold_Italic.ttf",
)


class FontsAbsent(TinnhiemError):
    """The font files are not where they belong."""

    code = "fonts_absent"
    vi = "Thiếu tệp phông chữ {files}. Chạy lại bước cài đặt (make setup) rồi lập văn bản."
    en = "The font files {files} are absent. Run the installation (make setup) again, then make the document."


class LettersMissing(TinnhiemError):
    """A text with letters that the font cannot draw."""

    code = "letters_missing"
    vi = "Phông chữ không có: {letters}. Gõ lại chữ này bằng bảng mã Unicode."
    en = "The font lacks: {letters}. Type this text again in Unicode."


@functools.cache
def letters() -> frozenset[str]:
    """Các chữ mà cả bốn kiểu chữ đều có. Raises `FontsAbsent`."""
    absent = [face for face in FACES if not (FOLDER / face).is_file()]
    if absent:
        raise FontsAbsent(files=", ".join(absent))
    from fontTools.ttLib import TTFont

    drawn: frozenset[int] | None = None
    for face in FACES:
        with TTFont(FOLDER / face, lazy=True) as font:
            codes = frozenset(font.getBestCmap())
        drawn = codes if drawn is None else drawn & codes
    return frozenset(chr(code) for code in drawn or ())


def missing_letters(text: str) -> str:
    """Các chữ phông không có, each once, in the order met; "" when all of the NFC form of `text` can be drawn. Line ends are not letters."""
    have = letters()
    met = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(letter for letter in met if letter not in have and letter not in "\n\t")


def refuse_missing_letters(text: str, where: str = "") -> None:
    """Từ chối chữ không vẽ được: raises `LettersMissing` naming each letter by itself, its code and its Unicode name."""
    lacking = missing_letters(text)
    if lacking:
        named = (f"“{letter}” (U+{ord(letter):04X} {unicodedata.name(letter, '?')})" for letter in lacking)
        raise LettersMissing(where, letters=", ".join(named))
