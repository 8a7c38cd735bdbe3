"""Bản PDF: a form drawn by typst.

Contract: the same form gives the same bytes, on any machine: no clock, no system font, no font of the tool; the only family in the
file is ours. Letters are checked before drawing (`LettersMissing`). One template per form stands in `templates/`, named as the form's
file; what a block looks like stands in `templates/official.typ`.
"""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec
import typst

from tinnhiem.documents.form import Form
from tinnhiem.typeset import fonts

TEMPLATES = Path(__file__).parent / "templates"


def draw(form: Form) -> bytes:
    """Vẽ PDF. Raises `LettersMissing`, `FontsAbsent`."""
    encoded = msgspec.json.encode(form).decode("utf-8")
    fonts.refuse_missing_letters(encoded, form.title)
    # Without an output file and for one PDF the answer is its bytes; the binding's type also covers page images.
    drawn: bytes = typst.compile(
        str(TEMPLATES / f"{form.name}.typ"),
        root=str(TEMPLATES),
        font_paths=_our_fonts(),
        format="pdf",
        sys_inputs={"form": encoded},
        timestamp=0,
    )
    return drawn


@functools.cache
def _our_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
