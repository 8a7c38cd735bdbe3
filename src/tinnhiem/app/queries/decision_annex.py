"""Phụ lục quyết định: from the settled places of the round's scans to what the annex prints.

Contract: made on demand, without a picture once they are deleted; leaves out who decided, and every place. Raises `VaultShut`.
"""

from __future__ import annotations

from tinnhiem.app import scan_store
from tinnhiem.app.models import Round, Scan
from tinnhiem.app.queries.adjudication_desk import mark_words
from tinnhiem.app.queries.doubt_words import words_of
from tinnhiem.app.queries.scan_images import placed
from tinnhiem.app.queries.scan_points import BOARD, WHOLE_SHEET, Decided, Found, finder
from tinnhiem.app.queries.values import book_of
from tinnhiem.documents.decision_annex import Decision
from tinnhiem.typeset.words import in_words


def decisions_of(round_: Round) -> tuple[Decision, ...]:
    """Mọi trường hợp đã thống nhất của lần kiểm này."""
    words = {mark: told[:1].lower() + told[1:] for mark, told in mark_words(book_of(round_), "vi").items()}
    scans = Scan.objects.filter(batch__round=round_, batch__count_number=round_.count_number, current=True)
    return tuple(
        Decision(
            picture=_picture(round_, found, one),
            reason=words_of(one.point.reason, "vi"),
            decided=words[one.mark],
            how=_how(one),
        )
        for found in (finder(round_, scan) for scan in scans.select_related("batch__round", "batch__ballot_type"))
        for one in found.decided()
    )


def _how(one: Decided) -> str:
    if BOARD in one.members:
        return f"Ban kiểm phiếu kết luận: {one.words[-1].rstrip('.')}" if one.words else "Ban kiểm phiếu kết luận"
    return f"{in_words(len(one.members))} thành viên"


def _picture(round_: Round, found: Found, one: Decided) -> bytes:
    """The boxes of the row, cut close so that nothing of its neighbours shows; b"" where a whole sheet was decided on, or there is no picture."""
    from tinnhiem.paper.scan import crops

    line = one.point.line
    key = found.page_of(one.point.sheet, line) or ""
    page = next((page for page in found.together.sheets[one.point.sheet - 1].pages if page.key == key), None)
    where = placed(round_, page) if page is not None and line > WHOLE_SHEET else None
    if where is None:
        return b""
    try:
        picture = scan_store.get(round_.pk, key)
    except scan_store.ImageGone:
        return b""
    return crops.strip_png(picture, where.page.reading.transform, where.row(line))
