"""Mẫu phiếu và bố cục phiếu của đợt: what the office decided about the printed sheet, as `poll` and `paper` take it.

Contract: the ballot that is printed and the one the scan is read by come from here, so they are the same. Nothing is decided here.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Literal

from tinnhiem.app.models import Round
from tinnhiem.app.queries.values import book_of, slate_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.paper.laying_out import lay_out
from tinnhiem.paper.sheet_layout import SheetLayout
from tinnhiem.poll.ballot_form import BallotForm
from tinnhiem.poll.slate import Slate


def form_of(round_: Round, *, large_print: bool | None = None) -> BallotForm:
    """Mẫu phiếu của đợt; `large_print` asks for that printing, else as the office set it."""
    size: Literal["A4", "A5"] = "A5" if round_.sheet_paper == Round.Paper.A5 else "A4"
    return BallotForm(
        round_id=round_.sheet_id,
        superior=round_.body.superior,
        meeting=round_.meeting,
        subjects=round_.subject_words,
        paper=size,
        large_print=round_.sheet_large_print if large_print is None else large_print,
        band=round_.sheet_band,
        signature=round_.sheet_signature,
        stamp=round_.sheet_stamp,
        rehearsal=round_.rehearsal,
        token_decision=round_.token_decision,
    )


def layout_of(round_: Round, *, large_print: bool | None = None) -> SheetLayout:
    """Bố cục phiếu của đợt; raises what `lay_out` raises (`SubjectsUnnamed`, `NamesTooMany`, …)."""
    form = form_of(round_, large_print=large_print)
    return _laid_out(slate_of(round_), book_of(round_), form, round_.body.name, round_.vote_date)


def layouts_of(round_: Round) -> tuple[SheetLayout, ...]:
    """Các bố cục có thể gặp trong thùng phiếu: the round's own, and the other printing (large, or ordinary) where its list fits."""
    own = layout_of(round_)
    try:
        other = layout_of(round_, large_print=not round_.sheet_large_print)
    except TinnhiemError:
        return (own,)
    return (own, other)


def stamp_expected(round_: Round) -> bool:
    """Phiếu có dấu treo hay không: as the office set it, else as the rulebook says."""
    return book_of(round_).hanging_stamp.value if round_.sheet_stamp is None else round_.sheet_stamp


@lru_cache(maxsize=8)
def _laid_out(slate: Slate, book: Rulebook, form: BallotForm, body: str, date: datetime.date) -> SheetLayout:
    """Laying out costs a tenth of a second and is asked for by every page of the counting room."""
    return lay_out(slate, book, form, body=body, date=date)
